//go:build unix

package source_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/source"
)

// TestRootIsOSRoot checks that Root finds the same as os.Root: of the links that lead out of the directory and of those that do not.
func TestRootIsOSRoot(t *testing.T) {
	outside := t.TempDir()
	dir := filepath.Join(outside, "repository")
	for name, text := range map[string]string{"repository/a/b/file": "text", "secret": "secret"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(outside, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(outside, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"in": "a/b/file", "a/up": "../a/b/file", "parent": "a", "out": "../secret", "a/out": "../../secret", "around": "../repository/a/b/file",
		"absolute": filepath.Join(dir, "a/b/file"), "loop": "loop", "none": "missing", "system": "/proc/self/cwd",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := source.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // opened for reading only
	reference, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer reference.Close() //nolint:errcheck // opened for reading only
	names := []string{
		".", "a", "a/b/file", "a/b/file/x", "in", "a/up", "parent/b/file", "parent", "out", "a/out", "parent/out", "around", "absolute", "loop", "none",
		"system", "system/go.mod", "missing", "missing/x", "pipe", "..", "../secret", "/", "",
	}
	if diff := cmp.Diff(found(reference.FS(), names), found(root, names)); diff != "" {
		t.Errorf("- os.Root, + Root:\n%s", diff)
	}
}

// found returns for each name what is there, its text and its entries.
func found(files fs.FS, names []string) map[string]string {
	all := map[string]string{}
	for _, name := range names {
		info, err := fs.Stat(files, name)
		if err != nil {
			all[name] = "error"
			if errors.Is(err, fs.ErrNotExist) {
				all[name] = "missing"
			}
			continue
		}
		all[name] = info.Mode().String()
		switch {
		case info.Mode().IsRegular():
			file, err := files.Open(name)
			if err != nil {
				all[name] += " error"
				continue
			}
			text, _ := io.ReadAll(file)
			all[name] += " " + string(text)
			_ = file.Close() // opened for reading only
		case info.IsDir():
			entries, err := fs.ReadDir(files, name)
			if err != nil {
				all[name] += " error"
			}
			for _, e := range entries {
				info, err := e.Info()
				if err != nil {
					all[name] += " error"
					continue
				}
				all[name] += " " + e.Name() + " " + e.Type().String() + " " + info.Mode().String()
			}
		}
	}
	return all
}

// TestClosedRoot checks that a directory that is closed while files are opened gives errors, and no files of another directory that gets
// its number.
func TestClosedRoot(t *testing.T) {
	root, err := source.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for !errors.Is(func() error { _, err := root.Stat("."); return err }(), os.ErrClosed) {
			}
		})
	}
	if err := root.Close(); err != nil {
		t.Error(err)
	}
	wait.Wait()
	other, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close() //nolint:errcheck // opened for reading only
	if _, err := root.Open("."); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Open: %v", err)
	}
	if _, err := root.ReadDir("."); !errors.Is(err, os.ErrClosed) {
		t.Errorf("ReadDir: %v", err)
	}
}
