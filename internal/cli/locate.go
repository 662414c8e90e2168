package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// location is where a run takes place.
type location struct {
	root  string   // absolute path of the folder that nothing is read outside of
	paths []string // the paths of the command line, relative to root, slash-separated
	cwd   string   // absolute path of the working directory
}

// show returns the path of a file as people see it from the working directory.
func (l location) show(path string) string {
	return slashRel(l.cwd, filepath.Join(l.root, filepath.FromSlash(path)))
}

// locate finds the root of a run: the repository that holds the paths. Where there is no
// repository it is the working directory if that holds the path, else the path's own folder.
// Without paths the working directory is checked.
func locate(paths []string) (location, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return location{}, fmt.Errorf("find the working directory: %w", err)
	}
	if resolved, err := filepath.EvalSymlinks(cwd); err == nil {
		cwd = resolved
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	absolute := make([]string, len(paths))
	root := ""
	for i, p := range paths {
		absolute[i] = resolve(cwd, p)
		boundary := boundaryOf(cwd, absolute[i])
		if root == "" {
			root = boundary
		}
		root = common(root, boundary)
	}
	where := location{root: root, cwd: cwd}
	for _, p := range absolute {
		where.paths = append(where.paths, slashRel(root, p))
	}
	return where, nil
}

// resolve makes a path absolute and follows the links in the folders that lead to it.
func resolve(cwd, p string) string {
	if !filepath.IsAbs(p) {
		p = filepath.Join(cwd, p)
	}
	p = filepath.Clean(p)
	if dir, err := filepath.EvalSymlinks(filepath.Dir(p)); err == nil {
		p = filepath.Join(dir, filepath.Base(p))
	}
	if info, err := os.Stat(p); err == nil && info.IsDir() {
		if dir, err := filepath.EvalSymlinks(p); err == nil {
			return dir
		}
	}
	return p
}

// boundaryOf returns the folder that a path belongs to.
func boundaryOf(cwd, p string) string {
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
	if contains(cwd, p) {
		return cwd
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

func contains(dir, p string) bool {
	return p == dir || strings.HasPrefix(p, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// common returns the nearest folder that holds both.
func common(a, b string) string {
	for !contains(a, b) {
		a = filepath.Dir(a)
	}
	return a
}

func slashRel(base, p string) string {
	rel, err := filepath.Rel(base, p)
	if err != nil {
		return filepath.ToSlash(p)
	}
	return filepath.ToSlash(rel)
}
