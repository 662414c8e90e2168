package fix

import (
	"bytes"
	"strings"

	"lintel/internal/source"
)

// indentAt returns the blanks that the line of an offset begins with.
func indentAt(content []byte, offset int) string {
	line := content[lineStart(content, offset):]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// lineStart is the offset of the first byte of the line that holds an offset.
func lineStart(content []byte, offset int) int {
	return bytes.LastIndexByte(content[:offset], '\n') + 1
}

// lineEnd is the offset of the end of the line that holds an offset, before what ends it.
func lineEnd(content []byte, offset int) int {
	end := len(content)
	if i := bytes.IndexByte(content[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	if end > offset && content[end-1] == '\r' {
		end--
	}
	return end
}

// insertion is an edit that removes nothing.
func insertion(path string, offset int, text string) Edit {
	return Edit{Range: source.Range{Path: path, Start: offset, End: offset}, Text: text}
}

// cut removes a piece of a list or map: with its lines where it has them for itself, else with the comma
// behind it, or else the one before it. strict says that no comma may be left before the end, as in JSON.
func cut(content []byte, at source.Range, strict bool) []Edit {
	after := skipBlanks(content, at.End)
	comma := after < len(content) && content[after] == ','
	if comma {
		after++
	}
	before := lastOther(content, at.Start)
	follows := before >= 0 && content[before] == ',' // another piece
	removal := func(start, end int) Edit { return Edit{Range: source.Range{Path: at.Path, Start: start, End: end}} }
	switch {
	case hasLines(content, at.Start, after):
		edits := []Edit{removal(wholeLines(content, at.Start, after))}
		if strict && !comma && follows {
			edits = append([]Edit{removal(before, before+1)}, edits...)
		}
		return edits
	case comma:
		return []Edit{removal(at.Start, skipBlanks(content, after))}
	case follows:
		return []Edit{removal(before, at.End)}
	}
	return []Edit{removal(at.Start, at.End)}
}

// skipBlanks is the offset of the first byte at or after an offset that is no space or tab.
func skipBlanks(content []byte, offset int) int {
	for offset < len(content) && (content[offset] == ' ' || content[offset] == '\t') {
		offset++
	}
	return offset
}

// hasLines reports whether a piece stands on lines of its own, apart from a comment behind it.
func hasLines(content []byte, start, end int) bool {
	rest := strings.TrimSpace(string(content[end:lineEnd(content, end)]))
	return strings.TrimSpace(string(content[lineStart(content, start):start])) == "" &&
		(rest == "" || rest[0] == '#' || strings.HasPrefix(rest, "//"))
}

// wholeLines are the lines of a piece, with a blank line before them that is not needed any more then.
func wholeLines(content []byte, start, end int) (from, to int) {
	from, to = lineStart(content, start), nextLine(content, end)
	if from > 0 && isBlank(content, from-1) && endsBlock(content, to) {
		from = lineStart(content, from-1)
	}
	return from, to
}

// nextLine is the offset of the line after the one that holds an offset.
func nextLine(content []byte, offset int) int {
	if i := bytes.IndexByte(content[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(content)
}

// isBlank reports whether there is nothing on the line that holds an offset.
func isBlank(content []byte, offset int) bool {
	return strings.TrimSpace(string(content[lineStart(content, offset):lineEnd(content, offset)])) == ""
}

// endsBlock reports whether what begins with a line needs no blank line before it: the end of a block, another blank
// line, the end of the file.
func endsBlock(content []byte, line int) bool {
	text := strings.TrimSpace(string(content[line:lineEnd(content, line)]))
	return text == "" || text[0] == '}' || text[0] == ']'
}

// lastOther is the offset of the last byte before an offset that is no white space; -1: there is none.
func lastOther(content []byte, offset int) int {
	return len(bytes.TrimRight(content[:offset], " \t\r\n")) - 1
}
