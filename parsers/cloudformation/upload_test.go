package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestUploads checks that a definition in a file of the repository is read, which packaging uploads.
func TestUploads(t *testing.T) {
	const (
		sam  = "Transform: AWS::Serverless-2016-10-31\nResources: {X: {Type: %s, Properties: {%s}}}"
		open = "[GET /open]"
		run  = "[F]"
	)
	files := []string{
		"open.yaml", "openapi: 3.0.1\npaths: {/open: {get: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: u}}}}",
		"flow.asl.json", `{"StartAt": "Run", "States": {"Run": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:F", "End": true}}}`,
		"pattern.asl.json", `{"States": {"Run": {"Type": "Map", "MaxConcurrency": ${Max}}}}`,
		"text.txt", "openapi",
	}
	for _, tt := range []struct{ name, kind, properties, want string }{
		{"REST API of SAM", "AWS::Serverless::Api", "StageName: s, DefinitionUri: open.yaml", open},
		{"HTTP API of SAM", "AWS::Serverless::HttpApi", "DefinitionUri: ./open.yaml", open},
		{"REST API", "AWS::ApiGateway::RestApi", "BodyS3Location: open.yaml", open},
		{"HTTP API", "AWS::ApiGatewayV2::Api", "BodyS3Location: open.yaml", open},
		{"state machine of SAM", "AWS::Serverless::StateMachine", "DefinitionUri: flow.asl.json", run},
		{"state machine", "AWS::StepFunctions::StateMachine", "DefinitionS3Location: flow.asl.json", run},
		{"a pattern", "AWS::Serverless::StateMachine", "DefinitionUri: pattern.asl.json, DefinitionSubstitutions: {Max: 2}", "[]"},
		{"the body wins", "AWS::ApiGateway::RestApi", "Body: {paths: {}}, BodyS3Location: open.yaml", "[]"},
		{"an object in S3", "AWS::Serverless::HttpApi", "DefinitionUri: 's3://bucket/open.yaml'", "[]"},
		{"a map", "AWS::Serverless::HttpApi", "DefinitionUri: {Bucket: b, Key: open.yaml}", "[]"},
		{"not in the repository", "AWS::Serverless::HttpApi", "DefinitionUri: none.yaml", "[]"},
		{"outside of the repository", "AWS::Serverless::HttpApi", "DefinitionUri: ../../open.yaml", "[]"},
		{"no definition", "AWS::Serverless::HttpApi", "DefinitionUri: text.txt", "[]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			function := ", F: {Type: AWS::Lambda::Function, Properties: {FunctionName: F, Role: r, Code: {ZipFile: x}}}}"
			text := strings.TrimSuffix(fmt.Sprintf(sam, tt.kind, tt.properties), "}") + function
			v := parseFiles(t, append([]string{"root.yaml", text}, files...)...)
			var found []string
			for i := range v.IDs("routes") {
				found = append(found, fmt.Sprint(v.Node(fmt.Sprintf("routes.%d.key.value", i))))
			}
			for i := range v.IDs("triggers") {
				if strings.Contains(fmt.Sprint(v.Node(fmt.Sprintf("triggers.%d.targets", i))), "targets:[0]") {
					found = append(found, "F")
				}
			}
			if got := fmt.Sprint(found); got != tt.want || len(v.Problems) > 0 {
				t.Errorf("%s, want %s; %v", got, tt.want, v.Problems)
			}
		})
	}
}
