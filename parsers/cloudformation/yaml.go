package cloudformation

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Limits of what is read. A template that reaches one is read up to there, and says so.
const (
	maxDepth = 200     // levels of nesting
	maxNodes = 200_000 // nodes after aliases are expanded
)

type kind uint8

const (
	scalarNode kind = iota
	listNode
	mapNode
)

// node is a piece of the text with its place.
type node struct {
	kind   kind
	tag    string // of a short intrinsic: "Ref" for !Ref
	scalar any    // string, bool, int, float64, or nil for null
	items  []*node
	fields []field
	at     source.Range
	block  bool // a list or map in block style: people see its key, not its extent
}

type field struct {
	key   string
	keyAt source.Range
	value *node
}

// get returns the value of a key, nil when there is none.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	for i := range n.fields {
		if n.fields[i].key == key {
			return n.fields[i].value
		}
	}
	return nil
}

func (n *node) text() (string, bool) {
	if n == nil || n.tag != "" {
		return "", false
	}
	s, ok := n.scalar.(string)
	return s, ok
}

// Looks reports from its bytes alone whether a text can be a template. It is asked for every
// YAML and JSON file of a repository, so it does not parse.
func Looks(content []byte) bool {
	if !bytes.Contains(content, []byte("Resources")) {
		return false
	}
	for _, prefix := range []string{"AWS::", "Custom::", "Alexa::"} {
		if bytes.Contains(content, []byte(prefix)) {
			return hasResourcesKey(content)
		}
	}
	return false
}

// hasResourcesKey reports whether a line begins with the key Resources, or whether it is a key
// of a JSON object.
func hasResourcesKey(content []byte) bool {
	if start := bytes.TrimLeft(content, " \t\r\n\ufeff"); len(start) > 0 && start[0] == '{' {
		return bytes.Contains(content, []byte(`"Resources"`))
	}
	for line := range bytes.Lines(content) {
		line = bytes.TrimLeft(line, `"'`)
		if rest, ok := bytes.CutPrefix(line, []byte("Resources")); ok {
			rest = bytes.TrimLeft(rest, "\"' \t")
			if len(rest) > 0 && rest[0] == ':' {
				return true
			}
		}
	}
	return false
}

// converter turns YAML's nodes into nodes with byte ranges.
type converter struct {
	file     *source.File
	isJSON   bool
	problems []finding.Problem
	count    int
	limited  bool
}

// parse reads the first document of a text. Where it cannot be read, or not to the end, whole is
// false; without a document the node is nil.
func parse(file *source.File, isJSON bool) (root *node, problems []finding.Problem, whole bool) {
	text := file.Content
	if isJSON {
		text = tree.JSONAsYAML(text)
	}
	var document yaml.Node
	err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&document)
	if errors.Is(err, io.EOF) {
		return nil, nil, true // nothing but comments
	}
	if err != nil {
		return nil, []finding.Problem{syntaxProblem(file, err, isJSON)}, false
	}
	c := &converter{file: file, isJSON: isJSON}
	if len(document.Content) == 0 {
		return nil, nil, true
	}
	root = c.node(document.Content[0], 0)
	return root, c.problems, !c.limited
}

func syntaxProblem(file *source.File, err error, isJSON bool) finding.Problem {
	language := "YAML"
	if isJSON {
		language = "JSON"
	}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		number, what, found := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil && found {
			line, message = n, what
		}
		if strings.HasPrefix(message, "did not find expected") {
			line++ // the parser of yaml counts from 0, its scanner from 1
		}
	}
	if strings.HasPrefix(message, "unknown anchor") { // its name may be a password that begins with *
		message = "there is no anchor of this name; a text that begins with * needs quotes"
	}
	start := file.OffsetRunes(line, 1)
	return finding.Problem{
		Range:   source.Range{Path: file.Path, Start: start, End: start + len(file.Line(line))},
		Message: fmt.Sprintf("not valid %s: %s", language, message),
	}
}

func (c *converter) problem(at source.Range, format string, args ...any) {
	c.problems = append(c.problems, finding.Problem{Range: at, Message: fmt.Sprintf(format, args...)})
}

// node converts a node and what is below it.
func (c *converter) node(y *yaml.Node, depth int) *node {
	c.count++
	start := c.file.OffsetRunes(y.Line, y.Column)
	n := &node{at: source.Range{Path: c.file.Path, Start: start, End: start}}
	if depth > maxDepth || c.count > maxNodes {
		if !c.limited {
			c.limited = true
			c.problem(n.at, "the rest is not checked: the template nests more than %d levels or has more than %d nodes", maxDepth, maxNodes)
		}
		n.tag = "Unread"
		return n
	}
	if strings.HasPrefix(y.Tag, "!") && !strings.HasPrefix(y.Tag, "!!") {
		n.tag = strings.TrimPrefix(y.Tag, "!")
	}
	switch y.Kind {
	case yaml.AliasNode:
		return c.node(y.Alias, depth+1)
	case yaml.SequenceNode:
		c.list(n, y, depth)
	case yaml.MappingNode:
		c.mapping(n, y, depth)
	default:
		n.scalar = c.scalar(y, n.tag != "")
		n.at.End = c.scalarEnd(y, c.skipProperties(start))
	}
	return n
}

