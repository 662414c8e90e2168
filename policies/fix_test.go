package policies_test

import (
	"context"
	"flag"
	"maps"
	"os"
	"path"
	"slices"
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
		t.Run(rule.ID, func(t *testing.T) {
			for _, failure := range ruletest.FixCoverage(os.DirFS("."), folder(rule.ID), formats(t, rule.ID), len(rule.Fix) > 0) {
				t.Errorf("%s/%s", folder(rule.ID), failure)
			}
			for _, name := range ruletest.Fixtures(os.DirFS("."), folder(rule.ID)) {
				t.Run(name, func(t *testing.T) { fixed(t, rule.ID, name) })
			}
		})
	}
}

func fixed(t *testing.T, id, name string) {
	t.Helper()
	file := path.Join(folder(id), ruletest.FixDir, name)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	after := applied(t, id, name, before)
	if *update {
		if err := os.WriteFile(file+ruletest.Fixed, after, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if path.Ext(name) == ".tf" {
		layout := hclwrite.Format
		if diff := cmp.Diff(string(layout(after)), string(applied(t, id, name, layout(before)))); diff != "" {
			t.Errorf("fixing and laying out do not commute:\n%s", diff)
		}
	}
}

func applied(t *testing.T, id, name string, before []byte) []byte {
	t.Helper()
	tester := ruletest.Tester{Set: compiled(t), Today: today}
	after, stays, err := tester.Apply(context.Background(), id, name, before)
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
				after := applied(t, rule.ID, path.Base(file), c.Files[file].Data)
				if string(applied(t, rule.ID, path.Base(file), after)) != string(after) {
					t.Errorf("fixing twice is not fixing once:\n%s", after)
				}
			})
		}
	}
}
