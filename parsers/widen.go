package parsers

import (
	"errors"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers/cloudformation"
)

// Widen returns the units that changed files are part of: the root modules and templates that
// they belong to or that call them, through any number of modules or nested stacks. Data and
// handlers belong to the nearest directory at or above them that has a unit, and to what mentions data by its name or a
// directory of handlers by its path, too. Units that call a removed module or name a removed template are included. Files
// that no unit can need are passed over.
func Widen(fsys fs.FS, files []string) ([]deployment.Unit, []finding.Problem) {
	return (*Index)(nil).Widen(fsys, files)
}

func (f *finder) widen(files []string) []deployment.Unit {
	f.touched, f.searched = map[string]bool{}, map[string]bool{}
	near := f.changes(files)
	f.classify()
	data := map[string]bool{}
	for _, p := range near {
		if _, is := f.templates[p]; is {
			continue
		}
		f.touched[p] = true
		f.nearest(path.Dir(p))
		if f.isUpward || isData(p) {
			data[path.Base(p)] = true
		}
	}
	passing := passingValues(files)
	if len(f.modules) == 0 && len(f.templates) == 0 && len(f.touched) == 0 && !slices.ContainsFunc(files, source.IsTerragrunt) {
		return nil
	}
	return f.callers(data, elsewhereOf(near), passing)
}

// passingValues returns the files of some that may pass values to modules.
func passingValues(files []string) map[string]bool {
	passing := map[string]bool{}
	for _, p := range files {
		if p = path.Clean(p); source.IsTerragrunt(p) || isData(p) || source.SyntaxOf(p).IsValues() {
			passing[p] = true
		}
	}
	return passing
}

// changes files what has changed, and returns the files that belong to the nearest unit.
func (f *finder) changes(files []string) (near []string) {
	for _, p := range files {
		switch p = path.Clean(p); {
		case !fs.ValidPath(p):
			if isSource(p) {
				f.unreadable(p, fs.ErrInvalid)
			}
		case isSkipped(p):
			if isSource(p) {
				f.skipped.Changed = append(f.skipped.Changed, p)
			}
		case f.isFolder(p): // a submodule
			f.folder(p)
		case isTool(p):
			f.changedTool(p)
		case isInModule(p):
			f.touched[path.Dir(p)] = true
			f.nearestModule(path.Dir(p))
		case mayBeTemplate(p):
			near = append(near, f.changed(p)...)
		case f.mayBePart(p):
			near = append(near, p)
		default:
			f.leadsOut(p)
		}
	}
	return near
}

// changedTool files a changed file of another tool. With a configuration file of the SAM CLI it files the templates that this
// deploys, and those that it may have deployed before.
func (f *finder) changedTool(p string) {
	if source.ToolOf(p) != source.SAMCLI {
		f.tools = append(f.tools, p)
		return
	}
	f.nearest(path.Dir(p))
	if info, err := fs.Stat(f.fsys, p); err == nil && info.Mode().IsRegular() {
		f.tools = append(f.tools, p)
		f.maybe = append(f.maybe, f.samConfig(p).Templates()...)
	}
}

func (f *finder) isFolder(p string) bool {
	info, err := fs.Stat(f.fsys, p)
	return err == nil && info.IsDir()
}

// changed files a changed file that may be a template, and returns it if it may belong to the nearest unit: a plain text
// does not.
func (f *finder) changed(p string) (near []string) {
	if info, err := fs.Stat(f.fsys, p); err == nil && info.Mode().IsRegular() {
		f.maybe = append(f.maybe, p)
	}
	if source.SyntaxOf(p) != source.Text || f.mayBePart(p) {
		near = append(near, p)
	}
	return near
}

// leadsOut notes a path that cannot be read, as a link out of the tree.
func (f *finder) leadsOut(p string) {
	if _, err := fs.Stat(f.fsys, p); err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.skipped.Links = append(f.skipped.Links, p)
	}
}

func newFinder(limit *limit, fsys fs.FS) *finder {
	return &finder{
		fsys: fsys, limit: limit, modules: map[string]bool{}, sources: map[string]bool{}, templates: map[string]deployment.Kind{},
		nested: map[string][]string{}, stacksOf: map[string][]string{}, samConfigs: map[string]cloudformation.SAMConfig{}, samConfigsIn: map[string][]string{}, faulty: source.Files{},
	}
}

// beside returns a finder for a part of the same search.
func (f *finder) beside(fsys fs.FS) *finder { return newFinder(f.limit, fsys) }

// isPart reports by its name whether a file that is not a template may be part of a unit: code of a
// function, or a text that a template reads.
func isPart(name string) bool { return source.IsCode(name) }

// mayBePart is isPart, or true for every file if a change must not hide in the name of one.
func (f *finder) mayBePart(name string) bool { return f.isUpward || isPart(name) }

// isData reports by its name whether a file may be read by a unit elsewhere: policies, definitions of
// APIs, templates of texts. Files of other tools with such names are not.
func isData(name string) bool {
	switch path.Base(name) {
	case "package.json", "package-lock.json", "tsconfig.json", "cdk.json", "composer.json", "deno.json", "pnpm-lock.yaml":
		return false
	}
	hidden := slices.ContainsFunc(strings.Split(name, "/"), func(step string) bool { return strings.HasPrefix(step, ".") })
	syntax := source.SyntaxOf(name)
	return !hidden && (syntax.IsJSON() || syntax == source.YAML || source.IsTextTemplate(name))
}

