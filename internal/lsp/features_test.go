package lsp_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const moduleCall = `variable "auth" {
  default = "NONE"
}

module "m" {
  source = "./m"
  auth   = var.auth
}
`

const module = `variable "auth" {}
variable "wait" {}

resource "aws_lambda_function" "f" {
  function_name = "orders"
  role          = aws_iam_role.r.arn
  runtime       = "nodejs16.x"
  timeout       = var.wait
  environment {
    variables = {
      TABLE    = "orders"
      PASSWORD = "Tr0ub4dor-and-3"
      STRIPE   = "sk_live_51H8xQ2eZvKYlo2C9u3vYx1m"
    }
  }
}

resource "aws_lambda_function_url" "u" {
  function_name      = aws_lambda_function.f.function_name
  authorization_type = var.auth
}

resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
  inline_policy {
    name   = "p"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" }] })
  }
}
`

// at returns the position of the first occurrence of a string.
func at(tb testing.TB, text, what string) object {
	tb.Helper()
	before, _, ok := strings.Cut(text, what)
	if !ok {
		tb.Fatalf("there is no %q", what)
	}
	line := strings.Count(before, "\n")
	return object{"line": line, "character": len(before) - 1 - strings.LastIndex(before, "\n")}
}

func (c *client) hover(path string, position object) string {
	c.tb.Helper()
	result, ok := c.call("textDocument/hover", object{"textDocument": object{"uri": c.uri(path)}, "position": position}).(object)
	if !ok {
		return ""
	}
	return result["contents"].(object)["value"].(string)
}

func TestHover(t *testing.T) {
	template := `Parameters:
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs16.x
      Timeout: !If [IsProd, 30, 60]
      Code: {ZipFile: "` + "`<b>*x*`" + `"}
      Handler: !Sub "${Stage}.handler"
`
	files := map[string]string{"main.tf": moduleCall, "m/main.tf": module, "template.yaml": template, ".lintel.yaml": "skip: []\n"}
	c := session(t, files)
	for name := range files {
		c.open(name)
	}
	c.until("diagnostics", func() bool {
		return c.times["m/main.tf"] > 0 && c.times["template.yaml"] > 0 && len(c.shown["m/main.tf"]) > 0
	})
	for _, tt := range []struct {
		path, at string
		want     []string
	}{
		{"m/main.tf", `"orders"`, []string{"**`name`** of `module.m.aws_lambda_function.f`: `\"orders\"`", "through the module call in `main.tf:5`"}},
		{"m/main.tf", `function_name = "orders"`, []string{"**`name`**"}},
		{"m/main.tf", `var.wait`, []string{"**`timeout`**", "unknown until deployment", "wait"}},
		{"m/main.tf", `var.auth`, []string{"**`auth_type`** of `module.m.aws_lambda_function_url.u`: `\"NONE\"`", "written in `main.tf:7`, used in `m/main.tf:20`", "computed from `auth`"}},
		{"main.tf", `var.auth`, []string{"**`auth_type`**", "used in `m/main.tf:20`", "**high** `function-url-auth-none`: Function URL is public", "**Fix:** Set `AuthType`"}},
		{"m/main.tf", `resource "aws_lambda_function" "f"`, []string{"`aws_lambda_function`", "AWS defaults of omitted attributes", "`memory` = `128`"}},
		{"m/main.tf", `nodejs16.x`, []string{"`\"nodejs16.x\"`", "**high** `runtime-deprecated`", "A deprecated runtime gets no security patches", "](https://docs.aws.amazon.com/"}},
		{"m/main.tf", `Tr0ub4dor`, []string{"`environment.variables.PASSWORD`"}},
		{"template.yaml", `30`, []string{"**`timeout`** of `F`: `30`", "when IsProd is true"}},
		{"template.yaml", "Handler:", []string{"**`handler`** of `F`: `\"….handler\"`", "unknown until deployment"}},
		{"template.yaml", "<b>", []string{"``\"`<b>*x*`\"``"}},
	} {
		got := c.hover(tt.path, at(t, files[tt.path], tt.at))
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s at %s: no %s in\n%s", tt.path, tt.at, want, got)
			}
		}
	}
	if got := c.hover("main.tf", object{"line": 3, "character": 0}); got != "" {
		t.Errorf("an empty line is %q", got)
	}
}

