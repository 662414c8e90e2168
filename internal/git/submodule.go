package git

import (
	"context"
	"os"
	"path/filepath"
)

// submodule files what a submodule has at a commit. Of one that is not checked out, or does not have
// the commit, the folder stays empty: who needs it says that nothing is there.
func (t *Tree) submodule(ctx context.Context, r *Repository, folder, name, commit string) {
	inside, err := filepath.Rel(filepath.FromSlash(folder), filepath.FromSlash(name))
	if err != nil {
		return
	}
	root := filepath.Join(r.root, inside)
	if resolved, err := filepath.EvalSymlinks(root); err != nil || resolved != root {
		return // not checked out, or a link to somewhere else
	}
	if _, err := os.Lstat(filepath.Join(root, ".git")); err != nil {
		return
	}
	sub := &Repository{root: root, env: environment(os.Environ(), root, r.root)}
	if listing, err := sub.list(ctx, commit); err == nil {
		_ = t.fill(ctx, sub, name, listing, treeFields) // what is not understood is not there
	}
}
