package terraform

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// repeatedFor returns the elements of a collection whose value is unknown and whose parts are known, such as a loop that
// leaves out some documents. keys are those of the value. It is false if the value or no part is known.
func (s scope) repeatedFor(keys []key, collection hcl.Expression) ([]key, bool) {
	i := slices.IndexFunc(keys, func(k key) bool { return k.unknown != "" })
	if i < 0 {
		return nil, false
	}
	if _, marks := s.value(collection).Unmark(); isSecret(marks) {
		return nil, false
	}
	t := s.tree(collection)
	if !t.IsList && !t.IsMap || len(t.Items)+len(t.Fields) == 0 || len(t.Items)+len(t.Fields) > maxRead {
		return nil, false
	}
	at := t.Range
	prefix := fmt.Sprintf("%selement of %s:%d ", s.address, at.Path, at.Start)
	var parts []key
	for n, item := range t.Items {
		parts = append(parts, key{value: cty.NumberIntVal(int64(n)), each: s.elementValue(item, fmt.Sprint(prefix, n)), unknown: item.Maybe})
	}
	for _, f := range t.Fields {
		parts = append(parts, key{value: cty.StringVal(f.Key), each: s.elementValue(f.Tree, prefix+f.Key), unknown: f.Tree.Maybe})
	}
	if t.State == tree.StateUnknown { // there may be others
		parts = append(parts, keys[i])
	}
	return parts, true
}

func isSecret(marks cty.ValueMarks) bool {
	_, secret := marks[sensitiveMark{}]
	return secret
}

// elementValue is the value of an element that was read as a tree. A document keeps its content under the name.
func (s scope) elementValue(t tree.Tree, name string) cty.Value {
	value := unknown(t.Cause)
	switch {
	case t.Decoded != nil:
		read := t
		read.Maybe = ""
		s.documents[name] = documentAt{read: &read}
		value = cty.UnknownVal(cty.String).Mark(documentMark{name}).Mark(causeMark{t.Cause})
	case t.State == tree.StateAbsent:
		value = cty.NullVal(cty.DynamicPseudoType)
	case t.State == tree.StateKnown && t.IsMap:
		fields := map[string]cty.Value{}
		for _, f := range t.Fields {
			fields[f.Key] = s.elementValue(f.Tree, name+"."+f.Key)
		}
		return cty.ObjectVal(fields)
	case t.State == tree.StateKnown && t.IsList:
		items := make([]cty.Value, 0, len(t.Items))
		for i, item := range t.Items {
			items = append(items, s.elementValue(item, fmt.Sprint(name, "[", i, "]")))
		}
		return cty.TupleVal(items)
	case t.State == tree.StateKnown:
		value = scalarValue(t.Scalar)
	}
	for _, id := range t.Refs {
		value = value.Mark(refMark{id})
	}
	if t.Sensitive {
		value = value.Mark(sensitiveMark{})
	}
	return value
}

func scalarValue(scalar any) cty.Value {
	switch x := scalar.(type) {
	case string:
		return cty.StringVal(x)
	case bool:
		return cty.BoolVal(x)
	case int:
		return cty.NumberIntVal(int64(x))
	case float64:
		return cty.NumberFloatVal(x)
	}
	return cty.DynamicVal
}

// decideNull decides a comparison of a loop variable with null: the branches of the element that the variable stands for
// tell which of the outcomes of their conditions make it null.
func (s scope) decideNull(expr hcl.Expression) (outcome, ok bool) {
	e, isOperator := bareExpression(expr).(*hclsyntax.BinaryOpExpr)
	if !isOperator || e.Op != hclsyntax.OpEqual && e.Op != hclsyntax.OpNotEqual {
		return false, false
	}
	in, written := s.comparedWithNull(e)
	if _, isChoice := written.(*hclsyntax.ConditionalExpr); !isChoice {
		return false, false
	}
	in, taken := in.branchOf(written, 0)
	value, _ := in.value(taken).Unmark()
	switch {
	case isNull(value):
		return e.Op == hclsyntax.OpEqual, true
	case value.Range().DefinitelyNotNull():
		return e.Op == hclsyntax.OpNotEqual, true
	}
	return false, false
}

// comparedWithNull returns the expression of the element that a loop compares with null; nil if it cannot be followed.
func (s scope) comparedWithNull(e *hclsyntax.BinaryOpExpr) (scope, hcl.Expression) {
	subject := e.LHS
	if !isNull(s.value(e.RHS)) {
		if subject = e.RHS; !isNull(s.value(e.LHS)) {
			return scope{}, nil
		}
	}
	name, isName := bareExpression(subject).(*hclsyntax.ScopeTraversalExpr)
	if !isName || len(name.Traversal) != 1 {
		return scope{}, nil
	}
	from, isElement := s.origins[name.Traversal.RootName()]
	if !isElement || !from.isVariable {
		return scope{}, nil
	}
	return from.written()
}

// written returns the expression of the element; nil if it cannot be followed.
func (o origin) written() (scope, hcl.Expression) {
	step, known := stepOf(o.key)
	if !known || o.collection == nil {
		return scope{}, nil
	}
	in, collection := o.in.branchOf(o.collection, 0)
	e, ok := in.elementsWithin(bareExpression(collection))[step]
	if !ok || e.whole {
		return scope{}, nil
	}
	return e.in, bareExpression(e.expr)
}
