package terraform

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// maxKeys is the number of values of a key, or of a variable with a validation, that are assumed one by one. With more, what
// depends on them stays unknown.
const maxKeys = 8

// selection returns the expression of the value that an unknown key selects from a collection, under the assumption of the key:
// local.m[var.stage], local.m[var.stage].timeout, lookup(local.m, var.stage, 3). Of a variable without a value whose validation
// allows a few it is the one that is assumed. steps are the attributes and elements that are taken from it. It returns nil for
// all other expressions, and without an assumption.
func (s scope) selection(expr hcl.Expression, steps []string, depth int) (scope, hcl.Expression) {
	if depth > maxFollow || !s.meter.take(rangeOf(expr.Range()), 1) {
		return scope{}, nil
	}
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.ScopeTraversalExpr:
		if len(steps) == 0 {
			return s.allowedValue(e, depth)
		}
	case *hclsyntax.RelativeTraversalExpr:
		if own, ok := stepsOf(e.Traversal); ok {
			return s.selection(e.Source, slices.Concat(own, steps), depth+1)
		}
	case *hclsyntax.IndexExpr:
		return s.atKey(lookup{collection: e.Collection, key: e.Key}, steps, depth)
	case *hclsyntax.FunctionCallExpr:
		if l, ok := lookupOf(e); ok {
			return s.atKey(l, steps, depth)
		}
	}
	return scope{}, nil
}

// lookupOf returns the lookup that a call of the function lookup is.
func lookupOf(e *hclsyntax.FunctionCallExpr) (lookup, bool) {
	if e.Name != "lookup" || len(e.Args) < 2 || e.ExpandFinal {
		return lookup{}, false
	}
	l := lookup{collection: e.Args[0], key: e.Args[1]}
	if len(e.Args) > 2 { //nolint:mnd // the third is what is returned for all other keys
		l.otherwise = e.Args[2]
	}
	return l, true
}

// selectedTree reads the value that an unknown key selects, under the assumption of the key. A single text stands where it is
// used. It is false for all other expressions, and in labels.
func (s scope) selectedTree(expr hcl.Expression, depth int) (tree.Tree, bool) {
	if s.inLabel || !isSelection(expr) || s.value(expr).IsWhollyKnown() {
		return tree.Tree{}, false
	}
	in, element := s.selection(expr, nil, depth)
	if element == nil {
		return tree.Tree{}, false
	}
	t := in.treeAt(element, depth+1)
	if !isPlaced(t) {
		t.Range = rangeOf(expr.Range())
	}
	return t, true
}

// selectsNumber reports whether an expression selects one of some numbers or booleans. The instances of a for_each for each of the
// collections that a key selects would be too many: a stage has dozens of them.
func (s scope) selectsNumber(expr hcl.Expression) bool {
	if !isSelection(expr) {
		return false
	}
	all, ok := candidates(expr, s.context(expr), 0)
	return ok && !slices.ContainsFunc(all, func(v cty.Value) bool { kind := v.Type(); return kind != cty.Number && kind != cty.Bool })
}

// isSelection reports whether an expression is of a form that selection reads: a reference to a variable, or a choice by a key.
func isSelection(expr hcl.Expression) bool {
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return e.Traversal.RootName() == "var" && len(e.Traversal) == 2
	case *hclsyntax.RelativeTraversalExpr:
		return isSelection(e.Source)
	case *hclsyntax.IndexExpr:
		return true
	case *hclsyntax.FunctionCallExpr:
		return e.Name == "lookup"
	}
	return false
}

// label reads a label: a text in which names of stages and the like are put together. A variant of a block for each of them
// would say the same.
func (s scope) label(read func() tree.Tree) tree.Tree {
	before := s.inLabel
	s.inLabel = true
	t := read()
	s.inLabel = before
	return t
}

// isLabel reports whether an attribute is a label, or a map of labels.
func isLabel(name string) bool {
	switch name {
	case "tags", "tags_all", "description", "name", "name_prefix", "variables":
		return true
	}
	return strings.HasSuffix(name, "_name")
}

// lookup selects an element of a collection by a key.
type lookup struct {
	collection, key hcl.Expression
	otherwise       hcl.Expression // for a key that the collection does not have; nil: that is an error
}

// atKey is selection of a lookup.
func (s scope) atKey(l lookup, steps []string, depth int) (scope, hcl.Expression) {
	in, collection := s, l.collection
	if s.areInstances(collection) {
		return scope{}, nil
	}
	if !s.value(collection).IsWhollyKnown() {
		if in, collection = s.selection(l.collection, nil, depth+1); collection == nil {
			in, collection = s.branchOf(l.collection, depth+1)
		}
	}
	elements := elementsByKey(in.value(collection))
	if len(elements) == 0 || !s.isOpenKey(l.key) {
		return scope{}, nil
	}
	keys := slices.Sorted(maps.Keys(elements))
	values := s.allValues(l.key)
	if l.otherwise == nil {
		values = allQuoted(keys)
	}
	subject := s.name(l.key, depth)
	for _, key := range keys {
		outcome, ok := s.assumeEqual(subject, quote(key), values)
		if !ok {
			return scope{}, nil
		}
		if outcome {
			return in.elementWritten(collection, elements[key], append([]string{key}, steps...), depth)
		}
	}
	if len(steps) == 0 || l.otherwise == nil {
		return s, l.otherwise
	}
	return s.resolve(l.otherwise, steps, depth+1)
}

