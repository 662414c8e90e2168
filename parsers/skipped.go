package parsers

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// Skipped are the parts of a tree that a search finds and leaves out. They matter only if they belong to the
// repository: then a change can put something there to hide it.
type Skipped struct {
	Dirs    []string // directories of third-party and generated code
	Links   []string // symlinks that lead out of the tree
	Changed []string // changed files in such directories
	Empty   []string // directories that contain nothing: version control tracks them only as submodules that are not checked out

	listed  []string // submodules that are not checked out and are a gap already
	outputs []output // of other tools, which are checked in place of what the tools read
}

// output is the output of another tool.
type output struct {
	file, dir string // the file of the tool, and the directory of its output
	cause     finding.GapCause
}

// OutputGaps returns a gap for each output of another tool that version control tracks: a change can edit it, so it may
// differ from what the tool makes.
func OutputGaps(skipped Skipped, isTracked func(dir string) bool) []finding.Gap {
	var gaps []finding.Gap
	for _, out := range skipped.outputs {
		if isTracked(out.dir) {
			gaps = append(gaps, finding.Gap{
				Range: source.Range{Path: out.file}, Cause: out.cause,
				Message: "the output in " + out.dir + " was checked as git tracks it; it can differ from what the tool makes of this file now",
			})
		}
	}
	return gaps
}

// Any reports whether the search left out something.
func (s Skipped) Any() bool { return s.AnyTracked() || len(s.Changed) > 0 }

// AnyTracked reports whether the search left out something that is a gap only if version control tracks it.
func (s Skipped) AnyTracked() bool {
	return len(s.Dirs)+len(s.Links)+len(s.Empty)+len(s.outputs) > 0
}

// SkippedGaps returns the gaps of what a search left out and version control tracks: templates, plans, the directories
// of Terraform modules, symlinks, and submodules that .gitmodules does not list. tracked are the paths of the repository.
func SkippedGaps(ctx context.Context, fsys fs.FS, skipped Skipped, tracked []string) []finding.Gap {
	limit, stop := newLimit(ctx)
	defer stop()
	f := newFinder(limit, fsys)
	gaps := f.unsearched(skipped.sources(tracked))
	sorted := slices.Sorted(slices.Values(tracked))
	for _, p := range skipped.Links {
		if _, is := slices.BinarySearch(sorted, p); is {
			gaps = append(gaps, gapAt(p, "the symlink leads out of the repository, and the files there were not checked"))
		}
	}
	known := slices.Sorted(slices.Values(skipped.listed))
	for _, p := range skipped.Empty {
		_, is := slices.BinarySearch(sorted, p)
		if _, isKnown := slices.BinarySearch(known, p); is && !isKnown {
			gaps = append(gaps, gapAt(p, "the submodule is not checked out and was not checked; .gitmodules does not list it"))
		}
	}
	return append(gaps, OutputGaps(skipped, func(dir string) bool {
		i, is := slices.BinarySearch(sorted, dir+"/")
		return is || i < len(sorted) && source.Holds(dir, sorted[i])
	})...)
}

// sources returns the tracked and the changed files in skipped directories that can be templates, and the directory of each.
func (s Skipped) sources(tracked []string) (files []string, in map[string]string) {
	dirs := map[string]bool{}
	for _, dir := range s.Dirs {
		dirs[dir] = true
	}
	in = map[string]string{}
	for _, p := range tracked {
		if dir := skippedIn(p, func(dir string) bool { return dirs[dir] }); dir != "" && isSource(p) {
			in[p], files = dir, append(files, p)
		}
	}
	for _, p := range s.Changed {
		if dir := skippedIn(p, func(dir string) bool { return IsThirdParty(path.Base(dir)) }); in[p] == "" && dir != "" {
			in[p], files = dir, append(files, p)
		}
	}
	return files, in
}

// NameGaps returns the gaps of changed files that are templates or plans, but have a name for which no search looks into a
// file. A change could hide a template by its name.
func NameGaps(ctx context.Context, fsys fs.FS, changed []string) []finding.Gap {
	limit, stop := newLimit(ctx)
	defer stop()
	f := newFinder(limit, fsys)
	for _, p := range changed {
		if info, err := fs.Stat(fsys, p); err == nil && info.Mode().IsRegular() && isUnsearched(p) && !isSkipped(p) {
			f.maybe = append(f.maybe, p)
		}
	}
	var gaps []finding.Gap
	f.addKinds(func(p, what string) {
		gaps = append(gaps, gapAt(p, "the "+what+" was not checked, because a search does not look into files with such a name; to check it, name the file"))
	})
	return gaps
}

// UnknownGaps returns a gap for each directory that a search left out, where it is unknown whether version control
// tracks files in it.
func UnknownGaps(skipped Skipped, cause error) []finding.Gap {
	var gaps []finding.Gap
	for _, dir := range skipped.Dirs {
		gaps = append(gaps, gapAt(dir, "the directory was not searched, and it is unknown whether it belongs to the repository: "+cause.Error()))
	}
	for _, p := range skipped.Links {
		gaps = append(gaps, gapAt(p, "the symlink leads out of the repository, and the files there were not checked"))
	}
	return gaps
}

func gapAt(p, message string) finding.Gap {
	return finding.Gap{Range: source.Range{Path: p}, Cause: finding.GapSkipped, Message: message}
}

// skippedIn returns the outermost directory of a path that a search left out; empty: none.
func skippedIn(p string, is func(dir string) bool) string {
	for i, c := range p {
		if c == '/' && is(p[:i]) {
			return p[:i]
		}
	}
	return ""
}

// unsearched returns the gaps of files in skipped directories.
func (f *finder) unsearched(files []string, in map[string]string) []finding.Gap {
	var gaps []finding.Gap
	add := func(p, what string) {
		gaps = append(gaps, gapAt(p, "the "+what+" was not checked, because it is in "+in[p]+", and a search leaves out directories with this name; to check it, name the directory"))
	}
	modules := map[string]bool{}
	for _, p := range files {
		info, err := fs.Stat(f.fsys, p)
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && !info.Mode().IsRegular():
		case err != nil:
			add(p, "file")
		case source.SyntaxOf(p).IsModule():
			if dir := path.Dir(p); !modules[dir] {
				modules[dir], in[dir] = true, in[p]
				add(dir, "Terraform module")
			}
		case mayBeTemplate(p):
			f.maybe = append(f.maybe, p)
		case isTool(p):
			if gap, is := f.toolGap(p); is {
				gaps = append(gaps, gapAt(p, gap.Message))
			}
		}
	}
	f.addKinds(add)
	return gaps
}

// addKinds calls add for each file that may be a template or a plan and is one, or cannot be read.
func (f *finder) addKinds(add func(p, what string)) {
	slices.Sort(f.maybe)
	for i, r := range f.kindsOf(f.maybe) {
		switch p := f.maybe[i]; {
		case r.err != nil:
			add(p, "file")
		case r.is && r.kind == deployment.Plan:
			add(p, "plan")
		case r.is:
			add(p, "template")
		}
	}
}

// isSkipped reports whether a path is in a directory that a search leaves out.
func isSkipped(p string) bool { return slices.ContainsFunc(strings.Split(p, "/"), IsThirdParty) }
