package rego

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// kind is the type of a Value. The order is Rego's order of values.
type kind uint8

const (
	undefined kind = iota
	null
	boolean
	integer // a whole number that fits an int64
	float   // any other number
	text
	array
	object
	set
	unknown // any value of any kind: only where an evaluation asks what may be
)

// Value is a value of Rego. The zero Value is undefined: an expression without a result. Values
// are immutable once they are handed out; composites are shared, not copied.
type Value struct {
	s    string     // of a text
	c    *composite // of an array, an object or a set
	n    int64      // of a boolean (0, 1), an integer, and the bits of a float
	kind kind

	// doubt is 1 + the handle of the node on which it depends whether the value is there at all;
	// 0: it certainly is. Only an evaluation that asks what may be sets it.
	doubt int32
}

// composite is what arrays, objects and sets consist of.
type composite struct {
	layout *layout // keys of an object of the model; parallel to items
	keys   []Value // keys of any other object, or members of a set
	items  []Value // elements of an array, or values of an object

	numbers map[simple]int // last positions of simple keys, while keys are added out of order; nil: none are kept
	dirty   bool           // keys may be out of order or repeated
	plain   bool           // of an unknown text: what is unknown of it contains no wildcard
	fixed   bool           // of the input or the data
	open    bool           // of the input: it is or contains an object that is unknown
	loose   int32          // of an object: a node on which it depends what one of its keys is; 0: all are known
	// doubt is 1 + the handle of the node on which it depends whether there are more items; 0: there
	// are none.
	doubt int32

	doubts int32 // on how many nodes the path to where it is made depends
}

// Null is the value null.
func Null() Value { return Value{kind: null} }

// Bool is a truth value.
func Bool(b bool) Value {
	if b {
		return Value{kind: boolean, n: 1}
	}
	return Value{kind: boolean}
}

// Int is a whole number.
func Int(n int) Value { return Value{kind: integer, n: int64(n)} }

// String is a text.
func String(s string) Value { return Value{kind: text, s: s} }

// Number returns the number that a text denotes in JSON. It is false for one that a float64 cannot
// hold exactly as it is written.
func Number(s string) (Value, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return Value{kind: integer, n: n}, true
	}
	f, err := strconv.ParseFloat(s, 64)
	return Float(f), err == nil && len(strings.Trim(s, "-0.")) <= maxDigits && !math.IsInf(f, 0)
}

// maxDigits is how many decimal digits a float64 keeps.
const maxDigits = 15

// Float is a number. One that is whole is an Int.
func Float(f float64) Value {
	if n := int64(f); float64(n) == f {
		return Value{kind: integer, n: n}
	}
	return Value{kind: float, n: int64(math.Float64bits(f))} //nolint:gosec // bits
}

// Array is a list of values.
func Array(items []Value) Value { return Value{kind: array, c: &composite{items: items}} }

// Object is an object with the given names, which are sorted, and their values.
func Object(names []string, items []Value) Value {
	return Value{kind: object, c: &composite{layout: layoutOf(names), items: items}}
}

// Text returns the text of a string.
func (v Value) Text() (string, bool) { return v.s, v.kind == text }

// Number returns a whole number.
func (v Value) Number() (int, bool) { return int(v.n), v.kind == integer }

// IsDefined reports whether there is a value.
func (v Value) IsDefined() bool { return v.kind != undefined }

// Member returns the member of an object by its name, or an undefined value.
func (v Value) Member(name string) Value { return v.get(String(name)) }

// Items returns the elements of an array or the members of a set in their order.
func (v Value) Items() []Value {
	switch v.kind { //nolint:exhaustive // other kinds are handled below
	case array:
		return v.c.items
	case set:
		return v.c.members()
	}
	return nil
}

// get returns the element of a composite for a key. It is undefined where there is none.
func (v Value) get(key Value) Value {
	if found := v.at(&key); found != nil {
		return *found
	}
	return Value{}
}

// at returns the element of a composite for a key; nil: there is none.
func (v *Value) at(key *Value) *Value {
	switch v.kind { //nolint:exhaustive // other kinds are handled below
	case array:
		if key.kind == integer && key.n >= 0 && key.n < int64(len(v.c.items)) {
			return &v.c.items[key.n]
		}
	case object:
		if i := v.c.find(key); i >= 0 {
			return &v.c.items[i]
		}
	case set:
		if i, ok := slices.BinarySearchFunc(v.c.members(), *key, compare); ok {
			return &v.c.keys[i]
		}
	}
	return nil
}

