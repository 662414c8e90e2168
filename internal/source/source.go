// Package source represents the text of templates and locations in it.
//
// A location is a half-open range of bytes. Lines and columns are only used in reports and protocols, because they are
// counted in different units: grapheme clusters in HCL, code points in YAML, bytes in compilers and UTF-16 units in
// editors. Only File converts.
package source

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"
)

// Range is a half-open range of bytes in a file. The zero Range is no location.
type Range struct {
	Path       string // slash-separated, relative to the root of the run
	Start, End int    // byte offsets from 0; End is exclusive
}

// IsZero reports whether the range is no location.
func (r Range) IsZero() bool { return r == Range{} }

// Contains reports whether other lies within r in the same file.
func (r Range) Contains(other Range) bool {
	return r.Path == other.Path && r.Start <= other.Start && other.End <= r.End
}

// Compare orders ranges by path, start and end, for stable output.
func (r Range) Compare(other Range) int {
	if c := strings.Compare(r.Path, other.Path); c != 0 {
		return c
	}
	if r.Start != other.Start {
		return r.Start - other.Start
	}
	return r.End - other.End
}

// File is the text of a file with the offsets of its lines.
type File struct {
	Path    string
	Content []byte
	lines   []int          // byte offset of each line
	marks   map[int][]mark // of the long lines, by index
}

// NewFile indexes the lines of content and keeps content, which must not change later.
func NewFile(path string, content []byte) *File {
	f := &File{Path: path, Content: content, lines: make([]int, 1, 1+bytes.Count(content, []byte("\n")))}
	for start := 0; ; {
		end := len(content)
		i := bytes.IndexByte(content[start:], '\n')
		if i >= 0 {
			end = start + i
		}
		if marks := marksOf(content, start, end); marks != nil {
			if f.marks == nil {
				f.marks = map[int][]mark{}
			}
			f.marks[len(f.lines)-1] = marks
		}
		if i < 0 {
			return f
		}
		start = end + 1
		f.lines = append(f.lines, start)
	}
}

// Files are the files of a run, by path.
type Files map[string]*File

// Position returns the line and column of a byte offset, both from 1; columns count bytes. Offsets outside of the file
// are clamped.
func (f *File) Position(offset int) (line, column int) {
	offset = f.clamp(offset)
	i := f.lineAt(offset)
	return i + 1, offset - f.lines[i] + 1
}

// PositionUTF16 returns the line and character of a byte offset, both from 0; characters count UTF-16 units, as in the
// Language Server Protocol (3.17, "Position").
func (f *File) PositionUTF16(offset int) (line, character int) {
	offset = f.clamp(offset)
	i := f.lineAt(offset)
	near := f.markBefore(i, offset)
	character = near.utf16
	for _, r := range string(f.Content[near.offset:offset]) {
		character += unitsOf(r)
	}
	return i, character
}

// OffsetRunes returns the byte offset of a line and column, both from 1; columns count code points, as in YAML.
// Locations outside of the file are clamped.
func (f *File) OffsetRunes(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(f.lines) {
		return len(f.Content)
	}
	offset, rest := f.markBeforeRune(line-1, column-1)
	for ; rest > 0 && offset < len(f.Content) && f.Content[offset] != '\n'; rest-- {
		_, size := utf8.DecodeRune(f.Content[offset:])
		offset += size
	}
	return offset
}

// Line returns the text of a line, counted from 1, without its end-of-line characters.
func (f *File) Line(line int) string {
	start, end := f.LineBounds(line)
	return string(f.Content[start:end])
}

// LineBounds returns the offsets of the start of a line, counted from 1, and of its end, before its end-of-line
// characters. A line outside of the file is empty.
func (f *File) LineBounds(line int) (start, end int) {
	if line < 1 || line > len(f.lines) {
		return len(f.Content), len(f.Content)
	}
	start, end = f.lines[line-1], len(f.Content)
	if line < len(f.lines) {
		end = f.lines[line] - 1
	}
	if start < end && f.Content[end-1] == '\r' {
		end--
	}
	return start, end
}

// Text returns the text that a range covers; the range is clamped to the file.
func (f *File) Text(r Range) string {
	start, end := f.clamp(r.Start), f.clamp(r.End)
	if start >= end {
		return ""
	}
	return string(f.Content[start:end])
}

func (f *File) clamp(offset int) int {
	return max(0, min(offset, len(f.Content)))
}

// lineAt returns the index from 0 of the line that contains the offset.
func (f *File) lineAt(offset int) int {
	return sort.SearchInts(f.lines, offset+1) - 1
}
