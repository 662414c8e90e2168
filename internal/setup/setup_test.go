package setup_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/setup"
	"lintel/internal/source"
)

var from = setup.Source{URL: "https://github.com/acme/lintel", Commit: "0123456789012345678901234567890123456789"}

// TestFiles checks that every file is YAML without unreplaced placeholders.
func TestFiles(t *testing.T) {
	for _, kind := range []setup.Kind{setup.Config, setup.Hook, setup.GitHub, setup.GitLab} {
		f, err := setup.Make(kind, from)
		if err != nil {
			t.Fatal(err)
		}
		var parsed map[string]any
		if err := yaml.Unmarshal([]byte(f.Content), &parsed); err != nil || len(parsed) == 0 {
			t.Errorf("%s: %v", f.Name, err)
		}
		if regexp.MustCompile(`\{\{`).MatchString(f.Content + f.Snippet) {
			t.Errorf("%s: something is not filled in:\n%s", f.Name, f.Content)
		}
	}
}

// TestExamples checks that the commented examples in the configuration are valid.
func TestExamples(t *testing.T) {
	f, err := setup.Make(setup.Config, setup.Source{})
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^#(  -|  [a-z]|[a-z])`).ReplaceAllString(f.Content, "$1")
	rules := finding.IDsOf([]finding.Rule{{ID: "tracing-disabled"}, {ID: "env-without-kms-key"}, {ID: "env-hardcoded-aws-credentials"}})
	conf, err := config.Parse(f.Name, source.NewFile(f.Name, []byte(text)), rules)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if len(conf.Skip) != 1 || len(conf.Severities) != 1 || len(conf.TrustedAccounts) != 1 || len(conf.Ignore) != 1 || len(conf.NoIgnore) != 1 ||
		len(conf.VarFiles) != 1 || len(conf.Vars) != 1 || len(conf.Params) != 1 || conf.Workspace == "" {
		t.Errorf("an example was not read: %+v", conf)
	}
}

// TestSchemaLine checks that the first line of the configuration names the schema where it can be found.
func TestSchemaLine(t *testing.T) {
	const commit = "0123456789012345678901234567890123456789"
	for url, want := range map[string]string{
		"https://example.com/acme/lintel":      "# yaml-language-server: $schema=https://example.com/acme/lintel/raw/" + commit + "/docs/lintel.schema.json\n",
		"https://example.com/acme/lintel.git/": "# yaml-language-server: $schema=https://example.com/acme/lintel/raw/" + commit + "/docs/lintel.schema.json\n",
		"git@example.com:acme/lintel":          "# For completion in editors, run: lintel schema config >.lintel.schema.json",
		"":                                     "# For completion in editors, run: lintel schema config >.lintel.schema.json",
	} {
		f, err := setup.Make(setup.Config, setup.Source{URL: url, Commit: commit})
		if err != nil || !strings.HasPrefix(f.Content, want) {
			t.Errorf("%s: %.200q, %v", url, f.Content, err)
		}
	}
}

// TestGitLabTemplate checks that integrations/gitlab.yml, which users include, contains the job that init writes.
func TestGitLabTemplate(t *testing.T) {
	f, err := setup.Make(setup.GitLab, from)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(`"`+from.URL+`"`, `""`, `"`+from.Commit+`"`, `""`).Replace(f.Content)
	got, err := os.ReadFile(filepath.FromSlash("../../integrations/gitlab.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("integrations/gitlab.yml differs from the job of init: %s", diff)
	}
}

func TestParseSource(t *testing.T) {
	const own, other = "0123456789012345678901234567890123456789", "ffffffffffffffffffffffffffffffffffffffff"
	tests := []struct {
		text, own string
		want      setup.Source // zero: an error
	}{
		{"https://example.com/a/b", own, setup.Source{URL: "https://example.com/a/b", Commit: own}},
		{"https://example.com/a/b@" + other, own, setup.Source{URL: "https://example.com/a/b", Commit: other}},
		{"git@example.com:a/b@" + other, own, setup.Source{URL: "git@example.com:a/b", Commit: other}},
		{"git@example.com:a/b", own, setup.Source{URL: "git@example.com:a/b", Commit: own}},
		{"ssh://git@example.com:22/a/b@" + other, "", setup.Source{URL: "ssh://git@example.com:22/a/b", Commit: other}},
		{"https://example.com/a/b", "", setup.Source{}},
		{"https://example.com/a/b@v1", own, setup.Source{}},
		{"https://example.com/a b@" + other, own, setup.Source{}},
		{"https://example.com/a\"\n#@" + other, own, setup.Source{}},
		{"file:///tmp/x@" + other, own, setup.Source{}},
		{"ext::sh -c id@" + other, own, setup.Source{}},
		{"-u@" + other, own, setup.Source{}},
	}
	for _, test := range tests {
		got, err := setup.ParseSource(test.text, test.own)
		if got != test.want || (err != nil) != (test.want == setup.Source{}) {
			t.Errorf("%q: %v, %v; want %v", test.text, got, err, test.want)
		}
	}
}

// TestHook checks the hook for the lintel on PATH against the hooks of the repository.
func TestHook(t *testing.T) {
	content, err := os.ReadFile(filepath.FromSlash("../../.pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	type hook struct {
		Entry, Files string
		Args         []string
		Always       bool `yaml:"always_run"`
		Serial       bool `yaml:"require_serial"`
	}
	var offered []hook
	if err := yaml.Unmarshal(content, &offered); err != nil {
		t.Fatal(err)
	}
	f, err := setup.Make(setup.Hook, setup.Source{})
	if err != nil {
		t.Fatal(err)
	}
	var written struct{ Repos []struct{ Hooks []hook } }
	if err := yaml.Unmarshal([]byte(f.Content), &written); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(offered[0], written.Repos[0].Hooks[0]); diff != "" {
		t.Errorf("the hook that init writes is not the one of .pre-commit-hooks.yaml: %s", diff)
	}
}
