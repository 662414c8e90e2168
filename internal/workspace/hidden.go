package cli

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/check"
	"lintel/internal/policy"
)

// withoutTests keeps the templates of the tests of custom rules out of a run: they are wrong on purpose. Who
// names one of them gets it. It returns a note when there are some.
func withoutTests(req *check.Request, where location, folders []policy.Folder) []string {
	var hidden []string
	for _, folder := range folders {
		folder := inside(req.FS, folder.Shown) // with the rules that a change adds to it
		for _, id := range folder.IDs() {
			dir := path.Join(folder.RuleDir(id), "testdata")
			info, err := fs.Stat(req.FS, dir)
			if err == nil && info.IsDir() && !slices.ContainsFunc(where.paths, isBelow(dir)) {
				hidden = append(hidden, dir)
			}
		}
	}
	if len(hidden) == 0 {
		return nil
	}
	req.FS = hiding{req.FS, hidden}
	if req.Widen { // nobody named these, they are what was changed
		for _, dir := range hidden {
			req.Paths = slices.DeleteFunc(req.Paths, isBelow(dir))
		}
	}
	return []string{"the templates in the testdata of your own rules are not checked; lintel test runs them"}
}

func isBelow(dir string) func(string) bool {
	return func(p string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }
}

// hiding is a file system that does not list some folders. What is in them can be read.
type hiding struct {
	fs.FS
	hidden []string
}

// ReadDir lists a folder.
func (h hiding) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(h.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return slices.Contains(h.hidden, path.Join(name, e.Name()))
	}), err
}

// Stat says what a path is.
func (h hiding) Stat(name string) (fs.FileInfo, error) { return fs.Stat(h.FS, name) }
