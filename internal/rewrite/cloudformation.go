package rewrite

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML returns the root of a template.
func parseYAML(text string) *yaml.Node {
	var document yaml.Node
	if yaml.Unmarshal([]byte(text), &document) != nil || len(document.Content) == 0 || document.Content[0].Kind != yaml.MappingNode {
		return nil
	}
	withoutComments(&document)
	return document.Content[0]
}

func withoutComments(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	for _, inner := range n.Content {
		withoutComments(inner)
	}
}

func printYAML(root *yaml.Node) string {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)     //nolint:mnd // the usual indentation
	_ = encoder.Encode(root) // a tree that was parsed can be written
	return out.String()
}

// get returns the value of a key; nil: there is none.
func get(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// section returns a section of a template, which it adds where it is missing.
func section(root *yaml.Node, name string) *yaml.Node {
	if found := get(root, name); found != nil {
		return found
	}
	added := mapping()
	root.Content = append(root.Content, scalar(name), added)
	return added
}

// put adds an entry to a mapping.
func put(n *yaml.Node, key string, value *yaml.Node) {
	n.Content = append(n.Content, scalar(key), value)
}

func scalar(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

// quotedScalar returns a string that YAML 1.1 does not take for another type, such as NO.
func quotedScalar(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.DoubleQuotedStyle, Value: text}
}

// typed returns a scalar of another type than a string.
func typed(tag, text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!" + tag, Value: text}
}

func list(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items}
}

// mapping returns a mapping of keys and values in turn.
func mapping(entries ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: entries}
}

// call returns an intrinsic function.
func call(name string, argument *yaml.Node) *yaml.Node { return mapping(scalar(name), argument) }

// clone returns a copy of a tree.
func clone(n *yaml.Node) *yaml.Node {
	out := *n
	out.Content = make([]*yaml.Node, len(n.Content))
	for i, inner := range n.Content {
		out.Content[i] = clone(inner)
	}
	return &out
}

// longForm replaces the tags of intrinsic functions by keys.
func longForm(n *yaml.Node) *yaml.Node {
	for i, inner := range n.Content {
		n.Content[i] = longForm(inner)
	}
	tag := strings.TrimPrefix(n.Tag, "!")
	if tag == n.Tag || strings.HasPrefix(n.Tag, "!!") {
		return n
	}
	name := "Fn::" + tag
	if tag == "Ref" || tag == "Condition" {
		name = tag
	}
	inner := *n
	inner.Style &^= yaml.TaggedStyle
	inner.Tag = map[yaml.Kind]string{yaml.ScalarNode: "!!str", yaml.SequenceNode: "!!seq", yaml.MappingNode: "!!map"}[n.Kind]
	if tag == "GetAtt" && n.Kind == yaml.ScalarNode {
		resource, attribute, _ := strings.Cut(n.Value, ".")
		return call(name, list(scalar(resource), scalar(attribute)))
	}
	return call(name, &inner)
}

// isIntrinsic reports whether a node is an intrinsic function in its long form.
func isIntrinsic(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && len(n.Content) == 2 && //nolint:mnd // a key and a value
		(strings.HasPrefix(n.Content[0].Value, "Fn::") || n.Content[0].Value == "Ref" || n.Content[0].Value == "Condition")
}

// isConstant reports whether a node contains neither intrinsic functions nor loops.
func isConstant(n *yaml.Node) bool {
	if isIntrinsic(n) || n.Kind == yaml.AliasNode || strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		return false
	}
	for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
		if strings.HasPrefix(n.Content[i].Value, "Fn::") {
			return false
		}
	}
	return !slices.ContainsFunc(n.Content, func(inner *yaml.Node) bool { return !isConstant(inner) })
}

// writer prints a template.
type writer func(root *yaml.Node) string

// eachTemplate returns a rewriting of the tree of each template. It is false for templates that change cannot rewrite.
func eachTemplate(name string, write writer, ending string, change func(root *yaml.Node) bool) Rewriting {
	return Rewriting{name, func(files Files) (Files, bool) {
		out, changed := maps.Clone(files), false
		for _, p := range slices.Sorted(maps.Keys(files)) {
			stem, ok := cutYAML(p)
			root := parseYAML(files[p])
			if !ok || root == nil || get(root, "Resources") == nil {
				continue
			}
			if root = longForm(root); change(root) {
				delete(out, p)
				out[stem+ending], changed = write(root), true
			}
		}
		return out, changed
	}}
}

func cutYAML(p string) (string, bool) {
	if stem, ok := strings.CutSuffix(p, ".yaml"); ok {
		return stem, true
	}
	return strings.CutSuffix(p, ".yml")
}

// place is a value in the properties of a resource.
type place struct {
	node *yaml.Node
	set  func(*yaml.Node)
}

