// Package yamltext determines the byte ranges of the nodes of a YAML document. The YAML parser only returns the start
// of a node, as line and code point.
package yamltext

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"lintel/internal/source"
)

// MaxDepth is the maximum nesting of a document.
const MaxDepth = 200

// maxItems is the limit of the lines and the commas within lines of a text. The parser makes nodes of all of it before any
// other limit can apply, and a node takes a hundred times the memory of its shortest text. A template of 1 MB, the limit of
// CloudFormation, would need lines of five characters.
const maxItems = 200_000

var errTooMany = fmt.Errorf("exceeds the limit of %d lines and items of lists", maxItems)

// isTooMany reports whether a text may have too many nodes.
func isTooMany(content []byte) bool {
	return bytes.Count(content, []byte{','})+bytes.Count(content, []byte{'\n'})-bytes.Count(content, []byte{',', '\n'}) > maxItems
}

// Decode parses the first document of a text. JSON follows the rules of JSON where YAML's differ: Text returns its
// strings. For a text without a document, the node is nil and the error io.EOF.
func Decode(content []byte) (*yaml.Node, error) {
	if isTooMany(content) {
		return nil, errTooMany
	}
	all, err := decode(content, 1)
	if len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// DecodeAll parses all documents of a text that have content. With an error, the documents before it are returned.
func DecodeAll(content []byte) ([]*yaml.Node, error) {
	if isTooMany(content) {
		return nil, errTooMany
	}
	all, err := decode(content, math.MaxInt)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return slices.DeleteFunc(all, func(n *yaml.Node) bool { return n.Tag == "!!null" }), err
}

// decode parses up to limit documents of a text. The reader knows the YAML escapes without \/, which YAML has from JSON
// (YAML 1.2, section 5.7).
func decode(content []byte, limit int) ([]*yaml.Node, error) {
	content = readable(content)
	all, err := documents(content, limit)
	if err == nil || !strings.Contains(err.Error(), "unknown escape character") || !bytes.Contains(content, []byte(`\/`)) {
		return all, err
	}
	all, err = documents(withoutSlashes(content), limit)
	for _, n := range all {
		withSlashes(n)
	}
	return all, err
}

// documents returns up to limit documents that have content, and io.EOF after the last.
func documents(content []byte, limit int) ([]*yaml.Node, error) {
	var all []*yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	for range limit {
		var document yaml.Node
		if err := decoder.Decode(&document); err != nil {
			return all, err
		}
		if len(document.Content) > 0 {
			all = append(all, document.Content[0])
		}
	}
	return all, nil
}

// withoutSlashes replaces \/ by YAML's escape for a line separator, so that every byte keeps its place.
func withoutSlashes(content []byte) []byte {
	out := bytes.Clone(content)
	for i := 0; i+1 < len(out); i++ {
		if out[i] != '\\' {
			continue
		}
		i++ // an escaped backslash escapes nothing
		if out[i] == '/' {
			out[i] = 'L'
		}
	}
	return out
}

// withSlashes reverts withoutSlashes in the scalars of a document.
func withSlashes(n *yaml.Node) {
	switch {
	case n.Kind == yaml.ScalarNode && n.Style&yaml.DoubleQuotedStyle != 0:
		n.Value = strings.ReplaceAll(n.Value, lineSeparator, "/")
	case n.Kind == yaml.ScalarNode:
		n.Value = strings.ReplaceAll(n.Value, `\L`, `\/`)
	}
	for _, child := range n.Content {
		withSlashes(child)
	}
}

// readable returns a text that the YAML reader accepts, with every byte in its place.
func readable(content []byte) []byte {
	if source.StartsAsJSON(content) {
		return asYAML(content)
	}
	return withoutVersion(content)
}

// withoutVersion makes comments of %YAML 1.x directives: the reader refuses versions other than 1.1, and a reader of one
// version must accept the others (YAML 1.2, section 6.8.1).
func withoutVersion(content []byte) []byte {
	const directive = "%YAML 1."
	if !bytes.Contains(content, []byte(directive)) {
		return content
	}
	out := bytes.Clone(content)
	for at := 0; at < len(out); at = source.NextLine(out, at) {
		start := at
		if at == 0 {
			start = len(out) - len(source.WithoutMark(out))
		}
		if bytes.HasPrefix(out[start:], []byte(directive)) {
			out[start] = '#'
		}
	}
	return out
}

// lineSeparator is the result of the YAML escape \L.
const lineSeparator = "\u2028"

// asYAML converts JSON to YAML of the same length: tabs between tokens become spaces (JSON strings contain no tabs),
// unpaired surrogates become the replacement character, and \/ becomes YAML's escape for a line separator, which Text
// reverts.
func asYAML(text []byte) []byte {
	out := bytes.ReplaceAll(text, []byte("\t"), []byte(" "))
	for i := 0; i+1 < len(out); i++ {
		if out[i] != '\\' {
			continue
		}
		switch rest := out[i+1:]; {
		case rest[0] == '/':
			rest[0] = 'L'
		case len(rest) >= len("ud83d") && rest[0] == 'u' && (rest[1] == 'd' || rest[1] == 'D') && rest[2] >= '8':
			copy(rest, "ufffd")
		}
		i++
	}
	joinKeys(out)
	return out
}

// joinKeys moves a colon that is on a line below its key to the end of the key, where the YAML reader expects it. The
// white space between them moves by one byte, so the column of what follows on the line of the colon is one less.
func joinKeys(text []byte) {
	for i := 0; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		i = quotedEnd(text, i, '"', '\\') - 1
		end := i + 1
		for end < len(text) && isSpace(text[end]) {
			end++
		}
		if end < len(text) && text[end] == ':' && bytes.IndexByte(text[i:end], '\n') > 0 {
			copy(text[i+2:end+1], text[i+1:end])
			text[i+1] = ':'
		}
	}
}

