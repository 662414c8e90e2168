package model

import (
	"lintel/internal/secrets"
	"lintel/internal/tree"
)

// judged is the tag `secret` of a field: how its text is judged. The empty one is not judged.
type judged string

// How a text can be judged.
const (
	judgedByKey  judged = "key"    // by its form, and with the key of the entry in mind
	judgedByName judged = "name"   // by its form, and with the attribute Name beside it in mind
	judgedByForm judged = "form"   // by the forms of tokens only: whatever else it holds, it is prose
	judgedText   judged = "text"   // code or a document: also by what it gives names of secrets
	judgedItself judged = "itself" // it is there to hold a secret, so what is not one has to look like it
)

// settingOf is the name of the setting that an entry of a map is.
func (r rules) settingOf(key string) string {
	if r.judged == judgedByKey {
		return key
	}
	return ""
}

// text returns what the template writes of a text: all of it, or with holes. It is empty for
// numbers and flags.
func (v *Value[T]) text() string {
	if text, ok := any(v.value).(string); ok && v.State == tree.StateKnown {
		return text
	}
	if v.State == tree.StateUnknown && v.origin != nil {
		return v.origin.written
	}
	return ""
}

// hasKeyID reports whether an entry holds the id of an AWS access key.
func (m *Map) hasKeyID() bool {
	for i := range m.Entries {
		if secrets.AccessKeyID(m.Entries[i].text()) {
			return true
		}
	}
	return false
}

// judge adds to the object of a text the secret in it and the parameters, attributes and resources that it comes from. A
// secret is never printed.
func (e *encoder) judge(out Object, text string, from *origin, r rules) Object {
	v := e.verdictOf(asked{text, r.setting, r.judged, r.withKeyID})
	if v.isNamed {
		out = append(out, Member{"named", true})
	}
	switch {
	case v.isUnsearched:
		e.leaveUnsearched()
	case v.secret != (secrets.Secret{}):
		out = append(out, Member{"secret", Object{{"form", v.secret.Form}, {"name", v.secret.Name}}})
		e.conceal(text)
	case v.example != "":
		out = append(out, Member{"example_key", v.example})
	}
	if from == nil {
		return out
	}
	if choice, found := e.secretChoice(r, from.choices); found != (secrets.Secret{}) {
		e.choose(choice)
		return append(out, Member{"secret", Object{{"form", found.Form}, {"name", found.Name}}})
	}
	if len(from.parameters) > 0 {
		out = append(out, Member{"parameters", e.parameters(text, from.parameters)})
	}
	if len(from.sources) > 0 {
		out = append(out, Member{"sources", anys(from.sources)}, Member{"refs", anys(from.refs)})
	}
	return out
}

// asked is a text and what decides about the secret in it.
type asked struct {
	text, setting string
	judged        judged
	withKeyID     bool
}

// verdict is what a text contains.
type verdict struct {
	isNamed bool           // the setting is named like a secret
	secret  secrets.Secret // zero: none
	example string         // form of the example of a key; empty: none

	isUnsearched bool // the text is too long
}

// maxSearched is the limit of secrets.Cost of the texts of a stack, which takes about a second. A text of 512 KiB with words of ten kinds
// of secrets takes half of it.
const maxSearched = 12_000_000

// verdictOf judges equal texts once: the functions of a stack share settings, such as Globals of SAM.
func (e *encoder) verdictOf(a asked) verdict {
	v, known := e.verdicts[a]
	if known {
		return v
	}
	r := rules{setting: a.setting, judged: a.judged, withKeyID: a.withKeyID}
	v = verdict{isNamed: a.setting != "" && secrets.Named(a.setting)}
	if v.isUnsearched = !e.maySearch(a.text); !v.isUnsearched {
		v.secret = r.secretIn(a.text)
	}
	if !v.isUnsearched && v.secret == (secrets.Secret{}) {
		v.example = secrets.ExampleKey(a.text)
	}
	e.verdicts[a] = v
	return v
}

// leaveUnsearched notes that the text of the last node is not searched. It may be a secret, so it is never printed.
func (e *encoder) leaveUnsearched() {
	e.last().isSensitive = true
	if at := e.last().at; e.unsearched == nil {
		e.unsearched = &at
	}
}

// maySearch counts the search for secrets in a text and reports whether it is within the limit.
func (e *encoder) maySearch(text string) bool {
	cost := secrets.Cost(text)
	if e.searched+cost > maxSearched {
		return false
	}
	e.searched += cost
	return true
}

// parameters encodes the parameters that a text comes from. The text is concealed if one of them is named like a secret
// and has a default.
func (e *encoder) parameters(text string, from []tree.Parameter) []any {
	items := make([]any, len(from))
	for i, p := range from {
		hasDefault := p.Default != "" && !secrets.Placeholder(p.Default)
		if hasDefault && secrets.Named(p.Name) {
			e.conceal(text)
		}
		items[i] = Object{{"name", p.Name}, {"masked", p.Masked}, {"named", secrets.Named(p.Name)}, {"default", hasDefault}, {"in_files", p.InFiles}}
	}
	return items
}

// anys returns strings as items of a list.
func anys(texts []string) []any {
	items := make([]any, len(texts))
	for i, text := range texts {
		items[i] = text
	}
	return items
}

// conceal makes the last node one whose text is never printed.
func (e *encoder) conceal(text string) {
	node := e.last()
	node.isSensitive = true
	if node.state == tree.StateKnown {
		node.aside().hidden = text
	}
}

// secretChoice returns the first literal that is a secret of those that a text may be, whichever is selected.
func (e *encoder) secretChoice(r rules, choices []tree.Choice) (tree.Choice, secrets.Secret) {
	for _, choice := range choices {
		if !e.maySearch(choice.Text) {
			e.leaveUnsearched()
			continue
		}
		if found := r.secretIn(choice.Text); found != (secrets.Secret{}) {
			return choice, found
		}
	}
	return tree.Choice{}, secrets.Secret{}
}

// choose makes a literal the place of the last node, and its text one that is never printed.
func (e *encoder) choose(choice tree.Choice) {
	node := e.last()
	more := rare{}
	if node.rare != nil {
		more = *node.rare
	}
	more.written = choice.Written
	node.rare, node.isLiteral, node.isSensitive = &more, false, true
	node.aside().hidden = choice.Text
}

// secretIn returns the secret in a text, the zero Secret when there is none.
func (r rules) secretIn(text string) secrets.Secret {
	if text == "" {
		return secrets.Secret{}
	}
	switch r.judged {
	case judgedByForm:
		return secrets.InProse(text)
	case judgedText:
		return secrets.InText(text)
	case judgedItself:
		return secrets.InSecret(text)
	default: // by key or name
	}
	return secrets.InSetting(r.setting, text, r.withKeyID)
}
