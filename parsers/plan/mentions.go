package plan

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
	"lintel/parsers/terraform"
)

// mentions are what the expressions of a module in the configuration of a plan refer to, as in parsers/terraform.
type mentions struct {
	in     map[string][]string // TYPE.NAME or a word of a text → addresses of the resources; output and module for the rest
	locals bool                // something refers to local values, which are not part of a plan
}

func (c *config) mentioned() *mentions {
	if c.mentions != nil {
		return c.mentions
	}
	m := &mentions{in: map[string][]string{}}
	c.mentions = m
	for _, r := range c.module.Field("resources").Items {
		address, _ := r.Field("address").String()
		m.read(address, "", r)
	}
	m.read("output", "", c.module.Field("outputs"))
	for _, f := range c.module.Field("module_calls").Fields {
		for _, part := range f.Tree.Fields {
			if part.Key != "module" {
				m.read("module", part.Key, part.Tree)
			}
		}
	}
	return m
}

// read notes what a part of the configuration refers to. The argument is the last key on the way.
func (m *mentions) read(owner, argument string, t tree.Tree) {
	text, isText := t.String()
	switch {
	case isText && (argument == "references" || argument == "depends_on"):
		if parts := strings.Split(text, "."); len(parts) > 1 {
			m.locals = m.locals || parts[0] == "local"
			name, _, _ := strings.Cut(parts[1], "[")
			m.add(owner, parts[0]+"."+name)
		}
	case isText && argument != "address":
		model.Words(text, func(word string) { m.add(owner, word) })
	}
	for _, item := range t.Items {
		m.read(owner, argument, item)
	}
	for _, f := range t.Fields {
		switch {
		case terraform.IsOwnName(owner, f.Key):
			m.references(owner, f.Tree)
		case !slices.Contains([]string{"address", "mode", "type", "provider_config_key", "schema_version"}, f.Key):
			m.read(owner, f.Key, f.Tree)
		}
	}
}

// references notes only the references of a name.
func (m *mentions) references(owner string, t tree.Tree) {
	m.read(owner, "references", t.Field("references"))
}

func (m *mentions) add(owner, word string) {
	if owners := m.in[word]; !slices.Contains(owners[max(0, len(owners)-1):], owner) {
		m.in[word] = append(owners, owner)
	}
}

// mention reports whether something in the module refers to a resource, by its address or by its name. It is unknown
// where a reference may go through a local value.
func (root *config) mention(address, kind string) model.Mention {
	argument := terraform.NameArgument(kind)
	modules, resource := split(address)
	w := walker{root: root, modules: modules}
	c := w.config()
	own, _, _ := strings.Cut(resource, "[")
	if argument == "" || c == nil || c.resources[own].State == tree.StateAbsent {
		return model.MentionUnknown
	}
	m := c.mentioned()
	names := &mentions{in: map[string][]string{}}
	names.read("", "", c.resources[own].Field(argument))
	words := []string{own}
	for word := range names.in {
		words = append(words, word)
	}
	for _, word := range words {
		if slices.ContainsFunc(m.in[word], func(owner string) bool { return owner != own && !terraform.IsRolePolicy(owner) }) {
			return model.Mentioned
		}
	}
	if m.locals {
		return model.MentionUnknown
	}
	return model.NotMentioned
}
