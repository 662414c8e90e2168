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
	return encode(s, facts, func(resource Object) any { return resource }, &members{})
}

// EncodeAs is Encode for a caller who needs the resources in another form: they are what convert makes of them. Only one
// Object exists at a time, in memory that the next one uses again: a large stack has tens of thousands.
func EncodeAs(s *Stack, facts Facts, convert func(resource Object) any) (input Object, index Index) {
	used := usedMembers.Get().(*members) //nolint:forcetypeassert // the only type there
	defer usedMembers.Put(used)
	defer used.clear()
	return encode(s, facts, func(resource Object) any {
		converted := convert(resource)
		used.clear()
		return converted
	}, used)
}

func encode(s *Stack, facts Facts, convert func(resource Object) any, members *members) (input Object, index Index) {
	e := encoder{ways: usedWays.Get().(*ways), members: members, verdicts: map[asked]verdict{}} //nolint:forcetypeassert // the only type there
	defer usedWays.Put(e.ways)
	accounts := make([]any, len(facts.TrustedAccounts))
	for i, account := range facts.TrustedAccounts {
		accounts[i] = account
	}
	fields := encodedCollections()
	input = append(make(Object, 0, beforeCollections+len(fields)), Member{"today", facts.Today.Format(time.DateOnly)}, Member{"settings", Object{
		{"trusted_accounts", accounts},
		{"soon", facts.Today.AddDate(0, 0, soon).Format(time.DateOnly)},
		{"epoch", strconv.FormatInt(midnight(facts.Today).Unix(), 10)},
	}})
	stack := reflect.ValueOf(s).Elem()
	e.entries = make([]entry, 0, e.expected(stack, fields))
	var none any = []any{}
	for i, field := range fields {
		collection := stack.FieldByIndex(field.index)
		if collection.Len() == 0 {
			input = append(input, Member{field.name, none})
			continue
		}
		items := make([]any, collection.Len())
		for j := range items {
			before := len(e.entries)
			items[j] = convert(e.resource(field.name, j, collection.Index(j)))
			if j == 0 { // without room, the index of a large stack would be copied again and again
				e.sizes[i] = len(e.entries) - before
				e.entries = slices.Grow(e.entries, e.sizes[i]*(len(items)-1))
			}
		}
		input = append(input, Member{field.name, items})
	}
	return input, Index{e.entries, e.unsearched}
}

// beforeCollections is the number of members of the input before the collections.
const beforeCollections = 2

// Position returns the position of a collection in the input; -1: it is none of its collections.
func Position(collection string) int {
	i := slices.IndexFunc(encodedCollections(), func(c encodedCollection) bool { return c.name == collection })
	if i < 0 {
		return i
	}
	return beforeCollections + i
}

