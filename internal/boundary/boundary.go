// Package boundary determines the root directory of a run.
package boundary

import (
	"os"
	"path/filepath"
	"strings"
)

// Of returns the root of a run for a path; no file outside of it is read. The root is the repository that contains the
// path. Without a repository it is within, the working directory or the workspace of an editor, if that contains the path,
// else the directory of the path. All paths are absolute.
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

// existing returns the nearest existing ancestor of a path.
func existing(dir string) string {
	for dir != filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			break
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

// Contains reports whether a directory is a path or contains it.
func Contains(dir, p string) bool {
	return p == dir || strings.HasPrefix(p, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// Rel returns a path relative to a directory, slash-separated.
func Rel(base, p string) string {
	rel, err := filepath.Rel(base, p)
	if err != nil {
		return filepath.ToSlash(p)
	}
	return filepath.ToSlash(rel)
}
