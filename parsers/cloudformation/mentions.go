package cloudformation

import (
	"regexp"
	"slices"
	"strings"

	"lintel/internal/model"
)

// mentions are the words in a template with the resources that contain them.
type mentions struct {
	*model.Mentions
	opaque bool // a macro or a loop may refer to anything
}

// mentioned returns the words of a template, which it reads once.
func (t *template) mentioned() *mentions {
	if t.words != nil {
		return t.words
	}
	m := &mentions{model.NewMentions(), t.hasMacros()}
	t.words = m
	for _, section := range t.root.all() {
		if section.key != "Resources" {
			m.read("", false, section.value)
			continue
		}
		for _, f := range section.value.all() {
			kind, _ := f.value.get("Type").text()
			m.opaque = m.opaque || strings.HasPrefix(f.key, forEach)
			m.read(f.key, kind == "AWS::IAM::Policy" || kind == "AWS::IAM::RolePolicy", f.value)
		}
	}
	return m
}

// read notes the words of the texts below a node.
func (m *mentions) read(owner string, isPolicy bool, n *node) {
	if n == nil {
		return
	}
	if text, ok := n.scalar.(string); ok {
		model.Words(text, func(word string) { m.Add(word, owner, isPolicy) })
	}
	for _, item := range n.items {
		m.read(owner, isPolicy, item)
	}
	for _, f := range n.fields {
		m.opaque = m.opaque || strings.HasPrefix(f.key, forEach)
		if !isOwnName(f.key) {
			m.read(owner, isPolicy, f.value)
		}
	}
}

// isOwnName reports whether a property is a name or description of the resource itself. Resources that belong together
// often have the same.
func isOwnName(property string) bool {
	return slices.Contains([]string{"Description", "Name", "PolicyName", "RoleName", "Tags"}, property)
}

// mention reports whether something in the template refers to a resource, by its logical ID or by its name.
func (b *builder) mention(f expandedField, kind string, name *node) model.Mention {
	m := b.mentioned()
	if m.opaque || f.maybe != "" {
		return model.MentionUnknown
	}
	for _, property := range []string{"Events", "FunctionUrlConfig"} { // of SAM
		if f.value.get("Properties").get(property) != nil {
			return model.Mentioned
		}
	}
	return m.Of(append(nameWords(name), f.key), f.key, kind == "AWS::IAM::Role")
}

// nameWords returns the words of a name: those that a text writes outside of its parameters, else all of them.
func nameWords(name *node) []string {
	if name == nil {
		return nil
	}
	text, isText := name.text()
	if call, argument, ok := intrinsic(name); ok && call == "Sub" {
		text, isText = argument.text()
	}
	var words []string
	if isText {
		model.Words(hole.ReplaceAllString(text, " "), func(word string) { words = append(words, word) })
	}
	if len(words) > 0 {
		return words
	}
	all := &mentions{Mentions: model.NewMentions()}
	all.read("", false, name)
	return all.Words()
}

// hole matches a parameter of Fn::Sub.
var hole = regexp.MustCompile(`\$\{[^}]*\}`)
