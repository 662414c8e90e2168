package lsp_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// chained is a template whose conditions each refer to the next one twice.
func chained(n int) string {
	var b strings.Builder
	b.WriteString("Parameters:\n  P: {Type: String}\nConditions:\n")
	for i := range n {
		fmt.Fprintf(&b, "  C%d: !And [Condition: C%d, Condition: C%d]\n", i, i+1, i+1)
	}
	fmt.Fprintf(&b, "  C%d: !Equals [!Ref P, a]\nResources:\n  F:\n    Type: AWS::Lambda::Url\n    Condition: C0\n    Properties: {AuthType: NONE, TargetFunctionArn: f}\n", n)
	return b.String()
}

// TestHostileTexts opens texts that are made to exhaust the server, asks about them, and edits them until they are harmless.
func TestHostileTexts(t *testing.T) {
	expression := func(text string) string { return "locals {\n  x = " + text + "\n}\n" }
	harmless := "Resources:\n  F:\n    Type: AWS::Lambda::Url\n    Properties: {AuthType: NONE, TargetFunctionArn: f}\n"
	c := session(t, map[string]string{"template.yaml": harmless, "main.tf": ""})
	c.open("template.yaml")
	c.open("main.tf")
	c.shows("template.yaml", "function-url-auth-none")
	for name, text := range map[string]string{
		"conditions": chained(40), "lists": strings.Repeat("[", 1<<20), "aliases": "a: &a [*a]\n", "one line": "Resources: [" + strings.Repeat("a,", 1<<17) + "]",
	} {
		t.Run(name, func(t *testing.T) {
			c.change("template.yaml", text)
			at := object{"textDocument": object{"uri": c.uri("template.yaml")}, "position": object{"line": 3, "character": 6}}
			c.answerTo(c.ask("textDocument/hover", at))
			c.answerTo(c.ask("textDocument/codeLens", object{"textDocument": object{"uri": c.uri("template.yaml")}}))
			c.change("template.yaml", harmless)
			c.shows("template.yaml", "function-url-auth-none")
		})
	}
	for name, text := range map[string]string{
		"parentheses": expression(strings.Repeat("(", 1<<20)), "operators": expression(strings.Repeat("!/*,*/", 1<<17) + "true"),
		"blocks": strings.Repeat("a {\n", 1<<18), "comments": "# lintel:ignore x -- y\n" + expression(strings.Repeat("-", 1<<20)+"1"),
	} {
		t.Run(name, func(t *testing.T) {
			c.change("main.tf", text)
			c.answerTo(c.ask("textDocument/hover", object{"textDocument": object{"uri": c.uri("main.tf")}, "position": object{"line": 1, "character": 3}}))
			c.change("main.tf", "resource \"aws_lambda_function_url\" \"u\" {\n  authorization_type = \"NONE\"\n}\n")
			c.shows("main.tf", "function-url-auth-none")
		})
	}
}

// TestFileOutsideOfWorkspace opens a file that is in neither a repository nor a workspace folder: the directories beside
// it are not searched, but the modules that it names are read.
func TestFileOutsideOfWorkspace(t *testing.T) {
	const public = "resource \"aws_lambda_function_url\" \"u\" {\n  authorization_type = \"NONE\"\n}\n"
	c := start(t, t.TempDir())
	write(t, filepath.Join(c.dir, "main.tf"), "module \"m\" {\n  source = \"./modules/m\"\n}\n"+public)
	write(t, filepath.Join(c.dir, "modules/m/main.tf"), public)
	write(t, filepath.Join(c.dir, "other/main.tf"), "module \"m\" {\n  source = \"..\"\n}\n")
	write(t, filepath.Join(c.dir, "other/template.yaml"), chained(1))
	c.call("initialize", object{"capabilities": object{}})
	c.notify("initialized", object{})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none", "function-url-auth-none") // one of them is in the module
	c.shows("modules/m/main.tf", "function-url-auth-none")
	if got := c.diagnostics("other/template.yaml"); len(got) > 0 {
		t.Errorf("other/template.yaml is checked: %v", got)
	}
}

// TestExitWithOpenConnection ends a session whose client does not close the connection.
func TestExitWithOpenConnection(t *testing.T) {
	c := session(t, map[string]string{"template.yaml": chained(40)})
	c.open("template.yaml")
	c.call("shutdown", nil)
	c.notify("exit", nil)
	if err := <-c.done; err != nil {
		t.Errorf("Serve: %v", err)
	}
}
