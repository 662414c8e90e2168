package cli_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"io"
	"iter"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lintel/internal/cli"
	"lintel/internal/report"
)

// allSecrets is a flag of "make harden-secrets".
var allSecrets = flag.Bool("all-secrets", false, "plant secrets of every kind in every place, not of a few")

// fewKinds is the number of kinds of recognizable secrets in each place without -all-secrets.
const fewKinds = 3

// A kind makes secrets of one form. The core is the part of the text that gives access; what is around it may be printed.
type kind struct {
	name string
	make func(r *rand.Rand) (text, core string)
}

const (
	alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	base32       = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

// chars returns random characters with at least one digit and one letter in every eight.
func chars(r *rand.Rand, n int, from string) string {
	var out strings.Builder
	for i := range n {
		switch i % 8 {
		case 3:
			out.WriteByte("23456789"[r.IntN(8)] - "23456789"[0] + '2')
		case 5:
			out.WriteByte("ABCDEFGHJKLMNPQRSTUVW"[r.IntN(21)])
		default:
			out.WriteByte(from[r.IntN(len(from))])
		}
	}
	return strings.NewReplacer("9", "7", "8", "6").Replace(out.String())
}

func after(prefix string, n int, from string) func(*rand.Rand) (string, string) {
	return func(r *rand.Rand) (string, string) {
		core := prefix + chars(r, n, from)
		return core, core
	}
}

func around(before, behind string) func(*rand.Rand) (string, string) {
	return func(r *rand.Rand) (string, string) {
		core := chars(r, 20, alphanumeric)
		return before + core + behind, core
	}
}

func inBase64(plain func(*rand.Rand) (string, string)) func(*rand.Rand) (string, string) {
	return func(r *rand.Rand) (string, string) {
		text, _ := plain(r)
		core := base64.StdEncoding.EncodeToString([]byte(text))
		return core, strings.TrimRight(core, "=")
	}
}

// formed are secrets that are recognizable anywhere.
func formed() []kind {
	jwt := func(r *rand.Rand) (string, string) {
		core := "eyJhbGciOiJIUzI1NiJ9.eyJ" + chars(r, 40, alphanumeric) + "." + chars(r, 40, alphanumeric)
		return core, core[len("eyJhbGciOiJIUzI1NiJ9."):]
	}
	basic := func(r *rand.Rand) (string, string) {
		core := base64.StdEncoding.EncodeToString([]byte("deploy:" + chars(r, 18, alphanumeric)))
		return "Basic " + core, strings.TrimRight(core, "=")
	}
	return []kind{
		{"aws-key-id", after("AKIAQ", 15, base32)},
		{"github", after("ghp_", 36, alphanumeric)},
		{"gitlab", after("glpat-", 20, alphanumeric)},
		{"slack", func(r *rand.Rand) (string, string) {
			core := chars(r, 24, alphanumeric)
			return "xoxb-2345672345671-2345672345672-" + core, core
		}},
		{"stripe", after("sk_live_", 24, alphanumeric)},
		{"jwt", jwt},
		{"url", around("postgres://deploy:", "@db.internal/orders")},
		{"git", around("https://oauth2:", "@git.internal/orders.git")},
		{"presigned", around("https://bucket.s3.amazonaws.com/code.zip?X-Amz-Expires=60&X-Amz-Signature=", "")},
		{"connection", around("Server=db.internal;Database=orders;User Id=deploy;Password=", ";")},
		{"basic", basic},
		{"base64", inBase64(after("ghp_", 36, alphanumeric))},
	}
}

// declared are texts that only a name or a declaration makes secrets.
func declared() []kind {
	return []kind{
		{"password", after("", 20, alphanumeric)},
		{"short", after("", 9, alphanumeric)},
		{"long", after("", 120, alphanumeric)},
	}
}

// planting makes files with secrets. @ stands for a secret in them, of which no two are equal.
type planting struct {
	random  *rand.Rand
	files   map[string]string
	secrets []plantedSecret
	dirs    []string // those with the files of anywhere
}

type plantedSecret struct{ place, text, core string }

// plant replaces the marks in a file, and in its name, by secrets of some kinds in turn, and KIND by a directory.
func (p *planting) plant(dir, name, text string, kinds []kind, encode func(string) string) {
	turn := 0
	fill := func(place, text string, encode func(string) string) string {
		for n := 1; strings.Contains(text, "@"); n++ {
			k := kinds[turn%len(kinds)]
			turn++
			secret, core := k.make(p.random)
			p.secrets = append(p.secrets, plantedSecret{fmt.Sprintf("%s in %s, place %d, %s", place, dir, n, k.name), secret, core})
			text = strings.Replace(text, "@", "\x00", 1)
			text = strings.Replace(text, "\x00", strings.ReplaceAll(encode(secret), "@", "\x01"), 1)
		}
		return strings.ReplaceAll(text, "\x01", "@")
	}
	place := name
	name = strings.ReplaceAll(fill(name, name, url.PathEscape), "KIND", dir)
	p.files[name] = fill(place, text, encode)
}

func asIs(s string) string { return s }

// anywhere are files with the places of secrets that are recognizable by their form.
func anywhere() map[string]string {
	policy := `{"Version":"2012-10-17","Statement":[{"Sid":"@","Effect":"Allow","Action":["*","@:*"],"Resource":"@","Condition":{"StringLike":{"aws:ResourceTag/@":"@"}}}]}`
	return map[string]string{
		"KIND/tf/main.tf": `# @
variable "mode" { default = "@" }
variable "list" { default = ["@", "b"] }
variable "unset" { description = "@" }
locals { joined = join("-", [var.mode, "@"]) }
resource "aws_lambda_function" "f" { # @
  function_name = "f-@"
  description   = upper("x") == "X" ? "@" : "y"
  role          = aws_iam_role.r.arn # @
  runtime       = "python3.8" # @
  handler       = "@"
  filename      = "@.zip"
  layers        = ["@"]
  # @
  timeout       = 900 # @
  environment { variables = { PLAIN = "@", "@" = "x", JOINED = local.joined, JSON = jsonencode({ a = "@" }), B64 = base64encode("@") } }
  tags = { owner = "@", "@" = "x" }
  tracing_config { mode = var.unset == "@" ? "Active" : var.unset }
}
resource "aws_iam_role" "r" {
  name               = "@"
  description        = "@"
  assume_role_policy = jsonencode({ Statement = [{ Sid = "@", Effect = "Allow", Principal = { AWS = ["*", "@"] }, Action = "sts:AssumeRole" }] })
  inline_policy {
    name   = "@"
    policy = jsonencode({ Statement = [{ Sid = "@", Effect = "Allow", Action = ["*", "@:*"], Resource = "@", Condition = { StringEquals = { "@" = "@" } } }] })
  }
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = <<EOT
` + policy + `
EOT
}
resource "aws_lambda_permission" "each" {
  for_each      = toset(["@"])
  statement_id  = "@"
  function_name = aws_lambda_function.f.function_name
  action        = "lambda:InvokeFunction"
  principal     = "@"
  source_arn    = each.value # @
}
resource "aws_lambda_permission" "any" {
  function_name = "@"
  action        = "lambda:InvokeFunction"
  principal     = "*" # @
}
resource "aws_lambda_function_url" "u" {
  function_name      = aws_lambda_function.f.function_name
  authorization_type = "NONE" # lintel:ignore function-url-cors-wildcard -- @
  cors {
    allow_origins = ["*", "@"]
    allow_headers = ["@"]
  }
}
resource "aws_instance" "i" { user_data = "export X=@" }
output "o" {
  value       = "@"
  description = "@"
}
module "m" {
  source = "git::https://git.internal/m.git?x=@"
  value  = "@"
}
module "n" {
  source = "./@"
}
`,
		"KIND/tf/terraform.tfvars": "mode = \"@\" # @\nundeclared = \"@\"\n",
		"KIND/json/main.tf.json": `{"//": "@", "variable": {"v": {"default": "@", "description": "@"}},
 "resource": {"aws_lambda_function_url": {"u": {"function_name": "@", "authorization_type": "NONE"}},
  "aws_lambda_function": {"f": {"function_name": "${var.v}-@", "role": "@", "runtime": "python3.8", "handler": "@", "filename": "@", "environment": {"variables": {"X": "@"}}}},
  "aws_lambda_permission": {"p": {"function_name": "@", "action": "lambda:InvokeFunction", "principal": "*"}}},
 "module": {"m": {"source": "git::https://git.internal/x?y=@"}}, "output": {"o": {"value": "@"}}}`,
		"KIND/plan/plan.json": `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"outputs":{"o":{"value":"@"}}},"variables":{"p":{"value":"@"}},
"resource_changes":[
{"address":"aws_lambda_function.f[\"@\"]","mode":"managed","type":"aws_lambda_function","name":"f","index":"@","change":{"actions":["create"],"before":null,"after":{"function_name":"@","role":"@","handler":"@","runtime":"python3.8","unknown_to_lintel":"@","tags":{"@":"@"},"environment":[{"variables":{"X":"@"}}]},"after_unknown":{}}},
{"address":"aws_lambda_function_url.u","mode":"managed","type":"aws_lambda_function_url","name":"u","change":{"actions":["create"],"before":null,"after":{"function_name":"@","authorization_type":"NONE"},"after_unknown":{}}},
{"address":"aws_lambda_permission.p","mode":"managed","type":"aws_lambda_permission","name":"p","change":{"actions":["create"],"before":null,"after":{"principal":"*","action":"lambda:InvokeFunction","function_name":"@"},"after_unknown":{}}}]}`,
		"KIND/cfn/template.yaml": `# @
Description: "@"
Metadata: {x: "@"}
Mappings: {M: {a: {b: "@"}}}
Parameters:
  Mode: {Type: String, Default: "@", Description: "@", AllowedValues: ["@", "@"]}
Conditions:
  C: !Equals [!Ref Mode, "@"]
Resources:
  F: # @
    Type: AWS::Lambda::Function
    Condition: C
    Metadata: {x: "@"}
    Properties:
      FunctionName: !Ref Mode
      Description: !Sub "x-${Mode}-@"
      Runtime: python3.8 # @
      Handler: !FindInMap [M, a, b]
      Role: "@"
      Code: {ZipFile: "import os # @"}
      Tags: [{Key: "@", Value: "@"}]
      # @
      Environment: {Variables: {PLAIN: "@", "@": x, SUB: !Sub "@-${AWS::Region}", B64: {"Fn::Base64": "@"}, JOIN: !Join ["-", [!Ref Mode, "@"]]}}
  U:
    Type: AWS::Lambda::Url
    Properties:
      AuthType: NONE # @
      TargetFunctionArn: !If [C, "@", "@"]
      Cors: {AllowOrigins: ["*", "@"]} # @
  P:
    Type: AWS::Lambda::Permission
    Properties: {Action: "lambda:InvokeFunction", Principal: "*", FunctionName: "@"}
  Q:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref F
      Principal: !Sub "@.${AWS::URLSuffix}"
  R:
    Type: AWS::IAM::Role
    Properties:
      RoleName: "@"
      AssumeRolePolicyDocument: {Statement: [{Sid: "@", Effect: Allow, Principal: {AWS: ["*", "@"]}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: "@", PolicyDocument: {Statement: [{Sid: "@", Effect: Allow, Action: ["*", "@:*"], Resource: "@"}]}}]
  I: {Type: AWS::EC2::Instance, Properties: {UserData: {"Fn::Base64": "@"}}}
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://s3.amazonaws.com/t?x=@", Parameters: {A: "@"}}}
Outputs: {O: {Value: "@", Description: "@"}}
`,
		"KIND/cfnjson/template.json": `{"Description": "@", "Parameters": {"P": {"Type": "String", "Default": "@"}}, "Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": {"Ref": "P"}, "Runtime": "python3.8", "Handler": "@", "Role": "@", "Code": {"ZipFile": "x"}, "Environment": {"Variables": {"A": "@", "B": "{\"x\":\"@\"}"}}}},
"U": {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE", "TargetFunctionArn": "@"}}, "P": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "Principal": "*", "FunctionName": "@"}}}, "Outputs": {"@": {"Value": "@"}}}`,
		"KIND/sam/template.yaml": `Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Description: "@", Environment: {Variables: {G: "@"}}}}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.8
      Handler: "@"
      CodeUri: "@"
      Environment: {Variables: {A: "@"}}
      Policies: ["@", {Statement: [{Effect: Allow, Action: ["*", "@"], Resource: "@"}]}]
      Events: {E: {Type: Api, Properties: {Path: "/@", Method: get}}, S: {Type: Schedule, Properties: {Schedule: rate(1 minute), Name: "@", Input: "@"}}}
      FunctionUrlConfig: {AuthType: NONE} # @
`,
		"KIND/image/template.yaml": `Transform: AWS::Serverless-2016-10-31
Parameters:
  Mode: {Type: String}
  Owner: {Type: String, Default: "@"}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image, FunctionName: !Ref Mode, Description: !Sub "${Owner}-x", Environment: {Variables: {MODE: !Ref Mode}}, FunctionUrlConfig: {AuthType: NONE}}
    Metadata: {Dockerfile: Dockerfile, DockerContext: ., DockerBuildArgs: {MODE: "@"}}
`,
		"KIND/image/samconfig.toml": `version = 0.1 # @
[default.deploy.parameters]
stack_name = "@"
parameter_overrides = "Mode=@ Owner=@"
tags = "owner=@"
[prod.deploy.parameters]
parameter_overrides = ["Mode=@", "Owner=@"]
`,
		"KIND/image/Dockerfile": `FROM public.ecr.aws/lambda/python:3.13 AS build # @
ARG MODE=@
ENV MODE=@ OTHER="@"
ENV PLAIN @
LABEL owner="@"
RUN curl -H "X-Mode: @" https://example.com/@
COPY app.py @ ./
CMD ["app.handler", "@"]
`,
		"KIND/image/app.py": "import os\nMODE = \"@\"\ndef handler(event, context):\n    return os.environ[\"@\"]\n",
		"KIND/cdk/stack.template.json": `{"Resources": {"FnABCD1234": {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "python3.8", "Handler": "@", "Role": "@", "Code": {"S3Bucket": "b", "S3Key": "@"}, "Environment": {"Variables": {"A": "@"}}}, "Metadata": {"aws:cdk:path": "Stack/@/Resource", "aws:asset:path": "@"}},
"UrlABCD1234": {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE", "TargetFunctionArn": {"Fn::GetAtt": ["FnABCD1234", "Arn"]}}, "Metadata": {"aws:cdk:path": "Stack/@/Url"}}}}`,
		"KIND/name-@/file-@.yaml":  "Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}}\n",
		"KIND/syntax/main.tf":      "resource \"aws_lambda_function\" \"f\" {\n  x = \"@\n}\nfoo @\n",
		"KIND/syntax/x.yaml":       "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {X: *@}\n",
		"KIND/syntax/y.yaml":       "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      X: \"@\n   bad: [\n",
		"KIND/syntax/z.json":       `{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"X": "@" "Y"}}}}`,
		"KIND/types/main.tf":       "variable \"p\" { type = number }\nresource \"aws_lambda_function\" \"f\" {\n  timeout = var.p\n  memory_size = \"@\"\n}\nlocals {\n  a = jsondecode(\"@\")\n  b = tonumber(\"@\")\n  c = file(\"@\")\n}\n",
		"KIND/types/x.auto.tfvars": "p = \"@\"\n",
		"KIND/config/.lintel.yaml": "profile: all # @\nignore:\n  - {paths: [\"@\"], rules: [function-url-auth-none], reason: \"@\"}\n",
		"KIND/config/broken.yaml":  "ignore:\n  - {paths: [\"@\"], rules: [\"@\"], reason: \"@\"}\nunknown-@: 1\nprofile: \"@\"\n",
		"KIND/config/invalid.yaml": "profile: \"@\n @: [\n",
		"KIND/config/t.yaml":       "Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}}\n",
		"KIND/migrate/main.tf":     "# @\nresource \"aws_lambda_function\" \"f\" {\n  # checkov:skip=CKV_AWS_50: because @\n  # @\n  # checkov:skip=CKV_AWS_999:@\n  function_name = \"@\" # @\n  role = \"r\"\n}\n",
	}
}

// byName are files in which names or declarations make texts secrets.
func byName() map[string]string {
	return map[string]string{
		"KIND/tf/main.tf": `variable "api_token" { default = "@" }
variable "input" {
  default   = "@"
  sensitive = true
}
variable "given" { sensitive = true }
variable "nested" {
  sensitive = true
  default   = { a = ["@", { b = "@" }] }
}
locals {
  db_password = "@"
  copied      = "x-${local.db_password}"
  marked      = sensitive("@")
}
resource "aws_lambda_function" "f" {
  function_name = "f-${local.db_password}"
  description   = var.input
  role          = "r-${var.api_token}"
  runtime       = "python3.8" # password: @
  handler       = local.copied
  filename      = "x.zip"
  layers        = split(",", var.nested.a[0])
  timeout       = 900
  environment { variables = { DB_PASSWORD = "@", SENSITIVE = var.input, UPPER = upper(var.given), JSON = jsonencode({ password = "@" }), B64 = base64encode(var.input), CUT = substr(var.given, 0, 30), URL = "https://x?q=${urlencode(var.input)}" } }
  tags = { owner = var.given, marked = local.marked, nested = var.nested.a[1].b }
}
resource "aws_lambda_permission" "p" {
  for_each      = { (var.input) = 1 }
  statement_id  = var.given
  function_name = local.db_password
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
resource "aws_lambda_permission" "q" {
  for_each      = toset([local.db_password])
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = each.key
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({ Statement = [{ Sid = var.given, Effect = "Allow", Principal = { AWS = ["*", local.db_password] }, Action = "sts:AssumeRole" }] })
  inline_policy {
    policy = jsonencode({ Statement = [{ Sid = var.input, Effect = "Allow", Action = ["*", "${var.given}:*", "${local.db_password}:*"], Resource = "*", Condition = { StringEquals = { x = local.db_password } } }] })
  }
}
resource "aws_lambda_function_url" "u" {
  function_name      = local.copied
  authorization_type = "NONE"
}
resource "aws_db_instance" "d" {
  password = "@"
}
provider "aws" {
  secret_key = "@"
}
module "m" {
  source      = "../child"
  db_password = "@"
  hidden      = "@"
}
output "o" {
  sensitive = true
  value     = "@"
}
`,
		"KIND/tf/terraform.tfvars": "given = \"@\"\ndb_password = \"@\"\n",
		"KIND/child/main.tf": `variable "db_password" {}
variable "hidden" { sensitive = true }
resource "aws_lambda_permission" "p" {
  function_name = "f-${var.db_password}"
  action        = "lambda:InvokeFunction"
  principal     = "*"
  statement_id  = var.hidden
}
resource "aws_lambda_function" "f" {
  function_name = var.hidden
  role          = "r-${var.hidden}"
  runtime       = "python3.8"
  handler       = "x"
  filename      = "x.zip"
}
`,
		"KIND/cfn/template.yaml": `Parameters:
  DbPassword: {Type: String, Default: "@"}
  Hidden: {Type: String, NoEcho: true, Default: "@"}
  Unused:
    Type: String
    NoEcho: "true"
    Default: "@"
  List: {Type: CommaDelimitedList, NoEcho: true, Default: "@,@"}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub "f-${DbPassword}"
      Description: !Ref Hidden
      Runtime: python3.8
      Handler: !Join ["-", [!Ref Hidden, x]]
      Role: !Select [0, !Ref List]
      Code: {ZipFile: "PASSWORD = '@'"}
      Tags: [{Key: owner, Value: !Ref Hidden}, {Key: password, Value: "@"}]
      Environment: {Variables: {PASSWORD: "@", FROM: !Ref DbPassword, SUB: !Sub "x=${Hidden}", B64: {"Fn::Base64": !Ref Hidden}, SPLIT: !Select [0, !Split ["-", !Ref Hidden]]}}
  P:
    Type: AWS::Lambda::Permission
    Properties: {Action: "lambda:InvokeFunction", Principal: "*", FunctionName: !Ref Hidden}
  U:
    Type: AWS::Lambda::Url
    Properties: {AuthType: NONE, TargetFunctionArn: !Ref DbPassword}
  R:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Ref Hidden
      AssumeRolePolicyDocument: {Statement: [{Sid: !Ref Hidden, Effect: Allow, Principal: {AWS: ["*", !Ref DbPassword]}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Sid: x, Effect: Allow, Action: ["*", !Sub "${Hidden}:*", !Sub "${DbPassword}:*"], Resource: "*"}]}}]
  S: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: "@"}}
  V: {Type: AWS::SSM::Parameter, Properties: {Name: /db/password, Type: String, Value: "@"}}
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested.yaml, Parameters: {Inner: !Ref Hidden, InnerPassword: "@", Quiet: "@"}}}
`,
		"KIND/cfn/nested.yaml": `Parameters:
  Inner: {Type: String}
  InnerPassword: {Type: String}
  Quiet: {Type: String, NoEcho: true}
Resources:
  P: {Type: AWS::Lambda::Permission, Properties: {Action: "lambda:InvokeFunction", Principal: "*", FunctionName: !Sub "${Inner}-${Quiet}-${InnerPassword}"}}
  Q: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !Ref InnerPassword}}
`,
		"KIND/sam/template.yaml": `Transform: AWS::Serverless-2016-10-31
Parameters: {Hidden: {Type: String, NoEcho: true, Default: "@"}}
Globals: {Function: {Environment: {Variables: {DB_PASSWORD: "@"}}}}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.8
      Handler: !Ref Hidden
      CodeUri: src
      Environment: {Variables: {A: !Ref Hidden, API_TOKEN: "@"}}
      Policies: [!Ref Hidden]
      Events: {E: {Type: Api, Properties: {Path: !Sub "/${Hidden}", Method: get}}}
      FunctionUrlConfig: {AuthType: NONE}
`,
		"KIND/image/template.yaml": `Transform: AWS::Serverless-2016-10-31
Parameters:
  DbPassword: {Type: String}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {PackageType: Image, FunctionName: !Ref DbPassword, Environment: {Variables: {DB_PASSWORD: !Ref DbPassword}}, FunctionUrlConfig: {AuthType: NONE}}
    Metadata: {Dockerfile: Dockerfile, DockerContext: .}
`,
		"KIND/image/samconfig.toml": `version = 0.1
[default.deploy.parameters]
parameter_overrides = "DbPassword=@"
[prod.deploy.parameters]
parameter_overrides = ["DbPassword=@"]
`,
		"KIND/image/Dockerfile": `FROM public.ecr.aws/lambda/python:3.13
ARG DB_PASSWORD=@
ENV DB_PASSWORD=@
ENV API_TOKEN @
COPY app.py ./
CMD ["app.handler"]
`,
		"KIND/image/app.py": "DB_PASSWORD = \"@\"\ndef handler(event, context):\n    pass\n",
		"KIND/cfnjson/template.json": `{"Parameters": {"DbPassword": {"Type": "String", "Default": "@"}, "Hidden": {"Type": "String", "NoEcho": true, "Default": "@"}}, "Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": {"Ref": "Hidden"}, "Runtime": "python3.8", "Handler": {"Fn::Sub": "x-${DbPassword}"}, "Role": "r", "Code": {"ZipFile": "x"}, "Environment": {"Variables": {"DB_PASSWORD": "@", "B": "{\"password\":\"@\"}", "C": {"Ref": "Hidden"}}}}},
"U": {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE", "TargetFunctionArn": {"Ref": "DbPassword"}}}, "P": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "Principal": "*", "FunctionName": {"Ref": "Hidden"}}}}}`,
		"KIND/plan/plan.json": `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"outputs":{"o":{"sensitive":true,"value":"@"}},"root_module":{"resources":[{"address":"a.b","type":"a","name":"b","values":{"x":"@","y":["@"]},"sensitive_values":{"x":true,"y":[true]}}]}},
"variables":{"db_password":{"value":"@"},"input":{"value":"@"}},"configuration":{"root_module":{"variables":{"input":{"sensitive":true},"db_password":{}}}},
"resource_changes":[
{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","change":{"actions":["create"],"before":null,"after":{"function_name":"@","runtime":"python3.8","handler":"x","role":"r","tags":{"db_password":"@"},"environment":[{"variables":{"X":"@","DB_PASSWORD":"@"}}]},"after_unknown":{},"before_sensitive":false,"after_sensitive":{"function_name":true,"environment":[{"variables":{"X":true}}]}}},
{"address":"aws_lambda_permission.p","mode":"managed","type":"aws_lambda_permission","name":"p","change":{"actions":["create"],"before":{"function_name":"@"},"after":{"principal":"*","action":"lambda:InvokeFunction","function_name":"@"},"after_unknown":{},"before_sensitive":{"function_name":true},"after_sensitive":{"function_name":true}}}]}`,
		"KIND/migrate/main.tf": "resource \"aws_lambda_function\" \"f\" {\n  # checkov:skip=CKV_AWS_50: password = \"@\"\n  password = \"@\"\n  function_name = \"f\"\n  role = \"r\"\n}\n",
	}
}

// pathTemplate returns a template with a path from anyone through two functions to all data, with a text in each part of the
// path that can contain one, and a text that is not substituted.
func pathTemplate(text, plain string) string {
	return strings.NewReplacer("TEXT", text, "PLAIN", plain).Replace(`Resources:
  First:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "first-TEXT", Role: !GetAtt Sender.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: "PLAIN"}}
  Second:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "second-TEXT", Role: !GetAtt Reader.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !Ref First}}
  Other:
    Type: AWS::Lambda::Permission
    Properties: {Action: "lambda:InvokeFunction", FunctionName: !Ref Second, Principal: !Sub "arn:aws:iam::210987654321:role/TEXT"}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "q-TEXT"}}
  Records: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Second, EventSourceArn: !GetAtt Queue.Arn}}
  Sender:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies:
        - PolicyName: !Sub "p-TEXT"
          PolicyDocument:
            Statement:
              - {Sid: "PLAIN", Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn}
              - {Effect: Allow, Action: !Sub "TEXT:*", Resource: !Sub "arn:aws:s3:::TEXT/*", Condition: {StringEquals: {"aws:PrincipalTag/PLAIN": !Sub "TEXT"}}}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub "TEXT"
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: [!Sub "arn:aws:iam::111122223333:policy/TEXT"]
      Policies:
        - PolicyName: p
          PolicyDocument: {Statement: [{Effect: Allow, Action: ["s3:GetObject", !Sub "s3:Get*TEXT"], Resource: "*"}]}
`)
}

// private is a key in PEM, which spans lines.
const private = `variable "key" {
  default = <<EOT
-----BEGIN RSA PRIVATE KEY-----
@
-----END RSA PRIVATE KEY-----
EOT
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  description   = var.key
  role          = "r"
  runtime       = "python3.8"
  handler       = "x"
  filename      = "x.zip"
  environment { variables = { X = var.key } }
}
`

// customRule is a custom rule whose texts and messages contain secrets.
const customRule = `# METADATA
# title: The description says @
# description: Because of @. And @.
# scope: package
# custom:
#   id: own-rule
#   severity: high
#   profile: default
#   category: security
#   remediation: Use @.
package lintel.own_rule

import rego.v1

deny contains {"at": fn.at, "message": sprintf("%s has @ and %v %v", [fn.id, fn.description, fn.handler])} if {
	some fn in input.functions
}
`

// grow plants all secrets.
func grow(t *testing.T) *planting {
	t.Helper()
	p := &planting{random: rand.New(rand.NewPCG(14, 4)), files: map[string]string{}}
	for dir, kinds := range directories() {
		p.dirs = append(p.dirs, dir)
		for _, name := range slices.Sorted(maps.Keys(anywhere())) {
			p.plant(dir, name, anywhere()[name], kinds, asIs)
		}
		p.plant(dir, "KIND/paths/template.yaml", pathTemplate("@", "@"), kinds, asIs)
	}
	for _, k := range declared() {
		for _, name := range slices.Sorted(maps.Keys(byName())) {
			p.plant(k.name, name, byName()[name], []kind{k}, asIs)
		}
		p.plant(k.name, "KIND/paths/template.yaml", "Parameters:\n  Hidden: {Type: String, NoEcho: true, Default: \"@\"}\n"+pathTemplate("${Hidden}", "x"), []kind{k}, asIs)
	}
	pem := kind{"pem", func(r *rand.Rand) (string, string) {
		core := chars(r, 64, alphanumeric)
		return core, core
	}}
	p.plant("pem", "KIND/main.tf", strings.Replace(private, "@", "@\n@\n@", 1), []kind{pem}, asIs)
	p.plant("rules", "KIND/policies/own-rule/policy.rego", customRule, formed()[1:2], asIs)
	p.files["rules/.lintel.yaml"] = "policies: [policies]\n"
	p.files["rules/main.tf"] = p.files[p.dirs[0]+"/tf/main.tf"]
	return p
}

// directories yields the directories with the files of anywhere, and the kinds of the secrets in their places in turn: the
// first place of a file has one of the first kind, and so on. With -all-secrets, each has one kind.
func directories() iter.Seq2[string, []kind] {
	return func(yield func(string, []kind) bool) {
		all := formed()
		for i, k := range all {
			kinds := []kind{k}
			if !*allSecrets {
				kinds = slices.Concat(all[i:], all[:i])
			}
			if (*allSecrets || i%(len(all)/fewKinds) == 0) && !yield(k.name, kinds) {
				return
			}
		}
	}
}

// leaks returns the planted secrets that a text contains, in any encoding, or parts of them.
func (*planting) leaks(index map[string]int, text string) map[int]string {
	found := map[int]string{}
	for i := 0; i+part <= len(text); i++ {
		if n, ok := index[text[i:i+part]]; ok && found[n] == "" {
			found[n] = text[max(0, i-80):min(len(text), i+60)]
		}
	}
	return found
}

// maxShown is the number of leaks that are described.
const maxShown = 60

// part is the length of a part of a secret that counts as the secret.
const part = 8

// index returns the parts of all secrets, in the encodings of outputs.
func (p *planting) index() map[string]int {
	all := map[string]int{}
	for n, s := range p.secrets {
		quoted, _ := json.Marshal(s.core)
		for _, form := range []string{
			s.core, strings.Trim(string(quoted), `"`), url.QueryEscape(s.core), html.EscapeString(s.core), strings.ToUpper(s.core),
			hex.EncodeToString([]byte(s.core)), strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(s.core)), "="),
		} {
			for i := 0; i+part <= len(form); i++ {
				all[form[i:i+part]] = n
			}
		}
	}
	return all
}

