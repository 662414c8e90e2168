package cloudformation

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// webFunction adds a web function, its revision and its endpoint, and the role that SAM makes for one without a role
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-webfunction.html).
func (b *builder) webFunction(d declaration) {
	b.stack.Add(model.SAM, d.Resource, d.properties)
	if d.properties.Field("ExecutionRoleArn").State != tree.StateAbsent {
		return
	}
	b.stack.WebRevisions[len(b.stack.WebRevisions)-1].Role = model.RefTo(d.At, d.ID+"Role")
	var g grants
	g.attach(d.At, "service-role/AWSLambdaBasicExecutionRole")
	b.role(d, "Role", trustOf(d.At, "lambda.amazonaws.com"), g)
}

// microVMImage adds an image, and the role with which SAM builds one without a role. The permissions of the
// role on log groups are left out: SAM writes them, for all groups, and the author of a template cannot change them
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-microvmimage.html).
func (b *builder) microVMImage(d declaration) {
	added, ok := b.stack.Add(model.SAM, d.Resource, d.properties).(*model.MicroVMImage)
	if !ok || d.properties.Field("BuildRoleArn").State != tree.StateAbsent {
		return
	}
	added.BuildRole = model.RefTo(d.At, d.ID+"BuildRole")
	code := d.properties.Field("CodeUri")
	objects := tree.Unknown(code.Range, "the bucket is unknown until deployment")
	if uri, ok := code.String(); ok {
		bucket, _, _ := strings.Cut(strings.TrimPrefix(uri, "s3://"), "/")
		objects = tree.Tree{State: tree.StateKnown, Scalar: "arn:aws:s3:::" + bucket + "/*", Range: code.Range}
	}
	var g grants
	g.allow(d.At, objects, "s3:GetObject")
	b.role(d, "BuildRole", trustOf(d.At, "lambda.amazonaws.com"), g)
}

// networkConnector adds a connector, and the role with which one without a role manages its network interfaces.
func (b *builder) networkConnector(d declaration) {
	added, ok := b.stack.Add(model.SAM, d.Resource, d.properties).(*model.NetworkConnector)
	if !ok || d.properties.Field("OperatorRole").State != tree.StateAbsent {
		return
	}
	added.Role = model.RefTo(d.At, d.ID+"OperatorRole")
	var g grants
	g.attach(d.At, "AWSLambdaNetworkConnectorOperatorPolicy")
	b.role(d, "OperatorRole", trustOf(d.At, "lambda.amazonaws.com"), g)
}
