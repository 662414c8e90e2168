package lsp_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const openURL = `resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = "NONE"
}
`

const closedURL = `resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = "AWS_IAM"
}
`

func TestOpenEditSaveClose(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.edit("main.tf", object{"range": span(2, 24, 2, 28), "text": "AWS_IAM"})
	c.shows("main.tf")
	c.close("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.open("main.tf")
	c.change("main.tf", closedURL)
	write(t, filepath.Join(c.dir, "main.tf"), closedURL)
	c.saved("main.tf")
	c.shows("main.tf")
}

func TestFindingsOfOtherFiles(t *testing.T) {
	caller := "module \"m\" {\n  source = \"./m\"\n  auth   = \"NONE\"\n}\n"
	c := session(t, map[string]string{
		"main.tf":   caller,
		"m/main.tf": "variable \"auth\" {}\nresource \"aws_lambda_function_url\" \"u\" {\n  function_name      = \"f\"\n  authorization_type = var.auth\n}\n",
	})
	c.open("m/main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.open("main.tf")
	c.edit("main.tf", object{"range": span(2, 12, 2, 16), "text": "AWS_IAM"})
	c.shows("main.tf")
}

// TestClosedFilesThatBecomeClean checks that the diagnostics of a closed file are cleared when its findings disappear,
// because its caller changed or because it was deleted.
func TestClosedFilesThatBecomeClean(t *testing.T) {
	c := session(t, map[string]string{
		"main.tf": "module \"m\" {\n  source = \"./m\"\n}\n", "m/main.tf": openURL, "n/main.tf": closedURL, "o.tf": openURL,
	})
	c.open("main.tf")
	c.shows("m/main.tf", "function-url-auth-none")
	c.shows("o.tf", "function-url-auth-none")
	c.change("main.tf", "module \"m\" {\n  source = \"./n\"\n}\n")
	c.shows("m/main.tf")
	c.change("main.tf", "module \"m\" {\n  source = \"./m\"\n}\n")
	c.shows("m/main.tf", "function-url-auth-none")
	if err := os.Remove(filepath.Join(c.dir, "o.tf")); err != nil {
		t.Fatal(err)
	}
	c.notify("workspace/didChangeWatchedFiles", object{"changes": []any{object{"uri": c.uri("o.tf"), "type": 3}}})
	c.shows("o.tf")
}

// TestFilesThatChangeUnnoticed checks that the server detects changed files without notifications, after a save,
// because clients need not watch files.
func TestFilesThatChangeUnnoticed(t *testing.T) {
	c := session(t, map[string]string{"main.tf": "# nothing\n", "u.tf": closedURL})
	c.open("main.tf")
	c.shows("main.tf")
	write(t, filepath.Join(c.dir, "u.tf"), openURL)
	c.saved("main.tf")
	c.shows("u.tf", "function-url-auth-none")
	if err := os.Remove(filepath.Join(c.dir, "u.tf")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(c.dir, "new.tf"), openURL)
	c.saved("main.tf")
	c.shows("u.tf")
	c.shows("new.tf", "function-url-auth-none")
	write(t, filepath.Join(c.dir, "m/caller/main.tf"), "module \"root\" {\n  source = \"../..\"\n}\n")
	c.saved("main.tf")
	c.until("the call as related information", func() bool {
		return len(c.shown["new.tf"]) == 1 && len(c.shown["new.tf"][0].RelatedInformation) == 1
	})
}

func TestDeletedUnderneath(t *testing.T) {
	c := session(t, map[string]string{"a/main.tf": openURL})
	c.open("a/main.tf")
	c.shows("a/main.tf", "function-url-auth-none")
	if err := os.RemoveAll(filepath.Join(c.dir, "a")); err != nil {
		t.Fatal(err)
	}
	c.change("a/main.tf", closedURL) // the document is still open
	c.shows("a/main.tf")
	c.change("a/main.tf", openURL)
	c.shows("a/main.tf", "function-url-auth-none")
	c.close("a/main.tf")
	c.shows("a/main.tf")
	if err := os.RemoveAll(c.dir); err != nil {
		t.Fatal(err)
	}
	c.open("b.tf", openURL)
	c.shows("b.tf", "function-url-auth-none")
	c.call("shutdown", nil)
}

func TestRename(t *testing.T) {
	c := session(t, map[string]string{"old.tf": openURL})
	c.open("old.tf")
	c.shows("old.tf", "function-url-auth-none")
	if err := os.Rename(filepath.Join(c.dir, "old.tf"), filepath.Join(c.dir, "new.tf")); err != nil {
		t.Fatal(err)
	}
	c.close("old.tf")
	c.open("new.tf")
	c.shows("old.tf")
	c.shows("new.tf", "function-url-auth-none")
}

// TestUnsavedFile checks that an unsaved new document is checked, also as part of its callers.
func TestUnsavedFile(t *testing.T) {
	c := session(t, map[string]string{"main.tf": "module \"m\" {\n  source = \"./m\"\n}\n"})
	c.open("main.tf")
	c.shows("main.tf", "not-checked")
	c.open("m/main.tf", openURL)
	c.shows("main.tf")
	c.shows("m/main.tf", "function-url-auth-none")
	c.open("deep/er/template.yaml", "Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, AuthType: NONE}}\n")
	c.shows("deep/er/template.yaml", "function-url-auth-none")
	c.close("deep/er/template.yaml")
	c.shows("deep/er/template.yaml")
}

func TestAllKindsOfFiles(t *testing.T) {
	template := "Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, AuthType: NONE}}\n"
	c := session(t, map[string]string{
		"tf/main.tf": openURL, "tofu/main.tofu": openURL,
		"json/main.tf.json":  `{"resource": {"aws_lambda_function_url": {"u": {"function_name": "f", "authorization_type": "NONE"}}}}`,
		"vars/main.tf":       "variable \"auth\" {}\nresource \"aws_lambda_function_url\" \"u\" {\n  function_name = \"f\"\n  authorization_type = var.auth\n}\n",
		"vars/x.auto.tfvars": "auth = \"NONE\"\n",
		"a.yaml":             template, "b.yml": template, "c.template": template,
		"d.json": `{"Resources": {"U": {"Type": "AWS::Lambda::Url", "Properties": {"TargetFunctionArn": "f", "AuthType": "NONE"}}}}`,
	})
	for _, name := range []string{"tf/main.tf", "tofu/main.tofu", "json/main.tf.json", "vars/x.auto.tfvars", "a.yaml", "b.yml", "c.template", "d.json"} {
		c.open(name)
		c.shows(name, "function-url-auth-none")
	}
	c.change("vars/x.auto.tfvars", "auth = \"AWS_IAM\"\n")
	c.shows("vars/x.auto.tfvars")
}

func TestWorkspaceFolders(t *testing.T) {
	a, b := t.TempDir(), t.TempDir() // not repositories
	for _, dir := range []string{a, b} {
		write(t, filepath.Join(dir, "stack/main.tf"), "module \"m\" {\n  source = \"../m\"\n}\n")
		write(t, filepath.Join(dir, "m/main.tf"), openURL)
	}
	c := session(t, nil, func(params object) {
		params["workspaceFolders"] = []any{object{"uri": "file://" + a, "name": "a"}}
	})
	inA, inB := c.pathOf("file://"+a), c.pathOf("file://"+b)
	c.open(inA + "/stack/main.tf")
	c.shows(inA+"/m/main.tf", "function-url-auth-none")
	c.open(inB + "/stack/main.tf")
	c.shows(inB+"/stack/main.tf", "gap-module") // the server knows only its directory
	c.notify("workspace/didChangeWorkspaceFolders", object{"event": object{
		"added": []any{object{"uri": "file://" + b, "name": "b"}}, "removed": []any{},
	}})
	c.shows(inB+"/m/main.tf", "function-url-auth-none")
	c.shows(inB+"/stack/main.tf", "function-url-auth-none")
	c.close(inA + "/stack/main.tf")
	c.notify("workspace/didChangeWorkspaceFolders", object{"event": object{
		"added": []any{}, "removed": []any{object{"uri": "file://" + a, "name": "a"}},
	}})
	c.shows(inA + "/m/main.tf")
}

func TestConfiguration(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL, ".lintel.yaml": "skip: [function-url-auth-none]\n"})
	c.open("main.tf")
	c.shows("main.tf")
	c.open(".lintel.yaml")
	c.change(".lintel.yaml", "skip: []\nno-such-key: 1\n")
	c.shows(".lintel.yaml", "not-checked")
	if d := c.diagnostics(".lintel.yaml")[0]; d.Range.Start.Line != 1 || !strings.HasPrefix(d.Message, "unknown key") {
		t.Errorf("%v %q", d, d.Message)
	}
	c.shows("main.tf") // the last valid configuration applies
	c.change(".lintel.yaml", "profile: [\n")
	c.until("YAML's error", func() bool {
		d := c.shown[".lintel.yaml"]
		return len(d) == 1 && strings.HasPrefix(d[0].Message, "did not find") && d[0].Range.End.Character == 10
	})
	c.change(".lintel.yaml", "rules:\n  function-url-auth-none: {severity: low}\n")
	c.shows("main.tf", "function-url-auth-none")
	c.shows(".lintel.yaml")
	if d := c.diagnostics("main.tf")[0]; d.Severity != 3 {
		t.Errorf("severity %d", d.Severity)
	}
	c.close(".lintel.yaml")
	c.shows("main.tf")
}

