package policies_test

import (
	"context"
	"flag"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"lintel/internal/ruletest"
)

var update = flag.Bool("update", false, "write the .fixed files of rules anew; read what comes out")

// TestFixes holds what TestRules does not about the fixes of rules: that there is a file to mend in each format that
// the rule is about, and that fixing and laying out commute. With -update it writes what comes out.
func TestFixes(t *testing.T) {
	for _, rule := range compiled(t).Rules() {
		names := ruletest.Fixtures(os.DirFS("."), folder(rule.ID))
		if len(rule.Fix) == 0 {
			if len(names) > 0 {
				t.Errorf("%s has files to mend but no fix", rule.ID)
			}
			continue
		}
		t.Run(rule.ID, func(t *testing.T) {
			covered(t, rule.ID, names)
			for _, name := range names {
				t.Run(name, func(t *testing.T) { fixed(t, rule.ID, name) })
			}
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

func fixed(t *testing.T, id, name string) {
	t.Helper()
	file := path.Join(folder(id), ruletest.FixDir, name)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	after := mended(t, id, name, before)
	if *update {
		if err := os.WriteFile(file+ruletest.Fixed, after, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if path.Ext(name) == ".tf" {
		layout := hclwrite.Format
		if diff := cmp.Diff(string(layout(after)), string(mended(t, id, name, layout(before)))); diff != "" {
			t.Errorf("fixing and laying out do not commute:\n%s", diff)
		}
	}
}

func mended(t *testing.T, id, name string, before []byte) []byte {
	t.Helper()
	tester := ruletest.Tester{Set: compiled(t), Today: today}
	after, stays, err := tester.Mended(context.Background(), id, name, before)
	if err != nil {
		t.Fatal(err)
	}
	for _, why := range stays {
		t.Log(why)
	}
	return after
}

// TestFixesOfTemplates mends all templates of all rules: fixing twice is fixing once, whatever stays.
func TestFixesOfTemplates(t *testing.T) {
	for _, rule := range compiled(t).Rules() {
		if len(rule.Fix) == 0 {
			continue
		}
		for _, c := range templates(t, rule.ID) {
			if len(c.Files) != 1 {
				continue
			}
			file := slices.Collect(maps.Keys(c.Files))[0]
			t.Run(file, func(t *testing.T) {
				after := mended(t, rule.ID, path.Base(file), c.Files[file].Data)
				if string(mended(t, rule.ID, path.Base(file), after)) != string(after) {
					t.Errorf("fixing twice is not fixing once:\n%s", after)
				}
			})
		}
	}
}
