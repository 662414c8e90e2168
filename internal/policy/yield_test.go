package policy_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/source"
)

// TestYieldsTo checks which findings of a rule that yields remain beside one of the worse rule.
func TestYieldsTo(t *testing.T) {
	rules := []finding.Rule{{ID: "weak", YieldsTo: []string{"worse"}}, {ID: "worse"}, {ID: "other"}}
	at := func(rule, resource, attribute string, when ...source.Literal) finding.Finding {
		f := finding.Finding{Rule: rule}
		f.Resource, f.Attribute, f.When = resource, attribute, source.AllOf(when...)
		return f
	}
	prod, test := source.Literal{Condition: "Prod", Is: true}, source.Literal{Condition: "Prod"}
	for _, tt := range []struct {
		name        string
		weak, worse finding.Finding
		want        int
	}{
		{"the same node", at("weak", "a", "x/y"), at("worse", "a", "x/y"), 1},
		{"a node around it", at("weak", "a", "x/y"), at("worse", "a", "x"), 1},
		{"a node inside of it", at("weak", "a", "x"), at("worse", "a", "x/y/z"), 1},
		{"the resource", at("weak", "a", "x"), at("worse", "a", ""), 1},
		{"a node of the resource", at("weak", "a", ""), at("worse", "a", "x/y"), 1},
		{"a node beside it", at("weak", "a", "x/y"), at("worse", "a", "x/z"), 2},
		{"a node with a similar name", at("weak", "a", "x"), at("worse", "a", "xy"), 2},
		{"another resource", at("weak", "a", "x"), at("worse", "b", "x"), 2},
		{"another rule", at("weak", "a", "x"), at("other", "a", "x"), 2},
		{"the worse rule does not yield", at("worse", "a", "x"), at("other", "a", "x"), 2},
		{"under the same condition", at("weak", "a", "x", prod), at("worse", "a", "x", prod), 1},
		{"under a condition", at("weak", "a", "x"), at("worse", "a", "x", prod), 2},
		{"under another condition", at("weak", "a", "x", test), at("worse", "a", "x", prod), 2},
		{"without a condition", at("weak", "a", "x", prod), at("worse", "a", "x"), 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, all := range [][]finding.Finding{{tt.weak, tt.worse}, {tt.worse, tt.weak}} {
				got := policy.Speaking(all, rules)
				if len(got) != tt.want || tt.want == 1 && got[0].Rule != "worse" {
					t.Errorf("want %d findings: %s", tt.want, cmp.Diff([]finding.Finding{}, got))
				}
			}
		})
	}
}
