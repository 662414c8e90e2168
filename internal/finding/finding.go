// Package finding defines rules, findings, problems and the report that contains them. It only defines data: it neither
// evaluates rules nor prints.
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

// Finding is a violation of a rule at one location.
type Finding struct {
	source.Place
	Rule      string
	Severity  Severity
	Message   string
	Key       string      // distinguishes several causes at one attribute; empty: the attribute has one cause
	Unit      string      // root of its unit
	Of        string      // root of the other unit that declares the resource, which Unit refers to; empty: Unit
	Node      Node        // node of the model that the rule reported
	Set       string      // correct value, if the rule computes one
	Unsafe    string      // risk of the fix in this case; empty: the risk that the rule declares
	Related   []Related   // locations that explain it: the policy statement, its role, the functions with the role
	Secret    bool        // the text at Range is a secret and is never printed
	Instances []Instance  // all resources at the location, Resource first; nil before Join
	Uses      source.Uses // other references to values of the resource in the unit, for edits

	Fingerprint string       // stable identity, set by Identify; empty before
	Identities  []Identity   // identities of all instances and units; Fingerprint is that of the first
	Suppressed  *Suppression // nil: not suppressed
	Fails       bool         // reaches the severity that fails the run, by the configuration of its unit
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

// Fact returns the message without the name of its resource, to compare it with that of other findings.
func (f Finding) Fact() string { return fact(f.Message, f.Resource) }

// instanceKey matches the parts of a Terraform address that differ between instances of one block.
var instanceKey = regexp.MustCompile(`\[(\d+|"(\\.|[^"\\])*")\]|\bmodule\.[\w-]+`)

// fact is a message without the name of its resource.
func fact(message, resource string) string {
	if resource != "" {
		message = strings.ReplaceAll(message, resource, "\x00")
	}
	return instanceKey.ReplaceAllString(message, "")
}

// Node is a location in the model, for code that edits the corresponding text.
type Node struct {
	Collection string // functions, roles, …
	Path       string // attribute names from the resource, without keys and indices: environment/variables; empty: the resource
	Item       bool   // an element of the list or map at Path
	Written    bool   // the attribute is written at Range; otherwise it is missing and Range is that of its parent
}

// Related is a location that explains a finding, other than its own and module calls (Range, Via and Through). It is
// not part of the identity of the finding: its message can change without changing the fingerprint.
type Related struct {
	Range   source.Range
	Message string // noun phrase without a capital letter or a full stop: the role aws_iam_role.api
	Step    int    // number of the step of a path that the finding reports, from 1; 0: it is no step
}

// maxRelated limits the related locations of a merged finding.
const maxRelated = 20

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
// that merges.
func Join(rules []Rule, parts []Report) Report {
	all := Concat(rules, parts)
	all.Findings = merge(all.Findings)
	return all
}

// Concat combines the reports on several units without merging their findings.
func Concat(rules []Rule, parts []Report) Report {
	all := Report{Rules: rules, Files: source.Files{}}
	for _, part := range parts {
		all.Findings = append(all.Findings, part.Findings...)
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

// merge returns one finding for each rule, place, severity and suppression, with the resources that share it as
// instances, in a total order.
func merge(all []Finding) []Finding {
	sorted := withoutSeenElsewhere(all)
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

// withoutSeenElsewhere returns the findings without those in a resource that a unit reports that refers to it: that unit shows
// more of what the resource is for.
func withoutSeenElsewhere(all []Finding) []Finding {
	type seen struct {
		rule, unit, resource string
		at                   source.Range
	}
	elsewhere := map[seen]bool{}
	for _, f := range all {
		if f.Of != "" {
			elsewhere[seen{f.Rule, f.Of, f.Resource, f.Range}] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(f Finding) bool {
		return f.Of == "" && elsewhere[seen{f.Rule, f.Unit, f.Resource, f.Range}]
	})
}

// one merges sorted findings at one location.
func one(same []Finding) Finding {
	whole := same[0]
	whole.Instances, whole.Identities, whole.Related, whole.Via = nil, nil, nil, nil
	var whens []source.When // one per resource
	var instances instances
	known := map[Identity]bool{}
	for len(same) > 0 {
		n := 0
		var variants []source.When
		for ; n < len(same) && sameResource(same[n], same[0]); n++ {
			f := same[n]
			for _, id := range f.Identities {
				if !known[id] {
					known[id] = true
					whole.Identities = append(whole.Identities, id)
				}
			}
			whole.Related = withRelated(whole.Related, f.Related)
			whole.Via = union(whole.Via, f.Via)
			variants = append(variants, f.When)
			if f.Written != whole.Written {
				whole.Written = source.Range{} // the value is written in several places, so none can be edited
			}
			whole.Unsafe = cmp.Or(whole.Unsafe, f.Unsafe)
			instances.add(f)
		}
		whens = append(whens, source.AnyOf(variants, same[0].Variants))
		same = same[n:]
	}
	whole.Related = whole.Related[:min(len(whole.Related), maxRelated)]
	whole.When = source.AnyOf(whens, 0)
	for i, when := range instances.whens {
		instances.all[i].When = source.AnyOf(when, instances.variants[i])
	}
	whole.Instances = instances.all
	return whole
}

func sameResource(a, b Finding) bool {
	return a.Resource == b.Resource && a.Unit == b.Unit && slices.Equal(a.Via, b.Via)
}

// instances gathers the instances of a finding.
type instances struct {
	all      []Instance
	whens    [][]source.When // of the findings of each
	variants []int           // of the resource of each
}

// add adds a finding. Findings in variants of one resource are one instance unless they differ otherwise.
func (s *instances) add(f Finding) {
	i := Instance{Resource: f.Resource, Message: f.Message, Used: f.Used, Via: f.Via, Construct: f.Construct}
	for j, other := range slices.Backward(s.all) {
		if other.Resource != i.Resource {
			break
		}
		if other.Message == i.Message && other.Used == i.Used && slices.Equal(other.Via, i.Via) {
			s.whens[j] = append(s.whens[j], f.When)
			return
		}
	}
	s.all, s.whens, s.variants = append(s.all, i), append(s.whens, []source.When{f.When}), append(s.variants, f.Variants)
}

// withRelated adds related places. Instances of one block are one place. Of several paths it keeps the first.
func withRelated(all, more []Related) []Related {
	hasPath := slices.ContainsFunc(all, func(r Related) bool { return r.Step > 0 })
	for _, r := range more {
		if r.Step > 0 {
			if !hasPath {
				all = append(all, r)
			}
			continue
		}
		key := instanceKey.ReplaceAllString(r.Message, "")
		if !slices.ContainsFunc(all, func(known Related) bool {
			return known.Range == r.Range && instanceKey.ReplaceAllString(known.Message, "") == key
		}) {
			all = append(all, r)
		}
	}
	return all
}

// union appends the missing elements of more to some. It does not modify the array of some.
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

// compareEnding orders suppressions by expiry date.
func compareEnding(a, b Ending) int {
	return cmp.Or(a.Until.Compare(b.Until), a.At.Compare(b.At), cmp.Compare(a.What, b.What))
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		a.Range.Compare(b.Range),
		cmp.Compare(a.Rule, b.Rule),
		a.Suppressed.compare(b.Suppressed),
		cmp.Compare(b.Severity, a.Severity), // highest first
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

// Sort sorts findings in the order of a report.
func Sort(all []Finding) { slices.SortFunc(all, compareFindings) }

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
