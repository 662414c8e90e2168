package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// maxCandidates is the number of values of which one is chosen that are compared.
const maxCandidates = 64

// evaluate returns the value of an expression. Where something unknown chooses between equal values, by a condition, a
// key or an index, it is that value, and of objects the fields that are equal: the choice must not hide them. Where the values
// differ, they are the examples of the unknown one.
func evaluate(expr hcl.Expression, ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	value, diagnostics := expr.Value(ctx)
	if diagnostics.HasErrors() || value.IsWhollyKnown() || !isChoice(expr) {
		return value, diagnostics
	}
	all, ok := candidates(expr, ctx, 0)
	if !ok || len(all) == 0 {
		return value, diagnostics
	}
	common := all[0]
	_, marks := value.UnmarkDeep()
	for _, other := range all[1:] {
		common = shared(common, other, marks)
	}
	if isUnknown(common) {
		common = value
	}
	if _, isSensitive := marks[sensitiveMark{}]; isSensitive {
		return common.Mark(sensitiveMark{}), diagnostics
	}
	return asChoice(common, all, choiceOf(expr)), diagnostics
}

// choiceName starts the name of a choice. The examples of its value are all that is chosen from, and not made up.
const choiceName = "choice at "

// choiceOf names the choice that an expression is.
func choiceOf(expr hcl.Expression) string {
	at := bareExpression(expr).Range()
	return choiceName + at.String()
}

// asChoice marks the unknown parts of a value with the texts that all have in their place. of names the choice.
func asChoice(value cty.Value, all []cty.Value, of string) cty.Value {
	bare := make([]cty.Value, len(all))
	for i, one := range all {
		bare[i], _ = one.UnmarkDeep()
	}
	marked, err := cty.Transform(value, func(path cty.Path, v cty.Value) (cty.Value, error) {
		if _, marks := v.Unmark(); !isUnknown(v) || len(examplesOf(marks)) > 0 {
			return v, nil
		}
		return examples(v, of+pathKey(path), textsAt(bare, path)...), nil
	})
	if err != nil { // the function above gives none
		return value
	}
	return marked
}

// shared returns what two values have in common: the value if they are equal, and an object with the common part of each
// field. Values that differ are unknown and have the given marks. The marks of a choice do not say where an equal value comes
// from, so an equal value has only those of both values.
func shared(a, b cty.Value, marks cty.ValueMarks) cty.Value {
	bareA, ownA := a.Unmark()
	bareB, ownB := b.Unmark()
	unknownValue := cty.UnknownVal(cty.DynamicPseudoType).WithMarks(marks, ownA, ownB)
	switch {
	case !bareA.IsKnown() || !bareB.IsKnown():
		return unknownValue
	case bareA.IsNull() || bareB.IsNull() || !bareA.Type().IsObjectType() || !bareB.Type().IsObjectType():
		deepA, marksA := bareA.UnmarkDeep()
		deepB, marksB := bareB.UnmarkDeep()
		if !deepA.RawEquals(deepB) {
			return unknownValue.WithMarks(marksA, marksB)
		}
		return deepA.WithMarks(ownA, ownB, marksA, marksB)
	}
	fields, others := bareA.AsValueMap(), bareB.AsValueMap()
	for name, field := range fields { // any order: each field has its own value
		other, ok := others[name]
		if !ok || len(fields) != len(others) {
			return unknownValue
		}
		fields[name] = shared(field, other, marks)
	}
	return cty.ObjectVal(fields).WithMarks(ownA, ownB)
}

// isChoice reports whether an expression takes one of several values.
func isChoice(expr hcl.Expression) bool {
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.ConditionalExpr, *hclsyntax.IndexExpr:
		return true
	case *hclsyntax.RelativeTraversalExpr:
		return isChoice(e.Source)
	case *hclsyntax.FunctionCallExpr:
		return e.Name == "lookup" || e.Name == "element"
	}
	return false
}

