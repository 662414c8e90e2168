package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/source"
)

func TestOverlay(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.tf", "m/b.tf", "m/c.tf"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("disk"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	o := source.NewOverlay(os.DirFS(dir), map[string][]byte{
		"a.tf": []byte("editor"), "m/new.tf": []byte("new"), "x/y/z.tf": []byte("deep"), "top.tf": nil,
	})
	if err := fstest.TestFS(o, "a.tf", "m/b.tf", "m/c.tf", "m/new.tf", "x/y/z.tf", "top.tf"); err != nil {
		t.Error(err)
	}
	var all []string
	err := fs.WalkDir(o, ".", func(p string, _ fs.DirEntry, err error) error {
		all = append(all, p)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{".", "a.tf", "m", "m/b.tf", "m/c.tf", "m/new.tf", "top.tf", "x", "x/y", "x/y/z.tf"}, all); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]string{"a.tf": "editor", "m/b.tf": "disk", "x/y/z.tf": "deep", "top.tf": ""} {
		if got, err := fs.ReadFile(o, name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := fs.Stat(o, "none.tf"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := fs.ReadDir(o, "none"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
