// Package check is the engine: it reads units, has the rules evaluate them and suppresses what is to be
// suppressed. It does not know where configurations come from: package workspace does, and is its caller.
package check

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"lintel/internal/address"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/internal/suppress"
	"lintel/parsers"
)

// Checker judges trees by a set of rules. It is safe for concurrent use.
type Checker struct {
	policies  *policy.Set
	selection Selection
	former    map[string][]string // ids that rules had before, by those that they have

	known func() finding.IDs // of the rules; made when something is suppressed
}

// New makes a checker that runs the selected rules of a set.
func New(policies *policy.Set, selection Selection) *Checker {
	rules := policies.Rules()
	c := &Checker{
		policies: policies, selection: selection, former: map[string][]string{},
		known: sync.OnceValue(func() finding.IDs { return finding.IDsOf(rules) }),
	}
	for _, r := range rules {
		if len(r.Aliases) > 0 {
			c.former[r.ID] = r.Aliases
		}
	}
	return c
}

// Selection says which rules run.
type Selection struct {
	Profile finding.Profile // empty: the default profile
	Only    []string        // when not empty: these rules and no others, whatever the profile
	Skip    []string        // rules that do not run

	Severities map[string]finding.Severity // of rules by their ids, in place of their own
}

// Enabled reports whether a rule is selected.
func (s Selection) Enabled(r finding.Rule) bool {
	if slices.Contains(s.Skip, r.ID) {
		return false
	}
	if len(s.Only) > 0 {
		return slices.Contains(s.Only, r.ID)
	}
	profile := s.Profile
	if profile == "" {
		profile = finding.Default
	}
	return profile.Includes(r.Profile)
}

// Request says how units with one configuration are checked.
type Request struct {
	FS              fs.FS              // rooted where all paths start; os.Root in production, a map in tests
	Values          deployment.Options // variables and workspace
	TrustedAccounts []string           // AWS accounts that may be let in, as 12 digits

	Ignore        []suppress.Pattern // what the configuration keeps out
	IgnoreFile    *source.File       // the configuration, for its places; nil only without Ignore
	IgnoreBase    string             // the folder that its paths are relative to; empty: the root
	IgnoreWhole   bool               // the run checks everything that Ignore can be about
	NoIgnore      []string           // ids of rules that nothing may suppress, apart from a baseline
	MaxIgnoreDays int                // how far away the end of a suppression in a template may be; 0: it needs none

	OwnCode   bool          // leave out what is found in the code of modules that others wrote
	Framework bool          // report on what the CDK made for its own purposes, too
	Today     time.Time     // for end-of-support dates; never the clock inside
	UnitTime  time.Duration // how long one unit may take; 0: DefaultUnitTime

	Drain bool // when ctx ends, wait for what is computing: who runs again at once must not leave more and more behind

	GapFails func(finding.GapCause) bool // whether a gap makes the run incomplete; nil: none does

	Read func(u deployment.Unit, parsed deployment.Parsed) // called from any goroutine with what was read of a unit; nil: nobody looks
}

// Configured is the request with what a configuration says about findings.
func (r Request) Configured(conf config.Config) Request {
	r.TrustedAccounts = conf.TrustedAccounts
	r.Ignore, r.IgnoreFile, r.IgnoreBase = conf.Ignore, conf.File, conf.Base
	r.NoIgnore, r.MaxIgnoreDays = conf.NoIgnore, conf.MaxIgnoreDays
	r.OwnCode = conf.NoThirdParty
	return r
}

// facts are what the rules know besides the stack.
func (r Request) facts() model.Facts {
	return model.Facts{Today: r.Today, TrustedAccounts: r.TrustedAccounts}
}

// Job is one unit with what it is checked by.
type Job struct {
	Unit    deployment.Unit
	Checker *Checker
	Request Request
}

// Run checks units and returns a report for each. What could not be checked is in their problems; the error is that
// ctx ended, and then the reports of the units that were not done are zero. progress is called from any goroutine
// after each unit; it may be nil.
func Run(ctx context.Context, jobs []Job, progress func(done, total int)) ([]finding.Report, error) {
	parts := make([]finding.Report, len(jobs))
	each(ctx, len(jobs), progress, func(i int) {
		part := jobs[i].Checker.unit(ctx, jobs[i].Request, jobs[i].Unit)
		if ctx.Err() == nil {
			parts[i] = part
		}
	})
	return parts, ctx.Err()
}

