package rego

import (
	"slices"
)

// Unknown returns the value of an attribute that is unknown until deployment. node is the handle of its node in the
// model; prefix and suffix are the known parts of a string. Only Evaluation.May supports unknown values.
func Unknown(node int, prefix, suffix string) Value {
	v := Value{kind: unknown, n: int64(node) + 1, s: prefix}
	if suffix != "" {
		v.c = &composite{layout: &layout{names: []string{suffix}}}
	}
	return v
}

// OneOf is an unknown value that is one of several.
func OneOf(node int, values []Value) Value {
	return Value{kind: unknown, n: int64(node) + 1, c: &composite{items: values, fixed: true}}
}

// Open is an array of which it depends on a node whether it has more items.
func Open(items []Value, node int) Value {
	return Value{kind: array, c: &composite{items: items, fixed: true, doubt: int32(node) + 1}} //nolint:gosec // handles are few
}

// Depends returns the handle of the node on which it depends whether an element of deny is there, or where it
// is. It is false for one that certainly is there.
func (v Value) Depends() (node int, ok bool) {
	if v.doubt != 0 {
		return int(v.doubt) - 1, true
	}
	return v.Member("at").IsUnknown()
}

// IsUnknown reports whether a value may be anything, and on which node that depends.
func (v Value) IsUnknown() (node int, ok bool) { return int(v.n) - 1, v.kind == unknown }

// Choices returns the strings of which an unknown value is one; nil: it is known, or may be anything.
func (v Value) Choices() []string {
	var all []string
	for _, choice := range v.choices() {
		if v.kind != unknown || choice.kind != text {
			return nil
		}
		all = append(all, choice.s)
	}
	return all
}

// cause is 1 + the handle of the node that an unknown value depends on.
func (v Value) cause() int32 { return int32(v.n) } //nolint:gosec // made from an int32

// suffix is how an unknown text certainly ends.
func (v Value) suffix() string {
	if v.c != nil && v.c.layout != nil {
		return v.c.layout.names[0]
	}
	return ""
}

// choices returns the possible values of an unknown value; nil: any value.
func (v Value) choices() []Value {
	if v.c == nil {
		return nil
	}
	return v.c.items
}

// doubtful goes on although that depends on a node; 0: on none.
func (e *Evaluation) doubtful(cause int32) outcome {
	if e.doubt == 0 {
		e.doubt = cause
	}
	if cause != 0 {
		e.doubts++
	}
	return through
}

// maybeDot looks up what may be there.
func (e *Evaluation) maybeDot(s *Statement, frame []Value, source, key Value) outcome {
	for next := 0; ; next++ {
		look := source.mayGet
		if s.builds {
			look = source.get
		}
		v := look(key)
		if v.kind == undefined {
			return left
		}
		e.doubtful(v.doubt)
		if next == len(s.Args) {
			e.write(frame, s.Target, v)
			return through
		}
		e.steps++
		v.doubt = 0 // the path is in doubt instead
		source, key = v, e.read(frame, s.Args[next])
	}
}

// anything is a value of which it depends on a node whether it is there, and which it is.
func anything(cause int32) Value { return Value{kind: unknown, n: int64(cause), doubt: cause} }

// more is an element that a collection may have beside those that are known. In a list of texts without wildcards it is
// such a text.
func (c *composite) more() Value {
	if !c.plain {
		return Value{kind: unknown, n: int64(c.doubt)}
	}
	node := int(c.doubt) - 1
	return Object([]string{"at", "plain", "targets", "value"},
		[]Value{Int(node), Bool(true), Open(nil, node), Unknown(node, "", "").withoutWildcard()})
}

// isAnything reports whether nothing is known of an unknown value.
func (v Value) isAnything() bool {
	return v.s == "" && (v.c == nil || v.isPlain() && v.c.layout == nil)
}

// maybeEqual tells whether two values are equal. Where that depends on a node, cause is not 0.
func maybeEqual(a, b Value) (answer bool, cause int32) {
	if a.kind != unknown && b.kind == unknown {
		a, b = b, a
	}
	if a.kind == unknown {
		return a.mayEqual(b)
	}
	switch {
	case a.kind != b.kind || a.c == nil:
		return equal(a, b), 0
	case a.kind == array:
		return maybeEqualArrays(a.c, b.c)
	case a.kind == object:
		return maybeEqualObjects(a.c, b.c)
	}
	for _, c := range []*composite{a.c, b.c} {
		if why := c.uncertain(set); why != 0 {
			return false, why
		}
	}
	return equal(a, b), 0
}

func (v Value) mayEqual(b Value) (answer bool, cause int32) {
	if b.kind == unknown {
		if v.differs(b) {
			return false, 0
		}
		return false, v.cause()
	}
	if b.kind == text && !v.mayBe(b.s) {
		return false, 0
	}
	if choices := v.choices(); choices != nil {
		n := 0
		for _, choice := range choices {
			if equal(choice, b) {
				n++
			}
		}
		if n == 0 || n == len(choices) {
			return n > 0, 0
		}
	}
	return false, v.cause()
}

