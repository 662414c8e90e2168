package migrate

import (
	"bytes"
	"io/fs"
)

// Overlay is a file system in which some files have other contents.
type Overlay struct {
	fs.FS
	Files map[string][]byte // by path
}

// Open opens a file.
func (o Overlay) Open(name string) (fs.File, error) {
	file, err := o.FS.Open(name)
	content, ok := o.Files[name]
	if err != nil || !ok {
		return file, err
	}
	info, err := file.Stat()
	if err != nil {
		return file, err
	}
	return &memory{Reader: bytes.NewReader(content), info: overlaid{info, int64(len(content))}, closes: file}, nil
}

type memory struct {
	*bytes.Reader
	info   fs.FileInfo
	closes fs.File
}

func (m *memory) Stat() (fs.FileInfo, error) { return m.info, nil }
func (m *memory) Close() error               { return m.closes.Close() }

// overlaid is what is known of a file that has another content.
type overlaid struct {
	fs.FileInfo
	size int64
}

// Size is that of the other content.
func (o overlaid) Size() int64 { return o.size }
