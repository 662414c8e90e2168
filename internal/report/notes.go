package report

import (
	"fmt"
	"slices"
	"time"

	"lintel/internal/finding"
)

// maxEnding is how many suppressions that end soon are listed one by one.
const maxEnding = 5

// notes are what the reader of a report should know besides, with the suppressions that end soon.
func (opt Options) notes(r finding.Report) []string {
	all := slices.Clone(r.Notes)
	for i, e := range r.Ending {
		if i == maxEnding {
			all = append(all, fmt.Sprintf("%d more suppressions end soon", len(r.Ending)-i))
			break
		}
		at := opt.place(r, e.At)
		all = append(all, fmt.Sprintf("the suppression of %s ends on %s: %s:%d", e.What, e.Until.Format(time.DateOnly), at.file, at.line))
	}
	return all
}
