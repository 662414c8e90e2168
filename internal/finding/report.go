package finding

import (
	"cmp"
	"maps"
	"slices"

	"lintel/internal/source"
)

// Undecided is an unknown value that leaves checks undetermined.
type Undecided struct {
	source.Place
	Rules []string // rules whose result depends on the value, sorted
	Cause string   // reason of the unknown value, such as "var.mode has no value"
}

// Unread is a function whose code is not read, so that rules about the code do not judge it or judge a part of it.
type Unread struct {
	source.Place
	Cause  string // such as "the package is in an S3 bucket"
	Partly bool   // some of the code is read
}

// Problem is a failure to check something: malformed input, an exceeded limit, a rule that failed. A part that lintel cannot
// see is a Gap.
type Problem struct {
	Range   source.Range // location in the file; End 0: the whole file
	Message string
	Known   bool // the base of the comparison has it, too, and the change does not reach its unit
}

// Report is the result of a run.
type Report struct {
	Rules     []Rule
	Findings  []Finding // merged, in the order of a report
	Undecided []Undecided
	Unread    []Unread
	Problems  []Problem
	Gaps      []Gap
	Framework int // findings that are left out, because they are in resources that the CDK generates for its own purposes
	Files     source.Files
	Hidden    []string                 // sensitive and secret strings of the units; no text leaves with one of them
	ShownPath func(path string) string // of a report for display: masks a path; nil: unchanged
	Checked   []Checked                // units, by root
	Ignores   []Ignore                 // directives in the templates
	Fixed     []Fixed                  // findings that --fix removed
	Unfixed   []Unfixed                // findings with a fix that was not applied
	Suggested []Suggestion             // safe fixes of findings that were not applied, for formats that show edits
	Access    []Access                 // what the change opens and closes, the worst first
	Ending    []Ending                 // suppressions that expire soon
	Configs   []string                 // paths of the configurations that apply to units, sorted
	Notes     []string                 // further information for the user, one sentence each
	Units     int                      // number of checked units
	Unreached int                      // number of units that were found and not checked, because a change does not reach them
	Templates int                      // number of files of the units
	Functions int                      // number of functions in the units
}

// Fixed is a finding that an edit removed.
type Fixed struct {
	Finding Finding // finding before the edit, with locations in the former text
	Title   string  // imperative sentence that describes the edit
}

// Unfixed is a finding whose fix was not applied.
type Unfixed struct {
	Finding Finding
	Reason  string // clause without a full stop
	Unsafe  bool   // the fix is unsafe and --unsafe-fixes was not set; Reason is the risk
}

// Suggestion is a fix of a finding that a check has confirmed.
type Suggestion struct {
	Fingerprint string // of the finding
	Title       string // imperative sentence
	Edits       []source.Edit
}

// Checked is a unit that a run checked.
type Checked struct {
	Root     string   // relative to the root of the run
	Whole    bool     // nothing in it was left unchecked: it has neither problems nor gaps
	Files    []string // what was read, sorted; nil: unknown
	Declared []string // the variables or parameters that it declares; those of a plan are those that it was made with
}

// Join combines the reports on parts of a run, in a fixed order, and merges their findings. It is the only function
// that merges. It changes the lists of findings of the parts.
func Join(rules []Rule, parts []Report) Report {
	all := concat(rules, parts, findingsOf(parts))
	all.Findings = merge(all.Findings)
	return all
}

// findingsOf returns the findings of all parts. Mostly one part has all: a copy would take as much memory again.
func findingsOf(parts []Report) []Finding {
	var all [][]Finding
	for _, part := range parts {
		if len(part.Findings) > 0 {
			all = append(all, part.Findings)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return slices.Concat(all...)
}

// Concat combines the reports on several units without merging their findings.
func Concat(rules []Rule, parts []Report) Report {
	lists := make([][]Finding, len(parts))
	for i, part := range parts {
		lists[i] = part.Findings
	}
	return concat(rules, parts, slices.Concat(lists...))
}

// concat combines the reports on several units with all their findings.
func concat(rules []Rule, parts []Report, findings []Finding) Report {
	all := Report{Rules: rules, Findings: findings, Files: source.Files{}}
	for _, part := range parts {
		all.Undecided = append(all.Undecided, part.Undecided...)
		all.Unread = append(all.Unread, part.Unread...)
		all.Problems = append(all.Problems, part.Problems...)
		all.Gaps = append(all.Gaps, part.Gaps...)
		all.Framework += part.Framework
		maps.Copy(all.Files, part.Files)
		all.Hidden = append(all.Hidden, part.Hidden...)
		all.Checked = append(all.Checked, part.Checked...)
		all.Ignores = append(all.Ignores, part.Ignores...)
		all.Ending = append(all.Ending, part.Ending...)
		all.Units += part.Units
		all.Templates += part.Templates
		all.Functions += part.Functions
	}
	all.Ignores = joinIgnores(all.Ignores)
	all.Undecided = joinUndecided(all.Undecided)
	slices.SortFunc(all.Unread, compareUnread)
	all.Unread = slices.CompactFunc(all.Unread, func(a, b Unread) bool { return compareUnread(a, b) == 0 })
	slices.SortFunc(all.Problems, compareProblems)
	all.Problems = slices.Compact(all.Problems)
	all.Gaps = joinGaps(all.Gaps)
	slices.SortFunc(all.Ending, compareEnding)
	all.Ending = slices.Compact(all.Ending)
	return all
}

func compareUndecided(a, b Undecided) int {
	return cmp.Or(
		a.Range.Compare(b.Range),
		cmp.Compare(a.Resource, b.Resource),
		cmp.Compare(a.Attribute, b.Attribute),
		cmp.Compare(a.Cause, b.Cause),
	)
}

// Undetermined returns the number of checks that unknown values leave undetermined.
func (r Report) Undetermined() int {
	n := 0
	for _, u := range r.Undecided {
		n += len(u.Rules)
	}
	return n
}

// joinUndecided returns one entry for each unknown value with all rules that depend on it, sorted. Functions that inherit a
// SAM global and instances of one resource share a value.
func joinUndecided(all []Undecided) []Undecided {
	type value struct {
		at    source.Range
		cause string
	}
	slices.SortFunc(all, compareUndecided)
	var joined []Undecided
	known := map[value]int{}
	for _, u := range all {
		i, ok := known[value{u.Range, u.Cause}]
		if !ok {
			known[value{u.Range, u.Cause}] = len(joined)
			joined = append(joined, u)
			continue
		}
		joined[i].Rules = slices.Sorted(slices.Values(union(joined[i].Rules, u.Rules)))
	}
	return joined
}

func compareUnread(a, b Unread) int {
	return cmp.Or(a.Range.Compare(b.Range), cmp.Compare(a.Resource, b.Resource), cmp.Compare(a.Cause, b.Cause))
}

func compareProblems(a, b Problem) int {
	return cmp.Or(a.Range.Compare(b.Range), cmp.Compare(a.Message, b.Message))
}
