package check_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// trusting returns a configuration with a role that tokens of a new identity provider may assume under a condition.
func trusting(url, condition string) string {
	return `
variable "url" {}
resource "aws_eks_cluster" "c" {
  name = "c"
}
resource "aws_iam_openid_connect_provider" "p" {
  url = ` + url + `
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.p.arn]
    }
    ` + condition + `
  }
}
resource "aws_iam_role" "r" {
  assume_role_policy = data.aws_iam_policy_document.d.json
}
`
}

// claim returns a condition block about a claim of a token.
func claim(test, name, value string) string {
	return `condition {
      test     = "` + test + `"
      variable = "${replace(aws_iam_openid_connect_provider.p.url, "https://", "")}:` + name + `"
      values   = ["` + value + `"]
    }`
}

// logGroup returns a template with a function and a log group of the given names.
func logGroup(function, name string) string {
	return `
Parameters: {Stage: {Type: String}, Other: {Type: String}}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "` + function + `", Role: "arn:aws:iam::222222222222:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  G:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "` + name + `"}
`
}

// integration returns a configuration with a function and a public method that leads to a backend.
func integration(kind, uri string) string {
	return `
variable "address" {}
variable "region" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
resource "aws_api_gateway_rest_api" "a" {
  name = "a"
}
resource "aws_api_gateway_method" "m" {
  rest_api_id   = aws_api_gateway_rest_api.a.id
  resource_id   = aws_api_gateway_rest_api.a.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "i" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  resource_id = aws_api_gateway_rest_api.a.root_resource_id
  http_method = aws_api_gateway_method.m.http_method
  type        = "` + kind + `"
  uri         = ` + uri + `
}
`
}

// mapping returns a configuration with an event source mapping whose source is unknown.
func mapping(position string) string {
	return `
variable "source_of" {}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = var.source_of
  function_name    = "f"
  ` + position + `
}
`
}

// deployed returns a configuration with a deployment of an API, which makes a stage if it has a name.
func deployed(name string) string {
	return `
variable "environment" {}
variable "settings" {}
resource "aws_api_gateway_rest_api" "a" {
  name = "a"
}
resource "aws_api_gateway_deployment" "d" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  stage_name  = ` + name + `
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
`
}

// trustingAWS returns a configuration with an execution role that principals of AWS may assume.
func trustingAWS(principals string) string {
	return `
variable "audit" {}
variable "audit_account_id" {}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ` + principals + `
    }
  }
}
resource "aws_iam_role" "r" {
  assume_role_policy = data.aws_iam_policy_document.d.json
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
}
`
}

// reading returns a template with a function that reads from a queue, and another queue.
func reading(queue string) string {
	return `
Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String}, Other: {Type: String}}
Mappings:
  Queues:
    dev: {Requests: "arn:aws:sqs:eu-west-2:222222222222:dev-requests-queue"}
    prod: {Requests: "arn:aws:sqs:eu-west-2:333333333333:prod-requests-queue"}
Resources:
  Results:
    Type: AWS::SQS::Queue
    Properties: {QueueName: !Sub "${Stage}-results-queue", VisibilityTimeout: 30}
  F:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Runtime: python3.13
      Handler: index.handler
      Timeout: 60
      Events: {Requests: {Type: SQS, Properties: {Queue: ` + queue + `}}}
`
}

// limited returns a template with a function that has a reserved concurrency in one case, and more conditions than are combined.
func limited(concurrency string) string {
	var parameters, conditions, variables strings.Builder
	for i := range 12 {
		fmt.Fprintf(&parameters, "  P%d: {Type: String}\n", i)
		fmt.Fprintf(&conditions, "  C%d: !Equals [!Ref P%d, on]\n", i, i)
		fmt.Fprintf(&variables, "          V%d: !If [C%d, a, b]\n", i, i)
	}
	return "Parameters:\n" + parameters.String() + "Conditions:\n" + conditions.String() + `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Role: "arn:aws:iam::222222222222:role/r"
      Code: {ZipFile: x}
      Runtime: python3.13
      Handler: index.handler
      ReservedConcurrentExecutions: !If [C0, ` + concurrency + `, !Ref AWS::NoValue]
      Environment:
        Variables:
` + variables.String()
}

