package report

import (
	"fmt"
	"strings"

	"lintel/internal/finding"
)

// gapSeries are the gaps that the text format shows together where there are many.
type gapSeries struct {
	cause        finding.GapCause
	known, fails bool
}

// manyGaps is the number of gaps of one cause that are shown together although their messages differ.
const manyGaps = 10

// areTogether reports whether the gaps of a series are shown together.
func areTogether(gaps []finding.Gap) bool {
	return len(gaps) > manyGaps || len(gaps) > maxSingle && haveOneMessage(gaps)
}

func seriesOfGap(g finding.Gap) gapSeries {
	return gapSeries{cause: g.Cause, known: g.Known, fails: g.Fails && !g.Known}
}

// gaps writes what lintel cannot see: many gaps of one cause together, unless every finding is shown by itself.
func (t *text) gaps() {
	all := map[gapSeries][]finding.Gap{}
	for _, g := range t.report.Gaps {
		if !t.opt.Quiet || g.Fails {
			all[seriesOfGap(g)] = append(all[seriesOfGap(g)], g)
		}
	}
	isShortened := false
	for _, g := range t.report.Gaps { // a series at the place of its first gap
		s := seriesOfGap(g)
		isShortened = t.gapSeries(s, all[s]) || isShortened
		delete(all, s)
	}
	if line := gapsLine(t.report); line != "" && !t.opt.Quiet {
		if isShortened {
			line += " (--format full lists all)"
		}
		t.wrapped("", 0, line)
	}
}

// gapSeries writes the gaps of a series and reports whether it leaves some out.
func (t *text) gapSeries(s gapSeries, gaps []finding.Gap) (isShortened bool) {
	if !t.single && !t.conciseLines && areTogether(gaps) {
		return t.gapGroup(s, gaps)
	}
	for _, g := range gaps {
		t.item(t.gapWord(s), string(g.Cause), t.gapPlace(g), g.Message)
	}
	return false
}

// gapGroup writes the gaps of a series and reports whether it leaves some out.
func (t *text) gapGroup(s gapSeries, gaps []finding.Gap) bool {
	t.line(t.gapWord(s), " ", t.style.bold(string(s.cause)), "  ", count(len(gaps), "gap"))
	shown := gaps[:min(len(gaps), maxPlaces)]
	if len(gaps) == maxPlaces+1 {
		shown = gaps // a line with "1 more" would be as long
	}
	left := ""
	if n := len(gaps) - len(shown); n > 0 {
		left = fmt.Sprintf("and %d more", n)
	}
	if haveOneMessage(gaps) {
		places := make([]string, len(shown))
		for i, g := range shown {
			places[i] = t.gapPlace(g)
		}
		t.paragraph(gaps[0].Message)
		t.paragraph(strings.TrimSpace(strings.Join(places, ", ") + " " + left))
	} else {
		for _, g := range shown {
			t.paragraph(t.gapPlace(g) + "  " + g.Message)
		}
		if left != "" {
			t.line("  ", t.style.dim(left))
		}
	}
	t.line()
	return left != ""
}

func haveOneMessage(gaps []finding.Gap) bool {
	for _, g := range gaps {
		if g.Message != gaps[0].Message {
			return false
		}
	}
	return true
}

func (t *text) gapWord(s gapSeries) string {
	switch {
	case s.known:
		return t.style.dim("gap, as before the change")
	case s.fails:
		return t.style.problem("gap")
	}
	return t.style.dim("gap")
}

func (t *text) gapPlace(g finding.Gap) string { return t.opt.place(t.report, g.Range).shown(g.Range) }