// nearestModule takes the nearest directory at or above one that has Terraform files.
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
	f.mu.Lock()
	defer f.mu.Unlock()
	has, ok := f.sources[dir]
	if !ok {
		entries, _ := fs.ReadDir(f.fsys, dir)
		has = slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !e.IsDir() && source.SyntaxOf(e.Name()).IsModule() })
		f.sources[dir] = has
	}
	return has
}

// nearest takes the nearest directory at or above one that has a unit, with all that are directly in it.
func (f *finder) nearest(dir string) {
	for ; !f.searched[dir] && !f.limit.isOver(dir); dir = path.Dir(dir) {
		f.searched[dir] = true
		here := f.beside(f.fsys)
		here.index = f.index
		entries, _ := fs.ReadDir(f.fsys, dir)
		for _, entry := range entries {
			if entry.Type().IsRegular() {
				here.file(path.Join(dir, entry.Name()))
			}
		}
		here.classify()
		here.findGaps()
		for _, gap := range here.gaps { // the changed file is part of what the other tool makes
			f.tools = append(f.tools, gap.Range.Path)
		}
		maps.Copy(f.templates, here.templates)
		if f.hasSources(dir) {
			f.modules[dir] = true
		}
		isFound := len(here.templates)+len(here.gaps) > 0 || f.modules[dir]
		if isFound && !f.isUpward || dir == "." {
			return
		}
	}
}

// callers returns the units of the whole tree that the found modules and templates are part of, or
// that mention data by one of its names or a directory of code by its path.
func (f *finder) callers(data map[string]bool, code elsewhere, passing map[string]bool) []deployment.Unit {
	all := f.beside(f.fsys)
	all.index, all.isWhole = f.index, true
	all.everything()
	if len(f.templates) == 0 && len(data)+len(code) == 0 && !slices.ContainsFunc(slices.Collect(maps.Keys(f.touched)), mayBeTemplate) {
		all.maybe = nil // looking into every file is what costs
	} else {
		f.tree = all
	}
	all.classify()
	all.passedBy(passing, f.modules)
	if len(data)+len(code) > 0 {
		f.mentions(all, data, code)
	}
	maps.Copy(all.modules, f.modules)
	maps.Copy(all.templates, f.templates)
	var units []deployment.Unit
	if len(f.modules)+len(f.touched) > 0 {
		roots, calls := all.graph()
		for _, root := range f.inTime(all.deployedModules(roots)) {
			if reaches(root, calls, func(dir string) bool { return f.modules[dir] || f.touched[dir] }) {
				units = append(units, all.moduleUnits(root)...)
			}
		}
	}
	for _, root := range f.inTime(all.stacks()) {
		if reaches(root, all.nested, func(file string) bool { _, is := f.templates[file]; return is || f.touched[file] }) {
			units = append(units, all.templateUnits(deployment.Unit{Kind: all.templates[root], Root: root})...)
		}
	}
	slices.SortFunc(units, deployment.Unit.Compare)
	return units
}

// inTime passes over what the search has no time for.
func (f *finder) inTime(names []string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, name := range names {
			if f.limit.isOver(name) || !yield(i, name) {
				return
			}
		}
	}
}

// mentions takes the modules and templates of the tree whose text has one of the names or paths.
func (f *finder) mentions(all *finder, data map[string]bool, code elsewhere) {
	names := slices.Sorted(maps.Keys(data))
	has := func(p string) bool { return f.mayRead(all, p, names, code) }
	dirs, files := slices.Sorted(maps.Keys(all.modules)), slices.Sorted(maps.Keys(all.templates))
	found := make([]bool, len(dirs)+len(files))
	parallel(len(found), func(i int) {
		if i >= len(dirs) {
			found[i] = !f.limit.isOver(files[i-len(dirs)]) && has(files[i-len(dirs)])
			return
		}
		if f.limit.isOver(dirs[i]) {
			return
		}
		entries, _ := fs.ReadDir(all.fsys, dirs[i])
		found[i] = slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
			return !e.IsDir() && source.SyntaxOf(e.Name()).IsModule() && has(path.Join(dirs[i], e.Name()))
		})
	})
	for i, is := range found {
		switch {
		case is && i < len(dirs):
			f.modules[dirs[i]] = true
		case is:
			f.templates[files[i-len(dirs)]] = all.templates[files[i-len(dirs)]]
		}
	}
}

// mayRead reports whether the text of a file has one of the names or paths, or computes one.
func (f *finder) mayRead(all *finder, p string, names []string, code elsewhere) bool {
	if code.namedIn(all.fsys, p) {
		return true
	}
	text := sync.OnceValue(func() []byte {
		content, _ := all.start(p) // a file that cannot be read mentions nothing
		return content
	})
	return f.isUpward && computesPaths(text()) || len(names) > 0 && f.index.mentions(p, names, text)
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
