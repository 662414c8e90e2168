package git

import (
	"io/fs"
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
)

// FuzzListing checks that no listing of a tree or of the index, whose names an author of commits chooses, makes a panic or a file system that
// cannot be walked.
func FuzzListing(f *testing.F) {
	f.Add([]byte("100644 blob 0123 12\ta/b.tf\x00120000 blob 0123 3\ta/c\x00"))
	f.Add([]byte("100644 blob 0123 -\t../x\x00160000 commit 0123 -\tsub\x00"))
	f.Add([]byte("100644 blob 0 1\ta\x00100644 blob 0 1\ta/b\x00100644 blob 0 1\ta/b/c\x00"))
	f.Add([]byte("100644 blob 0 1\t\xff/\xfe\x00x\x00"))
	f.Add([]byte("100644 0123 0\ta/b.tf\x00100644 0123 2\ta/b.tf\x00120000 0 0\t.gitmodules\x00"))
	f.Fuzz(func(t *testing.T, listing []byte) {
		cputimetest.Limit(t, 2*time.Second)
		r := &Repository{root: t.TempDir()}
		commit, err := r.tree(t.Context(), listing, nil, treeFields)
		walk(t, listing, commit, err)
		index, err := r.index(t.Context(), listing, nil)
		walk(t, listing, index, err)
	})
}

// walk checks that each directory of a tree exists and that the tree has no more entries than its listing.
func walk(t *testing.T, listing []byte, tree *Tree, err error) {
	t.Helper()
	if err != nil {
		return
	}
	entries := 0
	_ = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if entries++; entries > len(listing)+1 {
			t.Fatalf("%q has more entries than names", listing)
		}
		if err == nil && entry.IsDir() {
			if _, err := fs.Stat(tree, name); err != nil {
				t.Errorf("%q: %v", name, err)
			}
		}
		return nil
	}) // a name that is no text cannot be read
}
