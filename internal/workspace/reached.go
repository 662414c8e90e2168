package workspace

import (
	"context"
	"io/fs"
	"slices"

	"lintel/internal/check"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

// Reached calls show with the view of each unit that a change reaches, then with those of the same units before it and of
// the units that it removes. A unit is reached if anything that it reads differs in base, the tree before the change.
// Units that Check has read are not read again to find that out. The views are those of Declared.
func (p *Plan) Reached(ctx context.Context, base fs.FS, show func(v check.View, before bool) error) error {
	same := map[string]bool{}
	var jobs []check.Job
	var readBy []*reads
	repository := p.repository(ctx, false)
	for _, u := range p.units {
		if known := p.resolver.units[u]; known != nil && known.reads != nil && known.reads.areSame(base, same) {
			continue
		}
		r := readsOf(p.files)
		jobs, readBy = append(jobs, p.ofUnits[u].job(u, r, repository)), append(readBy, r)
	}
	var roots []string
	next := 0
	err := check.Views(ctx, declared(jobs), func(v check.View) error {
		r := readBy[next]
		readBy[next] = nil
		next++
		if len(v.Problems) == 0 && !repository.Asks(v.Unit) && r.areSame(base, same) {
			return nil
		}
		if !source.IsMissing(base, v.Unit.Root) && !slices.Contains(roots, v.Unit.Root) { // several units may have one root
			roots = append(roots, v.Unit.Root)
		}
		return show(v, false)
	})
	if err != nil {
		return err
	}
	units, _ := parsers.Named(base, roots, p.units) // what was no unit before the change has no access to compare
	return p.before(ctx, base, append(units, p.removed(base)...), func(v check.View) error { return show(v, true) })
}

// before calls show with the views of units in the tree before a change.
func (p *Plan) before(ctx context.Context, base fs.FS, units []deployment.Unit, show func(check.View) error) error {
	of, err := p.resolver.sort(ctx, units)
	if err != nil {
		return err
	}
	jobs := make([]check.Job, len(units))
	repository := p.repositoryIn(ctx, base, of, true, func(ctx context.Context) parsers.Found { return parsers.Whole(ctx, base, nil) })
	for i, u := range units {
		if of[u].checker == nil {
			p.prepare(of[u])
		}
		jobs[i] = of[u].job(u, base, repository)
	}
	return check.Views(ctx, declared(jobs), show)
}

// removed returns the units below the paths of the search that a change removes.
func (p *Plan) removed(base fs.FS) []deployment.Unit {
	names := p.removedFiles(base)
	if len(names) == 0 {
		return nil
	}
	units, _ := parsers.Widen(base, names) // problems in the base do not matter here
	tests := p.testsBefore()
	return slices.DeleteFunc(units, func(u deployment.Unit) bool {
		if p.ofUnits[u] != nil || slices.ContainsFunc(tests, func(dir string) bool { return source.Holds(dir, u.Root) }) {
			return true
		}
		if source.IsMissing(p.files, u.Root) {
			return false
		}
		still, _ := parsers.Named(p.files, []string{u.Root}, nil)
		return len(still) > 0
	})
}

// removedFiles returns the files below the paths of the search that a change removes and that may be units.
func (p *Plan) removedFiles(base fs.FS) []string {
	var names []string
	add := func(name string) {
		syntax := source.SyntaxOf(name)
		if (syntax.IsModule() || syntax.MayBeTemplate()) && source.IsMissing(p.files, name) && !source.IsMissing(base, name) {
			names = append(names, name)
		}
	}
	visit := func(name string, entry fs.DirEntry, err error) {
		if err == nil && entry != nil && entry.Type().IsRegular() {
			add(name)
		}
	}
	for _, root := range p.search.Paths {
		if info, err := fs.Stat(base, root); err == nil && info.IsDir() && !p.search.Widen {
			parsers.Walk(base, root, visit)
			continue
		}
		add(root)
	}
	return names
}

// DenyNew returns the classes of access that a change must not open in a unit of Plan, by its configuration.
func (p *Plan) DenyNew(u deployment.Unit) []string {
	if g := p.ofUnits[u]; g != nil {
		return g.conf.DenyNew
	}
	return nil
}

// DeniesNew reports whether a change must not open some access in any unit.
func (p *Plan) DeniesNew() bool {
	return slices.ContainsFunc(p.units, func(u deployment.Unit) bool { return len(p.DenyNew(u)) > 0 })
}

// Severity returns the severity of a rule in the unit with a root, by its configuration, and whether the rule runs there.
func (p *Plan) Severity(root string, rule finding.Rule) (finding.Severity, bool) {
	for _, u := range p.units {
		if g := p.ofUnits[u]; u.Root == root {
			if severity, ok := g.conf.Severities[rule.ID]; ok {
				return severity, g.ran(rule.ID)
			}
			return rule.Severity, g.ran(rule.ID)
		}
	}
	return rule.Severity, true
}
