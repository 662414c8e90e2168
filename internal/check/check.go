// Package check is the engine: it parses units, evaluates the rules and applies suppressions. Its caller, package
// workspace, finds the configurations.
package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unique"

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

// Checker checks units with a set of rules. It is safe for concurrent use.
type Checker struct {
	policies  *policy.Set
	selection Selection
	former    map[string][]string // former ids of rules, by current id

	known func() finding.IDs // names of the rules; computed when a directive is first resolved
}

// New returns a checker that runs the selected rules of a set.
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

// Selection selects the rules that run.
type Selection struct {
	Profile finding.Profile // empty: the default profile
	Only    []string        // if not empty: only these rules, whatever the profile
	Extend  []string        // rules to run in addition to the profile
	Skip    []string        // rules to skip, which takes precedence

	Severities map[string]finding.Severity // severities of rules, by id, that replace the default ones
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
	return profile.Includes(r.Profile) || slices.Contains(s.Extend, r.ID)
}

// Request contains the settings of the units with one configuration.
type Request struct {
	FS              fs.FS              // paths start at its root; os.Root in production, a map in tests
	Values          deployment.Options // variables, parameters and workspace
	TrustedAccounts []string           // trusted AWS accounts, 12 digits each

	Ignore        []suppress.Pattern // suppressions in the configuration
	IgnoreFile    *source.File       // the configuration, for the locations of Ignore; nil only without Ignore
	IgnoreBase    string             // directory that the patterns are relative to; empty: the root
	IgnoreWhole   bool               // the run covers everything that Ignore can match
	NoIgnore      []string           // ids of rules that only a baseline may suppress
	MaxIgnoreDays int                // maximum days until a suppression in a template expires; 0: no expiry required

	OwnCode   bool          // leave out findings in third-party modules
	Framework bool          // report findings in resources that the CDK generates for its own purposes
	Today     time.Time     // date for end-of-support dates; nothing below reads the clock
	UnitTime  time.Duration // time limit of a unit; 0: DefaultUnitTime

	Drain bool // wait for running checks when ctx ends; for callers that start again at once and would accumulate them

	GapFails func(finding.GapCause) bool // whether a gap makes the run incomplete; nil: none does

	Read func(u deployment.Unit, parsed deployment.Parsed) // called from any goroutine with the parsed unit; may be nil

	Declared bool // views contain only what templates declare, without what package access derives from it for rules

	Repository *parsers.Repository // the units that the unit may refer to; nil: none
}

// Configured returns the request with the settings of a configuration.
func (r Request) Configured(conf config.Config) Request {
	r.TrustedAccounts = conf.TrustedAccounts
	r.Ignore, r.IgnoreFile, r.IgnoreBase = conf.Ignore, conf.File, conf.Base
	r.NoIgnore, r.MaxIgnoreDays = conf.NoIgnore, conf.MaxIgnoreDays
	r.OwnCode = conf.NoThirdParty
	return r
}

// facts returns the input of the rules besides the stack.
func (r Request) facts() model.Facts {
	return model.Facts{Today: r.Today, TrustedAccounts: r.TrustedAccounts}
}

// Job is a unit with its checker and settings.
type Job struct {
	Unit    deployment.Unit
	Checker *Checker
	Request Request
}

// Run checks units and returns a report for each. Inputs that could not be checked are problems in the reports. The
// error is that of ctx; then the reports of unfinished units are zero. Run calls progress, which may be nil, from any
// goroutine after each unit.
func Run(ctx context.Context, jobs []Job, progress func(done, total int)) ([]finding.Report, error) {
	parts := make([]finding.Report, len(jobs))
	stopped := make([]bool, len(jobs))
	run := func(i int) {
		part, isStopped := jobs[i].Checker.unit(ctx, jobs[i].Request, jobs[i].Unit)
		if ctx.Err() == nil {
			parts[i], stopped[i] = part, isStopped
		}
	}
	each(ctx, len(jobs), progress, run)
	for i, again := range stopped {
		if again && ctx.Err() == nil { // alone, because another unit may have needed the memory
			run(i)
		}
	}
	return parts, ctx.Err()
}

// Others describes the rest of a run, for the report on the units with one configuration.
type Others struct {
	Incomplete bool                           // something in the run could not be checked
	Unseen     map[string]bool                // files of units with gaps, which may hide findings in them
	Used       map[finding.Directive][]string // rules that each directive suppresses in any unit of the run
}

