package check_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/check"
)

// TestConverge holds that one stack in several languages becomes one model, apart from places
// and from what the languages call things.
func TestConverge(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/converge/*")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, dir := range cases {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			inputs, problems, err := check.Inputs(context.Background(), check.Request{FS: os.DirFS(dir), Paths: []string{"."}, Today: today})
			if err != nil || len(problems) > 0 {
				t.Fatal(err, problems)
			}
			if len(inputs) < 3 {
				t.Fatalf("only %d formats", len(inputs))
			}
			want := withoutPlaces(inputs[0].Policy)
			if text, _ := json.Marshal(want); len(text) < 5000 {
				t.Errorf("the model has only %d bytes", len(text))
			}
			for _, input := range inputs {
				if len(input.Problems) > 0 {
					t.Errorf("%s: %v", input.Unit.Root, input.Problems)
				}
				if diff := cmp.Diff(want, withoutPlaces(input.Policy)); diff != "" {
					t.Errorf("%s (-) and %s (+) differ:\n%s", inputs[0].Unit.Root, input.Unit.Root, diff)
				}
			}
		})
	}
}

// withoutPlaces removes what may differ between languages.
func withoutPlaces(node any) any {
	switch x := node.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range x {
			if key != "at" && key != "id" && key != "type" && key != "generated" {
				out[key] = withoutPlaces(value)
			}
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = withoutPlaces(x[i])
		}
		return out
	}
	return node
}
