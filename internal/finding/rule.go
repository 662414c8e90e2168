package finding

import (
	"encoding/json"
	"slices"
	"strings"
)

// Severity is the impact of a finding. The zero Severity is Info.
type Severity uint8

// The severities, in ascending order.
const (
	Info Severity = iota
	Low
	Medium
	High
	Critical
)

var severityNames = [...]string{"info", "low", "medium", "high", "critical"} //nolint:gochecknoglobals // a table, never written

// String returns the name of the severity in flags, configuration and reports.
func (s Severity) String() string { return severityNames[s] }

// MarshalText returns the name of the severity.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity parses the name of a severity and reports whether it is valid.
func ParseSeverity(word string) (Severity, bool) {
	i := slices.Index(severityNames[:], word)
	return Severity(max(i, 0)), i >= 0 //nolint:gosec // an index of a table of five
}

// Severities returns the names in ascending order.
func Severities() []string { return slices.Clone(severityNames[:]) }

// Profile is a set of rules. Each profile contains the previous one.
type Profile string

// The profiles.
const (
	Default Profile = "default" // security rules for every user, with few false alarms
	Strict  Profile = "strict"  // adds hygiene and hardening rules
	All     Profile = "all"     // adds informational rules
)

// Profiles returns all profiles, smallest first.
func Profiles() []Profile { return []Profile{Default, Strict, All} }

// Includes reports whether p contains the rules of profile other.
func (p Profile) Includes(other Profile) bool {
	return slices.Index(Profiles(), other) <= slices.Index(Profiles(), p)
}

// Rule is the metadata of a rule.
type Rule struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Description string      `json:"description"` // why it matters
	Remediation string      `json:"remediation"` // how to fix it
	Category    string      `json:"category"`
	Severity    Severity    `json:"severity"`
	Profile     Profile     `json:"profile"`
	Since       string      `json:"since"` // first version with the rule
	CWE         []string    `json:"cwe"`
	Peers       []string    `json:"peers"` // equivalent checks of other tools
	References  []Reference `json:"references"`
	Aliases     []string    `json:"aliases"`   // former ids of a renamed rule
	Practices   []string    `json:"practices"` // ids of the sentences of practices that it checks
	YieldsTo    []string    `json:"yields_to"` // rules that report the same cause and then take the place of this one

	// KnownOnly says that unknown values make no check of the rule undetermined, because nearly every one could change its
	// result: a sum of sizes, or the items of a list that a parameter gives.
	KnownOnly bool `json:"known_only,omitempty"`

	BuiltIn bool `json:"-"` // a rule of lintel itself, not a custom one

	Fix json.RawMessage `json:"fix,omitempty"` // declaration of the fix, for ParseFix; empty: none
}

// Why returns the first sentence of the description, on one line.
func (r Rule) Why() string { return firstSentence(r.Description) }

// HowToFix returns the first sentence of the remediation, on one line.
func (r Rule) HowToFix() string { return firstSentence(r.Remediation) }

// HasSafeFix reports whether the rule declares a fix with a step that --fix applies without --unsafe-fixes.
func (r Rule) HasSafeFix() bool {
	if len(r.Fix) == 0 {
		return false
	}
	fix, err := ParseFix(r.Fix)
	return err == nil && fix.Unsafe == "" && slices.ContainsFunc(fix.Steps, func(s Step) bool { return s.Unsafe == "" })
}

func firstSentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if i := strings.Index(text, ". "); i >= 0 {
		return text[:i+1]
	}
	return text
}

// Reference is a link to documentation.
type Reference struct {
	URL   string `json:"url"`
	Title string `json:"title"`
}
