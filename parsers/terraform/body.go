package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// isMeta reports whether a name in a block belongs to Terraform and not to the provider.
func isMeta(name string) bool {
	return slices.Contains([]string{
		"count", "for_each", "depends_on", "provider", "lifecycle", "provisioner", "connection",
	}, name)
}

// body turns the inside of a block into a map: an attribute is a field, the nested blocks of
// one kind are a field with a list.
func (s scope) body(b *body, at source.Range) tree.Tree {
	t := tree.Tree{State: tree.StateKnown, IsMap: true, Range: at}
	for _, a := range b.attributes {
		if !isMeta(a.name) {
			t.Fields = append(t.Fields, tree.Field{Key: a.name, KeyRange: a.nameAt, Tree: s.attributeTree(a)})
		}
	}
	for _, nested := range b.blocks {
		switch {
		case isMeta(nested.kind):
		case nested.kind == "dynamic" && len(nested.labels) == 1:
			addItems(&t, nested.nestedKind(), nested.header, s.dynamic(nested)...)
		default:
			addItems(&t, nested.kind, nested.header, s.body(nested.body, nested.header))
		}
	}
	writeOnly(&t)
	slices.SortStableFunc(t.Fields, func(a, b tree.Field) int { return a.KeyRange.Start - b.KeyRange.Start })
	return t
}

// hasAny reports whether a body has an argument or a nested block, also a dynamic one, with one of some names.
func (b *body) hasAny(names []string) bool {
	return slices.ContainsFunc(b.attributes, func(a *attribute) bool { return slices.Contains(names, a.name) }) ||
		slices.ContainsFunc(b.blocks, func(nested *block) bool {
			return slices.Contains(names, nested.kind) || nested.kind == "dynamic" && len(nested.labels) == 1 && slices.Contains(names, nested.nestedKind())
		})
}

// attributeTree reads an attribute. In a block with many instances it is read once, unless it
// says something that differs between them.
func (s scope) attributeTree(a *attribute) tree.Tree {
	if isLabel(a.name) && !s.inLabel {
		return s.label(func() tree.Tree { return s.attributeTree(a) })
	}
	if len(s.names) == 0 {
		return s.tree(a.expr)
	}
	for _, traversal := range a.expr.Variables() {
		if _, own := s.names[traversal.RootName()]; own {
			return s.tree(a.expr)
		}
	}
	t, ok := s.shared[a]
	if !ok {
		asked := s.asked
		if t = s.tree(a.expr); s.asked == asked { // else it is another under another assumption
			s.shared[a] = t
		}
	}
	return t
}

// writeOnly reads a write-only argument x_wo as x. A literal in it is in the configuration like a literal in x; any
// other value is sensitive, because Terraform passes it on and stores it in neither plan nor state
// (https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only).
func writeOnly(t *tree.Tree) {
	for _, f := range slices.Clone(t.Fields) {
		name, ok := strings.CutSuffix(f.Key, "_wo")
		if !ok || f.Tree.State == tree.StateAbsent {
			continue
		}
		if i := slices.IndexFunc(t.Fields, func(g tree.Field) bool { return g.Key == name }); i >= 0 && t.Fields[i].Tree.State != tree.StateAbsent {
			continue
		}
		value := f.Tree
		value.Sensitive = true
		t.Fields = append(slices.DeleteFunc(t.Fields, func(g tree.Field) bool { return g.Key == name }),
			tree.Field{Key: name, KeyRange: f.KeyRange, Tree: value})
	}
}

// addItems adds blocks to the list of their kind.
func addItems(t *tree.Tree, kind string, at source.Range, items ...tree.Tree) {
	i := slices.IndexFunc(t.Fields, func(f tree.Field) bool { return f.Key == kind })
	if i < 0 {
		if len(items) == 0 {
			return // a dynamic block without elements is not there
		}
		i = len(t.Fields)
		t.Fields = append(t.Fields, tree.Field{
			Key: kind, KeyRange: at, Tree: tree.Tree{State: tree.StateKnown, IsList: true, Range: at},
		})
	}
	t.Fields[i].Tree.Items = append(t.Fields[i].Tree.Items, items...)
}

// dynamic unrolls a dynamic block. When its for_each is unknown, it is one block
// that may exist; what is literal in it stays known.
func (s scope) dynamic(b *block) []tree.Tree {
	iterator := b.labels[0]
	if a := b.body.get("iterator"); a != nil {
		iterator = hcl.ExprAsKeyword(a.expr)
		if name, diagnostics := a.expr.Value(nil); !diagnostics.HasErrors() && isKnownString(name) {
			iterator = name.AsString() // in JSON it is a string
		}
	}
	var content *block
	for _, nested := range b.body.blocks {
		if nested.kind == "content" {
			content = nested
		}
	}
	over := b.body.get("for_each")
	if content == nil || over == nil {
		return nil
	}
	var items []tree.Tree
	from := over.expr
	keys := s.elements(b.header, s.branchValue(from))
	if parts, ok := s.repeatedFor(keys, from); ok {
		keys, from = parts, nil
	}
	sets := &setMemo{}
	for _, k := range keys {
		if !s.meter.take(b.header, elementSteps) {
			return append(items, tree.Unknown(b.header, tooMuch))
		}
		inner := s.over(iterator, cty.ObjectVal(map[string]cty.Value{"key": k.value, "value": k.each}), origin{in: s, collection: from, key: k.value, sets: sets})
		item := inner.body(content.body, b.header)
		if k.unknown != "" {
			item.Maybe = k.unknown
		}
		items = append(items, item)
	}
	return items
}

// elements are what a dynamic block is repeated for: unlike for_each of a resource also a list.
func (s scope) elements(at source.Range, collection cty.Value) []key {
	bare, marks := collection.Unmark()
	if !bare.IsKnown() || bare.IsNull() || !bare.CanIterateElements() ||
		!bare.Type().IsListType() && !bare.Type().IsTupleType() {
		return s.forEach(at, collection)
	}
	var keys []key
	for it := bare.ElementIterator(); it.Next(); {
		k, v := it.Element()
		if len(keys) == maxInstances {
			s.problem(at, "for_each has more than %d elements; only the first are checked", maxInstances)
			break
		}
		keys = append(keys, key{value: k, each: v.WithMarks(refsOnly(marks))})
	}
	return keys
}
