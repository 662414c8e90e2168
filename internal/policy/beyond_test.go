package policy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/internal/tree"
)

// TestBeyond checks what becomes of a violation that depends on nothing unknown and that is not found: it is reported where the node
// has examples, undetermined where the node is unknown, and has to be confirmed where the node is known.
func TestBeyond(t *testing.T) {
	for name, tt := range map[string]struct {
		node                       model.Node
		certain, inferred, depends int
	}{
		"a known attribute":             {model.Node{Path: "name", State: tree.StateKnown}, 0, 1, 0},
		"an unknown attribute":          {model.Node{Path: "name", State: tree.StateUnknown}, 0, 0, 1},
		"one with examples":             {model.Node{Path: "name", State: tree.StateUnknown, Examples: []any{"a"}}, 1, 0, 0},
		"a resource that may not exist": {model.Node{State: tree.StateUnknown}, 0, 0, 0},
	} {
		possible := []rego.Value{rego.FromJSON(map[string]any{"at": 0, "message": "m"})}
		certain, inferred, depends := beyond(possible, nil, model.NewIndex(tt.node))
		if diff := cmp.Diff([]int{tt.certain, tt.inferred, tt.depends}, []int{len(certain), len(inferred), len(depends)}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