// Others is what a report on units with one configuration depends on besides these units.
type Others struct {
	Incomplete bool                           // something in the run could not be checked
	Unseen     map[string]bool                // files of units with gaps, which may hide findings in them
	Used       map[finding.Directive][]string // rules whose findings directives suppress in any unit of the run
}

// Whole returns the report on units with one configuration, of the reports on each of them. Its findings
// are not merged: finding.Join merges those of a run.
func (c *Checker) Whole(req Request, parts []finding.Report, others Others) finding.Report {
	report := finding.Concat(append(c.policies.Rules(), suppress.Rules()...), parts)
	for i := range report.Ignores {
		if used, ok := others.Used[report.Ignores[i].Directive]; ok {
			report.Ignores[i].Used = used
		}
	}
	c.aboutDirectives(&report, req, others)
	c.selection.override(&report)
	finding.Sort(report.Findings)
	return report
}

// suppression says what may be suppressed.
func (c *Checker) suppression(req Request) suppress.Options {
	opt := suppress.Options{
		Today: req.Today, Patterns: req.Ignore, Base: req.IgnoreBase, Never: req.NoIgnore, MaxDays: req.MaxIgnoreDays,
		Known: c.known(),
	}
	ran := map[string]bool{}
	for _, r := range c.policies.Rules() {
		ran[r.ID] = c.selection.Enabled(r)
	}
	opt.Ran = func(id string) bool { return ran[id] }
	return opt
}

// aboutDirectives adds the findings about the suppressions of a run, by the rules that are enabled, and the suppressions
// that end soon. One is unused only if everything that it can be about was checked.
func (c *Checker) aboutDirectives(report *finding.Report, req Request, others Others) {
	if len(report.Ignores) == 0 && len(req.Ignore) == 0 {
		return
	}
	opt := c.suppression(req)
	var seen, unseen []finding.Ignore
	for _, ignore := range report.Ignores {
		if others.Unseen[ignore.At.Path] {
			unseen = append(unseen, ignore)
		} else {
			seen = append(seen, ignore)
		}
	}
	found := append(suppress.Judge(seen, opt, !others.Incomplete), suppress.Judge(unseen, opt, false)...)
	report.Ending = suppress.Soon(*report, req.IgnoreFile, opt)
	if len(req.Ignore) > 0 {
		found = append(found, suppress.JudgePatterns(req.IgnoreFile, report.Findings, opt, !others.Incomplete && len(others.Unseen) == 0 && req.IgnoreWhole)...)
		report.Files[req.IgnoreFile.Path] = req.IgnoreFile
	}
	enabled := map[string]bool{}
	for _, r := range suppress.Rules() {
		enabled[r.ID] = c.selection.Enabled(r)
	}
	found = slices.DeleteFunc(found, func(f finding.Finding) bool { return !enabled[f.Rule] })
	report.Findings = append(report.Findings, found...)
}

// override gives the rules and findings of a run the severities that the configuration sets.
func (s Selection) override(report *finding.Report) {
	for i, r := range report.Rules {
		report.Rules[i].Severity = s.severity(r.ID, r.Severity)
	}
	for i, f := range report.Findings {
		report.Findings[i].Severity = s.severity(f.Rule, f.Severity)
	}
}

func (s Selection) severity(rule string, own finding.Severity) finding.Severity {
	if severity, ok := s.Severities[rule]; ok {
		return severity
	}
	return own
}

// DefaultUnitTime is how long one unit may take. Real ones take milliseconds; a hostile one
// must not hold up the rest.
const DefaultUnitTime = 30 * time.Second

// unit checks one unit, within its time. When the time is over the others go on; what is still
// computing is left behind.
func (c *Checker) unit(ctx context.Context, req Request, u deployment.Unit) finding.Report {
	limit := cmp.Or(req.UnitTime, DefaultUnitTime)
	caller := ctx
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	done := make(chan finding.Report, 1)
	go func() { done <- c.guarded(ctx, req, u) }()
	select {
	case report := <-done:
		return report
	case <-ctx.Done():
		if req.Drain && caller.Err() != nil {
			select {
			case <-done:
			case <-time.After(limit):
			}
		}
		return unchecked(u, fmt.Sprintf("it takes more than %s", limit))
	}
}

