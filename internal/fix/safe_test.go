package fix_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/fix"
	"lintel/internal/workspace"
)

const (
	role   = "resource \"aws_iam_role\" \"r\" {\n  name               = \"r\"\n  assume_role_policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"sts:AssumeRole\", Principal = { Service = \"lambda.amazonaws.com\" } }] })\n}\n"
	traced = "resource \"aws_lambda_function\" \"g\" {\n  function_name = \"g\"\n  role          = aws_iam_role.r.arn\n  tracing_config { mode = var.mode }\n}\nvariable \"mode\" {\n  default = \"PassThrough\"\n}\n"
)

// attached attaches a managed policy of AWS to the role.
func attached(name string) string {
	return "resource \"aws_iam_role_policy_attachment\" \"a\" {\n  role       = aws_iam_role.r.name\n  policy_arn = \"arn:aws:iam::aws:policy/" + name + "\"\n}\n"
}

// inline gives the role a statement.
func inline(statement string) string {
	return "resource \"aws_iam_role_policy\" \"p\" {\n  role   = aws_iam_role.r.id\n  policy = jsonencode({ Statement = [" + statement + "] })\n}\n"
}

// TestSafe checks which fixes are applied without --unsafe-fixes: those after which the template still deploys,
// nothing that works stops working, and no data is lost.
func TestSafe(t *testing.T) {
	const (
		noTraces = "xray:PutTraceSegments"
		bucket   = "another account"
	)
	sam := "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src\n"
	permission := func(action, principal, more string) string {
		return "resource \"aws_lambda_permission\" \"p\" {\n  function_name = \"f\"\n  action        = \"" + action + "\"\n  principal     = \"" + principal + "\"\n" + more + "}\n"
	}
	for name, tt := range map[string]struct {
		rule, file, text string
		withheld         string // part of the reason; empty: the fix is safe
	}{
		"tracing: a role elsewhere":        {tracing, "main.tf", function(""), noTraces},
		"tracing: a role without policies": {tracing, "main.tf", role + traced, noTraces},
		"tracing: a managed policy":        {tracing, "main.tf", role + traced + attached("AWSXRayDaemonWriteAccess"), ""},
		"tracing: another managed policy":  {tracing, "main.tf", role + traced + attached("service-role/AWSLambdaBasicExecutionRole"), noTraces},
		"tracing: an inline policy":        {tracing, "main.tf", role + traced + inline(`{ Effect = "Allow", Action = "xray:Put*", Resource = "*" }`), ""},
		"tracing: one of two actions":      {tracing, "main.tf", role + traced + inline(`{ Effect = "Allow", Action = "xray:PutTraceSegments", Resource = "*" }`), noTraces},
		"tracing: with a condition": {
			tracing, "main.tf",
			role + traced + inline(`{ Effect = "Allow", Action = "xray:*", Resource = "*", Condition = { StringEquals = { "aws:RequestedRegion" = "eu-west-1" } } }`), noTraces,
		},
		"tracing: denied": {
			tracing, "main.tf",
			role + traced + inline(`{ Effect = "Allow", Action = "*", Resource = "*" }, { Effect = "Deny", Action = "xray:*", Resource = "*" }`), noTraces,
		},
		"tracing: a role that SAM generates":  {tracing, "t.yaml", sam, ""},
		"tracing: SAM with a role of its own": {tracing, "t.yaml", sam + "      Role: arn:aws:iam::111122223333:role/f\n", noTraces},
		"tracing: a literal that another function shares": {
			tracing, "main.tf",
			role + traced + attached("AWSXRayDaemonWriteAccess") + function("  tracing_config { mode = var.mode }\n"), noTraces,
		},
		"retention": {
			"log-group-retention-missing", "main.tf", "resource \"aws_cloudwatch_log_group\" \"g\" {\n  name = \"g\"\n}\n", "deletes log events",
		},
		"a bucket of the stack": {
			"permission-s3-without-source-account", "main.tf",
			"resource \"aws_s3_bucket\" \"b\" {}\n" + permission("lambda:InvokeFunction", "s3.amazonaws.com", "  source_arn    = aws_s3_bucket.b.arn\n"), "",
		},
		"a bucket by its name": {
			"permission-s3-without-source-account", "main.tf",
			permission("lambda:InvokeFunction", "s3.amazonaws.com", "  source_arn    = \"arn:aws:s3:::b\"\n"), bucket,
		},
		"every action for a service":     {"permission-action-wildcard", "main.tf", permission("lambda:*", "sns.amazonaws.com", ""), ""},
		"every action for an account":    {"permission-action-wildcard", "main.tf", permission("lambda:*", "111122223333", ""), "lambda:GetFunction"},
		"passwords expire":               {"password-policy-max-age", "main.tf", "resource \"aws_iam_account_password_policy\" \"p\" {\n  max_password_age = 365\n}\n", "expire"},
		"another password policy":        {"password-policy-missing", "main.tf", "resource \"aws_iam_user\" \"u\" {\n  name = \"u\"\n}\nresource \"aws_iam_user_login_profile\" \"u\" {\n  user = aws_iam_user.u.name\n}\n", "replaces"},
		"shorter passwords":              {"password-policy-min-length", "main.tf", "resource \"aws_iam_account_password_policy\" \"p\" {\n  minimum_password_length = 8\n}\n", ""},
		"a variable that Lambda rejects": {"env-reserved-credential-variable", "main.tf", function("  environment {\n    variables = { AWS_SESSION_TOKEN = \"x\", A = \"b\" }\n  }\n"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			tree := fstest.MapFS{tt.file: &fstest.MapFile{Data: []byte(tt.text), Mode: 0o644}}
			settings := workspace.Settings{Rules: rules(t), Bare: true, Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)}
			outcome, err := workspace.Once(context.Background(), tree, settings, []string{"."}, workspace.Overrides{Only: []string{tt.rule}})
			if err != nil {
				t.Fatal(err)
			}
			result, err := fix.Apply(context.Background(), tree, outcome.Report, fix.Options{}, outcome.Recheck)
			if err != nil {
				t.Fatal(err)
			}
			if tt.withheld == "" {
				if len(result.Fixed) != 1 || len(result.Withheld) > 0 {
					t.Errorf("fixed: %v, withheld: %v", result.Fixed, result.Withheld)
				}
				return
			}
			if len(result.Files) > 0 || len(result.Withheld) == 0 {
				t.Fatalf("%s was edited; withheld: %v", result.Files, result.Withheld)
			}
			for _, w := range result.Withheld {
				if !strings.Contains(w.Reason, tt.withheld) {
					t.Errorf("withheld: %s", w.Reason)
				}
			}
		})
	}
}

