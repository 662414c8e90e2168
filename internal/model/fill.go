package model

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// Format is the language a template is written in.
type Format string

// The formats. Each but Plan is also the name of the struct tag that it reads; plans use the
// names of Terraform.
const (
	Terraform      Format = "tf"
	CloudFormation Format = "cfn"
	SAM            Format = "sam"
)

// formats returns all formats.
func formats() []Format { return []Format{Terraform, CloudFormation, SAM} }

// Add declares a resource. Its collections follow from the type name, its regular attributes
// from the tags. It returns the new element of the first of them, *Function for example, so that
// the reader can fill in what is irregular, or nil when the model does not know the type or has no room, see Left. The
// pointer is valid until the next Add.
func (s *Stack) Add(format Format, r Resource, body tree.Tree) any {
	if s.isFull(r.At) {
		return nil
	}
	stack := reflect.ValueOf(s).Elem()
	var first any
	for _, index := range claims(format, r.Type) {
		collection := stack.FieldByIndex(index)
		collection.Set(reflect.Append(collection, reflect.Zero(collection.Type().Elem())))
		element := collection.Index(collection.Len() - 1)
		element.FieldByName("Resource").Set(reflect.ValueOf(r))
		if trigger, ok := reflect.TypeAssert[*Trigger](element.Addr()); ok {
			trigger.fillFrom(format, body)
		} else {
			fillStruct(element, format, body)
		}
		if f, ok := reflect.TypeAssert[*Function](element.Addr()); ok && format == Terraform {
			f.dropUnsent()
		}
		if m, ok := reflect.TypeAssert[*EventSource](element.Addr()); ok {
			m.narrowSource()
		}
		if i, ok := reflect.TypeAssert[*APIIntegration](element.Addr()); ok {
			i.narrowURI()
		}
		if f, ok := reflect.TypeAssert[*SubscriptionFilter](element.Addr()); ok {
			f.narrowDestination(format, body)
		}
		if m, ok := reflect.TypeAssert[*StateMachine](element.Addr()); ok {
			m.Functions = Refs(invokedIn(body, triggerKindsByType()[r.Type].function))
		}
		if s.count(collection, element, r.At) && first == nil {
			first = element.Addr().Interface()
		}
	}
	return first
}

// Knows reports whether the model has a place for resources of the type.
func Knows(format Format, resourceType string) bool { return len(claims(format, resourceType)) > 0 }

// claims returns the indices of the fields of Stack that claim a type.
func claims(format Format, resourceType string) [][]int { return claimed()[format][resourceType] }

// claimed are the collections by format and type.
var claimed = sync.OnceValue(func() map[Format]map[string][][]int { //nolint:gochecknoglobals // a table, made once
	all := map[Format]map[string][][]int{Terraform: {}, CloudFormation: {}, SAM: {}}
	for _, collection := range collections() {
		for format, types := range all { // any order: each format has a map of its own
			for _, name := range typesOf(collection, format) {
				types[name] = append(types[name], collection.Index)
			}
		}
	}
	return all
})

// literally in place of a format says that an empty text is a value, as it is in a map or a
// policy. Elsewhere it means the same as nothing: Terraform's provider does not send it, and the
// API takes it for "not set".
const literally Format = ""

// filler is a field that can be read from a tree.
type filler interface {
	fill(format Format, t tree.Tree)
}

func fillStruct(dst reflect.Value, format Format, body tree.Tree) {
	for _, field := range filledFields(dst.Type(), format) {
		fillValue(dst.Field(field.index), format, body.At(field.path))
	}
}

// filledField is a field of a struct that is read from a tree.
type filledField struct {
	index int
	path  tree.Path
}

// fillable is a type in a format.
type fillable struct {
	of     reflect.Type
	format Format
}

var filled sync.Map //nolint:gochecknoglobals // a memo: the answer for a type never changes

// filledFields returns the fields of a type that a format can have.
func filledFields(t reflect.Type, format Format) []filledField {
	key := fillable{t, format}
	if known, ok := filled.Load(key); ok {
		return known.([]filledField) //nolint:forcetypeassert // only these are stored
	}
	var fields []filledField
	for i := range t.NumField() {
		field := t.Field(i)
		if path := pathOf(field, format); !path.IsZero() && field.IsExported() {
			fields = append(fields, filledField{i, path})
		}
	}
	filled.Store(key, fields)
	return fields
}

