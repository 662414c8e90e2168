package rego

import (
	"slices"
	"strings"
)

// lookUpToAdd marks the look-up in a block that adds to what an object has for a key:
//
//	block { block { dot … break 1 } set … }
//
// Of several unknown keys each keeps what is added for it, so only the same key counts there.
func (s *Statement) lookUpToAdd() {
	if len(s.Blocks) != 1 || len(s.Blocks[0]) != 2 { //nolint:mnd // the inner block and what makes the composite
		return
	}
	inner, makes := &s.Blocks[0][0], &s.Blocks[0][1]
	if inner.Op != OpBlock || len(inner.Blocks) != 1 || makes.Op != OpMakeSet && makes.Op != OpMakeObject {
		return
	}
	if b := inner.Blocks[0]; len(b) == 2 && b[0].Op == OpDot && b[1].Op == OpBreak && b[0].Target == makes.Target { //nolint:mnd // as above
		b[0].builds = true
	}
}

// mayGet returns what a value may have for a key, undefined when it certainly has nothing.
func (v Value) mayGet(key Value) Value {
	switch {
	case v.kind == unknown && v.isAnything():
		return anything(v.cause())
	case v.kind == unknown:
		return v.getFromChoices(key)
	case v.c == nil: // a scalar
		return Value{}
	case key.kind == unknown && (v.c.length(v.kind) > 0 || v.c.doubt != 0):
		return v.getUnknown(key)
	case v.c.loose != 0 && v.isSmall():
		return v.getAmong(key)
	}
	if found := v.get(key); found.kind != undefined {
		return found
	}
	return v.mayHave(key)
}

// mayHave returns what a value may have for a known key that it does not have for certain.
func (v Value) mayHave(key Value) Value {
	if v.kind == set {
		if _, cause := v.c.mayContain(key); cause != 0 {
			key.doubt = cause
			return key
		}
	}
	if cause := max(v.c.doubt, v.c.loose); cause != 0 {
		return anything(cause)
	}
	return Value{}
}

// getUnknown returns what a value with members may have for an unknown key.
func (v Value) getUnknown(key Value) Value {
	if key.choices() != nil && v.kind != array && v.c.uncertain(v.kind) == 0 {
		return v.getForChoices(key)
	}
	if v.kind == object && v.c.doubt == 0 && v.isSmall() {
		return v.getAmong(key)
	}
	return anything(key.cause())
}

// getForChoices returns what a known object or set has for a key that is one of several.
func (v Value) getForChoices(key Value) Value {
	var results []Value
	for _, choice := range key.choices() {
		if found := v.get(choice); found.kind != undefined {
			results = append(results, found)
		}
	}
	if len(results) == 0 {
		return Value{}
	}
	out := Value{kind: unknown, n: key.n, c: &composite{items: results}}
	if !slices.ContainsFunc(results, func(r Value) bool { return !equal(r, results[0]) }) {
		out = results[0]
	}
	if len(results) < len(key.choices()) {
		out.doubt = key.cause()
	}
	return out
}

// getFromChoices returns what the values of which an unknown one is one have for a key. It is undefined if none of
// them has anything, as strings do not.
func (v Value) getFromChoices(key Value) Value {
	var results []Value
	for _, choice := range v.choices() {
		if found := choice.mayGet(key); found.kind != undefined {
			results = append(results, found)
		}
	}
	if len(results) == 0 {
		return Value{}
	}
	out := Value{kind: unknown, n: v.n, c: &composite{items: results}}
	if !slices.ContainsFunc(results, func(r Value) bool { return r.uncertain() != 0 || !equal(r, results[0]) }) {
		out = results[0]
	}
	if len(results) < len(v.choices()) {
		out.doubt = v.cause()
	}
	return out
}

// candidate is what an object has for a key that is, or may be, the one that is looked up.
type candidate struct {
	value Value
	doubt int32 // node on which it depends whether it is there for the key; 0: on none
}

// getAmong returns what an object has for a key, if the key or some keys of the object are unknown. Keys that turn out to be equal
// have one value.
func (v Value) getAmong(key Value) Value {
	found := v.candidates(key)
	switch {
	case len(found) == 0 && v.c.doubt != 0:
		return anything(v.c.doubt)
	case len(found) == 0:
		return Value{}
	}
	doubt := found[0].doubt
	for _, c := range found {
		doubt = min(doubt, c.doubt)
	}
	switch {
	case len(found) == 1:
		found[0].value.doubt = doubt
		return found[0].value
	case !slices.ContainsFunc(found, func(c candidate) bool { return c.value.kind != set }):
		return unionOf(found, doubt)
	}
	return oneOf(found, doubt)
}

