// Package diff shows what changes in a file, as patch and git apply read it.
package diff

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// Unified returns the unified diff that makes after of before, with three lines of context. It is
// empty when they are equal. path is slash-separated; a/ and b/ are put before it, as git does.
func Unified(path string, before, after []byte) string {
	hunks := hunksOf(string(before), string(after))
	if len(hunks) == 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", quoted("a/"+path), quoted("b/"+path))
	for _, h := range hunks {
		fmt.Fprintf(&out, "@@ -%s +%s @@\n", span(h.from, h.removed+h.kept), span(h.to, h.added+h.kept))
		out.WriteString(h.text.String())
	}
	return out.String()
}

// context is how many lines are shown around a change.
const context = 3

// hunk is a run of changes with the lines around it. The numbers of lines count from zero.
type hunk struct {
	from, to             int
	removed, added, kept int
	text                 strings.Builder
}

// hunksOf are the changes between two texts. The library finds the lines; what it prints of them has wrong numbers
// behind changes that are near each other (v0.4.1).
func hunksOf(before, after string) []*hunk {
	lines := strings.SplitAfter(before, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	var hunks []*hunk
	var open *hunk
	at, grown := 0, 0 // the next line of before, and by how many lines after is longer so far
	keep := func(end int) {
		for ; at < min(end, len(lines)); at++ {
			open.write(' ', lines[at])
			open.kept++
		}
	}
	for _, e := range udiff.Lines(before, after) {
		start := strings.Count(before[:e.Start], "\n")
		if open == nil || start-at > 2*context {
			if open != nil {
				keep(at + context)
			}
			at = max(at, start-context)
			open = &hunk{from: at, to: at + grown}
			hunks = append(hunks, open)
		}
		keep(start)
		for line := range strings.Lines(before[e.Start:e.End]) {
			open.write('-', line)
			open.removed, at, grown = open.removed+1, at+1, grown-1
		}
		for line := range strings.Lines(e.New) {
			open.write('+', line)
			open.added, grown = open.added+1, grown+1
		}
	}
	if open != nil {
		keep(at + context)
	}
	return hunks
}

func (h *hunk) write(mark byte, line string) {
	h.text.WriteByte(mark)
	h.text.WriteString(line)
	if !strings.HasSuffix(line, "\n") {
		h.text.WriteString("\n\\ No newline at end of file\n")
	}
}

// span writes which lines a hunk is about: the first, from one, and how many. Of none it is the line before.
func span(start, count int) string {
	switch count {
	case 0:
		return fmt.Sprintf("%d,0", start)
	case 1:
		return strconv.Itoa(start + 1)
	}
	return fmt.Sprintf("%d,%d", start+1, count)
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
