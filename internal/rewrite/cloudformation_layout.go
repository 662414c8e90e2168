package rewrite

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// cfnStructure is a rewriting of the structure of templates.
type cfnStructure struct {
	name   string
	change func(root *yaml.Node) bool
}

// resourcesIn calls do for each resource.
func resourcesIn(root *yaml.Node, do func(id string, resource *yaml.Node)) {
	resources := get(root, "Resources")
	for i := 1; i < len(resources.Content); i += 2 {
		if id := resources.Content[i-1].Value; !strings.HasPrefix(id, "Fn::") && resources.Content[i].Kind == yaml.MappingNode {
			do(id, resources.Content[i])
		}
	}
}

// reverse reverses the keys of mappings.
func reverse(n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		var out []*yaml.Node
		for i := len(n.Content) - 2; i >= 0; i -= 2 { //nolint:mnd // a key and a value
			out = append(out, n.Content[i], n.Content[i+1])
		}
		n.Content = out
	}
	for _, inner := range n.Content {
		reverse(inner)
	}
}

// cfnStructures returns the rewritings of the structure of templates.
func cfnStructures() []cfnStructure {
	return append(cfnPieces(), []cfnStructure{
		{"long forms", func(*yaml.Node) bool { return true }},
		{"keys in reverse", func(root *yaml.Node) bool { reverse(root); return true }},
		{"Resources first", func(root *yaml.Node) bool { return resourcesAt(root, 0) }},
		{"Resources last", func(root *yaml.Node) bool {
			put(root, "Metadata", mapping(scalar("x"), scalar("y")))
			return resourcesAt(root, len(root.Content)-2) //nolint:mnd // a key and a value
		}},
		{"resources under a condition", func(root *yaml.Node) bool {
			name := always(root, equal())
			changed := false
			resourcesIn(root, func(_ string, r *yaml.Node) {
				if get(r, "Condition") == nil {
					put(r, "Condition", scalar(name))
					changed = true
				}
			})
			return changed
		}},
		{"further attributes of resources", func(root *yaml.Node) bool {
			resourcesIn(root, func(_ string, r *yaml.Node) {
				if get(r, "UpdateReplacePolicy") == nil {
					put(r, "UpdateReplacePolicy", scalar("Retain"))
				}
				if get(r, "Metadata") == nil {
					put(r, "Metadata", mapping(scalar("Note"), list(scalar("x"), typed("null", "null"))))
				}
			})
			return true
		}},
		{"further sections", func(root *yaml.Node) bool {
			for _, key := range []string{"Description", "AWSTemplateFormatVersion"} {
				if get(root, key) == nil {
					put(root, key, scalar("2010-09-09"))
				}
			}
			put(section(root, "Metadata"), logicalMark, list(scalar("Resources"), mapping(scalar("Resources"), scalar("x"))))
			put(section(root, "Outputs"), logicalMark, mapping(scalar("Value"), scalar("x")))
			return true
		}},
		{"absent values", func(root *yaml.Node) bool {
			resourcesIn(root, func(_ string, r *yaml.Node) {
				if properties := get(r, "Properties"); properties != nil && !isIntrinsic(properties) {
					put(properties, logicalMark, call("Ref", scalar("AWS::NoValue")))
				}
			})
			return true
		}},
		{"a property under a condition", func(root *yaml.Node) bool {
			condition := undecided(root)
			resourcesIn(root, func(_ string, r *yaml.Node) {
				if properties := get(r, "Properties"); properties != nil && !isIntrinsic(properties) {
					put(properties, logicalMark, call("Fn::If", list(scalar(condition), scalar("a"), scalar("b"))))
				}
			})
			return true
		}},
		{"Fn::ForEach over one", forEachOne},
		{"language extensions", func(root *yaml.Node) bool { addTransform(root); return true }},
		{"Ref as Fn::Sub", refAsSub},
		{"Fn::GetAtt as text", func(root *yaml.Node) bool {
			return eachCall(root, "Fn::GetAtt", func(n *yaml.Node) *yaml.Node {
				if n.Kind != yaml.SequenceNode || n.Content[1].Kind != yaml.ScalarNode {
					return nil
				}
				return call("Fn::GetAtt", scalar(n.Content[0].Value+"."+n.Content[1].Value))
			})
		}},
		{"Fn::GetAtt as Fn::Sub", func(root *yaml.Node) bool {
			return eachCall(root, "Fn::GetAtt", func(n *yaml.Node) *yaml.Node {
				if n.Kind != yaml.SequenceNode || n.Content[1].Kind != yaml.ScalarNode {
					return nil
				}
				return call("Fn::Sub", scalar("${"+n.Content[0].Value+"."+n.Content[1].Value+"}"))
			})
		}},
		{"lists of one for texts in policies", policyTexts},
	}...)
}

