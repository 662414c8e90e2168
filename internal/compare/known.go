package compare

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// markKnown marks the problems and gaps that the base has, too, in units that the change does not reach.
func (c *Comparison) markKnown(ctx context.Context, found *finding.Report, before finding.Report) {
	if len(found.Problems)+len(found.Gaps) == 0 {
		return
	}
	reached := c.reached(found.Checked, before.Checked)
	found.Problems, found.Gaps = slices.Clone(found.Problems), slices.Clone(found.Gaps)
	for i, p := range found.Problems {
		found.Problems[i].Known = !reached(p.Range.Path) && slices.ContainsFunc(before.Problems, func(other finding.Problem) bool {
			return p.Range == other.Range && p.Message == other.Message
		})
	}
	for i, g := range found.Gaps {
		if g.Cause == finding.GapSkipped {
			found.Gaps[i].Known = c.isSameSkipped(g.Range.Path) && !c.moves(ctx, g.Range.Path)
			continue
		}
		found.Gaps[i].Known = !reached(g.Range.Path) && slices.ContainsFunc(before.Gaps, func(other finding.Gap) bool {
			return g.Range == other.Range && g.Cause == other.Cause && g.Message == other.Message
		})
	}
}

// reached returns a function that reports whether the change reaches a file: it edits the file, or a file of a unit
// that reads it.
func (c *Comparison) reached(now, before []finding.Checked) func(name string) bool {
	files, read := filesOf(before), filesOf(now)
	known := map[string]bool{} // units share files, and a comparison reads both versions
	isEdited := func(name string) bool {
		is, ok := known[name]
		if !ok {
			is = c.isEdited(name)
			known[name] = is
		}
		return is
	}
	changed := map[string]bool{}
	for root, all := range read { // any order: it fills a map
		old, isOld := files[root]
		if isOld && slices.Equal(old, all) && !slices.ContainsFunc(append([]string{root}, all...), isEdited) {
			continue
		}
		changed[root] = true
		for _, name := range all {
			changed[name] = true
		}
	}
	return func(name string) bool { return changed[name] || isEdited(name) }
}

// filesOf returns the files of each root, sorted. Several units may have one root.
func filesOf(all []finding.Checked) map[string][]string {
	files := map[string][]string{}
	for _, checked := range all {
		files[checked.Root] = append(files[checked.Root], checked.Files...)
	}
	for root := range files { // any order: each is sorted by itself
		slices.Sort(files[root])
		files[root] = slices.Compact(files[root])
	}
	return files
}

// isSameSkipped reports whether a file, a Terraform module or a symlink that a search leaves out is the same in both
// trees. For a symlink out of the repository it is whether there was one.
func (c *Comparison) isSameSkipped(name string) bool {
	if c.isCommitted != nil && !c.isCommitted(name) {
		return false
	}
	before, err := fs.Stat(c.Base.FS, name)
	after, errAfter := fs.Stat(c.Files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(errAfter, fs.ErrNotExist):
		return false
	case err != nil || errAfter != nil:
		return err != nil && errAfter != nil
	case !before.IsDir() || !after.IsDir():
		return !c.isEdited(name)
	}
	files := moduleFiles(c.Files, name)
	return slices.Equal(files, moduleFiles(c.Base.FS, name)) && !slices.ContainsFunc(files, c.isEdited)
}

// moves reports whether the change moves a submodule that is not checked out to another commit: that with a path, or one that
// the .gitmodules with this path lists.
func (c *Comparison) moves(ctx context.Context, name string) bool {
	isList := source.ToolOf(name) == source.Submodules
	if info, err := fs.Stat(c.Files, name); !isList && (err != nil || !info.IsDir()) {
		return false
	}
	before, now, err := c.submodules(ctx)
	if err != nil {
		return true // an unmerged index, for example
	}
	is := func(p string) bool { return p == name }
	if isList {
		is = c.listedIn(name)
	}
	for p, commit := range now { // any order: one is enough
		if before[p] != commit && is(p) {
			return true
		}
	}
	return false
}

// listedIn returns a function that reports whether a .gitmodules lists a submodule that is not checked out.
func (c *Comparison) listedIn(name string) func(p string) bool {
	text, _ := source.ReadFile(c.Files, name) // the gap is about what it contains
	dir := path.Dir(name)
	return func(p string) bool {
		entries, _ := fs.ReadDir(c.Files, p)
		return len(entries) == 0 && source.Holds(dir, p) && strings.Contains(string(text), strings.TrimPrefix(p, dir+"/"))
	}
}

// moduleFiles returns the paths of the Terraform files in a directory.
func moduleFiles(fsys fs.FS, dir string) []string {
	entries, _ := fs.ReadDir(fsys, dir) // one that cannot be read has no module
	var all []string
	for _, e := range entries {
		if source.SyntaxOf(e.Name()).IsModule() {
			all = append(all, path.Join(dir, e.Name()))
		}
	}
	return all
}

// isEdited reports whether a file is not the same in both trees. Of a directory it is whether it exists in one of them.
func (c *Comparison) isEdited(name string) bool {
	before, err := fs.Stat(c.Base.FS, name)
	after, errAfter := fs.Stat(c.Files, name)
	if err != nil || errAfter != nil {
		return (err == nil) != (errAfter == nil)
	}
	if before.IsDir() || after.IsDir() {
		return before.IsDir() != after.IsDir()
	}
	return !source.IsSameText(c.Base.FS, c.Files, name)
}
