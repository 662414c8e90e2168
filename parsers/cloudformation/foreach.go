package cloudformation

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// forEach begins the key of a loop: Fn::ForEach::NAME: [variable, collection, {key: value}]
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html).
const forEach = "Fn::ForEach::"

// maxRounds limits the iterations of a loop.
const maxRounds = 10_000

// anyValue is the value of a loop variable that is unknown, in the keys of fields.
const anyValue = "*"

// openItem is an item of a collection whose value is unknown.
type openItem struct {
	cause string
	node  *node     // nil: the collection is unknown
	in    *resolver // of the node
	isOne bool      // the collection certainly has it
}

// at returns the resolver of the item, in the worlds of another.
func (i openItem) at(r *resolver) *resolver {
	in := *i.in
	in.world, in.holds, in.strict, in.depth = r.world, r.holds, r.strict, r.depth
	return &in
}

// openValue is what Ref of a loop variable means whose value is unknown.
func (r *resolver) openValue(item openItem, at source.Range) tree.Tree {
	if item.node == nil {
		return tree.Unknown(at, item.cause)
	}
	t := item.at(r).tree(item.node)
	t.Range = at
	return t
}

// expandedField is a field with the resolver that has its loop variables.
type expandedField struct {
	field
	in    *resolver
	maybe string // why the collection of its loop is unknown: it represents any number of fields; empty: one
	isOne bool   // it is one although there is a cause: only its name is unknown
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
	written := f.value.items[1]
	collection := r.tree(written)
	round := func(value string, item openItem) {
		if !r.spend(f.keyAt, 4*(1+len(f.value.items[2].fields))) {
			return
		}
		for _, e := range r.with(variable, value, item).expand(f.value.items[2].fields) {
			e.isOne = (e.maybe == "" || e.isOne) && item.isOne
			e.maybe = cmp.Or(e.maybe, item.cause)
			out = append(out, e)
		}
	}
	if collection.State != tree.StateKnown {
		round(anyValue, openItem{cause: cmp.Or(collection.Cause, "the collection of the loop is unknown until deployment")})
		return out
	}
	n := 0
	for i, item := range collection.Items {
		if item.State == tree.StateAbsent {
			continue
		}
		if n++; n > maxRounds {
			r.problem(f.keyAt, "%s exceeds the limit of %d iterations; the rest is not checked", f.key, maxRounds)
			break
		}
		round(r.round(item, written, i, len(collection.Items)))
	}
	return out
}

// round returns the value of a loop variable for an item of its collection, and the item if that is unknown.
func (r *resolver) round(item tree.Tree, collection *node, i, of int) (string, openItem) {
	if value, ok := tree.Text(item.Scalar); ok && item.Known() {
		return value, openItem{isOne: true}
	}
	open := openItem{cause: cmp.Or(item.Cause, "an item of the loop is unknown until deployment"), in: r, isOne: item.Maybe == ""}
	if collection.tag == "" && collection.kind == listNode && len(collection.items) == of {
		open.node = collection.items[i]
	}
	return anyValue, open
}

// with returns the resolver of an iteration.
func (r *resolver) with(variable, value string, item openItem) *resolver {
	inner := *r
	inner.loop, inner.open = maps.Clone(r.loop), maps.Clone(r.open)
	if inner.loop == nil {
		inner.loop = map[string]string{}
	}
	inner.loop[variable] = value
	delete(inner.open, variable)
	if item.cause != "" {
		if inner.open == nil {
			inner.open = map[string]openItem{}
		}
		inner.open[variable] = item
	}
	return &inner
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
	for name := range r.open { // any order: one is enough
		if text == name || strings.Contains(text, "{"+name+"}") {
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
