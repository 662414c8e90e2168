package policies_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"lintel/internal/finding"
)

// TestPractices checks that every rule declares its practices, and that every sentence of a practice has a rule or states
// why it has none.
func TestPractices(t *testing.T) {
	rules := compiled(t).Rules()
	for _, r := range rules {
		text, err := os.ReadFile(folder(r.ID) + "/policy.rego")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(text, []byte("\n#   practices: [")) {
			t.Errorf("the METADATA of %s has no practices; if no sentence of docs/practices.md fits, write practices: []", r.ID)
		}
		if !slices.IsSorted(order(r.Practices)) || len(slices.Compact(slices.Clone(r.Practices))) != len(r.Practices) {
			t.Errorf("%s: practices %v are not sorted, each once", r.ID, r.Practices)
		}
	}
	for _, problem := range uncovered(rules) {
		t.Error(problem)
	}
}

// order makes ids of sentences comparable: 9a is before 10a.
func order(ids []string) []string {
	padded := make([]string, len(ids))
	for i, id := range ids {
		padded[i] = fmt.Sprintf("%04s", id)
	}
	return padded
}

// uncovered reports practices without a rule, and sentences without a rule and a reason.
func uncovered(rules []finding.Rule) []string {
	var problems []string
	for i, p := range finding.Practices() {
		if !slices.ContainsFunc(rules, p.Covers) {
			problems = append(problems, fmt.Sprintf("no rule checks practice %d", p.Number))
		}
		if p.Number != i+1 {
			problems = append(problems, fmt.Sprintf("practice %d is at place %d", p.Number, i+1))
		}
		for j, s := range p.Sentences {
			if want := fmt.Sprintf("%d%c", p.Number, 'a'+j); s.ID != want {
				problems = append(problems, fmt.Sprintf("sentence %s must be %s", s.ID, want))
			}
			covers := func(r finding.Rule) bool { return slices.Contains(r.Practices, s.ID) }
			if s.Uncovered == "" && !slices.ContainsFunc(rules, covers) {
				problems = append(problems, fmt.Sprintf("no rule checks sentence %s, and it gives no reason", s.ID))
			}
		}
	}
	return problems
}

// TestPracticesCanFail checks that uncovered notices a practice and a sentence that lose their rules.
func TestPracticesCanFail(t *testing.T) {
	rules := compiled(t).Rules()
	without := func(drop func(id string) bool) []finding.Rule {
		kept := slices.Clone(rules)
		for i := range kept {
			kept[i].Practices = slices.DeleteFunc(slices.Clone(kept[i].Practices), drop)
		}
		return kept
	}
	if got := uncovered(without(func(id string) bool { return id == "1c" })); !slices.Equal(got, []string{"no rule checks sentence 1c, and it gives no reason"}) {
		t.Errorf("without rules for 1c: %v", got)
	}
	got := uncovered(without(func(id string) bool { return id[0] == '4' }))
	if !slices.Contains(got, "no rule checks practice 4") {
		t.Errorf("without rules for practice 4: %v", got)
	}
}
