package terraform

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/model"
	"lintel/internal/source"
)

// networkReader looks for what refers to security groups and subnets in one module.
type networkReader struct {
	*instance
	known map[string][]string // what names refer to; one is often written in many places
}

// networkUses adds to a stack what refers to the security groups and subnets of a module and of those that it calls. Most of
// it has types that the model does not know, so it is not evaluated.
func (r reader) networkUses(m *instance, stack *model.Stack) {
	in := networkReader{m, map[string][]string{}}
	add := func(id, kind string, b *block) {
		if ids := in.body(b.body); len(ids) > 0 {
			stack.AddNetworkUse(model.Resource{
				Block: model.NewBlock(b.header), ID: m.address + id, Type: kind, Lineage: source.Lineage{Via: m.via}, Caller: m.thirdParty,
			}, ids)
		}
	}
	for _, declared := range m.config.order {
		if r.ctx.Err() != nil || m.budget < 0 {
			return
		}
		switch declared.kind {
		case "module":
			if !r.networkUsesOf(m.children(declared.labels[0], declared), stack) {
				add("module."+declared.labels[0], "module", declared)
			}
		case "resource":
			if kind := declared.labels[0]; model.IsNetworkUse(kind) {
				add(kind+"."+declared.labels[1], kind, declared)
			}
		case "data":
			add("data."+declared.labels[0]+"."+declared.labels[1], "data."+declared.labels[0], declared)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.config.outputs)) {
		if m.call == nil { // else what refers to the output is found
			add("output."+name, "output", m.config.outputs[name])
		}
	}
}

// networkUsesOf does the same for called modules. It is false if there are none.
func (r reader) networkUsesOf(called []child, stack *model.Stack) bool {
	for _, c := range called {
		r.networkUses(c.instance, stack)
	}
	return len(called) > 0
}

// body returns the addresses of the security groups and subnets that the expressions in a body refer to, without the keys
// of instances.
func (m networkReader) body(b *body) []string {
	found := map[string]bool{}
	for _, a := range b.attributes {
		if a.name == "depends_on" || a.name == "provider" || a.name == "lifecycle" {
			continue
		}
		for _, traversal := range a.expr.Variables() {
			for _, id := range m.behind(traversal) {
				found[id] = true
			}
		}
	}
	for _, nested := range b.blocks {
		for _, id := range m.body(nested.body) {
			found[id] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// behind returns the addresses of the security groups and subnets that a name refers to: itself, or through a variable, a
// local value or an output.
func (m networkReader) behind(name hcl.Traversal) []string {
	switch root := name.RootName(); root {
	case "var", "local", "module":
		if root == "var" && m.call == nil {
			return nil
		}
		steps, ok := stepsOf(name[1:])
		if !ok {
			return m.marked(name)
		}
		key := strings.Join(append([]string{root}, steps...), ".")
		ids, ok := m.known[key]
		if !ok {
			ids = m.marked(name)
			m.known[key] = ids
		}
		return ids
	default:
		if len(name) < 2 || !model.IsUsedInNetwork(root) { //nolint:mnd // the type and the name
			return nil
		}
		step, ok := name[1].(hcl.TraverseAttr)
		if !ok {
			return nil
		}
		return []string{m.address + root + "." + step.Name}
	}
}

// marked returns the addresses of the resources that the value of a name comes from.
func (m networkReader) marked(name hcl.Traversal) []string {
	value := scope{instance: m.instance}.value(&hclsyntax.ScopeTraversalExpr{Traversal: name, SrcRange: name.SourceRange()})
	var ids []string
	_, marks := value.UnmarkDeep()
	for mark := range marks {
		if ref, ok := mark.(refMark); ok {
			ids = append(ids, ref.id)
		}
	}
	slices.Sort(ids)
	return ids
}
