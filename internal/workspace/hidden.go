package workspace

import (
	"io/fs"
	"path"
	"slices"

	"lintel/internal/artifact"
	"lintel/internal/deployment"
	"lintel/internal/source"
)

// testsOf returns the directories with the test templates of custom rules, which contain violations on purpose, except
// those that contain something that the user names.
func (p *Plan) testsOf(names []string) []string {
	var hidden []string
	for _, g := range p.order() {
		for _, folder := range g.rules.folders {
			if artifact.RootOf(folder.Dir) != "" {
				continue // no search finds them
			}
			folder := folderIn(p.resolver.now, folder.Shown) // includes rules that a change adds
			for _, id := range folder.IDs() {
				dir := path.Join(folder.RuleDir(id), "testdata")
				info, err := fs.Stat(folder.FS, dir)
				if err == nil && info.IsDir() && !slices.Contains(hidden, dir) && !slices.ContainsFunc(names, func(named string) bool { return source.Holds(dir, named) }) {
					hidden = append(hidden, dir)
				}
			}
		}
	}
	return hidden
}

// testsBefore returns the directories with the test templates of the rules as they are used, which the change may have
// removed.
func (p *Plan) testsBefore() []string {
	var dirs []string
	for _, g := range p.order() {
		for _, folder := range g.rules.folders {
			for _, id := range folder.IDs() {
				dirs = append(dirs, path.Join(folder.RuleDir(id), "testdata"))
			}
		}
	}
	return dirs
}

// hide excludes directories from the search for units.
func (p *Plan) hide(hidden []string) {
	p.hidden = hidden
	p.files = hiding{p.resolver.withArtifacts(p.resolver.now), hidden}
	if p.search.Widen { // the paths are changed files, not paths of the command line
		p.search.Paths = slices.Clone(p.search.Paths)
		for _, dir := range hidden {
			p.search.Paths = slices.DeleteFunc(p.search.Paths, func(name string) bool { return source.Holds(dir, name) })
		}
	}
	p.resolver.note("the templates in the testdata of custom rules are not checked; lintel test runs them")
}

// leaveOut removes the units in directories from the plan: in an editor, only those of open files are checked there, not all that
// refer to what has changed.
func (p *Plan) leaveOut(dirs []string) {
	p.units = slices.DeleteFunc(slices.Clone(p.units), func(u deployment.Unit) bool {
		isIn := slices.ContainsFunc(dirs, func(dir string) bool { return source.Holds(dir, u.Root) })
		if isIn {
			delete(p.ofUnits, u)
		}
		return isIn
	})
}

// hiding is a file system that omits some directories from listings. Their files can still be opened.
type hiding struct {
	fs.FS
	hidden []string
}

// ReadDir lists a directory.
func (h hiding) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(h.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return slices.Contains(h.hidden, path.Join(name, e.Name()))
	}), err
}

// MaxFileBytes returns the limit of the tree.
func (h hiding) MaxFileBytes(name string) int64 { return source.LimitOf(h.FS, name) }

// Stat describes a path.
func (h hiding) Stat(name string) (fs.FileInfo, error) { return fs.Stat(h.FS, name) }
