package fix_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/fix"
	"lintel/internal/policy"
	"lintel/internal/workspace"
	"lintel/policies"
)

// rules are the built-in rules.
func rules(tb testing.TB) *policy.Set {
	tb.Helper()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		tb.Fatal(err)
	}
	return set
}

// apply applies the fixes of some rules to a tree.
func apply(tb testing.TB, files map[string]string, only ...string) fix.Result {
	tb.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	settings := workspace.Settings{Rules: rules(tb), Bare: true, Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)}
	outcome, err := workspace.Once(context.Background(), tree, settings, []string{"."}, workspace.Overrides{Only: only})
	if err != nil {
		tb.Fatal(err)
	}
	result, err := fix.Apply(context.Background(), tree, outcome.Report, fix.Options{Unsafe: true}, outcome.Recheck)
	if err != nil {
		tb.Fatal(err)
	}
	return result
}

const (
	tracing = "tracing-disabled"
	open    = "function-url-auth-none"
)

// function is a function in Terraform with more text in its body.
func function(more string) string {
	return "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role          = \"arn:aws:iam::111122223333:role/f\"\n" + more + "}\n"
}

// trusting is a function whose role trusts services.
func trusting(services string) string {
	return "data \"aws_iam_policy_document\" \"t\" {\n  statement {\n    actions = [\"sts:AssumeRole\"]\n    principals {\n      type        = \"Service\"\n      identifiers = " + services + "\n    }\n  }\n}\n" +
		"resource \"aws_iam_role\" \"r\" {\n  assume_role_policy = data.aws_iam_policy_document.t.json\n}\n" +
		"resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role          = aws_iam_role.r.arn\n}\n"
}

