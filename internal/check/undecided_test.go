package check_test

import (
	"strings"
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

// named returns a template with a function, which has a name with an unknown part, and a permission for a function.
func named(function string) string {
	return `
Parameters: {Name: {Type: String}, Other: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "${Name}-a", Role: "arn:aws:iam::111122223333:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  Used:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: used, Role: "arn:aws:iam::111122223333:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  URL:
    Type: AWS::Lambda::Url
    Properties: {AuthType: AWS_IAM, TargetFunctionArn: !GetAtt Used.Arn}
  P:
    Type: AWS::Lambda::Permission
    Properties: {Action: "lambda:InvokeFunction", Principal: sns.amazonaws.com, FunctionName: ` + function + `}
`
}

// subject returns a template with a role that GitHub Actions may assume with a subject.
func subject(pattern string) string {
	return `
Parameters: {Owner: {Type: String}, Repository: {Type: String}, Subject: {Type: String}}
Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Federated: "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com"}
            Action: sts:AssumeRoleWithWebIdentity
            Condition: {StringLike: {"token.actions.githubusercontent.com:sub": !Sub "` + pattern + `"}}
`
}

// permission returns a configuration with a permission whose principal is in a variable.
func permission(variable string) string {
	return `
variable "` + variable + `" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  principal     = var.` + variable + `
}
`
}

// private returns a template with a private API whose policy allows everyone under a condition.
func private(condition string) string {
	return `
Parameters: {Endpoint: {Type: String}, Allowed: {Type: String}}
Resources:
  A:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: a
      EndpointConfiguration: {Types: [PRIVATE]}
      Policy:
        Statement: [{Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "*", Condition: {` + condition + `}}]
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
		"a log group with another end than the name of the function": {"t.yaml", `
Parameters: {Name: {Type: String}, Other: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "${Name}-a", Role: "arn:aws:iam::111122223333:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  G:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub "/aws/lambda/${Name}-a-${Other}"}
`, "log-group-missing", 0},
		"one function with an unknown role": {"t.yaml", `
Parameters: {RoleArn: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !Ref RoleArn, Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  Other:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt R.Arn, Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
`, "role-shared", 0},
		"two functions with unknown roles": {"t.yaml", `
Parameters: {RoleArn: {Type: String}, OtherArn: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !Ref RoleArn, Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  Other:
    Type: AWS::Lambda::Function
    Properties: {Role: !Ref OtherArn, Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
`, "role-shared", 1},
		"two functions with roles of different names in an unknown account": {"t.tf", `
data "aws_caller_identity" "current" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/f"
}
resource "aws_lambda_function" "g" {
  function_name = "g"
  role          = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/g"
}
`, "role-shared", 0},
		"a VPC endpoint that a parameter names": {"t.yaml", private("StringEquals: {aws:SourceVpce: !Ref Endpoint}"), "api-private-policy-missing", 0},
		"a VPC endpoint that an import names":   {"t.yaml", private("StringEquals: {aws:SourceVpce: !ImportValue endpoint}"), "api-private-policy-missing", 0},
		"a pattern that a parameter has":        {"t.yaml", private("StringLike: {aws:SourceVpce: !Ref Allowed}"), "api-private-policy-missing", 1},
		"a function that writes to a table of an unknown name, and is triggered by a bucket": {"t.yaml", `
Transform: AWS::Serverless-2016-10-31
Parameters: {Env: {Type: String}}
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "bucket-${Env}"}}
  Table: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: !Ref Env}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Runtime: python3.13
      Handler: index.handler
      Policies: [DynamoDBCrudPolicy: {TableName: !Sub "table-${Env}"}]
      Events: {Put: {Type: S3, Properties: {Bucket: !Ref Bucket, Events: "s3:ObjectCreated:*"}}}
`, "recursive-trigger", 0},
		"layers of the account of the deployment, by a mapping": {"t.yaml", `
Mappings:
  Accounts:
    "222222222222": {Layer: "arn:aws:lambda:eu-west-2:222222222222:layer:a:1"}
    "333333333333": {Layer: "arn:aws:lambda:eu-west-2:333333333333:layer:a:2"}
    "444444444444": {Layer: unused}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Role: "arn:aws:iam::111122223333:role/r"
      Code: {ZipFile: x}
      Runtime: python3.13
      Handler: index.handler
      Layers: [!FindInMap [Accounts, !Ref AWS::AccountId, Layer]]
`, "layer-cross-account", 0},
		"a resource in a mapping": {"t.yaml", `
Parameters: {Env: {Type: String}}
Mappings:
  Queues:
    dev: {Arn: "arn:aws:sqs:eu-west-2:222222222222:dev"}
    prod: {Arn: "arn:aws:sqs:eu-west-2:333333333333:prod"}
Conditions: {IsOn: !Equals [!Ref AWS::StackName, on]}
` + role("", `{Effect: Allow, Action: "sqs:DeleteMessage", Resource: !If [IsOn, !FindInMap [Queues, !Ref Env, Arn], "arn:aws:sqs:eu-west-2:444444444444:x"]}`), "policy-resource-star", 0},
		"the key of an alias": {"t.tf", `
data "aws_kms_alias" "own" {
  name = "alias/own"
}
resource "aws_secretsmanager_secret" "s" {
  kms_key_id = data.aws_kms_alias.own.target_key_id
}
`, "secret-without-cmk", 0},
		"the key of an alias of AWS": {"t.tf", `
variable "name" {}
data "aws_kms_alias" "own" {
  name = var.name
}
resource "aws_secretsmanager_secret" "s" {
  kms_key_id = data.aws_kms_alias.own.target_key_id
}
`, "secret-without-cmk", 1},
		"a queue whose ARN is a parameter": {"t.yaml", `
Parameters: {JobQueueArn: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: "arn:aws:iam::111122223333:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  M:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref F, EventSourceArn: !Ref JobQueueArn}
`, "esm-unbounded-retry", 0},
		"a queue whose ARN is an export": {"t.yaml", `
Parameters: {Stack: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: "arn:aws:iam::111122223333:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  M:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref F, EventSourceArn: {Fn::ImportValue: !Sub "${Stack}-jobs-queue-arn"}}
`, "esm-unbounded-retry", 0},
		"the source ARN of a log group with its suffix": {"t.tf", `
variable "group_arn" {}
resource "aws_lambda_permission" "p" {
  action        = "lambda:InvokeFunction"
  function_name = "f"
  principal     = "logs.us-west-2.amazonaws.com"
  source_arn    = "${var.group_arn}:*"
}
`, "permission-logs-source-arn-suffix", 0},
		"an integration with an object in S3": {"t.yaml", `
Transform: AWS::Serverless-2016-10-31
Resources:
  Keys: {Type: AWS::S3::Bucket}
  F:
    Type: AWS::Serverless::Function
    Properties: {InlineCode: x, Runtime: python3.13, Handler: index.handler}
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /jwks:
            get:
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: GET
                uri: !Sub "arn:aws:apigateway:${AWS::Region}:s3:path/${Keys}/jwks.json"
`, "reserved-concurrency-missing", 0},
		"a queue whose ARN is a variable": {"t.tf", `
variable "job_queue_arn" {}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = var.job_queue_arn
  function_name    = aws_lambda_function.f.arn
}
`, "esm-unbounded-retry", 0},
		"invoking a function whose name ends in another way": {"t.yaml", `
Parameters: {Env: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "${Env}-f", Role: "arn:aws:iam::111122223333:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  Live: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref F, FunctionVersion: "1"}}
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt G.Arn}]
  G:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "${Env}-g", Role: "arn:aws:iam::111122223333:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
`, "policy-invoke-arn-forms", 0},
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
		"a module that is not downloaded is a gap": {"t.tf", `
module "role" {
  source = "example/role/aws"
}
resource "aws_iam_role_policy" "p" {
  role   = module.role.name
  policy = module.role.policy
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = module.role.arn
  layers        = [module.role.layer]
}
`, "layer-cross-account", 0},
		"an application of another repository is a gap": {"t.yaml", `
Transform: AWS::Serverless-2016-10-31
Resources:
  Layer:
    Type: AWS::Serverless::Application
    Properties:
      Location: {ApplicationId: "arn:aws:serverlessrepo:eu-west-1:111122223333:applications/layer", SemanticVersion: 1.0.0}
  F:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: index.handler, InlineCode: "def handler(e, c): pass", Layers: [!GetAtt Layer.Outputs.LayerVersionArn]}
`, "layer-cross-account", 0},
		"an image of the account's own repository": {"t.tf", `
variable "tag" {}
data "aws_ecr_repository" "r" {
  name = "r"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  package_type  = "Image"
  image_uri     = "${data.aws_ecr_repository.r.repository_url}:${var.tag}"
}
`, "image-cross-account", 0},
		"an image of a repository of the stack": {"t.tf", `
variable "tag" {}
resource "aws_ecr_repository" "r" {
  name = "r"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.r.repository_url}:${var.tag}"
}
`, "image-cross-account", 0},
		"an image of a registry that a variable names": {"t.tf", `
