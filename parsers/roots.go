package parsers

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"lintel/internal/source"
	"lintel/parsers/terraform"
)

// outermost replaces the roots that are made to be called by the root modules of the whole tree that call them.
func (f *finder) outermost(roots []string) []string {
	isPassed := func(root string) bool { return f.isReusable(root) || f.isLocatedElsewhere(root) }
	if !slices.ContainsFunc(roots, isPassed) {
		return roots
	}
	all := f.beside(f.fsys)
	all.index = f.index
	all.everything()
	all.maybe = nil
	f.takeTerragrunt(all, roots)
	if !slices.ContainsFunc(roots, f.isReusable) {
		return roots
	}
	outer, calls := all.graph()
	var found []string
	for _, root := range roots {
		if f.limit.isOver(root) {
			found = append(found, root)
			continue
		}
		callers := slices.DeleteFunc(slices.Clone(outer), func(caller string) bool {
			return !reaches(caller, calls, func(dir string) bool { return dir == root })
		})
		if len(callers) == 0 || !f.isReusable(root) {
			callers = []string{root}
		}
		found = append(found, callers...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// isReusable reports whether a module can be called by another: it has variables, and configures neither providers nor
// a backend.
func (f *finder) isReusable(dir string) bool {
	entries, _ := fs.ReadDir(f.fsys, dir)
	hasVariables := false
	for _, entry := range entries {
		if entry.IsDir() || !source.SyntaxOf(entry.Name()).IsModule() {
			continue
		}
		text, err := f.start(path.Join(dir, entry.Name()))
		if err != nil {
			continue // the reader reports it
		}
		for _, own := range []string{`provider "`, `backend "`, `"provider"`, `"backend"`, "cloud {"} {
			if bytes.Contains(text, []byte(own)) {
				return false
			}
		}
		hasVariables = hasVariables || bytes.Contains(text, []byte("variable"))
	}
	return hasVariables
}

// emptyBackend is a backend whose settings are not in the module.
var emptyBackend = regexp.MustCompile(`backend\s+"\w+"\s*\{\s*\}`)

// isLocatedElsewhere reports whether something else than a module contains the settings of its backend, and may also pass values to it.
func (f *finder) isLocatedElsewhere(dir string) bool {
	entries, _ := fs.ReadDir(f.fsys, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		if e.IsDir() || !source.SyntaxOf(e.Name()).IsModule() {
			return false
		}
		text, _ := f.start(path.Join(dir, e.Name())) // the reader reports what cannot be read
		return emptyBackend.Match(text)
	})
}

// roots returns the modules that are deployed by themselves.
func (f *finder) roots() []string {
	roots, _ := f.graph()
	return roots
}

// graph returns the roots, and which modules each module calls.
func (f *finder) graph() (roots []string, calls map[string][]string) {
	dirs := slices.Sorted(maps.Keys(f.modules))
	roles := map[string]terraform.Role{}
	f.follow(dirs, roles)
	calls = map[string][]string{}
	for dir, role := range roles {
		calls[dir] = role.Calls
	}
	roots = deployed(dirs, calls, func(roots []string) map[string]bool { return f.covered(roots, roles, calls) })
	slices.Sort(roots)
	called := slices.DeleteFunc(dirs, func(dir string) bool {
		_, isRoot := slices.BinarySearch(roots, dir)
		return isRoot
	})
	for i, isRoot := range f.areRoots(called) {
		if isRoot {
			roots = append(roots, called[i])
		}
	}
	slices.Sort(roots)
	f.calls = calls
	return slices.Compact(roots), calls
}

// covered returns the modules that roots have instances of.
func (f *finder) covered(roots []string, roles map[string]terraform.Role, calls map[string][]string) map[string]bool {
	covered := map[string]bool{}
	var open []string // roots whose calls need to be evaluated
	for _, root := range roots {
		if f.limit.isOver(root) {
			break
		}
		if reaches(root, calls, func(dir string) bool { return roles[dir].IsOpen }) {
			open = append(open, root)
		} else {
			cover(root, calls, covered)
		}
	}
	for _, parts := range f.instantiated(open) {
		for _, dir := range parts {
			covered[dir] = true
		}
	}
	return covered
}

// stacks returns the templates that are deployed by themselves, and not only as nested stacks of others.
func (f *finder) stacks() []string {
	all := slices.Sorted(maps.Keys(f.templates))
	roots := deployed(all, f.nested, func(roots []string) map[string]bool {
		covered := map[string]bool{}
		for _, root := range roots {
			for _, part := range f.stacksOf[root] {
				covered[part] = true
			}
		}
		return covered
	})
	for _, template := range all {
		if !slices.Contains(roots, template) && f.isDeployed(template) {
			roots = append(roots, template)
		}
	}
	slices.Sort(roots)
	return roots
}

// deployed returns the modules or templates that are roots. One is a root unless a root has an instance of it: a call
// that is never made, or that nothing reaches, must not hide what it calls.
func deployed(all []string, parts map[string][]string, instances func(roots []string) map[string]bool) (roots []string) {
	for rest := all; len(rest) > 0; {
		reached := map[string]bool{}
		for _, name := range rest {
			cover(name, parts, reached)
		}
		within := maps.Clone(parts)
		maps.DeleteFunc(within, func(name string, _ []string) bool { return !reached[name] })
		more := rootsOf(rest, within)
		covered := maps.Clone(instances(more))
		for _, root := range more {
			covered[root] = true
		}
		roots = append(roots, more...)
		rest = slices.DeleteFunc(slices.Clone(rest), func(name string) bool { return covered[name] })
	}
	return roots
}

// rootsOf returns what nothing else contains. Where some contain each other in a cycle, the first
// by name is taken, so that nothing found goes unchecked.
func rootsOf(all []string, parts map[string][]string) []string {
	contained := map[string]bool{}
	for whole, inside := range parts { // any order: it fills a set
		for _, part := range inside {
			contained[part] = contained[part] || part != whole
		}
	}
	covered := map[string]bool{}
	var roots []string
	take := func(name string) {
		roots = append(roots, name)
		cover(name, parts, covered)
	}
	for _, name := range all {
		if !contained[name] {
			take(name)
		}
	}
	for _, name := range all {
		if !covered[name] {
			take(name)
		}
	}
	return roots
}

// follow adds the roles of modules, and of those that they call.
func (f *finder) follow(dirs []string, roles map[string]terraform.Role) {
	for len(dirs) > 0 {
		var next []string
		for i, role := range f.rolesOf(dirs) {
			roles[dirs[i]] = role
			next = append(next, role.Calls...)
		}
		slices.Sort(next)
		dirs = slices.DeleteFunc(slices.Compact(next), func(dir string) bool {
			_, done := roles[dir]
			return done
		})
	}
}

func cover(name string, parts map[string][]string, covered map[string]bool) {
	if covered[name] {
		return
	}
	covered[name] = true
	for _, part := range parts[name] {
		cover(part, parts, covered)
	}
}
