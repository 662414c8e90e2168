package watch_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lintel/internal/watch"
)

// TestWait makes a change at a time and checks that it is reported once, or not at all.
func TestWait(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) func() error {
		return func() error { return os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600) }
	}
	for _, name := range []string{"stack", "stack/.git", "node_modules"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w, err := watch.New(func(name string) bool { return name == ".git" || name == "node_modules" })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	if err := w.Add(dir); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		change   func() error
		reported bool
	}{
		{"nothing", func() error { return nil }, false},
		{"a new file", write("a.tf"), true},
		{"a changed file", write("a.tf"), true},
		{"a file in a directory", write("stack/b.tf"), true},
		{"a mode", func() error { return os.Chmod(filepath.Join(dir, "a.tf"), 0o400) }, false},
		{"a renamed file, as editors save", func() error {
			return errors.Join(write("a.tf~")(), os.Rename(filepath.Join(dir, "a.tf~"), filepath.Join(dir, "a.tf")))
		}, true},
		{"a deleted file", func() error { return os.Remove(filepath.Join(dir, "stack", "b.tf")) }, true},
		{"new directories", func() error { return os.MkdirAll(filepath.Join(dir, "new", "deep"), 0o700) }, true},
		{"a file in a new directory", write("new/deep/c.tf"), true},
		{"a repository", write("stack/.git/index"), false},
		{"third-party code", write("node_modules/d.tf"), false},
		{"a new directory that is skipped", func() error { return os.Mkdir(filepath.Join(dir, "new", "node_modules"), 0o700) }, false},
		{"many files", func() error {
			var all []error
			for range 50 {
				all = append(all, write("many.tf")())
			}
			return errors.Join(all...)
		}, true},
		{"a deleted directory", func() error { return os.RemoveAll(filepath.Join(dir, "new")) }, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.change(); err != nil {
				t.Fatal(err)
			}
			limit := 300 * time.Millisecond
			if tt.reported {
				limit = 10 * time.Second
			}
			if got := waits(w, limit); got != tt.reported {
				t.Errorf("the change is reported: %t", got)
			}
			if tt.reported && waits(w, 300*time.Millisecond) {
				t.Error("the change is reported twice")
			}
		})
	}
}

func waits(w *watch.Watcher, limit time.Duration) bool {
	ctx, stop := context.WithTimeout(context.Background(), limit)
	defer stop()
	return w.Wait(ctx) == nil
}

func TestAddMissing(t *testing.T) {
	w, err := watch.New(func(string) bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Add(filepath.Join(file, "below")); err == nil {
		t.Error("a directory below a file is watched")
	}
}