func fillValue(dst reflect.Value, format Format, t tree.Tree) {
	if f, ok := reflect.TypeAssert[filler](dst.Addr()); ok {
		f.fill(format, t)
		return
	}
	if dst.Kind() != reflect.Struct {
		panic(fmt.Sprintf("model: cannot fill a field of type %s", dst.Type()))
	}
	t = t.Single()
	if block := dst.FieldByName("Block"); block.IsValid() {
		block.Set(reflect.ValueOf(blockOf(t)))
	}
	fillStruct(dst, format, t)
}

func blockOf(t tree.Tree) Block {
	s := stateOf(t)
	if t.Maybe != "" && t.State == tree.StateKnown {
		s.lose(t.Maybe)
		s.maybe = true
	}
	return Block{s}
}

func stateOf(t tree.Tree) state {
	s := state{State: t.State, At: t.Range, Sensitive: t.Sensitive, outside: t.Outside, plain: t.Plain}
	more := rare{through: t.Through, written: t.Written, cause: t.Cause}
	if t.Written == t.Range && !t.Range.IsZero() {
		s.literal, more.written = true, source.Range{}
	}
	for _, p := range t.Parameters {
		if !p.Given.IsZero() {
			more.given = append(more.given, p.Given)
		}
	}
	s.keep(more)
	return s
}

func (v *Value[T]) fill(format Format, t tree.Tree) {
	if t.State == tree.StateKnown && t.Scalar == "" && format != literally {
		t.State, t.Scalar = tree.StateAbsent, nil
	}
	if strings.HasPrefix(t.InPartition, "arn:") {
		t.State, t.Scalar, t.Cause = tree.StateKnown, t.InPartition, ""
	}
	v.state = stateOf(t)
	v.origin = originOf(t)
	switch t.State {
	case tree.StateAbsent:
	case tree.StateUnknown:
		if t.Prefix != "" || t.Suffix != "" || len(t.Examples) > 0 {
			v.open = &open{t.Prefix, t.Suffix, t.Examples}
			v.maybe = t.Maybe != ""
		}
	case tree.StateKnown:
		converted, ok := convert[T](t.Scalar)
		if !ok {
			v.lose("the value has an unexpected type")
			return
		}
		v.value = converted
	}
}

// convert turns a scalar into the type of an attribute. Terraform and CloudFormation both
// accept "3" for 3 and "true" for true.
func convert[T Scalar](scalar any) (T, bool) {
	var out T
	switch p := any(&out).(type) {
	case *string:
		s, ok := tree.Text(scalar)
		*p = s
		return out, ok
	case *int:
		n, ok := scalarInt(scalar)
		*p = n
		return out, ok
	case *bool:
		b, ok := scalarBool(scalar)
		*p = b
		return out, ok
	}
	return out, false
}

func scalarInt(scalar any) (int, bool) {
	switch n := scalar.(type) {
	case int:
		return n, true
	case float64:
		return int(n), n == float64(int(n))
	case string:
		i, err := strconv.Atoi(strings.TrimSpace(n))
		return i, err == nil
	}
	return 0, false
}

func scalarBool(scalar any) (value, ok bool) {
	switch b := scalar.(type) {
	case bool:
		return b, true
	case string:
		return strings.EqualFold(b, "true"), strings.EqualFold(b, "true") || strings.EqualFold(b, "false")
	}
	return false, false
}

func (r *Ref) fill(format Format, t tree.Tree) {
	r.Value.fill(format, t)
	r.IDs = t.Refs
}

func (l *List[T]) fill(format Format, t tree.Tree) {
	if policy, ok := any(l).(*List[Statement]); ok {
		*policy = parsePolicies(t)
		return
	}
	l.fillEach(t, func(element *T, item tree.Tree) { fillValue(reflect.ValueOf(element).Elem(), format, item) })
}

// fillEach reads a list, and each element with a function.
func (l *List[T]) fillEach(t tree.Tree, fill func(element *T, item tree.Tree)) {
	l.state = stateOf(t)
	items := t.Items
	if !t.IsList && t.State != tree.StateAbsent && isSingle(t) {
		items = []tree.Tree{t} // a single value where a list may stand
		l.State = tree.StateKnown
	}
	for _, item := range items {
		if item.State == tree.StateAbsent {
			continue // null in Terraform, AWS::NoValue in CloudFormation
		}
		var element T
		fill(&element, item)
		l.Items = append(l.Items, element)
	}
}

