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

// TestNewRule adds a rule by its directory alone: without an entry in another file, go generate takes it up, its
// tests pass, and no other rule's files change.
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

// onlyAdds reports whether a text has all lines of another one, in their order.
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

// TestStale finds the generated files of rules that are gone, and no others.
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

// TestFilesRefuses provokes each error of Files.
func TestFilesRefuses(t *testing.T) {
	whole := fstest.MapFS{}
	const policy = "policies/rules/tracing_disabled/policy.rego"
	for _, name := range []string{policy, "docs/peers.json", "docs/catalogue.json", generate.ArchitecturePath} {
		content, err := os.ReadFile(path.Join(repository, name))
		if err != nil {
			t.Fatal(err)
		}
		whole[name] = &fstest.MapFile{Data: content}
	}
	if err := fs.WalkDir(os.DirFS(repository), "policies/data", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			content, err := os.ReadFile(path.Join(repository, name))
			whole[name] = &fstest.MapFile{Data: content}
			return err
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := generate.Files(whole); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, file, content, want string }{
		{"a rule that does not parse", policy, "package rules.", policy[len("policies/"):]},
		{"a rule without metadata", policy, "package rules.tracing_disabled\n\ndeny contains 1 if false\n", "METADATA"},
		{"data that is no JSON", "policies/data/runtimes.json", "{", "data/runtimes.json"},
		{"peers that are no JSON", "docs/peers.json", "[", "docs/peers.json"},
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
	for _, name := range []string{"docs/peers.json", "docs/catalogue.json", generate.ArchitecturePath} {
		t.Run("no "+name, func(t *testing.T) {
			fsys := maps.Clone(whole)
			delete(fsys, name)
			if _, err := generate.Files(fsys); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("got %v, want an error that names %s", err, name)
			}
		})
	}
}
