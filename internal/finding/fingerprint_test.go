package finding_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/source"
)

func identified(names finding.Names, all ...finding.Finding) []string {
	finding.Identify(all, names)
	prints := make([]string, len(all))
	for i := range all {
		prints[i] = all[i].Fingerprint
	}
	return prints
}

func TestFingerprintStays(t *testing.T) {
	names := finding.Names{
		Oldest: func(address string) string {
			if address == "new" {
				return "role"
			}
			return address
		},
	}
	base := finding.Finding{
		Place: source.Place{Resource: "role", Attribute: "statements/1/actions/0", Range: at(1)},
		Rule:  "r", Unit: "u", Message: "role, the role of f, allows s3:*", Key: "s3:*",
	}
	want := identified(names, base)[0]
	if len(want) != 32 {
		t.Fatalf("%q is not 32 digits", want)
	}
	for name, change := range map[string]func(f *finding.Finding){
		"place":           func(f *finding.Finding) { f.Range = source.Range{Path: "other", Start: 7, End: 9} },
		"order of a list": func(f *finding.Finding) { f.Attribute = "statements/0/actions/3" },
		"message":         func(f *finding.Finding) { f.Message = "s3:* is allowed" },
		"moved":           func(f *finding.Finding) { f.Resource, f.Message = "new", "new, the role of f, allows s3:*" },
		"condition":       func(f *finding.Finding) { f.When = x },
		"severity":        func(f *finding.Finding) { f.Severity = finding.High },
	} {
		other := base
		change(&other)
		if got := identified(names, other)[0]; got != want {
			t.Errorf("%s changes the fingerprint", name)
		}
	}
	for name, change := range map[string]func(f *finding.Finding){
		"rule":      func(f *finding.Finding) { f.Rule = "q" },
		"unit":      func(f *finding.Finding) { f.Unit = "v" },
		"resource":  func(f *finding.Finding) { f.Resource = "f" },
		"attribute": func(f *finding.Finding) { f.Attribute = "statements/1/effect" },
		"key":       func(f *finding.Finding) { f.Key = "iam:*" },
		"no key":    func(f *finding.Finding) { f.Key = "" },
		"shifted":   func(f *finding.Finding) { f.Rule, f.Resource = "rr", "ole" },
	} {
		other := base
		change(&other)
		if got := identified(names, other)[0]; got == want {
			t.Errorf("another %s has the same fingerprint", name)
		}
	}
}

func TestFingerprintsOfEquals(t *testing.T) {
	twin := func(start int, attribute string) finding.Finding {
		return finding.Finding{Place: source.Place{Resource: "x", Attribute: attribute, Range: at(start)}, Rule: "r", Unit: "u", Message: "x allows *"}
	}
	all := []finding.Finding{twin(1, "a/0"), twin(5, "a/1"), twin(5, "a/1")}
	finding.Identify(all, finding.Names{})
	merged := merged(all)
	if len(merged) != 2 || merged[0].Fingerprint == merged[1].Fingerprint {
		t.Errorf("equal findings at two places: %v", merged)
	}
	if n := len(merged[1].Identities); n != 1 {
		t.Errorf("one finding in two variants has %d identities", n)
	}
	first := twin(9, "a/7")
	if got := identified(finding.Names{}, first)[0]; got != merged[0].Fingerprint {
		t.Error("what is left of two equal findings is not the first")
	}
}

func TestMergeKeepsIdentities(t *testing.T) {
	all := []finding.Finding{
		{Place: source.Place{Resource: `x["b"]`, Range: at(1)}, Rule: "r", Unit: "u", Message: `x["b"] is open`},
		{Place: source.Place{Resource: `x["a b"]`, Range: at(1)}, Rule: "r", Unit: "u", Message: `x["a b"] is open`},
	}
	finding.Identify(all, finding.Names{})
	merged := merged(all)
	if len(merged) != 1 || len(merged[0].Identities) != 2 || merged[0].Fingerprint != merged[0].Identities[0].Fingerprint() {
		t.Errorf("%+v", merged)
	}
}

// TestNumbersDependOnPlacesOnly checks that findings with one rule, resource, attribute and key get the same
// fingerprints whatever their messages and whatever the order in which rules return them.
func TestNumbersDependOnPlacesOnly(t *testing.T) {
	call := []source.Range{{Path: "main", Start: 1, End: 2}}
	places := []source.Place{
		{Range: at(1)},
		{Range: at(3)},
		{Range: at(3), Lineage: source.Lineage{When: x}},
		{Range: at(3), Lineage: source.Lineage{Via: call}},
		{Range: source.Range{Path: "b"}},
	}
	number := []int{0, 1, 1, 2, 3} // of each place; equal findings at one place are merged
	all := make([]finding.Finding, len(places))
	var want []string
	for round := range 30 {
		order := rand.Perm(len(places))
		for i, place := range order {
			all[i] = finding.Finding{Place: places[place], Rule: "r", Unit: "u", Message: strconv.Itoa(rand.Int()), Set: strconv.Itoa(place)}
		}
		finding.Identify(all, finding.Names{})
		got := make([]string, len(places))
		for _, f := range all {
			place, _ := strconv.Atoi(f.Set) // has survived sorting
			got[place] = f.Fingerprint
		}
		if round == 0 {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("round %d: %s", round, diff)
		}
	}
	for i := range want {
		for j := range want {
			if (want[i] == want[j]) != (number[i] == number[j]) {
				t.Errorf("places %d and %d have the fingerprints %s and %s", i, j, want[i], want[j])
			}
		}
	}
}

// TestFormerIDs checks that a finding of a renamed rule has the fingerprints by its former ids, too.
func TestFormerIDs(t *testing.T) {
	f := func(rule string) []finding.Finding {
		return []finding.Finding{{Place: source.Place{Resource: "x", Range: at(1)}, Rule: rule, Unit: "u", Key: "k"}}
	}
	before, now := f("old"), f("new")
	finding.Identify(before, finding.Names{})
	finding.Identify(now, finding.Names{Former: map[string][]string{"new": {"older", "old"}}})
	if !slices.Contains(now[0].Identities[0].Fingerprints(), before[0].Fingerprint) || now[0].Fingerprint == before[0].Fingerprint {
		t.Errorf("%q does not have %q", now[0].Identities[0].Fingerprints(), before[0].Fingerprint)
	}
}