variable "registry" {}
data "aws_ecr_repository" "r" {
  name        = "r"
  registry_id = var.registry
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  package_type  = "Image"
  image_uri     = "${data.aws_ecr_repository.r.repository_url}:1"
}
`, "image-cross-account", 1},
		"the account of a role of the stack is not written": {"t.yaml", `
Parameters: {Image: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt R.Arn, PackageType: Image, Code: {ImageUri: !Ref Image}}
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]
`, "image-cross-account", 0},
		"an integration with another service": {"t.yaml", `
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue role, Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  A:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: "3.0.0"
        paths:
          /:
            post:
              x-amazon-apigateway-integration:
                type: aws
                uri: !Sub "arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution"
`, "reserved-concurrency-missing", 0},
		"an integration with a function of another stack": {"t.yaml", `
Parameters: {Service: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue role, Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  A:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: "3.0.0"
        paths:
          /:
            post:
              x-amazon-apigateway-integration:
                type: aws
                uri: !Sub "arn:${AWS::Partition}:apigateway:${AWS::Region}:${Service}"
`, "reserved-concurrency-missing", 1},
		"the service of an endpoint": {"t.tf", `
data "aws_vpc_endpoint_service" "s" {
  service = "ec2"
}
resource "aws_vpc_endpoint" "e" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = data.aws_vpc_endpoint_service.s.service_name
  vpc_endpoint_type = "Interface"
  subnet_ids        = ["subnet-0a1b2c3d4e5f60718"]
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
}
`, "vpc-endpoint-policy-open", 0},
		"a name that ends differently": {"t.yaml", named(`!Sub "${Name}-b"`), "function-unused", 0},
		"a name that may be any":       {"t.yaml", named(`!Ref Other`), "function-unused", 1},
		"an ARN that ends differently": {"t.yaml", named(`!Sub "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Other}-b"`), "function-unused", 0},
		"an ARN with any name":         {"t.yaml", named(`!Sub "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Other}"`), "function-unused", 1},
		"the account of a role in a parameter is not written": {"t.yaml", `