// TestSecretsStayInTheFile checks that no message of the server contains a secret.
func TestSecretsStayInTheFile(t *testing.T) {
	c := session(t, map[string]string{"main.tf": moduleCall, "m/main.tf": module})
	c.open("m/main.tf")
	c.until("diagnostics", func() bool { return len(c.shown["m/main.tf"]) > 0 })
	var all []string
	for _, line := range []string{"PASSWORD", "Tr0ub4dor", "STRIPE", "sk_live", "variables = {", "environment {"} {
		all = append(all, c.hover("m/main.tf", at(t, module, line)))
	}
	uri := object{"textDocument": object{"uri": c.uri("m/main.tf")}}
	lenses := c.call("textDocument/codeLens", uri)
	for _, lens := range lenses.([]any) {
		command := lens.(object)["command"].(object)
		all = append(all, c.call("workspace/executeCommand", command).(string))
	}
	c.mu.Lock()
	received, _ := json.Marshal(c.received)
	c.mu.Unlock()
	all = append(all, string(received))
	if len(all) < 8 || !strings.Contains(strings.Join(all, ""), "(sensitive)") {
		t.Fatalf("nothing is said: %q", all)
	}
	for _, text := range all {
		for _, secret := range []string{"Tr0ub4dor", "sk_live"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s is in %s", secret, text)
			}
		}
	}
}

func TestCodeLens(t *testing.T) {
	c := session(t, map[string]string{"main.tf": moduleCall, "m/main.tf": module})
	c.open("m/main.tf")
	c.until("diagnostics", func() bool { return len(c.shown["m/main.tf"]) > 0 })
	lenses, _ := c.call("textDocument/codeLens", object{"textDocument": object{"uri": c.uri("m/main.tf")}}).([]any)
	var titles []string
	var commands []object
	for _, lens := range lenses {
		command := lens.(object)["command"].(object)
		titles, commands = append(titles, command["title"].(string)), append(commands, command)
		if line := lens.(object)["range"].(object)["start"].(object)["line"]; line != 3.0 {
			t.Errorf("it stands in line %v", line)
		}
	}
	if diff := cmp.Diff([]string{"lintel: 3 high, 1 medium, show access"}, titles); diff != "" {
		t.Fatal(diff)
	}
	access, found, _ := strings.Cut(c.call("workspace/executeCommand", commands[0]).(string), "\n### Findings\n\n")
	for _, want := range []string{"`runtime-deprecated`", "high: module"} {
		if !strings.Contains(found, want) {
			t.Errorf("no %s in %s", want, found)
		}
	}
	want := "# `module.m.aws_lambda_function.f`\n\n### Who can invoke `module.m.aws_lambda_function.f`\n\n" +
		"- **public**: `anyone`: authorization NONE (url `module.m.aws_lambda_function_url.u`)\n\n" +
		"### What the role allows\n\n- role `module.m.aws_iam_role.r`\n- **reads data**: `s3:GetObject`\n- **Allow** `s3:GetObject` on `arn:aws:s3:::orders/*`\n\n" +
		"### What protects it\n\n- without VPC, code signing, KMS key, reserved concurrency, dead-letter queue\n"
	if diff := cmp.Diff(want, access); diff != "" {
		t.Error(diff)
	}
	c.until("message", func() bool {
		for _, m := range c.received {
			if m["method"] == "window/showMessage" && strings.Contains(m["params"].(object)["message"].(string), "public: anyone: authorization NONE (url module.m") {
				return true
			}
		}
		return false
	})
}

func TestDocumentLinks(t *testing.T) {
	text := "# lintel:ignore function-url-auth-none, no-such-rule -- tracing-disabled is something else\n" + openURL
	c := session(t, map[string]string{"main.tf": text})
	c.open("main.tf")
	c.until("diagnostics", func() bool { return c.times["main.tf"] > 0 })
	links, _ := c.call("textDocument/documentLink", object{"textDocument": object{"uri": c.uri("main.tf")}}).([]any)
	if len(links) != 1 {
		t.Fatalf("%v", links)
	}
	link := links[0].(object)
	if diff := cmp.Diff(object{"start": object{"line": 0.0, "character": 16.0}, "end": object{"line": 0.0, "character": 38.0}}, link["range"]); diff != "" {
		t.Error(diff)
	}
	if !strings.HasPrefix(link["target"].(string), "https://docs.aws.amazon.com/") {
		t.Errorf("%v", link)
	}
	if got := c.hover("main.tf", object{"line": 0, "character": 20}); !strings.Contains(got, "`function-url-auth-none`: ") {
		t.Errorf("%q", got)
	}
}

