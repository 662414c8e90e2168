package fix

import (
	"github.com/aymanbagabas/go-udiff"

	"lintel/internal/source"
)

// between are the edits that make one text of another.
func between(path string, before, after []byte) []Edit {
	var edits []Edit
	for _, e := range udiff.Bytes(before, after) {
		edits = append(edits, Edit{Range: source.Range{Path: path, Start: e.Start, End: e.End}, Text: e.New})
	}
	return edits
}
