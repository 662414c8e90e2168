// Package suppress applies suppressions to findings, and reports suppressions without a reason,
// without an effect, or with an end date that is missing or too late.
package suppress

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// request is a parsed directive.
type request struct {
	rules  []string
	reason string    // empty: none is given
	until  time.Time // the last day; zero: no end
	broken string    // an end that is no date
}

var ending = regexp.MustCompile(`\s*\(until\s+([^)]*)\)\s*$`)

// parse reads RULE[, RULE] -- reason (until YYYY-MM-DD).
func parse(text string) request {
	names, reason, _ := strings.Cut(text+" ", " -- ")
	var r request
	if m := ending.FindStringSubmatch(names); m != nil { // an end without a reason
		reason += " " + m[0]
		names = ending.ReplaceAllString(names, "")
	}
	for name := range strings.FieldsFuncSeq(names, func(c rune) bool { return c == ',' || c == ' ' || c == '\t' }) {
		if !slices.ContainsFunc(r.rules, func(known string) bool { return strings.EqualFold(known, name) }) {
			r.rules = append(r.rules, name)
		}
	}
	if m := ending.FindStringSubmatch(reason); m != nil {
		var err error
		if r.until, err = time.Parse(time.DateOnly, strings.TrimSpace(m[1])); err != nil {
			r.broken = m[1]
		}
		reason = ending.ReplaceAllString(reason, "")
	}
	r.reason = strings.TrimSpace(reason)
	return r
}

// Options configures suppressions.
type Options struct {
	Today    time.Time
	Patterns []Pattern
	Base     string   // the directory that the paths of patterns are relative to; empty: the root of the run
	Never    []string // ids of rules that nothing may suppress, apart from a baseline
	MaxDays  int      // how far away the end of a directive may be; 0: it needs none
	Known    finding.IDs
	Ran      func(id string) bool // whether a rule has run
}

// never reports whether a rule may not be suppressed.
func (o Options) never(id string) bool { return slices.Contains(o.Never, id) }

// over reports whether a last day is past.
func (o Options) over(until time.Time) bool {
	return !until.IsZero() && o.Today.Format(time.DateOnly) > until.Format(time.DateOnly)
}

// Apply marks the findings that a directive or pattern suppresses, and returns the directives with the rules that each
// suppressed.
func Apply(found []finding.Finding, directives []finding.Directive, opt Options) []finding.Ignore {
	ignores := make([]finding.Ignore, len(directives))
	near := indexOf(found, len(directives) > 0)
	for i, d := range directives {
		ignores[i] = finding.Ignore{Directive: d, Used: opt.directive(d, found, near)}
	}
	for _, p := range opt.Patterns {
		if opt.over(p.Until) {
			continue
		}
		for j := range found {
			if f := &found[j]; f.Suppressed == nil && p.matches(*f, opt.Base) && !opt.never(f.Rule) {
				f.Suppressed = &finding.Suppression{Kind: finding.ByPath, Reason: p.Reason, Until: p.Until}
			}
		}
	}
	return ignores
}

// directive marks the findings that a directive suppresses and returns their rules.
func (o Options) directive(d finding.Directive, found []finding.Finding, near index) (used []string) {
	r := parse(d.Text)
	if !r.works(o) {
		return nil
	}
	rules := slices.DeleteFunc(r.ids(o), o.never)
	for _, j := range near.covered(d, rules) {
		f := &found[j]
		if !slices.Contains(used, f.Rule) {
			used = append(used, f.Rule)
		}
		if f.Suppressed == nil {
			f.Suppressed = &finding.Suppression{Kind: d.Kind, Reason: r.reason, Until: r.until, Range: d.At}
		}
	}
	return used
}

