package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"lintel/internal/finding"
)

// maxSingle is the number of findings of one strict rule in one unit that the text format shows one by one.
const maxSingle = 3

// series are the findings of one rule in one unit that are shown together.
type series struct {
	unit, rule string
	severity   finding.Severity
}

// grouped returns the findings of each series that is long enough to be shown together: of rules outside of the default
// profile, which many resources of a unit break in the same way.
func (t *text) grouped(shown []finding.Finding) map[series][]finding.Finding {
	all := map[series][]finding.Finding{}
	for _, f := range shown {
		if profile := t.rules[f.Rule].Profile; profile == finding.Strict || profile == finding.All {
			s := seriesOf(f)
			all[s] = append(all[s], f)
		}
	}
	for s, findings := range all { // any order: it deletes from a map
		if len(findings) <= maxSingle {
			delete(all, s)
		}
	}
	return all
}

func seriesOf(f finding.Finding) series { return series{f.Unit, f.Rule, f.Severity} }

// group writes the findings of a series: the rule once, and a line for each place.
func (t *text) group(findings []finding.Finding) {
	rule := t.rules[findings[0].Rule]
	t.line(t.style.severity(findings[0].Severity), " ", t.style.bold(rule.ID), "  ", count(len(findings), "finding"))
	t.line("  ", printable(rule.Title))
	places, width := make([]string, len(findings)), 0
	for i, f := range findings {
		at := t.opt.place(t.report, f.Range)
		places[i] = fmt.Sprintf("%s:%d:%d", printable(at.file), at.line, at.column)
		width = max(width, utf8.RuneCountInString(places[i]))
	}
	one := sameFact(findings)
	for i, f := range findings {
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(places[i]))
		t.line("  ", places[i], pad, "  ", printable(member(f, one)))
	}
	t.detail("why", rule.Why())
	t.detail("fix", rule.HowToFix())
	t.line()
}

// member returns the resources of a finding if its message has nothing else that the others do not have, or else the
// messages.
func member(f finding.Finding, sameFact bool) string {
	member := strings.Join(f.Facts(), "; ")
	if sameFact {
		member = strings.Join(f.Names(), ", ")
	}
	if when := f.When.String(); when != "" {
		member += ", when " + when
	}
	if f.Construct != "" {
		member += " (" + f.Construct + ")"
	}
	return member
}

// sameFact reports whether the messages of findings and their instances differ only in the names of the resources.
func sameFact(findings []finding.Finding) bool {
	first := findings[0].Fact()
	return !slices.ContainsFunc(findings, func(f finding.Finding) bool {
		return f.Fact() != first || len(f.Facts()) > 1 || len(f.Instances) == 0
	})
}
