package main

import (
	"fmt"
	"strconv"
	"strings"
)

// patterns returns n directories with a template each, like those of a collection of examples: three of four are SAM
// templates, one is Terraform. Each has the code of its function and a file that describes it.
func patterns(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		dir := fmt.Sprintf("pattern%04d/", i)
		name := fmt.Sprintf("orders%d", i)
		if i%4 == 3 {
			files[dir+"main.tf"] = numbered(terraform, i)
			files[dir+"outputs.tf"] = numbered(terraformOutputs, i)
		} else {
			files[dir+"template.yaml"] = numbered(samHeader+[]string{samQueue, samTable, samTopic}[i%4], i)
		}
		files[dir+"src/app.py"] = numbered(code, i)
		files[dir+"README.md"] = "# " + name + "\n\n" + strings.Repeat("This pattern shows how services work together.\n", 40)
		files[dir+"example.json"] = `{"title": "` + name + `", "description": "` + strings.Repeat("services that work together ", 20) + `", "language": "Python"}`
	}
	return files
}

// numbered puts a number in the place of {i}.
func numbered(text string, i int) string {
	return strings.ReplaceAll(text, "{i}", strconv.Itoa(i))
}

// repeated repeats a text with the numbers from 0 to n-1.
func repeated(n int, text string) string {
	var all strings.Builder
	for i := range n {
		all.WriteString(numbered(text, i))
	}
	return all.String()
}

const samHeader = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Description: Process orders {i}

Parameters:
  Stage:
    Type: String
    Default: dev
    AllowedValues: [dev, prod]
  Retention:
    Type: Number
    Default: 14

Globals:
  Function:
    Runtime: python3.13
    Timeout: 30
    MemorySize: 256
    Tracing: Active
    Environment:
      Variables:
        STAGE: !Ref Stage
        LOG_LEVEL: INFO

Resources:
  Process:
    Type: AWS::Serverless::Function
    Properties:
      Description: Processes orders
      CodeUri: src/
      Handler: app.handler
      Environment:
        Variables:
          NAME: !Sub "orders-{i}-${Stage}"
`

const samQueue = `      Policies:
        - SQSSendMessagePolicy:
            QueueName: !GetAtt Failures.QueueName
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action:
                - dynamodb:PutItem
                - dynamodb:UpdateItem
              Resource: !Sub "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders-{i}"
      Events:
        Queue:
          Type: SQS
          Properties:
            Queue: !GetAtt Queue.Arn
            BatchSize: 10

  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub "orders-{i}-${Stage}"
      VisibilityTimeout: 180
      RedrivePolicy:
        deadLetterTargetArn: !GetAtt Failures.Arn
        maxReceiveCount: 5

  Failures:
    Type: AWS::SQS::Queue

  Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: !Sub "/aws/lambda/${Process}"
      RetentionInDays: !Ref Retention

Outputs:
  Queue:
    Description: Queue of orders
    Value: !Ref Queue
`

const samTable = `      Policies:
        - DynamoDBCrudPolicy:
            TableName: !Ref Table
      Events:
        Create:
          Type: Api
          Properties:
            Path: /orders
            Method: POST
            RestApiId: !Ref Api
        Read:
          Type: Api
          Properties:
            Path: /orders/{id}
            Method: GET
            RestApiId: !Ref Api

  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: !Ref Stage
      Cors:
        AllowOrigin: "'*'"
        AllowMethods: "'GET,POST,OPTIONS'"
      MethodSettings:
        - ResourcePath: "/*"
          HttpMethod: "*"
          LoggingLevel: INFO

  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH

Outputs:
  Url:
    Description: Address of the API
    Value: !Sub "https://${Api}.execute-api.${AWS::Region}.amazonaws.com/${Stage}/orders"
  Table:
    Value: !Ref Table
`

const samTopic = `      Role: !GetAtt Role.Arn

  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
      Policies:
        - PolicyName: topic
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: sns:Publish
                Resource: !Ref Topic
              - Effect: Allow
                Action: ["s3:GetObject", "s3:ListBucket"]
                Resource: "*"

  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Sub "orders-{i}-${Stage}"

  Bucket:
    Type: AWS::S3::Bucket

  Rule:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(5 minutes)
      State: ENABLED
      Targets:
        - Id: process
          Arn: !GetAtt Process.Arn

  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Process
      Action: lambda:InvokeFunction
      Principal: events.amazonaws.com
      SourceArn: !GetAtt Rule.Arn

Outputs:
  Topic:
    Value: !Ref Topic
`

const terraform = `terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = var.region
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "stage" {
  type    = string
  default = "dev"
}

locals {
  name = "orders-{i}-${var.stage}"
}

data "aws_caller_identity" "current" {}

data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "process" {
  name               = local.name
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "data" {
  name = "data"
  role = aws_iam_role.process.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = aws_dynamodb_table.orders.arn
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.process.arn}:*"
      },
    ]
  })
}

resource "aws_lambda_function" "process" {
  function_name    = local.name
  role             = aws_iam_role.process.arn
  runtime          = "python3.13"
  handler          = "app.handler"
  filename         = data.archive_file.code.output_path
  source_code_hash = data.archive_file.code.output_base64sha256
  timeout          = 30
  environment {
    variables = {
      TABLE = aws_dynamodb_table.orders.name
      STAGE = var.stage
    }
  }
}

resource "aws_cloudwatch_log_group" "process" {
  name              = "/aws/lambda/${local.name}"
  retention_in_days = 14
}

resource "aws_dynamodb_table" "orders" {
  name         = local.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_permission" "events" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.process.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.every.arn
}

resource "aws_cloudwatch_event_rule" "every" {
  name                = "${local.name}-every"
  schedule_expression = "rate(5 minutes)"
}

resource "aws_cloudwatch_event_target" "process" {
  rule = aws_cloudwatch_event_rule.every.name
  arn  = aws_lambda_function.process.arn
}
`

const terraformOutputs = `output "function" {
  description = "Function that processes orders {i}"
  value       = aws_lambda_function.process.function_name
}

output "account" {
  value = data.aws_caller_identity.current.account_id
}
`

const code = `import json
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ.get("TABLE", "orders-{i}"))


def handler(event, context):
    for record in event.get("Records", []):
        order = json.loads(record["body"])
        table.put_item(Item={"id": order["id"], "total": order["total"]})
    return {"statusCode": 200, "body": json.dumps({"done": True})}
`
