package rego

import "strings"

// Built is an object that a rule builds.
type Built struct{ c *composite }

// NewObject returns an empty object.
func NewObject() Built { return Built{&composite{keys: []Value{}}} }

// Insert adds a key.
func (b Built) Insert(key, v Value) { b.c.insert(key, v) }

// Get returns the value of a key.
func (b Built) Get(key Value) Value { return Value{kind: object, c: b.c}.get(key) }

// Has reports whether there is a key.
func (b Built) Has(key Value) bool { return b.Get(key).IsDefined() }

// Len returns the number of keys.
func (b Built) Len() int { return b.c.length(object) }

// Fused returns the listing of a function after Fuse.
func Fused(listing string) (string, error) {
	head, body, _ := strings.Cut(strings.TrimPrefix(listing, "func "), "\n")
	f := new(reader).again(head).head()
	r := new(reader).again(body)
	f.Blocks = r.functionBlocks()
	f.Fuse(r.constants)
	var out strings.Builder
	List(&out, f, r.constants)
	return out.String(), r.err
}
