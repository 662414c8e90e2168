package fix

import (
	"io/fs"

	"lintel/internal/source"
)

// checkedFS is a file system with the contents that were checked in place of those that the files have now: a file
// may be saved between the check and the fix.
type checkedFS struct {
	fs.FS
	files source.Files
}

// overlay returns the checked content of a file over the file system.
func (c checkedFS) overlay(file *source.File) source.Overlay {
	return source.NewOverlay(c.FS, map[string][]byte{file.Path: file.Content})
}

// Open opens the checked content of a file, or a file that was not checked.
func (c checkedFS) Open(name string) (fs.File, error) {
	if file := c.files[name]; file != nil {
		return c.overlay(file).Open(name)
	}
	return c.FS.Open(name)
}

// ReadFile reads the checked content of a file, or a file that was not checked.
func (c checkedFS) ReadFile(name string) ([]byte, error) {
	if file := c.files[name]; file != nil {
		return c.overlay(file).ReadFile(name)
	}
	return fs.ReadFile(c.FS, name)
}

// Stat describes the checked content of a file, or a file that was not checked.
func (c checkedFS) Stat(name string) (fs.FileInfo, error) {
	if file := c.files[name]; file != nil {
		return c.overlay(file).Stat(name)
	}
	return fs.Stat(c.FS, name)
}

// ReadDir lists a directory as it is now.
func (c checkedFS) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(c.FS, name) }

// MaxFileBytes returns the limit for a file: a checked one was within that of the check.
func (c checkedFS) MaxFileBytes(name string) int64 {
	if file := c.files[name]; file != nil {
		return max(int64(len(file.Content)), source.MaxFileBytes)
	}
	return source.LimitOf(c.FS, name)
}