// isSingle reports whether a tree that is no list is certainly one value.
func isSingle(t tree.Tree) bool {
	return t.Scalar != nil || t.IsMap || len(t.Refs) > 0 || t.Prefix != "" || t.Suffix != "" || len(t.Pieces) > 0 || t.Decoded != nil
}

func (m *Map) fill(_ Format, t tree.Tree) {
	t = tagsAsMap(mapOrSingle(t))
	m.state = stateOf(t)
	if t.State == tree.StateKnown && !t.IsMap {
		m.lose("the value has an unexpected type")
	}
	for _, field := range t.Fields {
		entry := Entry{Key: field.Key}
		entry.fill(literally, field.Tree)
		if entry.State == tree.StateAbsent {
			continue // null in Terraform, AWS::NoValue in CloudFormation
		}
		if entry.At.IsZero() {
			entry.At = field.KeyRange
		}
		m.Entries = append(m.Entries, entry)
	}
}

func mapOrSingle(t tree.Tree) tree.Tree {
	if t.IsList && len(t.Items) == 1 && t.Items[0].IsMap && t.Items[0].Field("Key").State == tree.StateAbsent {
		return t.Items[0]
	}
	return t
}

// tagsAsMap turns CloudFormation's list of {Key, Value} into a map.
func tagsAsMap(t tree.Tree) tree.Tree {
	if !t.IsList {
		return t
	}
	out := tree.Tree{State: t.State, IsMap: true, Range: t.Range, Cause: t.Cause, Refs: t.Refs}
	for _, item := range t.Items {
		key, ok := item.Field("Key").String()
		if !ok {
			out.State = tree.StateUnknown
			continue
		}
		out.Fields = append(out.Fields, tree.Field{Key: key, KeyRange: item.Field("Key").Range, Tree: item.Field("Value")})
	}
	return out
}

// StringValue reads a tree as a string attribute, for readers of irregular parts.
func StringValue(t tree.Tree) Value[string] {
	var v Value[string]
	v.fill(literally, t)
	return v
}

// Strings reads a tree as a list of strings. A single string is a list of one.
func Strings(t tree.Tree) List[Value[string]] {
	var l List[Value[string]]
	l.fill(literally, t)
	return l
}

// Refs reads a tree as a list of references, for readers of irregular parts.
func Refs(t tree.Tree) List[Ref] {
	var l List[Ref]
	l.fill(literally, t)
	return l
}

// BlockValue reads a tree as a block, for readers of irregular parts.
func BlockValue(t tree.Tree) Block { return blockOf(t.Single()) }

// BoolValue reads a tree as a flag, for readers of irregular parts.
func BoolValue(t tree.Tree) Value[bool] {
	var v Value[bool]
	v.fill(literally, t)
	return v
}

// RefValue reads a tree as a reference, for readers of irregular parts.
func RefValue(t tree.Tree) Ref {
	var r Ref
	r.fill(literally, t)
	return r
}

// MapValue reads a tree as an attribute with keys, for readers of irregular parts.
func MapValue(t tree.Tree) Map {
	var m Map
	m.fill(literally, t)
	return m
}

// RefTo is a reference to resources by their ids, for readers that generate resources.
func RefTo(at source.Range, ids ...string) Ref {
	return Ref{Value: Unknown[string](at, "unknown until deployment"), IDs: ids}
}

// NewList is a list that is complete.
func NewList[T any](at source.Range, items ...T) List[T] {
	return List[T]{state: state{State: tree.StateKnown, At: at}, Items: items}
}

// UnknownList is a list that may have more than the given items; cause says why.
func UnknownList[T any](at source.Range, cause string, items ...T) List[T] {
	return List[T]{state: unknown(at, cause), Items: items}
}

// Append adds the items of another list. The result is unknown when either is.
func (l List[T]) Append(other List[T]) List[T] {
	out := List[T]{state: l.state, Items: append(slices.Clip(l.Items), other.Items...)}
	if l.State == tree.StateAbsent || other.State == tree.StateUnknown && l.State != tree.StateUnknown {
		from, more := other.more(), out.more()
		out.State, more.cause = max(l.State, other.State), from.cause
		if from.owner != nil {
			more.written = out.written()
			out.literal = false
			out.At, more.through, more.owner = other.At, from.through, from.owner
		}
		out.keep(more)
	}
	if out.At.IsZero() {
		out.At = other.At
	}
	return out
}

// IntValue reads a tree as a number attribute, for readers of irregular parts.
func IntValue(t tree.Tree) Value[int] {
	var v Value[int]
	v.fill(literally, t)
	return v
}
