package cloudformation

import (
	_ "embed" // what Ref returns
	"encoding/json"
	"strings"
	"sync"
)

// maxExamples limits the examples of an unknown value.
const maxExamples = 16

// The examples of values that only the deployment knows. Account IDs are made up, as in the documentation
// of AWS.
const (
	exampleAccount = "111122223333"
	exampleRegion  = "us-east-1"
)

// pseudoParameters are examples of the pseudo parameters
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html).
var pseudoParameters = map[string][]string{ //nolint:gochecknoglobals // a table, never written
	"AWS::AccountId": {exampleAccount},
	"AWS::Partition": {"aws", "aws-cn", "aws-us-gov"},
	"AWS::Region":    {exampleRegion},
	"AWS::StackId":   {exampleARN("cloudformation", "stack/example/51af3dc0-da77-11e4-872e-1234567db123")},
	"AWS::StackName": {"example"},
	"AWS::URLSuffix": {"amazonaws.com", "amazonaws.com.cn"},
}

// inPartition returns the value of a pseudo parameter in the partition aws, if it depends on nothing else.
func inPartition(name string) string {
	if name == "AWS::Partition" {
		return "aws"
	}
	return ""
}

func exampleARN(service, resource string) string {
	return "arn:aws:" + service + ":" + exampleRegion + ":" + exampleAccount + ":" + resource
}

//go:embed references.json
var referencesJSON []byte

// references are the shapes of resources.
type references struct {
	Ref map[string]string `json:"ref"` // what Ref returns, by type: arn, url
	ARN map[string]string `json:"arn"` // ARNs by type, with {name}; others follow the general form
}

var shapes = sync.OnceValue(func() references { //nolint:gochecknoglobals // a table, read once
	var data references
	if err := json.Unmarshal(referencesJSON, &data); err != nil {
		panic("cloudformation: references.json: " + err.Error()) // a test reads it
	}
	return data
})

// arnOf is an example of the ARN of a resource.
func arnOf(kind, id string) string {
	name := strings.ToLower(id)
	if form, ok := shapes().ARN[kind]; ok {
		return strings.ReplaceAll(form, "{name}", name)
	}
	_, rest, _ := strings.Cut(kind, "::")
	service, resource, _ := strings.Cut(rest, "::")
	return exampleARN(strings.ToLower(service), strings.ToLower(resource)+"/"+name)
}

// isShaped reports whether the values of a type are those of an AWS service, not what a template or a
// handler of custom resources makes them.
func isShaped(kind string) bool {
	switch kind {
	case "AWS::CloudFormation::Stack", "AWS::CloudFormation::CustomResource", "AWS::CloudFormation::WaitCondition", "AWS::Serverless::Application":
		return false
	}
	return strings.HasPrefix(kind, "AWS::")
}

// examplesOfRef are examples of what Ref of a resource returns: its ARN, or a name.
func examplesOfRef(kind, id string) []string {
	switch {
	case !isShaped(kind):
		return nil
	case shapes().Ref[kind] == "arn":
		return []string{arnOf(kind, id)}
	case shapes().Ref[kind] == "url":
		return []string{"https://sqs." + exampleRegion + ".amazonaws.com/" + exampleAccount + "/" + strings.ToLower(id)}
	}
	return []string{strings.ToLower(id)}
}

// examplesOfAttribute are examples of what Fn::GetAtt returns. Values that the template sets, as that of an
// SSM parameter, may be anything.
func examplesOfAttribute(kind, id, attribute string) []string {
	switch {
	case !isShaped(kind) || attribute == "Value" || strings.HasPrefix(attribute, "Outputs."):
		return nil
	case strings.HasSuffix(attribute, "Arn") || strings.HasSuffix(attribute, "ARN"):
		return []string{arnOf(kind, id)}
	case strings.HasSuffix(attribute, "Url") || strings.HasSuffix(attribute, "URL"):
		return []string{"https://" + strings.ToLower(id) + "." + exampleRegion + ".amazonaws.com/"}
	}
	return []string{strings.ToLower(id)}
}

// examplesOfParameter are examples of a parameter by its type
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html).
func examplesOfParameter(kind string) []string {
	kind = strings.TrimSuffix(strings.TrimPrefix(kind, "AWS::SSM::Parameter::Value<"), ">")
	switch kind {
	case "AWS::EC2::AvailabilityZone::Name":
		return []string{exampleRegion + "a"}
	case "AWS::EC2::Image::Id":
		return []string{"ami-0123456789abcdef0"}
	case "AWS::EC2::Instance::Id":
		return []string{"i-0123456789abcdef0"}
	case "AWS::EC2::KeyPair::KeyName", "AWS::EC2::SecurityGroup::GroupName":
		return []string{"example"}
	case "AWS::EC2::SecurityGroup::Id":
		return []string{"sg-0123456789abcdef0"}
	case "AWS::EC2::Subnet::Id":
		return []string{"subnet-0123456789abcdef0"}
	case "AWS::EC2::Volume::Id":
		return []string{"vol-0123456789abcdef0"}
	case "AWS::EC2::VPC::Id":
		return []string{"vpc-0123456789abcdef0"}
	case "AWS::Route53::HostedZone::Id":
		return []string{"Z0123456789ABCDEFGHIJ"}
	case "AWS::SSM::Parameter::Name":
		return []string{"/example/name"}
	}
	return nil
}
