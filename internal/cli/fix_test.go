package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestReplaceIfSame(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "main.tf"), filepath.Join(dir, "link.tf")
	if err := os.WriteFile(name, []byte("before"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	if err := replaceIfSame(name, []byte("something else"), []byte("after")); !errors.Is(err, errChanged) {
		t.Errorf("%v, want that it has changed", err)
	}
	if content, _ := os.ReadFile(name); string(content) != "before" {
		t.Errorf("a file that has changed was written: %q", content)
	}
	if err := replaceIfSame(link, []byte("before"), []byte("after")); err != nil {
		t.Error(err)
	}
	if info, err := os.Lstat(name); err != nil || info.Mode() != 0o640 {
		t.Errorf("%v, %v: the mode is not what it was", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("%v, %v: the link is none any more", info.Mode(), err)
	}
	if content, _ := os.ReadFile(link); string(content) != "after" {
		t.Errorf("%q", content)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".lintel-*")); len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
}

// TestReplaceIfSameRefuses checks that a file which an atomic replacement would harm is left unchanged.
func TestReplaceIfSameRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		prepare func(file string) error
		want    error
	}{
		"read-only":  {func(file string) error { return os.Chmod(file, 0o444) }, errReadOnly},
		"hard links": {func(file string) error { return os.Link(file, file+".link") }, errLinked},
		"changed":    {func(file string) error { return os.WriteFile(file, []byte("saved"), 0o600) }, errChanged},
		"removed":    {os.Remove, fs.ErrNotExist},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "main.tf")
			if err := errors.Join(os.WriteFile(file, []byte("before"), 0o600), tt.prepare(file)); err != nil {
				t.Fatal(err)
			}
			left, _ := os.ReadFile(file)
			if err := replaceIfSame(file, []byte("before"), []byte("after")); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if now, _ := os.ReadFile(file); string(now) != string(left) {
				t.Errorf("the file contains %q, want %q", now, left)
			}
			if temporary, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".lintel-*")); len(temporary) > 0 {
				t.Errorf("%v is left behind", temporary)
			}
		})
	}
}
