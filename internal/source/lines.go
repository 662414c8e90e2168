package source

import (
	"bytes"
	"strings"
)

// LineStart returns the offset of the first byte of the line with an offset.
func LineStart(content []byte, offset int) int {
	return bytes.LastIndexByte(content[:offset], '\n') + 1
}

// LineEnd returns the offset of the end of the line with an offset, before its end-of-line characters.
func LineEnd(content []byte, offset int) int {
	end := len(content)
	if i := bytes.IndexByte(content[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	if end > offset && content[end-1] == '\r' {
		end--
	}
	return end
}

// NextLine returns the offset of the line after the one with an offset, or the end of the text.
func NextLine(content []byte, offset int) int {
	if i := bytes.IndexByte(content[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(content)
}

// Indent returns the spaces and tabs at the start of the line with an offset.
func Indent(content []byte, offset int) string {
	line := content[LineStart(content, offset):]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// IsFirstOnLine reports whether there is nothing but spaces and tabs before an offset on its line.
func IsFirstOnLine(content []byte, offset int) bool {
	return len(bytes.TrimLeft(content[LineStart(content, offset):offset], " \t")) == 0
}

// IsBlankLine reports whether the line with an offset is empty but for white space.
func IsBlankLine(content []byte, offset int) bool {
	return len(bytes.TrimSpace(content[LineStart(content, offset):LineEnd(content, offset)])) == 0
}

// EndOfLine returns the end-of-line characters of a text, by its first line.
func EndOfLine(content []byte) string {
	if i := bytes.IndexByte(content, '\n'); i > 0 && content[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// SkipBlanks returns the offset of the first byte at or after an offset that is neither space nor tab.
func SkipBlanks(content []byte, offset int) int {
	for offset < len(content) && (content[offset] == ' ' || content[offset] == '\t') {
		offset++
	}
	return offset
}

// TrimBlanks returns the end of a text before an offset without the spaces and tabs at its end.
func TrimBlanks(content []byte, offset int) int {
	return len(bytes.TrimRight(content[:offset], " \t"))
}

// LastOther returns the offset of the last byte before an offset that is no white space; -1: there is none.
func LastOther(content []byte, offset int) int {
	return len(bytes.TrimRight(content[:offset], " \t\r\n")) - 1
}

// HasOwnLines reports whether a piece of a text has its lines for itself, apart from a trailing comment.
func HasOwnLines(content []byte, start, end int) bool {
	return IsFirstOnLine(content, start) && (IsBlankAfter(content, end) || hasTrailingComment(content, end))
}

// IsBlankAfter reports whether there is nothing but white space between an offset and the end of its line.
func IsBlankAfter(content []byte, offset int) bool {
	return len(bytes.TrimSpace(content[offset:LineEnd(content, offset)])) == 0
}

// hasTrailingComment reports whether nothing but a comment follows an offset on its line.
func hasTrailingComment(content []byte, offset int) bool {
	rest := strings.TrimSpace(string(content[offset:LineEnd(content, offset)]))
	return strings.HasPrefix(rest, "#") || strings.HasPrefix(rest, "//")
}

// WholeLines returns the lines of a piece of a text, with the blank line before them if the text needs it no
// more once they are removed.
func WholeLines(content []byte, start, end int) (from, to int) {
	from, to = LineStart(content, start), NextLine(content, end)
	if from > 0 && IsBlankLine(content, from-1) && endsBlock(content, to) {
		from = LineStart(content, from-1)
	}
	return from, to
}

// endsBlock reports whether what begins with a line needs no blank line before it: the end of a block, another
// blank line, the end of the text.
func endsBlock(content []byte, line int) bool {
	text := bytes.TrimSpace(content[line:LineEnd(content, line)])
	return len(text) == 0 || text[0] == '}' || text[0] == ']'
}
