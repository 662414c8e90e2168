package finding_test

import (
	"testing"

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
		Resources: []string{"role", "f", "g", "h", "new"},
		Oldest: func(address string) string {
			if address == "new" {
				return "role"
			}
			return address
		},
	}
	base := finding.Finding{Rule: "r", Unit: "u", Resource: "role", Attribute: "statements/1/actions/0", Range: at(1), Message: "role, the role of f and g, allows s3:* and sqs:*"}
	want := identified(names, base)[0]
	if len(want) != 32 {
		t.Fatalf("%q is not 32 digits", want)
	}
	for name, change := range map[string]func(f *finding.Finding){
		"place":            func(f *finding.Finding) { f.Range = source.Range{Path: "other", Start: 7, End: 9} },
		"order of a list":  func(f *finding.Finding) { f.Attribute = "statements/0/actions/3" },
		"order of words":   func(f *finding.Finding) { f.Message = "role, the role of g and f, allows sqs:* and s3:*" },
		"another function": func(f *finding.Finding) { f.Message = "role, the role of f, g and h, allows s3:* and sqs:*" },
		"moved":            func(f *finding.Finding) { f.Resource, f.Message = "new", "new, the role of f, allows s3:* and sqs:*" },
		"condition":        func(f *finding.Finding) { f.When = "X is true" },
		"severity":         func(f *finding.Finding) { f.Severity = finding.High },
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
		"cause":     func(f *finding.Finding) { f.Message = "role, the role of f and g, allows iam:* and sqs:*" },
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
		return finding.Finding{Rule: "r", Unit: "u", Resource: "x", Attribute: attribute, Range: at(start), Message: "x allows *"}
	}
	all := []finding.Finding{twin(1, "a/0"), twin(5, "a/1"), twin(5, "a/1")}
	finding.Identify(all, finding.Names{})
	merged := finding.Merge(all)
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
		{Rule: "r", Unit: "u", Resource: `x["b"]`, Range: at(1), Message: `x["b"] is open`},
		{Rule: "r", Unit: "u", Resource: `x["a b"]`, Range: at(1), Message: `x["a b"] is open`},
	}
	finding.Identify(all, finding.Names{Resources: []string{`x["b"]`, `x["a b"]`}})
	merged := finding.Merge(all)
	if len(merged) != 1 || len(merged[0].Identities) != 2 || merged[0].Fingerprint != merged[0].Identities[0].Fingerprint() {
		t.Errorf("%+v", merged)
	}
}
