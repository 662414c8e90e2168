package source

import (
	"bytes"
	"cmp"
	"slices"
)

// Edit replaces the text of a range. An empty range is a place to insert at.
type Edit struct {
	Range Range
	Text  string
}

// Insertion is an edit that removes nothing.
func Insertion(path string, offset int, text string) Edit {
	return Edit{Range: Range{Path: path, Start: offset, End: offset}, Text: text}
}

// Removal is an edit that adds nothing.
func Removal(path string, start, end int) Edit {
	return Edit{Range: Range{Path: path, Start: start, End: end}}
}

// Cut returns the edits that remove a piece of a list or map: with its lines where it has them for itself, else
// with the comma behind it, or else the one before it. With strict no comma is left before the end, as JSON
// requires.
func Cut(content []byte, at Range, strict bool) []Edit {
	after := SkipBlanks(content, at.End)
	comma := after < len(content) && content[after] == ','
	if comma {
		after++
	}
	before := LastOther(content, at.Start)
	follows := before >= 0 && content[before] == ',' // another piece
	switch {
	case HasOwnLines(content, at.Start, after):
		from, to := WholeLines(content, at.Start, after)
		edits := []Edit{Removal(at.Path, from, to)}
		if strict && !comma && follows {
			edits = append([]Edit{Removal(at.Path, before, before+1)}, edits...)
		}
		return edits
	case comma:
		return []Edit{Removal(at.Path, at.Start, SkipBlanks(content, after))}
	case follows:
		return []Edit{Removal(at.Path, before, at.End)}
	}
	return []Edit{Removal(at.Path, at.Start, at.End)}
}

// EditedPaths returns the files of edits, sorted.
func EditedPaths(edits []Edit) []string {
	names := make([]string, 0, len(edits))
	for _, e := range edits {
		names = append(names, e.Range.Path)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// EditsOf returns the edits of one file in the order of their places.
func EditsOf(path string, edits []Edit) []Edit {
	var own []Edit
	for _, e := range edits {
		if e.Range.Path == path {
			own = append(own, e)
		}
	}
	SortEdits(own)
	return own
}

// SortEdits sorts the edits of one file by their places. Insertions come before what is replaced at the same
// place; edits that are equal in this keep their order.
func SortEdits(edits []Edit) {
	replaces := func(e Edit) int { return min(1, e.Range.End-e.Range.Start) }
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Range.Start, b.Range.Start), cmp.Compare(replaces(a), replaces(b)), cmp.Compare(a.Range.End, b.Range.End))
	})
}

// Overlap reports whether sorted edits of one file replace the same text.
func Overlap(edits []Edit) bool {
	for i := 1; i < len(edits); i++ {
		if edits[i].Range.Start < edits[i-1].Range.End {
			return true
		}
	}
	return false
}

// Touch reports whether two sets of edits overlap, or one inserts where an edit of the other begins or ends.
func Touch(a, b []Edit) bool {
	for _, x := range a {
		for _, y := range b {
			reach := 0
			if x.Range.Start == x.Range.End || y.Range.Start == y.Range.End {
				reach = 1
			}
			if x.Range.Path == y.Range.Path && x.Range.Start < y.Range.End+reach && y.Range.Start < x.Range.End+reach {
				return true
			}
		}
	}
	return false
}

// WithEndOfLine gives inserted text the end-of-line characters of the text around it.
func WithEndOfLine(content []byte, edits []Edit) []Edit {
	if !bytes.Contains(content, []byte("\r\n")) {
		return edits
	}
	for i := range edits {
		text := bytes.ReplaceAll([]byte(edits[i].Text), []byte("\r\n"), []byte("\n"))
		edits[i].Text = string(bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")))
	}
	return edits
}

// Apply returns a text with sorted edits of its file applied. Where two replace the same text, it is replaced by
// the texts of both.
func Apply(content []byte, edits []Edit) []byte {
	out, _ := ApplyWithEnds(content, edits)
	return out
}

// ApplyWithEnds is Apply, and returns where in the new text the edits end.
func ApplyWithEnds(content []byte, edits []Edit) (out []byte, ends []int) {
	at := 0
	for _, e := range edits {
		if e.Range.Start > at {
			out = append(out, content[at:e.Range.Start]...)
		}
		out = append(out, e.Text...)
		ends = append(ends, len(out))
		at = max(at, e.Range.Start, e.Range.End)
	}
	return append(out, content[at:]...), ends
}
