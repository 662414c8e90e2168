package workspace

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/internal/suppress"
	"lintel/parsers"
)

// narrow removes the units from the plan that a change does not reach: what they report is the same in the tree before it.
// All units stay if something applies to them that the change may edit, such as a configuration. The error is that of ctx.
func (p *Plan) narrow(ctx context.Context) error {
	if p.index == nil || p.search.Widen || p.namesValues() || p.resolver.isReconfigured {
		return nil
	}
	base := p.resolver.set.Base
	changed, err := p.changed(ctx)
	if err != nil || slices.ContainsFunc(changed, p.isForAll) {
		return ctx.Err() // a change that is unknown can reach everything
	}
	reach := p.index.Reach(ctx, p.files, base.FS, slices.DeleteFunc(changed, p.isForNone))
	if reach.IsWhole {
		return ctx.Err()
	}
	searched := map[deployment.Unit]bool{}
	for _, u := range p.found.Units {
		searched[u] = true
	}
	p.reach, p.unreached = &reach, map[deployment.Unit]bool{}
	p.units = slices.DeleteFunc(slices.Clone(p.units), func(u deployment.Unit) bool {
		if searched[u] && reach.Before[u] && !reach.Units[u] {
			p.unreached[u] = true
		}
		return p.unreached[u]
	})
	return ctx.Err()
}

// changed returns the changed files, if a base or the caller names them. The caller owns the result.
func (p *Plan) changed(ctx context.Context) ([]string, error) {
	switch base := p.resolver.set.Base; {
	case p.search.Widen:
		return slices.Clone(p.search.Paths), nil
	case base == nil || base.Changed == nil:
		return nil, nil
	case p.changes == nil:
		changes, err := base.Changed(ctx)
		if err != nil {
			return nil, err
		}
		p.changes = append([]string{}, changes...)
	}
	return slices.Clone(p.changes), nil
}

// isForNone reports whether no unit reads a changed file.
func (p *Plan) isForNone(name string) bool {
	return config.IsName(name) || slices.ContainsFunc(p.hidden, func(dir string) bool { return source.Holds(dir, name) })
}

// namesValues reports whether values of variables or parameters are set by names that some unit must declare.
func (p *Plan) namesValues() bool {
	values := p.resolver.set.Values
	return len(values.Variables)+len(values.Parameters) > 0 ||
		slices.ContainsFunc(p.order(), func(g *group) bool { return len(g.conf.Vars)+len(g.conf.Params) > 0 })
}

// isForAll reports whether a changed file can reach units whatever they contain: values of all units, a custom rule, and a file in a
// directory that no search looks into.
func (p *Plan) isForAll(name string) bool {
	if slices.Contains(p.resolver.set.Values.VarFiles, name) || slices.ContainsFunc(strings.Split(name, "/"), Skips) {
		return true
	}
	return slices.ContainsFunc(p.order(), func(g *group) bool {
		return slices.Contains(g.conf.VarFiles, name) ||
			slices.ContainsFunc(g.rules.folders, func(folder policy.Folder) bool { return source.Holds(folder.Shown, name) })
	})
}

// Sharing returns an outcome in place of this one that includes the units that the change does not reach and that new findings may be
// about, too; nil: there are none. Only with those that read the file of a finding is it whole, and a suppression is unused only if
// everything was checked. The error is that of ctx.
func (o *Outcome) Sharing(ctx context.Context, found []finding.Finding) (*Outcome, error) {
	p := o.plan
	if p == nil || len(p.unreached) == 0 {
		return nil, nil //nolint:nilnil // documented
	}
	var files []string
	isUnused := false
	for i := range found {
		if found[i].Suppressed == nil {
			files = append(files, found[i].Range.Path)
			isUnused = isUnused || found[i].Rule == suppress.Unused
		}
	}
	var reading []deployment.Unit
	switch {
	case isUnused:
		reading = slices.Collect(maps.Keys(p.unreached))
	case len(files) > 0:
		reading = p.reach.Reading(ctx, p.files, files)
	}
	var more []deployment.Unit
	for _, u := range reading { // in any order: they are sorted
		if p.unreached[u] {
			more = append(more, u)
			delete(p.unreached, u)
		}
	}
	if len(more) == 0 || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	p.units = append(p.units, more...)
	slices.SortFunc(p.units, deployment.Unit.Compare)
	p.Prepare(p.overrides, Change{})
	return p.Check(ctx, nil)
}

// searchBefore searches paths in the tree before the change, and adds the units that the change reaches there and that are not units
// afterwards.
func (p *Plan) searchBefore(ctx context.Context, base fs.FS, paths []string) parsers.Found {
	if p.reach == nil {
		return parsers.SearchWithin(ctx, base, paths)
	}
	found := p.reach.SearchBefore(ctx, base, paths)
	isFound := map[deployment.Unit]bool{}
	for _, u := range found.Units {
		isFound[u] = true
	}
	for u := range p.reach.Units { // any order: they are sorted
		if p.reach.Before[u] && p.ofUnits[u] == nil && !isFound[u] {
			found.Units = append(found.Units, u)
		}
	}
	slices.SortFunc(found.Units, deployment.Unit.Compare)
	return found
}

// isSameBefore reports whether a unit before the change reports the same afterwards, so that it is not checked, or is beside what is
// checked.
func (p *Plan) isSameBefore(u deployment.Unit) bool {
	return p.unreached[u] || p.reach != nil && p.ofUnits[u] == nil && !p.reach.Units[u]
}