func (c *client) actions(path string, context object) []object {
	c.tb.Helper()
	result, _ := c.call("textDocument/codeAction", object{
		"textDocument": object{"uri": c.uri(path)}, "range": span(0, 0, 1000, 0), "context": context,
	}).([]any)
	var all []object
	for _, a := range result {
		all = append(all, a.(object))
	}
	return all
}

// apply applies the edits of an action to a text.
func (c *client) apply(path, text string, action object) string {
	c.tb.Helper()
	changes := action["edit"].(object)["documentChanges"].([]any)
	if len(changes) != 1 {
		c.tb.Fatalf("%v", changes)
	}
	document := changes[0].(object)["textDocument"].(object)
	if document["uri"] != c.uri(path) || document["version"] != float64(c.versions[path]) {
		c.tb.Errorf("it changes %v", document)
	}
	edits := changes[0].(object)["edits"].([]any)
	lines := strings.SplitAfter(text, "\n")
	offset := func(at any) int {
		line, character := int(at.(object)["line"].(float64)), int(at.(object)["character"].(float64))
		return len(strings.Join(lines[:line], "")) + character
	}
	for _, e := range slices.Backward(edits) {
		at := e.(object)["range"].(object)
		text = text[:offset(at["start"])] + e.(object)["newText"].(string) + text[offset(at["end"]):]
	}
	return text
}

func withActions(params object) {
	params["capabilities"].(object)["textDocument"].(object)["codeAction"] = object{
		"codeActionLiteralSupport": object{}, "dataSupport": true, "resolveSupport": object{"properties": []string{"edit"}},
	}
}

func TestIgnoreAction(t *testing.T) {
	policy := `resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = <<-EOT
    {"Statement": [{
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }]}
  EOT
}
resource "aws_iam_role" "r" {
  assume_role_policy = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]}"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
}
`
	for _, tt := range []struct{ name, path, text, code, line, want string }{
		{"attribute", "main.tf", openURL, "function-url-auth-none", "authorization_type", "  # lintel:ignore function-url-auth-none -- REASON\n"},
		{"crlf", "main.tf", strings.ReplaceAll(openURL, "\n", "\r\n"), "function-url-auth-none", "authorization_type", "  # lintel:ignore function-url-auth-none -- REASON\r\n"},
		{"tabs", "main.tf", strings.ReplaceAll(openURL, "  ", "\t"), "function-url-auth-none", "authorization_type", "\t# lintel:ignore function-url-auth-none -- REASON\n"},
		{"heredoc", "main.tf", policy, "policy-admin-star", "policy = <<-EOT", "  # lintel:ignore policy-admin-star -- REASON\n"},
		{"yaml", "t.yaml", "Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties:\n      TargetFunctionArn: f\n      AuthType: NONE\n", "function-url-auth-none", "AuthType", "      # lintel:ignore function-url-auth-none -- REASON\n"},
		{"yaml block", "t.yaml", "Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties: {TargetFunctionArn: f,\n      AuthType: NONE}\n", "function-url-auth-none", "AuthType", "      # lintel:ignore function-url-auth-none -- REASON\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := session(t, map[string]string{tt.path: tt.text}, withActions)
			c.open(tt.path)
			c.until(tt.code, func() bool { return slices.Contains(codesOf(c.shown[tt.path]), tt.code) })
			var action object
			for _, a := range c.actions(tt.path, object{"diagnostics": []any{}, "only": []string{"quickfix"}}) {
				if strings.Contains(a["title"].(string), tt.code) {
					action = a
				}
			}
			if action == nil || action["edit"] != nil || action["kind"] != "quickfix" {
				t.Fatalf("%v of %v", action, c.diagnostics(tt.path))
			}
			resolved := c.call("codeAction/resolve", action).(object)
			got := c.apply(tt.path, tt.text, resolved)
			line := strings.Split(tt.text, "\n")
			var want []string
			for _, l := range line {
				if strings.Contains(l, tt.line) {
					want = append(want, strings.TrimSuffix(tt.want, "\n"))
				}
				want = append(want, l)
			}
			if diff := cmp.Diff(strings.Join(want, "\n"), got); diff != "" {
				t.Error(diff)
			}
			c.change(tt.path, got)
			c.until("suppression", func() bool { return c.times[tt.path] > 1 && !slices.Contains(codesOf(c.shown[tt.path]), tt.code) })
		})
	}
}

