package model

import (
	"strings"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// Scalar are the types an attribute can have.
type Scalar interface{ bool | int | string }

// Value is an attribute: known, unknown or absent, and always somewhere in the source.
// The zero Value is absent and stands where the thing around it stands.
type Value[T Scalar] struct {
	state
	value  T
	open   *open   // of an unknown value; nil: nothing is known of it
	origin *origin // nil: nothing is known of where it comes from
}

// open is what is known of an unknown value.
type open struct {
	prefix, suffix string
	examples       []string // see tree.Tree.Examples
}

// state is what all kinds of nodes have in common. A stack has up to MaxNodes of them, most of them absent, so it is small:
// what few nodes have is in rare.
type state struct {
	State     tree.State
	Sensitive bool         // may be judged, never printed
	outside   bool         // an unknown value names no resource of the stack
	plain     bool         // an unknown string contains no wildcard
	maybe     bool         // a block: unknown is only whether it is there, not what is in it; a value: it is one of its examples or not there
	literal   bool         // At is where the value is written as a literal
	At        source.Range // zero: where the enclosing node is

	rare *rare // never changed, because copies share it; nil: zero
}

// rare is what few nodes have.
type rare struct {
	through source.Range   // where in a module the value is used, when At is an argument of the module's call
	written source.Range   // where the value is written as a literal, if not at At; zero: it is computed
	cause   string         // why the value is unknown, for people
	given   []source.Range // where files of values set what the value is made of
	owner   *Resource      // which other resource makes a list unknown that was put together; nil: none
}

// more returns what few nodes have.
func (s *state) more() rare {
	if s.rare == nil {
		return rare{}
	}
	return *s.rare
}

// keep replaces what few nodes have.
func (s *state) keep(r rare) {
	s.rare = nil
	if r.cause != "" || r.owner != nil || len(r.given) > 0 || !r.through.IsZero() || !r.written.IsZero() {
		s.rare = &r
	}
}

// unknown is the state of a node that is unknown; cause says why.
func unknown(at source.Range, cause string) state {
	s := state{State: tree.StateUnknown, At: at}
	s.keep(rare{cause: cause})
	return s
}

// lose makes a node unknown; cause says why.
func (s *state) lose(cause string) {
	r := s.more()
	r.cause = cause
	s.State = tree.StateUnknown
	s.keep(r)
}

// Cause returns why the value is unknown.
func (s state) Cause() string {
	if s.rare == nil {
		return ""
	}
	return s.rare.cause
}

// written returns where the value is written as a literal; zero: it is computed.
func (s *state) written() source.Range {
	if s.literal {
		return s.At
	}
	return s.more().written
}

// Known is an attribute whose value is known.
func Known[T Scalar](v T, at source.Range) Value[T] {
	return Value[T]{state: state{State: tree.StateKnown, At: at}, value: v}
}

// Unknown is an attribute whose value cannot be known; cause says why.
func Unknown[T Scalar](at source.Range, cause string) Value[T] {
	return Value[T]{state: unknown(at, cause)}
}

// Absent is an attribute that is not written; at is where it would be.
func Absent[T Scalar](at source.Range) Value[T] {
	return Value[T]{state: state{At: at}}
}

// Partly is a string of which only the ends are known. An empty end is an unknown end.
func Partly(prefix, suffix string, at source.Range, cause string) Value[string] {
	v := Unknown[string](at, cause)
	v.open = &open{prefix: prefix, suffix: suffix}
	return v
}

// Get returns the value, and whether it is known.
func (v Value[T]) Get() (T, bool) { return v.value, v.State == tree.StateKnown }

// Ends returns the parts of an unknown string that are known.
func (v Value[T]) Ends() (prefix, suffix string) {
	if v.open == nil {
		return "", ""
	}
	return v.open.prefix, v.open.suffix
}

// Plain reports whether an unknown string contains no wildcard.
func (v Value[T]) Plain() bool { return v.plain }

// examples returns the values that an unknown one may have, as texts; nil: any.
func (v *Value[T]) examples() []string {
	if v.open == nil {
		return nil
	}
	return v.open.examples
}

// MaybeBlock is a block of which everything is known but whether it will be there.
func MaybeBlock(at source.Range, cause string) Block {
	s := unknown(at, cause)
	s.maybe = true
	return Block{s}
}

// List is an attribute with several values of one kind.
type List[T any] struct {
	state // StateUnknown: there may be more than Items
	Items []T
}

// Map is an attribute with keys. Its entries are in source order.
type Map struct {
	state   // StateUnknown: there may be more than Entries
	Entries []Entry
}

// Entry is one key of a Map with its value.
type Entry struct {
	Key string
	Value[string]
}

// Block is embedded in everything that has attributes of its own.
type Block struct{ state }

// NewBlock is a block that is known to be there.
func NewBlock(at source.Range) Block { return Block{state{State: tree.StateKnown, At: at}} }

// UnknownBlock is a block whose existence is unknown until deployment.
func UnknownBlock(at source.Range, cause string) Block {
	return Block{unknown(at, cause)}
}

// Ref is an attribute that points to another resource, by name, ARN or reference.
type Ref struct {
	Value[string]
	IDs     []string // ids of resources that the expression refers to, whatever their kind
	targets []int    // indices in the collection that the tag "to" names, filled by Link
}

// RefWithin is a reference to a resource by its ARN, followed by a pattern.
func RefWithin(id, pattern string) Ref {
	return Ref{Value: Partly("arn:", pattern, source.Range{}, "unknown until deployment"), IDs: []string{id}}
}

// Targets returns the indices of what the reference points to, once linked.
func (r Ref) Targets() []int { return r.targets }

// BackRef are the resources that refer to this one. Link fills it, so that rules need not search.
type BackRef struct{ targets []int }

// Targets returns the indices of the resources, once linked.
func (r BackRef) Targets() []int { return r.targets }

// Resource is embedded in everything that is declared. A Resource in StateUnknown may not
// exist (its count or condition is unknown); what is written in it is judged all the same.
type Resource struct {
	Block
	source.Lineage `json:"-"`
	ID             string       `json:"id"`        // address or logical id
	Type           string       `json:"type"`      // type in the template's own words
	Generated      bool         `json:"generated"` // made by SAM or a framework, not written by the user
	Caller         source.Range `json:"-"`         // the user's own call, for resources in third-party modules; the line of CDK code that makes the resource
	World          int          `json:"-"`         // the parameter values with which it exists, as a number of the parser (Worlds); 0: all
	Mention        Mention      `json:"-"`
	Unit           string       `json:"-"` // root of the other unit that declares it; empty: the stack's own
	Aside          bool         `json:"-"` // of another unit, and there only for what refers to it: rules judge it with its own unit
}

// ownID returns the ID of the resource in the unit that declares it.
func (r *Resource) ownID() string {
	if r.Unit == "" {
		return r.ID
	}
	return strings.TrimPrefix(r.ID, Abroad(r.Unit, ""))
}
