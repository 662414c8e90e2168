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
	after := at.End
	for after < len(content) && (content[after] == ' ' || content[after] == '\t') {
		after++
	}
	comma := after < len(content) && content[after] == ','
	if comma {
		after++
	}
	var edits []Edit
	start := lineStart(content, at.Start)
	before := lastOther(content, at.Start)
	if strict && !comma && before >= 0 && content[before] == ',' {
		edits = append(edits, Edit{Range: source.Range{Path: at.Path, Start: before, End: before + 1}})
	}
	rest := strings.TrimSpace(string(content[after:lineEnd(content, after)]))
	if strings.TrimSpace(string(content[start:at.Start])) == "" && (rest == "" || rest[0] == '#' || strings.HasPrefix(rest, "//")) {
		end := nextLine(content, after)
		if start > 0 && isBlank(content, start-1) && endsBlock(content, end) {
			start = lineStart(content, start-1)
		}
		return append(edits, Edit{Range: source.Range{Path: at.Path, Start: start, End: end}})
	}
	from := at.Start
	switch {
	case comma:
		for after < len(content) && (content[after] == ' ' || content[after] == '\t') {
			after++
		}
	case before >= 0 && content[before] == ',':
		from, after, edits = before, at.End, nil
	default:
		after = at.End
	}
	return append(edits, Edit{Range: source.Range{Path: at.Path, Start: from, End: after}})
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
