//go:build unix

package source_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"lintel/internal/source"
)

// TestReadPathNeverBlocks checks that named pipes and devices are not read.
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
