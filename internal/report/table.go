package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lintel/internal/finding"
)

// fewFindings is the number of findings below which the text format has no table, and maxRows the number of rows of the
// table that closes a report.
const (
	fewFindings = 10
	maxRows     = 10
)

// row counts the findings of a rule with one severity.
type row struct {
	rule          string
	severity      finding.Severity
	count, fixing int
}

// table writes the number of findings of each rule, the worst and most frequent first. most limits the rows; 0: all.
func (t *text) table(most int) {
	rows := t.rows()
	if len(rows) == 0 {
		return
	}
	more, rest := 0, 0
	if most > 0 && len(rows) > most+1 {
		for _, r := range rows[most:] {
			more, rest = more+1, rest+r.count
		}
		rows = rows[:most]
	}
	width := len("rule")
	for _, r := range rows {
		width = max(width, len(r.rule))
	}
	t.line(t.style.bold(fmt.Sprintf("%8s  %-8s  %-*s  %8s", "findings", "severity", width, "rule", "fixable")))
	for _, r := range rows {
		fixing := ""
		if r.fixing > 0 {
			fixing = fmt.Sprintf("  %8d", r.fixing)
		}
		t.line(fmt.Sprintf("%8d  ", r.count), t.style.severity(r.severity), "  ", fmt.Sprintf("%-*s", width*min(1, len(fixing)), r.rule), fixing)
	}
	if more > 0 {
		t.line(fmt.Sprintf("%8d  of %d more rules (--statistics lists all)", rest, more))
	}
	t.line()
}

// rows counts the findings by severity and rule.
func (t *text) rows() []row {
	index := map[series]int{}
	var rows []row
	for _, f := range t.shown {
		s := series{rule: f.Rule, severity: f.Severity}
		i, ok := index[s]
		if !ok {
			i = len(rows)
			index[s] = i
			rows = append(rows, row{rule: f.Rule, severity: f.Severity})
		}
		rows[i].count++
		if t.isFixable(f) {
			rows[i].fixing++
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(b.count, a.count), strings.Compare(a.rule, b.rule))
	})
	return rows
}