func TestTerraform(t *testing.T) {
	for name, tt := range map[string]struct {
		rule         string
		before, want string
	}{
		"a block that is missing": {
			tracing, function(""),
			function("\n  tracing_config {\n    mode = \"Active\"\n  }\n"),
		},
		"behind other blocks, before a comment's end": {
			tracing, function("\n  vpc_config {\n  }\n  # the end\n"),
			function("\n  vpc_config {\n  }\n  # the end\n\n  tracing_config {\n    mode = \"Active\"\n  }\n"),
		},
		"an attribute in a block": {
			tracing, function("\n  tracing_config {\n  }\n"),
			function("\n  tracing_config {\n    mode = \"Active\"\n  }\n"),
		},
		"an attribute in a block on one line": {
			tracing, function("\n  tracing_config {}\n"),
			function("\n  tracing_config {\n    mode = \"Active\"\n  }\n"),
		},
		"a value, with its comments and its layout": {
			tracing, function("\n  tracing_config {\n      mode=  /* why */ \"PassThrough\" # because\n  }\n"),
			function("\n  tracing_config {\n      mode=  /* why */ \"Active\" # because\n  }\n"),
		},
		"the default of a variable": {
			tracing, function("  tracing_config { mode = var.mode }\n") + "variable \"mode\" {\n  default = \"PassThrough\"\n}\n",
			function("  tracing_config { mode = var.mode }\n") + "variable \"mode\" {\n  default = \"Active\"\n}\n",
		},
		"a local value behind a local value": {
			tracing, function("  tracing_config { mode = local.a }\n") + "locals {\n  a = local.b\n  b = (\"PassThrough\")\n}\n",
			function("  tracing_config { mode = local.a }\n") + "locals {\n  a = local.b\n  b = (\"Active\")\n}\n",
		},
		"what a dynamic block repeats": {
			tracing, function("  dynamic \"tracing_config\" {\n    for_each = [1]\n    content {\n      mode = \"PassThrough\"\n    }\n  }\n"),
			function("  dynamic \"tracing_config\" {\n    for_each = [1]\n    content {\n      mode = \"Active\"\n    }\n  }\n"),
		},
		"alignment of a file that is laid out": {
			"log-group-retention-missing", "resource \"aws_cloudwatch_log_group\" \"g\" {\n  name = \"g\" # é😀\n\n  tags = {}\n}\n",
			"resource \"aws_cloudwatch_log_group\" \"g\" {\n  name = \"g\" # é😀\n\n  tags              = {}\n  retention_in_days = 365\n}\n",
		},
		"behind a heredoc": {
			"log-group-retention-missing", "resource \"aws_cloudwatch_log_group\" \"g\" {\n  name = <<-E\n    g\n  E\n}\n",
			"resource \"aws_cloudwatch_log_group\" \"g\" {\n  name              = <<-E\n    g\n  E\n  retention_in_days = 365\n}\n",
		},
		"before what is about Terraform": {
			"log-group-retention-missing", "resource \"aws_cloudwatch_log_group\" \"g\" {\n  name = \"g\"\n\n  depends_on = [aws_x.y]\n}\n",
			"resource \"aws_cloudwatch_log_group\" \"g\" {\n  name              = \"g\"\n  retention_in_days = 365\n\n  depends_on = [aws_x.y]\n}\n",
		},
		"one of several, where it is written": {
			"role-trust-extra-principals", "variable \"who\" {\n  default = [\"lambda.amazonaws.com\", \"ec2.amazonaws.com\"]\n}\n" + trusting("var.who"),
			"variable \"who\" {\n  default = [\"lambda.amazonaws.com\"]\n}\n" + trusting("var.who"),
		},
		"an entry of a map that others share": {
			"env-reserved-credential-variable", "locals {\n  env = { AWS_REGION = \"x\" }\n}\n" + function("\n  environment {\n    variables = merge(local.env, { C = \"c\" })\n  }\n"),
			"locals {\n  env = {}\n}\n" + function("\n  environment {\n    variables = merge(local.env, { C = \"c\" })\n  }\n"),
		},
		"the only entry, with what is around it": {
			"env-reserved-credential-variable", function("\n  environment {\n    variables = {\n      AWS_REGION = \"x\"\n    }\n  }\n"), function(""),
		},
		"line ends of Windows": {
			"log-group-retention-missing", "resource \"aws_cloudwatch_log_group\" \"g\" {\r\n  name = \"g\"\r\n}\r\n",
			"resource \"aws_cloudwatch_log_group\" \"g\" {\r\n  name              = \"g\"\r\n  retention_in_days = 365\r\n}\r\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			result := apply(t, map[string]string{"main.tf": tt.before}, tt.rule)
			for _, w := range result.Withheld {
				t.Errorf("withheld: %s", w.Reason)
			}
			if diff := cmp.Diff(tt.want, string(result.Files["main.tf"])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestElsewhere follows values to the file where they are written.
func TestElsewhere(t *testing.T) {
	module := function("  tracing_config { mode = var.mode }\n") + "variable \"mode\" {}\n"
	for name, tt := range map[string]struct {
		files map[string]string
		file  string
		want  string
	}{
		"an argument of a module": {
			map[string]string{"main.tf": "module \"m\" {\n  source = \"./m\"\n  mode   = \"PassThrough\" # é\n}\n", "m/main.tf": module},
			"main.tf", "module \"m\" {\n  source = \"./m\"\n  mode   = \"Active\" # é\n}\n",
		},
		"a file of values": {
			map[string]string{"main.tf": module, "terraform.tfvars": "other = 1\nmode = \"PassThrough\"\n"},
			"terraform.tfvars", "other = 1\nmode = \"Active\"\n",
		},
		"the last file of values": {
			map[string]string{"main.tf": module, "a.auto.tfvars": "mode = \"Active\"\n", "b.auto.tfvars": "mode = \"PassThrough\"\n"},
			"b.auto.tfvars", "mode = \"Active\"\n",
		},
		"a variable in a file of its own": {
			map[string]string{"main.tf": function("  tracing_config { mode = var.mode }\n"), "variables.tf": "variable \"mode\" { default = \"PassThrough\" }\n"},
			"variables.tf", "variable \"mode\" { default = \"Active\" }\n",
		},
		"a file of values in JSON": {
			map[string]string{"main.tf": module, "terraform.tfvars.json": "{\n  \"other\": 1,\n  \"mode\": \"PassThrough\"\n}\n"},
			"terraform.tfvars.json", "{\n  \"other\": 1,\n  \"mode\": \"Active\"\n}\n",
		},
		"the last file of values, in JSON": {
			map[string]string{"main.tf": module, "terraform.tfvars": "mode = \"Active\"\n", "b.auto.tfvars.json": `{"mode":"PassThrough"}`},
			"b.auto.tfvars.json", `{"mode":"Active"}`,
		},
		"a default in JSON": {
			map[string]string{"main.tf": function("  tracing_config { mode = var.mode }\n"), "v.tf.json": `{"variable": {"mode": {"default": "PassThrough"}}}`},
			"v.tf.json", `{"variable": {"mode": {"default": "Active"}}}`,
		},
		"an attribute of an object": {
			map[string]string{"main.tf": function("  tracing_config { mode = local.all.f.mode }\n"), "l.tf": "locals {\n  f   = { mode = \"PassThrough\" }\n  all = { f = local.f }\n}\n"},
			"l.tf", "locals {\n  f   = { mode = \"Active\" }\n  all = { f = local.f }\n}\n",
		},
		"an element of a dynamic block": {
			map[string]string{"main.tf": function("  dynamic \"tracing_config\" {\n    for_each = [\"PassThrough\"]\n    content { mode = tracing_config.value }\n  }\n")},
			"main.tf", function("  dynamic \"tracing_config\" {\n    for_each = [\"Active\"]\n    content { mode = tracing_config.value }\n  }\n"),
		},
		"an element of for_each": {
			map[string]string{"main.tf": function("  for_each = var.all\n  tracing_config { mode = each.value.mode }\n"), "v.tf": "variable \"all\" { default = { a = { mode = \"Active\" }, b = { mode = \"PassThrough\" } } }\n"},
			"v.tf", "variable \"all\" { default = { a = { mode = \"Active\" }, b = { mode = \"Active\" } } }\n",
		},
		"a default that two functions use": {
			map[string]string{"main.tf": function("  tracing_config { mode = var.mode }\n") + strings.Replace(function("  tracing_config { mode = var.mode }\n"), `"f" {`, `"g" {`, 1), "v.tf": "variable \"mode\" { default = \"PassThrough\" }\n"},
			"v.tf", "variable \"mode\" { default = \"Active\" }\n",
		},
		"an element by a variable": {
			map[string]string{
				"main.tf":   "locals { m = { x = \"PassThrough\" } }\nvariable \"k\" { default = \"x\" }\nmodule \"m\" {\n  source = \"./m\"\n  mode   = local.m[var.k]\n}\n",
				"m/main.tf": module,
			},
			"main.tf", "locals { m = { x = \"Active\" } }\nvariable \"k\" { default = \"x\" }\nmodule \"m\" {\n  source = \"./m\"\n  mode   = local.m[var.k]\n}\n",
		},
		"an output of a module": {
			map[string]string{"main.tf": function("  tracing_config { mode = module.m.mode }\n") + "module \"m\" {\n  source = \"./m\"\n}\n", "m/o.tf": "output \"mode\" {\n  value = \"PassThrough\"\n}\n"},
			"m/o.tf", "output \"mode\" {\n  value = \"Active\"\n}\n",
		},
		"of a resource in JSON": {
			map[string]string{
				"main.tf.json": `{"resource": {"aws_lambda_function": {"f": {"function_name": "f", "role": "arn:aws:iam::111122223333:role/f", "tracing_config": {"mode": "${var.mode}"}}}}}`,
				"variables.tf": "variable \"mode\" {\n  default = \"PassThrough\"\n}\n",
			},
			"variables.tf", "variable \"mode\" {\n  default = \"Active\"\n}\n",
		},
		"a mapping": {
			map[string]string{"t.yaml": "Mappings:\n  M:\n    K: {Mode: PassThrough, Other: x}\n" + head + "      CodeUri: src\n      Tracing: !FindInMap [M, K, Mode]\n"},
			"t.yaml", "Mappings:\n  M:\n    K: {Mode: Active, Other: x}\n" + head + "      CodeUri: src\n      Tracing: !FindInMap [M, K, Mode]\n",
		},
		"a parameter that is referred to in full": {
			map[string]string{"t.yaml": "Parameters:\n  Mode: {Type: String, Default: PassThrough}\n" + head + "      CodeUri: src\n      Tracing:\n        Ref: Mode\n"},
			"t.yaml", "Parameters:\n  Mode: {Type: String, Default: Active}\n" + head + "      CodeUri: src\n      Tracing:\n        Ref: Mode\n",
		},
		"in braces, whatever the file is called": {
			map[string]string{"t.yaml": `{"Resources": {"G": {"Type": "AWS::Lambda::Function", "Properties": {"Role": "arn:aws:iam::111122223333:role/f", "TracingConfig": {"Mode": "PassThrough"}}}}}`},
			"t.yaml", `{"Resources": {"G": {"Type": "AWS::Lambda::Function", "Properties": {"Role": "arn:aws:iam::111122223333:role/f", "TracingConfig": {"Mode": "Active"}}}}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			result := apply(t, tt.files, tracing)
			if len(result.Files) != 1 {
				t.Errorf("%d files are edited, want 1", len(result.Files))
			}
			for _, w := range result.Withheld {
				t.Errorf("withheld: %s", w.Reason)
			}
			if diff := cmp.Diff(tt.want, string(result.Files[tt.file])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// head is the beginning of a SAM template with a function, up to its properties.
const head = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n"

func TestYAML(t *testing.T) {
	for name, tt := range map[string]struct{ rule, before, want string }{
		"behind the last entry on a line": {
			tracing, head + "      CodeUri: src # é😀\n      Events: {}\n\n  # the end\n",
			head + "      CodeUri: src # é😀\n      Tracing: Active\n      Events: {}\n\n  # the end\n",
		},
		"before a block of text": {
			tracing, head + "      InlineCode: |\n        def f():\n          pass\n\n",
			head + "      Tracing: Active\n      InlineCode: |\n        def f():\n          pass\n\n",
		},
		"in double quotes": {
			tracing, head + "      CodeUri: src\n      Tracing: \"PassThrough\"   # why\n",
			head + "      CodeUri: src\n      Tracing: \"Active\"   # why\n",
		},
		"in single quotes": {
			open, head + "      CodeUri: src\n      FunctionUrlConfig: {AuthType: 'NONE'}\n",
			head + "      CodeUri: src\n      FunctionUrlConfig: {AuthType: 'AWS_IAM'}\n",
		},
		"in flow style": {
			tracing, "Transform: AWS::Serverless-2016-10-31\nResources: {F: {Type: AWS::Serverless::Function, Properties: {CodeUri: src}}}\n",
			"Transform: AWS::Serverless-2016-10-31\nResources: {F: {Type: AWS::Serverless::Function, Properties: {Tracing: Active, CodeUri: src}}}\n",
		},
		"in the globals, where it stands": {
			tracing, "Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function: {Tracing: PassThrough}\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src\n",
			"Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function: {Tracing: Active}\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src\n",
		},
		"the default of a parameter": {
			tracing, "Parameters:\n  Mode: {Type: String, Default: PassThrough}\n" + head + "      CodeUri: src\n      Tracing: !Ref Mode\n",
			"Parameters:\n  Mode: {Type: String, Default: Active}\n" + head + "      CodeUri: src\n      Tracing: !Ref Mode\n",
		},
		"at an anchor": {
			tracing, "X: &x {Tracing: PassThrough}\n" + head + "      <<: *x\n      CodeUri: src\n",
			"X: &x {Tracing: Active}\n" + head + "      <<: *x\n      CodeUri: src\n",
		},
		"in steps of four": {
			tracing, "Resources:\n    F:\n        Type: AWS::Lambda::Function\n        Properties:\n            Role: arn:aws:iam::111122223333:role/f\n            Runtime: python3.13\n            Handler: a.h\n            Code: {S3Bucket: b, S3Key: k}\n",
			"Resources:\n    F:\n        Type: AWS::Lambda::Function\n        Properties:\n            Role: arn:aws:iam::111122223333:role/f\n            Runtime: python3.13\n            Handler: a.h\n            TracingConfig:\n                Mode: Active\n            Code: {S3Bucket: b, S3Key: k}\n",
		},
		"beside what is wrong on another line": {
			"log-group-retention-missing", "Resources:\n  G:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: g\n  H:\n    Type: AWS::SNS::Topic\n  H:\n    Type: AWS::SNS::Topic\n",
			"Resources:\n  G:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: g\n      RetentionInDays: 365\n  H:\n    Type: AWS::SNS::Topic\n  H:\n    Type: AWS::SNS::Topic\n",
		},
		"without properties": {
			"log-group-retention-missing", "Resources:\n  G:\n    Type: AWS::Logs::LogGroup\n  H:\n    Type: AWS::SNS::Topic\n",
			"Resources:\n  G:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      RetentionInDays: 365\n  H:\n    Type: AWS::SNS::Topic\n",
		},
		"line ends of Windows, no last one": {
			"log-group-retention-missing", "Resources:\r\n  G:\r\n    Type: AWS::Logs::LogGroup\r\n    Properties:\r\n      LogGroupName: g",
			"Resources:\r\n  G:\r\n    Type: AWS::Logs::LogGroup\r\n    Properties:\r\n      LogGroupName: g\r\n      RetentionInDays: 365",
		},
		"JSON in steps of a tab": {
			"log-group-retention-missing", "{\n\t\"Resources\": {\n\t\t\"G\": {\n\t\t\t\"Type\": \"AWS::Logs::LogGroup\",\n\t\t\t\"Properties\": {\n\t\t\t\t\"LogGroupName\": \"g\\u00e9\"\n\t\t\t}\n\t\t}\n\t}\n}\n",
			"{\n\t\"Resources\": {\n\t\t\"G\": {\n\t\t\t\"Type\": \"AWS::Logs::LogGroup\",\n\t\t\t\"Properties\": {\n\t\t\t\t\"RetentionInDays\": 365,\n\t\t\t\t\"LogGroupName\": \"g\\u00e9\"\n\t\t\t}\n\t\t}\n\t}\n}\n",
		},
		"JSON on one line": {
			"log-group-retention-missing", `{"Resources": {"G": {"Type": "AWS::Logs::LogGroup", "Properties": {}}}}`,
			`{"Resources": {"G": {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 365}}}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := "template.yaml"
			if strings.HasPrefix(tt.before, "{") {
				file = "template.json"
			}
			result := apply(t, map[string]string{file: tt.before}, tt.rule)
			for _, w := range result.Withheld {
				t.Errorf("withheld: %s", w.Reason)
			}
			if diff := cmp.Diff(tt.want, string(result.Files[file])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestTerraformInJSON edits what Terraform reads as JSON.
func TestTerraformInJSON(t *testing.T) {
	before := "{\n  \"resource\": {\n    \"aws_cloudwatch_log_group\": {\n      \"g\": {\n        \"name\": \"g\"\n      }\n    }\n  }\n}\n"
	want := strings.Replace(before, "        \"name\"", "        \"retention_in_days\": 365,\n        \"name\"", 1)
	result := apply(t, map[string]string{"main.tf.json": before}, "log-group-retention-missing")
	if diff := cmp.Diff(want, string(result.Files["main.tf.json"])); diff != "" {
		t.Error(diff, result.Withheld)
	}
}

// TestRefused checks the reasons for which a finding is not fixed.
func TestRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		rule  string
		want  string
	}{
		"computed": {
			map[string]string{"main.tf": function("  tracing_config { mode = format(\"%sThrough\", \"Pass\") }\n")},
			tracing, "its value is computed",
		},
		"an output of a third-party module": {
			map[string]string{
				"main.tf":                         function("  tracing_config { mode = module.x.mode }\n") + "module \"x\" {\n  source = \"a/b/aws\"\n}\n",
				".terraform/modules/modules.json": `{"Modules":[{"Key":"x","Source":"registry.terraform.io/a/b/aws","Dir":".terraform/modules/x"}]}`,
				".terraform/modules/x/main.tf":    "output \"mode\" {\n  value = \"PassThrough\"\n}\n",
			},
			tracing, "its value is computed: module.x.mode",
		},
		"no fix": {
			map[string]string{"main.tf": "resource \"aws_lambda_permission\" \"p\" {\n  function_name = \"f\"\n  action = \"lambda:InvokeFunction\"\n  principal = \"*\"\n}\n"},
			"permission-public-principal", string(fix.NoFix),
		},
		"principals that are computed": {
			map[string]string{"main.tf": trusting("slice([\"lambda.amazonaws.com\", \"ec2.amazonaws.com\", \"x\"], 0, 2)")},
			"role-trust-extra-principals", "it is not an entry or item of its own: slice(",
		},
		"the only principal": {
			map[string]string{"main.tf": strings.Replace(trusting("[\"lambda.amazonaws.com\"]"), "    principals", "    principals {\n      type        = \"Service\"\n      identifiers = [\"ec2.amazonaws.com\"]\n    }\n    principals", 1)},
			"role-trust-extra-principals", "it is the only item",
		},
		"several keys": {
			map[string]string{"main.tf": function("  environment {\n    variables = { TABLE = \"t\" }\n  }\n") + "resource \"aws_kms_key\" \"a\" {}\nresource \"aws_kms_key\" \"b\" {}\n"},
			"env-without-kms-key", "the module has 2 resources of type aws_kms_key",
		},
		"an intrinsic in the place of a block": {
			map[string]string{"t.yaml": "Conditions: {C: !Equals [!Ref AWS::Region, eu-west-1]}\n" + head + "      CodeUri: src\n      Tracing: !If [C, PassThrough, PassThrough]\n"},
			tracing, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			result := apply(t, tt.files, tt.rule)
			if tt.want == "" {
				return // fixed or refused, both are right
			}
			if len(result.Files) > 0 || len(result.Withheld) == 0 || !strings.Contains(result.Withheld[0].Reason, tt.want) {
				t.Errorf("%+v, want a refusal: %s", result, tt.want)
			}
		})
	}
}

// TestMadeElsewhere checks that generated files and third-party modules are not edited.
func TestMadeElsewhere(t *testing.T) {
	read := func(name string) string {
		content, err := os.ReadFile("../../testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a plan": {map[string]string{"plan.json": read("plan/orders/plan.json")}, "plan.json is generated: fix its source"},
		"CDK output": {map[string]string{
			"cdk.out/manifest.json": read("cdk/cdk.out/manifest.json"), "cdk.out/Orders.metadata.json": read("cdk/cdk.out/Orders.metadata.json"),
			"cdk.out/Orders.template.json": read("cdk/cdk.out/Orders.template.json"),
		}, "is generated by the CDK: fix the construct Orders/"},
		"a third-party module": {map[string]string{
			"main.tf":                         "module \"m\" {\n  source = \"acme/lambda/aws\"\n}\n",
			".terraform/modules/modules.json": `{"Modules": [{"Key": "m", "Source": "registry.terraform.io/acme/lambda/aws", "Dir": ".terraform/modules/m"}]}`,
			".terraform/modules/m/main.tf":    function("  tracing_config {\n  }\n"),
		}, `it is missing in the third-party module "m"`},
	} {
		t.Run(name, func(t *testing.T) {
			result := apply(t, tt.files, tracing, "runtime-deprecated", open)
			if len(result.Files) > 0 || len(result.Withheld) == 0 {
				t.Fatalf("%d files edited, %d withheld", len(result.Files), len(result.Withheld))
			}
			for _, w := range result.Withheld {
				if !strings.Contains(w.Reason, tt.want) {
					t.Errorf("%s: %s", w.Finding.Resource, w.Reason)
				}
			}
		})
	}
}

// TestSuppressed checks that suppressed findings are not fixed.
func TestSuppressed(t *testing.T) {
	text := function("  # lintel:ignore tracing-disabled -- a test\n  tracing_config { mode = \"PassThrough\" }\n")
	if result := apply(t, map[string]string{"main.tf": text}, tracing); len(result.Files) > 0 {
		t.Errorf("%s", result.Files["main.tf"])
	}
}

// FuzzApply checks with arbitrary texts that fixes never panic, and that every applied fix edits the text.
func FuzzApply(f *testing.F) {
	f.Add("main.tf", function("  tracing_config {}\n"))
	f.Add("t.yaml", head+"      CodeUri: src\n      FunctionUrlConfig: {AuthType: NONE}\n")
	f.Add("t.json", `{"Resources": {"G": {"Type": "AWS::Logs::LogGroup", "Properties": {}}}}`)
	f.Add("main.tf.json", `{"resource": {"aws_cloudwatch_log_group": {"g": [{"name": "g"}]}}}`)
	f.Fuzz(func(t *testing.T, name, text string) {
		switch name {
		case "main.tf", "t.yaml", "t.json", "main.tf.json":
		default:
			return
		}
		result := apply(t, map[string]string{name: text}, tracing, open, "log-group-retention-missing", "env-reserved-credential-variable")
		after, edited := result.Files[name]
		if edited != (len(result.Fixed) > 0) {
			t.Errorf("edited: %t, fixed: %d", edited, len(result.Fixed))
		}
		if edited && string(after) == text {
			t.Error("an edit changes nothing")
		}
	})
}
