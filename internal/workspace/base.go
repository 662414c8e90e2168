package workspace

import (
	"bytes"
	"slices"

	"lintel/internal/config"
	"lintel/internal/finding"
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
	name := r.show(r.changed(g))
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
func (r *resolver) changed(g *group) string {
	isRemoved := len(g.base) > len(g.now) // both are above the unit: the longer one is nearer
	switch {
	case isRemoved:
		return g.base
	case g.now == "":
		return config.Name
	}
	return g.now
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