func TestSettings(t *testing.T) {
	files := map[string]string{
		"main.tf":        "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  handler = \"app.handler\"\n  runtime = \"python3.13\"\n  reserved_concurrent_executions = 5\n}\n" + openURL,
		"ci/lintel.yaml": "skip: [function-url-auth-none]\n",
	}
	c := session(t, files, func(params object) {
		params["initializationOptions"] = object{"config": "ci/lintel.yaml", "profile": "wrong"}
	})
	c.until("a word about the profile", func() bool {
		return len(c.received) > 0 && strings.Contains(c.received[0]["params"].(object)["message"].(string), `lintel.profile is "wrong"`)
	})
	c.open("main.tf")
	c.shows("main.tf")
	set := func(settings object) {
		c.notify("workspace/didChangeConfiguration", object{"settings": object{"lintel": settings}})
	}
	set(object{"profile": "strict"})
	c.shows("main.tf", "log-format-not-json", "log-group-missing", "tracing-disabled") // initial settings remain unless they are overridden
	set(object{"profile": "default", "config": ""})
	c.shows("main.tf", "function-url-auth-none")
	set(object{"profile": "all", "config": ""})
	c.until("more", func() bool { return len(c.shown["main.tf"]) > 1 })
	set(object{"profile": "all", "config": "", "maxDiagnostics": 1})
	c.until("fewer", func() bool { d := c.shown["main.tf"]; return len(d) == 2 && d[1].Code == "not-checked" })
	shown := c.diagnostics("main.tf")
	if last := shown[1]; shown[0].Code != "function-url-auth-none" || !strings.Contains(last.Message, "more findings are not shown") {
		t.Errorf("%v: %s", shown, last.Message)
	}
	set(object{"config": "no/such.yaml"})
	c.shows("no/such.yaml", "not-checked")
	set(nil)
	c.shows("no/such.yaml")
	c.shows("main.tf")
}

