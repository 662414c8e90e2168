// Package boundary finds the folder that a run takes place in.
package boundary

import (
	"os"
	"path/filepath"
	"strings"
)

// Of returns the folder that a path belongs to and that nothing is read outside of: the
// repository that holds it. Where there is none it is within, the working directory or the folder of an
// editor, if that holds the path, else the path's own folder. All paths are absolute.
func Of(within, p string) string {
	own := p
	if info, err := os.Stat(p); err != nil || !info.IsDir() {
		own = filepath.Dir(p)
	}
	for dir := own; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if Contains(within, p) {
		return within
	}
	return existing(own)
}

// existing returns the nearest folder above a path that exists.
func existing(dir string) string {
	for dir != filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			break
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

// Contains reports whether a path is a folder or lies in it.
func Contains(dir, p string) bool {
	return p == dir || strings.HasPrefix(p, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// Rel returns a path as seen from a folder, slash-separated.
func Rel(base, p string) string {
	rel, err := filepath.Rel(base, p)
	if err != nil {
		return filepath.ToSlash(p)
	}
	return filepath.ToSlash(rel)
}