// TestPlantedSecrets plants secrets in every place of every format, runs every command with every output format and looks
// for the secrets, and for parts of them, in all that leaves. Secrets of each kind are in a part of the places, so that
// each place has those of fewKinds kinds; with -all-secrets, each place has those of all kinds.
func TestPlantedSecrets(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	p := grow(t)
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		plant(t, name, p.files[name])
	}
	index := p.index()
	leaked := map[int][]string{}
	outputs := 0
	fingerprints := regexp.MustCompile(`\b[0-9a-f]{32}\b`) // by chance, a part of one is a part of a secret in hex
	look := func(what, text string) {
		t.Helper()
		outputs++
		text = fingerprints.ReplaceAllString(text, "")
		if len(text) == 0 {
			t.Errorf("%s writes nothing, so that this tests nothing", what)
		}
		for n, context := range p.leaks(index, text) {
			leaked[n] = append(leaked[n], fmt.Sprintf("%s: %q", what, context))
		}
	}
	everything(t, p, look)
	for i, n := range slices.Sorted(maps.Keys(leaked)) {
		if i == maxShown {
			t.Errorf("and %d more", len(leaked)-maxShown)
			break
		}
		t.Errorf("%s is in %d outputs, such as %s", p.secrets[n].place, len(leaked[n]), leaked[n][0])
	}
	t.Logf("%d secrets planted, %d found in %d outputs", len(p.secrets), len(leaked), outputs)
	if len(p.secrets) < 200 {
		t.Errorf("only %d secrets are planted", len(p.secrets))
	}
}