func TestActionsThatAreNotOffered(t *testing.T) {
	c := session(t, map[string]string{
		"main.tf": openURL, "t.json": `{"Resources": {"U": {"Type": "AWS::Lambda::Url", "Properties": {"TargetFunctionArn": "f", "AuthType": "NONE"}}}}`,
		"forced/main.tf": openURL,
	}, withActions)
	c.open("t.json")
	c.open("main.tf")
	c.shows("t.json", "function-url-auth-none")
	c.shows("main.tf", "function-url-auth-none")
	all := object{"diagnostics": []any{}}
	if got := c.actions("t.json", all); len(got) != 1 || strings.HasPrefix(got[0]["title"].(string), "Ignore") {
		t.Errorf("JSON has no comments: %v", got)
	}
	if got := c.actions("main.tf", object{"diagnostics": []any{}, "only": []string{"refactor", "source.organizeImports"}}); len(got) != 0 {
		t.Errorf("unexpected request %v", got)
	}
	other := object{"diagnostics": []any{object{"range": span(0, 0, 0, 1), "code": "other", "message": "", "source": "x"}}}
	if got := c.actions("main.tf", other); len(got) != 0 {
		t.Errorf("it is not about the diagnostic of another: %v", got)
	}
	write(t, c.dir+"/.lintel.yaml", "no-ignore: [function-url-auth-none]\n")
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []any{object{"uri": c.uri(".lintel.yaml"), "type": 1}}})
	c.until("another check", func() bool { return c.times["main.tf"] > 1 })
	if got := c.actions("main.tf", all); len(got) != 1 || strings.HasPrefix(got[0]["title"].(string), "Ignore") {
		t.Errorf("it may not be ignored: %v", got)
	}
}

func TestClientThatCannotResolve(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL}, func(params object) {
		params["capabilities"].(object)["textDocument"].(object)["codeAction"] = object{"codeActionLiteralSupport": object{}}
	})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	got := c.actions("main.tf", object{"diagnostics": []any{}})
	if len(got) != 2 || !strings.Contains(c.apply("main.tf", openURL, got[1]), "-- REASON\n  authorization_type") {
		t.Errorf("%v", got)
	}
}

// byTitle returns the resolved action whose title has a prefix.
func (c *client) byTitle(path, title string, context object) object {
	c.tb.Helper()
	var titles []string
	for _, a := range c.actions(path, context) {
		if strings.HasPrefix(a["title"].(string), title) {
			return c.call("codeAction/resolve", a).(object)
		}
		titles = append(titles, a["title"].(string))
	}
	c.tb.Fatalf("no %q in %q", title, titles)
	return nil
}

func TestFixes(t *testing.T) {
	text := "# é😀\r\n" + `resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.13"

  environment {
    variables = {
      AWS_SESSION_TOKEN = "x"
      TABLE             = "t"
    }
  }
}

resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = "NONE"
}
`
	c := session(t, map[string]string{"main.tf": text}, withActions, func(params object) {
		params["initializationOptions"] = object{"profile": "all"}
	})
	c.open("main.tf")
	codes := func() []string { return codesOf(c.shown["main.tf"]) }
	c.until("findings", func() bool { return slices.Contains(codes(), "env-reserved-credential-variable") })
	one := c.byTitle("main.tf", "Require IAM authorization (unsafe: ", object{"diagnostics": []any{}})
	if one["kind"] != "quickfix" || len(one["diagnostics"].([]any)) != 1 {
		t.Errorf("%v", one)
	}
	want := strings.Replace(text, `"NONE"`, `"AWS_IAM"`, 1)
	if diff := cmp.Diff(want, c.apply("main.tf", text, one)); diff != "" {
		t.Error(diff)
	}
	all := c.byTitle("main.tf", "Fix all findings", object{"diagnostics": []any{}, "only": []string{"source.fixAll"}})
	if all["kind"] != "source.fixAll.lintel" {
		t.Errorf("%v", all)
	}
	fixed := c.apply("main.tf", text, all)
	if fixed == text {
		t.Error("nothing is fixed")
	}
	c.change("main.tf", fixed)
	c.until("less", func() bool { return !slices.Contains(codes(), "env-reserved-credential-variable") })
	if got := c.actions("main.tf", object{"diagnostics": []any{}, "only": []string{"source"}}); len(got) > 0 {
		t.Errorf("the same is offered again: %v", got)
	}
	if done, _ := c.call("codeAction/resolve", all).(object); len(done["edit"].(object)) > 0 {
		t.Errorf("an action without findings edits something: %v", done)
	}
}

