package model

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// Node is what Go knows about a node of the policy input and a policy does not.
type Node struct {
	source.Place
	Collection string // functions, roles, …: where the node hangs in the policy input
	Holder     int    // index in Collection of the resource that it hangs in
	Statement  int    // handle of the policy statement that it is part of; 0: of none
	Path       string // names of the attributes that lead to it: tracing/mode, statements/effect
	Item       bool   // an element of the list or map that Path leads to
	State      tree.State
	Cause      string
	Sensitive  bool
	Hidden     string           // the text of a sensitive value that is known, to keep it out of messages
	Parameters []tree.Parameter // the variables and parameters that the value is made of
	Linked     bool             // a reference that points to something in the stack
	Outside    bool             // a reference, or a list of them, that points to nothing in the stack, whatever its value
	Plain      bool             // an unknown string that contains no wildcard beside the parts that are known
	Partly     bool             // an unknown string of which an end is known
	Examples   []any            // values that an unknown one may have, of the attribute's type; nil: any. See tree.Tree.Examples
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

// Object is an object of the policy input, with its members in the order of the model. It
// takes a fraction of the time that a map takes to make. The values are Objects, []any,
// strings, ints and bools.
type Object []Member

// Member is a member of an Object.
type Member struct {
	Key   string
	Value any
}

// Get returns the value of a member, nil when there is none.
func (o Object) Get(key string) any {
	for i := range o {
		if o[i].Key == key {
			return o[i].Value
		}
	}
	return nil
}

// Map returns the object and everything in it as maps.
func (o Object) Map() map[string]any {
	out := make(map[string]any, len(o))
	for _, member := range o {
		out[member.Key] = asMaps(member.Value)
	}
	return out
}

func asMaps(value any) any {
	switch x := value.(type) {
	case Object:
		return x.Map()
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = asMaps(x[i])
		}
		return out
	}
	return value
}

// Facts are what rules know besides the stack.
type Facts struct {
	Today           time.Time // what end-of-support dates are compared with
	TrustedAccounts []string  // AWS accounts that the user trusts, as 12 digits
}

// soon is the number of days before the end of support at which a runtime counts as ending soon. Lambda notifies
// accounts 180 days before: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
const soon = 180

// Encode turns a linked stack into the input of the policies.
func Encode(s *Stack, facts Facts) (input Object, index Index) {
	e := encoder{}
	accounts := make([]any, len(facts.TrustedAccounts))
	for i, account := range facts.TrustedAccounts {
		accounts[i] = account
	}
	input = Object{{"today", facts.Today.Format(time.DateOnly)}, {"settings", Object{
		{"trusted_accounts", accounts}, {"soon", facts.Today.AddDate(0, 0, soon).Format(time.DateOnly)},
	}}}
	stack := reflect.ValueOf(s).Elem()
	for _, field := range collections() {
		name := jsonName(field)
		if name == "" {
			continue
		}
		collection := stack.FieldByIndex(field.Index)
		items := make([]any, collection.Len())
		for j := range items {
			before := len(e.index)
			items[j] = e.resource(name, j, collection.Index(j))
			if j == 0 { // without room, the index of a large stack would be copied again and again
				e.index = slices.Grow(e.index, (len(e.index)-before)*(len(items)-1))
			}
		}
		input = append(input, Member{name, items})
	}
	return input, e.index
}

type encoder struct{ index Index }

// place is the way to a node.
type place struct {
	Node
	unknown string // cause that the enclosing block hands down to what is not written in it
	caller  source.Range
}

func (p place) child(name string) place {
	p.Item = false
	p.Path = join(p.Path, name)
	p.Attribute = join(p.Attribute, name)
	return p
}

