package source

import (
	"errors"
	"io/fs"
	"strings"
)

// Holds reports whether a directory is a path or contains it. Both are slash-separated and clean; "." holds all paths.
func Holds(dir, p string) bool { return dir == "." || p == dir || strings.HasPrefix(p, dir+"/") }

// IsMissing reports whether a path does not exist. It is false if that is unknown because of another error.
func IsMissing(files fs.FS, name string) bool {
	_, err := fs.Stat(files, name)
	return errors.Is(err, fs.ErrNotExist)
}