func resourcesAt(root *yaml.Node, at int) bool {
	for i := 0; i < len(root.Content); i += 2 {
		if root.Content[i].Value != "Resources" || i == at {
			continue
		}
		pair := slices.Clone(root.Content[i : i+2])
		root.Content = slices.Delete(root.Content, i, i+2)
		root.Content = slices.Insert(root.Content, at, pair...)
		return true
	}
	return false
}

// forEachOne makes a loop over one element of each resource. Its logical ID stays.
func forEachOne(root *yaml.Node) bool {
	resources := get(root, "Resources")
	var out []*yaml.Node
	for i := 0; i < len(resources.Content); i += 2 {
		key, value := resources.Content[i], resources.Content[i+1]
		if strings.HasPrefix(key.Value, "Fn::") {
			return false
		}
		loop := list(scalar(logicalMark+"Loop"), list(asText(key)), mapping(scalar("${"+logicalMark+"Loop}"), value))
		out = append(out, scalar(fmt.Sprintf("Fn::ForEach::%s%d", logicalMark, i)), loop)
	}
	resources.Content = out
	addTransform(root)
	return true
}

// eachCall replaces the calls of an intrinsic function in the properties of resources.
func eachCall(root *yaml.Node, name string, replace func(argument *yaml.Node) *yaml.Node) bool {
	changed := false
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for i, inner := range n.Content {
			if isIntrinsic(inner) && inner.Content[0].Value == name {
				if other := replace(inner.Content[1]); other != nil {
					n.Content[i], changed = other, true
					continue
				}
			}
			visit(inner)
		}
	}
	resourcesIn(root, func(_ string, r *yaml.Node) {
		if properties := get(r, "Properties"); properties != nil {
			visit(properties)
		}
	})
	return changed
}

func refAsSub(root *yaml.Node) bool {
	return eachCall(root, "Ref", func(n *yaml.Node) *yaml.Node {
		if n.Kind != yaml.ScalarNode || n.Value == "AWS::NoValue" || isListParameter(root, n.Value) {
			return nil
		}
		return call("Fn::Sub", scalar("${"+n.Value+"}"))
	})
}

func isListParameter(root *yaml.Node, name string) bool {
	kind := get(get(get(root, "Parameters"), name), "Type")
	return kind != nil && strings.Contains(kind.Value, "List")
}

// policyTexts writes the actions and resources of policy statements as lists, and lists of one as texts.
func policyTexts(root *yaml.Node) bool {
	changed := false
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for i := 0; n.Kind == yaml.MappingNode && get(n, "Effect") != nil && i < len(n.Content); i += 2 {
			switch value := n.Content[i+1]; {
			case !slices.Contains([]string{"Action", "Resource", "NotAction", "NotResource"}, n.Content[i].Value):
			case value.Kind == yaml.ScalarNode:
				n.Content[i+1], changed = list(value), true
			case value.Kind == yaml.SequenceNode && len(value.Content) == 1:
				n.Content[i+1], changed = value.Content[0], true
			}
		}
		for _, inner := range n.Content {
			visit(inner)
		}
	}
	visit(get(root, "Resources"))
	return changed
}

// inStack puts a template into a nested stack.
func inStack(write writer, ending string) Rewriting {
	return Rewriting{"in a nested stack", func(files Files) (Files, bool) {
		if len(files) != 1 {
			return nil, false
		}
		for p, text := range files {
			root := parseYAML(text)
			if root == nil || get(root, "Resources") == nil || get(root, "Parameters") != nil {
				return nil, false
			}
			stack := mapping(scalar("Type"), scalar("AWS::CloudFormation::Stack"), scalar("Properties"), mapping(scalar("TemplateURL"), scalar("./nested/"+p)))
			parent := mapping(scalar("Resources"), mapping(scalar(logicalMark), stack))
			return Files{"nested/" + p: text, "parent" + ending: write(parent)}, true
		}
		return nil, false
	}}
}