// Whole combines the reports on units with one configuration. It does not merge their findings: finding.Join merges
// those of a run.
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

// suppression returns the options of package suppress.
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

// override applies the severities of the configuration to the rules and findings of a report.
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

// DefaultUnitTime is the time limit of a unit. Real units take milliseconds; the limit protects the other units of a
// run from a hostile one.
const DefaultUnitTime = 30 * time.Second

// unit checks one unit within its limits of time and memory. When one is exceeded, it returns and leaves the check running
// in the background.
func (c *Checker) unit(ctx context.Context, req Request, u deployment.Unit) (report finding.Report, isStopped bool) {
	limit := cmp.Or(req.UnitTime, DefaultUnitTime)
	within := deployment.Limits{Name: u.Root, Time: limit, Drain: req.Drain}
	report, _, why := deployment.Within(ctx, within, func(ctx context.Context) finding.Report { return c.guarded(ctx, req, u) })
	if why != nil {
		_, isStopped = errors.AsType[deployment.StoppedError](why)
		return unchecked(u, why.Error()), isStopped
	}
	return report, false
}

// furtherCauses matches what stands for the causes that a long list does not name.
var furtherCauses = regexp.MustCompile(`^[0-9]+ more$`)

// isNamed reports whether a cause consists of some that a gap names.
func isNamed(cause string, named []string) bool {
	last := ""
	for part := range strings.SplitSeq(cause, "; ") {
		if furtherCauses.MatchString(part) && strings.HasSuffix(last, deployment.NotDownloaded) {
			continue
		}
		last = part
		if i := strings.LastIndex(part, ": "); i >= 0 { // why, after what it prevents
			part = part[i+2:]
		}
		if _, ok := slices.BinarySearch(named, part); !ok {
			return false
		}
	}
	return true
}

// unchecked returns the report on a unit that could not be checked.
func unchecked(u deployment.Unit, why string) finding.Report {
	p := finding.Problem{Message: why + "; nothing in it was checked"}
	p.Range.Path = u.Root
	return finding.Report{Problems: []finding.Problem{p}, Units: 1, Checked: []finding.Checked{{Root: u.Root}}}
}

// guarded checks one unit. A panic becomes a problem of the unit and does not affect the others.
func (c *Checker) guarded(ctx context.Context, req Request, u deployment.Unit) (report finding.Report) {
	defer func() {
		if cause := recover(); cause != nil {
			report = unchecked(u, fmt.Sprintf("lintel failed with an internal error (%v); please report it", cause))
		}
	}()
	parsed := req.parse(ctx, u)
	if req.Read != nil {
		req.Read(u, parsed)
	}
	if c.policies.Reads("paths", c.selection.Enabled) {
		parsed.Problems = append(parsed.Problems, req.derive(u, parsed)...)
	}
	judgement := c.policies.Evaluate(ctx, parsed.Stack, u.Root, req.facts(), c.selection.Enabled)
	left := 0
	if !req.Framework {
		before := len(judgement.Findings)
		judgement.Findings = slices.DeleteFunc(judgement.Findings, func(f finding.Finding) bool { return f.Framework })
		left = before - len(judgement.Findings)
	}
	if req.OwnCode {
		judgement.Findings = slices.DeleteFunc(judgement.Findings, func(f finding.Finding) bool { return f.ThirdParty })
	}
	for i := range judgement.Findings {
		f := &judgement.Findings[i]
		f.Unit, f.Uses = u.Root, parsed.Uses
		f.Message = unique.Make(f.Message).Value() // the units of a tree repeat each other
	}
	finding.Identify(judgement.Findings, finding.Names{Oldest: address.NewHistory(parsed.Moves).Oldest, Former: c.former})
	judgement.Undecided = slices.DeleteFunc(judgement.Undecided, func(x finding.Undecided) bool { return isNamed(x.Cause, parsed.Missing) })
	report = finding.Report{
		Findings:  slices.Clone(judgement.Findings), // without the room for more: it is kept until the end of the run
		Undecided: judgement.Undecided,
		Hidden:    concealed(parsed, judgement.Hidden),
		Problems:  append(parsed.Problems, judgement.Problems...),
		Gaps:      req.judged(parsed.Gaps),
		Framework: left,
		Units:     1,
		Templates: len(parsed.Files) - parsed.Joined,
		Functions: countFunctions(parsed.Stack),
	}
	if c.policies.Reads("sources", c.selection.Enabled) {
		report.Unread = unread(parsed.Stack)
	}
	if parsed.IsOther {
		report.Units, report.Templates = 0, 0
	}
	if u.IsFurther() { // the first reading counts
		report.Units, report.Templates, report.Functions, report.Framework = 0, 0, 0, 0
	}
	directives, problems := limited(parsers.Directives(parsed.Files))
	report.Problems = append(report.Problems, problems...)
	if len(directives)+len(req.Ignore) > 0 {
		report.Ignores = suppress.Apply(report.Findings, directives, c.suppression(req))
	}
	report.Checked = []finding.Checked{{
		Root: u.Root, Whole: len(report.Problems)+len(report.Gaps) == 0, Files: slices.Sorted(maps.Keys(parsed.Files)), Declared: parsed.Declared,
	}}
	report.Files = mentioned(report, parsed.Files)
	return report
}

