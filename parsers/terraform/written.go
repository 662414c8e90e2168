package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/source"
)

// written returns where the value of an expression is written as a literal: the expression itself, or the literal
// that references lead to through local values, defaults of variables, files of values, arguments of module calls
// and outputs. steps are the attributes that are taken from it. It is zero for a value that is computed, for one that
// no file of the user sets (third-party modules, the command line) and for a text in a file of another language.
func (s scope) written(expr hcl.Expression, steps []string, depth int) source.Range {
	if depth > maxFollow {
		return source.Range{}
	}
	switch e := expr.(type) {
	case *metered:
		return s.written(e.Expression, steps, depth+1)
	case *hclsyntax.ParenthesesExpr:
		return s.written(e.Expression, steps, depth+1)
	case *hclsyntax.TemplateWrapExpr:
		return s.written(e.Wrapped, steps, depth+1)
	case *hclsyntax.ScopeTraversalExpr:
		names, ok := s.namesOf(e.Traversal)
		if !ok {
			return source.Range{}
		}
		in, definition, rest := s.setting(e.Traversal.RootName(), names)
		if definition == nil {
			return source.Range{}
		}
		return in.written(definition, slices.Concat(rest, steps), depth+1)
	}
	if len(steps) > 0 {
		return s.writtenIn(expr, steps, depth)
	}
	if at := rangeOf(expr.Range()); isLiteral(expr) && s.canEdit(at.Path) {
		return at
	}
	return source.Range{}
}

// canEdit reports whether a file is the user's own and written in Terraform's language.
func (s scope) canEdit(name string) bool {
	syntax := source.SyntaxOf(name)
	return s.foreign.IsZero() && (syntax.IsModule() || syntax.IsValues())
}

// writtenIn is written of an attribute of an object. Of equal keys the last one counts.
func (s scope) writtenIn(object hcl.Expression, steps []string, depth int) source.Range {
	pairs, diagnostics := hcl.ExprMap(object)
	if diagnostics.HasErrors() {
		return source.Range{}
	}
	for _, pair := range slices.Backward(pairs) {
		key, _ := s.value(pair.Key).UnmarkDeep()
		switch {
		case !isKnownString(key):
			return source.Range{} // it may be the one
		case key.AsString() == steps[0]:
			return s.written(pair.Value, steps[1:], depth+1)
		}
	}
	return source.Range{}
}

// setting is definition, and finds also the values of the root module's variables in files of values.
func (s scope) setting(root string, names []string) (scope, hcl.Expression, []string) {
	if root == "var" && s.call == nil {
		if _, isFlag := s.options.Variables[names[0]]; isFlag {
			return scope{}, nil, nil
		}
		if a := s.config.values[names[0]]; a != nil {
			return scope{instance: s.instance}, a.expr, names[1:]
		}
	}
	return s.definition(root, names)
}

// isLiteral reports whether an expression stands for a single value as it is written, in either syntax.
func isLiteral(expr hcl.Expression) bool {
	switch e := expr.(type) {
	case *hclsyntax.LiteralValueExpr:
		return true
	case *hclsyntax.TemplateExpr:
		return !slices.ContainsFunc(e.Parts, func(part hclsyntax.Expression) bool {
			_, ok := part.(*hclsyntax.LiteralValueExpr)
			return !ok
		})
	case hclsyntax.Expression:
		return false
	}
	_, list := hcl.ExprList(expr)
	_, object := hcl.ExprMap(expr)
	return list.HasErrors() && object.HasErrors() && len(expr.Variables()) == 0
}
