package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// choices returns the literals of which an expression is one, where an unknown key or index selects an element of a
// collection. steps are the attributes and elements that are taken from the element.
func (s scope) choices(expr hcl.Expression, steps []string, depth int) []tree.Choice {
	if depth > maxFollow || !s.meter.take(rangeOf(expr.Range()), 1) {
		return nil
	}
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.RelativeTraversalExpr:
		if own, ok := stepsOf(e.Traversal); ok {
			return s.choices(e.Source, append(own, steps...), depth+1)
		}
	case *hclsyntax.IndexExpr:
		return s.choicesIn(e.Collection, steps, depth)
	case *hclsyntax.FunctionCallExpr:
		if isChoice(e) && len(e.Args) > 1 && !e.ExpandFinal {
			return s.choicesIn(e.Args[0], steps, depth)
		}
	}
	return nil
}

// choicesIn returns the literals that the elements of a collection are, or their parts that steps lead to.
func (s scope) choicesIn(collection hcl.Expression, steps []string, depth int) (all []tree.Choice) {
	bare, _ := s.value(collection).Unmark()
	if !bare.IsKnown() || bare.IsNull() || !bare.CanIterateElements() || bare.LengthInt() > maxCandidates {
		return nil
	}
	for it := bare.ElementIterator(); it.Next(); {
		key, _ := it.Element()
		step, ok := stepOf(key)
		if !ok {
			return nil
		}
		if choice, ok := s.choice(collection, append([]string{step}, steps...), depth); ok {
			all = append(all, choice)
		}
	}
	return all
}

// choice returns the text that a part of a collection is, with the place where it is written.
func (s scope) choice(collection hcl.Expression, steps []string, depth int) (tree.Choice, bool) {
	in, literal := s.resolve(collection, steps, depth+1)
	if literal == nil {
		return tree.Choice{}, false
	}
	value, _ := in.value(literal).Unmark()
	at := source.Range{}
	if own := rangeOf(literal.Range()); in.canEdit(own.Path) {
		at = own
	}
	if !isKnownString(value) || at.IsZero() {
		return tree.Choice{}, false
	}
	return tree.Choice{Text: value.AsString(), Written: at}, true
}
