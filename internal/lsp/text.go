package lsp

import (
	"sort"
	"unicode/utf8"
)

// encoding is the unit in which positions count characters, negotiated with the client.
type encoding string

// The encodings, the cheapest first.
const (
	utf8Units  encoding = "utf-8"
	utf32Units encoding = "utf-32"
	utf16Units encoding = "utf-16" // supported by all clients
)

// units returns the length of a rune that has a size in bytes.
func (e encoding) units(r rune, size int) int {
	switch {
	case e == utf8Units:
		return size
	case e != utf32Units && r > 0xFFFF:
		return 2 // surrogate pair
	}
	return 1
}

// text is the text of a document with the offsets of its lines. As in the protocol, a line ends with \n, \r\n or \r. It
// is immutable.
type text struct {
	content []byte
	lines   []int
}

func newText(content []byte) text {
	lines := make([]int, 1, 1+len(content)/32)
	for i, b := range content {
		if b == '\n' || b == '\r' && (i+1 == len(content) || content[i+1] != '\n') {
			lines = append(lines, i+1)
		}
	}
	return text{content: content, lines: lines}
}

// position returns the position of a byte offset, which is clamped to the text.
func (t text) position(e encoding, offset int) position {
	offset = max(0, min(offset, len(t.content)))
	line := t.lineOf(offset)
	at := position{Line: line}
	for i := t.lines[line]; i < offset && t.content[i] != '\n' && t.content[i] != '\r'; {
		r, size := utf8.DecodeRune(t.content[i:])
		if i+size > offset {
			break // inside a character
		}
		at.Character += e.units(r, size)
		i += size
	}
	return at
}

// offset returns the byte offset of a position. Positions after the end of a line become its end, those inside a
// character its start.
func (t text) offset(e encoding, at position) int {
	switch {
	case at.Line < 0:
		return 0
	case at.Line >= len(t.lines):
		return len(t.content)
	}
	i := t.lines[at.Line]
	for rest := at.Character; rest > 0 && i < len(t.content) && t.content[i] != '\n' && t.content[i] != '\r'; {
		r, size := utf8.DecodeRune(t.content[i:])
		rest -= e.units(r, size)
		if rest < 0 {
			break
		}
		i += size
	}
	return i
}

// span returns the range between two offsets.
func (t text) span(e encoding, start, end int) textRange {
	return textRange{Start: t.position(e, start), End: t.position(e, max(start, end))}
}

// edited returns the text with one range replaced, or all of it if there is no range.
func (t text) edited(e encoding, change contentChange) text {
	if change.Range == nil {
		return newText([]byte(change.Text))
	}
	start, end := t.offset(e, change.Range.Start), t.offset(e, change.Range.End)
	if end < start {
		start, end = end, start
	}
	content := make([]byte, 0, len(t.content)-(end-start)+len(change.Text))
	content = append(content, t.content[:start]...)
	content = append(content, change.Text...)
	return newText(append(content, t.content[end:]...))
}

// lineOf returns the line of an offset, from 0.
func (t text) lineOf(offset int) int { return sort.SearchInts(t.lines, offset+1) - 1 }

// newline returns the line ending of the text.
func (t text) newline() string {
	if len(t.lines) > 1 && t.lines[1] >= 2 && t.content[t.lines[1]-2] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// lineAt returns the start and end of the line of an offset, without its line ending.
func (t text) lineAt(offset int) (start, end int) {
	offset = max(0, min(offset, len(t.content)))
	start = t.lines[t.lineOf(offset)]
	for end = start; end < len(t.content) && t.content[end] != '\n' && t.content[end] != '\r'; end++ {
	}
	return start, end
}