// candidates returns the values that an expression may have. It is false if one is unknown, or if there are too many.
func candidates(expr hcl.Expression, ctx *hcl.EvalContext, depth int) ([]cty.Value, bool) {
	if depth > maxFollow {
		return nil, false
	}
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.ConditionalExpr:
		if isOpen(e.Condition, ctx) {
			return alternatives(ctx, depth, e.TrueResult, e.FalseResult)
		}
	case *hclsyntax.IndexExpr:
		return elementsAt(e.Collection, e.Key, ctx, depth)
	case *hclsyntax.RelativeTraversalExpr:
		return traversed(e, ctx, depth)
	case *hclsyntax.FunctionCallExpr:
		if isChoice(e) && len(e.Args) > 1 && !e.ExpandFinal {
			return lookedUp(e, ctx, depth)
		}
	}
	value, diagnostics := expr.Value(ctx)
	return []cty.Value{value}, !diagnostics.HasErrors() && value.IsWhollyKnown()
}

// isOpen reports whether the value of a condition is unknown.
func isOpen(condition hcl.Expression, ctx *hcl.EvalContext) bool {
	value, diagnostics := condition.Value(ctx)
	return diagnostics.HasErrors() || isUnknown(value)
}

// lookedUp returns the values that lookup or element may return.
func lookedUp(e *hclsyntax.FunctionCallExpr, ctx *hcl.EvalContext, depth int) ([]cty.Value, bool) {
	all, ok := elementsAt(e.Args[0], e.Args[1], ctx, depth)
	more, okMore := alternatives(ctx, depth, e.Args[2:]...)
	return append(all, more...), ok && okMore && len(all)+len(more) <= maxCandidates
}

func isUnknown(v cty.Value) bool {
	bare, _ := v.Unmark()
	return !bare.IsKnown()
}

// alternatives returns the values that any of some expressions may have.
func alternatives(ctx *hcl.EvalContext, depth int, of ...hclsyntax.Expression) (all []cty.Value, ok bool) {
	for _, expr := range of {
		more, ok := candidates(expr, ctx, depth+1)
		if all = append(all, more...); !ok || len(all) > maxCandidates {
			return nil, false
		}
	}
	return all, true
}

// elementsAt returns the elements that a key may select: one of each collection if it is known, else all of them.
func elementsAt(collection, key hcl.Expression, ctx *hcl.EvalContext, depth int) ([]cty.Value, bool) {
	from, ok := candidates(collection, ctx, depth+1)
	at := cty.DynamicVal
	if !isChoice(key) { // the evaluation of choices in choices would take exponential time
		value, diagnostics := key.Value(ctx)
		if at = value; diagnostics.HasErrors() {
			return nil, false
		}
	}
	if !ok {
		return nil, false
	}
	var all []cty.Value
	for _, one := range from {
		if !isUnknown(at) {
			element, diagnostics := hcl.Index(one, at, nil)
			if all = append(all, element); diagnostics.HasErrors() {
				return nil, false
			}
			continue
		}
		bare, marks := one.Unmark()
		if bare.IsNull() || !bare.CanIterateElements() || bare.LengthInt() > maxCandidates {
			return nil, false
		}
		for it := bare.ElementIterator(); it.Next(); {
			_, element := it.Element()
			all = append(all, element.WithMarks(marks))
		}
	}
	return all, len(all) <= maxCandidates
}

// traversed returns the attributes or elements of what an expression may be.
func traversed(e *hclsyntax.RelativeTraversalExpr, ctx *hcl.EvalContext, depth int) ([]cty.Value, bool) {
	all, ok := candidates(e.Source, ctx, depth+1)
	for i, one := range all {
		part, diagnostics := e.Traversal.TraverseRel(one)
		if all[i] = part; diagnostics.HasErrors() {
			return nil, false
		}
	}
	return all, ok
}
