package compare

import (
	"errors"
	"io/fs"
	"slices"

	"lintel/internal/git"
)

// withFiles is a tree of git with additional files of the working tree that the user names, such as uncommitted
// variable files.
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