// TestSavedMeanwhile checks that edits are made of the text that was checked, although the file has changed since.
func TestSavedMeanwhile(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"the file of the finding": {"main.tf": function("  tracing_config { mode = \"PassThrough\" }\n")},
		"the file of the value": {
			"main.tf":      function("  tracing_config { mode = var.mode }\n"),
			"variables.tf": "variable \"mode\" {\n  default = \"PassThrough\"\n}\n",
		},
		"a value of a module": {
			"main.tf":   "module \"m\" {\n  source = \"./m\"\n}\n",
			"m/main.tf": function("  tracing_config { mode = var.mode }\n"),
			"m/v.tf":    "variable \"mode\" {\n  default = \"PassThrough\"\n}\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree := fstest.MapFS{}
			for file, text := range files {
				tree[file] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
			}
			settings := workspace.Settings{Rules: rules(t), Bare: true, Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)}
			outcome, err := workspace.Once(context.Background(), tree, settings, []string{"."}, workspace.Overrides{Only: []string{tracing}})
			if err != nil {
				t.Fatal(err)
			}
			for file, text := range files {
				tree[file] = &fstest.MapFile{Data: []byte("# saved\n" + text), Mode: 0o644}
			}
			result, err := fix.Apply(context.Background(), tree, outcome.Report, fix.Options{Unsafe: true}, outcome.Recheck)
			if err != nil || len(result.Files) != 1 {
				t.Fatalf("%d files edited, %v", len(result.Files), err)
			}
			for file, after := range result.Files {
				if got, want := string(result.Before[file]), files[file]; got != want {
					t.Errorf("the edits are of %q, want %q", got, want)
				}
				if want := strings.Replace(files[file], "PassThrough", "Active", 1); string(after) != want {
					t.Errorf("%q, want %q", after, want)
				}
			}
		})
	}
}

