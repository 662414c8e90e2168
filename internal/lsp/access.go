package lsp

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/model"
)

// access says in Markdown who can invoke a function and what its role may do. input is masked.
func access(input model.Object, id string) string {
	a := teller{input: input}
	a.numbers(id)
	a.title("Who can invoke %s", inCode(id))
	a.urls()
	a.permissions()
	a.triggers()
	a.routes()
	a.none("nobody in this stack is allowed to, apart from those whose own policies allow it")
	a.title("What it may do")
	a.roles()
	a.none("its role is not in this stack")
	return a.out.String()
}

// teller puts together what is said about one function.
type teller struct {
	input     model.Object
	functions []int // the function, in all its variants
	roleOf    []int
	out       strings.Builder
	said      []string // below the last title
}

// numbers finds the function and its role among those of the stack.
func (a *teller) numbers(id string) {
	for i, fn := range list(a.input, "functions") {
		if fn.Get("id") == id {
			a.functions = append(a.functions, i)
			a.roleOf = append(a.roleOf, targets(part(fn, "role"))...)
		}
	}
}

func (a *teller) title(format string, args ...any) {
	if a.out.Len() > 0 {
		a.out.WriteString("\n")
	}
	fmt.Fprintf(&a.out, "### "+format+"\n\n", args...)
	a.said = nil
}

// say adds an item, once.
func (a *teller) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(a.said, text) {
		a.said = append(a.said, text)
		a.out.WriteString("- " + text + "\n")
	}
}

// none says something where nothing else is said.
func (a *teller) none(text string) {
	if len(a.said) == 0 {
		a.say("%s", text)
	}
}

// points reports whether a reference leads to the function.
func (a *teller) points(ref model.Object) bool {
	return slices.ContainsFunc(targets(ref), func(i int) bool { return slices.Contains(a.functions, i) })
}

func (a *teller) urls() {
	for _, url := range list(a.input, "function_urls") {
		if !a.points(part(url, "function")) {
			continue
		}
		switch part(url, "auth_type").Get("value") {
		case "NONE":
			a.say("**everybody**, through the URL %s, which asks for no authorization", name(url))
		case "AWS_IAM":
			a.say("signed requests through the URL %s, of principals that are allowed to", name(url))
		default:
			a.say("requests through the URL %s; which, is not known", name(url))
		}
	}
}

func (a *teller) permissions() {
	for _, p := range list(a.input, "permissions") {
		if !a.points(part(p, "function")) {
			continue
		}
		who := words(part(p, "principal"))
		if part(p, "principal").Get("value") == "*" {
			who = "**everybody**"
		}
		var only []string
		for _, limit := range []struct{ attribute, as string }{
			{"source_arn", "for"}, {"source_account", "of the account"}, {"principal_org_id", "of the organization"}, {"function_url_auth_type", "through a URL with authorization"},
		} {
			if node := part(p, limit.attribute); node.Get("absent") == nil {
				only = append(only, limit.as+" "+words(node))
			}
		}
		text := fmt.Sprintf("%s may %s", who, words(part(p, "action")))
		if len(only) > 0 {
			text += ", " + strings.Join(only, ", ")
		}
		a.say("%s (%s)", text, name(p))
	}
	for _, p := range list(a.input, "resource_policies") {
		if a.points(part(p, "function")) {
			for _, statement := range items(part(p, "statements")) {
				a.say("%s (%s)", statementText(statement), name(p))
			}
		}
	}
}

func (a *teller) triggers() {
	for _, source := range list(a.input, "event_sources") {
		if a.points(part(source, "function")) {
			a.say("Lambda itself, with what it reads from %s (%s)", words(part(source, "source")), name(source))
		}
	}
	for _, t := range list(a.input, "triggers") {
		for _, target := range items(part(t, "targets")) {
			if a.points(part(target, "function")) {
				a.say("%s invokes it (%s)", words(part(t, "service")), name(t))
			}
		}
	}
}

