package terraform

import (
	"cmp"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// maxRead is the number of elements of a loop that are read one by one. The value of a longer one is read as a whole and
// stands where it is used.
const maxRead = 256

// loop reads the elements of a for expression one by one, so that they keep their places, and an unknown condition or
// key leaves the other elements known. It is false for groups, for what cannot be iterated, and for long loops.
func (s scope) loop(e *hclsyntax.ForExpr, depth int) (tree.Tree, bool) {
	collection, ok := s.collection(e)
	if !ok {
		return tree.Tree{}, false
	}
	t := tree.Tree{State: tree.StateKnown, IsMap: e.KeyExpr != nil, IsList: e.KeyExpr == nil, Range: rangeOf(e.Range())}
	for it := collection.ElementIterator(); it.Next(); {
		k, v := it.Element()
		in := s.iteration(e, k, v)
		included, why := in.includes(e)
		if !included && why == "" {
			continue
		}
		element := in.treeAt(e.ValExpr, depth+1)
		if element.Decoded != nil {
			element.Maybe = cmp.Or(element.Maybe, why)
		}
		switch {
		case why != "" && element.State != tree.StateUnknown: // else an unknown element stands for one that may be there
			t.State, t.Cause = tree.StateUnknown, why
		case t.IsList:
			t.Items = append(t.Items, element)
		default:
			in.addField(&t, e, element)
		}
	}
	return t, s.agrees(t, e)
}

// collection returns what a loop goes through. It is false for groups, and for what is secret, unknown or too long.
func (s scope) collection(e *hclsyntax.ForExpr) (cty.Value, bool) {
	value, marks := s.value(e.CollExpr).Unmark()
	if _, secret := marks[sensitiveMark{}]; secret || e.Group {
		return value, false
	}
	return value, value.IsKnown() && !value.IsNull() && value.CanIterateElements() && value.LengthInt() <= maxRead
}

// addField adds an element to the map that a loop makes. An unknown key leaves it out. Terraform rejects a key that
// another element has: agrees then finds that the value is none.
func (s scope) addField(t *tree.Tree, e *hclsyntax.ForExpr, element tree.Tree) {
	name, marks := s.value(e.KeyExpr).UnmarkDeep()
	if !isKnownString(name) {
		t.State, t.Cause = tree.StateUnknown, whyUnknown(marks, "a key is unknown")
		return
	}
	t.Fields = append(t.Fields, tree.Field{Key: name.AsString(), KeyRange: rangeOf(e.KeyExpr.Range()), Tree: element})
}

// iteration is the scope of one element of a loop.
func (s scope) iteration(e *hclsyntax.ForExpr, k, v cty.Value) scope {
	in := s
	if e.KeyVar != "" {
		in = in.with(e.KeyVar, k)
	}
	return in.over(e.ValVar, v, origin{in: s, collection: e.CollExpr, key: k, isVariable: true})
}

// includes evaluates the condition of a loop for one element. why is the cause of an unknown outcome.
func (s scope) includes(e *hclsyntax.ForExpr) (included bool, why string) {
	if e.CondExpr == nil {
		return true, ""
	}
	condition, marks := s.value(e.CondExpr).UnmarkDeep()
	if !condition.IsKnown() {
		if outcome, ok := s.decideNull(e.CondExpr); ok {
			return outcome, ""
		}
		return false, whyUnknown(marks, "whether an element is left out is unknown")
	}
	included, _ = knownOutcome(condition)
	return included, ""
}

// withCollection marks an unknown value of a loop with what is known of the collection, which the evaluation of a loop loses.
func (s scope) withCollection(expr hcl.Expression, value cty.Value) cty.Value {
	e, ok := bareExpression(expr).(*hclsyntax.ForExpr)
	if !ok || !isUnknown(value) {
		return value
	}
	collection := s.value(e.CollExpr)
	if !isUnknown(collection) {
		return value
	}
	_, marks := collection.Unmark()
	kept := cty.ValueMarks{}
	for mark := range marks { // any order: it fills a set
		switch mark.(type) {
		case exampleMark, documentMark: // of the collection, not of the elements
		default:
			kept[mark] = struct{}{}
		}
	}
	return value.WithMarks(kept)
}
