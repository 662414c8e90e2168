package report

import (
	"fmt"
	"strconv"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// unchecked is a problem or a gap, for formats that list both in one way.
type unchecked struct {
	at      source.Range
	name    string // stands where a format requires the name of a rule
	message string
	level   level
}

// level is how much of an error a problem or gap is.
type level uint8

const (
	levelNote    level = iota // the base of a comparison has it, too
	levelWarning              // a gap
	levelError                // a problem, or a gap that fails the run
)

// allUnchecked returns the problems, then the gaps.
func allUnchecked(r finding.Report) []unchecked {
	all := make([]unchecked, 0, len(r.Problems)+len(r.Gaps))
	for _, p := range r.Problems {
		u := unchecked{p.Range, notChecked, p.Message, levelError}
		if p.Known {
			u.level = levelNote
		}
		all = append(all, u)
	}
	for _, g := range r.Gaps {
		u := unchecked{g.Range, gapName + "-" + string(g.Cause), g.Message, levelWarning}
		switch {
		case g.Known:
			u.level = levelNote
		case g.Fails:
			u.level = levelError
		}
		all = append(all, u)
	}
	return all
}

// gapName begins the names under which gaps are listed where everything needs the name of a rule.
const gapName = "gap"

// of returns the word of a consumer for a level.
func (l level) of(isError, isWarning, isNote string) string {
	switch l {
	case levelError:
		return isError
	case levelWarning:
		return isWarning
	default:
		return isNote
	}
}

// gapsLine returns the summary of gaps: their number, and that of each cause. It is empty when there are none.
func gapsLine(r finding.Report) string {
	if len(r.Gaps) == 0 {
		return ""
	}
	var parts []string
	for _, cause := range finding.GapCauses() {
		n := 0
		for _, g := range r.Gaps {
			if g.Cause == cause {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+string(cause))
		}
	}
	return count(len(r.Gaps), "gap") + " (" + strings.Join(parts, ", ") + "): parts of the deployment that lintel cannot see were not checked"
}

// isSuccessful reports whether there was something to check and all of it that counts was checked.
func isSuccessful(r finding.Report) bool { return r.Units+r.Unreached > 0 && !r.Incomplete() }

// shown returns a path and, if it is known, a line and column.
func (p place) shown(r source.Range) string {
	if p.text != nil && r.End > 0 {
		return fmt.Sprintf("%s:%d:%d", printable(p.file), p.line, p.column)
	}
	return printable(p.file)
}
