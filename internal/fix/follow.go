package fix

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
)

// follow returns the place of the literal behind an expression: the expression itself, or the place that the parser
// found.
func (t *terraform) follow(e hclsyntax.Expression) (source.Range, error) {
	at := rangeOf(e.Range())
	if isLiteral(e) {
		return at, nil
	}
	if written, ok := t.f.Uses.Written(at); ok {
		return written, nil
	}
	if root, name, ok := reference(e); ok {
		if root == "var" {
			return at, refusef("the value of var.%s is set where lintel cannot edit it", name)
		}
		return at, refusef("its value comes from %s.%s", root, name)
	}
	return at, refusef("its value is computed: %s", excerpt(t.file, at))
}

// isLiteral reports whether an expression is a literal.
func isLiteral(e hclsyntax.Expression) bool {
	switch x := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return true
	case *hclsyntax.ParenthesesExpr:
		return isLiteral(x.Expression)
	case *hclsyntax.TemplateExpr:
		return !slices.ContainsFunc(x.Parts, func(p hclsyntax.Expression) bool { return !isLiteral(p) })
	}
	return false
}

// reference returns the two names of var.NAME, local.NAME and similar references.
func reference(e hclsyntax.Expression) (root, name string, ok bool) {
	x, ok := e.(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(x.Traversal) != 2 {
		return "", "", false
	}
	step, ok := x.Traversal[1].(hcl.TraverseAttr)
	return x.Traversal.RootName(), step.Name, ok
}

// edit replaces the text at a place, in the syntax of its file.
func (t *terraform) edit(at source.Range, value finding.FixValue) ([]source.Edit, error) {
	if source.SyntaxOf(at.Path).IsJSON() {
		if value.Literal == nil {
			return nil, refusef("the value cannot be written in %s", at.Path)
		}
		return []source.Edit{{Range: at, Text: yamltext.Quoted(value.Literal)}}, nil
	}
	text, more, err := t.render(value)
	if err != nil {
		return nil, err
	}
	return append([]source.Edit{{Range: at, Text: text}}, more...), nil
}

// render writes a value as an expression, and returns the edits that declare the data source it needs.
func (t *terraform) render(v finding.FixValue) (text string, more []source.Edit, err error) {
	switch {
	case v.Only != nil:
		text, err = t.only(*v.Only)
		return text, nil, err
	case v.Terraform != "":
		return t.declared(v.Terraform)
	case v.Literal == nil:
		return "", nil, notMeant
	}
	return literalHCL(v.Literal), nil, nil
}

// literalHCL writes a string, number or boolean in the native syntax of HCL.
func literalHCL(value any) string {
	if s, ok := value.(string); ok {
		return string(hclwrite.TokensForValue(cty.StringVal(s)).Bytes())
	}
	return fmt.Sprint(value)
}
