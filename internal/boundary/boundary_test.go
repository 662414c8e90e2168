package boundary_test

import (
	"os"
	"path/filepath"
	"testing"

	"lintel/internal/boundary"
)

func TestOf(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	for _, dir := range []string{"repo/.git", "repo/infra/modules/net", "repo/vendored/.git", "worktree/infra", "plain/a/b"} {
		if err := os.MkdirAll(at(dir), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"repo/infra/main.tf", "plain/a/template.yaml", "worktree/.git"} {
		if err := os.WriteFile(at(file), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ name, within, path, want string }{
		{"a directory of a repository", "repo/infra", "repo/infra/modules/net", "repo"},
		{"a file of a repository", "repo/infra", "repo/infra/main.tf", "repo"},
		{"the repository itself", "plain", "repo", "repo"},
		{"a repository in a repository", "repo", "repo/vendored", "repo/vendored"},
		{"a worktree, whose .git is a file", "plain", "worktree/infra", "worktree"},
		{"no repository, below the working directory", "plain", "plain/a/b", "plain"},
		{"no repository, the working directory itself", "plain/a", "plain/a", "plain/a"},
		{"no repository, outside of the working directory", "plain/a/b", "plain/a", "plain/a"},
		{"no repository, a file outside of the working directory", "plain/a/b", "plain/a/template.yaml", "plain/a"},
		{"a sibling whose name begins like the working directory", "plain/a", "plain/ab/c", "plain"},
		{"a path that does not exist", "repo", "plain/a/b/none/main.tf", "plain/a/b"},
		{"a path that does not exist, in a repository", "plain", "repo/none/main.tf", "repo"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := boundary.Of(at(tt.within), at(tt.path)); got != at(tt.want) {
				t.Errorf("got %s, want %s", got, at(tt.want))
			}
		})
	}
}

func TestContains(t *testing.T) {
	for _, tt := range []struct {
		dir, path string
		want      bool
	}{
		{"/a", "/a", true},
		{"/a", "/a/b", true},
		{"/a", "/ab", false},
		{"/a/b", "/a", false},
		{"/", "/a", true},
		{"/a/", "/a/b", true},
	} {
		dir, p := filepath.FromSlash(tt.dir), filepath.FromSlash(tt.path)
		if got := boundary.Contains(dir, p); got != tt.want {
			t.Errorf("Contains(%q, %q) = %t", dir, p, got)
		}
	}
}

func TestRel(t *testing.T) {
	for _, tt := range []struct{ base, path, want string }{
		{"/a", "/a/b/c", "b/c"},
		{"/a", "/a", "."},
		{"/a/b", "/a/c", "../c"},
		{"relative", "/a/c", "/a/c"}, // relative and absolute paths have no relation
	} {
		if got := boundary.Rel(filepath.FromSlash(tt.base), filepath.FromSlash(tt.path)); got != tt.want {
			t.Errorf("Rel(%s, %s) = %s, want %s", tt.base, tt.path, got, tt.want)
		}
	}
}
