package baseline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/baseline"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// identity is an identity in a unit; facts tell it apart from others.
func identity(unit, facts string) finding.Identity { return finding.Identity{Unit: unit, Facts: facts} }

// found is a finding with identities.
func found(rule string, identities ...finding.Identity) finding.Finding {
	return finding.Finding{
		Rule: rule, Place: source.Place{Resource: "fn", Range: source.Range{Path: "main.tf"}}, Message: rule + " message", Identities: identities,
	}
}

// everywhere is the scope of a run that checks everything.
var everywhere baseline.Scope = func(string, string) bool { return true }

// read sends a baseline through its file.
func read(t *testing.T, b baseline.Baseline) baseline.Baseline {
	t.Helper()
	parsed, err := baseline.Parse("lintel-baseline.json", b.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func fingerprints(entries []baseline.Entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, e.Fingerprint)
	}
	return all
}

func TestParseErrors(t *testing.T) {
	const good = `{"fingerprint": "0123456789abcdef0123456789abcdef"}`
	for _, tt := range []struct{ name, text, want string }{
		{"not JSON", "{\n  \"version\": 2,\n  oops\n}", "b.json:3: not valid JSON"},
		{"nothing", "", "b.json:1: not a baseline"},
		{"cut off", `{"version": 2, "findings": [`, "b.json:1: not a baseline"},
		{"another shape", "[]", "b.json:1: not a baseline"},
		{"two documents", "{\"version\": 2, \"findings\": []}\n{}", "b.json:2: there is something after the end"},
		{"no version", `{"findings": []}`, "b.json:1: it has no version"},
		{"an older version", `{"version": 1, "findings": []}`, "b.json has version 1, and this lintel reads version 2"},
		{"a later version", `{"version": 3, "findings": []}`, "b.json has version 3, and this lintel reads version 2"},
		{"an entry of another shape", "{\"version\": 2, \"findings\": [\n" + good + ",\n7]}", "b.json:3: not an entry"},
		{"an entry without fingerprint", "{\"version\": 2, \"findings\": [\n" + good + ",\n{}]}", "b.json:3: the entry has no fingerprint"},
		{"a fingerprint that is too short", `{"version": 2, "findings": [{"fingerprint": "0123"}]}`, "b.json:1: the entry has no fingerprint"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := baseline.Parse("b.json", []byte(tt.text))
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestMarshal(t *testing.T) {
	a := baseline.Entry{Fingerprint: strings.Repeat("a", 32), Unit: "u", Rule: "r2", Message: `<&> "quoted"`}
	b := baseline.Entry{Fingerprint: strings.Repeat("b", 32), Unit: "u", Rule: "r1"}
	text := string(baseline.Baseline{Entries: []baseline.Entry{a, b, a}}.Marshal())
	if again := string(baseline.Baseline{Entries: []baseline.Entry{b, a}}.Marshal()); again != text {
		t.Errorf("the order of the entries, or one that is there twice, changes the file:\n%s", cmp.Diff(text, again))
	}
	if strings.Index(text, b.Fingerprint) > strings.Index(text, a.Fingerprint) {
		t.Errorf("not sorted by rule:\n%s", text)
	}
	if !strings.Contains(text, `<&> \"quoted\"`) {
		t.Errorf("a message is hard to read:\n%s", text)
	}
	if got, want := fingerprints(read(t, baseline.Baseline{Entries: []baseline.Entry{a, b}}).Entries), []string{b.Fingerprint, a.Fingerprint}; cmp.Diff(want, got) != "" {
		t.Error(cmp.Diff(want, got))
	}
	if got := read(t, baseline.Baseline{}).Entries; len(got) != 0 {
		t.Errorf("an empty baseline has entries: %v", got)
	}
}

func TestOf(t *testing.T) {
	several := found("r", identity("u", "1"), identity("u", "2"))
	several.Instances = []finding.Instance{{Resource: "fn[0]"}, {Resource: "fn[1]"}}
	ignored := found("r", identity("u", "3"))
	ignored.Suppressed = &finding.Suppression{Kind: finding.InComment}
	kept := found("r", identity("u", "4"))
	kept.Suppressed = &finding.Suppression{Kind: finding.InBaseline}

	var got []string
	for _, e := range baseline.Of([]finding.Finding{several, ignored, kept}).Entries {
		got = append(got, fmt.Sprint(e.Resource, " ", e.Fingerprint == identity(e.Unit, map[string]string{"fn[0]": "1", "fn[1]": "2", "fn": "4"}[e.Resource]).Fingerprint()))
	}
	if diff := cmp.Diff([]string{"fn[0] true", "fn[1] true", "fn true"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestApply(t *testing.T) {
	known := read(t, baseline.Of([]finding.Finding{found("r", identity("u", "1")), found("r", identity("u", "2")), found("other", identity("v", "3"))}))
	notOther := baseline.Scope(func(_, rule string) bool { return rule != "other" })
	notV := baseline.Scope(func(root, _ string) bool { return root != "v" })
	for _, tt := range []struct {
		name       string
		found      finding.Finding
		scope      baseline.Scope
		suppressed bool
		stale      int
	}{
		{"known", found("r", identity("u", "1")), everywhere, true, 2},
		{"known in all instances", found("r", identity("u", "1"), identity("u", "2")), everywhere, true, 1},
		{"known in one of two instances", found("r", identity("u", "1"), identity("u", "9")), everywhere, false, 2},
		{"new", found("r", identity("u", "9")), everywhere, false, 3},
		{"known in another unit", found("r", identity("w", "1")), everywhere, false, 3},
		{"without identity", found("r"), everywhere, false, 3},
		{"the other rule did not run", found("r", identity("u", "1")), notOther, true, 1},
		{"the other unit was not checked", found("r", identity("u", "1")), notV, true, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all := []finding.Finding{tt.found}
			stale := known.Apply(all, tt.scope)
			if got := all[0].Suppressed != nil; got != tt.suppressed {
				t.Errorf("suppressed: %t", got)
			}
			if tt.suppressed && (all[0].Suppressed.Kind != finding.InBaseline || all[0].Suppressed.Range.Path != "lintel-baseline.json" || all[0].Suppressed.Range.Start == 0) {
				t.Errorf("it does not say which line of the baseline it is in: %+v", all[0].Suppressed)
			}
			if len(stale) != tt.stale {
				t.Errorf("stale: %v", stale)
			}
		})
	}
	ignored := found("r", identity("u", "1"))
	ignored.Suppressed = &finding.Suppression{Kind: finding.InComment, Reason: "why"}
	all := []finding.Finding{ignored}
	if stale := known.Apply(all, everywhere); len(stale) != 2 || all[0].Suppressed.Reason != "why" {
		t.Errorf("a finding that a comment suppresses: %+v, stale %v", all[0].Suppressed, stale)
	}
}

func TestUpdate(t *testing.T) {
	before := read(t, baseline.Of([]finding.Finding{found("r", identity("u", "kept")), found("r", identity("u", "gone")), found("r", identity("unchecked", "x"))}))
	scope := baseline.Scope(func(root, _ string) bool { return root != "unchecked" })
	updated, added, removed := before.Update([]finding.Finding{found("r", identity("u", "kept")), found("r", identity("u", "new"))}, scope)
	if added != 1 || removed != 1 {
		t.Errorf("%d added, %d removed", added, removed)
	}
	want := []string{identity("u", "kept").Fingerprint(), identity("u", "new").Fingerprint(), identity("unchecked", "x").Fingerprint()}
	if diff := cmp.Diff(want, fingerprints(updated.Entries)); diff != "" {
		t.Error(diff)
	}
}

func TestSubtract(t *testing.T) {
	gone := func(roots ...string) func(string) bool {
		return func(root string) bool { return strings.Contains(" "+strings.Join(roots, " ")+" ", " "+root+" ") }
	}
	at := func(unit string, facts ...string) []finding.Finding {
		var all []finding.Finding
		for _, f := range facts {
			all = append(all, found(unit+f, identity(unit, f)))
		}
		return all
	}
	join := func(lists ...[]finding.Finding) []finding.Finding {
		var all []finding.Finding
		for _, list := range lists {
			all = append(all, list...)
		}
		return all
	}
	for _, tt := range []struct {
		name        string
		found, base []finding.Finding
		gone        func(string) bool
		want        []string
	}{
		{"nothing known", at("u", "1"), nil, gone(), []string{"u1"}},
		{"all known", at("u", "1", "2"), at("u", "1", "2", "3"), gone(), nil},
		{"one new", at("u", "1", "2"), at("u", "1"), gone(), []string{"u2"}},
		{"one of several instances is new", []finding.Finding{found("r", identity("u", "1"), identity("u", "2"))}, at("u", "1"), gone(), []string{"r"}},
		{"all instances known", []finding.Finding{found("r", identity("u", "1"), identity("u", "2"))}, at("u", "1", "2"), gone(), nil},
		{"the same facts in a unit that is still there", at("v", "1"), at("u", "1"), gone(), []string{"v1"}},
		{"a renamed unit", at("v", "1", "2"), at("u", "1", "2"), gone("u"), nil},
		{"a renamed unit with one new", at("v", "1", "2"), at("u", "1"), gone("u"), []string{"v2"}},
		{"a renamed unit like one that is still there", join(at("a", "1"), at("v", "1")), join(at("a", "1"), at("u", "1")), gone("u"), nil},
		{"a unit that is gone is that of one other unit only", join(at("v", "1", "2"), at("w", "1")), at("u", "1", "2"), gone("u"), []string{"w1"}},
		{"the unit with more in common", at("v", "1", "2"), join(at("a", "1"), at("b", "1", "2")), gone("a", "b"), nil},
		{"without identity", []finding.Finding{found("r")}, nil, gone(), []string{"r"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range baseline.Subtract(tt.found, tt.base, tt.gone) {
				got = append(got, f.Rule)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