// everything runs all commands.
func everything(t *testing.T, p *planting, look func(what, text string)) {
	t.Helper()
	args := []string{"check", "--profile", "all", "--undetermined", "--color", "always", "--today", "2026-11-24"}
	for _, format := range report.Formats() {
		args = append(args, "--output", string(format)+"=../out."+string(format))
	}
	look("check", run(t, args...))
	for _, format := range report.Formats() {
		look(string(format), read(t, "../out."+string(format)))
	}
	for _, dir := range p.dirs {
		look("a configuration with errors", run(t, "check", "--config", dir+"/config/broken.yaml", dir+"/config"))
		look("an invalid configuration", run(t, "check", "--config", dir+"/config/invalid.yaml", dir+"/config"))
	}
	look("baseline", run(t, "baseline", "--profile", "all"))
	look("the baseline", read(t, ".lintel-baseline.json"))
	look("with the baseline", run(t, "check", "--profile", "all", "--baseline", ".lintel-baseline.json", "--format", "json"))
	look("--var", run(t, "check", "--var", p.secrets[0].text))
	look("a missing path", run(t, "check", "missing-"+p.secrets[1].core))
	look("model", run(t, "model"))
	for _, format := range []string{"text", "json", "mermaid", "dot", "html"} {
		look("access "+format, run(t, "access", "--format", format))
	}
	for _, format := range []string{"text", "json"} {
		look("access --paths-to "+format, run(t, "access", "--paths-to", "data", "--format", format))
		look("access --from "+format, run(t, "access", "--from", "*", "--format", format))
		look("access --who-can "+format, run(t, "access", "--who-can", "s3:GetObject", "--format", format))
	}
	look("migrate", run(t, "migrate"))
	look("migrate --unused", run(t, "migrate", "--unused"))
	look("--fix --diff", run(t, "check", "--profile", "all", "--fix", "--diff", "--unsafe-fixes"))
	t.Chdir("rules")
	look("rules", run(t, "rules"))
	look("rules --format json", run(t, "rules", "--format", "json"))
	look("explain", run(t, "explain", "own-rule"))
	look("test", run(t, "test", "policies"))
	look("custom rules", run(t, "check"))
	t.Chdir("..")
	look("lsp", editor(t, p))
	gitIn(t, "init", "-q", "-b", "ghp_branch")
	gitIn(t, "add", p.dirs[0]+"/cfn")
	gitIn(t, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "x")
	gitIn(t, "add", p.dirs[0], "password")
	look("--staged", run(t, "check", "--staged", "--profile", "all"))
	look("--against", run(t, "check", "--against", "HEAD", "--profile", "all"))
	for _, format := range []string{"text", "json"} {
		look("access --against "+format, run(t, "access", "--against", "HEAD", "--format", format))
	}
	for _, format := range []report.Format{report.Text, report.JSON, report.Markdown, report.SARIF} {
		look("--access "+string(format), run(t, "check", "--against", "HEAD", "--access", "--profile", "all", "--format", string(format)))
	}
	look("--against of an unknown revision", run(t, "check", "--against", p.secrets[2].text))
	look("--fix", run(t, "check", "--profile", "all", "--fix", "--unsafe-fixes"))
	look("migrate --write", run(t, "migrate", "--write", "--unused"))
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func gitIn(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), "git", args...).CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

