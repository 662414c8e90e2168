package fix

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// extent is the text of a scalar that stands on one line, with its tag.
func (d *document) extent(n *yaml.Node) (source.Range, bool) {
	at := source.Range{Path: d.file.Path, Start: d.offset(n)}
	if n.Kind == yaml.AliasNode {
		at.End = at.Start + len("*") + len(n.Value)
		return at, true
	}
	if n.Kind != yaml.ScalarNode || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return at, false
	}
	start := d.skipProperties(at.Start)
	rest := string(d.file.Content[start:lineEnd(d.file.Content, start)])
	length := len(n.Value)
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		length = quoted(rest, '"', '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		length = quoted(rest, '\'', '\'')
	case !strings.HasPrefix(rest, n.Value):
		return at, false
	}
	at.End = start + length
	return at, length > 0 || n.Value == ""
}

// skipProperties is the offset after the tag and the anchor of a node that begins at an offset.
func (d *document) skipProperties(start int) int {
	content := d.file.Content
	for start < len(content) && (content[start] == '!' || content[start] == '&') {
		for start < len(content) && !strings.ContainsRune(" \t\r\n", rune(content[start])) {
			start++
		}
		for start < len(content) && (content[start] == ' ' || content[start] == '\t') {
			start++
		}
	}
	return start
}

// quoted is the length of the quoted text that a line begins with; 0 when it does not end on the line.
func quoted(line string, quote, escape byte) int {
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == escape && i+1 < len(line) && (escape != quote || line[i+1] == quote):
			i++
		case line[i] == quote:
			return i + 1
		}
	}
	return 0
}

// isFlow reports whether a mapping or list is written between brackets.
func (d *document) isFlow(n *yaml.Node) bool { return d.isJSON || n.Style&yaml.FlowStyle != 0 }

// opening is the offset behind the bracket of a mapping or list in flow style.
func (d *document) opening(n *yaml.Node) int {
	at := d.offset(n)
	for at < len(d.file.Content) && d.file.Content[at] != '{' && d.file.Content[at] != '[' {
		at++
	}
	return at + 1
}

// insert writes an entry into a mapping: behind its last entry on one line, or else before its first.
func (d *document) insert(mapping *yaml.Node, key string, value any) (Edit, error) {
	content := d.file.Content
	if len(mapping.Content) == 0 {
		if !d.isFlow(mapping) {
			return Edit{}, refusef("%s is empty", key)
		}
		return insertion(d.file.Path, d.opening(mapping), d.inline(entry{key, value})), nil
	}
	first := d.offset(mapping.Content[0])
	if d.isFlow(mapping) {
		before := string(content[d.opening(mapping):first])
		if !strings.Contains(before, "\n") {
			return insertion(d.file.Path, first, d.inline(entry{key, value})+", "), nil
		}
		indent := indentAt(content, first)
		return insertion(d.file.Path, first, d.pretty(entry{key, value}, indent)+",\n"+indent), nil
	}
	indent := strings.Repeat(" ", mapping.Content[0].Column-1)
	text := d.pretty(entry{key, value}, indent)
	for i := len(mapping.Content) - 2; i >= 0; i -= 2 {
		name, value := mapping.Content[i], mapping.Content[i+1]
		if at, ok := d.extent(value); ok && value.Line == name.Line && name.Tag != "!!merge" && endsHere(at, mapping, i) {
			return insertion(d.file.Path, lineEnd(content, at.End), "\n"+indent+text), nil
		}
	}
	return insertion(d.file.Path, first, text+"\n"+indent), nil
}

// endsHere reports whether the entry with an index ends on the line where its value begins.
func endsHere(at source.Range, mapping *yaml.Node, i int) bool {
	if i+2 < len(mapping.Content) {
		return mapping.Content[i+2].Line > mapping.Content[i].Line
	}
	return at.End > at.Start
}

func (d *document) add(attribute string, item finding.FixValue) ([]Edit, error) {
	n := d.at(d.root, d.f.Range.Start, 0)
	if attribute != "" {
		s, at, err := d.locate(attribute)
		if err != nil {
			return nil, err
		}
		body := s.body
		if body == nil {
			return nil, refusef("it has no Properties")
		}
		found, left := descend(body, at)
		if len(left) > 0 {
			item.CloudFormation = listed(item)
			item.Literal = nil
			return d.under(found, left, item)
		}
		n = found
	}
	v, err := d.value(item)
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, refusef("there is no list at its place")
	}
	if parent := d.parents[n]; attribute == "" && n.Kind == yaml.ScalarNode && parent != nil && parent.Kind == yaml.SequenceNode {
		n = parent
	}
	e, err := d.addTo(n, v)
	return []Edit{e}, err
}

// listed makes a list of the only value of a FixValue.
func listed(v finding.FixValue) any {
	if v.Literal != nil {
		return []any{v.Literal}
	}
	return []any{v.CloudFormation}
}

