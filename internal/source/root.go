package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"
)

// Root is a directory as a file system. No path leads out of it, and no file in it blocks the program when it is opened.
type Root struct {
	root *os.Root
	dir  *os.File        // the directory of root
	raw  syscall.RawConn // of dir
}

// OpenRoot opens a directory.
func OpenRoot(dir string) (Root, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Root{}, err
	}
	own, err := root.Open(".")
	if err != nil {
		_ = root.Close() // the first error counts
		return Root{}, err
	}
	raw, err := own.SyscallConn()
	return Root{root, own, raw}, err
}

// Open opens a file for reading. For a named pipe, it does not wait for a writer.
func (r Root) Open(name string) (fs.File, error) {
	file, err := r.open(name)
	if err != nil {
		return nil, err // not a nil *os.File
	}
	return file, nil
}

// open opens a file for reading. os.Root opens each directory of a path; it is asked only if the system cannot open the path in one
// call, or refuses to.
func (r Root) open(name string) (*os.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if file, err := openBeneath(r.raw, name, false); err == nil || errors.Is(err, fs.ErrNotExist) {
		return file, err
	}
	return r.root.OpenFile(name, os.O_RDONLY|nonBlocking, 0)
}

// Stat describes a file.
func (r Root) Stat(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	file, err := openBeneath(r.raw, name, true)
	switch {
	case err == nil:
		defer file.Close() //nolint:errcheck // only described
		return file.Stat()
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	return r.root.Stat(name)
}

// ReadFile reads a regular file of at most MaxFileBytes.
func (r Root) ReadFile(name string) ([]byte, error) { return ReadFile(r, name) }

// ReadDir lists a directory, sorted by name.
func (r Root) ReadDir(name string) ([]fs.DirEntry, error) {
	dir, err := r.open(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close() //nolint:errcheck // opened for reading only
	entries, err := dir.ReadDir(-1)
	for i, e := range entries {
		entries[i] = entry{e, r.root, path.Join(name, e.Name())}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// entry is an entry of a directory. To describe every file of a tree would take longer than to list them.
type entry struct {
	fs.DirEntry
	root *os.Root
	path string
}

// Info describes the file, without following a symbolic link.
func (e entry) Info() (fs.FileInfo, error) { return e.root.Lstat(e.path) }

// Close closes the directory.
func (r Root) Close() error {
	_ = r.dir.Close() // opened for reading only
	return r.root.Close()
}
