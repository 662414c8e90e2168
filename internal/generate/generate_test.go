package generate_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/generate"
	"lintel/internal/ruletest"
)

// repository is the root of the repository.
const repository = "../.."

// scratch copies the inputs of go generate.
func scratch(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, dir := range []string{"policies", "docs"} {
		if err := os.CopyFS(filepath.Join(root, dir), os.DirFS(filepath.Join(repository, dir))); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func files(t *testing.T, fsys fs.FS) map[string][]byte {
	t.Helper()
	files, err := generate.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNewRule checks that a directory is enough to add a rule: go generate includes it, its tests pass, and no files of
// other rules change.
func TestNewRule(t *testing.T) {
	root := scratch(t)
	before := files(t, os.DirFS(root))
	if _, err := ruletest.New(filepath.Join(root, "policies", "rules"), "a-new-rule"); err != nil {
		t.Fatal(err)
	}
	after := files(t, os.DirFS(root))
	var changed []string
	for name, content := range after {
		if string(before[name]) != string(content) {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	if diff := cmp.Diff([]string{
		"docs/catalogue.md",
		"docs/rules/README.md",
		"docs/rules/a-new-rule.md",
		"policies/rules/a_new_rule/policy.compiled",
	}, changed); diff != "" {
		t.Errorf("files that a new rule changes:\n%s", diff)
	}
	for _, page := range []string{"docs/catalogue.md", "docs/rules/README.md"} {
		if !onlyAdds(string(before[page]), string(after[page])) {
			t.Errorf("the new rule changes lines of %s, so that two branches with a rule each are in conflict:\n%s",
				page, cmp.Diff(string(before[page]), string(after[page])))
		}
	}

	result, err := ruletest.Own(t.Context(), os.DirFS(filepath.Join(root, "policies")), "a-new-rule")
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Failures) > 0 || result.Templates != 6 || result.Tests != 2 {
		t.Errorf("%d templates, %d Rego tests, failures: %v", result.Templates, result.Tests, result.Failures)
	}
}

// onlyAdds reports whether a text contains all lines of another one, in order.
func onlyAdds(before, after string) bool {
	rest := slices.Collect(strings.Lines(after))
	for line := range strings.Lines(before) {
		i := slices.Index(rest, line)
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

// TestCatalogueAndPeers checks existing rules, planned rules and rules outside of the plan.
func TestCatalogueAndPeers(t *testing.T) {
	fsys := withOneRule(t)
	fsys["docs/catalogue.json"] = &fstest.MapFile{Data: []byte(`{"rules": [
		{"id": "acme-rule", "group": "Observability", "profile": "strict", "severity": "high", "finds": "a|b", "departs": "It is milder."},
		{"id": "to-come", "group": "Observability", "profile": "all", "severity": "low", "finds": "c", "departs": ""},
		{"id": "other", "group": "Others", "profile": "all", "severity": "low", "finds": "d", "departs": ""}]}`)}
	fsys["docs/peers.json"] = &fstest.MapFile{Data: []byte(`{"source": "their docs", "updated": "2026-11", "checks": [
		{"tool": "A", "check": "A1", "rules": {"acme-rule": ["Terraform", "SAM"], "to-come": ["Terraform"]}, "differs": "On purpose."},
		{"tool": "B", "check": "B1", "rules": {}, "differs": ""},
		{"tool": "tflint", "check": "T1", "rules": {"acme-rule": ["Terraform", "SAM"], "to-come": ["Terraform"]}, "differs": "On purpose."},
		{"tool": "tflint", "check": "T2", "rules": {}, "differs": "It is about style."}]}`)}
	got := files(t, fsys)
	for name, want := range map[string][]string{
		"docs/catalogue.md": {
			"\n## Observability\n", "\n## Others\n",
			"| [acme-rule](rules/acme-rule.md) | low | default | a\\|b | Planned for strict. It is milder. |\n",
			"| to-come | low | all | c |  |\n",
		},
		"docs/peers.md": {
			"their docs (2026-11)", "\n## A\n", "\n## B\n",
			"| A1 | Terraform, SAM | [acme-rule](rules/acme-rule.md), to-come | On purpose. |\n",
			"| B1 |  |  |  |\n",
		},
		generate.PeersTable: {"A\tA1\tacme-rule,to-come\nB\tB1\t\n"},
		"docs/from-tflint.md": {
			"# From tflint\n", "\n## Commands\n", "\n## Configuration\n", "\n## Ignore comments\n",
			"| T1 | [acme-rule](rules/acme-rule.md) | Terraform, SAM | low | default | On purpose. |\n| T1 | to-come | Terraform |  |  |  |\n",
			"| T2 | – | | | | It is about style. |\n",
		},
	} {
		for _, part := range want {
			if !strings.Contains(string(got[name]), part) {
				t.Errorf("%s does not contain %q:\n%s", name, part, got[name])
			}
		}
	}
	if got["docs/from-trivy.md"] != nil {
		t.Error("a tool without checks has a page")
	}
	if strings.Contains(string(got["docs/catalogue.md"]), "Not planned") {
		t.Error("a rule with a row is not planned")
	}
	fsys["docs/catalogue.json"] = &fstest.MapFile{Data: []byte(`{"rules": []}`)}
	if page := string(files(t, fsys)["docs/catalogue.md"]); !strings.Contains(page, "## Not planned\n\n| rule | severity | profile | finds |\n| --- | --- | --- | --- |\n| [acme-rule](") {
		t.Errorf("a rule without a row is not listed:\n%s", page)
	}
}

// TestStale checks that the generated files of removed rules, and no others, are stale.
func TestStale(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{
		"docs/rules/README.md", "docs/rules/kept.md", "docs/rules/gone.md", "policies/lib/gone.compiled", "policies/lib/gone.rego",
		"policies/data/gone.compiled", "policies/rules/kept/policy.compiled", "policies/rules/gone/policy.compiled", "docs/other.md",
	} {
		fsys[name] = &fstest.MapFile{}
	}
	stale, err := generate.Stale(fsys, map[string][]byte{"docs/rules/README.md": nil, "docs/rules/kept.md": nil, "policies/rules/kept/policy.compiled": nil})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"docs/rules/gone.md", "policies/data/gone.compiled", "policies/lib/gone.compiled", "policies/rules/gone/policy.compiled"}
	slices.Sort(stale)
	if diff := cmp.Diff(want, stale); diff != "" {
		t.Error(diff)
	}
}

// policyPath is the path of the rule of withOneRule.
const policyPath = "policies/rules/acme_rule/policy.rego"

// withOneRule returns a repository with the inputs of go generate and one rule.
func withOneRule(t *testing.T) fstest.MapFS {
	t.Helper()
	data, err := fs.Glob(os.DirFS(repository), "policies/data/*.json")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, name := range append(data, generate.PeersPath, generate.CataloguePath, generate.ArchitecturePath, generate.FixturesPath, generate.ReasonsPath) {
		content, err := os.ReadFile(path.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: content}
	}
	dir, err := ruletest.New(t.TempDir(), "acme-rule") // low, default
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "policy.rego"))
	if err != nil {
		t.Fatal(err)
	}
	fsys[policyPath] = &fstest.MapFile{Data: text}
	return fsys
}

// TestFilesRefuses checks each error of Files.
func TestFilesRefuses(t *testing.T) {
	whole := withOneRule(t)
	if _, err := generate.Files(whole); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, file, content, want string }{
		{"a rule that does not parse", policyPath, "package rules.", policyPath[len("policies/"):]},
		{"a rule without metadata", policyPath, "package rules.acme_rule\n\ndeny contains 1 if false\n", "METADATA"},
		{"data that is no JSON", "policies/data/runtimes.json", "{", "data/runtimes.json"},
		{"peers that are no JSON", "docs/peers.json", "[", "docs/peers.json"},
		{"a comparison that is no JSON", generate.FixturesPath, "[", generate.FixturesPath},
		{"reasons that are no JSON", generate.ReasonsPath, "[", generate.ReasonsPath},
		{"a catalogue that is no JSON", "docs/catalogue.json", "[", "docs/catalogue.json"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := maps.Clone(whole)
			fsys[tt.file] = &fstest.MapFile{Data: []byte(tt.content)}
			if _, err := generate.Files(fsys); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error that names %s", err, tt.want)
			}
		})
	}
	for _, name := range []string{"docs/peers.json", "docs/catalogue.json", generate.ArchitecturePath, generate.FixturesPath, generate.ReasonsPath} {
		t.Run("no "+name, func(t *testing.T) {
			fsys := maps.Clone(whole)
			delete(fsys, name)
			if _, err := generate.Files(fsys); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("got %v, want an error that names %s", err, name)
			}
		})
	}
}
