package fix

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// TestBatch compares the places of edits that a batch accepts with those of a search through all edits.
func TestBatch(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same in every run
	for range 200 {
		b := newBatch()
		var want [][]source.Edit
		for range 60 {
			fix := Fix{Edits: randomEdits(random)}
			b.add(fix, finding.Finding{})
			isFree := !slices.ContainsFunc(want, func(other []source.Edit) bool { return source.Touch(other, fix.Edits) })
			if isFree {
				want = append(want, fix.Edits)
			}
		}
		var got [][]source.Edit
		for _, p := range b.all {
			got = append(got, p.fix.Edits)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
}

// randomEdits returns one or two edits of two files, which do not overlap.
func randomEdits(random *rand.Rand) []source.Edit {
	var edits []source.Edit
	for i := range 1 + random.IntN(2) {
		start := 500*i + random.IntN(500)
		at := source.Range{Path: fmt.Sprint("f", random.IntN(2)), Start: start, End: start + random.IntN(4)}
		edits = append(edits, source.Edit{Range: at, Text: "x"})
	}
	return edits
}

// TestDivide checks that the proposals that can be right are tried by themselves.
func TestDivide(t *testing.T) {
	of := func(rule, resource string) finding.Finding {
		f := finding.Finding{Rule: rule}
		f.Resource = resource
		return f
	}
	propose := func(findings ...finding.Finding) (batch []proposal) {
		for _, f := range findings {
			batch = append(batch, proposal{about: []finding.Finding{f}})
		}
		return batch
	}
	before := []finding.Finding{of("a", "F"), of("a", "G"), of("b", "F"), of("b", "H")}
	for name, tt := range map[string]struct {
		batch, after   []finding.Finding
		calm, suspects []finding.Finding
	}{
		"a finding is left":        {before, []finding.Finding{of("a", "G")}, []finding.Finding{of("a", "F"), of("b", "F"), of("b", "H")}, []finding.Finding{of("a", "G")}},
		"a finding is new":         {before, []finding.Finding{of("c", "F")}, []finding.Finding{of("a", "G"), of("b", "H")}, []finding.Finding{of("a", "F"), of("b", "F")}},
		"all findings are left":    {before, before, []finding.Finding{of("a", "F"), of("a", "G")}, []finding.Finding{of("b", "F"), of("b", "H")}},
		"all of one rule are left": {before[:2], before, []finding.Finding{of("a", "F")}, []finding.Finding{of("a", "G")}},
	} {
		calm, suspects := divide(propose(tt.batch...), before, tt.after)
		for _, part := range []struct {
			got  []proposal
			want []finding.Finding
		}{{calm, tt.calm}, {suspects, tt.suspects}} {
			var got []finding.Finding
			for _, p := range part.got {
				got = append(got, p.about...)
			}
			if diff := cmp.Diff(part.want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
}