// TestSettingsThatAreAskedFor checks that the server requests settings from clients that support it.
func TestSettingsThatAreAskedFor(t *testing.T) {
	c := start(t, folder(t, map[string]string{"main.tf": openURL, "ci.yaml": "skip: [function-url-auth-none]\n"}))
	c.answer = func(method string) any {
		if method == "workspace/configuration" {
			return []any{object{"config": "ci.yaml"}}
		}
		return nil
	}
	c.call("initialize", object{"rootUri": c.uri("."), "capabilities": object{"workspace": object{
		"configuration": true, "didChangeConfiguration": object{"dynamicRegistration": true}, "didChangeWatchedFiles": object{"dynamicRegistration": true},
	}}})
	c.notify("initialized", object{})
	c.until("questions", func() bool {
		asked := map[string]bool{}
		for _, m := range c.received {
			asked[m["method"].(string)] = true
		}
		return asked["client/registerCapability"] && asked["workspace/configuration"]
	})
	c.open("main.tf")
	c.shows("main.tf")
	c.answer = nil
	c.notify("workspace/didChangeConfiguration", object{"settings": nil})
	c.shows("main.tf") // a missing response changes nothing
}

func TestProgress(t *testing.T) {
	files := map[string]string{}
	for i := range 30 {
		files[fmt.Sprintf("u%d/main.tf", i)] = "module \"m\" {\n  source = \"../m\"\n}\n"
	}
	files["m/main.tf"] = openURL
	c := session(t, files, func(params object) {
		params["capabilities"].(object)["window"] = object{"workDoneProgress": true}
	})
	c.open("m/main.tf")
	c.until("findings", func() bool { return c.times["m/main.tf"] > 0 })
	c.until("an end of each progress that began", func() bool {
		began, ended := 0, 0
		for _, m := range c.received {
			if m["method"] == "$/progress" {
				switch m["params"].(object)["value"].(object)["kind"] {
				case "begin":
					began++
				case "end":
					ended++
				}
			}
		}
		return began == ended
	})
}

