package cli

import (
	"errors"
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
