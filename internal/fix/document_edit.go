package fix

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// insert writes an entry into a mapping: after its last entry on one line, or before its first entry.
func (d *document) insert(mapping *yaml.Node, key string, value any) (source.Edit, error) {
	content := d.file.Content
	if len(mapping.Content) == 0 {
		if !yamltext.IsFlow(mapping) {
			return source.Edit{}, refusef("%s is empty", key)
		}
		return source.Insertion(d.file.Path, yamltext.FlowStart(d.file, mapping), d.inline(entry{key, value})), nil
	}
	first := d.offset(mapping.Content[0])
	if yamltext.IsFlow(mapping) {
		before := string(content[yamltext.FlowStart(d.file, mapping):first])
		if !strings.Contains(before, "\n") {
			return source.Insertion(d.file.Path, first, d.inline(entry{key, value})+", "), nil
		}
		indent := source.Indent(content, first)
		return source.Insertion(d.file.Path, first, d.pretty(entry{key, value}, indent)+",\n"+indent), nil
	}
	indent := strings.Repeat(" ", mapping.Content[0].Column-1)
	text := d.pretty(entry{key, value}, indent)
	for i := len(mapping.Content) - 2; i >= 0; i -= 2 {
		name, value := mapping.Content[i], mapping.Content[i+1]
		if at, ok := yamltext.OneLine(d.file, value); ok && value.Line == name.Line && name.Tag != "!!merge" && endsHere(at, mapping, i) {
			return source.Insertion(d.file.Path, source.LineEnd(content, at.End), "\n"+indent+text), nil
		}
	}
	return source.Insertion(d.file.Path, first, text+"\n"+indent), nil
}

// endsHere reports whether the entry with an index ends on the line where its value begins.
func endsHere(at source.Range, mapping *yaml.Node, i int) bool {
	if i+2 < len(mapping.Content) {
		return mapping.Content[i+2].Line > mapping.Content[i].Line
	}
	return at.End > at.Start
}

func (d *document) add(attribute string, item finding.FixValue) ([]source.Edit, error) {
	n := d.at(d.f.Range.Start)
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
	return []source.Edit{e}, err
}

// listed returns a list with the value of a FixValue.
func listed(v finding.FixValue) any {
	if v.Literal != nil {
		return []any{v.Literal}
	}
	return []any{v.CloudFormation}
}

// addTo adds an item to a list, or turns a single value into a list.
func (d *document) addTo(n *yaml.Node, v any) (source.Edit, error) {
	content := d.file.Content
	if n.Kind == yaml.ScalarNode {
		if at, ok := yamltext.OneLine(d.file, n); ok {
			return source.Edit{Range: at, Text: "[" + d.file.Text(at) + ", " + d.inline(v) + "]"}, nil
		}
	}
	if n.Kind != yaml.SequenceNode {
		return source.Edit{}, refusef("there is no list at its place")
	}
	if len(n.Content) == 0 {
		return source.Insertion(d.file.Path, yamltext.FlowStart(d.file, n), d.inline(v)), nil
	}
	first := d.offset(n.Content[0])
	if yamltext.IsFlow(n) {
		if before := string(content[yamltext.FlowStart(d.file, n):first]); strings.Contains(before, "\n") {
			return source.Insertion(d.file.Path, first, d.inline(v)+",\n"+source.Indent(content, first)), nil
		}
		return source.Insertion(d.file.Path, first, d.inline(v)+", "), nil
	}
	dash := source.LineStart(content, first)
	indent := string(content[dash:first])
	indent = indent[:strings.LastIndexByte(indent, '-')]
	if strings.TrimSpace(indent) != "" {
		return source.Edit{}, refusef("the list begins within a line")
	}
	last := n.Content[len(n.Content)-1]
	if at, ok := yamltext.OneLine(d.file, last); ok {
		return source.Insertion(d.file.Path, source.LineEnd(content, at.End), "\n"+indent+"- "+d.inline(v)), nil
	}
	return source.Insertion(d.file.Path, dash, indent+"- "+d.inline(v)+"\n"), nil
}

func (d *document) append(text string) ([]source.Edit, error) {
	n := d.at(d.f.Range.Start)
	if n == nil {
		return nil, refusef("its value is not a single literal in %s", d.file.Path)
	}
	isSub := n.Kind == yaml.ScalarNode && n.Tag == "!Sub"
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == "Fn::Sub" && isText(n.Content[1]) {
		n, isSub = n.Content[1], true
	}
	at, ok := yamltext.OneLine(d.file, n)
	if !ok || !isText(n) && !isSub {
		return nil, refusef("its value is computed: %s", excerpt(d.file, d.f.Range))
	}
	end := at.End
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		end--
	}
	return []source.Edit{source.Insertion(d.file.Path, end, text)}, nil
}

func (d *document) remove(attribute string, how finding.Removal) ([]source.Edit, error) {
	n := d.at(d.f.Range.Start)
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
		return nil, refusef("it is not an entry or item of its own: %s", excerpt(d.file, d.f.Range))
	case how == finding.RemoveOneOf && d.alone(n):
		return nil, refusef("it is the only item, so the list requires a decision")
	}
	return d.takeOut(n)
}

// below returns the node at a path of the model.
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

// takeOut removes a value, with its key if it has one, and its parents that become empty.
func (d *document) takeOut(n *yaml.Node) ([]source.Edit, error) {
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
	if yamltext.IsFlow(parent) {
		whole := source.Range{Path: d.file.Path, Start: from, End: yamltext.Extent(d.file, n).End}
		return source.Cut(d.file.Content, whole, true), nil
	}
	line := source.LineStart(d.file.Content, from)
	if before := strings.Trim(string(d.file.Content[line:from]), " \t"); before != "" && before != "-" || parent.Kind == yaml.MappingNode && before == "-" {
		return nil, refusef("it begins within a line")
	}
	end := yamltext.BlockEnd(d.file, n, start.Column-1)
	return []source.Edit{{Range: source.Range{Path: d.file.Path, Start: line, End: end}}}, nil
}

// alone reports whether a value is the only one of its list or mapping.
func (d *document) alone(n *yaml.Node) bool {
	parent := d.parents[n]
	return parent != nil && (len(parent.Content) == 1 || parent.Kind == yaml.MappingNode && len(parent.Content) == 2)
}