// entry is the i-th value of an object of which some keys are unknown, with what it may have for keys that may be equal. Other
// values than sets and objects that a rule makes are those of the key: two different ones for equal keys are an error.
func (v Value) entry(i int) Value {
	own := v.c.items[i]
	isObject := own.kind == object && own.c.layout == nil
	if own.kind != set && !isObject {
		return own
	}
	if !v.isSmall() {
		return own.withMore(v.c.loose)
	}
	found := slices.DeleteFunc(v.candidates(v.c.key(i)), func(c candidate) bool { return c.value.kind != own.kind })
	if len(found) == 1 {
		return own
	}
	cause := int32(0)
	for at := range found {
		if found[at].value.c == own.c {
			found[at].doubt = own.doubt
		} else {
			cause = found[at].doubt
		}
	}
	if isObject {
		return own.withMore(cause)
	}
	return unionOf(found, own.doubt)
}

// withMore returns a composite that may have more elements, which depends on a node.
func (v Value) withMore(cause int32) Value {
	open := *v.c
	open.fixed, open.doubt = false, max(open.doubt, cause)
	v.c = &open
	return v
}

// maxAmong is the number of keys of an object up to which each look-up compares them with an unknown one: beyond, that would take time that
// grows with the square of their number.
const maxAmong = 64

// isSmall reports whether an object has so few keys that a look-up may compare them all.
func (v Value) isSmall() bool { return v.c.length(object) <= maxAmong }

// unionOf is the union of sets.
func unionOf(found []candidate, doubt int32) Value {
	all := composite{dirty: true}
	for _, c := range found {
		for _, member := range c.value.c.members() {
			member.doubt = max(member.doubt, c.doubt)
			all.keys = append(all.keys, member)
		}
		all.doubt = max(all.doubt, c.value.c.doubt)
	}
	return Value{kind: set, c: &all, doubt: doubt}
}

// candidates returns what an object has for the keys that are or may be the one that is looked up.
func (v Value) candidates(key Value) []candidate {
	var found []candidate
	for i := range v.c.length(object) {
		same, cause := maybeEqual(v.c.key(i), key)
		if same || cause != 0 {
			found = append(found, candidate{v.c.items[i], max(cause, v.c.items[i].doubt)})
		}
	}
	return found
}

// maxChoices is the number of values above which a value that is one of them may be anything.
const maxChoices = 16

// oneOf is one of several values.
func oneOf(found []candidate, doubt int32) Value {
	one := Value{kind: unknown, doubt: doubt}
	var choices []Value
	for _, c := range found {
		one.n = max(one.n, int64(c.doubt), int64(c.value.uncertain()))
		c.value.doubt = 0
		choices = append(choices, c.value)
	}
	if len(choices) <= maxChoices && !slices.ContainsFunc(choices, func(c Value) bool { return c.uncertain() != 0 }) {
		one.c = &composite{items: choices}
	}
	return one
}

// differs reports whether two unknown values are certainly not equal, because none of their possible values are, or because their
// known ends exclude each other.
func (v Value) differs(b Value) bool {
	own, other := v.choices(), b.choices()
	if own != nil && other != nil {
		return !slices.ContainsFunc(own, func(c Value) bool { return slices.ContainsFunc(other, func(o Value) bool { return equal(c, o) }) })
	}
	return !oneContains(v.s, b.s, strings.HasPrefix) || !oneContains(v.suffix(), b.suffix(), strings.HasSuffix)
}

// oneContains reports whether one of two ends of texts is an end of the other.
func oneContains(a, b string, has func(s, part string) bool) bool { return has(a, b) || has(b, a) }

// isAlone reports whether no other member of a collection turns out to be the same as the i-th.
func (v Value) isAlone(i int, member Value) bool {
	switch v.kind { //nolint:exhaustive // arrays are handled below
	case object:
		return v.c.key(i).kind != unknown
	case set:
		return member.uncertain() == 0
	}
	return true
}
