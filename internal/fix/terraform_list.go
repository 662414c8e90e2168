package fix

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/finding"
	"lintel/internal/source"
)

func (t *terraform) add(attribute string, item finding.FixValue) ([]source.Edit, error) {
	text, more, err := t.render(item)
	if err != nil {
		return nil, err
	}
	e := expression(t.body, t.f.Range)
	if attribute != "" || e == nil {
		found, missing, err := t.list(attribute)
		if err != nil {
			return nil, err
		}
		if found == nil {
			missing.Text = strings.Replace(missing.Text, "[]", "["+text+"]", 1)
			return append([]source.Edit{missing}, more...), nil
		}
		e = found
	}
	at := rangeOf(e.Range())
	if list := listOf(t.body, at); list != nil {
		e, at = list, rangeOf(list.Range())
	}
	switch x := e.(type) {
	case *hclsyntax.TupleConsExpr:
		if len(x.Exprs) == 0 {
			return append([]source.Edit{{Range: at, Text: "[" + text + "]"}}, more...), nil
		}
		last := rangeOf(x.Exprs[len(x.Exprs)-1].Range())
		separator := ", "
		if line := source.LineStart(t.file.Content, last.Start); strings.TrimSpace(string(t.file.Content[line:last.Start])) == "" {
			separator = ",\n" + source.Indent(t.file.Content, last.Start)
		}
		return append([]source.Edit{source.Insertion(t.file.Path, last.End, separator+text)}, more...), nil
	case *hclsyntax.TemplateExpr:
		return append([]source.Edit{{Range: at, Text: "[" + t.file.Text(at) + ", " + text + "]"}}, more...), nil
	}
	return nil, refusef("the list is computed: %s", excerpt(t.file, at))
}

// list returns the expression at a path of the model, or the edit that writes an empty list there.
func (t *terraform) list(attribute string) (hclsyntax.Expression, source.Edit, error) {
	b, at, err := t.locate(attribute)
	if err != nil {
		return nil, source.Edit{}, err
	}
	found, left := find(b.Body, at)
	switch {
	case found.attribute != nil:
		return found.attribute.Expr, source.Edit{}, nil
	case len(left) == 0:
		return nil, source.Edit{}, refusef("%s is written as a block", attribute)
	}
	inserted, err := t.insert(found.body, left, "[]")
	return nil, inserted, err
}

// listOf returns the list with an item at a range.
func listOf(body *hclsyntax.Body, item source.Range) *hclsyntax.TupleConsExpr {
	var found *hclsyntax.TupleConsExpr
	_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		if list, ok := node.(*hclsyntax.TupleConsExpr); ok &&
			slices.ContainsFunc(list.Exprs, func(e hclsyntax.Expression) bool { return rangeOf(e.Range()) == item }) {
			found = list
		}
		return nil
	})
	return found
}

func (t *terraform) append(text string) ([]source.Edit, error) {
	e := expression(t.body, t.f.Range)
	if e == nil {
		return nil, refusef("its value is not a single expression in %s", t.file.Path)
	}
	switch x := e.(type) {
	case *hclsyntax.TemplateExpr:
		if at := rangeOf(x.Range()); t.file.Content[at.End-1] == '"' {
			return []source.Edit{source.Insertion(at.Path, at.End-1, text)}, nil
		}
	case *hclsyntax.ScopeTraversalExpr, *hclsyntax.IndexExpr, *hclsyntax.RelativeTraversalExpr:
		at := rangeOf(e.Range())
		return []source.Edit{{Range: at, Text: `"${` + t.file.Text(at) + "}" + text + `"`}}, nil
	}
	return nil, refusef("its value is computed: %s", excerpt(t.file, rangeOf(e.Range())))
}

func (t *terraform) remove(attribute string, how finding.Removal) ([]source.Edit, error) {
	if attribute != "" {
		return nil, notMeant // no rule needs it in this language
	}
	whole, others := t.entry()
	if call := positional(t.body, whole); !call.IsZero() {
		return nil, refusef("it is not an entry or item of its own: %s", excerpt(t.file, call))
	}
	switch {
	case whole.IsZero():
		return nil, refusef("it is not an entry or item of its own: %s", excerpt(t.file, t.f.Range))
	case others == 0 && how == finding.RemoveOneOf:
		return nil, refusef("it is the only item, so the list requires a decision")
	case others == 0:
		whole = t.emptied(whole)
	}
	return source.Cut(t.file.Content, whole, false), nil
}

// positional returns the call of a function in whose arguments an item is, zero if there is none or if the function passes
// its items on whatever their positions.
func positional(body *hclsyntax.Body, item source.Range) source.Range {
	passOn := []string{"compact", "concat", "distinct", "flatten", "jsonencode", "merge", "nonsensitive", "sensitive", "setunion", "sort", "tolist", "tomap", "toset"}
	var found source.Range
	_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		call, ok := node.(*hclsyntax.FunctionCallExpr)
		if ok && !item.IsZero() && !slices.Contains(passOn, call.Name) && rangeOf(call.Range()).Contains(item) {
			found = rangeOf(call.Range())
		}
		return nil
	})
	return found
}

// emptied returns the range of the attribute or block that becomes empty without its only item, in a resource. In a
// local value or a default the empty object stays, because other expressions refer to it.
func (t *terraform) emptied(item source.Range) source.Range {
	for _, b := range t.body.Blocks {
		if b.Type == "resource" {
			for _, inner := range b.Body.Blocks {
				if whole := only(inner, item); !whole.IsZero() {
					return whole
				}
			}
		}
	}
	return item
}

// only returns the attribute of a block whose object has no other item, or the block if it has no other attribute.
func only(b *hclsyntax.Block, item source.Range) source.Range {
	for _, a := range b.Body.Attributes { // any order: one is at the offset
		object, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
		switch {
		case !ok || len(object.Items) != 1 || rangeOf(object.Items[0].KeyExpr.Range()).Start != item.Start:
		case len(b.Body.Attributes) == 1 && len(b.Body.Blocks) == 0:
			whole := rangeOf(b.TypeRange)
			whole.End = b.CloseBraceRange.End.Byte
			return whole
		default:
			return rangeOf(a.SrcRange)
		}
	}
	return source.Range{}
}

// entry returns the item of an object or of a list that the finding is about, and the number of other items. It is zero
// if the value is not an item: part of a computed value, or a whole attribute.
func (t *terraform) entry() (whole source.Range, others int) {
	value := t.f.Range
	_ = hclsyntax.VisitAll(t.body, func(node hclsyntax.Node) hcl.Diagnostics {
		switch n := node.(type) {
		case *hclsyntax.ObjectConsExpr:
			for _, item := range n.Items {
				if rangeOf(item.ValueExpr.Range()) == value && isKey(t.f, hcl.ExprAsKeyword(item.KeyExpr)+literalKey(item.KeyExpr)) {
					whole, others = rangeOf(item.KeyExpr.Range()), len(n.Items)-1
					whole.End = value.End
				}
			}
		case *hclsyntax.TupleConsExpr:
			if slices.ContainsFunc(n.Exprs, func(e hclsyntax.Expression) bool { return rangeOf(e.Range()) == value }) {
				whole, others = value, len(n.Exprs)-1
			}
		}
		return nil
	})
	return whole, others
}

// literalKey returns the value of a quoted key, empty for other keys.
func literalKey(e hclsyntax.Expression) string {
	if key, ok := e.(*hclsyntax.ObjectConsKeyExpr); ok {
		e = key.Wrapped
	}
	text, _ := literalText(e)
	return text
}
