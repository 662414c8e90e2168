// Package finding holds what is said about a stack: rules, findings, problems and the report
// that carries them. It is data only: it neither evaluates nor prints.
package finding

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"lintel/internal/source"
)

// Severity says how bad a finding is. The zero Severity is Info.
type Severity uint8

// The severities, from harmless to severe.
const (
	Info Severity = iota
	Low
	Medium
	High
	Critical
)

var severityNames = [...]string{"info", "low", "medium", "high", "critical"} //nolint:gochecknoglobals // a table, never written

// String returns the word that users write and read.
func (s Severity) String() string { return severityNames[s] }

// MarshalText writes the severity as its word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity reads a word; it is false for a word that names no severity.
func ParseSeverity(word string) (Severity, bool) {
	i := slices.Index(severityNames[:], word)
	return Severity(max(i, 0)), i >= 0 //nolint:gosec // an index of a table of five
}

// Severities returns the words from harmless to severe.
func Severities() []string { return slices.Clone(severityNames[:]) }

// Profile is a choice of rules. Each contains the one before it.
type Profile string

// The profiles.
const (
	Default Profile = "default" // security that holds for everyone, with few false alarms
	Strict  Profile = "strict"  // adds hygiene and hardening
	All     Profile = "all"     // adds information
)

// Profiles returns all profiles, the smallest first.
func Profiles() []Profile { return []Profile{Default, Strict, All} }

// Includes reports whether a rule of profile other is part of p.
func (p Profile) Includes(other Profile) bool {
	return slices.Index(Profiles(), other) <= slices.Index(Profiles(), p)
}

// Rule is what is known about a rule besides its policy.
type Rule struct {
	ID          string      `json:"id"`
	Title       string      `json:"title"`
	Description string      `json:"description"` // why it matters
	Remediation string      `json:"remediation"` // how to fix it
	Category    string      `json:"category"`
	Severity    Severity    `json:"severity"`
	Profile     Profile     `json:"profile"`
	Since       string      `json:"since"` // version that brought the rule
	CWE         []string    `json:"cwe"`
	Peers       []string    `json:"peers"` // equivalent checks of other tools
	References  []Reference `json:"references"`
	Aliases     []string    `json:"aliases"` // former ids, after a rename only

	Fix json.RawMessage `json:"fix,omitempty"` // how its findings are mended, for ParseFix; empty: only people can
}

// Why is the first sentence of the description, on one line.
func (r Rule) Why() string { return firstSentence(r.Description) }

// HowToFix is the first sentence of the remediation, on one line.
func (r Rule) HowToFix() string { return firstSentence(r.Remediation) }

func firstSentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if i := strings.Index(text, ". "); i >= 0 {
		return text[:i+1]
	}
	return text
}

// Reference is a page to read.
type Reference struct {
	URL   string `json:"url"`
	Title string `json:"title"`
}

// Finding is one violation of a rule at one place.
type Finding struct {
	source.Place
	Rule      string
	Severity  Severity
	Message   string
	Key       string      // tells apart several causes at one attribute; empty: the rule names none
	Unit      string      // root of the unit it was found in
	Node      Node        // what of the model it is about
	Set       string      // the value that would be right, where the rule has worked it out
	Related   []Related   // places that explain it: the policy statement, its role, the functions that run with it
	Secret    bool        // the text at Range is a secret: it is never printed
	Instances []Instance  // all resources that share the place, Resource first; nil before Join
	Uses      source.Uses // of the unit, for those who edit other values of the resource

	Fingerprint string       // names the finding across edits: Identify; empty: not identified
	Identities  []Identity   // what it is, for each of its instances and units, the first for Fingerprint
	Suppressed  *Suppression // nil: nobody has suppressed it
	Fails       bool         // it is severe enough to fail the run, by the configuration of its unit
}

// Instance is one of the findings that Join has merged.
type Instance struct {
	Resource string
	Message  string
	When     source.When
	Used     source.Range   // as in Place
	Via      []source.Range // module calls that lead to it, outermost first

	Construct string // as in Lineage
}

// Names returns the resources that share the place, each once.
func (f Finding) Names() []string {
	names := make([]string, 0, len(f.Instances))
	for _, i := range f.Instances {
		if !slices.Contains(names, i.Resource) {
			names = append(names, i.Resource)
		}
	}
	return names
}

// Facts returns the messages of the instances, the one of the finding first. Of messages that differ only in the name of
// the resource, in instance keys and in module calls, it returns the first.
func (f Finding) Facts() []string {
	facts := []string{f.Message}
	known := map[string]bool{fact(f.Message, f.Resource): true}
	for _, i := range f.Instances {
		if key := fact(i.Message, i.Resource); !known[key] {
			known[key] = true
			facts = append(facts, i.Message)
		}
	}
	return facts
}

// instanceKey matches the parts of a Terraform address that differ between instances of one block.
var instanceKey = regexp.MustCompile(`\[(\d+|"(\\.|[^"\\])*")\]|\bmodule\.[\w-]+`)

