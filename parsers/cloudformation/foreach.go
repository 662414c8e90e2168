package cloudformation

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"lintel/internal/tree"
)

// forEach begins the key of a loop: Fn::ForEach::NAME: [variable, collection, {key: value}]
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html).
const forEach = "Fn::ForEach::"

// maxRounds limits the iterations of a loop.
const maxRounds = 10_000

// anyValue is the value of a loop variable that is unknown.
const anyValue = "*"

// expandedField is a field with the resolver that has its loop variables.
type expandedField struct {
	field
	in    *resolver
	maybe string // why the collection of its loop is unknown: it represents any number of fields; empty: one
}

// unrolled is expand without its cost for a mapping without loops.
func (r *resolver) unrolled(fields []field) []expandedField {
	if len(r.loop) == 0 && !slices.ContainsFunc(fields, func(f field) bool { return strings.HasPrefix(f.key, forEach) }) {
		out := make([]expandedField, len(fields))
		for i, f := range fields {
			out[i] = expandedField{field: f, in: r}
		}
		return out
	}
	return r.expand(fields)
}

// expand unrolls the loops among the fields of a mapping.
func (r *resolver) expand(fields []field) []expandedField {
	out := make([]expandedField, 0, len(fields))
	for _, f := range fields {
		if !strings.HasPrefix(f.key, forEach) {
			f.key = r.replaceLoopVariables(f.key)
			out = append(out, expandedField{field: f, in: r})
			continue
		}
		if f.value.kind != listNode || len(f.value.items) != 3 {
			r.problem(f.keyAt, "%s requires a variable, a collection and a body; it is not checked", f.key)
			continue
		}
		out = r.unroll(f, out)
	}
	return out
}

func (r *resolver) unroll(f field, out []expandedField) []expandedField {
	variable, _ := f.value.items[0].text()
	collection := r.tree(f.value.items[1])
	round := func(value, maybe string) {
		if !r.spend(f.keyAt, 4*(1+len(f.value.items[2].fields))) {
			return
		}
		inner := *r
		inner.loop = map[string]string{variable: value}
		for k, v := range r.loop {
			if k != variable {
				inner.loop[k] = v
			}
		}
		for _, e := range inner.expand(f.value.items[2].fields) {
			e.maybe = cmp.Or(e.maybe, maybe)
			out = append(out, e)
		}
	}
	if collection.State != tree.StateKnown {
		round(anyValue, cmp.Or(collection.Cause, "the collection of the loop is unknown until deployment"))
		return out
	}
	for i, item := range present(collection.Items) {
		if i == maxRounds {
			r.problem(f.keyAt, "%s exceeds the limit of %d iterations; the rest is not checked", f.key, maxRounds)
			break
		}
		if value, ok := tree.Text(item.Scalar); ok && item.Known() {
			round(value, "")
		} else {
			round(anyValue, cmp.Or(item.Cause, "an item of the loop is unknown until deployment"))
		}
	}
	return out
}

// replaceLoopVariables replaces ${X} and &{X} by the value of the loop variable X. The second
// form is for keys, of which only letters and digits of the value are kept.
func (r *resolver) replaceLoopVariables(text string) string {
	if len(r.loop) == 0 || !strings.Contains(text, "{") {
		return text
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(r.loop)) { // of two that match the first is replaced
		value := r.loop[name]
		pairs = append(pairs, "${"+name+"}", value, "&{"+name+"}", alphanumeric(value))
	}
	return strings.NewReplacer(pairs...).Replace(text) // at once: a value may contain the name of another variable
}

// isAnyIn reports whether a text contains a loop variable whose value is unknown, or is the name of one.
func (r *resolver) isAnyIn(text string) bool {
	for name, value := range r.loop { // any order: one is enough
		if value == anyValue && (text == name || strings.Contains(text, "{"+name+"}")) {
			return true
		}
	}
	return false
}

func alphanumeric(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return -1
	}, s)
}
