package parsers

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers/terraform"
)

// Index remembers what searches have found out about a tree of files, for front ends that search the
// same one again and again: a large one takes a second. It is right as long as it is told what
// changes. Nil remembers nothing. It is not safe for concurrent use.
type Index struct {
	files map[string]stamp  // what may be a unit or a part of one, wherever it is; nil: not searched yet
	short []finding.Problem // limits because of which files are missing
	roles map[string]terraform.Role
	apart map[string]bool     // whether called modules are roots, too
	parts map[string][]string // modules that root modules have instances of; empty after each change
	kinds map[string]kindOf

	terragrunt map[string]terraform.Terragrunt // configurations of Terragrunt by their paths

	mu    sync.Mutex                 // guards words: files are searched at the same time
	words map[string]map[string]bool // whether a file mentions names
}

// stamp changes when a file does.
type stamp struct {
	size     int64
	modified time.Time
}

// kindOf is what a file is by its content.
type kindOf struct {
	kind   deployment.Kind
	is     bool
	nested []string // templates that it names as its nested stacks
	stacks []string // templates that it deploys as nested stacks, directly or through others
	err    error

	isPointer bool // the content is not checked out
}

// NewIndex returns a tree of which nothing is known yet.
func NewIndex() *Index {
	return &Index{
		roles: map[string]terraform.Role{}, apart: map[string]bool{}, parts: map[string][]string{},
		kinds: map[string]kindOf{}, words: map[string]map[string]bool{}, terragrunt: map[string]terraform.Terragrunt{},
	}
}

// IsKnown reports whether the whole tree has been searched.
func (t *Index) IsKnown() bool { return t.files != nil }

// Names returns the files that may be a unit or a part of a module, sorted. It is empty before the whole tree has been searched.
func (t *Index) Names() []string { return slices.Sorted(maps.Keys(t.files)) }

// Widen returns the units and problems of SearchChanged.
func (t *Index) Widen(fsys fs.FS, files []string) ([]deployment.Unit, []finding.Problem) {
	found := t.SearchChanged(context.Background(), fsys, files)
	return found.Units, found.Problems
}

// SearchChanged finds the units that changed files are part of, see Widen, and the gaps that they belong to. The result is
// incomplete if ctx ends before.
func (t *Index) SearchChanged(ctx context.Context, fsys fs.FS, files []string) Found {
	limit, stop := newLimit(ctx)
	defer stop()
	changed := newFinder(limit, fsys)
	changed.index, changed.isRough = t, t != nil // an editor asks with each change
	units := changed.withAskers(changed.widen(files))
	changed.findGaps()
	return Found{Units: units, Problems: append(changed.problems, changed.overtime()...), Gaps: changed.gaps, Skipped: changed.skipped}
}

// Changed takes note of files and directories that have changed, came or went.
func (t *Index) Changed(fsys fs.FS, names ...string) {
	for _, name := range names {
		name = path.Clean(name)
		if !fs.ValidPath(name) || isSkipped(name) {
			continue
		}
		t.forget(name)
		if t.files != nil {
			t.note(fsys, name)
		}
	}
}

// note takes note of what there is now of one file or directory.
func (t *Index) note(fsys fs.FS, name string) {
	delete(t.files, name)
	info, err := fs.Stat(fsys, name)
	if err == nil && info.Mode().IsRegular() {
		if isCandidate(name) {
			t.files[name] = stampOf(info)
		}
		return
	}
	for old := range t.files { // any order: all are forgotten
		if strings.HasPrefix(old, name+"/") {
			t.forget(old)
			delete(t.files, old)
		}
	}
	if err == nil && info.IsDir() {
		limit, stop := newLimit(context.Background())
		defer stop()
		for _, p := range walk(limit, fsys, name, t.files) {
			if !slices.Contains(t.short, p) {
				t.short = append(t.short, p)
			}
		}
	}
}

// in returns the index of another tree, from which names differ.
func (t *Index) in(fsys fs.FS, names []string) *Index {
	other := &Index{
		files: maps.Clone(t.files), short: slices.Clone(t.short), roles: maps.Clone(t.roles), apart: maps.Clone(t.apart),
		parts: map[string][]string{}, kinds: maps.Clone(t.kinds), words: map[string]map[string]bool{}, terragrunt: maps.Clone(t.terragrunt),
	}
	other.Changed(fsys, names...)
	return other
}

func (t *Index) forget(name string) {
	delete(t.words, name)
	delete(t.kinds, name)
	delete(t.roles, path.Dir(name))
	delete(t.apart, path.Dir(name))
	clear(t.parts)
	if _, isKnown := t.files[name]; !isKnown || !isInModule(name) { // an edit of a module does not change what is passed to it
		clear(t.terragrunt)
	}
	maps.DeleteFunc(t.kinds, func(_ string, kind kindOf) bool { return len(kind.nested) > 0 || kind.err != nil }) // it depends on other files, or on the limit in a configuration
}

