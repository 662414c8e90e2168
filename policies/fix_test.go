package policies_test

import (
	"context"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/ruletest"
)

var update = flag.Bool("update", false, "write the .fixed files of rules anew; read what comes out")

// TestFixes mends what each rule that declares a fix finds in fix/FILE, which must come out as
// fix/FILE.fixed. There must be one in each format that the rule is about.
func TestFixes(t *testing.T) {
	set := compiled(t)
	for _, rule := range set.Rules() {
		names := fixtures(t, rule.ID)
		if len(rule.Fix) == 0 {
			if len(names) > 0 {
				t.Errorf("%s has fixtures but no fix", rule.ID)
			}
			continue
		}
		t.Run(rule.ID, func(t *testing.T) {
			for _, name := range names {
				t.Run(name, func(t *testing.T) { fixed(t, rule, name) })
			}
			covered(t, rule.ID, names)
		})
	}
}

// covered holds that there is a file to mend in each format that the rule is about: for CloudFormation in both of its
// languages.
func covered(t *testing.T, id string, names []string) {
	t.Helper()
	policy := folder(id) + "/policy.rego"
	text, err := os.ReadFile(policy)
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string][]string{ruletest.Terraform: {".tf"}, ruletest.CloudFormation: {"template.yaml", ".json"}, ruletest.SAM: {"sam.yaml"}}
	for _, format := range formats(t, policy, text) {
		for _, end := range wanted[format] {
			if !slices.ContainsFunc(names, func(name string) bool { return strings.HasSuffix(name, end) }) {
				t.Errorf("%s/fix needs a file to mend that ends with %s", folder(id), end)
			}
		}
	}
}

// fixtures are the names of the files that a rule's fix is tried on.
func fixtures(t *testing.T, id string) []string {
	t.Helper()
	entries, err := os.ReadDir(path.Join(folder(id), "fix"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".fixed") {
			names = append(names, entry.Name())
		}
	}
	return names
}

func fixed(t *testing.T, rule finding.Rule, name string) {
	t.Helper()
	file := path.Join(folder(rule.ID), "fix", name)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	after := mended(t, rule, name, before)
	if *update {
		if err := os.WriteFile(file+".fixed", after, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file + ".fixed")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(after)); diff != "" {
		t.Error(diff)
	}
	if string(after) == string(before) {
		t.Error("nothing is mended in it")
	}
	if again := mended(t, rule, name, after); string(again) != string(after) {
		t.Errorf("fixing twice is not fixing once:\n%s", cmp.Diff(string(after), string(again)))
	}
	if path.Ext(name) != ".tf" {
		return
	}
	layout := hclwrite.Format
	if diff := cmp.Diff(string(layout(after)), string(mended(t, rule, name, layout(before)))); diff != "" {
		t.Errorf("fixing and laying out do not commute:\n%s", diff)
	}
}

// mended returns a text in which everything that a rule finds and that can be mended is. The other rules of its
// profile watch.
func mended(t *testing.T, rule finding.Rule, name string, before []byte) []byte {
	t.Helper()
	tree := fstest.MapFS{name: &fstest.MapFile{Data: before, Mode: 0o644}}
	checker := check.New(compiled(t), check.Selection{Profile: rule.Profile})
	req := check.Request{FS: tree, Paths: []string{"."}, Today: today}
	report, err := checker.Run(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	again := func(ctx context.Context, edited fs.FS, roots []string) (finding.Report, error) {
		req := req
		req.FS = edited
		return checker.Again(ctx, req, roots)
	}
	wanted := func(f finding.Finding) bool { return f.Rule == rule.ID }
	result, err := fix.Mend(context.Background(), tree, report, fix.Options{Unsafe: true, Wanted: wanted}, again)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range result.Withheld {
		t.Logf("%s stays: %s", w.Finding.Resource, w.Reason)
	}
	if after, ok := result.Files[name]; ok {
		return after
	}
	return before
}

// TestFixesOfTemplates mends all templates of all rules. Whatever can be mended in them, what comes out is as good
// as Mend promises, and the rest of the text is as it was.
func TestFixesOfTemplates(t *testing.T) {
	set := compiled(t)
	for _, rule := range set.Rules() {
		if len(rule.Fix) == 0 {
			continue
		}
		for _, c := range templates(t, rule.ID) {
			if len(c.Files) != 1 {
				continue
			}
			name := slices.Collect(maps.Keys(c.Files))[0]
			t.Run(name, func(t *testing.T) {
				before := c.Files[name].Data
				if after := mended(t, rule, path.Base(name), before); string(mended(t, rule, path.Base(name), after)) != string(after) {
					t.Errorf("fixing twice is not fixing once:\n%s", after)
				}
			})
		}
	}
}
