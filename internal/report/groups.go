package report

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"lintel/internal/finding"
)

// maxSingle is the number of findings of one series that the text format shows one by one.
const maxSingle = 3

// series are the findings that are shown together where there are many: those of one rule and, in the default profile, of
// one cause.
type series struct {
	rule, fact string
	severity   finding.Severity
}

// seriesOf returns the series of a finding. Many resources break a rule outside of the default profile in the same way, so
// that its message does not matter. Findings of the default profile must agree in everything but their resources.
func (t *text) seriesOf(f finding.Finding) series {
	s := series{rule: f.Rule, severity: f.Severity}
	if profile := t.rules[f.Rule].Profile; profile != finding.Strict && profile != finding.All {
		s.fact = strings.Join(factsWithoutNames(f), "\x00")
	}
	return s
}

// factsWithoutNames returns the messages of a finding and its instances without the names of their resources.
func factsWithoutNames(f finding.Finding) []string {
	facts := []string{f.Fact()}
	if len(f.Facts()) > 1 {
		facts = append(facts, f.Facts()[1:]...)
	}
	return facts
}

// A report with more than manyFindings findings is shortened: a group lists maxPlaces places and, where that exceeds maxLines
// lines, most series have briefLines lines, and maxSeries are shown. closingLines are for the table and the summary.
const (
	manyFindings = 100
	maxPlaces    = 5
	maxLines     = 150
	maxSeries    = 38
	briefLines   = 3
	closingLines = 24
)

// findings writes the findings, those of a series together.
func (t *text) findings() {
	var order []series
	all := map[series][]finding.Finding{}
	for _, f := range t.shown {
		s := t.seriesOf(f)
		if all[s] == nil {
			order = append(order, s)
		}
		all[s] = append(all[s], f)
	}
	most := math.MaxInt
	if len(t.shown) > manyFindings {
		most = maxPlaces
	}
	t.groups(all, most)
	if len(t.shown) > manyFindings && bytes.Count(t.out.Bytes(), []byte("\n")) > maxLines {
		t.out.Reset()
		t.briefs(order, all)
	}
}

// detailed writes a series as usual and reports whether a number of lines is left for the others. If not, it writes nothing.
func (t *text) detailed(findings []finding.Finding, reserved int) bool {
	before := t.out.Len()
	if len(findings) > maxSingle {
		t.group(findings, maxPlaces)
	} else {
		for _, f := range findings {
			t.finding(f)
		}
	}
	if bytes.Count(t.out.Bytes(), []byte("\n"))+reserved <= maxLines-closingLines {
		return true
	}
	t.out.Truncate(before)
	return false
}

// groups writes each series that is long enough as a group at the place of its first finding, and the other findings one
// by one. A group lists most places.
func (t *text) groups(all map[series][]finding.Finding, most int) {
	written := map[series]bool{}
	for _, f := range t.shown {
		s := t.seriesOf(f)
		switch {
		case len(all[s]) <= maxSingle:
			t.finding(f)
		case !written[s]:
			written[s] = true
			t.group(all[s], most)
		}
	}
}

// briefs writes the worst series as usual, as long as there are enough lines for the others, and three lines for each of
// those.
func (t *text) briefs(order []series, all map[series][]finding.Finding) {
	left, isBrief := 0, false
	for i, s := range order {
		if i >= maxSeries {
			left += len(all[s])
			continue
		}
		if !isBrief {
			isBrief = !t.detailed(all[s], briefLines*(min(len(order), maxSeries)-i-1))
		}
		if isBrief {
			t.brief(all[s])
		}
	}
	if left > 0 {
		t.line(t.style.dim(fmt.Sprintf("and %s in %d more groups", count(left, "finding"), len(order)-maxSeries)))
	}
	t.line()
	t.wrapped("", 0, "This report is shortened. --format full shows each finding, --format concise a line for each, --severity high only the worst.")
	t.line()
}

// group writes the findings of a series: the rule once, and a line for each place.
func (t *text) group(findings []finding.Finding, most int) {
	rule := t.rules[findings[0].Rule]
	t.groupHead(findings, cmp.Or(rule.Title, findings[0].Message))
	if t.seriesOf(findings[0]).fact != "" {
		t.detail("first", findings[0].Message)
	}
	shown := findings[:min(len(findings), most)]
	if len(findings) == most+1 {
		shown = findings // a line with "1 more" would be as long
	}
	places, width := make([]string, len(shown)), 0
	for i, f := range shown {
		places[i] = t.placeOf(f)
		width = max(width, uniseg.StringWidth(places[i]))
	}
	one := sameFact(findings)
	for i, f := range shown {
		pad := strings.Repeat(" ", width-uniseg.StringWidth(places[i]))
		t.wrapped("  "+places[i]+pad+"  ", width+len("    "), member(f, one))
	}
	if n := len(findings) - len(shown); n > 0 {
		t.line("  ", t.style.dim(fmt.Sprintf("and %d more", n)))
	}
	t.detail("why", rule.Why())
	t.detail("fix", rule.HowToFix())
	t.line()
}

// brief writes the findings of a series in three lines.
func (t *text) brief(findings []finding.Finding) {
	text := t.rules[findings[0].Rule].Title
	if text == "" || len(findings) == 1 || t.seriesOf(findings[0]).fact != "" {
		text = findings[0].Message
	}
	t.groupHead(findings, text)
	places := make([]string, min(len(findings), maxListed))
	for i := range places {
		places[i] = t.placeOf(findings[i])
	}
	line := strings.Join(places, ", ")
	if n := len(findings) - len(places); n > 0 {
		line += fmt.Sprintf(" and %d more", n)
	}
	t.paragraph(line)
}

// groupHead writes the rule and a text.
func (t *text) groupHead(findings []finding.Finding, text string) {
	first := findings[0]
	t.line(t.style.severity(first.Severity), " ", t.style.bold(first.Rule), "  ", count(len(findings), "finding"), t.mark(first))
	t.paragraph(text)
}

func (t *text) placeOf(f finding.Finding) string {
	at := t.opt.place(t.report, f.Range)
	return fmt.Sprintf("%s:%d:%d", printable(at.file), at.line, at.column)
}

// member returns the resources of a finding if its message has nothing else that the others do not have, or else the
// messages and the resources that they do not name.
func member(f finding.Finding, sameFact bool) string {
	member := strings.Join(f.Names(), ", ")
	if facts := f.Facts(); !sameFact {
		member = strings.Join(facts, "; ")
		var others []string
		for _, i := range f.Instances {
			if i.Resource != f.Resource && !slices.Contains(facts, i.Message) && !slices.Contains(others, i.Resource) {
				others = append(others, i.Resource)
			}
		}
		if len(others) > 0 {
			member += ", also " + listed(others)
		}
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
