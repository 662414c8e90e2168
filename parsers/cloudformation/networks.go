package cloudformation

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// networkUses adds to the stack what refers to security groups and subnets in a template and in the stacks nested in it.
// Most of it has types that the model does not know, so it is not evaluated.
func (b *builder) networkUses() {
	for _, f := range b.section("Resources").entries {
		if b.ctx.Err() != nil {
			return
		}
		kind, _ := f.value.get("Type").text()
		if _, isModule := moduleOf(f.value); isModule || nestedLocation(kind) != "" {
			children := b.nested(f.key)
			for _, child := range children {
				inner := builder{ctx: b.ctx, template: child, stack: b.stack, origins: b.origins, pending: b.pending}
				inner.networkUses()
			}
			if len(children) > 0 {
				continue
			}
		}
		if model.IsNetworkUse(kind) {
			b.networkUse(f, f.key, kind, f.value.get("Properties"))
		}
	}
	for _, f := range b.section("Outputs").entries {
		if b.prefix == "" || f.value.get("Export") != nil {
			b.networkUse(f, "Outputs."+f.key, "output", f.value.get("Value"))
		}
	}
}

// networkUse adds a resource or an output if it refers to security groups or subnets.
func (b *builder) networkUse(f expandedField, id, kind string, written *node) {
	found := map[string]bool{}
	var ids []string
	b.inNetworks(f.in, written, func(id string) {
		if !found[id] {
			found[id] = true
			ids = append(ids, id)
		}
	})
	if len(ids) > 0 {
		b.stack.AddNetworkUse(model.Resource{
			Block: model.NewBlock(f.keyAt), ID: b.prefix + id, Type: kind, Lineage: source.Lineage{Via: b.via},
		}, ids)
	}
}

// inNetworks calls add with the ids of the security groups and subnets that a node refers to.
func (b *builder) inNetworks(in *resolver, n *node, add func(id string)) {
	if n == nil {
		return
	}
	if function, argument, ok := intrinsic(n); ok {
		for _, name := range namesIn(function, argument) {
			b.named(in, name, n, add)
		}
		if function != "Ref" && function != "GetAtt" {
			b.inNetworks(in, argument, add)
		}
		return
	}
	for _, item := range n.items {
		b.inNetworks(in, item, add)
	}
	for _, f := range n.fields {
		b.inNetworks(in, f.value, add)
	}
}

// namesIn returns the names to which Ref, Fn::GetAtt or Fn::Sub refers with a literal argument.
func namesIn(function string, argument *node) []string {
	text, isText := argument.text()
	if !isText && len(argument.items) > 0 {
		text, _ = argument.items[0].text()
	}
	switch function {
	case "Ref", "GetAtt":
		return []string{text}
	case "Sub":
		var names []string
		_, rest, more := strings.Cut(text, "${")
		for more {
			name, after, _ := strings.Cut(rest, "}")
			names = append(names, name)
			_, rest, more = strings.Cut(after, "${")
		}
		return names
	}
	return nil
}

// named calls add with what a name refers to: a security group or subnet, or one that a parameter or the output of a nested
// stack refers to. n is what refers to it.
func (b *builder) named(in *resolver, name string, n *node, add func(id string)) {
	id, _, _ := strings.Cut(strings.TrimSpace(name), ".")
	kind, _ := b.template.resource(id).get("Type").text()
	var refs func(t tree.Tree)
	refs = func(t tree.Tree) {
		for _, ref := range t.Refs {
			add(ref)
		}
		for _, item := range t.Items {
			refs(item)
		}
	}
	switch given, isGiven := b.given[id]; {
	case model.IsUsedInNetwork(kind):
		add(b.prefix + id)
	case isGiven:
		refs(given)
	case nestedLocation(kind) != "":
		refs(in.tree(n))
	}
}
