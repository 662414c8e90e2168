package compare_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/baseline"
	"lintel/internal/compare"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/internal/workspace"
	"lintel/policies"
)

// url returns a function URL without authorization.
func url(name string) string {
	return fmt.Sprintf("resource \"aws_lambda_function_url\" %[1]q {\n  function_name      = %[1]q\n  authorization_type = \"NONE\"\n}\n", name)
}

func tree(texts map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range texts {
		files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return files
}

// outcome checks a tree with one rule. base may be nil.
func outcome(t *testing.T, files fstest.MapFS, base *workspace.Base) *workspace.Outcome {
	t.Helper()
	return outcomeWith(t, files, base, workspace.Overrides{Only: []string{"function-url-auth-none"}})
}

func outcomeWith(t *testing.T, files fstest.MapFS, base *workspace.Base, overrides workspace.Overrides) *workspace.Outcome {
	t.Helper()
	o, err := planOf(t, files, base, overrides).Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// planOf returns the plan of a check of a tree with a base, prepared.
func planOf(t *testing.T, files fstest.MapFS, base *workspace.Base, overrides workspace.Overrides) *workspace.Plan {
	t.Helper()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	settings := workspace.Settings{Rules: set, Base: base, Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)}
	plan, err := workspace.New().Plan(t.Context(), files, settings, workspace.Search{Paths: []string{"."}, Named: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	plan.Prepare(overrides, workspace.Change{})
	return plan
}

// said lists findings, suppressed ones in parentheses.
func said(found []finding.Finding) []string {
	all := []string{}
	for _, f := range found {
		text := f.Range.Path + " " + f.Resource
		if f.Suppressed != nil {
			text = "(" + text + ")"
		}
		all = append(all, text)
	}
	return all
}

// TestNew checks which findings are new, compared with the tree before a change and a baseline.
func TestNew(t *testing.T) {
	const prefix = "aws_lambda_function_url."
	for name, tt := range map[string]struct {
		before, baseline, after map[string]string // nil: none
		want                    []string
		note                    string
	}{
		"all, without anything to compare with": {
			after: map[string]string{"main.tf": url("a")}, want: []string{"main.tf " + prefix + "a"},
		},
		"the base has one": {
			before: map[string]string{"main.tf": url("a")}, after: map[string]string{"main.tf": url("b") + url("a")}, want: []string{"main.tf " + prefix + "b"},
		},
		"the base has nothing": {
			before: map[string]string{}, after: map[string]string{"main.tf": url("a")}, want: []string{"main.tf " + prefix + "a"},
		},
		"a directory has another name": {
			before: map[string]string{"old/main.tf": url("a") + url("b")}, after: map[string]string{"new/main.tf": url("a") + url("b") + url("c")},
			want: []string{"new/main.tf " + prefix + "c"},
		},
		"a copy is new": {
			before: map[string]string{"old/main.tf": url("a")}, after: map[string]string{"old/main.tf": url("a"), "new/main.tf": url("a")},
			want: []string{"new/main.tf " + prefix + "a"},
		},
		"what was suppressed before": {
			before: map[string]string{"main.tf": "# lintel:ignore function-url-auth-none -- a demo\n" + url("a")}, after: map[string]string{"main.tf": url("a")},
			want: []string{"main.tf " + prefix + "a"},
		},
		"what nested configurations allow in the base": {
			before: map[string]string{"a/main.tf": url("a"), "a/.lintel.yaml": "skip: [function-url-auth-none]\n"},
			after:  map[string]string{"a/main.tf": url("a") + url("b")},
			want:   []string{"a/main.tf " + prefix + "b"}, note: "a/.lintel.yaml is changed",
		},
		"a base that cannot be read hides nothing": {
			before: map[string]string{"main.tf": "resource {"}, after: map[string]string{"main.tf": url("a")},
			want: []string{"main.tf " + prefix + "a"}, note: "locations that could not be checked before the change: 1",
		},
		"a baseline has one": {
			baseline: map[string]string{"main.tf": url("a")}, after: map[string]string{"main.tf": url("a") + url("b")},
			want: []string{"(main.tf " + prefix + "a)", "main.tf " + prefix + "b"},
		},
		"a baseline has one that is gone": {
			baseline: map[string]string{"main.tf": url("a")}, after: map[string]string{"main.tf": "# nothing\n"},
			want: []string{}, note: "entries without a matching finding: 1",
		},
		"a baseline has one of a unit that is gone": {
			baseline: map[string]string{"gone/main.tf": url("a")}, after: map[string]string{"main.tf": "# nothing\n"},
			want: []string{}, note: "entries without a matching finding: 1",
		},
		"a base and a baseline": {
			before: map[string]string{"main.tf": url("a")}, baseline: map[string]string{"main.tf": url("b")}, after: map[string]string{"main.tf": url("a") + url("b") + url("c")},
			want: []string{"(main.tf " + prefix + "b)", "main.tf " + prefix + "c"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			opt := compare.Options{}
			if tt.baseline != nil {
				opt.Baseline = filepath.Join(t.TempDir(), "baseline.json")
				write(t, opt.Baseline, string(baseline.Of(outcome(t, tree(tt.baseline), nil).Report.Findings).Marshal()))
			}
			files := tree(tt.after)
			c, err := compare.Open(t.Context(), opt, compare.Source{Work: files, Paths: []string{"."}})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if tt.before != nil {
				c.Base = &workspace.Base{FS: tree(tt.before), Changed: func(context.Context) ([]string, error) { return differences(tt.before, tt.after), nil }}
			}
			o := outcome(t, files, c.Base)
			found, _, err := c.New(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, said(found.Findings)); diff != "" {
				t.Error(diff)
			}
			if notes := strings.Join(found.Notes, "\n"); !strings.Contains(notes, tt.note) || (notes == "") != (tt.note == "") {
				t.Errorf("%q, want %q", notes, tt.note)
			}
			var roots []string
			for _, checked := range o.Report.Checked {
				roots = append(roots, checked.Root)
			}
			again, err := c.Recheck(o)(t.Context(), source.NewOverlay(files, nil), roots)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, said(again.Findings)); diff != "" {
				t.Errorf("at first (-) and when it is checked again (+): %s", diff)
			}
		})
	}
}

// TestOpen checks the selected tree, paths and baseline.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(dir, "none"))
	git := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.com"}, args...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	for _, name := range []string{"a/main.tf", "b/main.tf", "gone.tf"} {
		write(t, filepath.Join(dir, name), "# of the base\n")
	}
	none := string(baseline.Baseline{}.Marshal())
	write(t, filepath.Join(dir, "known.json"), none)
	git("add", ".")
	git("commit", "-qm", "base")
	write(t, filepath.Join(dir, "a/main.tf"), "# staged\n")
	if err := os.Remove(filepath.Join(dir, "gone.tf")); err != nil {
		t.Fatal(err)
	}
	git("add", "-A")
	write(t, filepath.Join(dir, "a/main.tf"), "# not staged\n")
	write(t, filepath.Join(dir, "values.tfvars"), "x = 1\n")
	write(t, filepath.Join(dir, "known.json"), "broken")
	for name, tt := range map[string]struct {
		opt        compare.Options
		paths      []string
		text, base string // text of a/main.tf; base empty: none
		wantPaths  []string
		widen      bool
		wrong      string
	}{
		"the files":                     {text: "# not staged\n", paths: []string{"."}, wantPaths: []string{"."}},
		"against a commit":              {opt: compare.Options{Against: "main"}, paths: []string{"b"}, text: "# not staged\n", base: "# of the base\n", wantPaths: []string{"b"}},
		"what is staged":                {opt: compare.Options{Staged: true}, text: "# staged\n", wantPaths: []string{"a/main.tf", "gone.tf"}, widen: true},
		"what is staged in a directory": {opt: compare.Options{Staged: true}, paths: []string{"a"}, text: "# staged\n", wantPaths: []string{"a/main.tf", "gone.tf"}, widen: true},
		"nothing is staged in it":       {opt: compare.Options{Staged: true}, paths: []string{"b"}, text: "# staged\n", wantPaths: []string{"gone.tf"}, widen: true},
		"a named file":                  {opt: compare.Options{Staged: true}, paths: []string{"b/main.tf"}, text: "# staged\n", wantPaths: []string{"b/main.tf", "gone.tf"}, widen: true},
		"both":                          {opt: compare.Options{Staged: true, Against: "HEAD"}, text: "# staged\n", base: "# of the base\n", wantPaths: []string{"a/main.tf", "gone.tf"}, widen: true},
		"the baseline of the base":      {opt: compare.Options{Against: "main", Baseline: filepath.Join(dir, "known.json"), Inside: "known.json"}, paths: []string{"."}, text: "# not staged\n", base: "# of the base\n", wantPaths: []string{"."}},
		"the baseline of the index":     {opt: compare.Options{Staged: true, Baseline: filepath.Join(dir, "known.json"), Inside: "known.json"}, text: "# staged\n", wantPaths: []string{"a/main.tf", "gone.tf"}, widen: true},
		"the baseline of the change":    {opt: compare.Options{Against: "main", Trust: true, Baseline: filepath.Join(dir, "known.json"), Inside: "known.json"}, wrong: "known.json"},
		"no baseline":                   {opt: compare.Options{Baseline: filepath.Join(dir, "nothing.json")}, wrong: "\"lintel baseline\" writes a baseline"},
		"no commit":                     {opt: compare.Options{Against: "nothing"}, wrong: "--against nothing: "},
	} {
		t.Run(name, func(t *testing.T) {
			work := os.DirFS(dir)
			src := compare.Source{Root: dir, Cwd: dir, Work: work, VarFiles: []string{"values.tfvars"}, Paths: tt.paths, Named: len(tt.paths) > 0}
			if tt.wrong != "" {
				if c, err := compare.Open(t.Context(), tt.opt, src); err == nil || !strings.Contains(err.Error(), tt.wrong) {
					t.Errorf("%+v, %v, want %q", c, err, tt.wrong)
				}
				return
			}
			c, err := compare.Open(t.Context(), tt.opt, src)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			holds := func(files fs.FS, name, want string) {
				t.Helper()
				if got, err := fs.ReadFile(files, name); err != nil || string(got) != want {
					t.Errorf("%s is %q, %v, want %q", name, got, err, want)
				}
			}
			holds(c.Files, "a/main.tf", tt.text)
			holds(c.Files, "values.tfvars", "x = 1\n") // not committed
			if (c.Base != nil) != (tt.base != "") {
				t.Fatalf("base: %v", c.Base)
			}
			if c.Base != nil {
				holds(c.Base.FS, "a/main.tf", tt.base)
				holds(c.Base.FS, "values.tfvars", "x = 1\n")
			}
			got := slices.Sorted(slices.Values(c.Paths))
			if diff := cmp.Diff(tt.wantPaths, got); diff != "" || c.Widen != tt.widen {
				t.Errorf("widen %t: %s", c.Widen, diff)
			}
		})
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
