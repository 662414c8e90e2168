package generate_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFuzzTargets checks that the Makefile lists every fuzz target.
func TestFuzzTargets(t *testing.T) {
	repository := os.DirFS("../..")
	var want []string
	declaration := regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)
	for _, root := range []string{"internal", "parsers", "policies", "cmd"} {
		err := fs.WalkDir(repository, root, func(p string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(p, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(repository, p)
			for _, match := range declaration.FindAllSubmatch(text, -1) {
				want = append(want, path.Dir(p)+":"+string(match[1]))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	makefile, err := fs.ReadFile(repository, "Makefile")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(strings.ReplaceAll(string(makefile), "\\\n", " "), "\nFUZZ := ")
	list, _, _ = strings.Cut(list, "\n")
	got := strings.Fields(list)
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("FUZZ in the Makefile (-targets +list):\n%s", diff)
	}
}
