package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lintel/internal/finding"
)

// Order is an order of findings. Within it they are sorted by file, line, column and rule.
type Order string

// The orders.
const (
	BySeverity Order = "severity" // the worst first
	ByFile     Order = "file"
	ByRule     Order = "rule"
)

// Orders returns all orders.
func Orders() []Order { return []Order{BySeverity, ByFile, ByRule} }

// order returns the order of the findings in a format unless the user chooses another. People see the worst first, as does GitHub,
// which shows the first ten annotations of each level.
func (f Format) order() Order {
	if f.IsText() || f == Markdown || f == HTML || f == GitHub {
		return BySeverity
	}
	return ByFile
}

// sorted returns findings in the order. They must be in the order of a report, which is ByFile.
func (o Order) sorted(all []finding.Finding) []finding.Finding {
	var before func(a, b finding.Finding) int
	switch o {
	case BySeverity:
		before = func(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) }
	case ByRule:
		before = func(a, b finding.Finding) int { return strings.Compare(a.Rule, b.Rule) }
	default:
		return all
	}
	indices := make([]int, len(all)) // a finding is large
	for i := range indices {
		indices[i] = i
	}
	slices.SortStableFunc(indices, func(a, b int) int { return before(all[a], all[b]) })
	sorted := make([]finding.Finding, len(all))
	for i, index := range indices {
		sorted[i] = all[index]
	}
	return sorted
}

// selected returns the report with the findings that are displayed, in the order of the options, and the number of the
// others, which a note contains, too.
func (opt Options) selected(r finding.Report) (finding.Report, int) {
	hidden := 0
	isHidden := func(f finding.Finding) bool { return f.Severity < opt.Least }
	for _, f := range r.Findings {
		if isHidden(f) && f.Suppressed == nil {
			hidden++
		}
	}
	if slices.ContainsFunc(r.Findings, isHidden) {
		r.Findings = slices.DeleteFunc(slices.Clone(r.Findings), isHidden)
	}
	r.Findings = opt.Order.sorted(r.Findings)
	if hidden > 0 {
		note := fmt.Sprintf("%s below severity %s not shown; the exit code does not depend on --severity", count(hidden, "finding"), opt.Least)
		r.Notes = append(slices.Clone(r.Notes), note)
	}
	return r, hidden
}

// worst returns at most n findings, in the order of the report: those that are not suppressed before the others, and of
// those the most severe.
func worst(all []finding.Finding, n int) []finding.Finding {
	if len(all) <= n {
		return all
	}
	rank := func(f finding.Finding) int {
		if f.Suppressed != nil {
			return -1
		}
		return int(f.Severity)
	}
	indices := make([]int, len(all))
	for i := range indices {
		indices[i] = i
	}
	slices.SortStableFunc(indices, func(a, b int) int { return cmp.Compare(rank(all[b]), rank(all[a])) })
	indices = indices[:n]
	slices.Sort(indices)
	kept := make([]finding.Finding, n)
	for i, index := range indices {
		kept[i] = all[index]
	}
	return kept
}