// TestSuppressed checks that suppressed findings are hidden and invalid suppressions are reported.
func TestSuppressed(t *testing.T) {
	c := session(t, map[string]string{"main.tf": "# lintel:ignore function-url-auth-none -- a webhook\n" + openURL})
	c.open("main.tf")
	c.shows("main.tf")
	c.change("main.tf", "# lintel:ignore function-url-auth-none\n"+openURL)
	c.shows("main.tf", "ignore-without-reason", "function-url-auth-none")
	c.change("main.tf", "# lintel:ignore function-url-auth-none -- a webhook\n"+closedURL)
	c.shows("main.tf", "ignore-unused")
}

// TestSharedModule checks that a suppression in a module is used if it applies to one of the callers.
func TestSharedModule(t *testing.T) {
	c := session(t, map[string]string{
		"a/main.tf": "module \"m\" {\n  source = \"../m\"\n  auth = \"NONE\"\n}\n",
		"b/main.tf": "module \"m\" {\n  source = \"../m\"\n  auth = \"AWS_IAM\"\n}\n",
		"m/main.tf": "variable \"auth\" {}\nresource \"aws_lambda_function_url\" \"u\" {\n  function_name = \"f\"\n  # lintel:ignore function-url-auth-none -- a webhook\n  authorization_type = var.auth\n}\n",
	})
	c.open("m/main.tf")
	c.shows("m/main.tf")
	c.open("b/main.tf")
	c.shows("b/main.tf")
	c.edit("b/main.tf", object{"range": span(0, 0, 0, 0), "text": "# a comment\n"})
	c.until("a check of b", func() bool { return c.times["b/main.tf"] > 1 })
	c.shows("m/main.tf")
	c.change("a/main.tf", "")
	c.open("a/main.tf", "module \"m\" {\n  source = \"../m\"\n  auth = \"AWS_IAM\"\n}\n")
	c.shows("m/main.tf", "ignore-unused")
}

func TestRelatedInformation(t *testing.T) {
	c := session(t, map[string]string{
		"main.tf":   "module \"m\" {\n  source = \"./m\"\n  auth   = \"NONE\"\n}\nmodule \"n\" {\n  source = \"./n\"\n}\n",
		"m/main.tf": "variable \"auth\" {}\nresource \"aws_lambda_function_url\" \"u\" {\n  function_name      = \"f\"\n  authorization_type = var.auth\n}\n",
		"n/main.tf": openURL,
	})
	related := func(path string) []string {
		var all []string
		for _, d := range c.diagnostics(path) {
			for _, r := range d.RelatedInformation {
				all = append(all, fmt.Sprintf("%d %s:%d %s", d.Severity, c.pathOf(r.Location.URI), r.Location.Range.Start.Line, r.Message))
			}
		}
		return all
	}
	// The module is open, so it shows the finding of its call, too.
	c.open("m/main.tf")
	c.shows("m/main.tf", "function-url-auth-none")
	if diff := cmp.Diff([]string{"3 main.tf:2 written here", "3 main.tf:0 called here"}, related("m/main.tf")); diff != "" {
		t.Error(diff)
	}
	// Now the call is open, and so is a call of a module that is not open.
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none", "function-url-auth-none")
	c.shows("m/main.tf", "function-url-auth-none")
	if diff := cmp.Diff([]string{
		"1 m/main.tf:3 takes effect here", "1 main.tf:0 called here", "3 n/main.tf:2 written here",
	}, related("main.tf")); diff != "" {
		t.Error(diff)
	}
	c.open("n/main.tf")
	c.shows("main.tf", "function-url-auth-none")
	if diff := cmp.Diff([]string{"1 main.tf:4 called here"}, related("n/main.tf")); diff != "" {
		t.Error(diff)
	}
}