// editor opens documents in the language server, asks about everything in them and returns what the server writes about
// them: not the names of documents and the text of edits, which the editor has already.
func editor(t *testing.T, p *planting) string {
	t.Helper()
	in, toServer := io.Pipe()
	var out recorder
	done := make(chan struct{})
	go func() {
		defer close(done)
		cli.Main([]string{"lsp"}, in, &out, &out)
	}()
	id := 0
	send := func(method string, params any, request bool) {
		message := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
		if request {
			id++
			message["id"] = id
		}
		content, _ := json.Marshal(message)
		fmt.Fprintf(toServer, "Content-Length: %d\r\n\r\n%s", len(content), content) //nolint:errcheck // the server reads until the end
	}
	ask := func(method string, params any) {
		send(method, params, true)
		out.wait(t, fmt.Sprintf(`"id":%d,`, id), fmt.Sprintf(`"id":%d}`, id))
	}
	dir, _ := os.Getwd()
	ask("initialize", map[string]any{"rootUri": "file://" + dir, "capabilities": map[string]any{}, "initializationOptions": map[string]any{"profile": "all"}})
	send("initialized", map[string]any{}, false)
	for _, name := range []string{p.dirs[0] + "/tf/main.tf", p.dirs[1] + "/cfn/template.yaml", "password/tf/main.tf", "password/cfn/template.yaml", "short/sam/template.yaml"} {
		document := map[string]any{"uri": "file://" + filepath.Join(dir, name)}
		out.reset(`"uri":"file://` + filepath.Join(dir, name) + `"`)
		send("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": document["uri"], "languageId": "x", "version": 1, "text": p.files[name]}}, false)
		out.wait(t, `"uri":"file://`+filepath.Join(dir, name)+`"`)
		for line := range strings.Count(p.files[name], "\n") {
			at := map[string]any{"line": line, "character": 6}
			ask("textDocument/hover", map[string]any{"textDocument": document, "position": at})
		}
		whole := map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 99, "character": 0}}
		ask("textDocument/codeLens", map[string]any{"textDocument": document})
		ask("textDocument/documentLink", map[string]any{"textDocument": document})
		ask("textDocument/codeAction", map[string]any{"textDocument": document, "range": whole, "context": map[string]any{"diagnostics": []any{}}})
		for _, fn := range []string{"F", "aws_lambda_function.f"} {
			for _, command := range []string{"lintel.explainAccess", "lintel.explainFindings"} {
				ask("workspace/executeCommand", map[string]any{"command": command, "arguments": []any{document["uri"], filepath.Dir(name), fn}})
				ask("workspace/executeCommand", map[string]any{"command": command, "arguments": []any{document["uri"], name, fn}})
			}
		}
	}
	ask("shutdown", nil)
	send("exit", nil, false)
	<-done
	return exactTexts.ReplaceAllString(out.all(), "")
}

// exactTexts matches the members of messages that the editor chose itself or that it applies to its documents.
var exactTexts = regexp.MustCompile(`"(?:uri|target|newText)":"(?:[^"\\]|\\.)*"|"(?:data|arguments)":(?:\{[^}]*\}|\[[^\]]*\])`)

// recorder records what a server writes.
type recorder struct {
	mu    sync.Mutex
	text  bytes.Buffer
	start int
}

func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (*recorder) Close() error { return nil }

func (r *recorder) reset(string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.start = r.text.Len()
}

func (r *recorder) all() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// wait waits until the server has written one of some texts.
func (r *recorder) wait(t *testing.T, texts ...string) {
	t.Helper()
	for range 6000 {
		written := r.all()[r.start:]
		if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(written, text) }) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("the server does not write %q", texts)
}
