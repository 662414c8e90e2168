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
// allows a few it is the one that is assumed. It returns nil for all other expressions, and without an assumption.
func (s scope) selection(expr hcl.Expression, depth int) (scope, hcl.Expression) {
	if depth > maxFollow || !s.meter.take(rangeOf(expr.Range()), 1) {
		return scope{}, nil
	}
	if e, ok := bareExpression(expr).(*hclsyntax.ScopeTraversalExpr); ok {
		return s.allowedValue(e, depth)
	}
	if l, ok := lookupOf(expr); ok {
		return s.atKey(l, depth)
	}
	return scope{}, nil
}

// lookupOf returns the lookup that an expression is: m[key], m[key].timeout, lookup(m, key, 3), try(m[key], 3), and the only element of
// a loop that has a key, [for k, v in m : v if k == key][0].
func lookupOf(expr hcl.Expression) (lookup, bool) {
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.RelativeTraversalExpr:
		return lookupBehind(e)
	case *hclsyntax.IndexExpr:
		if l, ok := filtered(e.Collection); ok {
			return l, true
		}
		return lookup{collection: e.Collection, key: e.Key}, true
	case *hclsyntax.FunctionCallExpr:
		if len(e.Args) > 0 && !e.ExpandFinal {
			return lookupOfCall(e)
		}
	}
	return lookup{}, false
}

// lookupBehind returns the lookup of what attributes and elements are taken from.
func lookupBehind(e *hclsyntax.RelativeTraversalExpr) (lookup, bool) {
	own, ok := stepsOf(e.Traversal)
	if !ok {
		return lookup{}, false
	}
	if l, ok := filtered(e.Source); ok && own[0] == "[0]" {
		l.after = append(slices.Clip(l.after), own[1:]...)
		return l, true
	}
	l, ok := lookupOf(e.Source)
	l.after, l.rest = append(slices.Clip(l.after), own...), append(slices.Clip(l.rest), own...)
	return l, ok
}

// lookupOfCall returns the lookup that a call is.
func lookupOfCall(e *hclsyntax.FunctionCallExpr) (lookup, bool) {
	switch {
	case e.Name == "lookup" && len(e.Args) > 1:
		l := lookup{collection: e.Args[0], key: e.Args[1]}
		if len(e.Args) > 2 { //nolint:mnd // the third is what is returned for all other keys
			l.otherwise = e.Args[2]
		}
		return l, true
	case e.Name == "one":
		return filtered(e.Args[0])
	case len(e.Args) == 2: //nolint:mnd // the lookup, and what it is otherwise
		return withOtherwise(e)
	}
	return lookup{}, false
}

// withOtherwise returns the lookup in a call of try or coalesce, with what that returns for a key that there is not.
func withOtherwise(e *hclsyntax.FunctionCallExpr) (lookup, bool) {
	l, ok := lookupOf(e.Args[0])
	switch e.Name {
	case "try":
		ok = ok && l.otherwise == nil
	case "coalesce":
		ok = ok && l.otherwise != nil && isEmpty(l.otherwise) && len(l.after) == 0
	default:
		return lookup{}, false
	}
	l.otherwise, l.rest = e.Args[1], nil
	return l, ok
}

// isEmpty reports whether an expression is the literal null or an empty text, which coalesce skips.
func isEmpty(expr hcl.Expression) bool {
	value, diagnostics := expr.Value(nil)
	if bare, _ := value.Unmark(); !diagnostics.HasErrors() && bare.IsKnown() {
		return bare.IsNull() || bare.Type() == cty.String && bare.AsString() == ""
	}
	return false
}

// filtered returns the lookup that a loop is whose condition compares the key, or an attribute of the elements: it has one element.
func filtered(expr hcl.Expression) (lookup, bool) {
	expr = bareExpression(expr)
	if call, ok := expr.(*hclsyntax.FunctionCallExpr); ok && call.Name == "values" && len(call.Args) == 1 {
		expr = bareExpression(call.Args[0])
	}
	e, ok := expr.(*hclsyntax.ForExpr)
	if !ok || e.CondExpr == nil {
		return lookup{}, false
	}
	after, ok := stepsFrom(e.ValExpr, e.ValVar)
	compared, isComparison := bareExpression(e.CondExpr).(*hclsyntax.BinaryOpExpr)
	if !ok || !isComparison || compared.Op != hclsyntax.OpEqual {
		return lookup{}, false
	}
	l := lookup{collection: e.CollExpr, after: after}
	if l.compares(e, compared.LHS) {
		l.key = compared.RHS
	} else if l.compares(e, compared.RHS) {
		l.key = compared.LHS
	}
	return l, l.key != nil
}

// compares reports whether a side of the condition of a loop is the key, or a part of the element, and notes the part.
func (l *lookup) compares(e *hclsyntax.ForExpr, side hcl.Expression) bool {
	if steps, ok := stepsFrom(side, e.KeyVar); ok {
		return len(steps) == 0
	}
	steps, ok := stepsFrom(side, e.ValVar)
	l.by = steps
	return ok && len(steps) > 0
}

// stepsFrom returns the attributes and elements that an expression takes from a variable of a loop.
func stepsFrom(expr hcl.Expression, name string) ([]string, bool) {
	e, ok := bareExpression(expr).(*hclsyntax.ScopeTraversalExpr)
	if !ok || name == "" || e.Traversal.RootName() != name {
		return nil, false
	}
	return stepsOf(e.Traversal[1:])
}

