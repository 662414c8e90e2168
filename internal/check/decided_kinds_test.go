package check_test

import (
	"strings"
	"testing"
)

// readable returns a configuration with a queue that triggers a function, a bucket, and a policy of both for a principal.
func readable(principal string) string {
	return `
variable "reader" {}
resource "aws_s3_bucket" "b" {
  bucket = "code"
}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*", Principal = ` + principal + ` }] })
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.q.id
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = ` + principal + ` }] })
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = aws_lambda_function.f.arn
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
`
}

// bucketPolicy returns a template with a bucket and a policy of it for a principal.
func bucketPolicy(principal string) string {
	return `
Parameters: {Reader: {Type: String}}
Resources:
  B: {Type: AWS::S3::Bucket}
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref B
      PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*", Principal: ` + principal + `}]}
`
}

// trusted returns a configuration with a role that no function of it has and that a principal may assume, from anywhere.
func trusted(principal string) string {
	return `
variable "user" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = ` + principal + ` },
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } },
  ] })
}
`
}

// TestDecidedPrincipals checks that the kind of an unknown principal decides which ones it may be: an account or a role is no
// service.
func TestDecidedPrincipals(t *testing.T) {
	const reading, sending, public = "code-reference-bucket-policy-open", "permission-service-without-source", "role-trust-public"
	testDecided(t, map[string]decidedCase{
		"an unknown role may read":                     {text: readable(`{ AWS = var.reader }`), rule: reading},
		"unknown roles may read":                       {text: readable(`{ AWS = var.reader[*] }`), rule: reading},
		"an unknown service may read":                  {text: readable(`{ Service = var.reader }`), rule: reading, undetermined: 1},
		"an unknown role may read, in a template":      {text: bucketPolicy(`{AWS: !Ref Reader}`), rule: reading, template: true},
		"an unknown service may read, in a template":   {text: bucketPolicy(`{Service: !Ref Reader}`), rule: reading, undetermined: 1, template: true},
		"Lambda may read":                              {text: bucketPolicy(`{Service: lambda.amazonaws.com}`), rule: reading, found: 1, template: true},
		"an unknown role may send":                     {text: readable(`{ AWS = var.reader }`), rule: sending},
		"an unknown service may send":                  {text: readable(`{ Service = var.reader }`), rule: sending, undetermined: 1},
		"an unknown user may assume an open role":      {text: trusted(`{ AWS = var.user }`), rule: public},
		"an unknown service may assume an open role":   {text: trusted(`{ Service = var.user }`), rule: public, undetermined: 1},
		"an unknown provider is no CI system":          {text: deploying(`{ AWS = var.user }`), rule: "policy-lambda-deploy-unconditioned"},
		"an unknown service may be a CI system":        {text: deploying(`{ Service = var.user }`), rule: "deploy-role-admin", undetermined: 1},
		"an unknown account is no CI system":           {text: deploying(`{ AWS = var.user }`), rule: "deploy-role-admin"},
		"an unknown account does not use a role alone": {text: unusedRole(`{ AWS = var.user }`), rule: "unused-role-or-layer"},
	})
}

// deploying returns a configuration with a role that deploys functions and that a principal may assume.
func deploying(principal string) string {
	return `
variable "user" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = ` + principal + ` }] })
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["*"], Resource = "*" }] })
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
`
}

// unusedRole returns a configuration with a role that nothing of it uses.
func unusedRole(principal string) string {
	return `
variable "user" {}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = ` + principal + ` }] })
}
`
}

// archived returns a configuration that sends logs to a destination, with a stream that fills a bucket and a function.
func archived(destination string) string {
	return `
variable "region" {}
variable "stream" {}
data "aws_region" "now" {}
resource "aws_s3_bucket" "b" {
  bucket = "orders-backup"
}
resource "aws_kinesis_firehose_delivery_stream" "s" {
  name        = var.stream
  destination = "extended_s3"
  extended_s3_configuration {
    bucket_arn = aws_s3_bucket.b.arn
    role_arn   = "arn:aws:iam::222222222222:role/r"
  }
}
resource "aws_cloudwatch_log_subscription_filter" "f" {
  name            = "f"
  log_group_name  = "/aws/lambda/f"
  filter_pattern  = ""
  destination_arn = ` + destination + `
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  s3_bucket     = "packages-${data.aws_region.now.id}"
  s3_key        = "f.zip"
}
`
}