// parse reads a unit with what it refers to in others.
func (r Request) parse(ctx context.Context, u deployment.Unit) deployment.Parsed {
	return r.Repository.Parse(ctx, r.FS, u, r.Values)
}

// unread returns the functions of a stack whose code the rules about code cannot judge, or only a part of it.
func unread(stack *model.Stack) []finding.Unread {
	var all []finding.Unread
	for i := range stack.Functions {
		f := &stack.Functions[i]
		if why, ok := f.Unread.Get(); ok {
			all = append(all, finding.Unread{Place: source.Place{Range: f.Unread.At, Resource: f.ID}, Cause: why})
		}
		for _, code := range f.Source.Targets() {
			if why := stack.Sources[code].Incomplete(); why != "" {
				all = append(all, finding.Unread{Place: source.Place{Range: stack.Sources[code].At, Resource: f.ID}, Cause: why, Partly: true})
			}
		}
	}
	return all
}

// maxDirectives is the limit of the suppressions in the files of a unit. Each that suppresses nothing is a finding.
const maxDirectives = 10_000

// limited returns the suppressions of a unit within the limit, and a problem if there are more.
func limited(directives []finding.Directive) ([]finding.Directive, []finding.Problem) {
	if len(directives) <= maxDirectives {
		return directives, nil
	}
	p := finding.Problem{Range: directives[maxDirectives].At, Message: fmt.Sprintf("the unit has more than %d suppressions; this one and those that follow suppress nothing", maxDirectives)}
	return directives[:maxDirectives], []finding.Problem{p}
}

// judged returns gaps with the decision whether they fail.
func (r Request) judged(gaps []finding.Gap) []finding.Gap {
	for i := range gaps {
		gaps[i].Fails = r.GapFails != nil && r.GapFails(gaps[i].Cause)
	}
	return gaps
}

// countFunctions counts functions; variants of a function count once.
func countFunctions(s *model.Stack) int {
	ids := map[string]bool{}
	for i := range s.Functions {
		ids[s.Functions[i].ID] = true
	}
	return len(ids)
}

// mentioned returns the files that a report needs for excerpts and that a fix may edit, so that the others can
// be released.
func mentioned(report finding.Report, files source.Files) source.Files {
	kept := source.Files{}
	keep := func(r source.Range) {
		if file, ok := files[r.Path]; ok {
			kept[r.Path] = file
		}
	}
	keepFindings(report.Findings, files, keep)
	for _, ignore := range report.Ignores {
		keep(ignore.At)
	}
	for _, u := range report.Undecided {
		keep(u.Range)
	}
	for _, u := range report.Unread {
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

// keepFindings calls keep with the places that the findings of a unit refer to and with those that their fixes may edit:
// the modules of the findings, and the expressions that values come from.
func keepFindings(findings []finding.Finding, files source.Files, keep func(source.Range)) {
	if len(findings) == 0 {
		return
	}
	dirs := map[string]bool{}
	for _, f := range findings {
		for r := range f.Ranges() {
			keep(r)
		}
		for _, related := range f.Related {
			keep(related.Range)
		}
		dirs[path.Dir(f.Range.Path)] = true
	}
	for name := range files { // any order: it fills a map
		if dirs[path.Dir(name)] {
			keep(source.Range{Path: name})
		}
	}
	for _, written := range findings[0].Uses { // all findings of a unit have the same; any order: it fills a map
		keep(written)
	}
}

// each calls do for 0 to n-1, with one goroutine per processor. Each call has its own index, so that the result does
// not depend on their order.
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
