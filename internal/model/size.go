package model

import (
	"fmt"
	"reflect"

	"lintel/internal/source"
)

// MaxNodes is the limit of the nodes of a stack: attributes, blocks and elements. A function has 54, and a stack of
// CloudFormation at most 500 resources. Each node takes about 500 bytes in memory, and a short template can declare any number
// of them.
const MaxNodes = 300_000

// maxLent is the limit of the nodes of statements that policies lend to roles. It is below MaxNodes, which the policies themselves can
// reach.
const maxLent = MaxNodes / 3

// usualEntries is the number of entries of a map that count once each. AWS accepts 4 KiB of environment variables and 50 tags, and
// rules compare each further entry as well: it counts eight times.
const usualEntries = 500

// Left returns the first resource that Add did not add, because the stack has no room, and describes the limit. It is false
// if there is none.
func (s *Stack) Left() (at source.Range, limit string, ok bool) {
	if s.left == nil {
		return at, "", false
	}
	return *s.left, fmt.Sprintf("%d attributes of resources", MaxNodes), true
}

// isFull reports whether there is no room for a resource.
func (s *Stack) isFull(at source.Range) bool {
	if s.size < MaxNodes {
		return false
	}
	if s.left == nil {
		s.left = &at
	}
	return true
}

// count counts the nodes of the last element of a collection, and removes it if it alone has too many.
func (s *Stack) count(collection, element reflect.Value, at source.Range) (fits bool) {
	n := nodes(element)
	if s.size += n; n <= MaxNodes {
		return true
	}
	element.SetZero()
	collection.SetLen(collection.Len() - 1)
	return !s.isFull(at)
}

// nodes returns the number of nodes of a struct of the model.
func nodes(v reflect.Value) int {
	n := 1
	for _, field := range encodedFields(v.Type()) {
		n += nodesOf(v.Field(field.index))
	}
	return n
}

func nodesOf(v reflect.Value) int {
	if sized, ok := reflect.TypeAssert[interface{ nodes() int }](v.Addr()); ok {
		return sized.nodes()
	}
	if _, ok := reflect.TypeAssert[encodable](v.Addr()); ok {
		return 1
	}
	return nodes(v)
}

func (l *List[T]) nodes() int {
	n := 1
	for i := range l.Items {
		n += nodesOf(reflect.ValueOf(&l.Items[i]).Elem())
	}
	return n
}

func (m *Map) nodes() int { return 1 + len(m.Entries) + 7*max(0, len(m.Entries)-usualEntries) }