// TestDecidedReferences checks that what is known of a text decides which resources it may name.
func TestDecidedReferences(t *testing.T) {
	const archive, code = "log-archive-bucket-weak", "code-bucket-unversioned"
	testDecided(t, map[string]decidedCase{
		"a destination of another service":     {text: archived("\"arn:aws:logs:${var.region}:222222222222:destination:d\""), rule: archive},
		"a destination that may be a stream":   {text: archived("\"arn:aws:firehose:${var.region}:222222222222:deliverystream/d\""), rule: archive, undetermined: 1},
		"a destination in a variable":          {text: archived("var.region"), rule: archive, undetermined: 1},
		"a bucket that ends otherwise":         {text: archived("var.region"), rule: code},
		"a bucket that may have the same name": {text: strings.Replace(archived("var.region"), `"orders-backup"`, "var.stream", 1), rule: code, undetermined: 1},
		"a bucket whose name is generated":     {text: strings.Replace(archived("var.region"), `bucket = "orders-backup"`, "", 1), rule: code, undetermined: 1},
		"log groups that data sources find":    {text: filtered, rule: "subscription-filter-limit", found: 1},
		"a role that a data source finds": {text: `
data "aws_iam_role" "admin" {
  name = "admin"
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "p" {
  for_each = toset([data.aws_iam_role.admin.name])
  role     = each.key
  policy   = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
`, rule: "policy-admin-star"},
		"outputs of many modules that are not downloaded": {text: `
module "a" { source = "example.com/a" }
module "b" { source = "example.com/b" }
module "c" { source = "example.com/c" }
module "d" { source = "example.com/d" }
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  package_type  = "Image"
  image_uri     = lower("${module.a.x}${module.b.x}${module.c.x}${module.d.x}")
}
`, rule: "image-uri-not-pinned"},
		"outputs of many modules and a variable": {text: `
module "a" { source = "example.com/a" }
module "b" { source = "example.com/b" }
module "c" { source = "example.com/c" }
module "d" { source = "example.com/d" }
variable "tag" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  package_type  = "Image"
  image_uri     = lower("${module.a.x}${module.b.x}${module.c.x}${module.d.x}${var.tag}")
}
`, rule: "image-uri-not-pinned", undetermined: 1},
		"a destination with a role, which is a stream":        {text: selfFiltered(`role_arn = "arn:aws:iam::222222222222:role/r"`), rule: "subscription-filter-loop"},
		"a destination with a role that may be null":          {text: selfFiltered(`role_arn = var.role`), rule: "subscription-filter-loop", undetermined: 1},
		"a destination without a role":                        {text: selfFiltered(""), rule: "subscription-filter-loop", undetermined: 1},
		"a destination with a role, in a template":            {text: selfFilteredByTemplate("String", "RoleArn: !Ref Role"), rule: "subscription-filter-loop", template: true},
		"a destination without a role, in a template":         {text: selfFilteredByTemplate("String", ""), rule: "subscription-filter-loop", undetermined: 1, template: true},
		"a destination in the parameter store, in a template": {text: selfFilteredByTemplate("AWS::SSM::Parameter::Value<String>", ""), rule: "subscription-filter-loop", template: true},
		"addresses of AWS":                                    {text: sending(`data.aws_ip_ranges.r.cidr_blocks`), rule: "vpc-egress-open"},
		"addresses in a variable":                             {text: sending(`var.addresses`), rule: "vpc-egress-open", undetermined: 1},
		"policies of the stack that may be many":              {text: repeatedPolicies("aws_iam_policy.p"), rule: "role-admin-managed-policy"},
		"policies that may be of AWS":                         {text: repeatedPolicies("var.policies"), rule: "role-admin-managed-policy", undetermined: 1},
		"policies of the stack that are not broad":            {text: repeatedPolicies("aws_iam_policy.p"), rule: "role-broad-managed-policy"},
		"an endpoint of a mapping":                            {text: endpoint("com.amazonaws.vpce.us-east-1.vpce-svc-0123"), rule: "vpc-endpoint-policy-open", template: true},
		"an endpoint of a mapping that is one of a service":   {text: endpoint("com.amazonaws.us-east-1.lambda"), rule: "vpc-endpoint-policy-open", undetermined: 1, template: true},
	})
}

