package workspace

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"lintel/internal/check"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/policy"
)

// Plan is the units of one check, with the configurations and rules that apply to them.
type Plan struct {
	resolver *resolver
	search   Search
	files    fs.FS    // that units are searched in
	hidden   []string // directories that are left out
	ofUnits  map[deployment.Unit]*group
	units    []deployment.Unit
	problems []finding.Problem // of the search
	gaps     []finding.Gap     // of the search
	ofGaps   map[string]*group // by the path of a gap of the search

	overrides Overrides
	todo      []deployment.Unit
}

// Plan finds the units to check, and reads the configurations and rules that apply to them. The error is that a
// configuration is not valid, unless the settings are lenient.
func (w *Workspace) Plan(ctx context.Context, files fs.FS, set Settings, search Search) (*Plan, error) {
	p := &Plan{resolver: w.resolver(files, set), search: search, files: files}
	if search.Named != nil {
		if _, err := p.resolver.group(ctx, p.resolver.ofPaths(search.Named)); err != nil {
			return nil, err
		}
	}
	for {
		found := w.find(p.files, p.search.Paths, p.search.Widen)
		p.units, p.problems, p.gaps = found.Units, p.named(found), found.Gaps
		var err error
		if p.ofUnits, err = p.resolver.sort(ctx, p.units); err != nil {
			return nil, err
		}
		if p.ofGaps, err = p.resolver.sortGaps(ctx, p.gaps); err != nil {
			return nil, err
		}
		if err := p.addCovered(ctx); err != nil {
			return nil, err
		}
		hidden := p.hidden
		if search.Named != nil && !search.Tests {
			hidden = p.testsOf()
		}
		if len(hidden) == len(p.hidden) {
			break
		}
		p.hide(hidden) // units that only called what is hidden may be found now, with configurations of their own
	}
	for _, name := range search.Configs {
		p.resolver.look(ctx, name)
	}
	w.forgetRules(p.resolver.usedRules)
	return p, nil
}

// sort returns the groups of units. Invalid configurations are reported in the order of the units.
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

