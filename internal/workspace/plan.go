package workspace

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lintel/internal/check"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/parsers"
)

// Plan contains the units of a check and the configurations and rules that apply to them.
type Plan struct {
	resolver *resolver
	search   Search
	files    fs.FS    // tree to search for units
	hidden   []string // excluded directories
	ofUnits  map[deployment.Unit]*group
	units    []deployment.Unit
	problems []finding.Problem // of the search
	gaps     []finding.Gap     // of the search
	places   source.Files      // with places of these
	ofGaps   map[string]*group // by the path of a gap of the search

	changes   []string                 // files that differ from the base; nil: not asked for yet
	index     *parsers.Index           // of the tree; nil: not needed
	reach     *parsers.Reach           // of the change; nil: it reaches all units
	unreached map[deployment.Unit]bool // units that the change does not reach, which are not in units

	overrides Overrides
	todo      []deployment.Unit

	found      parsers.Found // result of the search
	isChecking atomic.Bool   // Check runs: no other search of the workspace does
}

// Plan finds the units to check and reads the configurations and rules that apply to them. The error is that of an
// invalid configuration, unless the settings are lenient, or that of ctx.
func (w *Workspace) Plan(ctx context.Context, files fs.FS, set Settings, search Search) (*Plan, error) {
	p := &Plan{resolver: w.resolver(files, set), search: search}
	p.files = p.resolver.withArtifacts(p.resolver.now)
	if set.Base != nil && set.Base.Changed != nil {
		p.index = parsers.NewIndex()
	}
	if search.Named != nil {
		if _, err := p.resolver.group(ctx, p.resolver.ofPaths(search.Named)); err != nil {
			return nil, err
		}
	}
	skipped, err := p.findUnits(ctx, w)
	if err != nil {
		return nil, err
	}
	if search.Named == nil && search.Widen {
		p.leaveOut(p.testsOf(search.Paths))
	}
	if err := p.addSkipped(ctx, skipped); err != nil {
		return nil, err
	}
	for _, name := range search.Configs {
		p.resolver.look(ctx, name)
	}
	if err := p.narrow(ctx); err != nil {
		return nil, err
	}
	if err := p.addCovered(ctx); err != nil {
		return nil, err
	}
	w.forgetRules(p.resolver.usedRules)
	return p, nil
}

// findUnits searches for the units, without the test templates of the custom rules that apply to what is found.
func (p *Plan) findUnits(ctx context.Context, w *Workspace) (parsers.Skipped, error) {
	for {
		found, err := w.find(ctx, p.files, p.search.Paths, p.search.Widen, p.index)
		if err != nil {
			return parsers.Skipped{}, err
		}
		if err := p.take(ctx, found); err != nil {
			return parsers.Skipped{}, err
		}
		if p.search.Named == nil || p.search.Tests {
			return found.Skipped, nil
		}
		hidden := p.testsOf(p.search.Named)
		if len(hidden) == len(p.hidden) {
			return found.Skipped, nil
		}
		p.hide(hidden) // units that only hidden files called are now roots, maybe with their own configurations
	}
}

// take makes the result of a search that of the plan, each unit and gap with its group.
func (p *Plan) take(ctx context.Context, found parsers.Found) (err error) {
	p.found = found
	p.units, p.problems, p.gaps, p.places = found.Units, p.named(found), found.Gaps, found.Files
	if p.ofUnits, err = p.resolver.sort(ctx, p.units); err != nil {
		return err
	}
	p.ofGaps, err = p.resolver.sortGaps(ctx, p.gaps)
	return err
}

// sort assigns the units to groups. It reports invalid configurations in the order of the units.
func (r *resolver) sort(ctx context.Context, units []deployment.Unit) (map[deployment.Unit]*group, error) {
	of := make(map[deployment.Unit]*group, len(units))
	for _, u := range units {
		g, err := r.group(ctx, r.at(dirOf(u)))
		if err != nil {
			return nil, err
		}
		of[u] = g
	}
	return of, nil
}

