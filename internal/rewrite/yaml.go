package rewrite

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// YAML returns the rewritings of templates in YAML.
func YAML() []Rewriting {
	same := func(*yaml.Node) bool { return true }
	all := slices.Concat(lineEnds(".yaml"), wide(".yaml"), yamlTexts())
	for _, ending := range []string{".yml", ".json", ".template", ".cfn", ".txt", ".tpl", ".jsonc", ".json5", ".cform", ".YAML", ".yaml.txt", ".cfn.yaml"} {
		all = append(all, renamed(".yaml", ending))
	}
	for _, s := range yamlStyles() {
		all = append(all, eachTemplate(s.name, printYAML, ".yaml", s.change))
	}
	for _, s := range cfnStructures() {
		all = append(all, eachTemplate(s.name, printYAML, ".yaml", s.change))
	}
	for _, w := range cfnValues() {
		all = append(all, w.rewritings(printYAML, ".yaml")...)
	}
	return append(all, inStack(printYAML, ".yaml"),
		eachTemplate("flow style", func(root *yaml.Node) string {
			root.Style = yaml.FlowStyle
			return printYAML(root)
		}, ".yaml", same),
		eachTemplate("CR", func(root *yaml.Node) string { return strings.ReplaceAll(printYAML(root), "\n", "\r") }, ".yaml", same),
		eachTemplate("comments at line ends", func(root *yaml.Node) string {
			return strings.ReplaceAll(printYAML(root), "\n", " # Resources: {}\n")
		}, ".yaml", func(root *yaml.Node) bool { return !strings.ContainsAny(printYAML(root), "|>'\"") }),
		eachTemplate("complex keys", func(root *yaml.Node) string { return complexKeys(root, "") }, ".yaml", same),
		eachTemplate("complex keys in block scalars", blockKeys, ".yaml", same),
		eachTemplate("tabs in flow style", func(root *yaml.Node) string {
			return regexp.MustCompile(`([^\\])": `).ReplaceAllString(printJSON(root, "\t"), "$1\" :\t")
		}, ".yaml", same),
		eachTemplate("JSON", func(root *yaml.Node) string { return printJSON(root, "  ") }, ".yaml", same),
		eachTemplate("JSON after a document marker", func(root *yaml.Node) string { return "---\n" + printJSON(root, "  ") }, ".yaml", same),
		eachTemplate("JSON after a comment", func(root *yaml.Node) string { return "# comment\n" + printJSON(root, "  ") }, ".yaml", same),
	)
}

// yamlTexts returns the rewritings of what stands around a template.
func yamlTexts() []Rewriting {
	comment := strings.Repeat("# a comment that is long enough to be read in parts, with { and Resources: in it\n", 1500)
	before := func(name, text string) Rewriting {
		return eachText(name, func(s string) string { return text + s }, ".yaml")
	}
	return []Rewriting{
		before("a document marker", "---\n"),
		before("a document marker with a comment", "--- # comment\n"),
		before("a document marker with a tag", "--- !!map\n"),
		before("a document marker with an anchor", "--- &root\n"),
		before("a version directive", "%YAML 1.2\n---\n"),
		before("a version directive of 1.1", "%YAML 1.1\n---\n"),
		before("a tag directive", "%TAG !aws! tag:aws.amazon.com,2010:\n---\n"),
		before("a comment of 100 kB", comment),
		before("an empty document", "---\n...\n---\n"),
		before("a byte order mark and a directive", byteOrderMark+"%YAML 1.1\n---\n"),
		eachText("a document end", func(s string) string { return strings.TrimRight(s, "\n") + "\n...\n" }, ".yaml"),
		eachText("a comment after the document end", func(s string) string { return strings.TrimRight(s, "\n") + "\n...\n# end\n" }, ".yaml"),
		eachText("indented by two", func(s string) string {
			return "  " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n  ") + "\n"
		}, ".yaml"),
		eachText("white space before colons", func(s string) string {
			return strings.NewReplacer("\nResources:", "\nResources \t:").Replace("\n" + s)
		}, ".yaml"),
	}
}

// styled returns a rewriting that sets the style of scalars.
func styled(name string, keys, values yaml.Style) cfnStructure {
	return cfnStructure{name, func(root *yaml.Node) bool {
		eachScalar(root, func(n *yaml.Node, isKey bool) {
			switch {
			case isKey && keys != 0:
				n.Style = keys
			case !isKey && values != 0 && n.Tag == "!!str":
				n.Style = values
			}
		})
		return true
	}}
}

// eachScalar calls do for each scalar.
func eachScalar(n *yaml.Node, do func(n *yaml.Node, isKey bool)) {
	for i, inner := range n.Content {
		if inner.Kind == yaml.ScalarNode {
			do(inner, n.Kind == yaml.MappingNode && i%2 == 0)
		}
		eachScalar(inner, do)
	}
}

