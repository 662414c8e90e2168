package terraform

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/tree"
)

// symbol returns the symbol of the unknown value of an expression: the address of what it refers to, the text that format()
// makes of such values, or a function that changes one. It is empty for any other expression.
func (s scope) symbol(expr hcl.Expression, depth int) string {
	switch e := expr.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		return s.symbolOfName(e.Traversal)
	case *hclsyntax.FunctionCallExpr:
		switch {
		case e.ExpandFinal || len(e.Args) == 0:
		case e.Name == "format":
			return s.symbolOfFormat(e, depth)
		case changesText(e.Name):
			return s.symbolOfCall(e, depth)
		}
	}
	return ""
}

// symbolOfName is empty for names that mean something else in each instance of a block.
func (s scope) symbolOfName(traversal hcl.Traversal) string {
	root := traversal.RootName()
	steps, ok := stepsOf(traversal[1:])
	if _, shadowed := s.names[root]; shadowed || !ok || len(steps) == 0 || slices.Contains([]string{"each", "count", "self"}, root) {
		return ""
	}
	for _, step := range steps {
		if strings.ContainsAny(step, ".{}") { // two addresses could read alike
			return ""
		}
	}
	return tree.Symbol(s.address + root + "." + strings.Join(steps, "."))
}

// symbolOfFormat is empty for texts with other verbs than %s.
func (s scope) symbolOfFormat(e *hclsyntax.FunctionCallExpr, depth int) string {
	pattern, _ := s.value(e.Args[0]).Unmark()
	if !isKnownString(pattern) {
		return ""
	}
	texts := strings.Split(pattern.AsString(), "%s")
	if len(texts) != len(e.Args) || strings.Contains(strings.Join(texts, ""), "%") {
		return ""
	}
	asked, open := s.asked, s.open
	defer func() { s.asked, s.open = asked, open }() // the value of the call depends on no condition
	pieces := []tree.Tree{{State: tree.StateKnown, Scalar: texts[0]}}
	for i, arg := range e.Args[1:] {
		piece := s.treeAt(arg, depth+1)
		if _, isText := piece.String(); !isText && piece.Symbol == "" {
			return ""
		}
		pieces = append(pieces, piece, tree.Tree{State: tree.StateKnown, Scalar: texts[i+1]})
	}
	if s.asked != asked {
		return ""
	}
	return tree.Concat(rangeOf(e.Range()), pieces...).Symbol
}

// symbolOfCall is the function with the symbols of its arguments: equal arguments have equal results.
func (s scope) symbolOfCall(e *hclsyntax.FunctionCallExpr, depth int) string {
	asked, open := s.asked, s.open
	defer func() { s.asked, s.open = asked, open }() // the value of the call depends on no condition
	arguments := make([]string, len(e.Args))
	for i, arg := range e.Args {
		read := s.treeAt(arg, depth+1)
		switch {
		case read.State == tree.StateKnown && read.Scalar != nil:
			arguments[i] = fmt.Sprintf("%q", fmt.Sprint(read.Scalar))
		case read.State == tree.StateUnknown && read.Symbol != "":
			arguments[i] = read.Symbol
		default:
			return ""
		}
	}
	if s.asked != asked {
		return ""
	}
	call := e.Name + "(" + strings.Join(arguments, ",") + ")"
	if len(call) > tree.MaxSymbol {
		return ""
	}
	return tree.Symbol(strings.NewReplacer("${", "<", "{", "<", "}", ">").Replace(call))
}
