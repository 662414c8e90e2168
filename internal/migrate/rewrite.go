package migrate

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// edit replaces a piece of a text.
type edit struct {
	start, end int
	text       string
}

// rewriter gathers the edits of a file.
type rewriter struct {
	file  *source.File
	edits []edit
	eol   string
}

// Rewritten is what becomes of a file.
type Rewritten struct {
	Content []byte
	edits   []edit // in the order of their places
}

// old is where a place of the new text was before.
func (r Rewritten) old(offset int) int {
	shift := 0
	for _, e := range r.edits {
		if e.start+shift+len(e.text) > offset {
			break
		}
		shift += len(e.text) - (e.end - e.start)
	}
	return offset - shift
}

// Has reports whether a directive of the new text is what has become of a request.
func (r Rewritten) Has(q Request, d finding.Directive) bool {
	if m := q.target.metadata; m != nil {
		return d.Text == q.Text() && d.Resource == m.Resource
	}
	return d.Text == q.Text() && d.Resource == "" && !d.Scope.IsZero() && r.old(d.Scope.Start) == q.target.about.Start
}

// Rewrite returns a file in which the requests that have no Why are written in lintel's
// form. What another tool is asked stays unless remove says that it goes. Nothing else changes.
func Rewrite(file *source.File, requests []Request, remove bool) Rewritten {
	w := rewriter{file: file, eol: "\n"}
	if i := bytes.IndexByte(file.Content, '\n'); i > 0 && file.Content[i-1] == '\r' {
		w.eol = "\r\n"
	}
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
	return Rewritten{Content: w.apply(), edits: w.edits}
}

// apply makes the edits. Of those that start at one place the insertions come first, in the order
// in which they were asked for.
func (w *rewriter) apply() []byte {
	slices.SortStableFunc(w.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(min(1, a.end-a.start), min(1, b.end-b.start)))
	})
	var out bytes.Buffer
	at := 0
	for _, e := range w.edits {
		if e.start > at {
			out.Write(w.file.Content[at:e.start])
		}
		out.WriteString(e.text)
		at = max(at, e.start, e.end)
	}
	out.Write(w.file.Content[at:])
	return out.Bytes()
}

// above inserts a line above the one on which something begins, with its indentation.
func (w *rewriter) above(about source.Range, text string) {
	start, indent := w.line(about.Start)
	w.edits = append(w.edits, edit{start, start, indent + text + w.eol})
}

// line returns where the line of a place begins, and its indentation.
func (w *rewriter) line(offset int) (start int, indent string) {
	start = bytes.LastIndexByte(w.file.Content[:offset], '\n') + 1
	rest := w.file.Content[start:]
	return start, string(rest[:len(rest)-len(bytes.TrimLeft(rest, " \t"))])
}

// begins reports whether a place is the first on its line besides spaces.
func (w *rewriter) begins(offset int) bool {
	start, indent := w.line(offset)
	return start+len(indent) >= offset
}

// lineEnd is the end of the line of a place, with its newline.
func (w *rewriter) lineEnd(offset int) int {
	if i := bytes.IndexByte(w.file.Content[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(w.file.Content)
}

// removeComments removes the comments that hold nothing but requests that are rewritten.
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
		start, end := at.Start, at.End
		if w.begins(start) && strings.TrimSpace(string(w.file.Content[end:w.lineEnd(end)])) == "" {
			start, _ = w.line(start)
			end = w.lineEnd(end)
		} else {
			start -= len(w.file.Content[:start]) - len(bytes.TrimRight(w.file.Content[:start], " \t"))
		}
		w.edits = append(w.edits, edit{start: start, end: end})
	}
}
