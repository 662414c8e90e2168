package git_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/git"
	"lintel/internal/source"
)

// link replaces a path by a symlink.
func (r repo) link(name, target string) {
	r.Helper()
	path := filepath.Join(r.dir, name)
	if err := os.RemoveAll(path); err != nil {
		r.Fatal(err)
	}
	if err := os.Symlink(target, path); err != nil {
		r.Fatal(err)
	}
}

// changed returns the paths that differ between a tree and the working tree.
func (r repo) changed(tree *git.Tree) []string {
	r.Helper()
	root, err := source.OpenRoot(r.dir)
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = root.Close() })
	changed, err := tree.Changed(r.Context(), root, func(dir string) bool { return dir == "node_modules" })
	if err != nil {
		r.Fatal(err)
	}
	return changed
}

// TestChanged checks which paths differ between a commit and the working tree.
func TestChanged(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(r repo)
		want   []string
	}{
		"nothing":              {func(repo) {}, nil},
		"touched":              {func(r repo) { r.write(map[string]string{"a/main.tf": "a"}) }, nil},
		"edited, equally long": {func(r repo) { r.write(map[string]string{"a/main.tf": "b"}) }, []string{"a/main.tf"}},
		"longer":               {func(r repo) { r.write(map[string]string{"a/main.tf": "ab"}) }, []string{"a/main.tf"}},
		"added":                {func(r repo) { r.write(map[string]string{"new/x.tf": "", "y": ""}) }, []string{"new/x.tf", "y"}},
		"removed":              {func(r repo) { r.git("rm", "-q", "a/main.tf") }, []string{"a/main.tf"}},
		"renamed":              {func(r repo) { r.git("mv", "a", "b") }, []string{"a/main.tf", "b/main.tf"}},
		"in third-party code":  {func(r repo) { r.write(map[string]string{"node_modules/x.js": "b", "node_modules/new.js": ""}) }, []string{"node_modules/x.js"}},
		"ignored by git":       {func(r repo) { r.write(map[string]string{".gitignore": "*.auto.tfvars\n", "a/x.auto.tfvars": ""}) }, []string{".gitignore", "a/x.auto.tfvars"}},
		"not seen by git": {func(r repo) {
			r.git("update-index", "--assume-unchanged", "a/main.tf")
			r.write(map[string]string{"a/main.tf": "b"})
		}, []string{"a/main.tf"}},
		"a directory now":     {func(r repo) { r.git("rm", "-q", "x.yaml"); r.write(map[string]string{"x.yaml/y": ""}) }, []string{"x.yaml", "x.yaml/y"}},
		"executable":          {func(r repo) { r.executable(filepath.Join(r.dir, "x.yaml")) }, nil},
		"behind a link":       {func(r repo) { r.write(map[string]string{"real/z.tf": "b"}) }, []string{"linked.tf", "linked/z.tf", "real/z.tf"}},
		"a link elsewhere":    {func(r repo) { r.link("linked", "a") }, []string{"linked/main.tf", "linked/z.tf"}},
		"a link for its file": {func(r repo) { r.link("x.yaml", "a/main.tf") }, []string{"x.yaml"}},
		"links in a cycle":    {func(r repo) { r.link("nowhere", "nowhere") }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepo(t)
			r.link("linked", "real")
			r.link("linked.tf", "real/z.tf")
			r.link("nowhere", "gone")
			r.link("outside", "/etc/passwd")
			tree := r.tree(r.commit(map[string]string{"a/main.tf": "a", "x.yaml": "x", "real/z.tf": "z", "node_modules/x.js": "a"}), nil)
			before := content(t, tree)
			tt.change(r)
			for range 2 { // the second time, it reads from the working tree
				if diff := cmp.Diff(tt.want, r.changed(tree)); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(before, content(t, tree)); diff != "" {
					t.Errorf("the tree is another one now:\n%s", diff)
				}
			}
		})
	}
}

// TestChangedLater checks that a tree does not read what is edited after a comparison.
func TestChangedLater(t *testing.T) {
	r := newRepo(t)
	tree := r.tree(r.commit(map[string]string{"same.tf": "a", "edited.tf": "a", "removed.tf": "a"}), nil)
	if changed := r.changed(tree); len(changed) > 0 {
		t.Fatal(changed)
	}
	r.write(map[string]string{"edited.tf": "b"})
	later := time.Now().Add(time.Hour)
	if err := errors.Join(os.Chtimes(filepath.Join(r.dir, "edited.tf"), later, later), os.Remove(filepath.Join(r.dir, "removed.tf"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"same.tf", "edited.tf", "removed.tf"} {
		if text, err := fs.ReadFile(tree, name); err != nil || string(text) != "a" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

// TestChangedEnds checks that a comparison ends: with its context, and where links lead to each other.
func TestChangedEnds(t *testing.T) {
	r := newRepo(t)
	for i := range 5 {
		r.write(map[string]string{fmt.Sprintf("d/f%d", i): ""})
		r.link(fmt.Sprintf("d/l%d", i), "../d")
	}
	tree := r.tree(r.commit(map[string]string{"main.tf": "a"}), nil)
	root, err := source.OpenRoot(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // only read
	never := func(string) bool { return false }
	if _, err := tree.Changed(t.Context(), root, never); err == nil || !strings.Contains(err.Error(), "too many") {
		t.Errorf("got %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := tree.Changed(ctx, root, never); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