// members are the members of a set, sorted, each once.
func (c *composite) members() []Value {
	c.clean(false)
	return c.keys
}

// endsBefore reports whether a key keeps the order when it is appended: most loops add in order.
func (c *composite) endsBefore(key Value) bool {
	return len(c.keys) == 0 || compare(c.keys[len(c.keys)-1], key) < 0
}

// insert adds a key with its value to an object.
func (c *composite) insert(key, v Value) {
	if key.kind == unknown {
		c.loose = max(c.loose, key.cause())
	}
	c.dirty = c.dirty || !c.endsBefore(key)
	if s, ok := key.simple(); ok && c.numbers != nil {
		c.numbers[s] = len(c.keys)
	}
	c.keys, c.items = append(c.keys, key), append(c.items, v)
}

// few is the number of keys up to which they are put into order to find one. More would take time that grows with the
// square of their number.
const few = 16

// find returns the position of a key in an object, -1 where there is none.
func (c *composite) find(key *Value) int {
	if c.layout != nil {
		if key.kind != text {
			return -1
		}
		return c.layout.find(key.s)
	}
	return c.findAdded(*key)
}

// findAdded returns the position of a key in an object that a rule makes, -1 where there is none.
func (c *composite) findAdded(key Value) int {
	s, isSimple := key.simple()
	if !c.dirty || !isSimple || len(c.keys) <= few {
		c.clean(true)
		if i, ok := slices.BinarySearchFunc(c.keys, key, compare); ok {
			return i
		}
		return -1
	}
	if c.numbers == nil {
		c.numbers = make(map[simple]int, len(c.keys))
		for i, known := range c.keys {
			if s, ok := known.simple(); ok {
				c.numbers[s] = i
			}
		}
	}
	if i, ok := c.numbers[s]; ok {
		return i
	}
	return -1
}

// simple is a text or a whole number as the key of a map.
type simple struct {
	text   string
	number int64
}

// simple returns a text or a whole number as the key of a map.
func (v Value) simple() (s simple, ok bool) {
	switch v.kind { //nolint:exhaustive // others are no simple keys
	case text:
		return simple{text: v.s, number: -1}, true
	case integer:
		return simple{number: v.n}, v.n >= 0
	}
	return s, false
}

// clean puts keys that were added into order. Of the equal ones the last counts, and one that is
// certainly there is.
func (c *composite) clean(withItems bool) {
	if !c.dirty {
		return
	}
	c.dirty, c.numbers = false, nil
	if !withItems {
		slices.SortStableFunc(c.keys, compare)
		kept := c.keys[:0]
		for _, key := range c.keys {
			if n := len(kept); n > 0 && compare(kept[n-1], key) == 0 {
				kept[n-1].doubt = min(kept[n-1].doubt, key.doubt)
				continue
			}
			kept = append(kept, key)
		}
		c.keys = kept
		return
	}
	order := make([]int, len(c.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compare(c.keys[a], c.keys[b]) })
	keys, items := make([]Value, 0, len(order)), make([]Value, 0, len(order))
	for _, i := range order {
		if n := len(keys); n > 0 && compare(keys[n-1], c.keys[i]) == 0 {
			items[n-1] = c.items[i]
			continue
		}
		keys, items = append(keys, c.keys[i]), append(items, c.items[i])
	}
	c.keys, c.items = keys, items
}

// settle puts everything in a value into order, so that to read it changes nothing.
func (v Value) settle() {
	if v.c == nil || v.c.isFixed() {
		return
	}
	v.c.clean(v.kind == object)
	for _, key := range v.c.keys {
		key.settle()
	}
	for _, item := range v.c.items {
		item.settle()
	}
}

// length is the number of elements of a composite.
func (c *composite) length(k kind) int {
	switch k { //nolint:exhaustive // other kinds are handled below
	case array:
		return len(c.items)
	case set:
		return len(c.members())
	}
	if c.layout != nil {
		return len(c.layout.names)
	}
	c.clean(true)
	return len(c.keys)
}

// key returns the i-th key of an object.
func (c *composite) key(i int) Value {
	if c.layout != nil {
		return String(c.layout.names[i])
	}
	return c.keys[i]
}

