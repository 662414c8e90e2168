package rego

import "slices"

// since returns on which node it depends whether the statement is reached after the one that makes a composite; 0: on
// none.
func (e *Evaluation) since(c *composite) int32 {
	if e.doubts == c.doubts {
		return 0
	}
	return e.doubt
}

// add appends to an array, or adds to a set.
func (e *Evaluation) add(frame []Value, s *Statement) {
	v := e.read(frame, s.A)
	e.touches(&v)
	c := frame[s.Target].c
	if c == nil {
		return // what it is added to may be anything
	}
	v.doubt = e.since(c)
	if s.Op == OpAppend {
		if v.doubt != 0 && c.doubt == 0 {
			c.doubt = v.doubt
		}
		c.items = append(c.items, v)
		return
	}
	c.dirty = c.dirty || !c.endsBefore(v)
	if c.keys == nil {
		c.keys = e.roomFor(1)[:0] // most sets have no other member
	}
	c.keys = append(c.keys, v)
}

func (e *Evaluation) insert(s *Statement, frame []Value) outcome {
	key, v := e.read(frame, s.B), e.read(frame, s.C)
	e.touches(&key)
	e.touches(&v)
	target := frame[s.Target]
	if target.c == nil {
		return through // what it is added to may be anything
	}
	v.doubt = e.since(target.c)
	if e.may && joined(frame, s, key, v) {
		return through
	}
	if s.N != 0 {
		if i := target.c.find(&key); i >= 0 && !equal(target.c.items[i], v) {
			return e.fail(errConflict)
		}
	}
	target.c.insert(key, v)
	return through
}

// inDoubt makes all elements depend on a node that certainly are there if the composite is.
func (c *composite) inDoubt(k kind, cause int32) {
	elements := &c.items
	if k == set {
		elements = &c.keys
	}
	*elements = slices.Clone(*elements)
	for i := range *elements {
		if (*elements)[i].doubt == 0 {
			(*elements)[i].doubt = cause
		}
	}
}

// isFixed reports whether a composite is of the input or of the data: no statement changes it.
func (c *composite) isFixed() bool { return c.layout != nil || c.fixed }
