package check_test

import "testing"

// looked is an API that invokes a function of the configuration, which a data source finds by an attribute.
func looked(argument string) string {
	return `
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  timeout       = 60
}
data "aws_lambda_function" "f" {
  function_name = ` + argument + `
}
resource "aws_api_gateway_rest_api" "a" {
  name = "a"
}
resource "aws_api_gateway_method" "m" {
  rest_api_id   = aws_api_gateway_rest_api.a.id
  resource_id   = aws_api_gateway_rest_api.a.root_resource_id
  http_method   = "ANY"
  authorization = "AWS_IAM"
}
resource "aws_api_gateway_integration" "i" {
  rest_api_id             = aws_api_gateway_rest_api.a.id
  resource_id             = aws_api_gateway_rest_api.a.root_resource_id
  http_method             = aws_api_gateway_method.m.http_method
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = data.aws_lambda_function.f.invoke_arn
}
`
}

// keyed is a secret with the key of an alias that a module looks up if it has a name.
func keyed(name string) decidedCase {
	return decidedCase{text: `
module "m" {
  source = "./m"
  alias  = "` + name + `"
}
resource "aws_secretsmanager_secret" "s" {
  name       = "s"
  kms_key_id = module.m.key
}
`, files: map[string]string{"m/main.tf": `
variable "alias" { default = "" }
data "aws_kms_alias" "a" {
  count = var.alias != "" ? 1 : 0
  name  = var.alias
}
output "key" {
  value = length(data.aws_kms_alias.a) > 0 ? data.aws_kms_alias.a[0].target_key_arn : null
}
`}, rule: "secret-without-cmk"}
}

// consumer is an event source mapping with an unknown source.
func consumer(arguments string) string {
	return `
variable "source_arn" {}
variable "at" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = var.source_arn
  function_name    = aws_lambda_function.f.arn
  ` + arguments + `
}
`
}

// federated is a role of administrators that an unknown identity provider may assume.
func federated(action, condition string) string {
	return `
Resources:
  P: {Type: "Custom::Provider", Properties: {ServiceToken: !ImportValue t}}
  R:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"]
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Federated: !Ref P}, Action: "` + action + `", Condition: {StringEquals: {"` + condition + `"}}}]
`
}

// subscribed is a function that a topic triggers and that may publish on a topic of the stack.
func subscribed(topic string) string {
	return `
data "terraform_remote_state" "storage" {
  backend = "s3"
}
variable "x" {}
resource "aws_sns_topic" "own" {
  name = "own"
}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.own.arn }] })
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = ` + topic + `
  protocol  = "lambda"
  endpoint  = aws_lambda_function.f.arn
}
locals {
  outputs = data.terraform_remote_state.storage.outputs
}
`
}

// guarded is a function with a security group, and a rule of a group that a data source finds.
func guarded(arguments string) string {
	return `
resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "own" {
  vpc_id = aws_vpc.v.id
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.own.id]
  }
}
data "aws_security_groups" "found" {
  ` + arguments + `
}
resource "aws_vpc_security_group_ingress_rule" "i" {
  security_group_id = data.aws_security_groups.found.ids[0]
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/16"
}
`
}

// TestDecidedSources checks data sources and policies whose values other arguments decide.
func TestDecidedSources(t *testing.T) {
	unnamed := keyed("")
	unnamed.found = 1
	testDecided(t, map[string]decidedCase{
		"a data source of a function of the configuration": {text: looked("aws_lambda_function.f.function_name"), rule: "api-integration-permission-missing", found: 1},
		"its time limit":                                           {text: looked("aws_lambda_function.f.function_name"), rule: "timeout-excessive", found: 1},
		"a data source of an unknown function":                     {text: "variable \"x\" {}\n" + looked("var.x"), rule: "api-integration-permission-missing", undetermined: 1},
		"a key by an alias with an unknown part":                   keyed("alias/${terraform.workspace}-app"),
		"a key by no alias":                                        unnamed,
		"the topic of another deployment":                          {text: subscribed("local.outputs.topic_arn"), rule: "recursive-trigger"},
		"its topic by an index":                                    {text: subscribed(`local.outputs["topic_arn"]`), rule: "recursive-trigger"},
		"an output without a type in its name":                     {text: subscribed("local.outputs.topic"), rule: "recursive-trigger", undetermined: 1},
		"an unknown topic":                                         {text: subscribed("var.x"), rule: "recursive-trigger", undetermined: 1},
		"the own topic":                                            {text: subscribed("aws_sns_topic.own.arn"), rule: "recursive-trigger", found: 1},
		"security groups by a tag":                                 {text: guarded(`tags = { Name = "x" }`), rule: "vpc-security-group-ingress"},
		"security groups of the own network":                       {text: guarded("filter {\n    name   = \"vpc-id\"\n    values = [aws_vpc.v.id]\n  }"), rule: "vpc-security-group-ingress", undetermined: 1},
		"security groups that wait for resources":                  {text: guarded("depends_on = [aws_security_group.own]"), rule: "vpc-security-group-ingress", undetermined: 1},
		"a source with a starting position":                        {text: consumer(`starting_position = "LATEST"`), rule: "esm-failure-destination-missing", found: 1},
		"a source without one":                                     {text: consumer(""), rule: "esm-failure-destination-missing"},
		"a source with an unknown one":                             {text: consumer("starting_position = var.at"), rule: "esm-failure-destination-missing", undetermined: 1},
		"a source with topics":                                     {text: consumer("starting_position = \"LATEST\"\n  topics = [\"t\"]"), rule: "esm-failure-destination-missing", found: 1},
		"a batch that a FIFO queue does not accept":                {text: consumer("starting_position = \"LATEST\"\n  batch_size = 100"), rule: "esm-invalid-combination"},
		"a starting position that only one kind of stream accepts": {text: consumer(`starting_position = "AT_TIMESTAMP"`), rule: "esm-invalid-combination", undetermined: 1},
		"an identity provider for SAML":                            {text: federated("sts:AssumeRoleWithSAML", `SAML:aud": "https://signin.aws.amazon.com/saml`), rule: "deploy-role-admin", template: true},
		"the trust in one for SAML":                                {text: federated("sts:AssumeRoleWithSAML", `SAML:aud": "https://signin.aws.amazon.com/saml`), rule: "deploy-oidc-trust-broad", template: true},
		"an identity provider for tokens":                          {text: federated("sts:AssumeRoleWithWebIdentity", `aud": "x`), rule: "deploy-role-admin", template: true, undetermined: 1},
		"the trust in any of them":                                 {text: federated("sts:AssumeRole*", `aud": "x`), rule: "deploy-role-admin", template: true, undetermined: 1},
		"an empty policy beside another": {text: `
resource "aws_api_gateway_rest_api" "a" {
  name   = "a"
  policy = ""
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}
resource "aws_api_gateway_rest_api_policy" "p" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  policy      = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "*" }] })
}
`, rule: "api-private-policy-missing", found: 1},
		"an empty policy in a template": {text: `
Resources:
  A: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a, Policy: "", EndpointConfiguration: {Types: [REGIONAL]}}}
`, rule: "api-resource-policy-public", template: true},
	})
}
