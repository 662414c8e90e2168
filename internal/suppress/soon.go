package suppress

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// warningDays is the number of days before its end from which a suppression is listed.
const warningDays = 30

// Soon returns the used suppressions that end within 30 days, sorted by end. file is the configuration; nil: none.
func Soon(r finding.Report, file *source.File, opt Options) []finding.Ending {
	var soon []finding.Ending
	for _, ignore := range r.Ignores {
		if request := parse(ignore.Text); len(ignore.Used) > 0 && opt.soon(request.until) {
			used := slices.Sorted(slices.Values(ignore.Used))
			soon = append(soon, finding.Ending{What: strings.Join(slices.Compact(used), ", "), At: ignore.At, Until: request.until})
		}
	}
	for _, p := range opt.Patterns {
		inUse := func(f finding.Finding) bool { return p.matches(f, opt.Base) }
		if file != nil && opt.soon(p.Until) && slices.ContainsFunc(r.Findings, inUse) {
			soon = append(soon, finding.Ending{What: "findings in " + p.String(), At: p.at(file), Until: p.Until})
		}
	}
	slices.SortFunc(soon, func(a, b finding.Ending) int {
		return cmp.Or(a.Until.Compare(b.Until), a.At.Compare(b.At), cmp.Compare(a.What, b.What))
	})
	return soon
}

// soon reports whether a last day is in the next warningDays days.
func (o Options) soon(until time.Time) bool {
	return !until.IsZero() && !o.over(until) && until.Before(dayOf(o.Today).AddDate(0, 0, warningDays+1))
}

// dayOf returns the date of a time at midnight UTC, as time.Parse returns dates.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
