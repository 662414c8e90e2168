package parsers_test

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/parsers"
)

// slow is a file system that takes a time to list directories or to open files.
type slow struct {
	fstest.MapFS
	time time.Duration
	is   func(name string) bool
}

func (s slow) wait(name string) {
	if s.is(name) {
		time.Sleep(s.time) // in a bubble of synctest
	}
}

func (s slow) ReadDir(name string) ([]fs.DirEntry, error) {
	s.wait(name)
	return s.MapFS.ReadDir(name)
}

func (s slow) Open(name string) (fs.File, error) {
	s.wait(name)
	return s.MapFS.Open(name)
}

func (s slow) ReadFile(name string) ([]byte, error) {
	s.wait(name)
	return s.MapFS.ReadFile(name)
}

// hostile is a tree with a template, directories that take a second each, and a template that is found after them.
func hostile(file, text string) slow {
	files := fstest.MapFS{"a/template.yaml": {Data: []byte(publicCFN)}, "z/template.yaml": {Data: []byte(publicCFN)}}
	for i := range 1000 {
		files[fmt.Sprintf("slow/%03d/%s", i, file)] = &fstest.MapFile{Data: []byte(text)}
	}
	return slow{MapFS: files, time: time.Second, is: func(name string) bool { return strings.HasPrefix(name, "slow/") }}
}

func overtimeIn(problems []finding.Problem, prefix string) bool {
	for _, p := range problems {
		if strings.HasPrefix(p.Range.Path, prefix) && strings.Contains(p.Message, "the search exceeds the time limit of 2m0s") {
			return true
		}
	}
	return false
}

// TestSearchTime searches trees that take longer than a search may: the search ends, a problem names the directory or file
// that it has reached, and what it has found before remains.
func TestSearchTime(t *testing.T) {
	for name, tree := range map[string]struct {
		file, text string
		time       time.Duration
		is         string // prefix or suffix of what is slow
	}{
		"listing":           {"notes.md", "", time.Second, "slow/"},
		"reading templates": {"t.yaml", publicCFN, time.Second, "/t.yaml"},
		"reading modules":   {"main.tf", publicURL, time.Second, "/main.tf"},
		"a file that hangs": {"main.tf", publicURL, time.Hour, "slow/000/main.tf"},
		"files of the CDK":  {"cdk.json", `{"app":"a"}`, time.Second, "/cdk.json"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				defer time.Sleep(24 * time.Hour) // what the search has left in the background ends
				files := hostile(tree.file, tree.text)
				files.time = tree.time
				files.is = func(name string) bool { return strings.HasPrefix(name, tree.is) || strings.HasSuffix(name, tree.is) }
				start := time.Now()
				found := parsers.Search(files, []string{"."})
				if took := time.Since(start); took > 2*time.Minute+5*time.Second {
					t.Errorf("the search took %s", took)
				}
				if !overtimeIn(found.Problems, "slow") {
					t.Errorf("no problem names a directory: %v", found.Problems)
				}
				if len(found.Units) == 0 || found.Units[0] != (deployment.Unit{Kind: deployment.Template, Root: "a/template.yaml"}) {
					t.Errorf("the template before is not found: %v", found.Units)
				}
			})
		})
	}
}

// TestSearchTimeOfAnIndex asks an index that could not be completed in time: each search reports it, and one that the caller
// ends leaves nothing behind.
func TestSearchTimeOfAnIndex(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		files := hostile("notes.md", "")
		index := parsers.NewIndex()
		for range 2 {
			found := index.SearchChanged(t.Context(), files, []string{"a/template.yaml"})
			if len(found.Units) != 1 || !overtimeIn(found.Problems, "slow/") {
				t.Errorf("%v %v", found.Units, found.Problems)
			}
		}
		if changed, err := index.Refresh(t.Context(), files); err != nil || changed != nil {
			t.Errorf("an incomplete look finds changes: %v %v", changed, err)
		}
		files.time = 0
		if changed, err := index.Refresh(t.Context(), files); err != nil || len(changed) != 1 || changed[0] != path.Join("z", "template.yaml") {
			t.Errorf("%v %v", changed, err)
		}
		if found := index.SearchChanged(t.Context(), files, []string{"a/template.yaml"}); len(found.Problems) > 0 {
			t.Errorf("%v", found.Problems)
		}

		files.time = time.Second
		index = parsers.NewIndex()
		ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
		defer stop()
		index.SearchChanged(ctx, files, []string{"a/template.yaml"})
		if index.IsKnown() {
			t.Error("the index of a search that its caller has ended counts as complete")
		}
	})
}

// TestSearchMemory stops a search while it reads a file that hangs, as for its memory: a problem names the file, and the rest
// is found.
func TestSearchMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(24 * time.Hour) // what the search has left in the background ends
		var work deployment.Work
		files := slow{
			MapFS: fstest.MapFS{"a.yaml": {Data: []byte(publicCFN)}, "b.yaml": {Data: []byte(publicCFN)}},
			time:  time.Hour,
			is:    func(name string) bool { return name == "a.yaml" },
		}
		go func() {
			time.Sleep(time.Second)
			if names := work.Names(); len(names) != 1 || names[0] != "a.yaml" {
				t.Errorf("in work: %v", names)
			}
			work.Stop("the check exceeds the limit of memory")
		}()
		found := parsers.SearchWithin(work.With(t.Context()), files, []string{"."})
		if len(found.Units) != 1 || found.Units[0].Root != "b.yaml" {
			t.Errorf("%v", found.Units)
		}
		if len(found.Problems) != 1 || found.Problems[0].Range.Path != "a.yaml" || found.Problems[0].Message != "the check exceeds the limit of memory" {
			t.Errorf("%v", found.Problems)
		}
	})
}
