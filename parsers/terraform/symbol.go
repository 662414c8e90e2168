package terraform

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/tree"
)

// symbol returns the symbol of the unknown value of an expression: the address of what it refers to. It is empty for any
// other expression, and for names that mean something else in each instance of a block.
func (s scope) symbol(expr hcl.Expression) string {
	e, ok := expr.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return ""
	}
	root := e.Traversal.RootName()
	steps, ok := stepsOf(e.Traversal[1:])
	if _, shadowed := s.names[root]; shadowed || !ok || len(steps) == 0 {
		return ""
	}
	switch root {
	case "each", "count", "self":
		return ""
	}
	for _, step := range steps {
		if strings.ContainsAny(step, ".{}") { // two addresses could read alike
			return ""
		}
	}
	return tree.Symbol(s.address + root + "." + strings.Join(steps, "."))
}
