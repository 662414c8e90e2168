package model

import (
	"cmp"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"lintel/internal/source"
)

// Node is what Go knows about a node of the policy input and a policy does not.
type Node struct {
	Range      source.Range
	Collection string // functions, roles, …: where the node hangs in the policy input
	Path       string // names of the attributes that lead to it: tracing/mode, statements/effect
	Resource   string // id of the resource whose text it is
	Attribute  string // Path within that resource with keys and numbers of items: statements/0/effect; empty: the resource itself
	When       string
	Via        []source.Range
	State      State
	Cause      string
	Sensitive  bool
	Linked     bool // a reference that points to something in the stack
}

// Index resolves the handles that policies return. Handle i is node i of the encoding, so an
// Index belongs to exactly one encoded Stack.
type Index []Node

// Node returns what a handle stands for. It is false for a number that is no handle.
func (x Index) Node(at int) (Node, bool) {
	if at < 0 || at >= len(x) {
		return Node{}, false
	}
	return x[at], true
}

// Encode turns a linked stack into the input of the policies, as maps, slices, strings,
// numbers and booleans. Today is the date that rules compare end-of-support dates with.
func Encode(s *Stack, today time.Time) (input map[string]any, index Index) {
	e := encoder{}
	input = map[string]any{"today": today.Format(time.DateOnly)}
	stack := reflect.ValueOf(s).Elem()
	for i := range stack.NumField() {
		name := jsonName(stack.Type().Field(i))
		if name == "" {
			continue
		}
		collection := stack.Field(i)
		items := make([]any, collection.Len())
		for j := range items {
			items[j] = e.resource(name, collection.Index(j))
		}
		input[name] = items
	}
	return input, e.index
}

type encoder struct{ index Index }

// place is the way to a node.
type place struct {
	Node
	unknown string // cause that the enclosing block hands down to what is not written in it
}

func (p place) child(name string) place {
	p.Path = join(p.Path, name)
	p.Attribute = join(p.Attribute, name)
	return p
}

// item is the way to an element of a list or map.
func (p place) item(key string) place {
	path := p.Path
	p = p.child(key)
	p.Path = path
	return p
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

func (e *encoder) resource(collection string, v reflect.Value) map[string]any {
	r := v.FieldByName("Resource").Addr().Interface().(*Resource)
	p := place{Node: Node{Collection: collection, Resource: r.ID, When: r.When, Via: r.Via}}
	out := e.node(p, r.state)
	out["id"], out["type"], out["generated"] = r.ID, r.Type, r.Generated
	p.Range = r.At
	e.fields(out, p, v)
	return out
}

// node hands out a handle and writes what all nodes share.
func (e *encoder) node(p place, s state) map[string]any {
	if !s.At.IsZero() {
		p.Range = s.At
	}
	p.State, p.Cause, p.Sensitive = s.State, s.Cause, s.Sensitive
	out := map[string]any{"at": len(e.index)}
	switch s.State {
	case StateAbsent:
		out["absent"] = true
	case StateUnknown:
		out["unknown"] = true
	case StateKnown:
	}
	e.index = append(e.index, p.Node)
	return out
}

// inherit makes an attribute that is not written unknown where the block around it is.
func inherit(p place, s state) state {
	if s.State == StateAbsent && p.unknown != "" {
		s.State, s.Cause = StateUnknown, p.unknown
	}
	return s
}

func (e *encoder) fields(out map[string]any, p place, v reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if name := jsonName(field); name != "" && !field.Anonymous {
			out[name] = e.value(p.child(name), v.Field(i), field.Tag.Get("default"))
		}
	}
}

// encodable is a field that knows how to write itself.
type encodable interface {
	encode(e *encoder, p place, defaultTo string) map[string]any
}

func (e *encoder) value(p place, v reflect.Value, defaultTo string) map[string]any {
	if x, ok := reflect.TypeAssert[encodable](v.Addr()); ok {
		return x.encode(e, p, defaultTo)
	}
	block, ok := reflect.TypeAssert[Block](v.FieldByName("Block"))
	if !ok {
		panic(fmt.Sprintf("model: cannot encode a field of type %s", v.Type()))
	}
	if statement, ok := reflect.TypeAssert[*Statement](v.Addr()); ok && statement.owner != nil {
		p.Resource, p.When, p.Via = statement.owner.ID, statement.owner.When, statement.owner.Via
		p.Attribute = join("statements", strconv.Itoa(statement.number))
	}
	s := inherit(p, block.state)
	out := e.node(p, s)
	if !s.At.IsZero() {
		p.Range = s.At
	}
	p.unknown = ""
	if s.State == StateUnknown {
		p.unknown = cmp.Or(s.Cause, "it is not known whether it will be there")
	}
	e.fields(out, p, v)
	return out
}

func (v *Value[T]) encode(e *encoder, p place, defaultTo string) map[string]any {
	s := inherit(p, v.state)
	out := e.node(p, s)
	switch s.State {
	case StateKnown:
		out["value"] = v.value
	case StateAbsent:
		if defaultTo != "" {
			out["value"] = parseDefault[T](defaultTo)
		}
	case StateUnknown:
		if v.prefix != "" {
			out["prefix"] = v.prefix
		}
		if v.suffix != "" {
			out["suffix"] = v.suffix
		}
	}
	return out
}

// parseDefault reads a default tag. A tag that does not fit its field is a mistake in this
// package, so it panics; a test encodes every type.
func parseDefault[T Scalar](text string) any {
	var zero T
	switch any(zero).(type) {
	case int:
		n, err := strconv.Atoi(text)
		if err != nil {
			panic("model: default is not a number: " + text)
		}
		return n
	case bool:
		return text == "true"
	}
	return text
}

func (r *Ref) encode(e *encoder, p place, defaultTo string) map[string]any {
	out := r.Value.encode(e, p, defaultTo)
	e.index[len(e.index)-1].Linked = len(r.targets) > 0
	targets := make([]any, len(r.targets))
	for i, target := range r.targets {
		targets[i] = target
	}
	out["targets"] = targets
	return out
}

func (l *List[T]) encode(e *encoder, p place, defaultTo string) map[string]any {
	s := inherit(p, l.state)
	out := e.node(p, s)
	if !s.At.IsZero() {
		p.Range = s.At
	}
	items := make([]any, len(l.Items))
	for i := range l.Items {
		items[i] = e.value(p.item(strconv.Itoa(i)), reflect.ValueOf(&l.Items[i]).Elem(), defaultTo)
	}
	out["items"] = items
	return out
}

func (m *Map) encode(e *encoder, p place, _ string) map[string]any {
	s := inherit(p, m.state)
	out := e.node(p, s)
	if !s.At.IsZero() {
		p.Range = s.At
	}
	items := make([]any, len(m.Entries))
	for i := range m.Entries {
		entry := m.Entries[i].encode(e, p.item(m.Entries[i].Key), "")
		entry["key"] = m.Entries[i].Key
		items[i] = entry
	}
	out["items"] = items
	return out
}

// jsonName returns the name of a field in the policy input, empty when it is not part of it.
func jsonName(field reflect.StructField) string {
	name := field.Tag.Get("json")
	if name == "-" {
		return ""
	}
	return name
}
