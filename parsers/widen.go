package parsers

import (
	"cmp"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/unit"
	"lintel/parsers/terraform"
)

// Widen returns the units that changed files are part of: the root modules and templates that
// they belong to or that call them, through any number of modules or nested stacks. Data and
// handlers belong to the nearest folder at or above them that has a unit. Files that no unit can
// need are passed over, and so are those that are gone, apart from their folder.
func Widen(fsys fs.FS, files []string) ([]unit.Unit, []finding.Problem) {
	return newFinder(fsys).widen(files)
}

func (f *finder) widen(files []string) ([]unit.Unit, []finding.Problem) {
	near := f.changes(files)
	f.classify()
	for _, p := range near {
		if _, is := f.templates[p]; !is {
			f.nearest(path.Dir(p))
		}
	}
	if len(f.modules) == 0 && len(f.templates) == 0 {
		return nil, f.problems
	}
	return f.callers(), f.problems
}

// changes files what has changed, and returns the files that belong to the nearest unit.
func (f *finder) changes(files []string) (near []string) {
	for _, p := range files {
		switch p = path.Clean(p); {
		case !fs.ValidPath(p) || slices.ContainsFunc(strings.Split(p, "/"), isForeign):
		case isInModule(p):
			f.nearestModule(path.Dir(p))
		case mayBeTemplate(p):
			if info, err := fs.Stat(f.fsys, p); err == nil && info.Mode().IsRegular() {
				f.maybe = append(f.maybe, p)
			}
			near = append(near, p)
		case isPart(p):
			near = append(near, p)
		}
	}
	return near
}

func newFinder(fsys fs.FS) *finder {
	return &finder{fsys: fsys, modules: map[string]bool{}, templates: map[string]unit.Kind{}, nested: map[string][]string{}}
}

// isPart reports by its name whether a file that is no template may be part of a unit: code of a
// function, or a text that a template reads.
func isPart(name string) bool {
	switch path.Ext(name) {
	case ".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".go", ".rb", ".java", ".kt", ".cs", ".fs", ".rs",
		".tftpl", ".tpl", ".tmpl", ".graphql", ".vtl":
		return true
	}
	return false
}

// nearestModule takes the nearest folder at or above one that has Terraform files.
func (f *finder) nearestModule(dir string) {
	for ; ; dir = path.Dir(dir) {
		if f.hasSources(dir) {
			f.modules[dir] = true
			return
		}
		if dir == "." {
			return
		}
	}
}

func (f *finder) hasSources(dir string) bool {
	entries, _ := fs.ReadDir(f.fsys, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && terraform.IsSource(e.Name()) })
}

// nearest takes the nearest folder at or above one that has a unit, with all that are directly in it.
func (f *finder) nearest(dir string) {
	for ; ; dir = path.Dir(dir) {
		here := newFinder(f.fsys)
		here.tree = f.tree
		entries, _ := fs.ReadDir(f.fsys, dir)
		for _, entry := range entries {
			if entry.Type().IsRegular() {
				here.file(path.Join(dir, entry.Name()))
			}
		}
		here.classify()
		maps.Copy(f.templates, here.templates)
		if f.hasSources(dir) {
			f.modules[dir] = true
		}
		if len(here.templates) > 0 || f.modules[dir] || dir == "." {
			return
		}
	}
}

// callers returns the units of the whole tree that the found modules and templates are part of.
func (f *finder) callers() []unit.Unit {
	all := newFinder(f.fsys)
	all.tree = f.tree
	all.everything()
	if len(f.templates) == 0 {
		all.maybe = nil // looking into every file is what costs
	}
	all.classify()
	maps.Copy(all.modules, f.modules)
	maps.Copy(all.templates, f.templates)
	var units []unit.Unit
	if len(f.modules) > 0 {
		roots, calls := all.graph()
		for _, root := range roots {
			if reaches(root, calls, func(dir string) bool { return f.modules[dir] }) {
				units = append(units, unit.Unit{Kind: unit.TerraformModule, Root: root})
			}
		}
	}
	for _, root := range rootsOf(slices.Sorted(maps.Keys(all.templates)), all.nested) {
		if reaches(root, all.nested, func(file string) bool { _, is := f.templates[file]; return is }) {
			units = append(units, unit.Unit{Kind: all.templates[root], Root: root})
		}
	}
	slices.SortFunc(units, func(a, b unit.Unit) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Kind, b.Kind))
	})
	return units
}

// reaches reports whether what a unit contains has a changed part.
func reaches(root string, parts map[string][]string, isChanged func(string) bool) bool {
	covered := map[string]bool{}
	cover(root, parts, covered)
	for part := range covered {
		if isChanged(part) {
			return true
		}
	}
	return false
}
