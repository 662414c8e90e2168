package workspace

import (
	"context"
	"io/fs"
	"maps"
	"slices"

	"lintel/internal/check"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/suppress"
	"lintel/parsers"
)

// Outcome is the result of a check. It is immutable and, except for Before, safe for concurrent use.
type Outcome struct {
	Report finding.Report
	Units  map[deployment.Unit]*Unit

	plan       *Plan
	byRoot     map[string]*group
	repository *parsers.Repository
}

// Reading returns the units that read a file, in a fixed order.
func (o *Outcome) Reading(name string) []deployment.Unit {
	var all []deployment.Unit
	for u, known := range o.Units {
		if known.Reads(name) {
			all = append(all, u)
		}
	}
	slices.SortFunc(all, deployment.Unit.Compare)
	return all
}

// Recheck checks the units with the given roots in an edited tree, with the same settings. It is the only way to re-check: fix.Apply
// uses it to test edits. It ignores units that were not checked before.
func (o *Outcome) Recheck(ctx context.Context, files fs.FS, roots []string) (finding.Report, error) {
	if o.plan == nil {
		return finding.Report{}, ctx.Err() // no units to check
	}
	files = o.plan.resolver.edited(files)
	units, problems := parsers.Named(files, roots, slices.Collect(maps.Keys(o.Units)))
	of := map[deployment.Unit]*group{}
	units = slices.DeleteFunc(units, func(u deployment.Unit) bool {
		of[u] = o.byRoot[u.Root]
		return of[u] == nil
	})
	return o.plan.elsewhere(ctx, o.repository.Edited(ctx, files), files, units, of, nil, finding.Report{Problems: problems})
}

// View returns the masked input of the rules for a unit in a tree.
func (o *Outcome) View(ctx context.Context, files fs.FS, u deployment.Unit) check.View {
	files = o.plan.resolver.edited(files)
	return check.Look(ctx, o.plan.ofUnits[u].job(u, files, o.repository.Edited(ctx, files)))
}

// Before checks the given paths in the tree before the change, each unit with the configuration that applies to the
// change there. The error is that of ctx or of an invalid configuration.
func (o *Outcome) Before(ctx context.Context, paths []string) (finding.Report, error) {
	p := o.plan
	base := p.resolver.set.Base.FS
	found := p.searchBefore(ctx, base, paths)
	if err := ctx.Err(); err != nil {
		return finding.Report{}, err
	}
	tests := p.testsBefore()
	whole := slices.DeleteFunc(found.Units, func(u deployment.Unit) bool {
		return slices.ContainsFunc(tests, func(dir string) bool { return source.Holds(dir, u.Root) })
	})
	units := slices.DeleteFunc(slices.Clone(whole), p.isSameBefore)
	of, err := p.resolver.sort(ctx, units)
	if err != nil {
		return finding.Report{}, err
	}
	for _, g := range of { // any order: each is prepared by itself
		if g.checker == nil { // the unit was removed
			p.prepare(g)
		}
	}
	repository := p.repositoryIn(ctx, base, of, true, func(ctx context.Context) parsers.Found {
		if slices.Contains(paths, ".") {
			all := found
			all.Units = whole
			return all
		}
		return parsers.Whole(ctx, base, nil)
	})
	return p.elsewhere(ctx, repository, base, units, of, p.reusable(base, units, of), finding.Report{
		Problems: found.Problems,
		Gaps:     slices.Concat(found.Gaps, parsers.OutputGaps(found.Skipped, func(string) bool { return true })), // git has the whole base
	})
}

// Ran reports whether a rule ran for the unit with a root, or no longer exists. For a unit that was not checked, it
// reports whether the rule ran for any unit.
func (o *Outcome) Ran(root, rule string) bool {
	if g := o.byRoot[root]; g != nil {
		return g.ran(rule)
	}
	return slices.ContainsFunc(o.plan.order(), func(g *group) bool { return g.ran != nil && g.ran(rule) })
}

// Files returns the checked tree.
func (o *Outcome) Files() fs.FS { return o.plan.files }

// Paths returns the paths of the search for units.
func (o *Outcome) Paths() []string { return o.plan.search.Paths }

