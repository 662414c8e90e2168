package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"time"
)

// Overlay is a file system in which texts replace or add files, such as unsaved documents and tentative edits. It does
// not modify the texts.
type Overlay struct {
	fs.FS
	Texts map[string][]byte          // by path, slash-separated; not to be changed
	dirs  map[string]map[string]bool // by directory, the names of its texts (false) and of the subdirectories that contain texts (true)
}

// NewOverlay returns a file system with texts over another one. The paths are slash-separated. The map must not be changed
// afterwards.
func NewOverlay(fsys fs.FS, texts map[string][]byte) Overlay {
	o := Overlay{FS: fsys, Texts: texts, dirs: map[string]map[string]bool{}}
	for name := range texts { // any order: a directory and a text with the same path are a directory
		for isDir := false; name != "."; isDir = true {
			dir := path.Dir(name)
			names, isKnown := o.dirs[dir]
			if !isKnown {
				names = map[string]bool{}
				o.dirs[dir] = names
			}
			names[path.Base(name)] = names[path.Base(name)] || isDir
			if isKnown {
				break // it was added to its parents with another text
			}
			name = dir
		}
	}
	return o
}

// MaxFileBytes returns the limit of FS.
func (o Overlay) MaxFileBytes(name string) int64 { return LimitOf(o.FS, name) }

// Open opens a text, or else the file in FS.
func (o Overlay) Open(name string) (fs.File, error) {
	if content, ok := o.Texts[name]; ok {
		return &openText{info: o.info(name), Reader: bytes.NewReader(content)}, nil
	}
	if !o.has(name) {
		return o.FS.Open(name)
	}
	info, err := o.Stat(name)
	if err != nil {
		return nil, err
	}
	entries, err := o.ReadDir(name)
	if err != nil {
		return nil, err
	}
	return &openDir{info: info, rest: entries}, nil
}

// ReadFile reads a text, or else the file in FS.
func (o Overlay) ReadFile(name string) ([]byte, error) {
	if content, ok := o.Texts[name]; ok {
		return bytes.Clone(content), nil
	}
	return fs.ReadFile(o.FS, name)
}

// Stat describes a text, or else the file in FS.
func (o Overlay) Stat(name string) (fs.FileInfo, error) {
	if _, ok := o.Texts[name]; ok {
		return o.info(name), nil
	}
	info, err := fs.Stat(o.FS, name)
	if err != nil && o.has(name) {
		return textInfo{name: path.Base(name), dir: true}, nil
	}
	return info, err
}

// ReadDir lists a directory including texts.
func (o Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	own := o.entries(name)
	if len(own) == 0 {
		return entries, err
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return entries, err
	}
	for _, e := range entries {
		if t, ok := own[e.Name()]; !ok || t.dir && e.IsDir() {
			own[e.Name()] = textInfo{entry: e}
		}
	}
	var all []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if e := own[name]; e.entry != nil {
			all = append(all, e.entry)
		} else {
			all = append(all, fs.FileInfoToDirEntry(e))
		}
	}
	return all, nil
}

// entries returns the texts in a directory, and the subdirectories that contain texts.
func (o Overlay) entries(dir string) map[string]textInfo {
	own := make(map[string]textInfo, len(o.dirs[dir]))
	for name, isDir := range o.dirs[dir] { // any order: it fills a map
		if isDir {
			own[name] = textInfo{name: name, dir: true}
		} else {
			own[name] = o.info(path.Join(dir, name))
		}
	}
	return own
}

// has reports whether a directory contains a text.
func (o Overlay) has(dir string) bool { return o.dirs[dir] != nil }

func (o Overlay) info(name string) textInfo {
	return textInfo{name: path.Base(name), size: int64(len(o.Texts[name]))}
}

// textInfo describes a text as a file, or a directory that contains only texts.
type textInfo struct {
	name  string
	size  int64
	dir   bool
	entry fs.DirEntry // not nil: the existing file or directory
}

func (i textInfo) Name() string     { return i.name }
func (i textInfo) Size() int64      { return i.size }
func (textInfo) ModTime() time.Time { return time.Time{} }
func (i textInfo) IsDir() bool      { return i.dir }
func (textInfo) Sys() any           { return nil }
func (i textInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

// openText is an open text.
type openText struct {
	info textInfo
	*bytes.Reader
}

func (t *openText) Stat() (fs.FileInfo, error) { return t.info, nil }
func (*openText) Close() error                 { return nil }

// openDir is an open directory with its texts.
type openDir struct {
	info fs.FileInfo
	rest []fs.DirEntry // entries that are not listed yet
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (*openDir) Close() error                 { return nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.Name(), Err: errors.New("is a directory")}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(d.rest)
	} else if len(d.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.rest))
	list := d.rest[:n]
	d.rest = d.rest[n:]
	return list, nil
}