// places returns the constants in the properties of resources: whole properties, or the scalars in them.
func places(root *yaml.Node, scalars bool) []place {
	var all []place
	var visit func(p place)
	visit = func(p place) {
		switch {
		case p.node.Tag == "!!null":
		case isConstant(p.node) && (!scalars || p.node.Kind == yaml.ScalarNode):
			all = append(all, p)
		case isIntrinsic(p.node) && p.node.Content[0].Value != "Fn::If", p.node.Kind == yaml.AliasNode:
		default:
			first, step := 0, 1
			switch {
			case isIntrinsic(p.node):
				p.node, first = p.node.Content[1], 1
			case p.node.Kind == yaml.MappingNode:
				first, step = 1, 2
			}
			for i := first; i < len(p.node.Content); i += step {
				within := p.node.Content
				visit(place{within[i], func(n *yaml.Node) { within[i] = n }})
			}
		}
	}
	resources := get(root, "Resources")
	for i := 1; i < len(resources.Content); i += 2 {
		properties := get(resources.Content[i], "Properties")
		if properties == nil || isIntrinsic(properties) {
			continue
		}
		for j := 1; j < len(properties.Content); j += 2 {
			if key := properties.Content[j-1].Value; key == "Events" || key == "TemplateURL" || key == "Location" || strings.HasPrefix(key, "Fn::") {
				continue // keys of SAM that cannot be computed
			}
			visit(place{properties.Content[j], func(n *yaml.Node) { properties.Content[j] = n }})
		}
	}
	return all
}

// cfnWrap returns another expression with the value of a constant; nil: it does not apply. i numbers the constants of
// a template.
type cfnWrap struct {
	name string
	wrap func(root, n *yaml.Node, i int) *yaml.Node
	only yaml.Kind // of the constant; 0: any
	long bool      // it needs the language extensions
}

// rewritings returns the rewritings of a wrap: of whole properties and of scalars.
func (w cfnWrap) rewritings(write writer, ending string) []Rewriting {
	var all []Rewriting
	for _, scalars := range []bool{false, true} {
		name := "properties: " + w.name
		if scalars {
			name = "scalars: " + w.name
		}
		if scalars && w.only != 0 && w.only != yaml.ScalarNode || !scalars && w.only == yaml.ScalarNode {
			continue
		}
		all = append(all, eachTemplate(name, write, ending, func(root *yaml.Node) bool {
			changed := false
			for i, p := range places(root, scalars) {
				if w.only != 0 && p.node.Kind != w.only {
					continue
				}
				if n := w.wrap(root, p.node, i); n != nil {
					p.set(n)
					changed = true
				}
			}
			if changed && w.long {
				addTransform(root)
			}
			return changed
		}))
	}
	return all
}

// addTransform adds the language extensions.
func addTransform(root *yaml.Node) {
	extensions := scalar("AWS::LanguageExtensions")
	existing := get(root, "Transform")
	switch {
	case existing == nil:
		root.Content = append(mapping(scalar("Transform"), extensions).Content, root.Content...)
	case existing.Kind == yaml.SequenceNode:
		existing.Content = append([]*yaml.Node{extensions}, existing.Content...)
	default:
		first := *existing
		*existing = *list(extensions, &first)
	}
}

// asText is a scalar as a string.
func asText(n *yaml.Node) *yaml.Node {
	if isOtherType(n.Value) {
		return quotedScalar(n.Value)
	}
	return scalar(n.Value)
}

// isOtherType reports whether YAML 1.1 reads a plain text as a truth value, although YAML 1.2 reads a string.
func isOtherType(text string) bool {
	switch strings.ToLower(text) {
	case "y", "n", "yes", "no", "on", "off":
		return true
	}
	return false
}

// isPlain reports whether a string has the same value in Fn::Sub, and is no reference to another service.
func isPlain(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && !strings.Contains(n.Value, "${") && !strings.Contains(n.Value, "{{resolve:")
}

// always adds a condition that is always true, and returns its name.
func always(root *yaml.Node, how *yaml.Node) string {
	name := logicalMark + "Always"
	if conditions := section(root, "Conditions"); get(conditions, name) == nil {
		put(conditions, name, how)
	}
	return name
}

func equal() *yaml.Node { return call("Fn::Equals", list(scalar("a"), scalar("a"))) }

// conditional chooses a value by a condition.
func conditional(name string, how func() *yaml.Node, isTrue bool) cfnWrap {
	return cfnWrap{name: name, wrap: func(root, n *yaml.Node, _ int) *yaml.Node {
		condition := scalar(always(root, how()))
		if isTrue {
			return call("Fn::If", list(condition, n, call("Ref", scalar("AWS::NoValue"))))
		}
		return call("Fn::If", list(condition, call("Ref", scalar("AWS::NoValue")), n))
	}}
}