// fact is a message without the name of its resource.
func fact(message, resource string) string {
	if resource != "" {
		message = strings.ReplaceAll(message, resource, "\x00")
	}
	return instanceKey.ReplaceAllString(message, "")
}

// Node is a place in the model, for those who edit the text that it stands for.
type Node struct {
	Collection string // functions, roles, …
	Path       string // names of the attributes that lead to it, without keys and numbers: environment/variables; empty: the resource
	Item       bool   // an element of the list or map at Path
	Written    bool   // the text at Range is its own; else it is missing, and Range is what it would be part of
}

// Related is a place that helps to understand a finding and is neither its own nor a module call
// (those are Via and Through). It takes no part in the finding's identity: what it says may change
// while the finding stays the same.
type Related struct {
	Range   source.Range
	Message string // what is there, without a capital letter or a full stop: the role aws_iam_role.api
}

// maxRelated is how many places explain a finding that several resources share.
const maxRelated = 20

// Suppression says who does not want to see a finding, and why.
type Suppression struct {
	Kind   SuppressionKind
	Reason string       // what its author wrote; empty in a baseline
	Until  time.Time    // the last day on which it holds; zero: it has no end
	Range  source.Range // where it is written: the comment, the metadata, the line of the configuration or baseline
}

// compare orders suppressions by their means and place; what nobody suppresses comes first.
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

// SuppressionKind is the means by which a finding is suppressed.
type SuppressionKind string

// The kinds of suppression.
const (
	InComment  SuppressionKind = "comment"  // # lintel:ignore in the template
	InMetadata SuppressionKind = "metadata" // Metadata.lintel.ignore of a CloudFormation resource
	ByPath     SuppressionKind = "path"     // a pattern in the configuration
	InBaseline SuppressionKind = "baseline" // it was there when the baseline was written
)

// Undecided is a question that a rule could not answer because a value is not known.
type Undecided struct {
	source.Place
	Rule  string
	Cause string // "var.mode has no value"
}

// Problem is something that could not be checked.
type Problem struct {
	Range   source.Range // the file and, where it is known, the place; End 0: the whole file
	Message string
}

// Report is the outcome of a run.
type Report struct {
	Rules     []Rule
	Findings  []Finding // sorted, merged
	Undecided []Undecided
	Problems  []Problem
	Files     source.Files
	Hidden    []string  // sensitive and secret texts of the units: no excerpt shows them; never written
	Checked   []Checked // the units, by their roots
	Ignores   []Ignore  // what templates ask not to report
	Fixed     []Fixed   // what was found and is mended
	Unfixed   []Unfixed // findings that have a fix and are not mended
	Ending    []Ending  // suppressions that end soon
	Configs   []string  // paths of the configurations that apply to units, sorted
	Notes     []string  // what the reader of the report should know besides, a sentence each
	Units     int       // root modules and templates that were checked
	Templates int       // files that belong to them
	Functions int       // functions that they declare
}

// Fixed is a finding that is gone, because the text was edited.
type Fixed struct {
	Finding Finding // as it was: its place is that in the text before
	Title   string  // what was done, as an order
}

// Unfixed is a finding that was to be mended and was not.
type Unfixed struct {
	Finding Finding
	Reason  string // as a sentence without a full stop
	Unsafe  bool   // it could be mended, if edits were allowed after which something may work no more: the reason says what
}

// Checked is a unit that a run has looked at.
type Checked struct {
	Root  string   // relative to the root of the run
	Whole bool     // nothing in it was left unchecked
	Files []string // what was read, sorted; nil: nobody knows
}

// Join returns the report of a run, of the reports on its parts, in a fixed order. It merges findings:
// nothing before it does, and nothing after it needs to.
func Join(rules []Rule, parts []Report) Report {
	all := Concat(rules, parts)
	all.Findings = merge(all.Findings)
	return all
}

// Concat returns the report on several units, of the reports on each of them. Its findings are not merged.
func Concat(rules []Rule, parts []Report) Report {
	all := Report{Rules: rules, Files: source.Files{}}
	for _, part := range parts {
		all.Findings = append(all.Findings, part.Findings...)
		all.Undecided = append(all.Undecided, part.Undecided...)
		all.Problems = append(all.Problems, part.Problems...)
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
	slices.SortFunc(all.Undecided, compareUndecided)
	all.Undecided = slices.CompactFunc(all.Undecided, sameQuestion)
	slices.SortFunc(all.Problems, compareProblems)
	all.Problems = slices.Compact(all.Problems)
	slices.SortFunc(all.Ending, compareEnding)
	all.Ending = slices.Compact(all.Ending)
	return all
}

// merge returns one finding for each rule, place, severity and suppression, with the resources that share it as
// instances, in a total order.
func merge(all []Finding) []Finding {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, compareFindings)
	var merged []Finding
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && samePlace(sorted[0], sorted[n]) {
			n++
		}
		merged = append(merged, one(sorted[:n]))
		sorted = sorted[n:]
	}
	return merged
}

