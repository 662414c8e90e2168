package cloudformation

import (
	"slices"
	"strings"
)

// notGlobal are the properties of functions and APIs that SAM does not take from Globals
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html).
func notGlobal(property string) bool {
	return slices.Contains([]string{"Role", "Policies", "FunctionName", "Events", "DefinitionBody", "StageName", "Routes"}, property)
}

// withGlobals returns the properties of a SAM resource with Globals merged in the way SAM does:
// maps are merged, lists joined with the global items first, everything else replaced. Values
// from Globals keep their place there.
func (t *template) withGlobals(resource *node, kind string) *node {
	own := resource.get("Properties")
	section := strings.TrimPrefix(kind, "AWS::Serverless::")
	globals := t.globals.get(section)
	if globals == nil || globals.kind != mapNode {
		return own
	}
	ignored := resource.get("IgnoreGlobals")
	if everything, ok := ignored.text(); ok && everything == "*" {
		return own
	}
	allowed := &node{kind: mapNode, at: globals.at, block: globals.block}
	for _, f := range globals.fields {
		if !notGlobal(f.key) && !ignored.lists(f.key) {
			allowed.fields = append(allowed.fields, f)
		}
	}
	if own == nil {
		return allowed
	}
	return merged(allowed, own)
}

// lists reports whether a list of texts has an item.
func (n *node) lists(text string) bool {
	return n != nil && slices.ContainsFunc(n.items, func(item *node) bool {
		s, ok := item.text()
		return ok && s == text
	})
}

// merged merges a global and a local value.
func merged(global, local *node) *node {
	if _, _, isCall := intrinsic(local); isCall || global.kind != local.kind {
		return local
	}
	if _, _, isCall := intrinsic(global); isCall {
		return local
	}
	switch local.kind {
	case listNode:
		joined := *local
		joined.items = slices.Concat(global.items, local.items)
		return &joined
	case mapNode:
		return mergedMaps(global, local)
	case scalarNode:
	}
	return local
}

// mergedMaps has the global keys first, as SAM does.
func mergedMaps(global, local *node) *node {
	out := *local
	out.fields = slices.Clone(global.fields)
	for _, own := range local.fields {
		i := slices.IndexFunc(out.fields, func(f field) bool { return f.key == own.key })
		if i < 0 {
			out.fields = append(out.fields, own)
			continue
		}
		own.value = merged(out.fields[i].value, own.value)
		out.fields[i] = own
	}
	return &out
}
