package finding

import (
	"cmp"
	"time"

	"lintel/internal/source"
)

// Suppression describes why a finding is suppressed.
type Suppression struct {
	Kind   SuppressionKind
	Reason string       // reason in the suppression; empty for a baseline
	Until  time.Time    // last day of the suppression; zero: no expiry date
	Range  source.Range // location of the suppression: the comment, the metadata, or the line of the configuration or baseline
}

// compare orders suppressions by kind and location, after nil.
func (s *Suppression) compare(other *Suppression) int {
	switch {
	case s == other:
		return 0
	case s == nil:
		return -1
	case other == nil:
		return 1
	}
	return cmp.Or(cmp.Compare(s.Kind, other.Kind), s.Range.Compare(other.Range), cmp.Compare(s.Reason, other.Reason), s.Until.Compare(other.Until))
}

// SuppressionKind is the kind of a suppression.
type SuppressionKind string

// The kinds of suppression.
const (
	InComment  SuppressionKind = "comment"  // # lintel:ignore in the template
	InMetadata SuppressionKind = "metadata" // Metadata.lintel.ignore of a CloudFormation resource
	ByPath     SuppressionKind = "path"     // a pattern in the configuration
	InBaseline SuppressionKind = "baseline" // the baseline contains the finding
)

// compareEnding orders suppressions by expiry date.
func compareEnding(a, b Ending) int {
	return cmp.Or(a.Until.Compare(b.Until), a.At.Compare(b.At), cmp.Compare(a.What, b.What))
}

// Directive is a suppression in a template, as written.
type Directive struct {
	Kind     SuppressionKind
	At       source.Range // location of the comment or metadata
	Text     string       // RULE[, RULE] -- reason (until YYYY-MM-DD)
	Scope    source.Range // text that it applies to; zero: no text follows
	Resource string       // logical id of the resource with the metadata; empty: a comment
}

// Ignore is a directive with the rules whose findings it suppresses.
type Ignore struct {
	Directive
	Used []string
}

// Ending is a used suppression that expires soon.
type Ending struct {
	What  string // rules or findings that it suppresses
	At    source.Range
	Until time.Time // last day
}

// joinIgnores merges equal directives of several units. A directive is used if it is used in any unit.
func joinIgnores(all []Ignore) []Ignore {
	var joined []Ignore
	known := map[Directive]int{}
	for _, ignore := range all {
		i, ok := known[ignore.Directive]
		if !ok {
			known[ignore.Directive] = len(joined)
			joined = append(joined, ignore)
			continue
		}
		joined[i].Used = append(joined[i].Used, ignore.Used...)
	}
	return joined
}
