package source_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/fstest"

	"lintel/internal/source"
)

func TestReadFile(t *testing.T) {
	tree := fstest.MapFS{
		"a.tf":     {Data: []byte("a")},
		"full.tf":  {Data: make([]byte, source.MaxFileBytes)},
		"large.tf": {Data: make([]byte, source.MaxFileBytes+1)},
		"pipe":     {Mode: fs.ModeNamedPipe},
		"dir/x":    {},
	}
	for name, want := range map[string]string{
		"a.tf": "", "full.tf": "",
		"large.tf": "not read: exceeds the limit of 4 MiB (--max-file-size)",
		"pipe":     "not read: not a regular file",
		"dir":      "not read: not a regular file",
		"none":     "not read: file does not exist",
	} {
		content, err := source.ReadFile(tree, name)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want || (err == nil) != (content != nil) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestReadPathNeverBlocks(t *testing.T) {
	dir := t.TempDir()
	pipe, device, large := filepath.Join(dir, "pipe"), filepath.Join(dir, "device"), filepath.Join(dir, "large")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/zero", device); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(large, make([]byte, source.MaxFileBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		pipe: "not a regular file", device: "not a regular file", large: "exceeds the limit of 4 MiB", dir: "not a regular file",
		filepath.Join(dir, "none"): "no such file or directory",
	} {
		if _, err := source.ReadPath(name); err == nil || err.Error() != want {
			t.Errorf("ReadPath(%s): %v, want %s", name, err, want)
		}
	}
	root, err := source.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()             //nolint:errcheck // opened for reading only
	file, err := root.Open("pipe") // as if it replaced a file after the check
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // opened for reading only
	if _, err := root.ReadFile("pipe"); err == nil || err.Error() != "not read: not a regular file" {
		t.Errorf("ReadFile: %v", err)
	}
}

// TestReadFileOutside checks that a path that a file system refuses has a reason that a user understands.
func TestReadFileOutside(t *testing.T) {
	_, err := source.ReadFile(os.DirFS(t.TempDir()), "../x")
	if err == nil || err.Error() != "not read: the path escapes the repository or is not valid" {
		t.Error(err)
	}
}
