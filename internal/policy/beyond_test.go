package policy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/internal/tree"
)

// TestBeyond checks what becomes of a violation that depends on nothing unknown and that is not found: it is reported where the node
// has examples, and undetermined where the node is unknown. Elsewhere, it follows from a made-up name.
func TestBeyond(t *testing.T) {
	for name, tt := range map[string]struct {
		node             model.Node
		certain, depends int
	}{
		"a known attribute":             {model.Node{Path: "name", State: tree.StateKnown}, 0, 0},
		"an unknown attribute":          {model.Node{Path: "name", State: tree.StateUnknown}, 0, 1},
		"one with examples":             {model.Node{Path: "name", State: tree.StateUnknown, Examples: []any{"a"}}, 1, 0},
		"a resource that may not exist": {model.Node{State: tree.StateUnknown}, 0, 0},
	} {
		possible := []rego.Value{rego.FromJSON(map[string]any{"at": 0, "message": "m"})}
		certain, depends := beyond(possible, nil, model.NewIndex(tt.node))
		if diff := cmp.Diff([]int{tt.certain, tt.depends}, []int{len(certain), len(depends)}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
