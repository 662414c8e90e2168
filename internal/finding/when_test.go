package finding_test

import (
	"testing"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// TestWhen holds that a merged finding says no more about conditions than it must.
func TestWhen(t *testing.T) {
	for _, tt := range []struct {
		whens []string
		want  string
	}{
		{[]string{"A is true"}, "A is true"},
		{[]string{"A is true", "A is false"}, ""},
		{[]string{"A is true", ""}, ""},
		{[]string{"A is true and B is true", "A is true and B is false"}, "A is true"},
		{[]string{"A is true and B is true", "A is false and B is true", "A is true and B is false", "A is false and B is false"}, ""},
		{[]string{"A is true and B is true", "A is false and B is false"}, "A is false and B is false or A is true and B is true"},
		{[]string{"A is true and B is true", "A is true"}, "A is true"},
	} {
		var all []finding.Finding
		for i, when := range tt.whens {
			all = append(all, finding.Finding{Rule: "r", When: when, Resource: "f", Message: string(rune('a' + i)), Range: source.Range{Path: "t"}})
		}
		got := finding.Merge(all)
		if len(got) != 1 || got[0].When != tt.want {
			t.Errorf("%q: %q, want %q", tt.whens, got[0].When, tt.want)
		}
	}
}