// one is the finding that several at one place are, which are sorted.
func one(same []Finding) Finding {
	whole := same[0]
	whole.Instances, whole.Identities, whole.Related, whole.Via = nil, nil, nil, nil
	var whens []source.When // of each resource
	for len(same) > 0 {
		n := 0
		var variants []source.When
		for ; n < len(same) && sameResource(same[n], same[0]); n++ {
			f := same[n]
			whole.Identities = union(whole.Identities, f.Identities)
			whole.Related = withRelated(whole.Related, f.Related)
			whole.Via = union(whole.Via, f.Via)
			variants = append(variants, f.When)
			if f.Written != whole.Written {
				whole.Written = source.Range{} // no single place to edit
			}
			whole.Instances = withInstance(whole.Instances, f)
		}
		whens = append(whens, source.AnyOf(variants, same[0].Variants))
		same = same[n:]
	}
	whole.Related = whole.Related[:min(len(whole.Related), maxRelated)]
	whole.When = source.AnyOf(whens, 0)
	return whole
}

func sameResource(a, b Finding) bool {
	return a.Resource == b.Resource && a.Unit == b.Unit && slices.Equal(a.Via, b.Via)
}

// withInstance adds a finding to the instances. Findings in variants of one resource are one instance unless they differ
// otherwise.
func withInstance(all []Instance, f Finding) []Instance {
	i := Instance{Resource: f.Resource, Message: f.Message, When: f.When, Used: f.Used, Via: f.Via, Construct: f.Construct}
	for j := range slices.Backward(all) {
		other := &all[j]
		if other.Resource != i.Resource {
			break
		}
		if other.Message == i.Message && other.Used == i.Used && slices.Equal(other.Via, i.Via) {
			other.When = source.AnyOf([]source.When{other.When, i.When}, f.Variants)
			return all
		}
	}
	return append(all, i)
}

// withRelated adds related places. Instances of one block are one place.
func withRelated(all, more []Related) []Related {
	for _, r := range more {
		key := instanceKey.ReplaceAllString(r.Message, "")
		if !slices.ContainsFunc(all, func(known Related) bool {
			return known.Range == r.Range && instanceKey.ReplaceAllString(known.Message, "") == key
		}) {
			all = append(all, r)
		}
	}
	return all
}

// union appends to some what they do not have. It leaves the array of some alone.
func union[T comparable](some, more []T) []T {
	some = slices.Clip(some)
	for _, item := range more {
		if !slices.Contains(some, item) {
			some = append(some, item)
		}
	}
	return some
}

func samePlace(a, b Finding) bool {
	return a.Rule == b.Rule && a.Range == b.Range && a.Suppressed.compare(b.Suppressed) == 0 &&
		a.Severity == b.Severity && a.Fails == b.Fails
}

// compareEnding is the order of suppressions that end soon: the first to end comes first.
func compareEnding(a, b Ending) int {
	return cmp.Or(a.Until.Compare(b.Until), a.At.Compare(b.At), cmp.Compare(a.What, b.What))
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		a.Range.Compare(b.Range),
		cmp.Compare(a.Rule, b.Rule),
		a.Suppressed.compare(b.Suppressed),
		cmp.Compare(b.Severity, a.Severity), // the worst first
		compareBool(b.Fails, a.Fails),
		cmp.Compare(a.Resource, b.Resource),
		cmp.Compare(a.Unit, b.Unit),
		slices.CompareFunc(a.Via, b.Via, source.Range.Compare),
		cmp.Compare(a.Attribute, b.Attribute),
		cmp.Compare(a.Key, b.Key),
		a.Used.Compare(b.Used),
		a.When.Compare(b.When),
		cmp.Compare(a.Message, b.Message),
	)
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func compareUndecided(a, b Undecided) int {
	return cmp.Or(
		cmp.Compare(a.Rule, b.Rule),
		a.Range.Compare(b.Range),
		cmp.Compare(a.Resource, b.Resource),
		cmp.Compare(a.Attribute, b.Attribute),
		cmp.Compare(a.Cause, b.Cause),
	)
}

// sameQuestion reports whether two are about one place: functions that inherit a SAM global,
// instances of one resource. The first stands for all.
func sameQuestion(a, b Undecided) bool {
	return a.Rule == b.Rule && a.Range == b.Range && a.Cause == b.Cause
}

func compareProblems(a, b Problem) int {
	return cmp.Or(a.Range.Compare(b.Range), cmp.Compare(a.Message, b.Message))
}

// Directive asks not to see findings. It stands in a template.
type Directive struct {
	Kind     SuppressionKind
	At       source.Range // where it is written
	Text     string       // RULE[, RULE] -- reason (until YYYY-MM-DD)
	Scope    source.Range // what it is about; zero: nothing follows it
	Resource string       // logical id of the resource whose metadata it is; empty: a comment
}

// Ignore is a directive with the rules whose findings it has suppressed.
type Ignore struct {
	Directive
	Used []string
}

// Ending is a suppression in use that ends soon.
type Ending struct {
	What  string // what it suppresses
	At    source.Range
	Until time.Time // the last day
}

// Sort puts findings into the order of a report.
func Sort(all []Finding) { slices.SortFunc(all, compareFindings) }

// joinIgnores puts together what the units say about the same directives: one that is of use in a
// unit is of use.
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