func maybeEqualArrays(a, b *composite) (answer bool, cause int32) {
	if a.doubt != 0 || b.doubt != 0 {
		return false, max(a.doubt, b.doubt)
	}
	if len(a.items) != len(b.items) {
		return false, 0
	}
	return maybeEqualItems(a.items, b.items)
}

func maybeEqualItems(a, b []Value) (answer bool, cause int32) {
	for i := range a {
		same, why := maybeEqual(a[i], b[i])
		if !same && why == 0 {
			return false, 0
		}
		cause = max(cause, why)
	}
	return cause == 0, cause
}

func maybeEqualObjects(a, b *composite) (answer bool, cause int32) {
	if a.loose != 0 || b.loose != 0 {
		return false, max(a.uncertain(object), b.uncertain(object))
	}
	if n := a.length(object); n != b.length(object) {
		return false, max(a.doubt, b.doubt)
	}
	for i := range a.items {
		if !equal(a.key(i), b.key(i)) {
			return false, max(a.doubt, b.doubt)
		}
	}
	return maybeEqualItems(a.items, b.items)
}

// mayContain tells whether a set has a member. Where that depends on a node, cause is not 0.
func (c *composite) mayContain(x Value) (answer bool, cause int32) {
	for _, m := range c.members() {
		same, why := maybeEqual(m, x)
		switch {
		case same && m.doubt == 0:
			return true, 0
		case same:
			cause = max(cause, m.doubt)
		default:
			cause = max(cause, why)
		}
	}
	return false, max(cause, c.doubt)
}

// uncertain returns on which node it depends what is in a composite; 0: on none.
func (c *composite) uncertain(k kind) int32 {
	why := c.doubt
	look := func(values []Value) {
		for _, v := range values {
			if why == 0 {
				why = v.uncertain()
			}
		}
	}
	c.length(k)
	look(c.keys)
	look(c.items)
	return why
}

// uncertain returns on which node it depends whether the value is there, and what it is; 0: on none.
func (v Value) uncertain() int32 {
	switch {
	case v.doubt != 0:
		return v.doubt
	case v.kind == unknown:
		return v.cause()
	case v.c != nil:
		return v.c.uncertain(v.kind)
	}
	return 0
}

// joined puts together what an object may have for a key and what it may have besides. It is false
// when the object has nothing for the key yet.
func joined(frame []Value, s *Statement, key, v Value) bool {
	c := frame[s.Target].c
	i := c.find(&key)
	if i < 0 {
		return false
	}
	old := &c.items[i]
	switch {
	case old.kind == v.kind && (v.kind == set || v.kind == object):
		if old.c != v.c {
			if old.c.isFixed() {
				copied := *old.c
				copied.fixed = false
				old.c = &copied
			}
			if old.doubt != 0 && v.doubt == 0 { // it certainly is there now, unlike what it has so far
				old.c.inDoubt(v.kind, old.doubt)
				old.c.doubts = v.c.doubts
			}
			old.c.keys, old.c.items = append(old.c.keys, v.c.keys...), append(old.c.items, v.c.items...)
			old.c.dirty, old.c.numbers, old.c.loose = true, nil, max(old.c.loose, v.c.loose)
			old.c.doubt = max(old.c.doubt, v.c.doubt)
			if s.C >= 0 {
				frame[s.C].c = old.c // what is added later is added to both
			}
		}
	case !equal(*old, v):
		*old = Value{kind: unknown, n: int64(max(old.doubt, v.doubt, old.uncertain(), v.uncertain()))}
	}
	old.doubt = min(old.doubt, v.doubt)
	return true
}

// builtin calls a built-in function.
func (e *Evaluation) builtin(s *Statement, frame []Value) outcome {
	e.args = [maxArguments]Value{} // those that are not given are undefined
	args := e.args[:]
	for i, o := range s.Args {
		args[i] = e.read(frame, o)
	}
	if e.may {
		return e.maybeBuiltin(s, frame, args)
	}
	return e.certainBuiltin(s, frame, args)
}

// maybeBuiltin calls a built-in function with arguments that may be anything.
func (e *Evaluation) maybeBuiltin(s *Statement, frame []Value, args []Value) outcome {
	var why int32
	for i, arg := range args {
		if why == 0 {
			why = arg.uncertain()
		}
		if arg.kind == unknown && arg.choices() != nil {
			return e.eachChoice(s, frame, args, i)
		}
	}
	if why == 0 {
		return e.certainBuiltin(s, frame, args)
	}
	v := Value{kind: unknown, n: int64(why)}
	if builtins[s.N].name == "internal.member_2" && args[1].kind == set {
		if is, cause := args[1].c.mayContain(args[0]); cause == 0 {
			e.write(frame, s.Target, Bool(is))
			return through
		}
	}
	if decided, ok := e.program.decidedCall(builtins[s.N].name, args, why); ok {
		v = decided
	}
	if v.kind == undefined {
		return left
	}
	e.write(frame, s.Target, v)
	return through
}