// midnight returns the start of a day.
func midnight(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// encodedCollection is a collection that is part of the policy input.
type encodedCollection struct {
	name  string
	index []int // of its field
}

var encodedCollections = sync.OnceValue(func() []encodedCollection { //nolint:gochecknoglobals // a table, made once
	var all []encodedCollection
	for _, field := range collections() {
		if name := jsonName(field); name != "" {
			all = append(all, encodedCollection{name, field.Index})
		}
	}
	return all
})

type encoder struct {
	*ways
	*members
	entries  []entry
	verdicts map[asked]verdict

	searched   int           // what the search for secrets has cost
	unsearched *source.Range // first text that is too long for it; nil: none
}

// place is the way to a node.
type place struct {
	entry
	unknown string // cause that the enclosing block hands down to what is not written in it
}

func (e *encoder) child(p place, name string) place {
	p.way, p.isItem = e.after(step{p.way, name, false}), false
	return p
}

// item is the way to an element of a list or map.
func (e *encoder) item(p place, key string) place {
	p.way, p.isItem = e.after(step{p.way, key, true}), true
	return p
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}

func (e *encoder) resource(collection string, i int, v reflect.Value) Object {
	r := v.FieldByName("Resource").Addr().Interface().(*Resource) //nolint:forcetypeassert // every collection has resources
	p := place{entry: entry{holder: &holder{resource: r, collection: collection, index: i}, way: e.root}}
	out := e.node(p, r.state, len(encodedFields(v.Type()))+5)
	out = append(out, Member{"id", r.ID}, Member{"type", r.Type}, Member{"generated", r.Generated})
	p.at = r.At
	return e.fields(out, p, v)
}

// last returns the node that was written last.
func (e *encoder) last() *entry { return &e.entries[len(e.entries)-1] }

// node hands out a handle and writes what all nodes share.
func (e *encoder) node(p place, s state, members int) Object {
	p.rare, p.isWithout = s.rare, s.At.IsZero()
	if !p.isWithout {
		p.at, p.isLiteral = s.At, s.literal
	}
	p.isCalled = p.isThirdParty()
	p.state, p.isSensitive = s.State, s.Sensitive
	out := append(e.object(members), Member{"at", len(e.entries)})
	switch s.State {
	case tree.StateAbsent:
		out = append(out, Member{"absent", true})
	case tree.StateUnknown:
		out = append(out, Member{"unknown", true})
	case tree.StateKnown:
	}
	e.entries = append(e.entries, p.entry)
	return out
}

// inherit makes an attribute that is not written unknown where the block around it is.
func inherit(p place, s state) state {
	if s.State == tree.StateAbsent && p.unknown != "" {
		s.lose(p.unknown)
	}
	return s
}

func (e *encoder) fields(out Object, p place, v reflect.Value) Object {
	for _, field := range encodedFields(v.Type()) {
		out = append(out, Member{field.name, e.value(e.child(p, field.name), v.Field(field.index), field.of(v))})
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
	service   bool   // with the service of an unknown ARN
	plain     bool   // with whether an unknown text contains no wildcard
	symbol    bool   // with the name of an unknown text, which equal ones share
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
				defaultTo: field.Tag.Get("default"), judged: judged(field.Tag.Get("secret")), sources: field.Tag.Get("sources") != "", service: field.Tag.Get("service") != "",
				plain: field.Tag.Get("plain") != "", symbol: field.Tag.Get("symbol") != "",
				ofNetwork: field.Tag.Get("to") == "subnets" || field.Tag.Get("to") == "security_groups",
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
		p.holder = p.ownedBy(statement.owner)
		p.way = e.shared(way{p.path, join("statements", strconv.Itoa(statement.number))})
	}
	s := inherit(p, block.state)
	out := e.node(p, s, len(encodedFields(v.Type()))+2)
	if !s.At.IsZero() {
		p.at = s.At
	}
	if isStatement {
		p.statement = int32(len(e.entries) - 1) //nolint:gosec // handles are few
	}
	p.unknown = ""
	if s.State == tree.StateUnknown && !s.maybe {
		p.unknown = cmp.Or(s.Cause(), "whether it will exist is unknown")
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
			e.last().aside().hidden = text
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
	prefix, suffix := v.Ends()
	e.last().isPlain, e.last().isPartly = s.plain, prefix != "" || suffix != ""
	if examples := examplesOf[T](v.examples()); len(examples) > 0 {
		if e.last().isMaybe = s.maybe; s.maybe && r.defaultTo != "" {
			examples = append(examples, parseDefault[T](r.defaultTo))
		}
		e.last().aside().examples = examples
	}
	if r.plain && s.plain && len(v.examples()) == 0 {
		out = append(out, Member{"plain", true})
	}
	if symbol := v.Symbol(); r.symbol && symbol != "" {
		out = append(out, Member{"symbol", symbol})
	}
	if prefix != "" {
		out = append(out, Member{"prefix", prefix})
	}
	if suffix != "" {
		out = append(out, Member{"suffix", suffix})
	}
	return out
}

// encodeOrigin adds what rules ask of where a value comes from.
func (v *Value[T]) encodeOrigin(e *encoder, out Object, r rules) Object {
	if v.origin != nil && len(v.origin.parameters) > 0 {
		e.last().aside().parameters = v.origin.parameters
	}
	if r.judged != "" {
		out = e.judge(out, v.text(), v.origin, r)
	}
	if r.sources && v.origin != nil && len(v.origin.sources) > 0 {
		out = append(out, Member{"sources", anys(v.origin.sources)})
	}
	if service := commonService(v.examples()); r.service && service != "" && !v.maybe {
		out = append(out, Member{"service", service})
	}
	return out
}

// commonService returns the service of example ARNs, empty if there is none or they differ.
func commonService(examples []string) string {
	service := ""
	for i, example := range examples {
		parts := strings.SplitN(example, ":", 4) //nolint:mnd // arn:PARTITION:SERVICE: and the rest
		if len(parts) < 4 || parts[0] != "arn" || i > 0 && parts[2] != service {
			return ""
		}
		service = parts[2]
	}
	return service
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
	e.last().isLinked, e.last().isOutside = len(r.targets) > 0, r.outside
	targets := make([]any, len(r.targets))
	for i, target := range r.targets {
		targets[i] = target
	}
	if r.outside && r.State == tree.StateUnknown {
		out = append(out, Member{"outside", true})
	}
	return append(out, Member{"targets", targets})
}

// IsAWSManaged reports whether a reference that ends in suffix leads to a policy of AWS, which no stack declares.
func IsAWSManaged(suffix string) bool {
	return strings.Contains(suffix, ":iam::aws:policy/")
}

func (b *BackRef) encode(e *encoder, p place, _ rules) Object {
	out := e.node(p, state{State: tree.StateKnown}, 2) //nolint:mnd // the handle and the targets
	e.last().isLinked = true
	targets := make([]any, len(b.targets))
	for i, target := range b.targets {
		targets[i] = target
	}
	return append(out, Member{"targets", targets})
}

// isText reports whether the elements of a list are texts.
func isText[T any]() bool {
	switch any(new(T)).(type) {
	case *Value[string], *Ref:
		return true
	}
	return false
}

func (l *List[T]) encode(e *encoder, p place, r rules) Object {
	s := inherit(p, l.state)
	of := p
	if owner := s.more().owner; owner != nil {
		of.holder, of.at, of.way = p.ownedBy(owner), source.Range{}, e.shared(way{p.path, p.path})
	}
	out := e.node(of, s, 4)
	if !s.At.IsZero() {
		p.at = s.At
	}
	e.last().isOutside = s.outside && r.ofNetwork
	e.last().isPlain = s.plain && s.State == tree.StateUnknown && isText[T]()
	items := make([]any, len(l.Items))
	for i := range l.Items {
		items[i] = e.value(e.item(p, strconv.Itoa(i)), reflect.ValueOf(&l.Items[i]).Elem(), r)
	}
	return append(out, Member{"items", items})
}

func (m *Map) encode(e *encoder, p place, r rules) Object {
	s := inherit(p, m.state)
	out := e.node(p, s, 4)
	if !s.At.IsZero() {
		p.at = s.At
	}
	items := make([]any, len(m.Entries))
	withKeyID := r.judged != "" && m.hasKeyID()
	for i := range m.Entries {
		r := rules{judged: r.judged, setting: r.settingOf(m.Entries[i].Key), withKeyID: withKeyID}
		entry := m.Entries[i].encode(e, e.item(p, m.Entries[i].Key), r)
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
