package finding_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/source"
)

func at(start int) source.Range { return source.Range{Path: "a", Start: start, End: start + 1} }

func TestMerge(t *testing.T) {
	call := []source.Range{{Path: "main", Start: 1, End: 2}}
	all := []finding.Finding{
		{Rule: "r", Range: at(5), Resource: "b"},
		{Rule: "r", Range: at(5), Resource: "a"},
		{Rule: "r", Range: at(5), Resource: "a"},
		{Rule: "r", Range: at(5), Resource: "a", Via: call},
		{Rule: "q", Range: at(5), Resource: "a"},
		{Rule: "r", Range: at(1), Resource: "c", When: "X is true"},
		{Rule: "r", Range: at(1), Resource: "c", When: "X is false"},
		{Rule: "r", Range: at(2), Resource: "c", When: "X is true"},
		{Rule: "r", Range: at(2), Resource: "c"},
	}
	want := []finding.Finding{
		{Rule: "r", Range: at(1), Resource: "c", When: "", Instances: []string{"c"}},
		{Rule: "r", Range: at(2), Resource: "c", Instances: []string{"c"}},
		{Rule: "q", Range: at(5), Resource: "a", Instances: []string{"a"}},
		{Rule: "r", Range: at(5), Resource: "a", Instances: []string{"a", "b"}},
		{Rule: "r", Range: at(5), Resource: "a", Via: call, Instances: []string{"a"}},
	}
	for range 20 {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got := finding.Merge(all)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(want, finding.Merge(got)); diff != "" {
			t.Fatalf("merging twice differs: %s", diff)
		}
	}
}

// TestMergeKeepsWhatIsRelated has a policy that two roles share.
func TestMergeKeepsWhatIsRelated(t *testing.T) {
	statement, a, b := finding.Related{Range: at(1), Message: "the statement"}, finding.Related{Range: at(2), Message: "the role a"}, finding.Related{Range: at(3), Message: "the role b"}
	all := []finding.Finding{
		{Rule: "r", Range: at(5), Message: "a may do all", Related: []finding.Related{statement, a}},
		{Rule: "r", Range: at(5), Message: "b may do all", Related: []finding.Related{statement, b}},
	}
	want := []finding.Related{statement, a, b}
	if diff := cmp.Diff(want, finding.Merge(all)[0].Related); diff != "" {
		t.Error(diff)
	}
	if len(all[0].Related) != 2 {
		t.Error("merging changes what it merges")
	}
}

func TestProfiles(t *testing.T) {
	for _, tt := range []struct {
		chosen, of finding.Profile
		want       bool
	}{
		{finding.Default, finding.Default, true},
		{finding.Default, finding.Strict, false},
		{finding.Strict, finding.Default, true},
		{finding.All, finding.Strict, true},
		{finding.Strict, finding.All, false},
	} {
		if got := tt.chosen.Includes(tt.of); got != tt.want {
			t.Errorf("%s includes %s: %t", tt.chosen, tt.of, got)
		}
	}
}

func TestFirstSentence(t *testing.T) {
	r := finding.Rule{Description: "One\n  sentence. And more.", Remediation: "Set `a.b` to 1"}
	if r.Why() != "One sentence." || r.HowToFix() != "Set `a.b` to 1" {
		t.Errorf("%q, %q", r.Why(), r.HowToFix())
	}
}
