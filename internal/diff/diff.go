// Package diff computes the differences of two texts, also as unified diffs that patch and git apply read.
package diff

import (
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"lintel/internal/source"
)

// Lines returns the edits of whole lines that turn before into after, sorted by place.
func Lines(path string, before, after []byte) []source.Edit {
	var edits []source.Edit
	for _, e := range udiff.Lines(string(before), string(after)) {
		edits = append(edits, source.Edit{Range: source.Range{Path: path, Start: e.Start, End: e.End}, Text: e.New})
	}
	return edits
}

// Unified returns the unified diff from before to after, with three lines of context; it is empty if they are equal.
// path is slash-separated, without the prefixes a/ and b/.
func Unified(path string, before, after []byte) string {
	edits := udiff.Lines(string(before), string(after))
	unified, err := udiff.ToUnifiedDiff(quoted("a/"+path), quoted("b/"+path), string(before), edits, udiff.DefaultContextLines)
	if err != nil {
		panic("diff: its own edits do not fit: " + err.Error()) // they were made of the same text
	}
	more := 0 // lines that after has more than before, up to a hunk
	for _, hunk := range unified.Hunks {
		hunk.ToLine = hunk.FromLine + more // the library forgets the lines between two changes of a hunk
		for _, line := range hunk.Lines {
			switch line.Kind {
			case udiff.Insert:
				more++
			case udiff.Delete:
				more--
			case udiff.Equal:
			}
		}
	}
	return unified.String()
}

// quoted writes a path as git does: in quotes when it has characters that could end the line.
func quoted(path string) string {
	var out strings.Builder
	special := false
	for i := range len(path) {
		switch c := path[i]; {
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&out, `\%03o`, c)
			special = true
		case c == '"' || c == '\\':
			out.WriteString(`\` + string(rune(c)))
			special = true
		default:
			out.WriteByte(c)
		}
	}
	switch {
	case special:
		return `"` + out.String() + `"`
	case strings.Contains(path, " "):
		return path + "\t" // ends the name
	}
	return path
}