// yamlStyles returns the rewritings of nodes in YAML.
func yamlStyles() []cfnStructure {
	return []cfnStructure{
		styled("keys in double quotes", yaml.DoubleQuotedStyle, 0),
		styled("keys in single quotes", yaml.SingleQuotedStyle, 0),
		styled("values in double quotes", 0, yaml.DoubleQuotedStyle),
		styled("values in single quotes", 0, yaml.SingleQuotedStyle),
		styled("everything in double quotes", yaml.DoubleQuotedStyle, yaml.DoubleQuotedStyle),
		styled("values as literal block scalars", 0, yaml.LiteralStyle),
		styled("values as folded block scalars", 0, yaml.FoldedStyle),
		{"properties in flow style", func(root *yaml.Node) bool {
			resourcesIn(root, func(_ string, r *yaml.Node) {
				if properties := get(r, "Properties"); properties != nil {
					properties.Style = yaml.FlowStyle
				}
			})
			return true
		}},
		{"explicit tags", func(root *yaml.Node) bool { tagged(root); return true }},
		{"aliases of values", aliased},
		{"aliases of properties", func(root *yaml.Node) bool { return hoisted(root, "Properties", false) }},
		{"merge keys of properties", func(root *yaml.Node) bool { return hoisted(root, "Properties", true) }},
		{"merge keys of resources", func(root *yaml.Node) bool {
			return hoistedAll(root, get(root, "Resources"), func(value *yaml.Node) *yaml.Node { return mapping(typed("merge", "<<"), value) })
		}},
		{"merge keys in lists", func(root *yaml.Node) bool {
			return hoistedAll(root, get(root, "Resources"), func(value *yaml.Node) *yaml.Node {
				return mapping(typed("merge", "<<"), list(value, mapping(scalar("Type"), scalar("AWS::SNS::Topic"))))
			})
		}},
		{"aliases of resources", func(root *yaml.Node) bool {
			return hoistedAll(root, get(root, "Resources"), func(value *yaml.Node) *yaml.Node { return value })
		}},
		{"an alias of Resources", func(root *yaml.Node) bool {
			return hoistedAll(root, root, func(value *yaml.Node) *yaml.Node { return value })
		}},
		{"a merge key in Resources", func(root *yaml.Node) bool {
			return hoistedAll(root, root, func(value *yaml.Node) *yaml.Node { return mapping(typed("merge", "<<"), value) })
		}},
		{"a merge key of the whole template", func(root *yaml.Node) bool {
			inner := *root
			*root = *mapping(typed("merge", "<<"), &inner)
			return true
		}},
		{"aliases of types", hoistedTypes},
		{"truth values of YAML 1.1", func(root *yaml.Node) bool {
			changed := false
			eachScalar(get(root, "Resources"), func(n *yaml.Node, isKey bool) {
				if !isKey && n.Tag == "!!bool" {
					n.Value = map[bool]string{true: "True", false: "FALSE"}[strings.EqualFold(n.Value, "true")]
					changed = true
				}
			})
			return changed
		}},
		{"short forms", shortForms},
	}
}

// tagged writes the tags of all nodes.
func tagged(n *yaml.Node) {
	n.Style |= yaml.TaggedStyle
	for _, inner := range n.Content {
		tagged(inner)
	}
}

// aliased replaces repeated scalars in Resources by aliases.
func aliased(root *yaml.Node) bool {
	first := map[string]*yaml.Node{}
	changed := false
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for i, inner := range n.Content {
			isKey := n.Kind == yaml.MappingNode && i%2 == 0
			if inner.Kind != yaml.ScalarNode || isKey || inner.Tag != "!!str" {
				visit(inner)
				continue
			}
			if known := first[inner.Value]; known != nil {
				known.Anchor = fmt.Sprintf("a%p", known)
				n.Content[i], changed = alias(known), true
				continue
			}
			first[inner.Value] = inner
		}
	}
	visit(get(root, "Resources"))
	for i, n := range slices.SortedFunc(mapsValues(first), func(a, b *yaml.Node) int { return strings.Compare(a.Value, b.Value) }) {
		if n.Anchor != "" {
			n.Anchor = fmt.Sprintf("a%d", i)
		}
	}
	rename(root)
	return changed
}

// rename gives aliases the names of their anchors.
func rename(n *yaml.Node) {
	for _, inner := range n.Content {
		if inner.Kind == yaml.AliasNode {
			inner.Value = inner.Alias.Anchor
		}
		rename(inner)
	}
}

