package terraform

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// partsOf reads a function whose result consists of parts of its arguments. Evaluated as a whole, one unknown part makes
// the result unknown; read as a tree it leaves the others as they are.
func (s scope) partsOf(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	switch e.Name {
	case "format":
		return s.formatted(e, depth)
	case "formatlist":
		return s.formattedList(e, depth)
	case "distinct", "sort", "reverse", "setunion", "toset":
		return s.concatenated(e, depth) // rules ask for neither order nor duplicates
	case "compact":
		return s.compacted(e, depth)
	case "flatten":
		t, ok := s.concatenated(e, depth)
		return flattened(t, depth), ok
	case "slice":
		return s.sliced(e, depth)
	case "values":
		return s.valuesOf(e, depth)
	case "zipmap":
		return s.zipped(e, depth)
	case "one":
		return s.onlyOf(e, depth)
	case "lookup":
		return s.lookedUp(e, depth)
	case "coalesce", "coalescelist", "try":
		return s.firstOf(e, depth)
	}
	return tree.Tree{}, false
}

// compacted is compact(list): without null and empty strings.
func (s scope) compacted(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	t, ok := s.concatenated(e, depth)
	t.Items = slices.DeleteFunc(slices.Clone(t.Items), func(item tree.Tree) bool { return item.State == tree.StateAbsent || item.Scalar == "" })
	return t, ok
}

// valuesOf is values(map).
func (s scope) valuesOf(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	t := s.treeAt(e.Args[0], depth+1)
	list := tree.Tree{State: t.State, IsList: true, Range: t.Range, Cause: t.Cause, Refs: t.Refs}
	for _, f := range t.Fields {
		list.Items = append(list.Items, f.Tree)
	}
	return list, t.IsMap
}

// onlyOf is one(list) of a list with one element.
func (s scope) onlyOf(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	t := s.treeAt(e.Args[0], depth+1)
	if !t.IsList || t.State != tree.StateKnown || len(t.Items) != 1 {
		return tree.Tree{}, false
	}
	return t.Items[0], true
}

// flattened replaces the lists in a list by their elements.
func flattened(list tree.Tree, depth int) tree.Tree {
	items := list.Items
	list.Items = nil
	for _, item := range items {
		if !item.IsList || depth > maxFollow {
			list.Items = append(list.Items, item)
			continue
		}
		inner := flattened(item, depth+1)
		list.Items = append(list.Items, inner.Items...)
		list.Refs = append(list.Refs, inner.Refs...)
		if inner.State == tree.StateUnknown {
			list.State, list.Cause = tree.StateUnknown, inner.Cause
		}
	}
	return list
}

// sliced is slice(list, start, end).
func (s scope) sliced(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	list := s.treeAt(e.Args[0], depth+1)
	if !list.IsList || list.State != tree.StateKnown || len(e.Args) != 3 {
		return tree.Tree{}, false
	}
	start, okStart := s.index(e.Args[1])
	end, okEnd := s.index(e.Args[2])
	if !okStart || !okEnd || start < 0 || end < start || end > len(list.Items) {
		return tree.Tree{}, false
	}
	list.Items = list.Items[start:end:end]
	return list, true
}

func (s scope) index(expr hclsyntax.Expression) (int, bool) {
	bare, _ := s.value(expr).Unmark()
	n, ok := numberOf(bare)
	if !ok {
		return 0, false
	}
	i, _ := n.AsBigFloat().Int64()
	return int(i), true
}