func (c *converter) list(n *node, y *yaml.Node, depth int) {
	n.kind, n.block = listNode, y.Style&yaml.FlowStyle == 0
	end := c.skipProperties(n.at.Start)
	for _, item := range y.Content {
		child := c.node(item, depth+1)
		n.items = append(n.items, child)
		if item.Kind != yaml.AliasNode {
			end = max(end, child.at.End)
		}
	}
	n.at.End = c.collectionEnd(end, n.block, ']')
}

func (c *converter) mapping(n *node, y *yaml.Node, depth int) {
	n.kind, n.block = mapNode, y.Style&yaml.FlowStyle == 0
	end := c.skipProperties(n.at.Start)
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		child := c.node(value, depth+1)
		if value.Kind != yaml.AliasNode {
			end = max(end, child.at.End)
		}
		keyStart := c.file.OffsetRunes(key.Line, key.Column)
		keyAt := source.Range{Path: c.file.Path, Start: keyStart, End: c.scalarEnd(key, keyStart)}
		end = max(end, keyAt.End)
		if key.Tag == "!!merge" {
			n.merge(child)
			continue
		}
		c.add(n, field{key: c.text(key), keyAt: keyAt, value: child})
	}
	n.at.End = c.collectionEnd(end, n.block, '}')
}

// add adds a field. Of two with the same key the last is used, as YAML readers do; that there
// are two is a problem.
func (c *converter) add(n *node, f field) {
	for i := range n.fields {
		if n.fields[i].key != f.key {
			continue
		}
		if n.fields[i].keyAt.Start >= n.at.Start { // not one that a merge key brought
			first, _ := c.file.Position(n.fields[i].keyAt.Start)
			second, _ := c.file.Position(f.keyAt.Start)
			c.problem(f.keyAt, "the key %q is there twice, on lines %d and %d; the last one is used", f.key, first, second)
		}
		n.fields[i] = f
		return
	}
	n.fields = append(n.fields, f)
}

// merge takes over the fields of a merge key's mapping, or of several.
func (n *node) merge(from *node) {
	for _, item := range from.items {
		n.merge(item)
	}
	for _, f := range from.fields {
		if n.get(f.key) == nil {
			n.fields = append(n.fields, f)
		}
	}
}

// text returns the text of a scalar or key.
func (c *converter) text(y *yaml.Node) string {
	if c.isJSON {
		return strings.ReplaceAll(y.Value, "\u2028", "/")
	}
	return y.Value
}

// scalar returns the value of a scalar. A number that does not look the same when written
// again, an account id with a leading zero for example, stays text.
func (c *converter) scalar(y *yaml.Node, tagged bool) any {
	if tagged || y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return c.text(y)
	}
	switch y.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(y.Value, "true")
	case "!!int":
		if i, err := strconv.Atoi(y.Value); err == nil && strconv.Itoa(i) == y.Value {
			return i
		}
	case "!!float":
		if f, err := strconv.ParseFloat(y.Value, 64); err == nil && strconv.FormatFloat(f, 'f', -1, 64) == y.Value {
			return f
		}
	}
	return olderBool(y.Value)
}

// olderBool reads the words for true and false that YAML 1.1 has, which CloudFormation reads, and
// 1.2 has not.
func olderBool(text string) any {
	switch strings.ToLower(text) {
	case "yes", "on":
		return true
	case "no", "off":
		return false
	}
	return text
}

// skipProperties returns the offset after the tag and the anchor of a node.
func (c *converter) skipProperties(start int) int {
	text := c.file.Content
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

// scalarEnd finds the end of a scalar, of which YAML only tells where it begins.
func (c *converter) scalarEnd(y *yaml.Node, start int) int {
	text := c.file.Content
	switch {
	case start >= len(text):
		return len(text)
	case y.Style&yaml.DoubleQuotedStyle != 0:
		return quotedEnd(text, start, '"', '\\')
	case y.Style&yaml.SingleQuotedStyle != 0:
		return quotedEnd(text, start, '\'', '\'')
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return c.blockEnd(start)
	}
	return plainEnd(text, start, y.Value)
}

// quotedEnd returns the offset after the closing quote. The escape character makes the next
// one harmless; within single quotes a quote escapes a quote.
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

// blockEnd returns the end of a block scalar: the last line that is deeper than the line its
// indicator stands on.
func (c *converter) blockEnd(start int) int {
	line, column := c.file.Position(start)
	header := c.file.Line(line)
	indent := indentOf(header)
	if before := header[:min(column-1, len(header))]; strings.Trim(before, " -") == "" {
		indent = strings.LastIndexByte(before, '-') // an item of a list, not the value of a key
	}
	end := start + len(strings.TrimRight(header[min(column-1, len(header)):], " \t"))
	for next := line + 1; c.file.OffsetRunes(next, 1) < len(c.file.Content); next++ {
		text := c.file.Line(next)
		if strings.TrimSpace(text) == "" {
			continue
		}
		if indentOf(text) <= indent {
			break
		}
		end = c.file.OffsetRunes(next, 1) + len(text)
	}
	return end
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " -")) }

// plainEnd follows the value of a plain scalar through the text, in which a line break may
// stand for a space.
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

// collectionEnd returns the end of a list or map whose last child ends at end.
func (c *converter) collectionEnd(end int, block bool, closing byte) int {
	if block {
		return end
	}
	for i := end; i < len(c.file.Content); i++ {
		switch c.file.Content[i] {
		case closing:
			return i + 1
		case '#':
			for i < len(c.file.Content) && c.file.Content[i] != '\n' {
				i++
			}
		}
	}
	return end
}
