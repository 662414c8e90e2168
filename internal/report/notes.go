package report

import (
	"fmt"
	"slices"
	"time"

	"lintel/internal/finding"
)

// maxEnding is the number of suppressions that are listed individually.
const maxEnding = 5

// notes returns the notes of the report, how much the change does not reach, and the suppressions that expire soon.
func (opt Options) notes(r finding.Report) []string {
	all := slices.Clone(r.Notes)
	if r.Unreached > 0 {
		all = append(all, fmt.Sprintf("root modules and templates that the change does not reach, which were not checked: %d", r.Unreached))
	}
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
