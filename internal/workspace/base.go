package workspace

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"path"
	"slices"

	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

// isJudgedByBase reports whether the configurations and rules from before the change apply to it.
func (r *resolver) isJudgedByBase() bool { return r.set.Base != nil && !r.set.Base.Trust }

// judge combines the configuration of a group with that of the base: the one of the base applies, and settings of the
// change apply where they are stricter. The configuration of the base is the nearest one in the base, so that the
// change cannot loosen it by adding a nearer one or moving it.
func (r *resolver) judge(g *group, now config.Config) {
	base, err := config.Load(r.set.Base.FS, g.base, r.show(g.base), finding.IDsOf(g.rules.All()))
	if err == nil && isSame(base, now) {
		return
	}
	r.isReconfigured = true
	name := r.show(cmp.Or(changedExtended(base, now), g.changed()))
	if r.set.Base.Trust {
		r.note(name + " is changed; the new version applies (--trust-config)")
		return
	}
	r.note(name + " is changed; settings that became looser are ignored (--trust-config applies the new version)")
	if err != nil {
		r.note("the version before the change is invalid and counts as empty: " + err.Error())
	}
	g.conf = config.Strictest(base, now, g.rules.All())
}

// changed returns the path of the configuration that the change adds, edits or removes, if the configuration of a unit
// differs from that of the base.
func (n names) changed() string {
	isRemoved := len(n.base) > len(n.now) // both are ancestors of the unit, so the longer path is nearer
	if isRemoved {
		return n.base
	}
	return n.now
}

// isSame reports whether two configurations have the same paths and texts, or both do not exist.
func isSame(a, b config.Config) bool { return a.Text() == b.Text() }

// changedExtended returns the path of a file that both configurations extend and that the change edits; empty: the
// configuration itself is changed.
func changedExtended(base, now config.Config) string {
	if base.File == nil || now.File == nil || base.File.Path != now.File.Path || !bytes.Equal(base.File.Content, now.File.Content) {
		return ""
	}
	for i, file := range now.Extended {
		if i >= len(base.Extended) || base.Extended[i].Path != file.Path || !bytes.Equal(base.Extended[i].Content, file.Content) {
			return file.Path
		}
	}
	return ""
}

// compareFolders notes the changes of custom rules. configured are the rule directories in the configuration of the
// base, wanted those in that of the change. It returns the ids of rules that only the change contains.
func (r *resolver) compareFolders(configured, wanted []string) []string {
	var later []string
	for _, dir := range union(r.set.Named, configured, wanted) {
		before, after := folderIn(r.set.Base.FS, dir), folderIn(r.now, dir)
		known := before.IDs()
		for _, id := range after.IDs() {
			if !slices.Contains(known, id) {
				later = append(later, id)
			}
		}
		isUsed := slices.Contains(r.set.Named, dir) || slices.Contains(configured, dir)
		switch {
		case !isUsed || !isFolder(before):
			r.note(dir + ": the change adds these rules, and they are not used (--trust-config uses them)")
		case before.Sum() != after.Sum():
			r.note(dir + ": the change edits these rules; the version before the change is used (--trust-config uses the new version)")
		case !slices.Contains(r.set.Named, dir) && !slices.Contains(wanted, dir):
			r.note(dir + ": the change removes these rules from the configuration; they are still used (--trust-config removes them)")
		}
	}
	return later
}

// addCovered adds the units of the base that the change makes part of others, such as a module that is now called or a
// template that is now a nested stack. Otherwise a call that passes harmless values, or one from a directory with a looser
// configuration, would hide what is still deployed by itself.
func (p *Plan) addCovered(ctx context.Context) error {
	if p.resolver.set.Base == nil {
		return nil
	}
	var roots []string
	before := map[deployment.Unit]bool{}
	for _, u := range p.unitsBefore() {
		if p.ofUnits[u] == nil && p.isAsked(u.Root) && !source.IsMissing(p.files, u.Root) {
			before[u], roots = true, append(roots, u.Root)
		}
	}
	slices.Sort(roots)
	still, _ := parsers.Named(p.files, slices.Compact(roots), slices.Collect(maps.Keys(before))) // of a problem here, the unit that contains the file has one, too
	for _, u := range still {
		if !before[u] {
			continue
		}
		g, err := p.resolver.group(ctx, p.resolver.at(dirOf(u)))
		if err != nil {
			return err
		}
		p.units, p.ofUnits[u] = append(p.units, u), g
	}
	slices.SortFunc(p.units, deployment.Unit.Compare)
	return nil
}

// unitsBefore returns the units of the base that the change may reach.
func (p *Plan) unitsBefore() []deployment.Unit {
	var units []deployment.Unit // problems in the base do not matter here
	switch base := p.resolver.set.Base.FS; {
	case p.reach != nil:
		for u := range p.reach.Before { // any order: they are sorted
			if p.reach.Units[u] {
				units = append(units, u)
			}
		}
		slices.SortFunc(units, deployment.Unit.Compare)
	case p.search.Widen:
		units, _ = parsers.Widen(base, p.search.Paths)
	default:
		units, _ = parsers.Find(base, p.search.Paths)
	}
	return units
}

// isAsked reports whether a root is below the paths of the search and in no excluded directory.
func (p *Plan) isAsked(root string) bool {
	holds := func(dir string) bool { return source.Holds(path.Clean(dir), root) }
	return !slices.ContainsFunc(p.hidden, holds) && (p.search.Widen || slices.ContainsFunc(p.search.Paths, holds))
}
