package workspace

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/parsers"
)

// isJudgedByBase reports whether configurations and rules from before the change judge it.
func (r *resolver) isJudgedByBase() bool { return r.set.Base != nil && !r.set.Base.Trust }

// judge makes the configuration of a group the one of the base, with everything in which that of the change is
// stricter. Each unit has the configuration of the base that was the nearest then: one that the change adds nearer, or
// moves, cannot be looser than that.
func (r *resolver) judge(g *group, now config.Config) {
	base, err := config.Load(r.set.Base.FS, g.base, r.show(g.base), finding.IDsOf(g.rules.All()))
	if err == nil && isSame(base, now) {
		return
	}
	name := r.show(g.changed())
	if r.set.Base.Trust {
		r.note(name + " is changed, and its new form is used (--trust-config)")
		return
	}
	r.note(name + " is changed; where it is looser now, the one before the change is used (--trust-config uses the new one)")
	if err != nil {
		r.note("the one before the change is not valid and counts as empty: " + err.Error())
	}
	g.conf = config.Strictest(base, now, g.rules.All())
}

// changed returns the path of the configuration that the change adds, edits or removes, when a unit has another one
// than before.
func (n names) changed() string {
	isRemoved := len(n.base) > len(n.now) // both are above the unit: the longer one is nearer
	if isRemoved {
		return n.base
	}
	return n.now
}

// isSame reports whether two configurations are one file with one text, or none.
func isSame(a, b config.Config) bool {
	if a.File == nil || b.File == nil {
		return a.File == b.File
	}
	return a.File.Path == b.File.Path && bytes.Equal(a.File.Content, b.File.Content)
}

// compareFolders notes what the change does to custom rules. configured are the directories that the configuration of
// the base names, wanted those of the change. It returns the ids of rules that only the change has.
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
			r.note(dir + ": the change touches these rules; those before the change are used (--trust-config uses the new ones)")
		case !slices.Contains(r.set.Named, dir) && !slices.Contains(wanted, dir):
			r.note(dir + ": the change no longer asks for these rules; they are used all the same (--trust-config leaves them out)")
		}
	}
	return later
}

// addCovered adds the units of the base that the change makes part of others: a module that is called now, a template
// that is a nested stack now. Else a call from a directory with a loose configuration would take a unit out of reach of
// its own. They are looked for only where units have different configurations.
func (p *Plan) addCovered(ctx context.Context) error {
	r := p.resolver
	if !r.isJudgedByBase() || !r.isNearest() || len(r.groups) < 2 { //nolint:mnd // one has nothing to differ from
		return nil
	}
	find := parsers.Find
	if p.search.Widen {
		find = parsers.Widen
	}
	before, _ := find(r.set.Base.FS, p.search.Paths) // what is not there before has nothing to be covered
	for _, u := range before {
		if p.ofUnits[u] != nil || slices.ContainsFunc(p.hidden, func(dir string) bool { return isBelow(dir)(u.Root) }) || isGone(p.files, u.Root) {
			continue
		}
		if own, _ := parsers.Find(p.files, []string{u.Root}); !slices.Contains(own, u) {
			continue
		}
		g, err := r.group(ctx, r.at(dirOf(u)))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(p.units, func(other deployment.Unit) bool { return p.ofUnits[other] != g }) {
			p.units, p.ofUnits[u] = append(p.units, u), g
		}
	}
	slices.SortFunc(p.units, func(a, b deployment.Unit) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Kind, b.Kind))
	})
	return nil
}