// selectedTree reads the value that an unknown key selects, under the assumption of the key. A single text stands where it is
// used. It is false for all other expressions, and in labels.
func (s scope) selectedTree(expr hcl.Expression, depth int) (tree.Tree, bool) {
	if s.inLabel || !isSelection(expr) || s.value(expr).IsWhollyKnown() {
		return tree.Tree{}, false
	}
	in, element := s.selection(expr, depth)
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
	if e, ok := bareExpression(expr).(*hclsyntax.ScopeTraversalExpr); ok {
		return e.Traversal.RootName() == "var" && len(e.Traversal) == 2
	}
	_, ok := lookupOf(expr)
	return ok
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
	by              []string       // steps to the key in an element; none: it is that of the element
	after           []string       // attributes and elements that are taken from the element
	otherwise       hcl.Expression // for a key that the collection does not have; nil: that is an error
	rest            []string       // attributes and elements that are taken from otherwise
}

// atKey is selection of a lookup.
func (s scope) atKey(l lookup, depth int) (scope, hcl.Expression) {
	in, collection := s, l.collection
	if s.areInstances(collection) {
		return scope{}, nil
	}
	if !s.value(collection).IsWhollyKnown() {
		if in, collection = s.selection(l.collection, depth+1); collection == nil {
			in, collection = s.branchOf(l.collection, depth+1)
		}
	}
	elements := elementsByKey(in.value(collection), l.by)
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
			return in.elementWritten(collection, elements[key].value, slices.Concat([]string{elements[key].step}, l.after), depth)
		}
	}
	return s.otherwise(l, depth)
}

// otherwise is selection of a lookup of a key that there is not.
func (s scope) otherwise(l lookup, depth int) (scope, hcl.Expression) {
	if len(l.rest) == 0 || l.otherwise == nil {
		return s, l.otherwise
	}
	return s.resolve(l.otherwise, l.rest, depth+1)
}

// assumedValue is the value of an expression under the assumptions of the keys and conditions that decide about it and about the
// arguments of the functions in it.
func (s scope) assumedValue(expr hcl.Expression, depth int) cty.Value {
	value := s.value(expr)
	if value.IsWhollyKnown() || depth > maxFollow || !s.meter.take(rangeOf(expr.Range()), 1) {
		return value
	}
	asked := s.asked
	if in, element := s.selection(expr, depth+1); element != nil {
		return in.assumedValue(element, depth+1)
	}
	assumed := value
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.ConditionalExpr:
		if outcome, ok := s.decide(e.Condition, depth+1); ok {
			return s.assumedValue(branch(e, outcome), depth+1)
		}
	case *hclsyntax.ScopeTraversalExpr:
		if in, definition := s.defined(e); definition != nil {
			assumed = in.assumedValue(definition, depth+1)
		}
	case *hclsyntax.FunctionCallExpr:
		call := *e
		call.Args = s.assumedValues(e.Args, depth)
		assumed = s.value(&call)
	case *hclsyntax.TemplateExpr:
		text := *e
		text.Parts = s.assumedValues(e.Parts, depth)
		assumed = s.value(&text)
	}
	if s.asked == asked {
		return value
	}
	return assumed
}

// changesText reports whether a function returns its argument in another form. The arguments of other functions, and of
// these in a text, are not read under assumptions: that takes a quarter of the time of large configurations.
func changesText(function string) bool {
	switch function {
	case "chomp", "lower", "replace", "strrev", "substr", "title", "tobool", "tonumber", "tostring", "trim", "trimprefix", "trimspace", "trimsuffix", "upper":
		return true
	}
	return false
}

func (s scope) assumedValues(expressions []hclsyntax.Expression, depth int) []hclsyntax.Expression {
	all := make([]hclsyntax.Expression, len(expressions))
	for i, expr := range expressions {
		all[i] = &hclsyntax.LiteralValueExpr{Val: s.assumedValue(expr, depth+1), SrcRange: expr.Range()}
	}
	return all
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

// keyed is an element of a collection with the step that leads to it.
type keyed struct {
	step  string
	value cty.Value
}

// elementsByKey returns the elements of a map or object by their keys, or of any collection by a part of them, nil if it is unknown,
// has too many or two with the same key.
func elementsByKey(collection cty.Value, by []string) map[string]keyed {
	bare, marks := collection.Unmark()
	if !bare.IsKnown() || bare.IsNull() || !hasKeys(bare.Type(), by) || bare.LengthInt() > maxKeys {
		return nil
	}
	elements := map[string]keyed{}
	for it := bare.ElementIterator(); it.Next(); {
		key, value := it.Element()
		step, ok := stepOf(key)
		name := step
		if ok && len(by) > 0 {
			name, ok = textAt(value, by)
		}
		if _, isDouble := elements[name]; !ok || isDouble {
			return nil
		}
		elements[name] = keyed{step, value.WithMarks(marks)}
	}
	return elements
}

// hasKeys reports whether elements of a type have keys, or a part of them has.
func hasKeys(kind cty.Type, by []string) bool {
	return kind.IsMapType() || kind.IsObjectType() || len(by) > 0 && (kind.IsTupleType() || kind.IsListType())
}

// textAt returns the text that steps lead to in a value.
func textAt(value cty.Value, steps []string) (string, bool) {
	for _, step := range steps {
		value = partAt(value, step)
	}
	if value == cty.NilVal {
		return "", false
	}
	bare, _ := value.Unmark()
	if !isKnownString(bare) {
		return "", false
	}
	return bare.AsString(), true
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
