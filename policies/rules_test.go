// The one harness that tests every rule folder: a new folder is tested without a line of Go.
package policies_test

import (
	"context"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/policy"
	"lintel/policies"
)

// today is the date all rules are tested on.
var today = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)

func compiled(t *testing.T) *policy.Set {
	t.Helper()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func folder(id string) string { return "rules/" + strings.ReplaceAll(id, "-", "_") }

func TestRules(t *testing.T) {
	set := compiled(t)
	for _, rule := range set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			failing, passing := map[string]bool{}, map[string]bool{}
			for _, template := range templates(t, rule.ID) {
				t.Run(template.name, func(t *testing.T) {
					found := expect(t, set, rule.ID, template)
					outcome := passing
					if found > 0 {
						outcome = failing
						blurred(t, set, rule.ID, template)
					}
					outcome[template.format()] = true
				})
			}
			for _, format := range formats(t, rule.ID) {
				if !failing[format] || !passing[format] {
					t.Errorf("%s needs a template with and one without a finding in %s", folder(rule.ID), format)
				}
			}
		})
	}
}

// formats returns the formats in which a rule can find something: all, unless its METADATA names
// them, because what it looks for does not exist in the others.
func formats(t *testing.T, id string) []string {
	t.Helper()
	text, err := os.ReadFile(folder(id) + "/policy.rego")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(?m)^#   formats: \[(.+)\]$`).FindSubmatch(text)
	if named == nil {
		return []string{"Terraform", "CloudFormation", "SAM"}
	}
	return strings.Split(string(named[1]), ", ")
}

// template is a test case of a rule: a file or a folder below its testdata.
type template struct {
	name  string
	files fstest.MapFS
}

func (c template) format() string {
	for name := range c.files {
		switch {
		case strings.HasSuffix(name, ".tf"), strings.HasSuffix(name, ".tf.json"):
			return "Terraform"
		case strings.Contains(name, ".sam."):
			return "SAM"
		}
	}
	return "CloudFormation"
}

// templates returns the cases of a rule. Each is checked alone.
func templates(t *testing.T, id string) []template {
	t.Helper()
	root := path.Join(folder(id), "testdata")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var cases []template
	for _, entry := range entries {
		c := template{name: entry.Name(), files: fstest.MapFS{}}
		err := fs.WalkDir(os.DirFS(root), entry.Name(), func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			content, err := os.ReadFile(path.Join(root, p))
			c.files[p] = &fstest.MapFile{Data: content, Mode: 0o644}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	return cases
}

// want is an expectation: a finding on a line whose message matches.
type want struct {
	file    string
	line    int
	message *regexp.Regexp
	met     bool
}

// wants reads the comments of the form # want "regexp" "regexp", and # want+1 for the line below.
func wants(t *testing.T, c template) []*want {
	t.Helper()
	var all []*want
	for name, file := range c.files {
		for i, line := range strings.Split(string(file.Data), "\n") {
			on := i + 1
			_, rest, found := strings.Cut(line, "# want ")
			if _, below, ok := strings.Cut(line, "# want+1 "); ok {
				rest, found, on = below, true, on+1
			}
			for found && strings.TrimSpace(rest) != "" {
				rest = strings.TrimSpace(rest)
				quoted, err := strconv.QuotedPrefix(rest)
				if err != nil {
					t.Fatalf("%s:%d: want needs quoted regular expressions: %v", name, i+1, err)
				}
				rest = rest[len(quoted):]
				text, _ := strconv.Unquote(quoted)
				all = append(all, &want{file: name, line: on, message: regexp.MustCompile(text)})
			}
		}
	}
	return all
}

// expect runs one rule on a case and holds the findings against the comments, one to one. It
// returns how many there are.
func expect(t *testing.T, set *policy.Set, id string, c template) int {
	t.Helper()
	report := run(t, set, id, c)
	for _, p := range report.Problems {
		t.Errorf("%s: problem: %s", p.Range.Path, p.Message)
	}
	if report.Units == 0 {
		t.Errorf("%s is no template", c.name)
	}
	expected := wants(t, c)
	for _, f := range report.Findings {
		line, column := report.Files[f.Range.Path].Position(f.Range.Start)
		i := slices.IndexFunc(expected, func(w *want) bool {
			return !w.met && w.file == f.Range.Path && w.line == line && w.message.MatchString(f.Message)
		})
		if i < 0 {
			t.Errorf("%s:%d:%d: nobody wants %q", f.Range.Path, line, column, f.Message)
			continue
		}
		expected[i].met = true
	}
	for _, w := range expected {
		if !w.met {
			t.Errorf("%s:%d: no finding matches %q", w.file, w.line, w.message)
		}
	}
	return len(report.Findings)
}

func run(t *testing.T, set *policy.Set, id string, c template) finding.Report {
	t.Helper()
	checker := check.New(set, check.Selection{Only: []string{id}})
	report, err := checker.Run(context.Background(), check.Request{FS: c.files, Paths: []string{"."}, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// blurred runs a rule on what is left of a case when nothing is known. A finding now is a rule
// that takes ignorance for guilt.
func blurred(t *testing.T, set *policy.Set, id string, c template) {
	t.Helper()
	inputs, _, err := check.Inputs(context.Background(), check.Request{FS: c.files, Paths: []string{"."}, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	for _, input := range inputs {
		for _, keepItems := range []bool{true, false} {
			blurredInput := model.Blur(input.Policy, keepItems)
			violations, err := set.Violations(context.Background(), id, blurredInput)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range violations {
				// What a reference points to is a known fact when its targets are kept.
				if keepItems || !isReference(blurredInput, v.At) {
					t.Errorf("with nothing known (lists kept: %t) the rule still says %q", keepItems, v.Message)
				}
			}
		}
	}
}

// isReference reports whether a handle is that of a node with targets.
func isReference(node any, at int) bool {
	switch x := node.(type) {
	case map[string]any:
		if handle, ok := x["at"].(int); ok && handle == at {
			_, ok := x["targets"]
			return ok
		}
		for _, child := range x {
			if isReference(child, at) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(x, func(child any) bool { return isReference(child, at) })
	}
	return false
}
