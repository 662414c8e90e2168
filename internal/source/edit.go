package source

import (
	"bytes"
	"cmp"
	"slices"
)

// Edit replaces the text of a range. An empty range is an insertion.
type Edit struct {
	Range Range
	Text  string
}

// Insertion returns an edit that only adds text.
func Insertion(path string, offset int, text string) Edit {
	return Edit{Range: Range{Path: path, Start: offset, End: offset}, Text: text}
}

// Removal returns an edit that only removes text.
func Removal(path string, start, end int) Edit {
	return Edit{Range: Range{Path: path, Start: start, End: end}}
}

// Cut returns the edits that remove an item of a list or map: with its lines if nothing else is on them, else with the
// comma after it or before it. With strict, no trailing comma is left, as JSON requires.
func Cut(content []byte, at Range, strict bool) []Edit {
	after := SkipBlanks(content, at.End)
	comma := after < len(content) && content[after] == ','
	if comma {
		after++
	}
	before := LastOther(content, at.Start)
	follows := before >= 0 && content[before] == ',' // another item
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

// EditedPaths returns the sorted paths of the files of edits.
func EditedPaths(edits []Edit) []string {
	names := make([]string, 0, len(edits))
	for _, e := range edits {
		names = append(names, e.Range.Path)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// EditsOf returns the edits of one file, sorted by range.
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

// SortEdits sorts the edits of one file by range. Insertions come before replacements at the same offset. The sort is
// stable.
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

// WithEndOfLine converts the line breaks of inserted text to those of the surrounding text.
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

// Apply returns a text with sorted edits of its file applied. Edits that replace the same text are joined.
func Apply(content []byte, edits []Edit) []byte {
	out, _ := ApplyWithEnds(content, edits)
	return out
}

// ApplyWithEnds is like Apply, and also returns the offsets in the new text at which the edits end.
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