// parameter passes a value through a parameter.
func parameter(name, kind string, extra ...*yaml.Node) cfnWrap {
	return cfnWrap{name: name, only: yaml.ScalarNode, wrap: func(root, n *yaml.Node, i int) *yaml.Node {
		if !isPlain(n) || kind == "Number" && n.Tag != "!!int" || n.Value == "" && len(extra) > 0 {
			return nil
		}
		p := fmt.Sprintf("%s%d", logicalMark, i)
		declared := mapping(scalar("Type"), scalar(kind), scalar("Default"), asText(n))
		for _, key := range extra {
			value := asText(n)
			if key.Value == "AllowedValues" {
				value = list(value)
			}
			put(declared, key.Value, value)
		}
		put(section(root, "Parameters"), p, declared)
		if kind == "CommaDelimitedList" {
			if strings.Contains(n.Value, ",") || strings.TrimSpace(n.Value) != n.Value {
				return nil
			}
			return call("Fn::Select", list(typed("int", "0"), call("Ref", scalar(p))))
		}
		return call("Ref", scalar(p))
	}}
}

// cfnValues returns the wraps of constants in templates.
func cfnValues() []cfnWrap {
	not := func() *yaml.Node { return call("Fn::Not", list(equal())) }
	return slices.Concat([]cfnWrap{
		conditional("Fn::If of a constant", equal, true),
		conditional("Fn::If of a constant that is false", not, false),
		conditional("Fn::If of Fn::And", func() *yaml.Node { return call("Fn::And", list(equal(), equal())) }, true),
		conditional("Fn::If of Fn::Or", func() *yaml.Node { return call("Fn::Or", list(not(), equal())) }, true),
		conditional("Fn::If of Fn::Not in Fn::Not", func() *yaml.Node { return call("Fn::Not", list(not())) }, true),
		{name: "Fn::If in Fn::If", wrap: func(root, n *yaml.Node, _ int) *yaml.Node {
			condition := always(root, equal())
			none := call("Ref", scalar("AWS::NoValue"))
			return call("Fn::If", list(scalar(condition), call("Fn::If", list(scalar(condition), n, none)), clone(none)))
		}},
		{name: "Fn::If of an unknown parameter with equal branches", wrap: func(root, n *yaml.Node, _ int) *yaml.Node {
			return call("Fn::If", list(scalar(undecided(root)), n, clone(n)))
		}},
		parameter("Ref to a parameter", "String"),
		parameter("Ref to a parameter with one allowed value", "String", scalar("AllowedValues")),
		parameter("Ref to a parameter of a number", "Number"),
		parameter("Fn::Select of a list parameter", "CommaDelimitedList"),
	}, cfnStrings(), cfnCollections(), cfnUnknowns())
}

// cfnStrings are the wraps of scalars.
func cfnStrings() []cfnWrap {
	text := func(name string, how func(root, n *yaml.Node, i int) *yaml.Node) cfnWrap {
		return cfnWrap{name: name, only: yaml.ScalarNode, wrap: func(root, n *yaml.Node, i int) *yaml.Node {
			if !isPlain(n) {
				return nil
			}
			return how(root, n, i)
		}}
	}
	halves := func(n *yaml.Node) (first, second *yaml.Node) {
		half := middle(n.Value)
		return quotedScalar(n.Value[:half]), quotedScalar(n.Value[half:])
	}
	return []cfnWrap{
		text("Fn::Sub", func(_, n *yaml.Node, _ int) *yaml.Node { return call("Fn::Sub", asText(n)) }),
		text("Fn::Sub with values", func(_, n *yaml.Node, _ int) *yaml.Node {
			a, b := halves(n)
			return call("Fn::Sub", list(scalar("${A}${B}"), mapping(scalar("A"), a, scalar("B"), b)))
		}),
		text("Fn::Sub of a parameter", func(root, n *yaml.Node, i int) *yaml.Node {
			name := fmt.Sprintf("%s%d", logicalMark, i)
			put(section(root, "Parameters"), name, mapping(scalar("Type"), scalar("String"), scalar("Default"), asText(n)))
			return call("Fn::Sub", scalar("${"+name+"}"))
		}),
		text("Fn::Join of pieces", func(_, n *yaml.Node, _ int) *yaml.Node {
			a, b := halves(n)
			return call("Fn::Join", list(scalar(""), list(a, b)))
		}),
		text("Fn::Join of one", func(_, n *yaml.Node, _ int) *yaml.Node { return call("Fn::Join", list(scalar(","), list(asText(n)))) }),
		text("Fn::Join of Fn::Split", func(_, n *yaml.Node, _ int) *yaml.Node {
			return call("Fn::Join", list(scalar(":"), call("Fn::Split", list(scalar(":"), asText(n)))))
		}),
		text("Fn::Select of Fn::Split", func(_, n *yaml.Node, _ int) *yaml.Node {
			return call("Fn::Select", list(scalar("1"), call("Fn::Split", list(scalar("#"), scalar("x#"+n.Value+"#y")))))
		}).when(func(n *yaml.Node) bool { return !strings.Contains(n.Value, "#") }),
		text("Fn::Select", func(_, n *yaml.Node, _ int) *yaml.Node {
			return call("Fn::Select", list(typed("int", "1"), list(scalar("x"), asText(n))))
		}),
		text("Fn::FindInMap", func(root, n *yaml.Node, i int) *yaml.Node { return findInMap(root, n, i, false) }),
		text("Fn::FindInMap by parameters", func(root, n *yaml.Node, i int) *yaml.Node { return findInMap(root, n, i, true) }),
		{name: "Fn::FindInMap with a default", only: yaml.ScalarNode, long: true, wrap: func(root, n *yaml.Node, i int) *yaml.Node {
			if !isPlain(n) {
				return nil
			}
			findInMap(root, scalar("x"), i, false)
			return call("Fn::FindInMap", list(scalar(logicalMark), scalar("none"), scalar("none"), mapping(scalar("DefaultValue"), asText(n))))
		}},
		text("text instead of a number or truth value", func(_, n *yaml.Node, _ int) *yaml.Node {
			if n.Tag == "!!str" {
				return nil
			}
			return asText(n)
		}),
	}
}