// TestShapes checks that a fix inserts into blocks of every shape, and that the result has no finding left.
func TestShapes(t *testing.T) {
	const retention = "log-group-retention-missing"
	group, other := "resource \"aws_cloudwatch_log_group\" \"g\" ", "resource \"aws_sqs_queue\" \"q\" {\n  name = \"q\"\n}\n"
	function := "resource \"aws_lambda_function\" \"f\" {"
	for name, tt := range map[string]struct{ rule, text string }{
		"empty, on one line":             {retention, group + "{}"},
		"empty, followed by a block":     {retention, group + "{}\n" + other},
		"on one line, followed":          {retention, group + "{ name = \"g\" }\n" + other},
		"on one line, after another":     {retention, other + group + "{ name = \"g\" }"},
		"a comment on the line":          {retention, group + "{ name = \"{}\" } # }\n" + other},
		"braces in a string":             {retention, group + "{ name = \"${join(\"}\", [\"a\"])}{\" }\n" + other},
		"a C comment with braces":        {retention, group + "/* { } */ { /* } */ name = \"g\" /* { */ }\n" + other},
		"CRLF":                           {retention, group + "{\r\n  name = \"g\"\r\n}\r\n" + other},
		"CRLF, on one line":              {retention, group + "{ name = \"g\" }\r\n" + other},
		"tabs":                           {retention, group + "{\n\tname = \"g\"\n}\n"},
		"the end of the file":            {retention, group + "{\n  name = \"g\"\n}"},
		"a heredoc at the end":           {retention, group + "{\n  name = <<E\ng\nE\n}\n"},
		"a heredoc with braces":          {retention, group + "{\n  name = <<-E\n    }\n    {\n  E\n}"},
		"nothing but a comment":          {retention, group + "{\n  # }\n}\n"},
		"a mark at the start":            {retention, "\ufeff" + group + "{ name = \"g\" }\n"},
		"a block in a block on one line": {tracing, function + "\n  tracing_config {}\n  vpc_config {}\n}\n" + other},
		"a missing block, on one line":   {tracing, function + " function_name = \"f\" }\n" + other},
		"a missing block, empty":         {tracing, function + "}\n" + other},
	} {
		t.Run(name, func(t *testing.T) {
			result := apply(t, map[string]string{"main.tf": tt.text}, tt.rule)
			after := result.Files["main.tf"]
			if len(result.Fixed) != 1 || after == nil {
				t.Fatalf("fixed: %v, withheld: %v", result.Fixed, result.Withheld)
			}
			if again := apply(t, map[string]string{"main.tf": string(after)}, tt.rule); len(again.Fixed)+len(again.Withheld) > 0 {
				t.Errorf("findings remain in\n%s", after)
			}
			if strings.Contains(tt.text, "sqs_queue") && !strings.Contains(string(after), strings.TrimSuffix(other, "\n")) {
				t.Errorf("the block after it has changed:\n%s", after)
			}
			if strings.Contains(strings.ReplaceAll(string(after), "\r\n", ""), "\n") && strings.HasSuffix(name, "CRLF") {
				if mixed := strings.Count(string(after), "\r\n"); mixed < 3 {
					t.Errorf("the new lines end without a carriage return: %q", after)
				}
			}
		})
	}
	if result := apply(t, map[string]string{"main.tf": "", "t.yaml": "", "t.json": ""}, tracing, retention); len(result.Files) > 0 {
		t.Errorf("empty files became %s", result.Files)
	}
}
