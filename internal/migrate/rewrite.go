package migrate

import (
	"bytes"
	"sort"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// rewriter collects the edits of a file.
type rewriter struct {
	file   *source.File
	edits  []source.Edit
	eol    string
	theirs map[int]bool // starts of the lines with nothing but an ignore comment of another scanner
}

// Rewritten is a file after the conversion.
type Rewritten struct {
	Content []byte
	edits   []source.Edit // in the order of their places
	ends    []int         // of the edits, in Content
}

// old returns the offset in the original text of an offset in the new text.
func (r Rewritten) old(offset int) int {
	i := sort.SearchInts(r.ends, offset+1) - 1 // the last edit that ends before it
	if i < 0 {
		return offset
	}
	return offset - r.ends[i] + r.edits[i].Range.End
}

// Used returns a function that returns the rules whose findings the converted request suppressed.
func (r Rewritten) Used(ignores []finding.Ignore) func(q *Request) []string {
	type asked struct {
		at   place
		text string
	}
	used := map[asked][]string{}
	for _, ignore := range ignores {
		at, ok := placeOf(ignore.Directive)
		if !ok {
			continue
		}
		if at.resource == "" {
			at.start = r.old(at.start)
		}
		key := asked{at, ignore.Text}
		used[key] = append(used[key], ignore.Used...)
	}
	return func(q *Request) []string { return used[asked{q.place(), q.Text()}] }
}

// Rewrite returns a file in which the requests without a Why are also written in lintel's form. remove removes the
// original comments. Nothing else changes.
func Rewrite(file *source.File, requests []Request, remove bool) Rewritten {
	w := rewriter{file: file, eol: source.EndOfLine(file.Content), theirs: alone(file, requests)}
	for i := range requests {
		q := &requests[i]
		if q.target.metadata == nil && q.Why == "" && len(q.Missing()) > 0 {
			w.above(q.target.about, "# lintel:ignore "+q.Text())
		}
	}
	if remove {
		w.removeComments(requests)
	}
	w.metadata(requests, remove)
	return w.apply()
}

// apply applies the edits.
func (w *rewriter) apply() Rewritten {
	source.SortEdits(w.edits)
	content, ends := source.ApplyWithEnds(w.file.Content, w.edits)
	return Rewritten{Content: content, edits: w.edits, ends: ends}
}

// insert adds an edit that removes nothing.
func (w *rewriter) insert(offset int, text string) {
	w.edits = append(w.edits, source.Insertion(w.file.Path, offset, text))
}

// remove adds an edit that adds nothing.
func (w *rewriter) remove(start, end int) {
	w.edits = append(w.edits, source.Removal(w.file.Path, start, end))
}

// alone returns the starts of the lines of comments with requests that have no code on their lines.
func alone(file *source.File, requests []Request) map[int]bool {
	lines := map[int]bool{}
	for i := range requests {
		q := &requests[i]
		if q.target.metadata != nil || !source.IsFirstOnLine(file.Content, q.At.Start) || !source.IsBlankAfter(file.Content, q.At.End) {
			continue
		}
		for start := source.LineStart(file.Content, q.At.Start); start < q.At.End; start = source.NextLine(file.Content, start) {
			lines[start] = true
		}
	}
	return lines
}

// above inserts a line above the one on which something begins, with its indentation. Comments of other scanners apply
// only to the next line, so the new line goes above those that are there.
func (w *rewriter) above(about source.Range, text string) {
	start, indent := w.line(about.Start)
	for at := start; at > 0; {
		at = source.LineStart(w.file.Content, at-1)
		switch {
		case w.theirs[at]:
			start = at
		case !isComment(w.file.Content[at:source.LineEnd(w.file.Content, at)]):
			at = 0
		}
	}
	w.insert(start, indent+text+w.eol)
}

// isComment reports whether a line is a comment of one line.
func isComment(line []byte) bool {
	line = bytes.TrimSpace(line)
	return bytes.HasPrefix(line, []byte("#")) || bytes.HasPrefix(line, []byte("//"))
}

// line returns where the line of a place begins, and its indentation.
func (w *rewriter) line(offset int) (start int, indent string) {
	return source.LineStart(w.file.Content, offset), source.Indent(w.file.Content, offset)
}

// removeComments removes the comments that contain nothing but converted requests.
func (w *rewriter) removeComments(requests []Request) {
	for i := 0; i < len(requests); {
		at := requests[i].At
		isComment, gone := requests[i].target.metadata == nil, true
		for ; i < len(requests) && requests[i].At == at; i++ {
			gone = gone && requests[i].Why == "" && requests[i].whole
		}
		if !gone || !isComment {
			continue
		}
		content := w.file.Content
		if source.IsFirstOnLine(content, at.Start) && source.IsBlankAfter(content, at.End) {
			w.remove(source.LineStart(content, at.Start), source.NextLine(content, at.End))
		} else {
			w.remove(source.TrimBlanks(content, at.Start), at.End)
		}
	}
}
