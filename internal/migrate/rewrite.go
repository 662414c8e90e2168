package migrate

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
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
	ends    []int  // of the edits, in Content
}

// old is where a place of the new text was before.
func (r Rewritten) old(offset int) int {
	i := sort.SearchInts(r.ends, offset+1) - 1 // the last edit that ends before it
	if i < 0 {
		return offset
	}
	return offset - r.ends[i] + r.edits[i].end
}

// Used are the rules whose findings lintel's form of a request has suppressed.
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
	return w.apply()
}

// apply makes the edits. Of those that start at one place the insertions come first, in the order
// in which they were asked for.
func (w *rewriter) apply() Rewritten {
	slices.SortStableFunc(w.edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(min(1, a.end-a.start), min(1, b.end-b.start)))
	})
	var out bytes.Buffer
	r := Rewritten{edits: w.edits}
	at := 0
	for _, e := range w.edits {
		if e.start > at {
			out.Write(w.file.Content[at:e.start])
		}
		out.WriteString(e.text)
		r.ends = append(r.ends, out.Len())
		at = max(at, e.start, e.end)
	}
	out.Write(w.file.Content[at:])
	r.Content = out.Bytes()
	return r
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
