package lsp_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lintel/internal/cli"
)

// TestCustomRules checks that custom rules of the configuration run, with the unsaved text of the editor.
func TestCustomRules(t *testing.T) {
	dir := folder(t, nil)
	t.Chdir(dir)
	var out bytes.Buffer
	if code := cli.Main([]string{"rule", "new", "acme-short-timeout"}, strings.NewReader(""), &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join(dir, "policies/rules/acme_short_timeout", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	write(t, filepath.Join(dir, "t.yaml"), read("testdata/bad.yaml"))
	c := start(t, dir)
	c.call("initialize", object{"rootUri": c.uri("."), "capabilities": object{}})
	c.notify("initialized", object{})
	has := func(is bool) {
		t.Helper()
		c.until("the rule", func() bool {
			return c.times["t.yaml"] > 0 && slices.Contains(codesOf(c.shown["t.yaml"]), "acme-short-timeout") == is
		})
	}
	c.open("t.yaml")
	has(false)
	c.open(".lintel.yaml", "policies: [policies]\n")
	has(true)
	at := c.diagnostics("t.yaml")
	i := slices.IndexFunc(at, func(d diagnostic) bool { return d.Code == "acme-short-timeout" })
	hover := c.hover("t.yaml", object{"line": at[i].Range.Start.Line, "character": at[i].Range.Start.Character})
	if !strings.Contains(hover, "`acme-short-timeout`: ") {
		t.Errorf("%s", hover)
	}
	policy := "policies/rules/acme_short_timeout/policy.rego"
	c.open(policy)
	c.change(policy, read("policy.rego")+"\nnonsense {{\n")
	c.shows(policy, "not-checked")
	has(false)
	c.change(policy, read("policy.rego"))
	has(true)
	c.shows(policy)
}

// TestSkippedDirectory checks that an open template in a directory that is not searched has a diagnostic that says so.
func TestSkippedDirectory(t *testing.T) {
	const template = "Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}\n"
	c := session(t, map[string]string{"node_modules/x/template.yaml": template, "node_modules/x/package.json": "{}", "t.yaml": template})
	c.open("t.yaml")
	c.shows("t.yaml", "function-url-auth-none")
	c.open("node_modules/x/package.json")
	c.open("node_modules/x/template.yaml")
	c.shows("node_modules/x/template.yaml", "gap-skipped")
	c.shows("node_modules/x/package.json")
}
