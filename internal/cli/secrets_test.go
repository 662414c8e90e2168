package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lintel/internal/cli"
	"lintel/internal/report"
)

// The secret that is planted everywhere: nothing may print more than its first four characters.
const (
	secret = "Zq9vXk2mPw7RtB4yLs8c"
	leak   = "Zq9vX"
)

// planted are files with the secret in every place that a secret can be in. KEY stands for it.
var planted = map[string]string{
	"tf/main.tf": `variable "password" {
  default   = "KEY"
  sensitive = true
}
variable "token_with_default" { default = "KEY" }
variable "mode" {}
provider "aws" {
  access_key = "AKIAQWERTYUIOPASDFGH"
  secret_key = "KEYKEY"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  description   = var.password
  role          = aws_iam_role.r.arn
  runtime       = "python3.8"
  handler       = "a.b"
  filename      = "x.zip"
  environment { variables = { DB_PASSWORD = "KEY", API_TOKEN = "KEY", SENSITIVE = var.password, DEFAULTED = var.token_with_default, URL = "postgres://user:KEY@db/x", JSON = jsonencode({ password = "KEY" }) } }
  tags           = { owner = var.password }
  tracing_config { mode = var.mode == "KEY" ? "Active" : var.mode }
}
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }] })
  inline_policy {
    policy = jsonencode({ Statement = [{ Sid = var.password, Effect = "Allow", Action = ["*", "${var.password}:*"], Resource = "*", Condition = { StringEquals = { "aws:ResourceTag/x" = var.password } } }] })
  }
}
resource "aws_lambda_permission" "keys" {
  for_each      = { (var.password) = 1 }
  function_name = "f"
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
resource "aws_lambda_permission" "alexa" {
  function_name      = var.password
  action             = "lambda:InvokeFunction"
  principal          = "alexa-appkit.amazon.com"
  event_source_token = "KEY"
}
resource "aws_secretsmanager_secret_version" "v" {
  secret_id     = "a"
  secret_string = "KEY"
}
resource "aws_ssm_parameter" "p" {
  name  = "/db/password"
  type  = "String"
  value = "KEY"
}
resource "aws_lambda_function_url" "u" {
  function_name      = var.password
  authorization_type = "NONE"
}
resource "aws_api_gateway_stage" "s" {
  stage_name = "s"
  variables  = { password = "KEY" }
}
module "m" {
  source   = "git::https://oauth2:KEY@example.com/m.git?sshkey=KEY"
  password = "KEY"
}
`,
	"sam/template.yaml": `Transform: AWS::Serverless-2016-10-31
Parameters:
  DbPassword: {Type: String, Default: "KEY"}
  Hidden: {Type: String, NoEcho: true, Default: "KEY"}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.8
      Handler: index.h
      Description: !Ref Hidden
      InlineCode: |
        PASSWORD = "KEY"
      Tags: {owner: !Ref Hidden}
      Environment: {Variables: {PASSWORD: "KEY", FROM: !Ref DbPassword, HIDDEN: !Ref Hidden, SUB: !Sub "token=${Hidden}"}}
      FunctionUrlConfig: {AuthType: NONE}
  P:
    Type: AWS::SSM::Parameter
    Properties: {Name: /db/password, Type: String, Value: "KEY"}
  S:
    Type: AWS::SecretsManager::Secret
    Properties: {SecretString: "KEY"}
`,
	"line/template.json":  `{"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"python3.8","Handler":"h","Role":"r","Code":{"ZipFile":"x"},"Environment":{"Variables":{"PASSWORD":"KEY","OTHER":"KEY"}}}},"U":{"Type":"AWS::Lambda::Url","Properties":{"AuthType":"NONE","TargetFunctionArn":"KEY"}}}}`,
	"syntax/main.tf":      "resource \"aws_lambda_function\" \"f\" {\n  password = \"KEY\n}\n",
	"syntax/x.tfvars":     "p = \"KEY\" \"KEY\"\n",
	"types/main.tf":       "variable \"p\" {\n  type = number\n}\nresource \"aws_lambda_function\" \"f\" {\n  timeout = var.p\n  memory_size = \"KEY\"\n  environment { variables = \"KEY\" }\n}\nlocals {\n  a = jsondecode(\"KEY\")\n  b = tonumber(\"KEY\")\n}\n",
	"types/x.auto.tfvars": "p = \"KEY\"\n",
	"yaml/a.yaml":         "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      X: \"KEY\n   bad: [\n",
	"yaml/b.yaml":         "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Password: *KEY}\n",
	"yaml/c.json":         `{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"X": "KEY" "Y"}}}}`,
	"plan/plan.json": `{"format_version":"1.2","planned_values":{},"terraform_version":"1.9.0","variables":{"p":{"value":"KEY"}},"resource_changes":[{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","change":{"actions":["create"],"before":null,"after":{"function_name":"KEY","runtime":"python3.8","unknown_to_lintel":"KEY","environment":[{"variables":{"X":"KEY"}}]},"after_unknown":{},"before_sensitive":false,"after_sensitive":{"function_name":true,"environment":[{"variables":true}]}}},` +
		`{"address":"aws_lambda_permission.p","mode":"managed","type":"aws_lambda_permission","name":"p","change":{"actions":["create"],"before":null,"after":{"principal":"*","action":"lambda:InvokeFunction","function_name":"KEY"},"after_unknown":{},"after_sensitive":{"function_name":true}}}]}`,
}