// when restricts a wrap to some constants.
func (w cfnWrap) when(is func(n *yaml.Node) bool) cfnWrap {
	inner := w.wrap
	w.wrap = func(root, n *yaml.Node, i int) *yaml.Node {
		if !is(n) {
			return nil
		}
		return inner(root, n, i)
	}
	return w
}

func findInMap(root, n *yaml.Node, i int, byParameter bool) *yaml.Node {
	table := section(section(root, "Mappings"), logicalMark)
	key := fmt.Sprintf("k%d", i)
	put(table, key, mapping(scalar("v"), asText(n)))
	first := scalar(key)
	if byParameter {
		p := fmt.Sprintf("%s%d", logicalMark, i)
		put(section(root, "Parameters"), p, mapping(scalar("Type"), scalar("String"), scalar("Default"), scalar(key)))
		first = call("Ref", scalar(p))
	}
	return call("Fn::FindInMap", list(scalar(logicalMark), first, scalar("v")))
}

// cfnCollections are the wraps of lists and mappings.
func cfnCollections() []cfnWrap {
	texts := func(n *yaml.Node) bool {
		return len(n.Content) > 0 && !slices.ContainsFunc(n.Content, func(item *yaml.Node) bool {
			return !isPlain(item) || strings.ContainsAny(item.Value, ",#") || item.Tag != "!!str"
		})
	}
	joined := func(n *yaml.Node, by string) *yaml.Node {
		var all []string
		for _, item := range n.Content {
			all = append(all, item.Value)
		}
		return scalar(strings.Join(all, by))
	}
	return []cfnWrap{
		{name: "Fn::Split of a text", only: yaml.SequenceNode, wrap: func(_, n *yaml.Node, _ int) *yaml.Node {
			if !texts(n) {
				return nil
			}
			return call("Fn::Split", list(scalar("#"), joined(n, "#")))
		}},
		{name: "Ref to a list parameter", only: yaml.SequenceNode, wrap: func(root, n *yaml.Node, i int) *yaml.Node {
			if !texts(n) {
				return nil
			}
			p := fmt.Sprintf("%s%d", logicalMark, i)
			put(section(root, "Parameters"), p, mapping(scalar("Type"), scalar("CommaDelimitedList"), scalar("Default"), joined(n, ",")))
			return call("Ref", scalar(p))
		}},
		{name: "Fn::FindInMap of a list", only: yaml.SequenceNode, wrap: func(root, n *yaml.Node, i int) *yaml.Node {
			if !texts(n) {
				return nil
			}
			out := findInMap(root, scalar("x"), i, false)
			table := get(get(get(root, "Mappings"), logicalMark), fmt.Sprintf("k%d", i))
			table.Content[1] = n
			return out
		}},
		{name: "Fn::If for each item", only: yaml.SequenceNode, wrap: func(root, n *yaml.Node, _ int) *yaml.Node {
			condition := always(root, equal())
			out := list()
			for _, item := range n.Content {
				out.Content = append(out.Content, call("Fn::If", list(scalar(condition), item, call("Ref", scalar("AWS::NoValue")))))
			}
			return out
		}},
	}
}
