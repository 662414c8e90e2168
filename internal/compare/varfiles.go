package compare

import (
	"errors"
	"io/fs"
	"slices"

	"lintel/internal/git"
)

// withFiles is a tree out of git with files that the user names, like values that are not committed: what
// the tree does not have of them is read from the work tree.
type withFiles struct {
	*git.Tree
	work  fs.FS
	names []string
}

func (w withFiles) Open(name string) (fs.File, error) {
	file, err := w.Tree.Open(name)
	if errors.Is(err, fs.ErrNotExist) && slices.Contains(w.names, name) {
		return w.work.Open(name)
	}
	return file, err
}

func (w withFiles) Stat(name string) (fs.FileInfo, error) {
	info, err := w.Tree.Stat(name)
	if errors.Is(err, fs.ErrNotExist) && slices.Contains(w.names, name) {
		return fs.Stat(w.work, name)
	}
	return info, err
}