// TestSecretsAreNeverPrinted looks for the secret in everything that lintel writes.
func TestSecretsAreNeverPrinted(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range planted {
		plant(t, name, strings.ReplaceAll(text, "KEY", secret))
	}
	for _, format := range report.Formats() {
		out := run(t, "check", "--profile", "all", "--undetermined", "--color", "always", "--format", string(format))
		if format == report.Full && strings.Count(out, leak[:4]) < 5 {
			t.Errorf("so few secrets are found that this tests nothing:\n%s", out)
		}
		holdsNone(t, string(format), out)
	}
	run(t, "baseline", "--profile", "all")
	written, err := os.ReadFile(".lintel-baseline.json")
	if err != nil || !bytes.Contains(written, []byte("env-secret-by-name")) {
		t.Fatal(err, string(written))
	}
	holdsNone(t, "the baseline", string(written))
	holdsNone(t, "with the baseline", run(t, "check", "--profile", "all", "--baseline", ".lintel-baseline.json", "--format", "json"))
	holdsNone(t, "--var", run(t, "check", "--var", secret))
	holdsNone(t, "--param", run(t, "check", "--param", secret))
	holdsNone(t, "a value of a variable", run(t, "check", "--var", "p="+secret, "--var", `mode="`+secret, "types", "tf"))
}

// TestModelIsMasked checks that lintel model masks secrets.
func TestModelIsMasked(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"sam/template.yaml", "line/template.json", "plan/plan.json", "yaml/b.yaml", "syntax/main.tf"} {
		text := strings.ReplaceAll(planted[name], `"OTHER":"KEY"`, `"API_TOKEN":"KEY"`) // OTHER is not the name of a secret
		text = strings.ReplaceAll(text, `"TargetFunctionArn":"KEY"`, `"TargetFunctionArn":"f"`)
		plant(t, name, strings.ReplaceAll(text, "KEY", secret))
	}
	holdsNone(t, "model", run(t, "model"))
}

func plant(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run returns what a command writes to both streams.
func run(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	cli.Main(args, nil, &out, &errs)
	return out.String() + errs.String()
}

func holdsNone(t *testing.T, what, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if i := strings.Index(line, leak); i >= 0 {
			t.Errorf("%s: …%s", what, line[max(0, i-100):min(len(line), i+40)])
		}
	}
}
