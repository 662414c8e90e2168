package parsers_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/parsers"
)

// TestIndexKnowsNoMoreThanASearch checks that an index that is told what changes, or that looks itself, finds the
// units that a new search finds.
func TestIndexKnowsNoMoreThanASearch(t *testing.T) {
	dirs := []string{".", "a", "a/b", "c", "c/d/e", "f"}
	texts := []string{"# nothing\n", "module \"x\" {\n  source = \"%s\"\n}\n", "resource \"aws_lambda_function\" \"f\" {\n  description = file(\"u.json\")\n}\n"}
	templates := []string{"a: 1\n", "Resources:\n  X: {Type: AWS::S3::Bucket}\n", "Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s/t.yaml}}\n"}
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 2)) //nolint:gosec // a test
		pick := func(all []string) string { return all[random.IntN(len(all))] }
		fsys := fstest.MapFS{}
		index := parsers.NewIndex()
		day := time.Unix(0, 0)
		for step := range 40 {
			var changed []string
			for range 1 + random.IntN(3) {
				day = day.Add(time.Hour)
				dir := pick(dirs)
				var name, text string
				if random.IntN(2) == 0 {
					name, text = path.Join(dir, pick([]string{"main.tf", "x.tofu"})), pick(texts)
				} else {
					name, text = path.Join(dir, pick([]string{"t.yaml", "u.json"})), pick(templates)
				}
				if strings.Contains(text, "%s") {
					rel := strings.Repeat("../", strings.Count(path.Join(dir, "x"), "/")) + pick(dirs)
					text = fmt.Sprintf(text, "./"+rel)
				}
				switch random.IntN(5) {
				case 0:
					delete(fsys, name)
				case 1: // a directory goes
					for file := range maps.Clone(fsys) {
						if dir != "." && strings.HasPrefix(file, dir+"/") {
							delete(fsys, file)
						}
					}
					name = dir
				default:
					fsys[name] = &fstest.MapFile{Data: []byte(text), ModTime: day}
				}
				changed = append(changed, name)
			}
			if seed%2 == 0 {
				index.Changed(fsys, changed...)
			} else if _, err := index.Refresh(context.Background(), fsys); err != nil {
				t.Fatal(err)
			}
			ask := []string{pick(slices.Sorted(maps.Keys(fstest.MapFS{"main.tf": nil, "a/main.tf": nil, "t.yaml": nil, "c/d/e/t.yaml": nil, "f/h.py": nil, "a/u.json": nil, "f/u.json": nil})))}
			want, wantProblems := parsers.Widen(fsys, ask)
			got, gotProblems := index.Widen(fsys, ask)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("seed %d, step %d, %v after %v: %s", seed, step, ask, changed, diff)
			}
			if diff := cmp.Diff(wantProblems, gotProblems); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}

func TestRefresh(t *testing.T) {
	day := time.Unix(0, 0)
	fsys := fstest.MapFS{"a.tf": {Data: []byte("1"), ModTime: day}, "b.yaml": {ModTime: day}, "c.png": {}, ".terraform/d.tf": {}}
	index := parsers.NewIndex()
	refresh := func() []string {
		t.Helper()
		changed, err := index.Refresh(context.Background(), fsys)
		if err != nil {
			t.Fatal(err)
		}
		return changed
	}
	if diff := cmp.Diff([]string{"a.tf", "b.yaml"}, refresh()); diff != "" {
		t.Error(diff)
	}
	if got := refresh(); got != nil {
		t.Errorf("%v", got)
	}
	fsys["a.tf"] = &fstest.MapFile{Data: []byte("2"), ModTime: day.Add(1)}
	delete(fsys, "b.yaml")
	fsys["c.png"], fsys["n.tf"] = &fstest.MapFile{Data: []byte("x")}, &fstest.MapFile{}
	if diff := cmp.Diff([]string{"a.tf", "b.yaml", "n.tf"}, refresh()); diff != "" {
		t.Error(diff)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	delete(fsys, "n.tf")
	if _, err := index.Refresh(ctx, fsys); err == nil {
		t.Error("it looks although nobody waits")
	}
	if diff := cmp.Diff([]string{"n.tf"}, refresh()); diff != "" {
		t.Error(diff)
	}
}
