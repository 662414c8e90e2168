package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// choices returns the literals of which an expression is one, where an unknown key, index or condition selects among them.
// steps are the attributes and elements that are taken from what is selected.
func (s scope) choices(expr hcl.Expression, steps []string, depth int) []tree.Choice {
	if depth > maxFollow || !s.meter.take(rangeOf(expr.Range()), 1) {
		return nil
	}
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.RelativeTraversalExpr:
		if own, ok := stepsOf(e.Traversal); ok {
			return s.choices(e.Source, slices.Concat(own, steps), depth+1)
		}
	case *hclsyntax.ConditionalExpr:
		if s.branch(e) == nil {
			return slices.Concat(s.choices(e.TrueResult, steps, depth+1), s.choices(e.FalseResult, steps, depth+1))
		}
	case *hclsyntax.IndexExpr:
		return s.choicesIn(e.Collection, steps, depth)
	case *hclsyntax.FunctionCallExpr:
		if isChoice(e) && len(e.Args) > 1 && !e.ExpandFinal {
			return s.choicesIn(e.Args[0], steps, depth)
		}
	}
	return s.choice(expr, s.value(expr), steps, depth)
}

// choicesIn returns the texts that the elements of a collection are, or their parts that steps lead to.
func (s scope) choicesIn(collection hcl.Expression, steps []string, depth int) (all []tree.Choice) {
	for _, one := range s.collections(collection, depth) {
		bare, _ := one.Unmark()
		if bare.IsNull() || !bare.CanIterateElements() || bare.LengthInt() > maxCandidates {
			continue
		}
		for it := bare.ElementIterator(); it.Next() && len(all) < maxCandidates; {
			key, _ := it.Element()
			step, ok := stepOf(key)
			if !ok {
				return nil
			}
			all = append(all, s.choice(collection, one, slices.Concat([]string{step}, steps), depth)...)
		}
	}
	return all
}

// collections returns the values that a collection may have, which can be a choice itself.
func (s scope) collections(expr hcl.Expression, depth int) []cty.Value {
	value := s.value(expr)
	if !isUnknown(value) {
		return []cty.Value{value}
	}
	if depth > maxFollow || !s.meter.take(rangeOf(expr.Range()), 1) {
		return nil
	}
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.ScopeTraversalExpr:
		if in, definition := s.defined(e); definition != nil {
			return in.collections(definition, depth+1)
		}
	case *hclsyntax.ConditionalExpr:
		return slices.Concat(s.collections(e.TrueResult, depth+1), s.collections(e.FalseResult, depth+1))
	}
	all, ok := candidates(expr, s.context(expr), depth)
	if !ok {
		return nil
	}
	return all
}

// choice returns the texts that a part of a collection may be, with the place where it is written: a literal, or else the
// collection, whose value is given.
func (s scope) choice(collection hcl.Expression, value cty.Value, steps []string, depth int) []tree.Choice {
	if in, written := s.resolve(collection, steps, depth+1); written != nil {
		return in.textsAt(written, in.value(written))
	}
	if len(steps) == 0 {
		return nil
	}
	if in, object := s.resolve(collection, nil, depth+1); object != nil {
		if e, ok := in.elementsWithin(object)[steps[0]]; ok && !e.whole {
			if all := e.in.choices(e.expr, steps[1:], depth+1); all != nil {
				return all
			}
		}
	}
	for _, step := range steps {
		value = partAt(value, step)
	}
	if value == cty.NilVal {
		return nil
	}
	return s.textsAt(collection, value)
}

// textsAt returns the texts that the value of an expression may be by a choice, at the expression. There are none in files of
// third parties.
func (s scope) textsAt(expr hcl.Expression, value cty.Value) (all []tree.Choice) {
	at := rangeOf(expr.Range())
	if !s.canEdit(at.Path) {
		return nil
	}
	bare, marks := value.Unmark()
	if isKnownString(bare) {
		return []tree.Choice{{Text: bare.AsString(), Written: at}}
	}
	return chosenAt(at, examplesOf(marks))
}

// chosenAt returns the texts that a choice makes a value one of. The other examples can be made up.
func chosenAt(at source.Range, examples []exampleMark) (all []tree.Choice) {
	for _, m := range examples {
		if strings.HasPrefix(m.of, choiceName) && !strings.Contains(m.of, inExpression) {
			for _, text := range m.all() {
				all = append(all, tree.Choice{Text: text, Written: at})
			}
		}
	}
	return all
}
