package parsers_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/modeltest"
	"lintel/internal/unit"
	"lintel/parsers"
)

var update = flag.Bool("update", false, "write the goldens; read the difference before you commit it")

// TestModel compares what the readers make of every folder below testdata/model/FORMAT with the
// file model.golden in it. A folder holds one thing that a language can say.
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
				r := modeltest.New(t, parsers.Parse(context.Background(), fsys, u, unit.Options{}))
				r.CheckPlaces()
				out.WriteString("# " + u.Root + "\n" + r.Dump())
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