// eachChoice calls a built-in function for each value that an argument may have.
func (e *Evaluation) eachChoice(s *Statement, frame []Value, args []Value, i int) outcome {
	choices := args[i].choices()
	cause := args[i].cause()
	results := make([]Value, 0, len(choices))
	for _, choice := range choices {
		args[i] = choice
		if slices.ContainsFunc(args, func(v Value) bool { return v.uncertain() != 0 }) {
			e.write(frame, s.Target, Value{kind: unknown, n: int64(cause)})
			return through
		}
		if v := s.builtin(e.program, args); v.kind != undefined {
			results = append(results, v)
		}
	}
	switch {
	case len(results) == 0 && len(choices) > 0:
		return left
	case len(results) < len(choices):
		e.doubtful(cause)
	}
	if len(results) > 0 && !slices.ContainsFunc(results, func(v Value) bool { return !equal(v, results[0]) }) {
		e.write(frame, s.Target, results[0])
	} else {
		e.write(frame, s.Target, Value{kind: unknown, n: int64(cause), c: &composite{items: results}})
	}
	return through
}

// decidedCall is what a call returns although why, an unknown node, has part in its arguments. It is false if the
// result depends on that node.
func (p *Program) decidedCall(name string, args []Value, why int32) (Value, bool) {
	switch name {
	case "count":
		return countMay(args[0], why)
	case "or", "and", "minus":
		return setsMay(name, args[0], args[1])
	case "object.get":
		return memberMay(args[0], args[1], args[2])
	case "equal":
		if same, cause := maybeEqual(args[0], args[1]); cause == 0 {
			return Bool(same), true
		}
	case "neq":
		if same, cause := maybeEqual(args[0], args[1]); cause == 0 {
			return Bool(!same), true
		}
	}
	return p.byEnds(name, args)
}

// countMay is the number of members that a collection may have. It depends on which of them exist, not on what they are;
// but members of a set and keys of an object that are unknown may turn out to be equal.
func countMay(v Value, why int32) (Value, bool) {
	if v.c == nil || v.kind == unknown {
		return Value{}, false
	}
	most := v.c.length(v.kind)
	members := v.c.items
	if v.kind == set {
		members = v.c.members()
	}
	least, isThere := 0, false
	for i, member := range members {
		isThere = isThere || member.doubt == 0
		if member.doubt == 0 && v.isAlone(i, member) {
			least++
		}
	}
	if isThere {
		least = max(least, 1)
	}
	return between(least, most, v.c.doubt != 0, why), true
}

// memberMay is the member of an object for a name, or otherwise if it certainly has none.
func memberMay(v, name, otherwise Value) (Value, bool) {
	if v.kind != object || v.c.doubt != 0 || v.c.loose != 0 || name.kind != text {
		return Value{}, false
	}
	found := v.get(name)
	if found.kind == undefined {
		return otherwise, true
	}
	return found, found.doubt == 0
}

// setsMay is the union, intersection or difference of two sets, with the members of which it is uncertain whether
// they are in it.
func setsMay(name string, a, b Value) (Value, bool) {
	if a.kind != set || b.kind != set {
		return Value{}, false
	}
	members := slices.Clone(a.c.members())
	if name == "or" {
		members = append(members, b.c.members()...)
		return Value{kind: set, c: &composite{keys: members, dirty: true, doubt: max(a.c.doubt, b.c.doubt)}}, true
	}
	var kept []Value
	for _, member := range members {
		shared, cause := b.c.mayContain(member)
		if cause != 0 {
			member.doubt = max(member.doubt, cause)
		}
		if cause != 0 || shared == (name == "and") {
			kept = append(kept, member)
		}
	}
	return Value{kind: set, c: &composite{keys: kept, doubt: a.c.doubt}}, true
}

// manyMore stands for all numbers that are above those that rules compare counts with.
const manyMore = 1_000_000

// between is a number between two others, or above them if it is open.
func between(least, most int, open bool, why int32) Value {
	if least == most && !open {
		return Int(least)
	}
	const distinct = 8 // no rule compares a count with more
	var numbers []Value
	for n := least; n <= min(most, least+distinct); n++ {
		numbers = append(numbers, Int(n))
	}
	if most > least+distinct {
		numbers = append(numbers, Int(most))
	}
	if open {
		numbers = append(numbers, Int(most+1), Int(manyMore))
	}
	return Value{kind: unknown, n: int64(why), c: &composite{items: numbers}}
}