// filtered has three subscription filters of one log group, which data sources find by its name.
const filtered = `
data "aws_cloudwatch_log_group" "a" {
  name = "/aws/lambda/f"
}
data "aws_cloudwatch_log_group" "b" {
  for_each = toset(["/aws/lambda/f"])
  name     = each.key
}
resource "aws_cloudwatch_log_subscription_filter" "a" {
  name            = "a"
  log_group_name  = data.aws_cloudwatch_log_group.a.name
  filter_pattern  = ""
  destination_arn = "arn:aws:lambda:eu-west-1:222222222222:function:f"
}
resource "aws_cloudwatch_log_subscription_filter" "b" {
  name            = "b"
  log_group_name  = data.aws_cloudwatch_log_group.b["/aws/lambda/f"].name
  filter_pattern  = ""
  destination_arn = "arn:aws:lambda:eu-west-1:222222222222:function:f"
}
resource "aws_cloudwatch_log_subscription_filter" "c" {
  name            = "c"
  log_group_name  = "/aws/lambda/f"
  filter_pattern  = ""
  destination_arn = "arn:aws:lambda:eu-west-1:222222222222:function:f"
}
`

// endpoint returns a template with an interface endpoint for one of two services.
func endpoint(service string) string {
	return `
Parameters: {Cloud: {Type: String, AllowedValues: [a, b]}}
Mappings:
  Services: {a: {Name: com.amazonaws.vpce.us-east-1.vpce-svc-4567}, b: {Name: ` + service + `}}
Resources:
  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  E:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref V
      ServiceName: !FindInMap [Services, !Ref Cloud, Name]
      VpcEndpointType: Interface
`
}

// selfFiltered returns a configuration with a function and a filter of its logs.
func selfFiltered(role string) string {
	return `
variable "destination" {}
variable "role" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
resource "aws_cloudwatch_log_subscription_filter" "f" {
  name            = "f"
  log_group_name  = "/aws/lambda/${aws_lambda_function.f.function_name}"
  filter_pattern  = ""
  destination_arn = var.destination
  ` + role + `
}
`
}

// selfFilteredByTemplate is selfFiltered as a template. kind is the type of the parameter for the destination.
func selfFilteredByTemplate(kind, role string) string {
	return `
Parameters: {Where: {Type: "` + kind + `"}, Role: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: f, Role: "arn:aws:iam::222222222222:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  L:
    Type: AWS::Logs::SubscriptionFilter
    Properties:
      LogGroupName: !Sub "/aws/lambda/${F}"
      FilterPattern: ""
      DestinationArn: !Ref Where
      ` + role + `
`
}

// sending returns a configuration with a function that may send traffic to addresses.
func sending(addresses string) string {
	return `
variable "addresses" {}
data "aws_ip_ranges" "r" {
  services = ["dynamodb"]
}
resource "aws_security_group" "g" {
  name = "g"
}
resource "aws_security_group_rule" "r" {
  type              = "egress"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  cidr_blocks       = ` + addresses + `
  security_group_id = aws_security_group.g.id
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.g.id]
  }
}
`
}

// repeatedPolicies returns a configuration with an execution role to which an unknown number of policies are attached.
func repeatedPolicies(policies string) string {
	return `
variable "policies" {}
resource "aws_iam_policy" "p" {
  for_each = var.policies
  policy   = each.value
}
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy_attachment" "a" {
  for_each   = ` + policies + `
  role       = aws_iam_role.r.name
  policy_arn = each.value.arn
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
}
`
}

// TestDecidedMentions checks that what a macro may refer to is left to its gap.
func TestDecidedMentions(t *testing.T) {
	const modules = `
Resources:
  Module:
    Type: Example::Service::Pipeline::MODULE
    Properties: {Target: MENTION}
  Used:
    Type: AWS::Lambda::Function
    Properties: {Role: "arn:aws:iam::222222222222:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Used, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com}
  Orders:
    Type: AWS::Lambda::Function
    Properties: {Role: "arn:aws:iam::222222222222:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
`
	testDecided(t, map[string]decidedCase{
		"a module that has the function":       {text: strings.Replace(modules, "MENTION", "!GetAtt Orders.Arn", 1), rule: "function-unused", template: true},
		"a module that may have the function":  {text: strings.Replace(modules, "MENTION", "x", 1), rule: "function-unused", template: true},
		"no module, and nothing that needs it": {text: strings.Replace(strings.Replace(modules, "MENTION", "x", 1), "Example::Service::Pipeline::MODULE", "AWS::CloudFormation::WaitConditionHandle", 1), rule: "function-unused", found: 1, template: true},
	})
}