// zipped is zipmap(keys, values).
func (s scope) zipped(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	if len(e.Args) != 2 {
		return tree.Tree{}, false
	}
	keys, values := s.treeAt(e.Args[0], depth+1), s.treeAt(e.Args[1], depth+1)
	if !keys.IsList || !values.IsList || keys.State != tree.StateKnown || values.State != tree.StateKnown || len(keys.Items) != len(values.Items) {
		return tree.Tree{}, false
	}
	t := tree.Tree{State: tree.StateKnown, IsMap: true, Range: values.Range, Refs: values.Refs, Sensitive: values.Sensitive}
	for i, key := range keys.Items {
		name, ok := key.String()
		switch {
		case !ok:
			t.State, t.Cause = tree.StateUnknown, "a key is unknown"
		case !slices.ContainsFunc(t.Fields, func(f tree.Field) bool { return f.Key == name }):
			t.Fields = append(t.Fields, tree.Field{Key: name, KeyRange: key.Range, Tree: values.Items[i]})
		}
	}
	return t, true
}

// lookedUp is lookup(map, key, default).
func (s scope) lookedUp(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	if len(e.Args) < 2 {
		return tree.Tree{}, false
	}
	from := s.treeAt(e.Args[0], depth+1)
	name, _ := s.value(e.Args[1]).Unmark()
	if !from.IsMap || !isKnownString(name) {
		return tree.Tree{}, false
	}
	for _, f := range from.Fields {
		if f.Key == name.AsString() {
			return f.Tree, true
		}
	}
	if from.State == tree.StateKnown && len(e.Args) > 2 {
		return s.treeAt(e.Args[2], depth+1), true
	}
	return tree.Tree{}, false
}

// firstOf is the first argument that is not null and not empty, for try() the first that can be evaluated. It is false
// when an argument before it may be the one.
func (s scope) firstOf(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	for i, arg := range e.Args {
		value, diagnostics := arg.Value(s.context(arg))
		if diagnostics.HasErrors() {
			if e.Name == "try" {
				continue
			}
			return tree.Tree{}, false
		}
		bare, _ := value.Unmark()
		switch {
		case e.Name == "try":
			t := s.treeAt(arg, depth+1)
			return t, isPlaced(t)
		case !bare.IsKnown() && (i == len(e.Args)-1 || isSet(bare)):
			return s.resultOf(e, arg, depth), true
		case !bare.IsKnown():
			return tree.Tree{}, false
		case isPassedOver(e.Name, bare):
			continue
		}
		t := s.treeAt(arg, depth+1)
		return t, isPlaced(t)
	}
	return tree.Tree{}, false
}

// isPassedOver reports whether coalesce or coalescelist goes on after a known argument.
func isPassedOver(name string, bare cty.Value) bool {
	return bare.IsNull() || bare.Type() == cty.String && bare.AsString() == "" || name == "coalescelist" && bare.LengthInt() == 0
}

// resultOf reads the argument that a call returns. A value without places of its own is located at the call.
func (s scope) resultOf(e *hclsyntax.FunctionCallExpr, arg hcl.Expression, depth int) tree.Tree {
	t := s.treeAt(arg, depth+1)
	if !isPlaced(t) {
		t.Range = rangeOf(e.Range())
	}
	return t
}

// isSet reports whether an unknown string is neither null nor empty.
func isSet(bare cty.Value) bool {
	known := bare.Range()
	return bare.Type() == cty.String && known.DefinitelyNotNull() && known.StringPrefix() != ""
}

// agrees reports whether a tree that is read from parts has the value of the expression, as far as that is known.
func (s scope) agrees(t tree.Tree, expr hcl.Expression) bool {
	value := s.value(expr)
	return !value.IsWhollyKnown() || sameValue(t, s.fromValue(value, rangeOf(expr.Range())))
}

// sameValue reports whether two trees have the same value, wherever it is written.
func sameValue(a, b tree.Tree) bool {
	if a.State != b.State || a.IsMap != b.IsMap || a.IsList != b.IsList || a.Scalar != b.Scalar ||
		len(a.Items) != len(b.Items) || len(a.Fields) != len(b.Fields) {
		return false
	}
	for i := range a.Items {
		if !sameValue(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for _, f := range a.Fields {
		i := slices.IndexFunc(b.Fields, func(g tree.Field) bool { return g.Key == f.Key })
		if i < 0 || !sameValue(f.Tree, b.Fields[i].Tree) {
			return false
		}
	}
	return true
}