func TestTagsAndPages(t *testing.T) {
	text := "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Runtime: nodejs16.x, Handler: a.b, Role: r, Code: {ImageUri: x}}\n"
	c := session(t, map[string]string{"t.yaml": text}, func(params object) {
		shows := params["capabilities"].(object)["textDocument"].(object)["publishDiagnostics"].(object)
		shows["tagSupport"], shows["codeDescriptionSupport"] = object{"valueSet": []int{1, 2}}, true
	})
	c.open("t.yaml")
	c.shows("t.yaml", "runtime-deprecated")
	d := c.diagnostics("t.yaml")[0]
	if len(d.Tags) != 1 || d.Tags[0] != 2 || !strings.HasPrefix(d.CodeDescription.Href, "https://") || d.Data["fingerprint"] == nil {
		t.Errorf("%+v", d)
	}
	plain := start(t, c.dir)
	plain.call("initialize", object{"capabilities": object{}})
	plain.notify("initialized", object{})
	plain.open("t.yaml")
	plain.shows("t.yaml", "runtime-deprecated")
	d = plain.diagnostics("t.yaml")[0]
	if d.Tags != nil || d.CodeDescription.Href != "" || d.Data != nil {
		t.Errorf("a client gets what it does not know: %+v", d)
	}
}

// TestLargeTemplate checks that a document above the size limit is a problem and the session continues.
func TestLargeTemplate(t *testing.T) {
	var text strings.Builder
	text.WriteString("Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, AuthType: NONE}}\n")
	for text.Len() < 5<<20 {
		text.WriteString("  # what nobody reads, over and over\n")
	}
	c := session(t, map[string]string{"t.yaml": text.String(), "main.tf": openURL})
	c.open("t.yaml")
	c.shows("t.yaml", "not-checked")
	if d := c.diagnostics("t.yaml")[0]; !strings.Contains(d.Message, "exceeds the limit of 4 MiB") {
		t.Errorf("%q", d.Message)
	}
	c.edit("t.yaml", object{"range": span(1, 0, 1, 0), "text": "# more\n"})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.change("t.yaml", "Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, AuthType: NONE}}\n")
	c.shows("t.yaml", "function-url-auth-none")
}

func TestBrokenFile(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL, "b.tf": ""})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	c.open("b.tf")
	c.change("b.tf", "resource \"x\" {\n")
	c.shows("b.tf", "not-checked")
	c.shows("main.tf", "function-url-auth-none")
	c.change("b.tf", "")
	c.shows("b.tf")
}

// TestManyDiagnostics checks that only the most severe diagnostics are published if there are too many.
func TestManyDiagnostics(t *testing.T) {
	var text strings.Builder
	for i := range 300 {
		fmt.Fprintf(&text, "resource \"aws_lambda_function_url\" \"u%d\" {\n  function_name = \"f\"\n  authorization_type = \"NONE\"\n}\n", i)
	}
	c := session(t, map[string]string{"main.tf": text.String()})
	c.open("main.tf")
	c.until("diagnostics", func() bool { return len(c.shown["main.tf"]) == 201 })
	if last := c.diagnostics("main.tf")[200]; !strings.HasPrefix(last.Message, "100 more findings are not shown") {
		t.Errorf("%q", last.Message)
	}
}

// TestEditInAnotherStack checks that an edit of a role reaches the function that imports it, in the stack of another file.
func TestEditInAnotherStack(t *testing.T) {
	role := func(actions string) string {
		return "Resources:\n  AppRole:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]\n" +
			"      Policies:\n        - PolicyName: app\n          PolicyDocument:\n            Statement: [{Effect: Allow, Action: '" + actions + "', Resource: '*'}]\n" +
			"Outputs:\n  Role:\n    Value: !GetAtt AppRole.Arn\n    Export: {Name: app-role-arn}\n"
	}
	ofOrders := func(c *client) bool {
		return slices.ContainsFunc(c.shown["iam/iam.yaml"], func(d diagnostic) bool { return strings.Contains(d.Message, "execution role of Orders") })
	}
	c := session(t, map[string]string{
		"iam/iam.yaml": role("s3:GetObject"),
		"app/app.yaml": "Resources:\n  Orders:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: python3.13\n      Handler: a.b\n      Code: {ZipFile: x}\n      Role: !ImportValue app-role-arn\n",
	})
	c.open("iam/iam.yaml")
	c.change("iam/iam.yaml", role("*"))
	c.until("the finding of the function of the other stack", func() bool { return ofOrders(c) })
	c.open("app/app.yaml")
	c.change("app/app.yaml", "Resources: {Queue: {Type: AWS::SQS::Queue}}\n")
	c.until("no function that imports the role", func() bool { return !ofOrders(c) })
}
