package cloudformation

import (
	"strings"

	"lintel/internal/tree"
)

// forEach begins the key of a loop: Fn::ForEach::NAME: [variable, collection, {key: value}]
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html).
const forEach = "Fn::ForEach::"

// maxRounds is how often loops may go round in one mapping.
const maxRounds = 10_000

// expandedField is a field with the resolver that knows its loop variables.
type expandedField struct {
	field
	in      *resolver
	mayHave bool // the collection is not known: the field stands for any number
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
			r.problem(f.keyAt, "%s takes a variable, a collection and a body; it is not checked", f.key)
			continue
		}
		out = r.unroll(f, out)
	}
	return out
}

func (r *resolver) unroll(f field, out []expandedField) []expandedField {
	variable, _ := f.value.items[0].text()
	collection := r.tree(f.value.items[1])
	round := func(value string, mayHave bool) {
		inner := *r
		inner.loop = map[string]string{variable: value}
		for k, v := range r.loop {
			if k != variable {
				inner.loop[k] = v
			}
		}
		for _, e := range inner.expand(f.value.items[2].fields) {
			e.mayHave = e.mayHave || mayHave
			out = append(out, e)
		}
	}
	if collection.State != tree.StateKnown {
		round("*", true)
		return out
	}
	for i, item := range collection.Items {
		if i == maxRounds {
			r.problem(f.keyAt, "%s goes round more than %d times; the rest is not checked", f.key, maxRounds)
			break
		}
		if value, ok := item.String(); ok {
			round(value, false)
		} else {
			round("*", true)
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
	for name, value := range r.loop {
		text = strings.ReplaceAll(text, "${"+name+"}", value)
		text = strings.ReplaceAll(text, "&{"+name+"}", alphanumeric(value))
	}
	return text
}

func alphanumeric(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return -1
	}, s)
}