Parameters: {Role: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !Ref Role, PackageType: Image, Code: {ImageUri: "222222222222.dkr.ecr.eu-west-1.amazonaws.com/r:1"}}
`, "image-cross-account", 0},
		"a subject with an unknown repository":        {"t.yaml", subject("repo:org/${Repository}:*"), "deploy-oidc-trust-broad", 0},
		"a subject with an unknown owner":             {"t.yaml", subject("repo:${Owner}/${Repository}:ref:refs/heads/main"), "deploy-oidc-trust-broad", 0},
		"a subject with a part that may be a pattern": {"t.yaml", subject("repo:${Subject}"), "deploy-oidc-trust-broad", 1},
		"the digest of an image": {"t.tf", `
data "aws_ecr_image" "i" {
  repository_name = "r"
  most_recent     = true
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  package_type  = "Image"
  image_uri     = "222222222222.dkr.ecr.eu-west-1.amazonaws.com/r@${data.aws_ecr_image.i.image_digest}"
}
`, "image-uri-not-pinned", 0},
		"the version of a function at the edge": {"t.tf", `
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
  publish       = true
}
resource "aws_cloudfront_distribution" "d" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "origin-request"
      lambda_arn = aws_lambda_function.f.qualified_arn
    }
  }
}
`, "edge-function-unsupported", 0},
		"the dead-letter queue of a subscription": {"t.yaml", `
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue role, Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler}
  Topic: {Type: AWS::SNS::Topic}
  Queue:
    Type: AWS::SQS::Queue
    Properties: {KmsMasterKeyId: alias/key}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {Protocol: lambda, TopicArn: !Ref Topic, Endpoint: !GetAtt F.Arn, RedrivePolicy: {deadLetterTargetArn: !GetAtt Queue.Arn}}
