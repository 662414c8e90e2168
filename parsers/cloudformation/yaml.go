package cloudformation

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// Limits of what is read. A template that reaches one is read up to there, and says so.
const (
	maxDepth = yamltext.MaxDepth
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

// index returns the position of a field, negative if there is none.
func (n *node) index(key string) int {
	return slices.IndexFunc(n.all(), func(f field) bool { return f.key == key })
}

// all returns the fields of a mapping; of nil there are none.
func (n *node) all() []field {
	if n == nil {
		return nil
	}
	return n.fields
}

func (n *node) text() (string, bool) {
	if n == nil || n.tag != "" {
		return "", false
	}
	s, ok := n.scalar.(string)
	return s, ok
}

// converter turns YAML's nodes into nodes with byte ranges.
type converter struct {
	file     *source.File
	isJSON   bool
	problems []finding.Problem
	count    int
	limited  bool
	replaced bool // resources under a duplicate key
}

// parse reads the first document of a text that has content. whole is false where it cannot be read, or not to the
// end; without a document the node is nil. CloudFormation reads one document: another one is a problem if one of them
// is a template.
func parse(file *source.File) (root *node, problems []finding.Problem, whole bool) {
	documents, comment, err := documentsOf(file.Content)
	if len(documents) == 0 && err == nil {
		return nil, nil, true // nothing but comments
	}
	if len(documents) == 0 {
		return nil, []finding.Problem{syntaxProblem(file, err)}, false
	}
	c := &converter{file: file, isJSON: source.StartsAsJSON(file.Content)}
	root = c.node(documents[0], 0)
	if comment.End > 0 && source.SyntaxOf(file.Path) != source.Text {
		comment.Path = file.Path
		c.problem(comment, "the file has a comment, which JSON does not allow: CloudFormation rejects the file or reads the comment as a key")
	}
	if err != nil {
		c.problems = append(c.problems, syntaxProblem(file, err))
		return root, c.problems, false
	}
	if len(documents) > 1 && slices.ContainsFunc(documents, isTemplateNode) {
		at := yamltext.Start(file, documents[1])
		c.problem(source.Range{Path: file.Path, Start: at, End: source.LineEnd(file.Content, at)},
			"the file has %d YAML documents and only the first is checked; CloudFormation reads one document from a file", len(documents))
		return root, c.problems, false
	}
	return root, c.problems, !c.limited && !c.replaced
}

func syntaxProblem(file *source.File, err error) finding.Problem {
	language := "YAML"
	if source.StartsAsJSON(file.Content) || source.SyntaxOf(file.Path).IsJSON() {
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
	switch {
	case len(c.problems) < maxProblems:
		c.problems = append(c.problems, finding.Problem{Range: at, Message: fmt.Sprintf(format, args...)})
	case len(c.problems) == maxProblems:
		c.problems = append(c.problems, moreProblems(c.file.Path))
	}
}

// moreProblems is the last problem of a template that has too many.
func moreProblems(name string) finding.Problem {
	return finding.Problem{Range: source.Range{Path: name}, Message: fmt.Sprintf("the file exceeds the limit of %d problems; the rest is not listed", maxProblems)}
}

// node converts a node and what is below it.
func (c *converter) node(y *yaml.Node, depth int) *node {
	c.count++
	start := yamltext.Start(c.file, y)
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
		n.at.End = yamltext.ScalarEnd(c.file, y, yamltext.SkipProperties(c.file.Content, start))
	}
	return n
}

func (c *converter) list(n *node, y *yaml.Node, depth int) {
	n.kind, n.block = listNode, y.Style&yaml.FlowStyle == 0
	end := yamltext.SkipProperties(c.file.Content, n.at.Start)
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
	m := mapping{node: n}
	end := yamltext.SkipProperties(c.file.Content, n.at.Start)
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		name := behindAlias(key)
		child := c.node(value, depth+1)
		if value.Kind != yaml.AliasNode {
			end = max(end, child.at.End)
		}
		keyStart := yamltext.Start(c.file, key)
		keyAt := source.Range{Path: c.file.Path, Start: keyStart, End: yamltext.ScalarEnd(c.file, key, keyStart)}
		if key.Kind == yaml.AliasNode {
			keyAt.End = keyStart + len("*") + len(key.Value)
		}
		end = max(end, keyAt.End)
		if key.Tag == "!!merge" {
			m.merge(child)
			continue
		}
		c.add(&m, field{key: c.text(name), keyAt: keyAt, value: child})
	}
	if start := yamltext.SkipProperties(c.file.Content, n.at.Start); !n.block && start < len(c.file.Content) && c.file.Content[start] != '{' {
		n.at.End = end // a pair in a list, without braces
		return
	}
	n.at.End = c.collectionEnd(end, n.block, '}')
	if !n.block && len(y.Content) == 2 && y.Content[0].Kind == yaml.MappingNode {
		*n = node{tag: placeholderTag, scalar: string(c.file.Content[n.at.Start:n.at.End]), at: n.at}
	}
}

// mapping is a mapping to which fields are added.
type mapping struct {
	*node
	index map[string]int // of the fields by key, once there are many; later fields with the same key are not in it
}

// manyFields is the number of fields from which an index is faster than a search.
const manyFields = 16

// position returns the index of the first field with a key, -1 if there is none.
func (m *mapping) position(key string) int {
	if len(m.fields) < manyFields {
		return slices.IndexFunc(m.fields, func(f field) bool { return f.key == key })
	}
	if m.index == nil {
		m.index = map[string]int{}
		for i, f := range slices.Backward(m.fields) {
			m.index[f.key] = i
		}
	}
	if i, ok := m.index[key]; ok {
		return i
	}
	return -1
}

// append adds a field with a key that the mapping does not have.
func (m *mapping) append(f field) {
	m.fields = append(m.fields, f)
	if m.index != nil {
		m.index[f.key] = len(m.fields) - 1
	}
}

// add adds a field. Of two with the same key the last is used, as YAML readers do; that there
// are two is a problem.
func (c *converter) add(m *mapping, f field) {
	i := m.position(f.key)
	if i < 0 {
		m.append(f)
		return
	}
	if before := m.fields[i].keyAt; before.Start >= m.at.Start { // not one that a merge key brought
		first, _ := c.file.Position(before.Start)
		second, _ := c.file.Position(f.keyAt.Start)
		c.problem(f.keyAt, "duplicate key %q on lines %d and %d; the last one is used", f.key, first, second)
	}
	c.replaced = c.replaced || slices.ContainsFunc(m.fields[i].value.all(), isResource)
	m.fields[i] = f
}

// merge takes over the fields of another mapping, or of several.
func (n *node) merge(from *node) { (&mapping{node: n}).merge(from) }

// merge takes over the fields of a merge key's mapping, or of several.
func (m *mapping) merge(from *node) {
	for _, item := range from.items {
		m.merge(item)
	}
	for _, f := range from.fields {
		if m.position(f.key) < 0 {
			m.append(f)
		}
	}
}

// text returns the text of a scalar or key.
func (c *converter) text(y *yaml.Node) string { return yamltext.Text(y, c.isJSON) }

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

// collectionEnd returns the end of a list or map whose last child ends at end.
func (c *converter) collectionEnd(end int, block bool, closing byte) int {
	if block {
		return end
	}
	return yamltext.FlowEnd(c.file.Content, end, closing)
}
