package write_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"lintel/internal/write"
)

const (
	before = "before"
	after  = "after"
)

// put writes a file with a mode, whatever the umask.
func put(t *testing.T, name, content string, mode fs.FileMode) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(content), 0o600), os.Chmod(name, mode)); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}

// noTemporary checks that no temporary file is left in a directory.
func noTemporary(t *testing.T, dir string) {
	t.Helper()
	if left, _ := filepath.Glob(filepath.Join(dir, ".lintel-*")); len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
}

func TestIfSame(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "main.tf"), filepath.Join(dir, "link.tf")
	put(t, name, before, 0o640)
	if err := os.Symlink("main.tf", link); err != nil {
		t.Fatal(err)
	}
	if err := write.IfSame(dir, "link.tf", []byte(before), []byte(after)); err != nil {
		t.Error(err)
	}
	if info, err := os.Lstat(name); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o640 {
		t.Errorf("%v, %v: the mode is not what it was", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("%v, %v: the link is none any more", info.Mode(), err)
	}
	if got := content(t, name); got != after {
		t.Errorf("%q", got)
	}
	noTemporary(t, dir)
}

// TestIfSameRefuses checks that a file which a replacement would harm is left unchanged.
func TestIfSameRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		prepare func(file, outside string) error
		want    error
	}{
		"read-only":  {func(file, _ string) error { return os.Chmod(file, 0o444) }, write.ErrReadOnly},
		"hard links": {func(file, _ string) error { return os.Link(file, file+".link") }, write.ErrLinked},
		"changed":    {func(file, _ string) error { return os.WriteFile(file, []byte("saved!"), 0o600) }, write.ErrChanged},
		"longer":     {func(file, _ string) error { return os.WriteFile(file, []byte(before+" and more"), 0o600) }, write.ErrChanged},
		"removed":    {func(file, _ string) error { return os.Remove(file) }, fs.ErrNotExist},
		"replaced by a symlink out of the repository": {func(file, outside string) error {
			return errors.Join(os.Remove(file), os.Symlink(outside, file))
		}, write.ErrOutside},
		"in a directory that is now a symlink out of the repository": {func(file, outside string) error {
			return errors.Join(os.RemoveAll(filepath.Dir(file)), os.Symlink(filepath.Dir(outside), filepath.Dir(file)))
		}, write.ErrOutside},
	} {
		t.Run(name, func(t *testing.T) {
			dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "main.tf")
			file := filepath.Join(dir, "infra", "main.tf")
			put(t, file, before, 0o600)
			put(t, outside, before, 0o600)
			if err := tt.prepare(file, outside); err != nil {
				t.Fatal(err)
			}
			left := content(t, file)
			if err := write.IfSame(dir, "infra/main.tf", []byte(before), []byte(after)); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if now := content(t, file); now != left {
				t.Errorf("the file contains %q, want %q", now, left)
			}
			if now := content(t, outside); now != before {
				t.Errorf("the file outside contains %q", now)
			}
			noTemporary(t, filepath.Dir(file))
		})
	}
}

func writeAfter(w io.Writer) error {
	_, err := io.WriteString(w, after)
	return err
}

// TestFile checks how a file that the user chose is replaced, in a repository and outside of one.
func TestFile(t *testing.T) {
	errOther := errors.New("not now")
	for name, tt := range map[string]struct {
		prepare func(file, outside string) error
		ready   func() error
		want    error
		inRepo  bool
		content string // of the file afterwards
	}{
		"new":         {prepare: func(file, _ string) error { return os.Remove(file) }, content: after},
		"existing":    {content: after},
		"read-only":   {prepare: func(file, _ string) error { return os.Chmod(file, 0o444) }, want: write.ErrReadOnly, content: before},
		"hard link":   {prepare: func(file, _ string) error { return os.Link(file, file+".link") }, want: write.ErrLinked, content: before},
		"not ready":   {ready: func() error { return errOther }, want: errOther, content: before},
		"symlink":     {prepare: linked, content: after},
		"symlink out": {prepare: linked, inRepo: true, want: write.ErrOutside, content: before},
		"dangling symlink": {prepare: func(file, outside string) error {
			return errors.Join(linked(file, outside), os.Remove(outside))
		}, want: fs.ErrNotExist},
		"device": {prepare: func(file, _ string) error {
			return errors.Join(os.Remove(file), os.Symlink(os.DevNull, file))
		}, inRepo: true, want: write.ErrOutside},
	} {
		t.Run(name, func(t *testing.T) {
			dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "other")
			file := filepath.Join(dir, "report.json")
			put(t, file, before, 0o640)
			put(t, outside, before, 0o640)
			if tt.inRepo {
				put(t, filepath.Join(dir, ".git", "HEAD"), "", 0o600)
			}
			if tt.prepare != nil {
				if err := tt.prepare(file, outside); err != nil {
					t.Fatal(err)
				}
			}
			if err := write.File(file, tt.ready, writeAfter); !errors.Is(err, tt.want) || tt.want == nil && err != nil {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if got := content(t, file); got != tt.content {
				t.Errorf("the file contains %q, want %q", got, tt.content)
			}
			if info, err := os.Stat(file); name == "existing" && runtime.GOOS != "windows" && (err != nil || info.Mode() != 0o640) {
				t.Errorf("%v, %v: the mode is not what it was", info.Mode(), err)
			}
			noTemporary(t, dir)
		})
	}
}

// linked replaces a file by a symlink.
func linked(file, outside string) error {
	return errors.Join(os.Remove(file), os.Symlink(outside, file))
}

func TestCreate(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close() //nolint:errcheck // nothing is written through the directory handle
	if err := write.Create(root, "new", []byte(after)); err != nil || content(t, filepath.Join(dir, "new")) != after {
		t.Error(err)
	}
	put(t, filepath.Join(dir, "old"), before, 0o600)
	if err := write.Create(root, "old", []byte(after)); !errors.Is(err, fs.ErrExist) || content(t, filepath.Join(dir, "old")) != before {
		t.Errorf("%v, want that it exists", err)
	}
	noTemporary(t, dir)
}