// elsewhere checks units in another tree, except those with a known report. Patterns of configurations need not be of
// use there.
func (p *Plan) elsewhere(ctx context.Context, repository *parsers.Repository, files fs.FS, units []deployment.Unit, of map[deployment.Unit]*group, known map[deployment.Unit]finding.Report, search finding.Report) (finding.Report, error) {
	var jobs []check.Job
	var unknown []int // indices of the units of jobs
	parts := make([]finding.Report, len(units))
	for i, u := range units {
		if report, ok := known[u]; ok {
			parts[i] = report
			continue
		}
		jobs, unknown = append(jobs, of[u].job(u, files, repository)), append(unknown, i)
	}
	checked, err := check.Run(ctx, jobs, nil)
	if err != nil {
		return finding.Report{}, err
	}
	for i, part := range checked {
		parts[unknown[i]] = part
	}
	copies := map[*group]*group{}
	here := map[deployment.Unit]*group{}
	for _, u := range units {
		g := of[u]
		if copies[g] == nil {
			c := *g
			c.request.IgnoreWhole = false
			copies[g] = &c
		}
		here[u] = copies[g]
	}
	groups := slices.SortedFunc(maps.Values(copies), func(a, b *group) int { return a.compare(b.names) })
	return p.together(groups, units, parts, here, search), nil
}

// together returns the report on units of several groups. search has the problems and gaps of the search for them.
func (p *Plan) together(groups []*group, units []deployment.Unit, parts []finding.Report, of map[deployment.Unit]*group, search finding.Report) finding.Report {
	others := check.Others{Incomplete: len(search.Problems) > 0 || hidesValues(search.Gaps), Unseen: map[string]bool{}, Used: map[finding.Directive][]string{}}
	inGroup := map[*group][]finding.Report{}
	ofRoots := groupsOfRoots(of)
	for i, part := range parts {
		others.Incomplete = others.Incomplete || len(part.Problems) > 0
		if len(part.Gaps) > 0 {
			for _, checked := range part.Checked {
				for _, name := range checked.Files {
					others.Unseen[name] = true
				}
			}
		}
		for _, ignore := range part.Ignores {
			others.Used[ignore.Directive] = append(others.Used[ignore.Directive], ignore.Used...)
		}
		for g, share := range shares(part, of[units[i]], ofRoots) { // any order: each group has reports of its own
			inGroup[g] = append(inGroup[g], share)
		}
	}
	wholes := make([]finding.Report, 0, len(groups)+1)
	var rules []finding.Rule
	for _, g := range groups {
		whole := g.checker.Whole(g.request, inGroup[g], others)
		for i := range whole.Findings {
			whole.Findings[i].Fails = whole.Findings[i].Severity >= g.failOn
		}
		rules = withRules(rules, whole.Rules)
		wholes = append(wholes, whole)
	}
	if len(groups) == 0 {
		rules = append(p.resolver.set.Rules.Rules(), suppress.Rules()...)
	}
	return finding.Join(rules, append(wholes, search))
}

// groupsOfRoots returns the groups of units by the roots of the units, which have one group each.
func groupsOfRoots(of map[deployment.Unit]*group) map[string]*group {
	roots := make(map[string]*group, len(of))
	for u, g := range of { // any order: units with one root have one group
		roots[u.Root] = g
	}
	return roots
}

// shares splits the report on a unit of a group: the settings of another group apply to findings in the resources of its units.
func shares(part finding.Report, own *group, ofRoots map[string]*group) map[*group]finding.Report {
	all := map[*group]finding.Report{}
	other := func(f finding.Finding) *group {
		if g := ofRoots[f.Of]; f.Of != "" && g != nil && g != own {
			return g
		}
		return nil
	}
	for _, f := range part.Findings {
		if g := other(f); g != nil && g.ran(f.Rule) {
			share := all[g]
			share.Files = part.Files
			share.Findings = append(share.Findings, f)
			all[g] = share
		}
	}
	if isOther := func(f finding.Finding) bool { return other(f) != nil }; slices.ContainsFunc(part.Findings, isOther) {
		part.Findings = slices.DeleteFunc(slices.Clone(part.Findings), isOther)
	}
	all[own] = part
	return all
}

// hidesValues reports whether gaps of a search hide values of modules that are checked. The others have files of their
// own.
func hidesValues(gaps []finding.Gap) bool {
	return slices.ContainsFunc(gaps, func(g finding.Gap) bool { return g.Cause == finding.GapTerragrunt })
}