// sortGaps returns the groups of the gaps of a search, by their paths.
func (r *resolver) sortGaps(ctx context.Context, gaps []finding.Gap) (map[string]*group, error) {
	of := make(map[string]*group, len(gaps))
	for _, gap := range gaps {
		g, err := r.group(ctx, r.at(path.Dir(gap.Range.Path)))
		if err != nil {
			return nil, err
		}
		of[gap.Range.Path] = g
	}
	return of, nil
}

// order returns the groups in a fixed order.
func (p *Plan) order() []*group {
	return slices.SortedFunc(maps.Values(p.resolver.groups), func(a, b *group) int { return a.compare(b.names) })
}

// Rules returns the rules that apply to any unit and the rules about suppressions, sorted by id.
func (p *Plan) Rules() []finding.Rule {
	all := RuleSet{Set: p.resolver.set.Rules}.All()
	for _, g := range p.order() {
		all = withRules(all, g.rules.All())
	}
	slices.SortFunc(all, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Suspect returns the id of a custom rule that may cause high memory use, or "".
func (p *Plan) Suspect() string {
	for _, g := range p.order() {
		if id := g.rules.Suspect(); id != "" {
			return id
		}
	}
	return ""
}

// Overrides are settings of the caller that take precedence over all configurations.
type Overrides struct {
	Profile    finding.Profile           // empty: use the configuration
	Only       []string                  // if not empty: only these rules, even if a configuration skips them
	Extend     []string                  // rules to run in addition to the profile, even if a configuration skips them
	Skip       []string                  // rules to skip, in addition to the configuration
	NoIgnore   []string                  // rules that nothing may suppress, in addition to the configuration
	FailOn     *finding.Severity         // nil: use the configuration
	Gaps       map[finding.GapCause]bool // whether gaps make a run incomplete; missing causes: use the configuration
	ThirdParty *bool                     // report findings in third-party modules; nil: use the configuration
	Framework  bool                      // report findings in resources that the CDK generates for its own purposes
}

// selection returns the rules that run with a configuration.
func (o Overrides) selection(conf config.Config) check.Selection {
	s := check.Selection{Profile: cmp.Or(o.Profile, conf.Profile), Skip: o.Skip, Severities: conf.Severities}
	if len(o.Only) > 0 { // an explicitly selected rule runs in any profile
		s.Only = slices.Concat(o.Only, o.Extend)
		return s
	}
	s.Extend = slices.Concat(o.Extend, conf.Extend)
	s.Skip = slices.Concat(o.Skip, slices.DeleteFunc(slices.Clone(conf.Skip), func(id string) bool { return slices.Contains(o.Extend, id) }))
	return s
}

// gapFails returns whether gaps make a run incomplete with a configuration.
func (o Overrides) gapFails(conf config.Config) func(finding.GapCause) bool {
	return func(cause finding.GapCause) bool {
		if fails, ok := o.Gaps[cause]; ok {
			return fails
		}
		return conf.Gaps[cause]
	}
}

// failOn returns the lowest severity that fails a run with a configuration.
func (o Overrides) failOn(conf config.Config) finding.Severity {
	if o.FailOn != nil {
		return *o.FailOn
	}
	if severity, ok := finding.ParseSeverity(conf.FailOn); ok {
		return severity
	}
	return finding.Low
}

// Prepare applies overrides and returns the number of units to check: those that a change affects, and those that were
// not checked before with the same settings.
func (p *Plan) Prepare(overrides Overrides, change Change) int {
	p.overrides = overrides
	for _, g := range p.resolver.groups { // any order: each is prepared by itself
		p.prepare(g)
	}
	near := p.resolver.near(p.files, change)
	p.todo = nil
	for _, u := range p.units {
		g := p.ofUnits[u]
		known := p.resolver.units[u]
		if known == nil || known.basis != p.basis(g) || known.reachedBy(change) || slices.Contains(near, u) {
			p.todo = append(p.todo, u)
		}
	}
	return len(p.todo)
}

// prepare creates the checker and the request of a group.
func (p *Plan) prepare(g *group) {
	set := p.resolver.set
	selection := p.overrides.selection(g.conf)
	g.checker = check.New(g.rules.Set, selection)
	g.ran = g.rules.ran(selection)
	g.failOn = p.overrides.failOn(g.conf)
	req := check.Request{FS: p.files, Values: valuesWith(g.conf, set.Values), Today: set.Today, UnitTime: set.UnitTime, Drain: set.Drain}.Configured(g.conf)
	req.Framework = p.overrides.Framework
	req.GapFails = p.overrides.gapFails(g.conf)
	req.NoIgnore = slices.Concat(g.conf.NoIgnore, p.overrides.NoIgnore)
	if p.overrides.ThirdParty != nil {
		req.OwnCode = !*p.overrides.ThirdParty
	}
	if p.resolver.isNearest() && !p.search.Widen && len(p.unreached) == 0 { // with a shared configuration, unused suppressions can apply to units outside of this run
		req.IgnoreWhole = g.conf.Base == "" || slices.ContainsFunc(p.search.Named, func(named string) bool { return source.Holds(named, g.conf.Base) })
	}
	g.request = req
}

func (p *Plan) basis(g *group) basis {
	return basis{g.names, g.text, g.rules.key, string(p.overrides.Profile), p.resolver.set.Today.Format(time.DateOnly)}
}

// job returns the job for a unit of a group in a tree with a repository.
func (g *group) job(u deployment.Unit, files fs.FS, repository *parsers.Repository) check.Job {
	req := g.request
	req.FS, req.Repository = files, repository
	return check.Job{Unit: u, Checker: g.checker, Request: req}
}

// Check checks the units that Prepare selected and returns the results of all units. The error is that of ctx. Check
// calls progress, which may be nil, from any goroutine after each unit.
func (p *Plan) Check(ctx context.Context, progress func(done, total int)) (*Outcome, error) {
	w, set := p.resolver.Workspace, p.resolver.set
	read := &readings{of: map[deployment.Unit]reading{}, files: p.files}
	jobs := make([]check.Job, len(p.todo))
	readBy := make([]*reads, len(p.todo))
	repository := p.repository(ctx, set.Base == nil)
	p.isChecking.Store(true)
	defer p.isChecking.Store(false)
	for i, u := range p.todo {
		files := p.files
		if set.Base != nil {
			readBy[i] = readsOf(files)
			files = readBy[i]
		}
		jobs[i] = p.ofUnits[u].job(u, files, repository)
		if set.Watch {
			jobs[i].Request.Read = read.note
		}
	}
	parts, err := check.Run(ctx, jobs, progress)
	for i, u := range p.todo {
		if len(parts[i].Checked) > 0 && (err == nil || !repository.Asks(u)) { // keep finished units even if ctx ended, which may have ended the search for others
			g := p.ofUnits[u]
			w.units[u] = &Unit{
				Config: g.conf, Functions: read.of[u].functions, Resources: read.of[u].resources,
				report: parts[i], basis: p.basis(g), files: filesOf(parts[i]), stamps: read.of[u].stamps, reads: readBy[i].unlessAsking(repository, u),
			}
		}
	}
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(w.units, func(u deployment.Unit, _ *Unit) bool { return p.ofUnits[u] == nil })
	o := &Outcome{plan: p, repository: repository, Units: maps.Clone(w.units), byRoot: groupsOfRoots(p.ofUnits)}
	parts = p.parts()
	o.Report = p.together(p.order(), p.units, parts, p.ofUnits, finding.Report{Problems: p.problems, Gaps: withoutRead(p.judgedGaps(), parts), Files: p.places})
	o.Report.Unreached = len(p.unreached)
	if n := o.Report.Framework; n > 0 {
		p.resolver.note(fmt.Sprintf("findings in resources that the CDK generates for its own purposes, which are not reported: %d; --framework reports them", n))
	}
	p.addUndeclared(&o.Report)
	p.addUndeclaredIn(&o.Report)
	p.addConfigurations(&o.Report)
	return o, nil
}

// parts returns the reports on all units. Those of a check that runs once are released with the result, unless the tree before
// a change can reuse them.
func (p *Plan) parts() []finding.Report {
	set := p.resolver.set
	parts := make([]finding.Report, len(p.units))
	for i, u := range p.units {
		unit := p.resolver.units[u]
		parts[i] = p.asked(u, unit.report)
		if set.Once && set.Base == nil {
			unit.release()
		}
	}
	return parts
}

// judgedGaps returns the gaps of the search with the decision whether they fail.
func (p *Plan) judgedGaps() []finding.Gap {
	gaps := slices.Clone(p.gaps)
	for i := range gaps {
		gaps[i].Fails = p.ofGaps[gaps[i].Range.Path].request.GapFails(gaps[i].Cause)
	}
	return gaps
}

// asked returns the part of a report that the paths of the search ask for: of a root module elsewhere, which calls a
// module at one of the paths, only what has a place in that. A path with the values of the unit asks for all of it.
func (p *Plan) asked(u deployment.Unit, report finding.Report) finding.Report {
	if p.search.Widen || u.Kind != deployment.TerraformModule {
		return report
	}
	var dirs []string
	for _, name := range p.search.Paths {
		name = path.Clean(name)
		if source.SyntaxOf(name).IsModule() {
			name = path.Dir(name)
		}
		dirs = append(dirs, name)
	}
	within := func(name string) bool {
		return slices.ContainsFunc(dirs, func(dir string) bool { return source.Holds(dir, name) })
	}
	if within(u.Root) || u.Environment.File != "" && within(u.Environment.File) {
		return report
	}
	elsewhere := func(place source.Place) bool {
		for r := range place.Ranges() {
			if within(r.Path) {
				return false
			}
		}
		return true
	}
	report.Findings = slices.DeleteFunc(slices.Clone(report.Findings), func(f finding.Finding) bool { return elsewhere(f.Place) })
	report.Undecided = slices.DeleteFunc(slices.Clone(report.Undecided), func(q finding.Undecided) bool { return elsewhere(q.Place) })
	report.Problems = slices.DeleteFunc(slices.Clone(report.Problems), func(problem finding.Problem) bool { return !within(problem.Range.Path) })
	report.Gaps = slices.DeleteFunc(slices.Clone(report.Gaps), func(gap finding.Gap) bool { return !within(gap.Range.Path) })
	return report
}

// filesOf returns the files that a unit reads.
func filesOf(part finding.Report) map[string]bool {
	files := map[string]bool{}
	for _, checked := range part.Checked {
		for _, name := range checked.Files {
			files[path.Clean(name)] = true
		}
	}
	return files
}

// addConfigurations adds problems, notes and paths of configurations and custom rules to the report of a whole run.
func (p *Plan) addConfigurations(report *finding.Report) {
	var refused []finding.Problem
	for _, g := range p.order() {
		for _, problem := range g.rules.Refused.Problems {
			if !slices.Contains(refused, problem) {
				refused = append(refused, problem)
			}
			if file := g.rules.Refused.Files[problem.Range.Path]; file != nil {
				report.Files[problem.Range.Path] = file
			}
		}
		for _, file := range g.conf.Files() {
			if !slices.Contains(report.Configs, file.Path) {
				report.Configs = append(report.Configs, file.Path)
			}
		}
	}
	slices.Sort(report.Configs)
	report.Problems = slices.Concat(p.resolver.broken, refused, report.Problems)
	report.Notes = append(report.Notes, p.resolver.notes...)
}

// Run runs Plan, Prepare and Check for paths in a tree. The settings must be valid.
func Run(ctx context.Context, files fs.FS, set Settings, paths []string, overrides Overrides) (finding.Report, error) {
	o, err := Once(ctx, files, set, paths, overrides)
	if err != nil {
		return finding.Report{}, err
	}
	return o.Report, nil
}

// Once is Run for callers that recheck: it returns the outcome.
func Once(ctx context.Context, files fs.FS, set Settings, paths []string, overrides Overrides) (*Outcome, error) {
	p, err := New().Plan(ctx, files, set, Search{Paths: paths})
	if err != nil {
		return nil, err
	}
	p.Prepare(overrides, Change{})
	return p.Check(ctx, nil)
}

// Inputs returns the unmasked policy input of each unit at paths of a tree and the problems of the search, for tests of
// rules.
func Inputs(ctx context.Context, files fs.FS, set Settings, paths []string) ([]check.Input, []finding.Problem, error) {
	if set.Rules == nil {
		set.Rules = &policy.Set{} // no rule needs to run
	}
	p, err := New().Plan(ctx, files, set, Search{Paths: paths})
	if err != nil {
		return nil, nil, err
	}
	p.Prepare(Overrides{}, Change{})
	inputs, err := check.Inputs(ctx, p.jobs(ctx))
	return inputs, p.problems, err
}

// RulesAt returns the rules that apply at paths of a tree, for commands that check nothing. It does not report invalid
// configurations, but artifacts that cannot be read, whose rules are missing.
func (w *Workspace) RulesAt(ctx context.Context, files fs.FS, set Settings, paths []string) RuleSet {
	r := w.resolver(files, set)
	g := &group{names: r.ofPaths(paths)}
	r.loadRules(ctx, g)
	g.rules.Refused.Problems = slices.Concat(g.rules.Refused.Problems, r.unreadable(g.now))
	return g.rules
}

// Unsearched returns the problems and gaps of the search for units.
func (p *Plan) Unsearched() ([]finding.Problem, []finding.Gap) { return p.problems, p.gaps }

// Views passes what the rules see of each unit to show, after the problems and gaps of the search for units.
func (p *Plan) Views(ctx context.Context, search func([]finding.Problem, []finding.Gap) error, show func(check.View) error) error {
	return p.views(ctx, p.jobs(ctx), search, show)
}

// Declared is Views without what package access derives for rules.
func (p *Plan) Declared(ctx context.Context, search func([]finding.Problem, []finding.Gap) error, show func(check.View) error) error {
	return p.views(ctx, declared(p.jobs(ctx)), search, show)
}

func (p *Plan) views(ctx context.Context, jobs []check.Job, search func([]finding.Problem, []finding.Gap) error, show func(check.View) error) error {
	if err := search(p.problems, p.gaps); err != nil {
		return err
	}
	return check.Views(ctx, jobs, show)
}

// declared makes the views of jobs contain only what templates declare.
func declared(jobs []check.Job) []check.Job {
	for i := range jobs {
		jobs[i].Request.Declared = true
	}
	return jobs
}

func (p *Plan) jobs(ctx context.Context) []check.Job {
	repository := p.repository(ctx, true)
	jobs := make([]check.Job, len(p.units))
	for i, u := range p.units {
		jobs[i] = p.ofUnits[u].job(u, p.files, repository)
	}
	return jobs
}

// reading is the data about a unit that a language server keeps.
type reading struct {
	stamps    map[string]stamp
	functions []Function
	resources []Resource
}

// readings collects the data of units as they are parsed.
type readings struct {
	files fs.FS
	mu    sync.Mutex
	of    map[deployment.Unit]reading
}

func (r *readings) note(u deployment.Unit, parsed deployment.Parsed) {
	stamps := make(map[string]stamp, len(parsed.Files))
	for name := range parsed.Files { // any order: it fills a map
		stamps[path.Clean(name)] = stampOf(r.files, name)
	}
	functions, resources := functionsOf(parsed), resourcesOf(parsed)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.of[u] = reading{stamps, functions, resources}
}
