package parsers_test

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/parsers"
)

var update = flag.Bool("update", false, "write the goldens; read the difference before you commit it")

// TestModel compares what the readers make of every directory below testdata/model/FORMAT with the
// file model.golden in it. A directory holds one thing that a language can say.
func TestModel(t *testing.T) {
	cases, err := filepath.Glob("../testdata/model/*/*")
	if err != nil || len(cases) == 0 {
		t.Fatal("there are no cases", err)
	}
	for _, dir := range cases {
		t.Run(filepath.ToSlash(dir[len("../testdata/model/"):]), func(t *testing.T) {
			fsys := os.DirFS(dir)
			units, problems := parsers.Find(fsys, []string{"."})
			if len(units) == 0 || len(problems) > 0 {
				t.Fatalf("units %v, problems %v", units, problems)
			}
			var out strings.Builder
			for _, u := range units {
				r := modeltest.New(t, parsers.Parse(context.Background(), fsys, u, deployment.Options{}))
				r.CheckPlaces()
				reading := ""
				if u.Terraform {
					reading = " as Terraform reads it"
				}
				out.WriteString("# " + u.Root + reading + "\n" + r.Dump())
			}
			got := out.String()
			golden := filepath.Join(dir, "model.golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil { //nolint:gosec // not secret
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got; write with go test ./parsers -update)\n%s", diff)
			}
		})
	}
}

// TestNeighbours holds that an unrelated file with a resource and a module call changes nothing
// about what was there before, and that a file stands for its directory.
func TestNeighbours(t *testing.T) {
	cases, err := filepath.Glob("../testdata/model/terraform/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range cases {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			alone := fstest.MapFS{}
			if err := copyTree(alone, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			units, _ := parsers.Find(alone, []string{"."})
			before := chunks(modeltest.New(t, parsers.Parse(context.Background(), alone, units[0], deployment.Options{})).Dump())
			byFile, _ := parsers.Find(alone, []string{path.Join(units[0].Root, "main.tf")})
			units = slices.DeleteFunc(units, func(u deployment.Unit) bool { return u.Root != units[0].Root })
			if diff := cmp.Diff(units, byFile); diff != "" {
				t.Errorf("by folder (-) and by file (+): %s", diff)
			}
			alone[path.Join(units[0].Root, "a_neighbour.tf")] = &fstest.MapFile{Data: []byte(
				"module \"neighbour\" {\n  source = \"./neighbour\"\n  x = \"y\"\n}\nresource \"aws_dx_connection\" \"neighbour\" {}\nlocals { neighbour = module.neighbour.x }\n")}
			alone[path.Join(units[0].Root, "neighbour/main.tf")] = &fstest.MapFile{Data: []byte(
				"variable \"x\" {}\nresource \"aws_dx_gateway\" \"t\" { name = var.x }\noutput \"x\" { value = aws_dx_gateway.t }\n")}
			after := chunks(modeltest.New(t, parsers.Parse(context.Background(), alone, units[0], deployment.Options{})).Dump())
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("alone (-) and with a neighbour (+):\n%s", diff)
			}
		})
	}
}

func chunks(dump string) []string { return strings.Split(dump, "\n\n") }

func copyTree(into fstest.MapFS, from fs.FS) error {
	return fs.WalkDir(from, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(from, p)
		into[p] = &fstest.MapFile{Data: content}
		return err
	})
}
