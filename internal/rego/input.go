package rego

import (
	"encoding/json"
	"slices"
	"strings"

	"lintel/internal/model"
)

// FromJSON turns what encoding/json reads into a value.
func FromJSON(x any) Value {
	switch x := x.(type) {
	case bool:
		return Bool(x)
	case int:
		return Int(x)
	case float64:
		return Float(x)
	case json.Number:
		n, _ := Number(x.String()) // as exact as a float64 can be
		return n
	case string:
		return String(x)
	case []any:
		items := make([]Value, len(x))
		for i := range x {
			items[i] = FromJSON(x[i])
		}
		return Value{kind: array, c: &composite{items: items, fixed: true}}
	case map[string]any:
		c := &composite{fixed: true}
		for key, item := range x { // any order: Object sorts
			c.keys, c.items = append(c.keys, String(key)), append(c.items, FromJSON(item))
		}
		c.dirty = true
		c.clean(true)
		return Value{kind: object, c: c}
	}
	return Null()
}

// ParseJSON reads JSON.
func ParseJSON(content string) (Value, error) {
	var x any
	decoder := json.NewDecoder(strings.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&x); err != nil {
		return Value{}, err
	}
	return FromJSON(x), nil
}

// FromModel turns the input of the policies, or a part of it, into a value.
func FromModel(x any) Value {
	var r Reader
	return r.Value(x)
}

// Reader turns parts of the input of the policies into values. A large stack has hundreds of thousands of objects of a few
// shapes: they share the names, and their values are made in blocks. It is for one goroutine.
type Reader struct {
	blocks
	layouts map[uint64][]*layout
	made    int        // number of layouts
	empty   *composite // shared by the lists without elements, half of all
}

// Release ends the values that a Reader has made.
func (r *Reader) Release() { r.reset() }

// Value turns a part of the input into a value. A Value stays as it is.
func (r *Reader) Value(x any) Value {
	switch x := x.(type) {
	case Value:
		return x
	case model.Object:
		c := r.composite()
		c.layout, c.items = r.layout(x), r.room(len(x))
		c.open = c.layout.open
		for i := range x {
			c.items[i] = r.Value(x[i].Value)
			c.open = c.open || c.items[i].isOpen()
		}
		return Value{kind: object, c: c}
	case []any:
		if len(x) == 0 {
			return Value{kind: array, c: r.none()}
		}
		c := r.composite()
		c.items, c.fixed = r.room(len(x)), true
		for i := range x {
			c.items[i] = r.Value(x[i])
			c.open = c.open || c.items[i].isOpen()
		}
		return Value{kind: array, c: c}
	case string:
		return String(x)
	case int:
		return Int(x)
	case bool:
		return Bool(x)
	}
	return Null()
}

func (r *Reader) none() *composite {
	if r.empty == nil {
		r.empty = &composite{items: []Value{}, fixed: true}
	}
	return r.empty
}

// maxLayouts is the number of layouts that a Reader remembers: beyond that it forgets all. The model has some hundred.
const maxLayouts = 1 << 12

// layout returns the layout of an object.
func (r *Reader) layout(x model.Object) *layout {
	h := uint64(len(x))
	for i := range x {
		key := x[i].Key
		h = h*31 + uint64(len(key)) //nolint:mnd // a prime
		if key != "" {
			h = h*31 + uint64(key[0]) //nolint:mnd // a prime
		}
	}
	for _, known := range r.layouts[h] {
		if slices.EqualFunc(known.names, x, func(name string, member model.Member) bool { return name == member.Key }) {
			return known
		}
	}
	names := make([]string, len(x))
	for i := range x {
		names[i] = x[i].Key
	}
	made := layoutOf(names)
	if r.layouts == nil || r.made >= maxLayouts {
		r.layouts, r.made = map[uint64][]*layout{}, 0
	}
	r.layouts[h] = append(r.layouts[h], made)
	r.made++
	return made
}

