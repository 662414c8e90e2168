package suppress

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/source"
)

func day(text string) time.Time {
	t, _ := time.Parse(time.DateOnly, text)
	return t
}

func TestParse(t *testing.T) {
	for text, want := range map[string]request{
		"a -- because":                            {rules: []string{"a"}, reason: "because"},
		"a, b c,, a -- because -- of this":        {rules: []string{"a", "b", "c"}, reason: "because -- of this"},
		"a -- because (until 2027-03-01)":         {rules: []string{"a"}, reason: "because", until: day("2027-03-01")},
		"a -- because (until 2027-03-01) of this": {rules: []string{"a"}, reason: "because (until 2027-03-01) of this"},
		"a -- (until 2027-03-01)":                 {rules: []string{"a"}, until: day("2027-03-01")},
		"a (until 2027-03-01)":                    {rules: []string{"a"}, until: day("2027-03-01")},
		"a -- because (until next spring)":        {rules: []string{"a"}, reason: "because", broken: "next spring"},
		"a --":                                    {rules: []string{"a"}},
		"a--b -- because":                         {rules: []string{"a--b"}, reason: "because"},
		"":                                        {},
		"-- because":                              {rules: []string{"--", "because"}},
		"a -- öffentlich, für jeden (bis morgen)": {rules: []string{"a"}, reason: "öffentlich, für jeden (bis morgen)"},
	} {
		if diff := cmp.Diff(want, parse(text), cmp.AllowUnexported(request{})); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a, b -- because (until 2027-03-01)")
	f.Add("(until ) -- (until x)")
	f.Fuzz(func(t *testing.T, text string) {
		for _, rule := range parse(text).rules {
			if rule == "" {
				t.Errorf("%q names an empty rule", text)
			}
		}
	})
}

// covers reports whether a directive covers a finding.
func covers(d finding.Directive, f finding.Finding) bool {
	return len(indexOf([]finding.Finding{f}, true).covered(d, []string{f.Rule})) > 0
}

func TestCovers(t *testing.T) {
	at := func(start, end int) source.Range { return source.Range{Path: "a.tf", Start: start, End: end} }
	d := finding.Directive{Scope: at(10, 50)}
	for name, tt := range map[string]struct {
		at   source.Place
		want bool
	}{
		"within":         {source.Place{Range: at(20, 30)}, true},
		"beside":         {source.Place{Range: at(60, 70)}, false},
		"around":         {source.Place{Range: at(0, 90)}, false},
		"another file":   {source.Place{Range: source.Range{Path: "b.tf", Start: 20, End: 30}}, false},
		"through a call": {source.Place{Range: at(90, 95), Lineage: source.Lineage{Via: []source.Range{at(10, 20)}}}, true},
		"takes effect":   {source.Place{Range: at(90, 95), Through: at(20, 30)}, true},
		"is set there":   {source.Place{Range: at(90, 95), Given: []source.Range{at(20, 30)}}, true},
	} {
		if got := covers(d, finding.Finding{Place: tt.at}); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if !covers(finding.Directive{Resource: "F"}, finding.Finding{Place: source.Place{Resource: "F", Range: at(90, 95)}}) {
		t.Error("metadata is about its resource, wherever the finding stands")
	}
	if covers(finding.Directive{}, finding.Finding{}) {
		t.Error("a comment that nothing follows is about nothing")
	}
}

func TestLastDay(t *testing.T) {
	found := func(today string) int {
		all := []finding.Finding{{Rule: "r", Place: source.Place{Range: source.Range{Path: "a.tf", Start: 1, End: 2}}}}
		d := finding.Directive{Text: "r -- because (until 2027-03-01)", Scope: source.Range{Path: "a.tf", End: 9}}
		Apply(all, []finding.Directive{d}, Options{Today: day(today), Known: finding.IDsOf([]finding.Rule{{ID: "r"}})})
		if all[0].Suppressed == nil {
			return 1
		}
		return 0
	}
	if found("2027-03-01") != 0 || found("2027-03-02") != 1 {
		t.Error("the last day still counts, the next does not")
	}
}
