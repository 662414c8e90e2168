package tree_test

import (
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// FuzzDecodeJSON checks that no text, and no text with a hole, makes the decoder panic, hang or point outside of it.
func FuzzDecodeJSON(f *testing.F) {
	f.Add(`{"a": ["b", 1, {"c": null}]}`, "")
	f.Add(`{"a": "x`, `y", "b": [true]}`)
	f.Add(`[[[[`, "\U0010F000")
	f.Fuzz(func(t *testing.T, before, after string) {
		cputimetest.Limit(t, 2*time.Second)
		whole := source.Range{Path: "f", End: len(before) + len(after) + 4}
		holed := tree.Unknown(whole, "a hole")
		holed.Pieces = []tree.Tree{literal(before, 0), tree.Unknown(source.Range{Path: "f", Start: len(before), End: len(before) + 4}, "x"), literal(after, len(before)+4)}
		for _, document := range []tree.Tree{literal(before+after, 0), holed} {
			if decoded, err := tree.DecodeJSON(document); err == nil {
				within(t, decoded, whole)
			}
		}
	})
}

// within checks the places of a tree.
func within(t *testing.T, tr tree.Tree, whole source.Range) {
	t.Helper()
	if at := tr.Range; !at.IsZero() && (at.Start < whole.Start || at.End < at.Start || at.End > whole.End) {
		t.Errorf("%+v is outside of %+v", at, whole)
	}
	for _, item := range tr.Items {
		within(t, item, whole)
	}
	for _, field := range tr.Fields {
		within(t, field.Tree, whole)
	}
}
