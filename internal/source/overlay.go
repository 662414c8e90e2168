package source

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Overlay is a tree in which the edited files have another content than in base: text that is not saved
// yet, edits that are tried. Files that base does not have are in it too. edited must not change later.
func Overlay(base fs.FS, edited map[string][]byte) fs.FS {
	if len(edited) == 0 {
		return base
	}
	return overlay{base, edited}
}

type overlay struct {
	base   fs.FS
	edited map[string][]byte
}

// Open opens an edited file, or what base has.
func (o overlay) Open(name string) (fs.File, error) {
	if content, ok := o.edited[name]; ok {
		return &editedFile{Reader: bytes.NewReader(content), info: o.info(name)}, nil
	}
	return o.base.Open(name)
}

// ReadFile reads an edited file, or what base has.
func (o overlay) ReadFile(name string) ([]byte, error) {
	if content, ok := o.edited[name]; ok {
		return slices.Clone(content), nil
	}
	return fs.ReadFile(o.base, name)
}

// Stat describes an edited file, or what base has.
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if _, ok := o.edited[name]; ok {
		return o.info(name), nil
	}
	return fs.Stat(o.base, name)
}

// ReadDir lists a folder with the edited files that it does not have.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.base, name)
	for edited := range o.edited {
		if path.Dir(edited) != name {
			continue
		}
		err = nil
		entry := fs.FileInfoToDirEntry(o.info(edited))
		i, found := slices.BinarySearchFunc(entries, entry.Name(), func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
		if found {
			entries[i] = entry
			continue
		}
		entries = slices.Insert(entries, i, entry)
	}
	return entries, err
}

func (o overlay) info(name string) fs.FileInfo {
	return editedInfo{name: path.Base(name), size: int64(len(o.edited[name]))}
}

// editedFile is an edited file that is open.
type editedFile struct {
	*bytes.Reader
	info fs.FileInfo
}

// Stat describes the file.
func (f *editedFile) Stat() (fs.FileInfo, error) { return f.info, nil }

// Close does nothing.
func (f *editedFile) Close() error { return nil }

// editedInfo describes an edited file: a regular one.
type editedInfo struct {
	name string
	size int64
}

func (i editedInfo) Name() string       { return i.name }
func (i editedInfo) Size() int64        { return i.size }
func (i editedInfo) Mode() fs.FileMode  { return 0o644 }
func (i editedInfo) ModTime() time.Time { return time.Time{} }
func (i editedInfo) IsDir() bool        { return false }
func (i editedInfo) Sys() any           { return nil }