// Refresh looks at the whole tree again and returns the files that have changed without a call of
// Changed. It changes nothing when ctx or the time of a search ends before.
func (t *Index) Refresh(ctx context.Context, fsys fs.FS) (changed []string, err error) {
	limit, stop := newLimit(ctx)
	defer stop()
	now := map[string]stamp{}
	short := walk(limit, fsys, ".", now)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if len(limit.overtime()) > 0 {
		return nil, nil
	}
	t.short = short
	for name, s := range now {
		if before, ok := t.files[name]; !ok || !before.equal(s) {
			changed = append(changed, name)
		}
	}
	for name := range t.files {
		if _, ok := now[name]; !ok {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	for _, name := range changed {
		t.forget(name)
	}
	t.files = now
	return changed, nil
}

func (s stamp) equal(other stamp) bool {
	return s.size == other.size && s.modified.Equal(other.modified)
}

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime()} }

// walk notes the candidates below a directory, and returns the problems with limits that it exceeds. An unreadable directory
// has none.
func walk(limit *limit, fsys fs.FS, root string, into map[string]stamp) []finding.Problem {
	short := limit.folder(fsys, root, func(p string, entry fs.DirEntry, err error) {
		switch {
		case err != nil || !isCandidate(p):
		case entry.Type().IsRegular():
			if info, err := entry.Info(); err == nil {
				into[p] = stampOf(info)
			}
		case entry.Type()&fs.ModeSymlink != 0:
			if info, err := fs.Stat(fsys, p); err == nil && info.Mode().IsRegular() {
				into[p] = stampOf(info)
			}
		}
	}, func(string) {}, func(string) {})
	return append(short, limit.overtime()...)
}

// isCandidate reports by its name whether a file may be a unit or a part of a module.
func isCandidate(p string) bool {
	return isInModule(p) || source.SyntaxOf(p).MayBeTemplate() || isTool(p) || source.IsTerragrunt(p)
}

// isInModule reports by its name whether a file belongs to the module of its directory.
func isInModule(p string) bool {
	syntax := source.SyntaxOf(p)
	return syntax.IsModule() || syntax.IsValues()
}

// mentions reports whether a file has one of some names in its text.
func (t *Index) mentions(p string, names []string, read func() []byte) bool {
	var known map[string]bool
	if t != nil {
		t.mu.Lock()
		known = maps.Clone(t.words[p])
		t.mu.Unlock()
	}
	if known == nil {
		known = map[string]bool{}
	}
	var text []byte
	has, isRead := false, false
	for _, name := range names {
		is, asked := known[name]
		if !asked {
			if !isRead {
				text, isRead = read(), true
			}
			is = bytes.Contains(text, []byte(name))
			known[name] = is
		}
		has = has || is
	}
	if t != nil && isRead {
		t.mu.Lock()
		t.words[p] = known
		t.mu.Unlock()
	}
	return has
}

// everything takes all candidates of the tree.
func (f *finder) everything() {
	if f.index == nil {
		f.folder(".")
		return
	}
	if f.index.files == nil {
		files := map[string]stamp{}
		f.index.short = walk(f.limit, f.fsys, ".", files)
		if f.limit.caller.Err() != nil {
			return // the next search begins again
		}
		f.index.files = files
	}
	for p := range f.index.files { // any order: what is filed is sorted
		f.file(p)
	}
}

// rolesOf returns the role of the module in each of some directories.
func (f *finder) rolesOf(dirs []string) []terraform.Role {
	var known map[string]terraform.Role
	if f.index != nil {
		known = f.index.roles
	}
	return remembered(f.limit, known, dirs, func(dir string) terraform.Role { return terraform.RoleOf(f.fsys, dir) })
}

// areRoots reports of each of some called modules whether it is a root, too.
func (f *finder) areRoots(dirs []string) []bool {
	var known map[string]bool
	if f.index != nil {
		known = f.index.apart
	}
	return remembered(f.limit, known, dirs, func(dir string) bool { return terraform.IsRoot(f.fsys, dir) })
}

// instantiated returns the modules that each of some root modules has instances of.
func (f *finder) instantiated(roots []string) [][]string {
	var known map[string][]string
	if f.index != nil {
		known = f.index.parts
	}
	return remembered(f.limit, known, roots, func(root string) []string { return terraform.Instantiated(f.fsys, root) })
}

// kindsOf returns what files are by their content.
func (f *finder) kindsOf(names []string) []kindOf {
	var known map[string]kindOf
	if f.index != nil {
		known = f.index.kinds
	}
	return remembered(f.limit, known, names, f.kindOf)
}

// remembered returns the result of a function for each name, several at a time. It looks up and adds what is known,
// which may be nil. A function that the time limit
// ends has no result.
func remembered[T any](limit *limit, known map[string]T, names []string, of func(name string) T) []T {
	found := make([]T, len(names))
	var unknown []int
	for i, name := range names {
		value, ok := known[name]
		if found[i] = value; !ok {
			unknown = append(unknown, i)
		}
	}
	finished := make([]bool, len(unknown))
	parallel(len(unknown), func(i int) {
		name := names[unknown[i]]
		found[unknown[i]], finished[i] = within(limit, name, func() T { return of(name) })
	})
	if known == nil {
		return found
	}
	for i, at := range unknown {
		if finished[i] {
			known[names[at]] = found[at]
		}
	}
	return found
}
