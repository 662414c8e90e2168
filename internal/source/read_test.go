package source_test

import (
	"io/fs"
	"os"
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

// TestReadFileOutside checks that a path that a file system refuses has a reason that a user understands.
func TestReadFileOutside(t *testing.T) {
	_, err := source.ReadFile(os.DirFS(t.TempDir()), "../x")
	if err == nil || err.Error() != "not read: the path escapes the repository or is not valid" {
		t.Error(err)
	}
}
