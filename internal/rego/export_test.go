package rego

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
