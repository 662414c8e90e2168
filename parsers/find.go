package parsers

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/unit"
	"lintel/parsers/cloudformation"
	"lintel/parsers/plan"
	"lintel/parsers/terraform"
)

// Find returns the units that the paths belong to, in a fixed order, and a problem for every
// path and file of which it cannot tell. A folder stands for all that is below it, a file for
// the unit it is part of. A Terraform module that another found one calls is no unit of its
// own: it is checked with the arguments it is called with.
func Find(fsys fs.FS, paths []string) ([]unit.Unit, []finding.Problem) {
	f := finder{fsys: fsys, modules: map[string]bool{}, templates: map[string]unit.Kind{}}
	for _, p := range paths {
		f.path(path.Clean(p))
	}
	var units []unit.Unit
	for _, dir := range f.roots() {
		units = append(units, unit.Unit{Kind: unit.TerraformModule, Root: dir})
	}
	for file, kind := range f.templates {
		units = append(units, unit.Unit{Kind: kind, Root: file})
	}
	slices.SortFunc(units, func(a, b unit.Unit) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Kind, b.Kind))
	})
	return units, f.problems
}

// finder gathers candidates.
type finder struct {
	fsys      fs.FS
	modules   map[string]bool      // folders with Terraform files
	templates map[string]unit.Kind // files that are a unit of their own
	problems  []finding.Problem
}

func (f *finder) path(p string) {
	info, err := fs.Stat(f.fsys, p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.problem(p, "there is no such file or folder")
	case err != nil:
		f.unreadable(p, err)
	case info.IsDir():
		f.folder(p)
	case !info.Mode().IsRegular():
		f.problem(p, "not read: it is not a regular file")
	default:
		f.file(p)
	}
}

func (f *finder) problem(p, message string) {
	problem := finding.Problem{Message: message}
	problem.Range.Path = p
	f.problems = append(f.problems, problem)
}

func (f *finder) unreadable(p string, err error) {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	f.problem(p, "not read: "+err.Error())
}

// folder walks what is below a folder. Links to folders are not followed, so a walk always ends.
func (f *finder) folder(root string) {
	err := fs.WalkDir(f.fsys, root, func(p string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			f.unreadable(p, err)
		case entry.IsDir():
			if p != root && isForeign(entry.Name()) {
				return fs.SkipDir
			}
		case entry.Type().IsRegular():
			f.file(p)
		case entry.Type()&fs.ModeSymlink != 0:
			f.link(p)
		}
		return nil
	})
	if err != nil {
		f.unreadable(root, err)
	}
}

// isForeign reports whether a folder holds what others wrote or tools generated.
func isForeign(name string) bool {
	switch name {
	case ".git", ".terraform", ".terragrunt-cache", "node_modules", ".aws-sam", ".venv", "venv", "__pycache__":
		return true
	}
	return strings.HasPrefix(name, "asset.") // assets below cdk.out
}

// link judges a symbolic link that may stand for a template.
func (f *finder) link(p string) {
	if !terraform.IsSource(p) && !mayBeTemplate(p) {
		return
	}
	info, err := fs.Stat(f.fsys, p)
	switch {
	case err != nil:
		f.unreadable(p, err)
	case info.Mode().IsRegular():
		f.file(p)
	}
}

func (f *finder) file(p string) {
	switch {
	case terraform.IsSource(p), strings.HasSuffix(p, ".tfvars"), strings.HasSuffix(p, ".tfvars.json"):
		f.modules[path.Dir(p)] = true
	case mayBeTemplate(p):
		start, err := f.start(p)
		switch {
		case err != nil:
			f.unreadable(p, err)
		case cloudformation.Looks(start):
			f.templates[p] = unit.Template
		case plan.Looks(start):
			f.templates[p] = unit.Plan
		}
	}
}

// mayBeTemplate reports whether a file's name allows it to be a template or a plan; its content
// decides.
func mayBeTemplate(name string) bool {
	switch path.Ext(name) {
	case ".yaml", ".yml", ".json", ".template":
		return true
	}
	return false
}

// start returns as much of a file as a reader would accept.
func (f *finder) start(p string) ([]byte, error) {
	file, err := f.fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	return io.ReadAll(io.LimitReader(file, unit.MaxFileBytes))
}

// roots returns the modules that no other found module calls. Where modules call each other in
// a circle, the first by name is taken, so that nothing found goes unchecked.
func (f *finder) roots() []string {
	dirs := make([]string, 0, len(f.modules))
	for dir := range f.modules {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	calls := map[string][]string{}
	called := map[string]bool{}
	for _, dir := range dirs {
		f.follow(dir, calls)
	}
	for caller, callees := range calls {
		for _, callee := range callees {
			called[callee] = called[callee] || callee != caller
		}
	}
	covered := map[string]bool{}
	var roots []string
	take := func(dir string) {
		roots = append(roots, dir)
		cover(dir, calls, covered)
	}
	for _, dir := range dirs {
		if !called[dir] {
			take(dir)
		}
	}
	for _, dir := range dirs {
		if !covered[dir] {
			take(dir)
		}
	}
	return roots
}

// follow notes which modules a module calls, and those they call.
func (f *finder) follow(dir string, calls map[string][]string) {
	if _, done := calls[dir]; done {
		return
	}
	calls[dir] = terraform.Calls(f.fsys, dir)
	for _, callee := range calls[dir] {
		f.follow(callee, calls)
	}
}

func cover(dir string, calls map[string][]string, covered map[string]bool) {
	if covered[dir] {
		return
	}
	covered[dir] = true
	for _, callee := range calls[dir] {
		cover(callee, calls, covered)
	}
}
