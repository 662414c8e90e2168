package terraform

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"lintel/internal/model"
)

// mentions are what the blocks of a module refer to.
type mentions struct {
	*model.Mentions // of TYPE.NAME and the words of texts
	answers         map[*block]model.Mention
}

// mentioned returns what the blocks of a module refer to, which it reads once.
func (l *loader) mentioned(c *config) *mentions {
	if c.mentions != nil {
		return c.mentions
	}
	m := &mentions{model.NewMentions(), map[*block]model.Mention{}}
	c.mentions = m
	for _, b := range c.order {
		m.read(l, ownerOf(b), b.body)
	}
	for _, name := range slices.Sorted(maps.Keys(c.outputs)) {
		m.read(l, "output", c.outputs[name].body)
	}
	for _, name := range slices.Sorted(maps.Keys(c.locals)) {
		m.attribute(l, "local", c.locals[name])
	}
	for _, name := range slices.Sorted(maps.Keys(c.values)) {
		m.attribute(l, "values", c.values[name])
	}
	for _, name := range slices.Sorted(maps.Keys(c.variables)) {
		m.read(l, "variable", c.variables[name].body)
	}
	return m
}

// ownerOf returns the address of a block.
func ownerOf(b *block) string { return strings.Join(append([]string{b.kind}, b.labels...), ".") }

func (m *mentions) read(l *loader, owner string, b *body) {
	for _, a := range b.attributes {
		m.attribute(l, owner, a)
	}
	for _, nested := range b.blocks {
		m.read(l, owner, nested.body)
	}
}

func (m *mentions) attribute(l *loader, owner string, a *attribute) {
	isPolicy := IsRolePolicy(owner)
	add := func(word string) { m.Add(word, owner, isPolicy) }
	for _, traversal := range a.expr.Variables() {
		if name := resourceName(traversal); name != "" {
			add(name)
		}
	}
	if IsOwnName(owner, a.name) {
		return
	}
	for _, text := range l.textsOf(a) {
		model.Words(text, add)
	}
}

// resourceName returns TYPE.NAME of a reference, var.NAME and local.NAME included.
func resourceName(traversal hcl.Traversal) string {
	if len(traversal) < 2 {
		return ""
	}
	step, ok := traversal[1].(hcl.TraverseAttr)
	if !ok {
		return ""
	}
	return traversal.RootName() + "." + step.Name
}

// IsOwnName reports whether an argument of a block is a name or description of the block itself, and does not mention
// another one. Resources that belong together often have the same. The name of a log group is that of its function.
func IsOwnName(owner, argument string) bool {
	return slices.Contains([]string{"name", "name_prefix", "description", "tags"}, argument) && !strings.Contains(owner, "aws_cloudwatch_log_group.")
}

// textsOf returns the texts that an expression writes, without what is interpolated.
func (l *loader) textsOf(a *attribute) []string {
	at := rangeOf(a.expr.Range())
	file := l.files[at.Path]
	if file == nil || at.End > len(file.Content) {
		return nil
	}
	written := string(file.Content[at.Start:at.End])
	if strings.Contains(written, "<<") { // a heredoc
		return []string{interpolated.ReplaceAllString(written, " ")}
	}
	return quoted.FindAllString(interpolated.ReplaceAllString(written, " "), -1)
}

var (
	interpolated = regexp.MustCompile(`[$%]\{[^}]*\}`)
	quoted       = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
)

// NameArgument returns the argument with the name of a resource. It is empty for types of which no rule asks what refers
// to them.
func NameArgument(kind string) string {
	switch kind {
	case "aws_iam_role":
		return "name"
	case "aws_lambda_function":
		return "function_name"
	case "aws_lambda_layer_version":
		return "layer_name"
	}
	return ""
}

// IsRolePolicy reports whether a resource with an address is about what a role may do, which is no use of the role.
func IsRolePolicy(address string) bool {
	kind, _, _ := strings.Cut(strings.TrimPrefix(address, "resource."), ".")
	switch kind {
	case "aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_iam_role_policies_exclusive",
		"aws_iam_role_policy_attachments_exclusive", "aws_iam_policy_attachment":
		return true
	}
	return false
}

// mention reports whether something in the module refers to a resource, by its address or by its name.
func (m *instance) mention(b *block) model.Mention {
	argument := NameArgument(b.labels[0])
	if argument == "" {
		return model.MentionUnknown
	}
	all, own := m.mentioned(m.config), ownerOf(b)
	if answer, ok := all.answers[b]; ok {
		return answer
	}
	names := append(m.nameWords(b.body.get(argument)), b.labels[0]+"."+b.labels[1])
	all.answers[b] = all.Of(names, own, b.labels[0] == "aws_iam_role")
	return all.answers[b]
}

// nameWords returns the words of a name: those that it writes or, if it writes none, the values that it is made of. Words that a
// known name does not contain, such as the key of a map, are no part of it.
func (m *instance) nameWords(a *attribute) []string {
	if a == nil {
		return nil
	}
	var words []string
	for _, text := range m.textsOf(a) {
		model.Words(text, func(word string) { words = append(words, word) })
	}
	if bare, _ := (scope{instance: m}).value(a.expr).Unmark(); len(words) > 0 && isKnownString(bare) {
		part := map[string]bool{}
		model.Words(bare.AsString(), func(word string) { part[word] = true })
		words = slices.DeleteFunc(words, func(word string) bool { return !part[word] })
		if len(words) == 0 { // such as that in a file
			words = slices.Sorted(maps.Keys(part))
		}
	}
	if len(words) > 0 {
		return words
	}
	for _, traversal := range a.expr.Variables() {
		if name := resourceName(traversal); name != "" {
			words = append(words, name)
		}
	}
	return words
}