// MayBe returns the input for the question what rules may find, from that for the question what they find. In it unknown
// values have become known: they are the examples of their node, or anything. Those in resources of other units stay unknown: the
// question is asked of their own unit. Both inputs share what is known.
func MayBe(v Value, nodes func(at int) model.Node) Value {
	may, _ := possible{nodes: nodes}.value(v)
	return may
}

// MayBeAsked is MayBe for rules that ask whether a value is unknown: the answer depends on the value, whatever is known of it.
func MayBeAsked(v Value, nodes func(at int) model.Node) Value {
	may, _ := possible{nodes, true}.value(v)
	return may
}

// possible makes the input for the question what rules may find.
type possible struct {
	nodes func(at int) model.Node
	asked bool // see MayBeAsked
}

// isOpen reports whether a value of the input is or contains an object that is unknown.
func (v Value) isOpen() bool { return v.c != nil && v.c.open }

// value returns what a value may be, and reports whether that differs from the value.
func (p possible) value(v Value) (may Value, differs bool) {
	switch {
	case !v.isOpen():
		return v, false
	case v.kind == object && v.c.layout.open:
		if at, ok := v.Member("at").Number(); ok && p.nodes(at).Unit != "" {
			return v, false
		}
		return p.object(v), true
	}
	items := v.c.items
	for i, item := range v.c.items {
		item, isOther := p.value(item)
		if isOther && !differs {
			items, differs = slices.Clone(items), true
		}
		if differs {
			items[i] = item
		}
	}
	if !differs {
		return v, false
	}
	return Value{kind: v.kind, c: &composite{layout: v.c.layout, items: items, fixed: true}}, true
}

// object returns what an unknown node may be.
func (p possible) object(v Value) Value {
	names, items := make([]string, 0, len(v.c.items)+1), make([]Value, 0, len(v.c.items)+1)
	at, _ := v.Member("at").Number()
	node := p.nodes(at)
	prefix, suffix := v.Member("prefix").s, v.Member("suffix").s
	isScalar := !v.Member("id").IsDefined()
	for i, key := range v.c.layout.names {
		if key == "prefix" || key == "suffix" || key == "unknown" {
			continue
		}
		value, _ := p.value(v.c.items[i])
		isScalar = isScalar && key != "items" && !value.Member("at").IsDefined() // a block has attributes that are unknown themselves
		if !isClosed(key, suffix, node) {
			value = opened(key, value, at, node)
		}
		names, items = append(names, key), append(items, value)
	}
	if isScalar {
		names, items = append(names, "value"), append(items, unknownValue(at, prefix, suffix, node))
	}
	if p.asked || decidesByItself(prefix+suffix, node) {
		doubtful := v.Member("unknown")
		doubtful.doubt = int32(at) + 1 //nolint:gosec // handles are few
		names, items = append(names, "unknown"), append(items, doubtful)
	}
	return Object(names, items)
}

// decidesByItself reports whether a rule that asks if a node is unknown depends on it: nothing of the value is known that
// could decide as well.
func decidesByItself(ends string, node model.Node) bool { return len(node.Examples) == 0 && ends == "" }

// isClosed reports whether a member of an unknown node has nothing but what is known.
func isClosed(key, suffix string, node model.Node) bool {
	return key == "targets" && model.IsAWSManaged(suffix) || node.Outside && (key == "targets" || key == "items")
}

// opened returns the member of an unknown node, which may have more than is known.
func opened(key string, value Value, at int, node model.Node) Value {
	switch {
	case key == "items":
		list := Open(value.c.items, at)
		list.c.plain = node.Plain
		return list
	case key == "targets" && len(value.c.items) == 0:
		return Open(nil, at)
	}
	return value
}

func unknownValue(at int, prefix, suffix string, node model.Node) Value {
	if len(node.Examples) == 0 {
		unknown := Unknown(at, prefix, suffix)
		if node.Plain {
			return unknown.withoutWildcard()
		}
		return unknown
	}
	choices := make([]Value, len(node.Examples))
	for i := range node.Examples {
		choices[i] = FromModel(node.Examples[i])
	}
	one := OneOf(at, choices)
	if node.Maybe {
		one.doubt = int32(at) + 1 //nolint:gosec // handles are few
	}
	return one
}