`, "dlq-unencrypted", 0},
		"the principal of a permission in a variable for an ARN": {"t.tf", permission("role_arn"), "permission-public-principal", 0},
		"a topic in a variable for an ARN": {"t.tf", `
variable "topic_arn" {}
resource "aws_sns_topic" "t" {
  name = "t"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::222222222222:role/r"
}
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.t.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.f.arn
}
resource "aws_sns_topic_policy" "p" {
  arn    = var.topic_arn
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = "*" }] })
}
`, "trigger-queue-or-topic-public", 0},
		"a policy of a role in a module that is not downloaded": {"t.tf", `
variable "prefix" {}
module "m" {
  source = "example/role/aws"
}
resource "aws_iam_role" "r" {
  name               = "${var.prefix}-r"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = module.m.role_name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
`, "role-admin-managed-policy", 0},
		"the account of a principal in a variable for an ARN": {"t.tf", permission("role_arn"), "permission-service-without-source", 0},
		"a principal in a variable":                           {"t.tf", permission("caller"), "permission-service-without-source", 1},
		"a parameter with the ARN of a layer": {"t.yaml", `
Parameters: {Layer: {Type: String}}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: "arn:aws:iam::222222222222:role/r", Code: {ZipFile: x}, Runtime: python3.13, Handler: index.handler, Layers: [!Ref Layer]}
`, "layer-cross-account", 1},
	} {
		t.Run(name, func(t *testing.T) {
			found := runOnly(t, fstest.MapFS{tt.file: {Data: []byte(tt.text)}}, tt.rule)
			if len(found.Undecided) != tt.want || len(found.Findings) > 0 || len(found.Problems) > 0 {
				t.Errorf("%v, %v, %v; want %d undetermined", found.Undecided, found.Findings, found.Problems, tt.want)
			}
		})
	}
}

// TestUnreadCode checks that a function whose code is not read completely is one entry, and no undetermined check for each rule.
func TestUnreadCode(t *testing.T) {
	for name, tt := range map[string]struct{ code, want string }{
		"cannot be parsed":       {"import boto3\ndef handler(e, c:\n", "a part of the code is not read"},
		"a service of the event": {"import boto3\ndef handler(e, c):\n    boto3.client(e['service']).get(e)\n", "the code may call services in a way that cannot be determined"},
		"read":                   {"import boto3\ndef handler(e, c):\n    boto3.client('sqs').list_queues()\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			found := runOnly(t, fstest.MapFS{"t.yaml": {Data: []byte(`
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src}
`)}, "src/app.py": {Data: []byte(tt.code)}}, "code-call-not-granted")
			if len(found.Undecided) > 0 {
				t.Errorf("undetermined: %+v", found.Undecided)
			}
			var causes []string
			for _, u := range found.Unread {
				causes = append(causes, u.Cause)
				if !u.Partly || u.Resource != "F" {
					t.Errorf("%+v", u)
				}
			}
			if got := strings.Join(causes, "\n"); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
