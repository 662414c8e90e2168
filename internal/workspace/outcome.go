package workspace

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"slices"

	"lintel/internal/check"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/suppress"
	"lintel/parsers"
)

// Outcome is the result of a check. It is immutable and, except for Before, safe for concurrent use.
type Outcome struct {
	Report finding.Report
	Units  map[deployment.Unit]*Unit

	plan   *Plan
	byRoot map[string]*group
}

// Reading returns the units that read a file, in a fixed order.
func (o *Outcome) Reading(name string) []deployment.Unit {
	var all []deployment.Unit
	for u, known := range o.Units {
		if known.Reads(name) {
			all = append(all, u)
		}
	}
	slices.SortFunc(all, func(a, b deployment.Unit) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Kind, b.Kind))
	})
	return all
}

// Recheck checks the units with the given roots in an edited tree, with the same settings. Package fix uses it to test
// edits. It ignores units that were not checked before.
func (o *Outcome) Recheck(ctx context.Context, files fs.FS, roots []string) (finding.Report, error) {
	if o.plan == nil {
		return finding.Report{}, ctx.Err() // no units to check
	}
	units, problems := parsers.Named(files, roots)
	of := map[deployment.Unit]*group{}
	units = slices.DeleteFunc(units, func(u deployment.Unit) bool {
		of[u] = o.byRoot[u.Root]
		return of[u] == nil
	})
	return o.plan.elsewhere(ctx, files, units, of, problems)
}

// View returns the masked input of the rules for a unit in a tree.
func (o *Outcome) View(ctx context.Context, files fs.FS, u deployment.Unit) check.View {
	return check.Look(ctx, o.plan.ofUnits[u].job(u, files))
}

// Before checks the given paths in the tree before the change, each unit with the configuration that applies to the
// change there. The error is that of ctx or of an invalid configuration.
func (o *Outcome) Before(ctx context.Context, paths []string) (finding.Report, error) {
	p := o.plan
	base := p.resolver.set.Base.FS
	units, problems := parsers.Find(base, paths)
	of, err := p.resolver.sort(ctx, units)
	if err != nil {
		return finding.Report{}, err
	}
	for _, g := range of {
		if g.checker == nil { // the unit was removed
			p.prepare(g)
		}
	}
	return p.elsewhere(ctx, base, units, of, problems)
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

// elsewhere checks units in another tree, where unused patterns of configurations are not reported.
func (p *Plan) elsewhere(ctx context.Context, files fs.FS, units []deployment.Unit, of map[deployment.Unit]*group, problems []finding.Problem) (finding.Report, error) {
	jobs := make([]check.Job, len(units))
	for i, u := range units {
		jobs[i] = of[u].job(u, files)
	}
	parts, err := check.Run(ctx, jobs, nil)
	if err != nil {
		return finding.Report{}, err
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
	return p.together(groups, units, parts, here, problems), nil
}

// together combines the reports on units of several groups.
func (p *Plan) together(groups []*group, units []deployment.Unit, parts []finding.Report, of map[deployment.Unit]*group, problems []finding.Problem) finding.Report {
	others := check.Others{Incomplete: len(problems) > 0, Used: map[finding.Directive][]string{}}
	inGroup := map[*group][]finding.Report{}
	for i, part := range parts {
		others.Incomplete = others.Incomplete || len(part.Problems) > 0
		for _, ignore := range part.Ignores {
			others.Used[ignore.Directive] = append(others.Used[ignore.Directive], ignore.Used...)
		}
		inGroup[of[units[i]]] = append(inGroup[of[units[i]]], part)
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
	return finding.Join(rules, append(wholes, finding.Report{Problems: problems}))
}