// addTo adds an item to a list, or makes a list of a single value.
func (d *document) addTo(n *yaml.Node, v any) (Edit, error) {
	content := d.file.Content
	if n.Kind == yaml.ScalarNode {
		if at, ok := d.extent(n); ok {
			return Edit{Range: at, Text: "[" + d.file.Text(at) + ", " + d.inline(v) + "]"}, nil
		}
	}
	if n.Kind != yaml.SequenceNode {
		return Edit{}, refusef("there is no list at its place")
	}
	if len(n.Content) == 0 {
		return insertion(d.file.Path, d.opening(n), d.inline(v)), nil
	}
	first := d.offset(n.Content[0])
	if d.isFlow(n) {
		if before := string(content[d.opening(n):first]); strings.Contains(before, "\n") {
			return insertion(d.file.Path, first, d.inline(v)+",\n"+indentAt(content, first)), nil
		}
		return insertion(d.file.Path, first, d.inline(v)+", "), nil
	}
	dash := lineStart(content, first)
	indent := string(content[dash:first])
	indent = indent[:strings.LastIndexByte(indent, '-')]
	if strings.TrimSpace(indent) != "" {
		return Edit{}, refusef("the list begins within a line")
	}
	last := n.Content[len(n.Content)-1]
	if at, ok := d.extent(last); ok {
		return insertion(d.file.Path, lineEnd(content, at.End), "\n"+indent+"- "+d.inline(v)), nil
	}
	return insertion(d.file.Path, dash, indent+"- "+d.inline(v)+"\n"), nil
}

func (d *document) append(text string) ([]Edit, error) {
	n := d.at(d.root, d.f.Range.Start, 0)
	if n == nil {
		return nil, refusef("its value is not written as one thing in %s", d.file.Path)
	}
	isSub := n.Kind == yaml.ScalarNode && n.Tag == "!Sub"
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == "Fn::Sub" && isText(n.Content[1]) {
		n, isSub = n.Content[1], true
	}
	at, ok := d.extent(n)
	if !ok || !isText(n) && !isSub {
		return nil, refusef("its value is computed: %s", excerpt(d.file, d.f.Range))
	}
	end := at.End
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		end--
	}
	return []Edit{insertion(d.file.Path, end, text)}, nil
}

func (d *document) remove(attribute string, how finding.Removal) ([]Edit, error) {
	n := d.at(d.root, d.f.Range.Start, 0)
	if attribute != "" {
		var err error
		if n, err = d.below(attribute); err != nil {
			return nil, err
		}
	} else if n != nil {
		if key := d.keyOf(n); key != nil && !isKey(d.f, key.Value) {
			n = nil
		}
	}
	switch {
	case n == nil:
		return nil, refusef("it is not written as one thing that could be taken out: %s", excerpt(d.file, d.f.Range))
	case how == finding.RemoveOneOf && d.alone(n):
		return nil, refusef("there is nothing beside it, so what it is part of has to be decided about")
	}
	return d.takeOut(n)
}

// below is what is written at a path of the model.
func (d *document) below(attribute string) (*yaml.Node, error) {
	s, at, err := d.locate(attribute)
	if err != nil {
		return nil, err
	}
	if s.body == nil {
		return nil, notMeant
	}
	found, left := descend(s.body, at)
	if len(left) > 0 {
		return nil, notMeant
	}
	return found, nil
}

// takeOut removes a value, with its key if it has one. What would be empty then goes with it.
func (d *document) takeOut(n *yaml.Node) ([]Edit, error) {
	parent := d.parents[n]
	if parent == nil {
		return nil, refusef("it is the whole document")
	}
	if d.alone(n) && d.parents[parent] != nil {
		return d.takeOut(parent)
	}
	start := n
	if key := d.keyOf(n); key != nil {
		start = key
	}
	from := d.offset(start)
	if d.isFlow(parent) {
		end, ok := d.flowEnd(n)
		if !ok {
			return nil, refusef("its end cannot be found")
		}
		return cut(d.file.Content, source.Range{Path: d.file.Path, Start: from, End: end}, true), nil
	}
	line := lineStart(d.file.Content, from)
	if before := strings.Trim(string(d.file.Content[line:from]), " \t"); before != "" && before != "-" || parent.Kind == yaml.MappingNode && before == "-" {
		return nil, refusef("it begins within a line")
	}
	end := d.blockEnd(n, start.Column-1)
	return []Edit{{Range: source.Range{Path: d.file.Path, Start: line, End: end}}}, nil
}

// alone reports whether a value is the only one of its list or mapping.
func (d *document) alone(n *yaml.Node) bool {
	parent := d.parents[n]
	return parent != nil && (len(parent.Content) == 1 || parent.Kind == yaml.MappingNode && len(parent.Content) == 2)
}

// flowEnd is where a value in flow style ends.
func (d *document) flowEnd(n *yaml.Node) (int, bool) {
	if n.Kind != yaml.MappingNode && n.Kind != yaml.SequenceNode {
		at, ok := d.extent(n)
		return at.End, ok
	}
	end := d.opening(n)
	for _, child := range n.Content {
		inner, ok := d.flowEnd(child)
		if !ok {
			return 0, false
		}
		end = max(end, inner)
	}
	closing := strings.IndexAny(string(d.file.Content[end:]), "}]")
	return end + closing + 1, closing >= 0
}

// blockEnd is the offset of the line behind a value in block style: the next one that is not deeper than its
// key, without the blank lines and comments before that.
func (d *document) blockEnd(n *yaml.Node, indent int) int {
	content := d.file.Content
	at := nextLine(content, d.offset(n))
	end := at
	for ; at < len(content); at = nextLine(content, at) {
		line := string(content[at:lineEnd(content, at)])
		text := strings.TrimLeft(line, " ")
		depth := len(line) - len(text)
		switch {
		case text == "" || text[0] == '#':
			continue
		case depth < indent, depth == indent && (n.Kind != yaml.SequenceNode || text[0] != '-'):
			return end
		}
		end = nextLine(content, at)
	}
	return end
}
