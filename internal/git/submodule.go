package git

import (
	"context"
	"os"
	"path/filepath"
)

// submodule adds the files of a submodule at a commit. If it is not checked out or does not contain the commit, the
// directory stays empty.
func (t *Tree) submodule(ctx context.Context, r *Repository, folder, name, commit string) {
	inside, err := filepath.Rel(filepath.FromSlash(folder), filepath.FromSlash(name))
	if err != nil {
		return
	}
	root := filepath.Join(r.root, inside)
	if resolved, err := filepath.EvalSymlinks(root); err != nil || resolved != root {
		return // not checked out, or a symlink
	}
	if _, err := os.Lstat(filepath.Join(root, ".git")); err != nil {
		return
	}
	sub := &Repository{root: root, env: environment(os.Environ(), root, r.root)}
	if listing, err := sub.list(ctx, commit); err == nil {
		_ = t.fill(ctx, sub, name, listing, treeFields) // a submodule that cannot be listed stays empty
	}
}
