package cloudformation

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"lintel/internal/model"
)

// mentions are the words in a template with the resources that contain them.
type mentions struct {
	in     map[string][]string // word → logical IDs; "" for the other sections
	kinds  map[string]string   // logical ID → type
	opaque bool                // a macro or a loop may refer to anything
}

// mentioned returns the words of a template, which it reads once.
func (t *template) mentioned() *mentions {
	if t.words != nil {
		return t.words
	}
	m := &mentions{in: map[string][]string{}, kinds: map[string]string{}, opaque: t.hasMacros()}
	t.words = m
	for _, section := range t.root.all() {
		if section.key != "Resources" {
			m.read("", section.value)
			continue
		}
		for _, f := range section.value.all() {
			m.kinds[f.key], _ = f.value.get("Type").text()
			m.opaque = m.opaque || strings.HasPrefix(f.key, forEach)
			m.read(f.key, f.value)
		}
	}
	return m
}

// read notes the words of the texts below a node.
func (m *mentions) read(owner string, n *node) {
	if n == nil {
		return
	}
	if text, ok := n.scalar.(string); ok {
		model.Words(text, func(word string) {
			if owners := m.in[word]; !slices.Contains(owners[max(0, len(owners)-1):], owner) {
				m.in[word] = append(owners, owner)
			}
		})
	}
	for _, item := range n.items {
		m.read(owner, item)
	}
	for _, f := range n.fields {
		m.opaque = m.opaque || strings.HasPrefix(f.key, forEach)
		if !isOwnName(f.key) {
			m.read(owner, f.value)
		}
	}
}

// isOwnName reports whether a property is a name or description of the resource itself. Resources that belong together
// often have the same.
func isOwnName(property string) bool {
	return slices.Contains([]string{"Description", "Name", "PolicyName", "RoleName", "Tags"}, property)
}

// isMentioned reports whether a word is in something else than a resource and its policies.
func (m *mentions) isMentioned(word, id string) bool {
	return slices.ContainsFunc(m.in[word], func(owner string) bool {
		return owner != id && !slices.Contains([]string{"AWS::IAM::Policy", "AWS::IAM::RolePolicy"}, m.kinds[owner])
	})
}

// mention reports whether something in the template refers to a resource, by its logical ID or by its name.
func (b *builder) mention(f expandedField, name *node) model.Mention {
	m := b.mentioned()
	if m.opaque || f.maybe != "" {
		return model.MentionUnknown
	}
	found := m.isMentioned(f.key, f.key)
	for _, word := range nameWords(name) {
		found = found || m.isMentioned(word, f.key)
	}
	for _, property := range []string{"Events", "FunctionUrlConfig"} { // of SAM
		found = found || f.value.get("Properties").get(property) != nil
	}
	if found {
		return model.Mentioned
	}
	return model.NotMentioned
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
	all := &mentions{in: map[string][]string{}}
	all.read("", name)
	return slices.Sorted(maps.Keys(all.in))
}

// hole matches a parameter of Fn::Sub.
var hole = regexp.MustCompile(`\$\{[^}]*\}`)