// areInstances reports whether a collection are the instances of a resource or module, of which a key selects one that exists
// with any other key as well.
func (s scope) areInstances(collection hcl.Expression) bool {
	e, ok := bareExpression(collection).(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return false
	}
	_, b, skip := s.blockOf(e.Traversal)
	return b != nil && len(e.Traversal) == skip
}

// isOpenKey reports whether a key is unknown and the same wherever the expression stands.
func (s scope) isOpenKey(key hcl.Expression) bool {
	bare, marks := s.value(key).Unmark()
	_, isSecret := marks[sensitiveMark{}]
	return !bare.IsKnown() && !isSecret && !slices.ContainsFunc(key.Variables(), func(t hcl.Traversal) bool {
		_, own := s.names[t.RootName()]
		return own
	})
}

// elementsByKey returns the elements of a map or object, nil if it is unknown or has too many.
func elementsByKey(collection cty.Value) map[string]cty.Value {
	bare, marks := collection.Unmark()
	kind := bare.Type()
	if !bare.IsKnown() || bare.IsNull() || !kind.IsMapType() && !kind.IsObjectType() || bare.LengthInt() > maxKeys {
		return nil
	}
	elements := bare.AsValueMap()
	for key, element := range elements { // any order: each element has its own marks
		elements[key] = element.WithMarks(marks)
	}
	return elements
}

// elementWritten returns the expression that an element is written as, else one that has its value. steps lead to it in the
// collection, the first one to the element whose value is given.
func (s scope) elementWritten(collection hcl.Expression, value cty.Value, steps []string, depth int) (scope, hcl.Expression) {
	if in, written := s.resolve(collection, steps, depth+1); written != nil {
		return in, written
	}
	for _, step := range steps[1:] {
		value = partAt(value, step)
	}
	if value == cty.NilVal {
		return scope{}, nil
	}
	return s, &hclsyntax.LiteralValueExpr{Val: value, SrcRange: collection.Range()}
}

// partAt returns the attribute or element of a value at a step, cty.NilVal if it has none.
func partAt(value cty.Value, step string) cty.Value {
	if value == cty.NilVal {
		return value
	}
	part := cty.NilVal
	bare, marks := value.Unmark()
	if bare.IsKnown() && !bare.IsNull() && bare.CanIterateElements() {
		for it := bare.ElementIterator(); it.Next(); {
			key, element := it.Element()
			if own, ok := stepOf(key); ok && own == step {
				part = element.WithMarks(marks)
			}
		}
	}
	return part
}

// allowedValue is selection of a variable whose validation allows a few values.
func (s scope) allowedValue(e *hclsyntax.ScopeTraversalExpr, depth int) (scope, hcl.Expression) {
	if !isSelection(e) || !s.isOpenKey(e) {
		return scope{}, nil
	}
	subject := s.name(e, depth)
	all := s.allowedTexts(e)
	for _, text := range all {
		outcome, ok := s.assumeEqual(subject, quote(text), allQuoted(all))
		if !ok {
			return scope{}, nil
		}
		if outcome {
			_, marks := s.value(e).Unmark()
			kept := maps.Clone(marks)
			maps.DeleteFunc(kept, func(mark any, _ struct{}) bool { return isOfUnknown(mark) })
			return s, &hclsyntax.LiteralValueExpr{Val: cty.StringVal(text).WithMarks(kept), SrcRange: e.SrcRange}
		}
	}
	return scope{}, nil
}

// isOfUnknown reports whether a mark says something of an unknown value only.
func isOfUnknown(mark any) bool {
	switch mark.(type) {
	case exampleMark, causeMark, patternMark, outsideMark:
		return true
	}
	return false
}

// allValues returns the values that an expression may have, as the language writes them, nil if it may have any.
func (s scope) allValues(expr hcl.Expression) []string { return allQuoted(s.allowedTexts(expr)) }

// allowedTexts returns the texts that the validation of a variable allows an expression to have, nil if it may have any or more
// than are assumed one by one.
func (s scope) allowedTexts(expr hcl.Expression) []string {
	_, marks := s.value(expr).Unmark()
	for _, m := range examplesOf(marks) {
		if texts := m.all(); m.isAll && len(texts) <= maxKeys {
			return texts
		}
	}
	return nil
}

func allQuoted(texts []string) []string {
	if texts == nil {
		return nil
	}
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = quote(text)
	}
	return all
}

// quote returns a text as the language writes it, which is never empty.
func quote(text string) string { return fmt.Sprintf("%q", text) }
