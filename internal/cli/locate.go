package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"lintel/internal/boundary"
	"lintel/internal/git"
	"lintel/internal/workspace"
)

// location is the root, the paths and the working directory of a run.
type location struct {
	root  string   // absolute path; no file outside of it is read
	paths []string // the paths of the command line, relative to root, slash-separated
	cwd   string   // absolute path of the working directory
}

// show converts a path of a file to one relative to the working directory.
func (l location) show(path string) string {
	return boundary.Rel(l.cwd, filepath.Join(l.root, filepath.FromSlash(path)))
}

// tracked returns the paths that the repository at the root tracks.
func (l location) tracked(ctx context.Context) (tracked workspace.Tracked, err error) {
	if _, err := os.Stat(filepath.Join(l.root, ".git")); err != nil {
		return tracked, workspace.ErrNoRepository
	}
	repository, err := git.Open(l.root, l.cwd)
	if err != nil {
		return tracked, err
	}
	tracked.Paths, tracked.Sparse, err = repository.Tracked(ctx)
	return tracked, err
}

// trackedBelow returns the paths that the repository at a root tracks, for the servers.
func trackedBelow(ctx context.Context, root string) (workspace.Tracked, error) {
	return location{root: root, cwd: root}.tracked(ctx)
}

// locate finds the root of a run: the repository that contains the paths. Without a repository it is the working
// directory if that contains the path, else the directory of the path. Without paths, the working directory is checked.
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
		own := boundary.Of(cwd, absolute[i])
		if root == "" {
			root = own
		}
		root = common(root, own)
	}
	where := location{root: root, cwd: cwd}
	for _, p := range absolute {
		where.paths = append(where.paths, boundary.Rel(root, p))
	}
	return where, nil
}

// resolve makes a path absolute and resolves symlinks in its directories.
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

// common returns the nearest common ancestor of two directories.
func common(a, b string) string {
	for !boundary.Contains(a, b) {
		a = filepath.Dir(a)
	}
	return a
}
