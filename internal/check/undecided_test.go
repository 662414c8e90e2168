package check_test

import (
	"testing"
	"testing/fstest"
)

// role returns a template with an execution role whose policy has one statement.
func role(parameters, statement string) string {
	return parameters + `
Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]
      Policies:
        - PolicyName: P
          PolicyDocument:
            Statement: [` + statement + `]
`
}

// TestUndecided checks which unknown values make a check undetermined: those with which a template may have the fault.
func TestUndecided(t *testing.T) {
	for name, tt := range map[string]struct {
		file, text, rule string
		want             int
	}{
		"an imported ARN names one thing":    {"t.yaml", role("", `{Effect: Allow, Action: "s3:GetObject", Resource: !ImportValue bucket}`), "policy-data-exfiltration", 0},
		"a name in an ARN":                   {"t.yaml", role("Parameters: {Bucket: {Type: String}}", `{Effect: Allow, Action: "s3:GetObject", Resource: !Sub "arn:aws:s3:::${Bucket}/*"}`), "policy-data-exfiltration", 0},
		"a parameter that names nothing":     {"t.yaml", role("Parameters: {Allowed: {Type: String}}", `{Effect: Allow, Action: "s3:GetObject", Resource: !Ref Allowed}`), "policy-data-exfiltration", 1},
		"an action is no name of a resource": {"t.yaml", role("Parameters: {Action: {Type: String}}", `{Effect: Allow, Action: !Ref Action, Resource: "*"}`), "policy-data-exfiltration", 1},
		"a reference to another kind": {"t.tf", `
resource "aws_kinesis_firehose_delivery_stream" "s" {
  name        = "s"
  destination = "extended_s3"
}
resource "aws_s3_bucket" "b" {}
resource "aws_cloudwatch_log_subscription_filter" "f" {
  name            = "f"
  log_group_name  = "g"
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.s.arn
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/r"
}
`, "subscription-filter-loop", 0},
		"the role of another stack": {"t.yaml", `
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue role, Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "*"}]
`, "role-trust-notprincipal-or-wildcard-action", 0},
		"the log group of a function with the same unknown name": {"t.yaml", `
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "${AWS::StackName}-f", Role: "arn:aws:iam::111122223333:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  G:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/lambda/${AWS::StackName}-f"}
  Access:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/apigateway/${AWS::StackName}"}
`, "log-group-missing", 0},
		"the log group of a function in all its variants": {"t.yaml", `
Parameters:
  Env: {Type: String}
Conditions:
  IsSmall: !Equals [!Ref Env, dev]
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub "f-${Env}"
      Role: "arn:aws:iam::111122223333:role/r"
      Code: {ZipFile: x}
      Runtime: python3.13
      Handler: index.handler
      MemorySize: !If [IsSmall, 128, 256]
  G:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/lambda/f-${Env}"}
`, "log-group-missing", 0},
		"the URI of a proxy is an ARN": {"t.tf", `
module "f" {
  source = "example/f/aws"
}
resource "aws_api_gateway_integration" "i" {
  rest_api_id             = "a"
  resource_id             = "r"
  http_method             = "GET"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = module.f.invoke_arn
}
`, "api-integration-plain-http", 0},
		"retention has no zero in CloudFormation": {"t.yaml", `
Parameters: {Days: {Type: Number}}
Resources:
  G:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: !Ref Days}
`, "log-group-retention-missing", 0},
	} {
		t.Run(name, func(t *testing.T) {
			found := runOnly(t, fstest.MapFS{tt.file: {Data: []byte(tt.text)}}, tt.rule)
			if len(found.Undecided) != tt.want || len(found.Findings) > 0 || len(found.Problems) > 0 {
				t.Errorf("%v, %v, %v; want %d undetermined", found.Undecided, found.Findings, found.Problems, tt.want)
			}
		})
	}
}