// Rules returns the rules that apply to some unit, and those about suppressions, by their ids.
func (p *Plan) Rules() []finding.Rule {
	all := RuleSet{Set: p.resolver.set.Rules}.All()
	for _, g := range p.order() {
		all = withRules(all, g.rules.All())
	}
	slices.SortFunc(all, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Suspect returns the id of a custom rule that may be what uses memory; empty: none may be.
func (p *Plan) Suspect() string {
	for _, g := range p.order() {
		if id := g.rules.Suspect(); id != "" {
			return id
		}
	}
	return ""
}

// Overrides are what the caller asks for. Where they say something, they win over all configurations.
type Overrides struct {
	Profile    finding.Profile           // empty: that of the configuration
	Only       []string                  // when not empty: these rules and no others, also those that a configuration skips
	Skip       []string                  // rules that do not run, besides those of the configuration
	NoIgnore   []string                  // rules that nothing may suppress, besides those of the configuration
	FailOn     *finding.Severity         // nil: that of the configuration
	Gaps       map[finding.GapCause]bool // whether gaps make a run incomplete; causes that are missing: as the configuration says
	ThirdParty *bool                     // whether findings in third-party modules are reported; nil: as the configuration says
	Framework  bool                      // report on what the CDK made for its own purposes, too
}

// selection returns the rules that run with a configuration.
func (o Overrides) selection(conf config.Config) check.Selection {
	s := check.Selection{Profile: cmp.Or(o.Profile, conf.Profile), Only: o.Only, Skip: o.Skip, Severities: conf.Severities}
	if len(o.Only) == 0 { // who asks for a rule gets it
		s.Skip = slices.Concat(o.Skip, conf.Skip)
	}
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

// Prepare takes what the caller asks for, and returns how many units have to be checked: those that a change reaches
// and those that were not checked before, or under other conditions.
func (p *Plan) Prepare(overrides Overrides, change Change) int {
	p.overrides = overrides
	for _, g := range p.resolver.groups {
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

// prepare makes a group ready to check units.
func (p *Plan) prepare(g *group) {
	set := p.resolver.set
	selection := p.overrides.selection(g.conf)
	g.checker = check.New(g.rules.Set, selection)
	g.ran = g.rules.ran(selection)
	g.failOn = p.overrides.failOn(g.conf)
	req := check.Request{FS: p.files, Values: set.Values, Today: set.Today, UnitTime: set.UnitTime, Drain: set.Drain}.Configured(g.conf)
	req.Framework = p.overrides.Framework
	req.GapFails = p.overrides.gapFails(g.conf)
	req.NoIgnore = slices.Concat(g.conf.NoIgnore, p.overrides.NoIgnore)
	if p.overrides.ThirdParty != nil {
		req.OwnCode = !*p.overrides.ThirdParty
	}
	if p.resolver.isNearest() && !p.search.Widen { // nothing in a file that others share need be of use here
		req.IgnoreWhole = g.conf.Base == "" || slices.ContainsFunc(p.search.Named, func(named string) bool { return config.Holds(named, g.conf.Base) })
	}
	g.request = req
}

func (p *Plan) basis(g *group) basis {
	return basis{g.names, g.text, g.rules.key, string(p.overrides.Profile), p.resolver.set.Today.Format(time.DateOnly)}
}

// job returns how a unit of a group is checked in a tree.
func (g *group) job(u deployment.Unit, files fs.FS) check.Job {
	req := g.request
	req.FS = files
	return check.Job{Unit: u, Checker: g.checker, Request: req}
}

// Check checks the units that Prepare has found, and returns what is known of all units then. The error is that ctx
// ended. progress is called from any goroutine after each unit; it may be nil.
func (p *Plan) Check(ctx context.Context, progress func(done, total int)) (*Outcome, error) {
	w, set := p.resolver.Workspace, p.resolver.set
	read := &readings{of: map[deployment.Unit]reading{}, files: p.files}
	jobs := make([]check.Job, len(p.todo))
	for i, u := range p.todo {
		jobs[i] = p.ofUnits[u].job(u, p.files)
		if set.Watch {
			jobs[i].Request.Read = read.note
		}
	}
	parts, err := check.Run(ctx, jobs, progress)
	for i, u := range p.todo {
		if len(parts[i].Checked) > 0 { // also when others were interrupted
			g := p.ofUnits[u]
			w.units[u] = &Unit{
				Config: g.conf, Functions: read.of[u].functions,
				report: parts[i], basis: p.basis(g), files: filesOf(parts[i]), stamps: read.of[u].stamps,
			}
		}
	}
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(w.units, func(u deployment.Unit, _ *Unit) bool { return p.ofUnits[u] == nil })
	o := &Outcome{plan: p, Units: maps.Clone(w.units), byRoot: map[string]*group{}}
	for u, g := range p.ofUnits {
		o.byRoot[u.Root] = g
	}
	parts = make([]finding.Report, len(p.units))
	for i, u := range p.units {
		parts[i] = w.units[u].report
	}
	o.Report = p.together(p.order(), p.units, parts, p.ofUnits, finding.Report{Problems: p.problems, Gaps: p.judgedGaps()})
	p.addUndeclared(&o.Report)
	p.addConfigurations(&o.Report)
	return o, nil
}

// judgedGaps returns the gaps of the search with the decision whether they fail.
func (p *Plan) judgedGaps() []finding.Gap {
	gaps := slices.Clone(p.gaps)
	for i := range gaps {
		gaps[i].Fails = p.ofGaps[gaps[i].Range.Path].request.GapFails(gaps[i].Cause)
	}
	return gaps
}

// filesOf returns the files that were read for a unit.
func filesOf(part finding.Report) map[string]bool {
	files := map[string]bool{}
	for _, checked := range part.Checked {
		for _, name := range checked.Files {
			files[path.Clean(name)] = true
		}
	}
	return files
}

// addConfigurations adds to the report of a whole run what is to be known of its configurations and custom rules.
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
		if g.conf.File != nil && !slices.Contains(report.Configs, g.conf.File.Path) {
			report.Configs = append(report.Configs, g.conf.File.Path)
		}
	}
	slices.Sort(report.Configs)
	report.Problems = slices.Concat(p.resolver.broken, refused, report.Problems)
	report.Notes = append(report.Notes, p.resolver.notes...)
}

// Run checks what is at some paths of a tree by settings that are known to be valid: Plan, Prepare and Check in one.
func Run(ctx context.Context, files fs.FS, set Settings, paths []string, overrides Overrides) (finding.Report, error) {
	o, err := Once(ctx, files, set, paths, overrides)
	if err != nil {
		return finding.Report{}, err
	}
	return o.Report, nil
}

// Once is Run for who checks again.
func Once(ctx context.Context, files fs.FS, set Settings, paths []string, overrides Overrides) (*Outcome, error) {
	p, err := New().Plan(ctx, files, set, Search{Paths: paths})
	if err != nil {
		return nil, err
	}
	p.Prepare(overrides, Change{})
	return p.Check(ctx, nil)
}

// Inputs returns what the rules see of each unit at some paths of a tree, unmasked, and the problems of the search for
// them. It is for tests of rules.
func Inputs(ctx context.Context, files fs.FS, set Settings, paths []string) ([]check.Input, []finding.Problem, error) {
	if set.Rules == nil {
		set.Rules = &policy.Set{} // none has to run
	}
	p, err := New().Plan(ctx, files, set, Search{Paths: paths})
	if err != nil {
		return nil, nil, err
	}
	p.Prepare(Overrides{}, Change{})
	inputs, err := check.Inputs(ctx, p.jobs())
	return inputs, p.problems, err
}

// RulesAt returns the rules that apply at some paths, for who looks them up and checks nothing. What is wrong with
// their configuration is not reported.
func (w *Workspace) RulesAt(ctx context.Context, files fs.FS, set Settings, paths []string) RuleSet {
	r := w.resolver(files, set)
	g := &group{names: r.ofPaths(paths)}
	r.loadRules(ctx, g)
	return g.rules
}

// Views passes what the rules see of each unit to show, after the problems and gaps of the search for units.
func (p *Plan) Views(ctx context.Context, search func([]finding.Problem, []finding.Gap) error, show func(check.View) error) error {
	if err := search(p.problems, p.gaps); err != nil {
		return err
	}
	return check.Views(ctx, p.jobs(), show)
}

func (p *Plan) jobs() []check.Job {
	jobs := make([]check.Job, len(p.units))
	for i, u := range p.units {
		jobs[i] = p.ofUnits[u].job(u, p.files)
	}
	return jobs
}

// reading is what a front end that stays has to know of a unit.
type reading struct {
	stamps    map[string]stamp
	functions []Function
}

// readings note what is read for units.
type readings struct {
	files fs.FS
	mu    sync.Mutex
	of    map[deployment.Unit]reading
}

func (r *readings) note(u deployment.Unit, parsed deployment.Parsed) {
	stamps := make(map[string]stamp, len(parsed.Files))
	for name := range parsed.Files {
		stamps[path.Clean(name)] = stampOf(r.files, name)
	}
	functions := functionsOf(parsed)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.of[u] = reading{stamps, functions}
}