// item is the way to an element of a list or map.
func (p place) item(key string) place {
	path := p.Path
	p = p.child(key)
	p.Path, p.Item = path, true
	return p
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

// place is where everything of the resource is, as far as the resource itself says.
func (r *Resource) place() source.Place { return source.Place{Lineage: r.Lineage, Resource: r.ID} }

func (e *encoder) resource(collection string, i int, v reflect.Value) Object {
	r := v.FieldByName("Resource").Addr().Interface().(*Resource)
	p := place{Node: Node{Place: r.place(), Collection: collection, Holder: i}, caller: r.Caller}
	out := e.node(p, r.state, len(encodedFields(v.Type()))+5)
	out = append(out, Member{"id", r.ID}, Member{"type", r.Type}, Member{"generated", r.Generated})
	p.Range = r.At
	return e.fields(out, p, v)
}

// node hands out a handle and writes what all nodes share.
func (e *encoder) node(p place, s state, members int) Object {
	if !s.At.IsZero() {
		p.Range, p.Through = s.At, s.Through
	}
	if p.Through.IsZero() && !p.caller.IsZero() && slices.Contains(p.Via, p.caller) && !p.isOwn() {
		p.Range, p.Through, p.ThirdParty = p.caller, p.Range, true
	}
	p.State, p.Cause, p.Sensitive, p.Given, p.Written = s.State, s.Cause, s.Sensitive, s.given, s.Written
	out := append(make(Object, 0, members), Member{"at", len(e.index)})
	switch s.State {
	case tree.StateAbsent:
		out = append(out, Member{"absent", true})
	case tree.StateUnknown:
		out = append(out, Member{"unknown", true})
	case tree.StateKnown:
	}
	e.index = append(e.index, p.Node)
	return out
}

// isOwn reports whether the place is in the code that the user wrote: before the call that leads
// out of it.
func (p place) isOwn() bool {
	for _, call := range p.Via {
		if call.Path == p.Range.Path {
			return true
		}
		if call == p.caller {
			return false
		}
	}
	return false
}

// inherit makes an attribute that is not written unknown where the block around it is.
func inherit(p place, s state) state {
	if s.State == tree.StateAbsent && p.unknown != "" {
		s.State, s.Cause = tree.StateUnknown, p.unknown
	}
	return s
}

func (e *encoder) fields(out Object, p place, v reflect.Value) Object {
	for _, field := range encodedFields(v.Type()) {
		out = append(out, Member{field.name, e.value(p.child(field.name), v.Field(field.index), field.of(v))})
	}
	return out
}

// encodedField is what Encode needs to know of a field of a struct.
type encodedField struct {
	index int
	name  string
	rules
}

// rules say how a field is written, by its tags.
type rules struct {
	defaultTo string // AWS's default
	judged    judged
	setting   string // name of the setting whose value it is; empty: none says so
	withKeyID bool   // there is the id of an AWS access key beside it
	sources   bool   // with the attributes that it comes from
	plain     bool   // with whether an unknown text contains no wildcard
	ofNetwork bool   // references to subnets or security groups, of which rules ask nothing but which those of the stack are
}

// of returns the rules for a field of a struct.
func (f encodedField) of(v reflect.Value) rules {
	if f.judged == judgedByName {
		if name, ok := reflect.TypeAssert[Value[string]](v.FieldByName("Name")); ok {
			f.setting, _ = name.Get()
		}
	}
	return f.rules
}

var encodedTypes sync.Map //nolint:gochecknoglobals // a memo: the answer for a type never changes

// encodedFields returns the fields of a type that are part of the policy input.
func encodedFields(t reflect.Type) []encodedField {
	if known, ok := encodedTypes.Load(t); ok {
		return known.([]encodedField) //nolint:forcetypeassert // only these are stored
	}
	var fields []encodedField
	for i := range t.NumField() {
		field := t.Field(i)
		if name := jsonName(field); name != "" && !field.Anonymous {
			fields = append(fields, encodedField{i, name, rules{
				defaultTo: field.Tag.Get("default"), judged: judged(field.Tag.Get("secret")), sources: field.Tag.Get("sources") != "",
				plain: field.Tag.Get("plain") != "", ofNetwork: field.Tag.Get("to") == "subnets" || field.Tag.Get("to") == "security_groups",
			}})
		}
	}
	encodedTypes.Store(t, fields)
	return fields
}

// encodable is a field that knows how to write itself.
type encodable interface {
	encode(e *encoder, p place, r rules) Object
}

func (e *encoder) value(p place, v reflect.Value, r rules) Object {
	if x, ok := reflect.TypeAssert[encodable](v.Addr()); ok {
		return x.encode(e, p, r)
	}
	block, ok := reflect.TypeAssert[Block](v.FieldByName("Block"))
	if !ok {
		panic(fmt.Sprintf("model: cannot encode a field of type %s", v.Type()))
	}
	statement, isStatement := reflect.TypeAssert[*Statement](v.Addr())
	if isStatement && statement.owner != nil {
		at := p.Range
		p.Place, p.caller = statement.owner.place(), statement.owner.Caller
		p.Range, p.Attribute = at, join("statements", strconv.Itoa(statement.number))
	}
	s := inherit(p, block.state)
	out := e.node(p, s, len(encodedFields(v.Type()))+2)
	if !s.At.IsZero() {
		p.Range = s.At
	}
	if isStatement {
		p.Statement = len(e.index) - 1
	}
	p.unknown = ""
	if s.State == tree.StateUnknown && !s.maybe {
		p.unknown = cmp.Or(s.Cause, "whether it will exist is unknown")
	}
	return e.fields(out, p, v)
}

func (v *Value[T]) encode(e *encoder, p place, r rules) Object {
	s := inherit(p, v.state)
	out := e.node(p, s, 4)
	switch s.State {
	case tree.StateKnown:
		out = append(out, Member{"value", v.value})
		if text, ok := any(v.value).(string); ok && s.Sensitive {
			e.index[len(e.index)-1].Hidden = text
		}
	case tree.StateAbsent:
		if r.defaultTo != "" {
			out = append(out, Member{"value", parseDefault[T](r.defaultTo)})
		}
	case tree.StateUnknown:
		out = v.encodeUnknown(e, out, s, r)
	}
	return v.encodeOrigin(e, out, r)
}

// encodeUnknown adds what is known of an unknown value.
func (v *Value[T]) encodeUnknown(e *encoder, out Object, s state, r rules) Object {
	node := &e.index[len(e.index)-1]
	node.Plain = s.plain
	node.Partly, node.Examples = v.prefix != "" || v.suffix != "", examplesOf[T](v.examples)
	if r.plain && s.plain && len(v.examples) == 0 {
		out = append(out, Member{"plain", true})
	}
	if v.prefix != "" {
		out = append(out, Member{"prefix", v.prefix})
	}
	if v.suffix != "" {
		out = append(out, Member{"suffix", v.suffix})
	}
	return out
}

// encodeOrigin adds what rules ask of where a value comes from.
func (v *Value[T]) encodeOrigin(e *encoder, out Object, r rules) Object {
	if v.origin != nil {
		e.index[len(e.index)-1].Parameters = v.origin.parameters
	}
	if r.judged != "" {
		out = e.judge(out, v.text(), v.origin, r)
	}
	if r.sources && v.origin != nil && len(v.origin.sources) > 0 {
		out = append(out, Member{"sources", anys(v.origin.sources)})
	}
	return out
}

// examplesOf converts examples to the type of an attribute. It is nil when one of them does not fit.
func examplesOf[T Scalar](texts []string) []any {
	var all []any
	for _, text := range texts {
		value, ok := convert[T](text)
		if !ok {
			return nil
		}
		all = append(all, value)
	}
	return all
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

func (r *Ref) encode(e *encoder, p place, f rules) Object {
	out := r.Value.encode(e, p, f)
	node := &e.index[len(e.index)-1]
	node.Linked, node.Outside = len(r.targets) > 0, r.outside
	targets := make([]any, len(r.targets))
	for i, target := range r.targets {
		targets[i] = target
	}
	return append(out, Member{"targets", targets})
}

// IsAWSManaged reports whether an encoded reference leads to a policy of AWS, which no stack declares.
func IsAWSManaged(ref Object) bool {
	suffix, _ := ref.Get("suffix").(string)
	return strings.Contains(suffix, ":iam::aws:policy/")
}

func (b *BackRef) encode(e *encoder, p place, _ rules) Object {
	out := e.node(p, state{State: tree.StateKnown}, 2) //nolint:mnd // the handle and the targets
	e.index[len(e.index)-1].Linked = true
	targets := make([]any, len(b.targets))
	for i, target := range b.targets {
		targets[i] = target
	}
	return append(out, Member{"targets", targets})
}

func (l *List[T]) encode(e *encoder, p place, r rules) Object {
	s := inherit(p, l.state)
	of := p
	if s.owner != nil {
		of.Place, of.caller, of.Attribute = s.owner.place(), s.owner.Caller, p.Path
	}
	out := e.node(of, s, 4)
	if !s.At.IsZero() {
		p.Range = s.At
	}
	e.index[len(e.index)-1].Outside = s.outside && r.ofNetwork
	items := make([]any, len(l.Items))
	for i := range l.Items {
		items[i] = e.value(p.item(strconv.Itoa(i)), reflect.ValueOf(&l.Items[i]).Elem(), r)
	}
	return append(out, Member{"items", items})
}

func (m *Map) encode(e *encoder, p place, r rules) Object {
	s := inherit(p, m.state)
	out := e.node(p, s, 4)
	if !s.At.IsZero() {
		p.Range = s.At
	}
	items := make([]any, len(m.Entries))
	withKeyID := r.judged != "" && m.hasKeyID()
	for i := range m.Entries {
		r := rules{judged: r.judged, setting: r.settingOf(m.Entries[i].Key), withKeyID: withKeyID}
		entry := m.Entries[i].encode(e, p.item(m.Entries[i].Key), r)
		items[i] = append(entry, Member{"key", m.Entries[i].Key})
	}
	return append(out, Member{"items", items})
}

// jsonName returns the name of a field in the policy input, empty when it is not part of it.
func jsonName(field reflect.StructField) string {
	name := field.Tag.Get("json")
	if name == "-" {
		return ""
	}
	return name
}