// chosen returns a configuration with a log group whose retention period is one of two.
func chosen(one, other int) string {
	return fmt.Sprintf(`
variable "stage" {}
locals {
  stages = { a = { days = %d }, b = { days = %d } }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = local.stages[var.stage].days
}
`, one, other)
}

// TestDecided checks which rules are decided although values are unknown.
func TestDecided(t *testing.T) {
	const eks = "aws_eks_cluster.c.identity[0].oidc[0].issuer"
	testDecided(t, map[string]decidedCase{
		"a subject of an unknown identity provider": {
			text: trusting("var.url", claim("StringEquals", "sub", "system:serviceaccount:a:b")), rule: "deploy-oidc-trust-broad",
		},
		"a wildcard subject of an unknown identity provider": {
			text: trusting("var.url", claim("StringLike", "sub", "repo:*")), rule: "deploy-oidc-trust-broad", undetermined: 1,
		},
		"only the audience of an unknown identity provider": {
			text: trusting("var.url", claim("StringEquals", "aud", "sts.amazonaws.com")), rule: "deploy-oidc-trust-broad", undetermined: 1,
		},
		"only the audience of a cluster": {
			text: trusting(eks, claim("StringEquals", "aud", "sts.amazonaws.com")), rule: "deploy-oidc-trust-broad",
		},
		"only the audience of a CI system": {
			text: trusting(`"https://gitlab.com"`, claim("StringEquals", "aud", "sts.amazonaws.com")), rule: "deploy-oidc-trust-broad", found: 1,
		},
		"no condition on the tokens of a CI system": {
			text: trusting(`"https://gitlab.com"`, ""), rule: "deploy-oidc-trust-broad", found: 1,
		},
		"a subject in jsonencode": {
			text: `
variable "url" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = { Federated = "arn:aws:iam::222222222222:oidc-provider/${var.url}" }
    Condition = { StringLike = { "${var.url}:sub" = "system:serviceaccount:a:*" } }
  }] })
}
`, rule: "deploy-oidc-trust-broad",
		},
		"a wildcard subject in a heredoc": {
			text: `
variable "url" {}
resource "aws_iam_role" "r" {
  assume_role_policy = <<EOF
{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
  "Principal": {"Federated": "arn:aws:iam::222222222222:oidc-provider/${var.url}"},
  "Condition": {"StringLike": {"${var.url}:sub": "repo:*"}}}]}
EOF
}
`, rule: "deploy-oidc-trust-broad", undetermined: 1,
		},
		"a log group named like a function but for a letter": {text: logGroup("orders-${Stage}", "/aws/lambda/Orders-${Stage}"), rule: "log-group-name-mismatch", found: 1, template: true},
		"a function without a log group of its name":         {text: logGroup("orders-${Stage}", "/aws/lambda/Orders-${Stage}"), rule: "log-group-missing", template: true},
		"a log group with the name of a function":            {text: logGroup("orders-${Stage}", "/aws/lambda/orders-${Stage}"), rule: "log-group-missing", template: true},
		"a log group with another parameter in its name":     {text: logGroup("orders-${Stage}", "/aws/lambda/${Other}"), rule: "log-group-missing", undetermined: 1, template: true},
		"the logs of an API":                                 {text: logGroup("orders", "${Stage}-access-logs"), rule: "log-group-missing", found: 1, template: true},
		"a choice between values without the fault":          {text: chosen(7, 30), rule: "log-group-retention-missing"},
		"a choice between values with the fault":             {text: chosen(0, 0), rule: "log-group-retention-missing", found: 1},
		"a choice of which one value has the fault":          {text: chosen(0, 30), rule: "log-group-retention-missing", found: 1},
		"a choice of a setting in a file of values": {text: `
variable "accounts" {
  type = map(object({ retention = number, id = string }))
}
locals {
  account = var.accounts[terraform.workspace]
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = local.account.retention
}
`, files: map[string]string{"terraform.tfvars.json": `{"accounts": {"dev": {"retention": 7, "id": "1"}, "prod": {"retention": 30, "id": "2"}}}`}, rule: "log-group-retention-missing"},
		"tags in map() of Terraform 0.11": {text: `
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  tags          = "${merge(map("Stage", terraform.workspace), map("Teams", join(",", list("a"))))}"
}
`, rule: "secret-in-description-or-tag"},
		"the stage of a deployment whose name is a variable": {text: deployed("var.environment"), rule: "api-access-log-missing", found: 1},
		"a deployment that may have a stage":                 {text: deployed("lookup(var.settings, \"x\", null)"), rule: "api-access-log-missing", undetermined: 1},
		"a log group whose name no function can have":        {text: logGroup("orders-${Stage}", "/aws/lambda/${Stage}/orders"), rule: "log-group-name-mismatch", found: 1, template: true},
		"an account in a variable":                           {text: trustingAWS("[var.audit_account_id]"), rule: "role-trust-account-root", found: 1},
		"a principal in a variable":                          {text: trustingAWS("[var.audit]"), rule: "role-trust-account-root", undetermined: 1},
		"accounts in a variable": {text: `
variable "reader_account_ids" {}
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["ecr:BatchGetImage"]
    principals {
      type        = "AWS"
      identifiers = [for id in var.reader_account_ids : "arn:aws:iam::${id}:root"]
    }
  }
}
resource "aws_ecr_repository" "r" {
  name = "r"
}
resource "aws_ecr_repository_policy" "p" {
  repository = aws_ecr_repository.r.name
  policy     = data.aws_iam_policy_document.d.json
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.r.repository_url}:1"
}
`, rule: "ecr-public-policy"},
		"an owner of repositories in a variable": {text: `
variable "github_org" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect    = "Allow"
    Action    = "sts:AssumeRoleWithWebIdentity"
    Principal = { Federated = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com" }
    Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:${var.github_org}/orders:*" } }
  }] })
}
`, rule: "deploy-oidc-trust-broad"},
		"a topic in a variable": {text: `
variable "forward_topic" {}
resource "aws_sns_topic" "t" {}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.f.arn
}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["sns:Publish"], Resource = var.forward_topic }] })
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
}
`, rule: "recursive-trigger"},
		"a queue of another account with a name that ends otherwise": {text: reading(`!Sub "arn:aws:sqs:${AWS::Region}:{{resolve:ssm:Account}}:${Stage}-requests-queue"`), rule: "sqs-visibility-timeout", template: true},
		"a queue of a mapping":                        {text: reading(`!FindInMap [Queues, !Ref Stage, Requests]`), rule: "sqs-visibility-timeout", template: true},
		"a queue of a mapping that has none":          {text: reading(`!FindInMap [Queues, local, Requests]`), rule: "sqs-visibility-timeout", template: true},
		"a queue whose name may be that of the stack": {text: reading(`!Sub "arn:aws:sqs:${AWS::Region}:{{resolve:ssm:Account}}:${Other}-queue"`), rule: "sqs-visibility-timeout", undetermined: 1, template: true},
		"an account in a variable as the only principal": {text: `
variable "audit_account_id" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = var.audit_account_id } }] })
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
}
`, rule: "role-trust-account-root", found: 1},
		"an endpoint of a service of the user": {text: `
resource "aws_vpc" "v" {}
resource "aws_vpc_endpoint_service" "s" {
  acceptance_required = true
}
resource "aws_vpc_endpoint" "e" {
  vpc_id            = aws_vpc.v.id
  vpc_endpoint_type = "Interface"
  service_name      = aws_vpc_endpoint_service.s.service_name
}
resource "aws_subnet" "a" {
  vpc_id = aws_vpc.v.id
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-1"]
  }
}
`, rule: "vpc-endpoint-policy-open"},
		"a log group with the names of all variants of a function": {text: `
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
Mappings:
  Sizes: {dev: {Memory: 128}, prod: {Memory: 512}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub "orders-${Stage}"
      MemorySize: !FindInMap [Sizes, !Ref Stage, Memory]
      Role: "arn:aws:iam::222222222222:role/r"
      Code: {ZipFile: x}
      Runtime: python3.13
      Handler: index.handler
  G:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/lambda/orders-${Stage}"}
`, rule: "log-group-missing", template: true},
		"a setting of which one value has no fault, beside many conditions":  {text: limited("5"), rule: "reserved-concurrency-zero", template: true},
		"a setting of which one value has the fault, beside many conditions": {text: limited("0"), rule: "reserved-concurrency-zero", found: 1, template: true},
		"every log group of an account": {text: `
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: app.handler
      CodeUri: src
      Policies:
        - Statement: [{Effect: Allow, Action: "logs:PutLogEvents", Resource: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:*"}]
`, rule: "role-logs-permission-broad", found: 1, template: true},
		"a source without a starting position": {text: mapping(""), rule: "esm-failure-destination-missing"},
		"a source with a starting position":    {text: mapping(`starting_position = "LATEST"`), rule: "esm-failure-destination-missing", found: 1},
		"a client with credentials of an assumed role in one case": {text: `
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs22.x, Handler: app.handler, CodeUri: src}
`, files: map[string]string{"src/app.mjs": `
import { SQS } from "@aws-sdk/client-sqs";
const client = process.env.OTHER ? new SQS({ credentials: assumed() }) : new SQS({});
export const handler = async () => { await client.listQueues({}); };
`}, rule: "code-call-not-granted", template: true},
		"an integration with an HTTP backend":   {text: integration("HTTP_PROXY", "var.address"), rule: "reserved-concurrency-missing"},
		"an integration with another service":   {text: integration("AWS", `"arn:aws:apigateway:${var.region}:s3:path/${var.address}/{object}"`), rule: "reserved-concurrency-missing"},
		"an integration with something unknown": {text: integration("AWS_PROXY", "var.address"), rule: "reserved-concurrency-missing", undetermined: 1},
		"a client of a local test": {text: `
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs22.x, Handler: app.handler, CodeUri: src}
`, files: map[string]string{"src/app.mjs": `
import { SQS } from "@aws-sdk/client-sqs";
const client = process.env.LOCAL ? new SQS({ endpoint: process.env.URL }) : new SQS({});
export const handler = async () => { await client.listQueues({}); };
`}, rule: "code-call-not-granted", found: 1, template: true},
	})
}

// decidedCase is a configuration or template with unknown values. undetermined and found are the numbers that one rule reports.
type decidedCase struct {
	text, rule          string
	undetermined, found int
	files               map[string]string
	template            bool // text is a template of CloudFormation, not a configuration
}

func testDecided(t *testing.T, cases map[string]decidedCase) {
	t.Helper()
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			file := "t.tf"
			if tt.template {
				file = "t.yaml"
			}
			fsys := fstest.MapFS{file: {Data: []byte(tt.text)}}
			for path, text := range tt.files {
				fsys[path] = &fstest.MapFile{Data: []byte(text)}
			}
			got := runOnly(t, fsys, tt.rule)
			if len(got.Undecided) != tt.undetermined || len(got.Findings) != tt.found || len(got.Problems) > 0 {
				t.Errorf("%+v, %+v, %v; want %d undetermined and %d findings", got.Undecided, got.Findings, got.Problems, tt.undetermined, tt.found)
			}
		})
	}
}
