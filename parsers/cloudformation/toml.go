package cloudformation

import (
	"errors"
	"fmt"

	"github.com/pelletier/go-toml/v2/unstable"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// parseTOML reads a text in TOML into the nodes that parse returns for YAML. Of a text with an error it returns nothing but
// the problem.
func parseTOML(file *source.File) (*node, []finding.Problem) {
	t := toml{file: file}
	t.Reset(file.Content)
	root := t.empty(source.Range{Path: file.Path})
	table := root
	for t.NextExpression() {
		switch e := t.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable: // which file of the SAM CLI has no arrays of tables
			table = t.table(root, e.Key())
		case unstable.KeyValue:
			t.pair(table, e, 0)
		default: // comments
		}
		if t.count > maxNodes {
			return nil, []finding.Problem{{Range: source.Range{Path: file.Path}, Message: fmt.Sprintf("exceeds the limit of %d values", maxNodes)}}
		}
	}
	if err := t.Error(); err != nil {
		at := source.Range{Path: file.Path}
		if p, ok := errors.AsType[*unstable.ParserError](err); ok && len(p.Highlight) > 0 {
			at = t.at(t.Range(p.Highlight))
		}
		return nil, []finding.Problem{{Range: at, Message: "not valid TOML"}}
	}
	return root, nil
}

// toml reads a text in TOML.
type toml struct {
	unstable.Parser
	file  *source.File
	count int // of nodes
}

func (t *toml) at(r unstable.Range) source.Range {
	return source.Range{Path: t.file.Path, Start: int(r.Offset), End: int(r.Offset) + int(r.Length)}
}

func (t *toml) empty(at source.Range) *node {
	t.count++
	return &node{kind: mapNode, at: at}
}

// table returns the table with a key below another, which it creates if there is none. What is no table is replaced, because
// the SAM CLI rejects such a file.
func (t *toml) table(in *node, key unstable.Iterator) *node {
	for depth := 0; key.Next() && depth < maxDepth; depth++ {
		at := t.at(key.Node().Raw)
		next := in.get(string(key.Node().Data))
		if next == nil || next.kind != mapNode {
			next = t.empty(at)
			in.set(field{key: string(key.Node().Data), keyAt: at, value: next})
		}
		in = next
	}
	return in
}

// set adds a field, or replaces the one with its key.
func (n *node) set(f field) {
	for i := range n.fields {
		if n.fields[i].key == f.key {
			n.fields[i] = f
			return
		}
	}
	n.fields = append(n.fields, f)
}

// pair adds a key with its value to a table.
func (t *toml) pair(table *node, e *unstable.Node, depth int) {
	key := e.Key()
	for key.Next() {
		name := string(key.Node().Data)
		if key.IsLast() {
			table.set(field{key: name, keyAt: t.at(key.Node().Raw), value: t.value(e.Value(), depth)})
			return
		}
		next := table.get(name)
		if next == nil || next.kind != mapNode {
			next = t.empty(t.at(key.Node().Raw))
			table.set(field{key: name, keyAt: t.at(key.Node().Raw), value: next})
		}
		table = next
	}
}

// value returns the node of a value. Numbers and dates are their text.
func (t *toml) value(v *unstable.Node, depth int) *node {
	t.count++
	n := &node{at: t.at(v.Raw)}
	if depth > maxDepth {
		n.tag = "Unread"
		return n
	}
	children := v.Children()
	switch v.Kind {
	case unstable.Array:
		n.kind = listNode
		for children.Next() {
			if child := children.Node(); child.Kind != unstable.Comment {
				n.items = append(n.items, t.value(child, depth+1))
			}
		}
	case unstable.InlineTable:
		n.kind = mapNode
		for children.Next() {
			if child := children.Node(); child.Kind == unstable.KeyValue {
				t.pair(n, child, depth+1)
			}
		}
	case unstable.Bool:
		n.scalar = string(v.Data) == "true"
	default:
		n.scalar = string(v.Data)
	}
	return n
}
