package model

import (
	"reflect"
	"strings"
	"sync"
)

// ways are the ways to attributes, which are the same in all resources of a type and in all stacks, and how many there are.
type ways struct {
	root   *way
	others map[way]*way // to attributes that are borrowed from another resource
	below  map[step]*way
	sizes  []int // nodes of a resource of each collection of the input; 0: there was none yet
}

// usedWays are the ways of stacks that were encoded before.
var usedWays = sync.Pool{New: func() any { //nolint:gochecknoglobals // a memo: a way never changes
	return &ways{root: &way{}, others: map[way]*way{}, below: map[step]*way{}}
}}

// step leads from a way to an attribute below it, or to an element.
type step struct {
	from   *way
	name   string
	isItem bool
}

// maxWays is the number of ways that are remembered. Beyond that all are forgotten: keys of maps can be any text.
const maxWays = 1 << 14

// after returns the way after a step. The same way in many resources is one.
func (w *ways) after(s step) *way {
	if known, ok := w.below[s]; ok {
		return known
	}
	next := &way{path: s.from.path, attribute: join(s.from.attribute, s.name)}
	if !s.isItem {
		next.path = join(s.from.path, s.name)
	}
	if len(w.below) >= maxWays {
		clear(w.below)
	}
	if s.isItem {
		s.name = strings.Clone(s.name) // a key may be a part of a large text
	}
	w.below[s] = next
	return next
}

// shared returns the pointer that all nodes with a way share.
func (w *ways) shared(to way) *way {
	if known, ok := w.others[to]; ok {
		return known
	}
	if len(w.others) >= maxWays {
		clear(w.others)
	}
	w.others[to] = &to
	return &to
}

// expected returns the number of nodes that a stack is expected to have: in each collection as many a resource as in the last stack
// with one.
func (w *ways) expected(stack reflect.Value, fields []encodedCollection) int {
	if w.sizes == nil {
		w.sizes = make([]int, len(fields))
	}
	nodes := 0
	for i, size := range w.sizes {
		if size > 0 {
			nodes += size * stack.FieldByIndex(fields[i].index).Len()
		}
	}
	return min(nodes, maxExpected)
}

// maxExpected limits the nodes that there is room for before the first one: a resource of another stack may have had very many.
const maxExpected = 1 << 12