func (a *teller) routes() {
	for _, r := range list(a.input, "routes") {
		if a.points(part(r, "function")) {
			a.say("requests to %s of an API, with authorization %s (%s)", words(part(r, "key")), words(part(r, "authorization")), name(r))
		}
	}
}

func (a *teller) roles() {
	all := list(a.input, "roles")
	for _, i := range a.roleOf {
		if i >= len(all) {
			continue
		}
		a.say("role %s", name(all[i]))
		if boundary := part(all[i], "boundary"); boundary.Get("absent") == nil {
			a.say("nothing that its boundary %s does not allow", words(boundary))
		}
		for _, policy := range items(part(all[i], "managed_policies")) {
			a.say("what %s allows", words(policy))
		}
		for _, statement := range items(part(all[i], "statements")) {
			a.say("%s", statementText(statement))
		}
		if part(all[i], "statements").Get("unknown") != nil {
			a.say("more, which is not known before deployment")
		}
	}
}

// statementText is a statement of a policy as a sentence.
func statementText(s model.Object) string {
	var text strings.Builder
	text.WriteString("**" + plainWords(part(s, "effect")) + "** ")
	if principals := items(part(s, "principals")); len(principals) > 0 {
		var who []string
		for _, p := range principals {
			who = append(who, words(part(p, "value")))
		}
		text.WriteString(strings.Join(who, ", ") + " ")
	}
	if not := items(part(s, "not_actions")); len(not) > 0 {
		text.WriteString("everything but " + listed(not))
	} else {
		text.WriteString(listed(items(part(s, "actions"))))
	}
	switch not := items(part(s, "not_resources")); {
	case len(not) > 0:
		text.WriteString(" on everything but " + listed(not))
	case len(items(part(s, "resources"))) > 0:
		text.WriteString(" on " + listed(items(part(s, "resources"))))
	}
	if conditions := items(part(s, "conditions")); len(conditions) > 0 {
		text.WriteString(", on " + count(len(conditions), "condition"))
	}
	return text.String()
}

// listed names values, the first of many.
func listed(all []model.Object) string {
	var parts []string
	for i, item := range all {
		if i == maxHoverDefaults {
			parts = append(parts, fmt.Sprintf("%d more", len(all)-i))
			break
		}
		parts = append(parts, words(item))
	}
	if len(parts) == 0 {
		return "what is not known"
	}
	return strings.Join(parts, ", ")
}

// words is what is known of a value.
func words(node model.Object) string {
	if value, ok := node.Get("value").(string); ok {
		return inCode(value)
	}
	prefix, _ := node.Get("prefix").(string)
	suffix, _ := node.Get("suffix").(string)
	if prefix != "" || suffix != "" {
		return inCode(prefix + "…" + suffix)
	}
	return "(not known)"
}

// plainWords is like words, for what is no name.
func plainWords(node model.Object) string {
	if value, ok := node.Get("value").(string); ok {
		return plain(value)
	}
	return "(not known)"
}

func name(resource model.Object) string {
	id, _ := resource.Get("id").(string)
	return inCode(id)
}

// list returns the resources of a collection.
func list(input model.Object, collection string) []model.Object {
	return objects(input.Get(collection))
}

// items returns the elements of a list.
func items(node model.Object) []model.Object { return objects(node.Get("items")) }

func objects(value any) []model.Object {
	all, _ := value.([]any)
	out := make([]model.Object, 0, len(all))
	for _, item := range all {
		if o, ok := item.(model.Object); ok {
			out = append(out, o)
		}
	}
	return out
}

// part returns an attribute.
func part(o model.Object, attribute string) model.Object {
	p, _ := o.Get(attribute).(model.Object)
	return p
}

// targets are the resources that a reference leads to.
func targets(ref model.Object) []int {
	all, _ := ref.Get("targets").([]any)
	var out []int
	for _, target := range all {
		if i, ok := target.(int); ok {
			out = append(out, i)
		}
	}
	return out
}