// ids are the rules that a request names, without those that do not exist.
func (r request) ids(o Options) (ids []string) {
	for _, name := range r.rules {
		if id, ok := o.Known.Resolve(name); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// works reports whether a request has an effect: it has a reason, its time is not over, and is not
// longer than is allowed.
func (r request) works(o Options) bool {
	return r.reason != "" && r.broken == "" && !o.over(r.until) && !o.tooLong(r.until)
}

// tooLong reports whether a last day is further away than is allowed, or is missing although it must
// be there.
func (o Options) tooLong(until time.Time) bool {
	return o.MaxDays > 0 && (until.IsZero() || until.After(o.latest()))
}

// latest is the last day that an end may be on.
func (o Options) latest() time.Time { return dayOf(o.Today).AddDate(0, 0, o.MaxDays) }

// Ids of the rules about directives.
const (
	WithoutReason = "ignore-without-reason"
	UnknownRule   = "ignore-unknown-rule"
	Expired       = "ignore-expired"
	Unused        = "ignore-unused"
)

// Judge returns what is wrong with directives. complete says that everything could be checked: only
// then is one without effect of no use.
func Judge(ignores []finding.Ignore, opt Options, complete bool) []finding.Finding {
	j := judge{Options: opt, complete: complete, guesses: map[string]string{}}
	for _, ignore := range ignores {
		r := parse(ignore.Text)
		j.whole(ignore, r)
		for _, id := range r.rules {
			j.rule(ignore, r, id)
		}
	}
	finding.Identify(j.found, finding.Names{})
	return j.found
}

type judge struct {
	Options
	complete bool
	found    []finding.Finding
	guesses  map[string]string // what unknown ids may have been meant to be
}

// maxGuesses is how many unknown ids get a guess: each is compared with all rules.
const maxGuesses = 100

// guess returns the end of a message about an unknown rule ID: the most similar one.
func (j *judge) guess(id string) string {
	text, ok := j.guesses[id]
	if !ok && len(j.guesses) < maxGuesses {
		text = fmt.Sprintf("; did you mean %s?", nearest(id, j.Known.All()))
		j.guesses[id] = text
	}
	return text
}

// say adds a finding about a directive. names are the rules of the directive that it is about.
func (j *judge) say(about finding.Ignore, names []string, rule, format string, args ...any) {
	j.found = append(j.found, finding.Finding{
		Rule: rule, Key: about.Resource + " " + strings.Join(names, " "), Severity: finding.Low, Message: fmt.Sprintf(format, args...), Place: source.Place{Range: about.At}, Unit: about.At.Path,
	})
}

// whole checks the reason and the end date of a directive.
func (j *judge) whole(ignore finding.Ignore, r request) {
	if len(r.rules) == 0 {
		j.say(ignore, r.rules, UnknownRule, "the suppression has no rule ID")
	}
	switch {
	case r.reason == "":
		j.say(ignore, r.rules, WithoutReason, "%s has no effect: there is no reason after \"--\"", suppressionOf(r.rules))
	case r.broken != "":
		j.say(ignore, r.rules, Expired, "%s has no effect: %q is not a date (YYYY-MM-DD)", suppressionOf(r.rules), r.broken)
	case j.over(r.until):
		j.say(ignore, r.rules, Expired, "%s has no effect: it expired after %s", suppressionOf(r.rules), r.until.Format(time.DateOnly))
	case j.tooLong(r.until):
		end := "it has no end date"
		if !r.until.IsZero() {
			end = "it ends on " + r.until.Format(time.DateOnly)
		}
		j.say(ignore, r.rules, Expired, "%s has no effect: %s, and the latest end date allowed is %s (%d days from today)",
			suppressionOf(r.rules), end, j.latest().Format(time.DateOnly), j.MaxDays)
	}
}

// rule checks one rule ID of a directive.
func (j *judge) rule(ignore finding.Ignore, r request, name string) {
	id, ok := j.Known.Resolve(name)
	switch {
	case isOwn(name):
		j.say(ignore, []string{name}, Unused, "%s has no effect: rules about suppressions cannot be suppressed", suppressionOf([]string{name}))
	case !ok:
		j.say(ignore, []string{name}, UnknownRule, "unknown rule %s%s", name, j.guess(name))
	case r.works(j.Options) && j.never(id):
		j.say(ignore, []string{name}, Unused, "%s has no effect: the rule is listed in no-ignore", suppressionOf([]string{name}))
	case r.works(j.Options) && j.complete && j.Ran(id) && !slices.Contains(ignore.Used, id):
		j.say(ignore, []string{name}, Unused, "%s is unused: the rule has no finding here", suppressionOf([]string{name}))
	}
}

// isOwn reports whether a name is the ID of a rule that checks suppressions.
func isOwn(name string) bool {
	return slices.Contains([]string{WithoutReason, UnknownRule, Expired, Unused}, strings.ToLower(name))
}

// suppressionOf is the subject of a message about a suppression.
func suppressionOf(rules []string) string {
	if len(rules) == 0 {
		return "suppression"
	}
	return "suppression of " + strings.Join(rules, ", ")
}

func nearest(id string, known []string) string {
	best, distance := "", -1
	for _, candidate := range known {
		if d := levenshtein.ComputeDistance(id, candidate); distance < 0 || d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// Names are the rules that the text of a directive names, as they are written.
func Names(text string) []string { return parse(text).rules }
