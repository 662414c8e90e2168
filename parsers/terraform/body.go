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
	var fields fieldList
	if len(b.attributes) > 0 {
		fields.all = make([]tree.Field, 0, len(b.attributes))
	}
	for _, a := range b.attributes {
		if !isMeta(a.name) {
			fields.add(tree.Field{Key: a.name, KeyRange: a.nameAt, Tree: s.attributeTree(a)})
		}
	}
	for _, nested := range b.blocks {
		switch {
		case isMeta(nested.kind):
		case nested.kind == "dynamic" && len(nested.labels) == 1:
			fields.addItems(nested.nestedKind(), nested.header, s.dynamic(nested)...)
		default:
			fields.addItems(nested.kind, nested.header, s.body(nested.body, nested.header))
		}
	}
	fields.writeOnly()
	slices.SortStableFunc(fields.all, func(a, b tree.Field) int { return a.KeyRange.Start - b.KeyRange.Start })
	return tree.Tree{State: tree.StateKnown, IsMap: true, Range: at, Fields: fields.all}
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
func (l *fieldList) writeOnly() {
	var own []int
	for i := range l.all {
		if f := &l.all[i]; strings.HasSuffix(f.Key, "_wo") && f.Tree.State != tree.StateAbsent {
			own = append(own, i)
		}
	}
	l.all = slices.Grow(l.all, len(own))
	for _, i := range own {
		f := l.all[i]
		f.Key, f.Tree.Sensitive = strings.TrimSuffix(f.Key, "_wo"), true
		other, isWritten := l.index(f.Key)
		switch {
		case !isWritten:
			l.add(f)
		case l.all[other].Tree.State == tree.StateAbsent:
			l.all[other] = f
		}
	}
}

// fieldList are the fields of a body, of which there can be very many.
type fieldList struct {
	all []tree.Field
	at  map[string]int // indices of the first ones by key; nil: not asked for yet
}

func (l *fieldList) add(f tree.Field) {
	if _, known := l.at[f.Key]; l.at != nil && !known {
		l.at[f.Key] = len(l.all)
	}
	l.all = append(l.all, f)
}

// index returns the index of the first field with a key.
func (l *fieldList) index(key string) (int, bool) {
	if l.at == nil {
		l.at = make(map[string]int, len(l.all)+1)
		for i := range l.all {
			if _, known := l.at[l.all[i].Key]; !known {
				l.at[l.all[i].Key] = i
			}
		}
	}
	i, ok := l.at[key]
	return i, ok
}

// addItems adds blocks to the list of their kind.
func (l *fieldList) addItems(kind string, at source.Range, items ...tree.Tree) {
	i, ok := l.index(kind)
	if !ok {
		if len(items) == 0 {
			return // a dynamic block without elements is not there
		}
		i = len(l.all)
		l.add(tree.Field{Key: kind, KeyRange: at, Tree: tree.Tree{State: tree.StateKnown, IsList: true, Range: at}})
	}
	l.all[i].Tree.Items = append(l.all[i].Tree.Items, items...)
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