// TestNoFixThatFails checks that no fix is offered that cannot be applied.
func TestNoFixThatFails(t *testing.T) {
	function := func(more string) string {
		return "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  runtime       = \"python3.13\"\n" + more + "}\n"
	}
	read := func(name string) string {
		content, err := os.ReadFile("../../testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	for name, tt := range map[string]struct {
		files    map[string]string
		open     string
		rule     string
		readOnly bool
		offered  bool
	}{
		"a literal": {map[string]string{"main.tf": function("  tracing_config { mode = \"PassThrough\" }\n")}, "main.tf", "tracing-disabled", false, true},
		"read-only": {map[string]string{"main.tf": function("  tracing_config { mode = \"PassThrough\" }\n")}, "main.tf", "tracing-disabled", true, false},
		"a computed value": {
			map[string]string{"main.tf": function("  tracing_config { mode = format(\"%sThrough\", \"Pass\") }\n")},
			"main.tf", "tracing-disabled", false, false,
		},
		"a fix that causes another finding": {
			map[string]string{"main.tf": "resource \"aws_lambda_permission\" \"p\" {\n  function_name = \"f\"\n  action        = \"lambda:InvokeFunction\"\n  principal     = \"events.amazonaws.com\"\n  source_arn    = \"arn:aws:s3:::b\"\n}\n"},
			"main.tf", "permission-principal-source-mismatch", false, false,
		},
		"CDK output": {
			map[string]string{
				"cdk.out/manifest.json": read("cdk/cdk.out/manifest.json"), "cdk.out/Orders.metadata.json": read("cdk/cdk.out/Orders.metadata.json"),
				"cdk.out/Orders.template.json": read("cdk/cdk.out/Orders.template.json"),
			}, "cdk.out/Orders.template.json", "", false, false,
		},
		"a third-party module": {
			map[string]string{
				"main.tf":                         "module \"m\" {\n  source = \"acme/lambda/aws\"\n}\n",
				".terraform/modules/modules.json": `{"Modules": [{"Key": "m", "Source": "registry.terraform.io/acme/lambda/aws", "Dir": ".terraform/modules/m"}]}`,
				".terraform/modules/m/main.tf":    function("  tracing_config {\n  }\n"),
			}, "main.tf", "tracing-disabled", false, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := session(t, tt.files, withActions, func(params object) {
				params["initializationOptions"] = object{"profile": "all"}
			})
			if tt.readOnly {
				if err := os.Chmod(filepath.Join(c.dir, tt.open), 0o444); err != nil {
					t.Fatal(err)
				}
			}
			c.open(tt.open)
			c.until("findings", func() bool {
				codes := codesOf(c.shown[tt.open])
				return slices.Contains(codes, tt.rule) || tt.rule == "" && len(codes) > 0
			})
			offered := false
			for _, action := range c.actions(tt.open, object{"diagnostics": []any{}}) {
				if strings.HasPrefix(action["title"].(string), "Ignore ") {
					continue
				}
				about := action["diagnostics"].([]any)[0].(object)
				if tt.rule == "" || about["code"] == tt.rule {
					offered = true
				}
				if c.call("codeAction/resolve", action).(object)["edit"] == nil {
					t.Errorf("%v cannot be applied", action["title"])
				}
			}
			if offered != tt.offered {
				t.Errorf("offered: %t, want %t", offered, tt.offered)
			}
		})
	}
}
