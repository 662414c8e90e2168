package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/tree"
)

// withDefaultTags adds the default_tags of the provider to the tags of a resource, which win
// (https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags).
func (m *instance) withDefaultTags(declared *block, t tree.Tree) tree.Tree {
	if declared.kind != "resource" || !strings.HasPrefix(declared.labels[0], "aws_") {
		return t
	}
	in, provider := m.providerOf(declared)
	if provider == nil {
		return t
	}
	defaults := in.defaultTags(provider)
	if defaults.State == tree.StateAbsent {
		return t
	}
	t.Fields = slices.Clone(t.Fields)
	i := slices.IndexFunc(t.Fields, func(f tree.Field) bool { return f.Key == "tags" })
	if i < 0 || t.Fields[i].Tree.State == tree.StateAbsent {
		t.Fields = slices.DeleteFunc(t.Fields, func(f tree.Field) bool { return f.Key == "tags" })
		t.Fields = append(t.Fields, tree.Field{Key: "tags", KeyRange: defaults.Range, Tree: defaults})
		return t
	}
	tags := t.Fields[i].Tree
	if !tags.IsMap {
		return t
	}
	tags.Fields = slices.Clone(tags.Fields)
	for _, f := range defaults.Fields {
		if !slices.ContainsFunc(tags.Fields, func(own tree.Field) bool { return own.Key == f.Key }) {
			tags.Fields = append(tags.Fields, f)
		}
	}
	if defaults.State == tree.StateUnknown {
		tags.State, tags.Cause = tree.StateUnknown, defaults.Cause
	}
	t.Fields[i].Tree = tags
	return t
}

// defaultTags reads the default_tags of a provider, which are the same for all its resources, once.
func (m *instance) defaultTags(provider *block) tree.Tree {
	t, ok := m.providerTags[provider]
	if !ok {
		asked := m.asked
		t = scope{instance: m}.body(provider.body, provider.header).Field("default_tags").Single().Field("tags")
		if m.asked == asked { // else they are others under another assumption
			m.providerTags[provider] = t
		}
	}
	return t
}

// providerOf returns the configuration of the provider of a block: the one that it names, or the default one, also of
// the modules that call it. Configurations that calls pass on under another name are not followed.
func (m *instance) providerOf(declared *block) (*instance, *block) {
	name := "provider.aws"
	if a := declared.body.get("provider"); a != nil {
		name = "provider." + providerName(a.expr)
	}
	for in := m; in != nil; in = in.caller.instance {
		if b := in.config.resources[name]; b != nil {
			return in, b
		}
		if in.call != nil && in.call.body.get("providers") != nil {
			break
		}
	}
	return nil, nil
}

// providerName returns aws or aws.alias, in either syntax.
func providerName(expr hcl.Expression) string {
	if e, ok := bareExpression(expr).(*hclsyntax.ScopeTraversalExpr); ok {
		expr = e
	}
	if traversal, diagnostics := hcl.AbsTraversalForExpr(expr); !diagnostics.HasErrors() {
		var names []string
		for _, step := range traversal {
			switch s := step.(type) {
			case hcl.TraverseRoot:
				names = append(names, s.Name)
			case hcl.TraverseAttr:
				names = append(names, s.Name)
			}
		}
		return strings.Join(names, ".")
	}
	if value, diagnostics := expr.Value(nil); !diagnostics.HasErrors() && isKnownString(value) {
		return value.AsString()
	}
	return ""
}
