package terraform

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// ofOne returns an unknown value without the mark of a pattern if the attribute that the expression takes is for the
// name, ID or ARN of one thing: var.queue.arn is no wildcard.
func ofOne(expr hcl.Expression, value cty.Value) cty.Value {
	bare, marks := value.Unmark()
	if _, isPattern := marks[patternMark{}]; !isPattern || !takes(expr, tree.NamesOne, 0) {
		return value
	}
	kept := maps.Clone(marks)
	delete(kept, patternMark{})
	return bare.WithMarks(kept)
}

// takes reports whether an expression takes an attribute with one of some names from a value, or a list of such attributes.
func takes(expr hcl.Expression, names func(string) bool, depth int) bool {
	if depth > maxFollow {
		return false
	}
	switch e := bareExpression(expr).(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return endsIn(e.Traversal[1:], names)
	case *hclsyntax.RelativeTraversalExpr:
		return endsIn(e.Traversal, names)
	case *hclsyntax.IndexExpr:
		key, ok := bareExpression(e.Key).(*hclsyntax.TemplateExpr)
		return ok && key.IsStringLiteral() && names(literalText(key))
	case *hclsyntax.SplatExpr:
		return takes(e.Each, names, depth+1)
	case *hclsyntax.ForExpr:
		return e.KeyExpr == nil && takes(e.ValExpr, names, depth+1)
	}
	return false
}

func literalText(e *hclsyntax.TemplateExpr) string {
	value, _ := e.Value(nil)
	return value.AsString()
}

func endsIn(traversal hcl.Traversal, names func(string) bool) bool {
	if len(traversal) == 0 {
		return false
	}
	switch step := traversal[len(traversal)-1].(type) {
	case hcl.TraverseAttr:
		return names(step.Name)
	case hcl.TraverseIndex:
		return isKnownString(step.Key) && names(step.Key.AsString())
	}
	return false
}

// ofState returns an unknown value with the mark of another deployment if an expression takes the ARN or ID of a resource from its state.
func ofState(expr hcl.Expression, value cty.Value) cty.Value {
	bare, marks := value.Unmark()
	if _, isState := marks[sourceMark{"data.terraform_remote_state.outputs"}]; !isState || bare.IsKnown() || !takes(expr, tree.NamesResources, 0) {
		return value
	}
	return value.Mark(outsideMark{})
}
