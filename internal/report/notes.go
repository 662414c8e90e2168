package report

import (
	"fmt"
	"slices"
	"time"

	"lintel/internal/finding"
)

// maxEnding is the number of suppressions that are listed individually.
const maxEnding = 5

// notes returns the notes of the report and the suppressions that expire soon.
func (opt Options) notes(r finding.Report) []string {
	all := slices.Clone(r.Notes)
	for i, e := range r.Ending {
		if i == maxEnding {
			all = append(all, fmt.Sprintf("%d more suppressions expire soon", len(r.Ending)-i))
			break
		}
		at := opt.place(r, e.At)
		all = append(all, fmt.Sprintf("the suppression of %s expires on %s: %s:%d", e.What, e.Until.Format(time.DateOnly), at.file, at.line))
	}
	return all
}
