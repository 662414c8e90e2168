package cloudformation

import (
	"regexp"
	"slices"

	"lintel/internal/model"
)

// mentions are the words in a template with the resources that contain them.
type mentions struct {
	*model.Mentions
	opaque bool // a macro or an unknown loop variable may refer to anything
}

// mentioned returns the words of a template, which it reads once.
func (t *template) mentioned() *mentions {
	if t.words != nil {
		return t.words
	}
	m := &mentions{model.NewMentions(), t.hasMacros()}
	t.words = m
	for _, section := range t.root.all() {
		if section.key == "Metadata" { // only tools read it
			continue
		}
		if section.key != "Resources" {
			m.read("", false, section.value, t.resolver())
			continue
		}
		for _, f := range t.section(section.key).entries {
			kind, _ := f.value.get("Type").text()
			m.read(f.key, kind == "AWS::IAM::Policy" || kind == "AWS::IAM::RolePolicy", f.value, f.in)
		}
	}
	return m
}

// read notes the words of the texts below a node, in each iteration of the loops around them.
func (m *mentions) read(owner string, isPolicy bool, n *node, in *resolver) {
	if n == nil {
		return
	}
	if text, ok := n.scalar.(string); ok {
		m.add(owner, isPolicy, in.replaceLoopVariables(text))
		if value, isVariable := in.loop[text]; isVariable { // of a Ref
			m.add(owner, isPolicy, value)
		}
		m.opaque = m.opaque || in.isAnyIn(text)
	}
	if call, argument, ok := intrinsic(n); ok && (call == "Ref" || call == "GetAtt") {
		m.named(owner, isPolicy, argument, in)
	}
	for _, item := range n.items {
		m.read(owner, isPolicy, item, in)
	}
	for _, f := range in.unrolled(n.fields) {
		if !isOwnName(f.key) {
			m.read(owner, isPolicy, f.value, f.in)
		}
	}
}

func (m *mentions) add(owner string, isPolicy bool, text string) {
	model.Words(text, func(word string) { m.Add(word, owner, isPolicy) })
}

// named notes what a Ref or GetAtt refers to whose name is computed.
func (m *mentions) named(owner string, isPolicy bool, argument *node, in *resolver) {
	if argument.kind == listNode && argument.tag == "" && len(argument.items) > 0 {
		argument = argument.items[0]
	}
	if _, isText := argument.text(); isText {
		return
	}
	name, ok := in.text(argument)
	m.opaque = m.opaque || !ok
	m.add(owner, isPolicy, name)
}

// isOwnName reports whether a property is a name or description of the resource itself. Resources that belong together
// often have the same.
func isOwnName(property string) bool {
	return slices.Contains([]string{"Description", "Name", "PolicyName", "RoleName", "Tags"}, property)
}

// mention reports whether something in the template refers to a resource, by its logical ID or by its name. The gap of a macro
// reports that it may refer to the resource, too.
func (b *builder) mention(f expandedField, kind string, name *node) model.Mention {
	m := b.mentioned()
	isSAM := slices.ContainsFunc([]string{"Events", "FunctionUrlConfig"}, func(property string) bool {
		return f.value.get("Properties").get(property) != nil
	})
	switch {
	case f.maybe != "":
		return model.MentionUnknown
	case isSAM || m.Of(append(nameWords(name, f.in), f.key), f.key, kind == "AWS::IAM::Role") == model.Mentioned:
		return model.Mentioned
	case b.hasMacros():
		b.missing.Report(model.CauseOfMention)
	}
	if m.opaque {
		return model.MentionUnknown
	}
	return model.NotMentioned
}

// nameWords returns the words of a name: those that a text writes outside of its parameters, else all of them.
func nameWords(name *node, in *resolver) []string {
	if name == nil {
		return nil
	}
	text, isText := name.text()
	if call, argument, ok := intrinsic(name); ok && call == "Sub" {
		text, isText = argument.text()
	}
	var words []string
	if text = in.replaceLoopVariables(text); isText {
		model.Words(hole.ReplaceAllString(text, " "), func(word string) { words = append(words, word) })
	}
	if len(words) > 0 {
		return words
	}
	all := &mentions{Mentions: model.NewMentions()}
	all.read("", false, name, in)
	return all.Words()
}

// hole matches a parameter of Fn::Sub.
var hole = regexp.MustCompile(`\$\{[^}]*\}`)