func isNumber(k kind) bool { return k == integer || k == float }

// compare is Rego's total order of values.
func compare(a, b Value) int {
	if isNumber(a.kind) && isNumber(b.kind) {
		if a.kind == integer && b.kind == integer {
			return cmp.Compare(a.n, b.n)
		}
		return cmp.Compare(a.asFloat(), b.asFloat())
	}
	if a.kind != b.kind {
		return cmp.Compare(a.kind, b.kind)
	}
	switch a.kind { //nolint:exhaustive // other kinds are handled below
	case boolean:
		return cmp.Compare(a.n, b.n)
	case text:
		return strings.Compare(a.s, b.s)
	case array:
		return slices.CompareFunc(a.c.items, b.c.items, compare)
	case set:
		return slices.CompareFunc(a.c.members(), b.c.members(), compare)
	case object:
		return compareObjects(a.c, b.c)
	case unknown: // an order without a meaning, so that sets keep different ones apart
		return cmp.Or(cmp.Compare(a.n, b.n), strings.Compare(a.s, b.s), strings.Compare(a.suffix(), b.suffix()),
			slices.CompareFunc(a.choices(), b.choices(), compare))
	}
	return 0
}

func (v Value) asFloat() float64 {
	if v.kind == integer {
		return float64(v.n)
	}
	return math.Float64frombits(uint64(v.n)) //nolint:gosec // bits
}

// compareObjects compares keys and values in turn, as OPA does.
func compareObjects(a, b *composite) int {
	n, m := a.length(object), b.length(object)
	for i := range min(n, m) {
		if c := cmp.Or(compare(a.key(i), b.key(i)), compare(a.items[i], b.items[i])); c != 0 {
			return c
		}
	}
	return cmp.Compare(n, m)
}

func equal(a, b Value) bool { return same(&a, &b) }

// same is equal for values in their places.
func same(a, b *Value) bool {
	switch {
	case a.kind == text && b.kind == text:
		return a.s == b.s
	case a.kind != b.kind && !isNumber(a.kind):
		return false
	}
	return compare(*a, *b) == 0
}

// render writes a value as Rego does.
func (v Value) render(out *strings.Builder) {
	switch v.kind { //nolint:exhaustive // other kinds are handled below
	case unknown:
		out.WriteString("unknown")
	case null:
		out.WriteString("null")
	case boolean:
		out.WriteString(strconv.FormatBool(v.n != 0))
	case integer:
		out.WriteString(strconv.FormatInt(v.n, 10))
	case float:
		out.WriteString(strconv.FormatFloat(v.asFloat(), 'g', -1, 64))
	case text:
		out.WriteString(strconv.Quote(v.s))
	case array:
		renderAll(out, "[", "]", len(v.c.items), func(i int) { v.c.items[i].render(out) })
	case set:
		members := v.c.members()
		if len(members) == 0 {
			out.WriteString("set()")
			return
		}
		renderAll(out, "{", "}", len(members), func(i int) { members[i].render(out) })
	case object:
		renderAll(out, "{", "}", v.c.length(object), func(i int) {
			v.c.key(i).render(out)
			out.WriteString(": ")
			v.c.items[i].render(out)
		})
	}
}

func renderAll(out *strings.Builder, open, end string, n int, item func(i int)) {
	out.WriteString(open)
	for i := range n {
		if i > 0 {
			out.WriteString(", ")
		}
		item(i)
	}
	out.WriteString(end)
}

// String is the value as Rego writes it.
func (v Value) String() string {
	var out strings.Builder
	v.render(&out)
	return out.String()
}

// JSON returns the value as encoding/json reads it. A set is an array.
func (v Value) JSON() any {
	switch v.kind { //nolint:exhaustive // other kinds are handled below
	case boolean:
		return v.n != 0
	case integer:
		return float64(v.n)
	case float:
		return v.asFloat()
	case text:
		return v.s
	case array, set:
		items := v.Items()
		out := make([]any, len(items))
		for i := range items {
			out[i] = items[i].JSON()
		}
		return out
	case object:
		out := map[string]any{}
		for i := range v.c.length(object) {
			key, ok := v.c.key(i).Text()
			if !ok {
				compact, _ := json.Marshal(v.c.key(i).JSON()) // what a value consists of can be written
				key = string(compact)
			}
			out[key] = v.c.items[i].JSON()
		}
		return out
	}
	return nil
}
