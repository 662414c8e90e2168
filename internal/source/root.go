package source

import (
	"io/fs"
	"os"
)

// Root is a directory as a file system. No path leads out of it, and no file in it blocks the program when it is opened.
type Root struct {
	root *os.Root
	fs.StatFS
}

// OpenRoot opens a directory.
func OpenRoot(dir string) (Root, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Root{}, err
	}
	files, _ := root.FS().(fs.StatFS) // os.Root documents it
	return Root{root, files}, nil
}

// Open opens a file for reading. For a named pipe, it does not wait for a writer.
func (r Root) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := r.root.OpenFile(name, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// ReadFile reads a regular file of at most MaxFileBytes.
func (r Root) ReadFile(name string) ([]byte, error) { return ReadFile(r, name) }

// ReadDir lists a directory.
func (r Root) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.StatFS, name) }

// Close closes the directory.
func (r Root) Close() error { return r.root.Close() }
