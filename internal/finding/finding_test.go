package finding_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/source"
)

func at(start int) source.Range { return source.Range{Path: "a", Start: start, End: start + 1} }

// x and notX are conditions.
var x, notX = source.AllOf(source.Literal{Condition: "X", Is: true}), source.AllOf(source.Literal{Condition: "X", Is: false})

// merged joins the findings of one unit.
func merged(all []finding.Finding) []finding.Finding {
	return finding.Join(nil, []finding.Report{{Findings: slices.Clone(all)}}).Findings
}

// of returns a finding of the rule r.
func of(start int, resource string, lineage source.Lineage) finding.Finding {
	return finding.Finding{Place: source.Place{Range: at(start), Resource: resource, Lineage: lineage}, Rule: "r"}
}

// with returns the finding with instances.
func with(f finding.Finding, instances ...string) finding.Finding {
	for _, name := range instances {
		f.Instances = append(f.Instances, finding.Instance{Resource: name, Via: f.Via})
	}
	return f
}

func TestMerge(t *testing.T) {
	always := source.Lineage{}
	call := source.Lineage{Via: []source.Range{{Path: "main", Start: 1, End: 2}}}
	variant := func(when source.When, variants int) source.Lineage {
		return source.Lineage{When: when, Variants: variants}
	}
	q := of(5, "a", always)
	q.Rule = "q"
	asked := of(7, "a", always)
	asked.Suppressed = &finding.Suppression{Kind: finding.InMetadata, Reason: "because"}
	all := []finding.Finding{
		of(5, "b", always), of(5, "a", always), of(5, "a", always), of(5, "a", call), q,
		of(1, "c", variant(x, 0)), of(1, "c", variant(notX, 0)),
		of(2, "c", variant(x, 0)), of(2, "c", always),
		of(3, "c", variant(x, 1)), of(3, "d", variant(notX, 2)), // in one of two variants of d
		asked, of(7, "b", always), of(7, "c", always),
	}
	conditional := with(of(3, "c", variant(source.When{}, 1)), "c", "d")
	conditional.Instances[0].When, conditional.Instances[1].When = x, notX
	twice := with(of(5, "a", call), "a", "a", "b")
	twice.Instances[0].Via, twice.Instances[2].Via = nil, nil
	want := []finding.Finding{
		with(of(1, "c", always), "c"), with(of(2, "c", always), "c"), conditional,
		with(q, "a"), twice,
		with(of(7, "b", always), "b", "c"), with(asked, "a"), // the suppression of one does not affect the others
	}
	for range 20 {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(want, merged(all)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// TestMergeCountsVariantsOfEachResource checks that conditions are joined per resource: two resources at one location
// each have the finding in one of their two variants, so the finding depends on both conditions, although there are as
// many alternatives as variants.
func TestMergeCountsVariantsOfEachResource(t *testing.T) {
	y := source.AllOf(source.Literal{Condition: "Y", Is: true})
	got := merged([]finding.Finding{of(1, "a", source.Lineage{When: x, Variants: 2}), of(1, "b", source.Lineage{When: y, Variants: 2})})
	if len(got) != 1 || got[0].When.String() != "X is true or Y is true" {
		t.Errorf("%+v", got)
	}
}

// TestMergeKeepsMessages has instances whose faults differ, and others that differ only in their names.
func TestMergeKeepsMessages(t *testing.T) {
	said := func(resource, message string) finding.Finding {
		f := of(1, resource, source.Lineage{})
		f.Message = message
		return f
	}
	got := merged([]finding.Finding{
		said(`f["a"]`, `f["a"] uses nodejs16.x`), said(`f["b"]`, `f["b"] uses python3.8`), said(`f["c"]`, `f["c"] uses nodejs16.x`),
		said(`module.m.f`, `module.m.f (role of module.m.r) uses nodejs16.x`), said(`module.n.f`, `module.n.f (role of module.n.r) uses nodejs16.x`),
	})
	if len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	want := []string{`f["a"] uses nodejs16.x`, `f["b"] uses python3.8`, `module.m.f (role of module.m.r) uses nodejs16.x`}
	if diff := cmp.Diff(want, got[0].Facts()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{`f["a"]`, `f["b"]`, `f["c"]`, "module.m.f", "module.n.f"}, got[0].Names()); diff != "" {
		t.Error(diff)
	}
}

// TestMergeRelatesOnce has a policy of the instances of a role and of another role.
func TestMergeRelatesOnce(t *testing.T) {
	with := func(resource, role string, at source.Range) finding.Finding {
		f := of(5, resource, source.Lineage{})
		f.Related = []finding.Related{{Range: at, Message: "the role " + role}}
		return f
	}
	got := merged([]finding.Finding{with("a", `r["a"]`, at(1)), with("b", `r["b"]`, at(1)), with("c", "q", at(2))})
	want := []finding.Related{{Range: at(1), Message: `the role r["a"]`}, {Range: at(2), Message: "the role q"}}
	if diff := cmp.Diff(want, got[0].Related); diff != "" {
		t.Error(diff)
	}
}

// TestMergeKeepsWhatIsRelated checks that merging the findings of two roles with one policy keeps all related
// locations.
func TestMergeKeepsWhatIsRelated(t *testing.T) {
	statement, a, b := finding.Related{Range: at(1), Message: "the statement"}, finding.Related{Range: at(2), Message: "the role a"}, finding.Related{Range: at(3), Message: "the role b"}
	all := []finding.Finding{
		{Place: source.Place{Range: at(5)}, Rule: "r", Message: "a may do all", Related: []finding.Related{statement, a}},
		{Place: source.Place{Range: at(5)}, Rule: "r", Message: "b may do all", Related: []finding.Related{statement, b}},
	}
	want := []finding.Related{statement, a, b}
	if diff := cmp.Diff(want, merged(all)[0].Related); diff != "" {
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

// TestJoinUndecided checks that an unknown value is one entry with all rules that depend on it, and counts as a check for each.
func TestJoinUndecided(t *testing.T) {
	at := func(start int) source.Place {
		return source.Place{Range: source.Range{Path: "f", Start: start, End: start + 1}}
	}
	of := func(start int, cause string, rules ...string) finding.Undecided {
		return finding.Undecided{Place: at(start), Rules: rules, Cause: cause}
	}
	got := finding.Join(nil, []finding.Report{
		{Undecided: []finding.Undecided{of(7, "x has no value", "b"), of(3, "y has no value", "a")}},
		{Undecided: []finding.Undecided{of(7, "x has no value", "a"), of(7, "x has no value", "b"), of(7, "z has no value", "b")}},
	})
	want := []finding.Undecided{of(3, "y has no value", "a"), of(7, "x has no value", "a", "b"), of(7, "z has no value", "b")}
	if diff := cmp.Diff(want, got.Undecided); diff != "" {
		t.Error(diff)
	}
	if n := got.Undetermined(); n != 4 {
		t.Errorf("%d checks are undetermined, want 4", n)
	}
}