func mapsValues(m map[string]*yaml.Node) func(yield func(*yaml.Node) bool) {
	return func(yield func(*yaml.Node) bool) {
		for _, n := range m {
			if !yield(n) {
				return
			}
		}
	}
}

func alias(of *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.AliasNode, Value: of.Anchor, Alias: of}
}

// hoisted moves the values of a key of each resource to the metadata of the template.
func hoisted(root *yaml.Node, key string, merge bool) bool {
	notes := list()
	resourcesIn(root, func(id string, r *yaml.Node) {
		for i := 0; i < len(r.Content); i += 2 {
			if r.Content[i].Value != key || r.Content[i+1].Kind != yaml.MappingNode {
				continue
			}
			value := r.Content[i+1]
			value.Anchor = "p" + id
			notes.Content = append(notes.Content, value)
			if r.Content[i+1] = alias(value); merge {
				r.Content[i+1] = mapping(typed("merge", "<<"), alias(value))
			}
		}
	})
	root.Content = slices.Concat(mapping(scalar("Metadata"), mapping(scalar(logicalMark), notes)).Content, withoutKey(root, "Metadata"))
	return len(notes.Content) > 0
}

// hoistedAll moves the values of a mapping to the metadata of the template, those of the template only Resources.
func hoistedAll(root, from *yaml.Node, use func(value *yaml.Node) *yaml.Node) bool {
	notes := list()
	for i := 0; i < len(from.Content); i += 2 {
		value := from.Content[i+1]
		if value.Kind != yaml.MappingNode || from == root && from.Content[i].Value != "Resources" || strings.HasPrefix(from.Content[i].Value, "Fn::") {
			continue
		}
		value.Anchor = fmt.Sprintf("r%d", i)
		notes.Content = append(notes.Content, value)
		from.Content[i+1] = use(alias(value))
	}
	root.Content = slices.Concat(mapping(scalar("Metadata"), mapping(scalar(logicalMark), notes)).Content, withoutKey(root, "Metadata"))
	return len(notes.Content) > 0
}

func hoistedTypes(root *yaml.Node) bool {
	notes := list()
	resourcesIn(root, func(id string, r *yaml.Node) {
		for i := 0; i < len(r.Content); i += 2 {
			if r.Content[i].Value == "Type" && r.Content[i+1].Kind == yaml.ScalarNode {
				value := r.Content[i+1]
				value.Anchor = "t" + id
				notes.Content = append(notes.Content, value)
				r.Content[i+1] = alias(value)
			}
		}
	})
	root.Content = slices.Concat(mapping(scalar("Metadata"), mapping(scalar(logicalMark), notes)).Content, withoutKey(root, "Metadata"))
	return len(notes.Content) > 0
}

func withoutKey(n *yaml.Node, key string) []*yaml.Node {
	var out []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != key {
			out = append(out, n.Content[i], n.Content[i+1])
		}
	}
	return out
}

// shortForms writes intrinsic functions as tags.
func shortForms(root *yaml.Node) bool {
	changed := false
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for i, inner := range n.Content {
			visit(inner)
			if !isIntrinsic(inner) || inner.Content[0].Value == "Condition" || strings.HasPrefix(inner.Content[0].Value, "Fn::ForEach") {
				continue
			}
			argument := *inner.Content[1]
			if isIntrinsic(&argument) || strings.HasPrefix(argument.Tag, "!") && !strings.HasPrefix(argument.Tag, "!!") {
				continue // one tag cannot follow another
			}
			argument.Tag = "!" + strings.TrimPrefix(inner.Content[0].Value, "Fn::")
			argument.Style |= yaml.TaggedStyle
			n.Content[i], changed = &argument, true
		}
	}
	visit(root)
	return changed
}

// complexKeys writes each key after a question mark.
func complexKeys(n *yaml.Node, indent string) string {
	var out strings.Builder
	for i := 0; i < len(n.Content); i += 2 {
		value := n.Content[i+1]
		fmt.Fprintf(&out, "%s? %s\n", indent, quotedJSON(n.Content[i].Value))
		if value.Kind == yaml.MappingNode && len(value.Content) > 0 {
			fmt.Fprintf(&out, "%s:\n%s", indent, complexKeys(value, indent+"  "))
		} else {
			fmt.Fprintf(&out, "%s: %s\n", indent, printJSON(value, ""))
		}
	}
	return out.String()
}

// blockKeys writes the keys of the template as block scalars, with their values in flow style.
func blockKeys(root *yaml.Node) string {
	var out strings.Builder
	for i := 0; i < len(root.Content); i += 2 {
		fmt.Fprintf(&out, "? |-\n  %s\n: %s\n", root.Content[i].Value, printJSON(root.Content[i+1], ""))
	}
	return out.String()
}
