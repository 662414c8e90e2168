package terraform

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// rejects reports whether the validation of a variable rejects its default: each use of the module sets another value. Other
// variables in the condition have their defaults.
func (m *instance) rejects(declared *block, byDefault *attribute) bool {
	return slices.ContainsFunc(validations(declared), func(condition hcl.Expression) bool {
		needed := needs{}
		for _, traversal := range condition.Variables() {
			needed.add(traversal)
		}
		values := map[string]cty.Value{}
		for _, name := range slices.Sorted(maps.Keys(needed["var"])) {
			other, a := m.config.variables[name], byDefault
			if name != declared.labels[0] {
				if _, given := m.argument(name); given || other == nil || m.defaultOf(other) == nil {
					return false
				}
				a = m.defaultOf(other)
			}
			values[name] = convertTo(other, scope{instance: m}.value(a.expr))
		}
		if len(needed) != 1 || len(values) == 0 {
			return false
		}
		result, _ := scope{instance: m, names: map[string]cty.Value{"var": cty.ObjectVal(values)}}.value(condition).Unmark()
		return result.Type() == cty.Bool && result.IsKnown() && !result.IsNull() && result.False()
	})
}

// validated returns the values that the validation of a variable allows, whose condition is contains([…], var.NAME),
// can(regex("^(…|…)$", var.NAME)) or comparisons with some values.
func validated(declared *block) []string {
	for _, condition := range validations(declared) {
		if texts := allowed(condition, declared.labels[0]); texts != nil {
			return texts
		}
	}
	return nil
}

// excludesWildcard reports whether a variable is a number or boolean, or its validation allows no wildcard:
// validation { condition = can(regex("^…$", var.NAME)) }.
func excludesWildcard(declared *block) bool {
	if kind := typeOf(declared); kind == cty.Number || kind == cty.Bool {
		return true
	}
	return slices.ContainsFunc(validations(declared), func(condition hcl.Expression) bool {
		pattern, ok := patternOf(condition, declared.labels[0])
		return ok && !strings.Contains(pattern, "|") && tree.ExcludesWildcard(pattern)
	})
}

// patternOf returns the pattern that the whole of a variable matches: can(regex("^…$", var.NAME)).
func patternOf(condition hcl.Expression, variable string) (string, bool) {
	call := callTo(condition, "can", 1)
	if call == nil {
		return "", false
	}
	match := callTo(call.Args[0], "regex", 2) //nolint:mnd // the pattern and the text
	if match == nil || !isVariable(bareExpression(match.Args[1]), variable) {
		return "", false
	}
	value, diagnostics := match.Args[0].Value(nil)
	if diagnostics.HasErrors() || !isKnownString(value) {
		return "", false
	}
	pattern := value.AsString() // a part of the text may match one without anchors
	return pattern, strings.HasPrefix(pattern, "^") && strings.HasSuffix(pattern, "$")
}

// callTo returns the call of a function with a number of arguments that an expression is; nil: it is none.
func callTo(expr hcl.Expression, name string, args int) *hclsyntax.FunctionCallExpr {
	call, ok := bareExpression(expr).(*hclsyntax.FunctionCallExpr)
	if !ok || call.Name != name || len(call.Args) != args || call.ExpandFinal {
		return nil
	}
	return call
}

// validations returns the conditions in the validation of a variable, which JSON writes as an attribute.
func validations(declared *block) []hcl.Expression {
	var conditions []hcl.Expression
	for _, nested := range declared.body.blocks {
		if a := nested.body.get("condition"); nested.kind == "validation" && a != nil {
			conditions = append(conditions, a.expr)
		}
	}
	if a := declared.body.get("validation"); a != nil {
		for _, object := range objects(a.expr) {
			for _, property := range object {
				if property.name == "condition" {
					conditions = append(conditions, property.expr)
				}
			}
		}
	}
	return conditions
}

// allowed returns the values that a condition allows a variable, nil if it allows any or too many.
func allowed(condition hcl.Expression, name string) []string {
	if pattern, ok := patternOf(condition, name); ok {
		return tree.Alternatives(pattern)
	}
	switch e := bareExpression(condition).(type) {
	case *hclsyntax.FunctionCallExpr:
		if e.Name == "contains" && len(e.Args) == 2 && isVariable(bareExpression(e.Args[1]), name) {
			return textsOf(e.Args[0])
		}
	case *hclsyntax.BinaryOpExpr:
		switch e.Op {
		case hclsyntax.OpLogicalOr:
			left, right := allowed(e.LHS, name), allowed(e.RHS, name)
			if left != nil && right != nil {
				return slices.Concat(left, right)
			}
		case hclsyntax.OpEqual:
			if isVariable(bareExpression(e.LHS), name) {
				return textsOf(&hclsyntax.TupleConsExpr{Exprs: []hclsyntax.Expression{e.RHS}})
			}
		}
	}
	return nil
}

// isVariable reports whether an expression is a reference to the whole of a variable.
func isVariable(expr hcl.Expression, name string) bool {
	e, ok := expr.(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(e.Traversal) != 2 || e.Traversal.RootName() != "var" {
		return false
	}
	step, isName := e.Traversal[1].(hcl.TraverseAttr)
	return isName && step.Name == name
}

// textsOf are the elements of a list of constants, nil when it is something else.
func textsOf(list hcl.Expression) []string {
	value, diagnostics := list.Value(nil)
	if diagnostics.HasErrors() || !value.IsWhollyKnown() || value.IsNull() || !value.CanIterateElements() {
		return nil
	}
	var texts []string
	for it := value.ElementIterator(); it.Next(); {
		_, element := it.Element()
		if !isKnownString(element) {
			return nil
		}
		texts = append(texts, element.AsString())
	}
	return texts
}
