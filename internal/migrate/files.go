package migrate

import (
	"errors"
	"io/fs"
	"path"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

// Files returns the files at and below paths that may contain requests, sorted, and a problem for each directory that
// cannot be read.
func Files(fsys fs.FS, paths []string) ([]string, []finding.Problem) {
	w := walker{fsys: fsys}
	for _, p := range paths {
		w.walk(path.Clean(p))
	}
	slices.Sort(w.names)
	return slices.Compact(w.names), w.problems
}

type walker struct {
	fsys     fs.FS
	names    []string
	problems []finding.Problem
}

func (w *walker) fail(name string, err error) {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	w.problems = append(w.problems, finding.Problem{Range: source.Range{Path: name}, Message: err.Error()})
}

// walk walks a directory. It does not follow symlinks: their targets are rewritten in place.
func (w *walker) walk(root string) {
	short := parsers.Walk(w.fsys, root, func(p string, entry fs.DirEntry, err error) {
		switch {
		case err != nil:
			w.fail(p, err)
		case entry.Type().IsRegular() && parsers.HasNotes(p):
			w.names = append(w.names, p)
		}
	})
	w.problems = append(w.problems, short...)
}
