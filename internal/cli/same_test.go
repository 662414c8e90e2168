package cli_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// same is what a finding is wherever it is looked for from.
type same struct {
	Rule, Message, Fingerprint string
	Start, End                 struct{ Line, Column int }
	Instances                  []string
}

// TestSameFindings checks the templates of our own tests: a unit has the same findings by directory, by
// the name of a file, from another working directory, staged in git, and against an empty base.
func TestSameFindings(t *testing.T) {
	repo := t.TempDir()
	for _, from := range []string{"corpus", "converge", "plan", "cdk"} {
		if err := os.CopyFS(filepath.Join(repo, from), os.DirFS("../../testdata/"+from)); err != nil {
			t.Fatal(err)
		}
	}
	templates, err := filepath.Glob("../../policies/rules/*/testdata")
	if err != nil || len(templates) < 80 {
		t.Fatal(len(templates), err)
	}
	for i, dir := range templates {
		if i%4 != 0 {
			continue // how a file is found does not depend on the rule
		}
		// Each file is in its own directory, as in the tests of the rules. Files without findings are left out.
		copyApart(t, dir, filepath.Join(repo, "rules", filepath.Base(filepath.Dir(dir))))
	}
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(t.TempDir(), "none"))
	git(t, repo, "init", "-q", "-b", "main")
	git(t, repo, "-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "--allow-empty", "-m", "base")
	git(t, repo, "add", "-A", "-f")
	t.Chdir(repo)

	whole := findingsOf(t, ".")
	if len(whole) < 200 {
		t.Fatalf("only %d findings", len(whole))
	}
	for name, args := range map[string][]string{
		"staged":                        {"--staged"},
		"staged, against an empty base": {"--staged", "--against", "HEAD"},
		"by the folders, shuffled":      {"cdk", "plan", "rules", "converge", "rules", "corpus"},
	} {
		if diff := cmp.Diff(whole, findingsOf(t, args...)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	t.Chdir(t.TempDir())
	if diff := cmp.Diff(whole, findingsOf(t, repo)); diff != "" {
		t.Errorf("from outside: %s", diff)
	}
	t.Chdir(repo)
	if diff := cmp.Diff(whole, findingsOf(t, sources(t)...)); diff != "" {
		t.Errorf("by the names of the files: %s", diff)
	}
}

// sources are the names of all templates below the working directory.
func sources(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(".", func(p string, entry fs.DirEntry, err error) error {
		if entry.IsDir() && (entry.Name() == ".git" || strings.HasPrefix(entry.Name(), "asset.")) {
			return fs.SkipDir
		}
		switch filepath.Ext(p) {
		case ".tf", ".tofu", ".yaml", ".yml", ".json", ".template":
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// copyApart copies a directory of templates so that each file has its own directory.
func copyApart(t *testing.T, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), "ok") || strings.HasPrefix(entry.Name(), "unknown") {
			continue
		}
		source, target := filepath.Join(from, entry.Name()), filepath.Join(to, strings.ReplaceAll(entry.Name(), ".", "_"))
		if entry.IsDir() {
			err = os.CopyFS(target, os.DirFS(source))
		} else {
			var text []byte
			text, err = os.ReadFile(source)
			plant(t, filepath.Join(target, entry.Name()), string(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func findingsOf(t *testing.T, args ...string) []same {
	t.Helper()
	out := run(t, append([]string{"check", "--profile", "all", "--today", "2026-11-24", "--format", "json"}, args...)...)
	var report struct{ Findings []same }
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v: %.500s", err, out)
	}
	return report.Findings
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}