// Field returns the value of a key of a mapping; nil: n, which may be nil, is not a mapping or does not have the key.
func Field(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// Text returns the value of a scalar. isJSON is true if Decode parsed the document as JSON.
func Text(n *yaml.Node, isJSON bool) string {
	if isJSON {
		return strings.ReplaceAll(n.Value, lineSeparator, "/")
	}
	return n.Value
}

// Quoted returns a value as JSON on one line, which is also valid YAML. It does not escape characters for HTML.
func Quoted(v any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(v) // cannot fail: strings, numbers, lists and maps of them
	return strings.TrimSuffix(out.String(), "\n")
}

// Start returns the offset at which a node begins, with its tag and anchor.
func Start(file *source.File, n *yaml.Node) int {
	column := n.Column
	if n.Line == 1 && len(source.WithoutMark(file.Content)) < len(file.Content) {
		column++ // the parser does not count a byte order mark
	}
	return file.OffsetRunes(n.Line, column)
}

// SkipProperties returns the offset after the tag and anchor of a node that starts at an offset.
func SkipProperties(text []byte, start int) int {
	for start < len(text) && (text[start] == '!' || text[start] == '&') {
		for start < len(text) && !isSpace(text[start]) {
			start++
		}
		for start < len(text) && isSpace(text[start]) {
			start++
		}
	}
	return start
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

// IsBlockScalar reports whether a scalar is written below an indicator, | or >.
func IsBlockScalar(n *yaml.Node) bool { return n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 }

// ScalarEnd returns the end of a scalar that starts, after its tag and anchor, at an offset.
func ScalarEnd(file *source.File, n *yaml.Node, start int) int {
	text := file.Content
	switch {
	case start >= len(text):
		return len(text)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return quotedEnd(text, start, '"', '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return quotedEnd(text, start, '\'', '\'')
	case IsBlockScalar(n):
		return blockScalarEnd(file, start)
	}
	return plainEnd(text, start, n.Value)
}

// OneLine returns the range of an alias, or of a scalar with its tag, on one line. It is false for all other nodes.
func OneLine(file *source.File, n *yaml.Node) (source.Range, bool) {
	at := source.Range{Path: file.Path, Start: Start(file, n)}
	if n.Kind == yaml.AliasNode {
		at.End = at.Start + len("*") + len(n.Value)
		return at, true
	}
	if n.Kind != yaml.ScalarNode || IsBlockScalar(n) {
		return at, false
	}
	start := SkipProperties(file.Content, at.Start)
	if n.Value == "" && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 {
		at.End = start
	} else {
		at.End = ScalarEnd(file, n, start)
	}
	if bytes.IndexByte(file.Content[at.Start:max(at.Start, at.End)], '\n') >= 0 {
		return at, false
	}
	isPlain := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0
	return at, !isPlain || string(file.Content[start:at.End]) == n.Value
}

// quotedEnd returns the offset after the closing quote. escape is the escape character; in single quotes a quote
// escapes a quote.
func quotedEnd(text []byte, start int, quote, escape byte) int {
	for i := start + 1; i < len(text); i++ {
		switch {
		case text[i] == escape && i+1 < len(text) && (escape != quote || text[i+1] == quote):
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

// blockScalarEnd returns the end of a block scalar: the last line with more indentation than the line of its indicator.
func blockScalarEnd(file *source.File, start int) int {
	line, column := file.Position(start)
	header := file.Line(line)
	indent := Indent(header)
	if before := header[:min(column-1, len(header))]; strings.Trim(before, " -") == "" {
		indent = strings.LastIndexByte(before, '-') // an item of a list, not the value of a key
	}
	end := start + len(strings.TrimRight(header[min(column-1, len(header)):], " \t"))
	for next := line + 1; file.OffsetRunes(next, 1) < len(file.Content); next++ {
		text := file.Line(next)
		if strings.TrimSpace(text) == "" {
			continue
		}
		if Indent(text) <= indent {
			break
		}
		end = file.OffsetRunes(next, 1) + len(text)
	}
	return end
}

// Indent returns the number of spaces and dashes of list items at the start of a line.
func Indent(line string) int { return len(line) - len(strings.TrimLeft(line, " -")) }

// plainEnd returns the end of the value of a plain scalar in the text, where a line break may stand for a space.
func plainEnd(text []byte, start int, value string) int {
	pos := start
	for _, r := range value {
		if r == ' ' || r == '\n' {
			for pos < len(text) && isSpace(text[pos]) {
				pos++
			}
			continue
		}
		size := utf8.RuneLen(r)
		if size < 0 || pos+size > len(text) || !bytes.HasPrefix(text[pos:], []byte(string(r))) {
			break
		}
		pos += size
	}
	return pos
}

// Extent returns the range of a node with its tag. The range of an alias is its name; the range of a node
// below MaxDepth is empty.
func Extent(file *source.File, n *yaml.Node) source.Range {
	return source.Range{Path: file.Path, Start: Start(file, n), End: end(file, n, 0)}
}

func end(file *source.File, n *yaml.Node, depth int) int {
	start := Start(file, n)
	switch {
	case depth > MaxDepth:
		return start
	case n.Kind == yaml.AliasNode:
		return start + len("*") + len(n.Value)
	case n.Kind == yaml.ScalarNode:
		return ScalarEnd(file, n, SkipProperties(file.Content, start))
	}
	last := SkipProperties(file.Content, start)
	for _, child := range n.Content {
		last = max(last, end(file, child, depth+1))
	}
	switch {
	case !IsFlow(n):
		return last
	case n.Kind == yaml.MappingNode:
		return FlowEnd(file.Content, max(last, FlowStart(file, n)), '}')
	}
	return FlowEnd(file.Content, max(last, FlowStart(file, n)), ']')
}

// IsFlow reports whether a mapping or list is written in brackets.
func IsFlow(n *yaml.Node) bool { return n.Style&yaml.FlowStyle != 0 }

// FlowStart returns the offset after the opening bracket of a mapping or list in flow style.
func FlowStart(file *source.File, n *yaml.Node) int {
	at := Start(file, n)
	for at < len(file.Content) && file.Content[at] != '{' && file.Content[at] != '[' {
		at++
	}
	return min(at+1, len(file.Content))
}

// FlowEnd returns the end of a mapping or list in flow style whose last child, other than aliases, ends at an offset, or that
// begins there and has none. Without a closing bracket before any other bracket it returns that offset.
func FlowEnd(text []byte, end int, closing byte) int {
	for i := end; i < len(text); i++ {
		switch text[i] {
		case closing:
			return i + 1
		case '{', '[', '}', ']':
			if i > end {
				return end
			}
		case '#':
			for i < len(text) && text[i] != '\n' {
				i++
			}
		}
	}
	return end
}

// BlockEnd returns the offset of the line after a value in block style: the next line with at most the indentation of
// its key, without preceding blank lines and comments.
func BlockEnd(file *source.File, n *yaml.Node, indent int) int {
	content := file.Content
	at := source.NextLine(content, Start(file, n))
	end := at
	for ; at < len(content); at = source.NextLine(content, at) {
		line := string(content[at:source.LineEnd(content, at)])
		text := strings.TrimLeft(line, " ")
		depth := len(line) - len(text)
		switch {
		case text == "" || text[0] == '#':
			continue
		case depth < indent, depth == indent && (n.Kind != yaml.SequenceNode || text[0] != '-'):
			return end
		}
		end = source.NextLine(content, at)
	}
	return end
}
