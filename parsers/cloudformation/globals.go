package cloudformation

import (
	"slices"
	"strings"

	"lintel/internal/tree"
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

// perShared is what a value of Globals counts more than others: a short text gives it to many resources, in each of which rules judge
// it again.
const perShared = 2

// spendGlobals counts what Globals add to some variants of a SAM resource.
func (t *template) spendGlobals(kind string, variants int) {
	if shared := t.globals.get(strings.TrimPrefix(kind, "AWS::Serverless::")); shared != nil {
		t.spend(shared.at, perShared*shared.size()*variants)
	}
}

// inGlobals are properties that templates set in Globals, by the section, as far as rules ask whether they are there.
var inGlobals = map[string][]string{ //nolint:gochecknoglobals // a table, never written
	"Function": {
		"Architectures", "AutoPublishAlias", "CodeSigningConfigArn", "CodeUri", "DeadLetterQueue", "Environment", "EphemeralStorage",
		"EventInvokeConfig", "Handler", "KmsKeyArn", "Layers", "LoggingConfig", "MemorySize", "PermissionsBoundary", "ReservedConcurrentExecutions",
		"Runtime", "RuntimeManagementConfig", "SnapStart", "Timeout", "Tracing", "VpcConfig",
	},
	"Api":     {"AccessLogSetting", "Auth", "CacheClusterEnabled", "Domain", "MethodSettings", "TracingEnabled"},
	"HttpApi": {"AccessLogSettings", "Auth", "DefaultRouteSettings", "Domain"},
}

// mayHaveGlobals returns the properties of a SAM resource with unknown ones for those that Globals may set, if the template is a
// part of one: without the transform, SAM resources cannot be deployed.
func (t *template) mayHaveGlobals(properties tree.Tree, kind string) tree.Tree {
	all := inGlobals[strings.TrimPrefix(kind, "AWS::Serverless::")]
	if !strings.HasPrefix(kind, "AWS::Serverless::") || len(all) == 0 || t.root.get("Transform") != nil || t.root.get("Globals") != nil {
		return properties
	}
	cause := t.missing.Note("Transform AWS::Serverless-2016-10-31", properties.Range)
	for _, name := range all {
		if properties.Field(name).State == tree.StateAbsent {
			properties = with(properties, name, tree.Unknown(properties.Range, cause))
		}
	}
	return properties
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
	index := make(map[string]int, len(global.fields)) // a map may have thousands of keys
	for i, f := range slices.Backward(global.fields) {
		index[f.key] = i
	}
	for _, own := range local.fields {
		i, is := index[own.key]
		if !is {
			index[own.key] = len(out.fields)
			out.fields = append(out.fields, own)
			continue
		}
		own.value = merged(out.fields[i].value, own.value)
		out.fields[i] = own
	}
	return &out
}
