package policies_test

import (
	"slices"
	"strings"
	"testing"

	"lintel/internal/finding"
	"lintel/internal/workspace"
)

// TestFormatsOfRules checks on the templates of all rules that a rule finds nothing in Terraform, or in CloudFormation and SAM, if its
// METADATA leaves these formats out.
func TestFormatsOfRules(t *testing.T) {
	set := compiled(t)
	limited := map[string][]string{} // formats of the rules that do not support all
	var ids []string
	for _, r := range set.Rules() {
		if all := formats(t, r.ID); len(all) < len([]string{"Terraform", "CloudFormation", "SAM"}) {
			limited[r.ID], ids = all, append(ids, r.ID)
		}
	}
	settings := workspace.Settings{Rules: set, Bare: true, Today: today}
	for _, rule := range set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			for _, c := range templates(t, rule.ID) {
				report, err := workspace.Run(t.Context(), c.Files, settings, []string{"."}, workspace.Overrides{Profile: finding.All, Only: ids})
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range report.Findings {
					isTerraform := strings.Contains(f.Range.Path, ".tf")
					if isTerraform != slices.Contains(limited[f.Rule], "Terraform") && !strings.HasPrefix(f.Rule, "ignore-") {
						t.Errorf("%s: %s reports %s, and its formats are %v", c.Name, f.Rule, f.Resource, limited[f.Rule])
					}
				}
			}
		})
	}
}