// unchecked is the report on a unit of which nothing is known.
func unchecked(u deployment.Unit, why string) finding.Report {
	p := finding.Problem{Message: why + "; nothing in it is checked"}
	p.Range.Path = u.Root
	return finding.Report{Problems: []finding.Problem{p}, Units: 1, Checked: []finding.Checked{{Root: u.Root}}}
}

// guarded checks one unit. A panic in it becomes its problem, and the other units go on.
func (c *Checker) guarded(ctx context.Context, req Request, u deployment.Unit) (report finding.Report) {
	defer func() {
		if cause := recover(); cause != nil {
			report = unchecked(u, fmt.Sprintf("lintel failed on it (%v): please report this", cause))
		}
	}()
	parsed := parsers.Parse(ctx, req.FS, u, req.Values)
	if req.Read != nil {
		req.Read(u, parsed)
	}
	judgement := c.policies.Evaluate(ctx, parsed.Stack, u.Root, req.facts(), c.selection.Enabled)
	if !req.Framework {
		judgement.Findings = slices.DeleteFunc(judgement.Findings, func(f finding.Finding) bool { return f.Framework })
	}
	if req.OwnCode {
		judgement.Findings = slices.DeleteFunc(judgement.Findings, func(f finding.Finding) bool { return f.Foreign })
	}
	for i := range judgement.Findings {
		judgement.Findings[i].Unit, judgement.Findings[i].Uses = u.Root, parsed.Uses
	}
	finding.Identify(judgement.Findings, finding.Names{
		Oldest: func(present string) string { return address.Oldest(parsed.Moves, present) },
		Former: c.former,
	})
	report = finding.Report{
		Findings:  judgement.Findings,
		Undecided: judgement.Undecided,
		Hidden:    judgement.Hidden,
		Problems:  append(parsed.Problems, judgement.Problems...),
		Gaps:      req.judged(parsed.Gaps),
		Units:     1,
		Templates: len(parsed.Files),
		Functions: countFunctions(parsed.Stack),
	}
	if parsed.IsOther {
		report.Units, report.Templates = 0, 0
	}
	if directives := parsers.Directives(parsed.Files); len(directives)+len(req.Ignore) > 0 {
		report.Ignores = suppress.Apply(report.Findings, directives, c.suppression(req))
	}
	report.Checked = []finding.Checked{{
		Root: u.Root, Whole: len(report.Problems)+len(report.Gaps) == 0, Files: slices.Sorted(maps.Keys(parsed.Files)), Declared: parsed.Declared,
	}}
	report.Files = mentioned(report, parsed.Files)
	return report
}

// judged returns gaps with the decision whether they fail.
func (r Request) judged(gaps []finding.Gap) []finding.Gap {
	for i := range gaps {
		gaps[i].Fails = r.GapFails != nil && r.GapFails(gaps[i].Cause)
	}
	return gaps
}

// countFunctions counts functions, not their variants.
func countFunctions(s *model.Stack) int {
	ids := map[string]bool{}
	for i := range s.Functions {
		ids[s.Functions[i].ID] = true
	}
	return len(ids)
}

// mentioned returns the files that the report needs to show a place, so that a large tree is
// not kept in memory.
func mentioned(report finding.Report, files source.Files) source.Files {
	kept := source.Files{}
	keep := func(r source.Range) {
		if file, ok := files[r.Path]; ok {
			kept[r.Path] = file
		}
	}
	for _, f := range report.Findings {
		for r := range f.Ranges() {
			keep(r)
		}
		for _, related := range f.Related {
			keep(related.Range)
		}
	}
	for _, ignore := range report.Ignores {
		keep(ignore.At)
	}
	for _, u := range report.Undecided {
		keep(u.Range)
	}
	for _, p := range report.Problems {
		keep(p.Range)
	}
	for _, g := range report.Gaps {
		keep(g.Range)
	}
	return kept
}

// each calls do for the numbers below n, as many at a time as there are processors. Every call has its
// own index, so the result does not depend on the order in which they end.
func each(ctx context.Context, n int, progress func(done, total int), do func(i int)) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	done := make(chan struct{}, n)
	for i := range n {
		group.Go(func() error {
			if ctx.Err() == nil {
				do(i)
			}
			done <- struct{}{}
			if progress != nil {
				progress(len(done), n)
			}
			return nil
		})
	}
	_ = group.Wait() // the functions return no errors
}
