package explain

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/model"
)

// Access describes in Markdown who can invoke a function and what its execution role allows. The input must be masked
// (model.Mask), because the text contains its values.
func Access(input model.Object, id string) string {
	a := accessText{input: input}
	a.numbers(id)
	a.title("Who can invoke %s", Code(id))
	a.urls()
	a.permissions()
	a.triggers()
	a.routes()
	a.none("only principals whose own policies allow it: no permission or trigger in this stack")
	a.title("What the role allows")
	a.roles()
	a.none("the role is not in this stack")
	return a.out.String()
}

// accessText builds the description of one function.
type accessText struct {
	input     model.Object
	functions []int // indices of the variants of the function
	roleOf    []int
	out       strings.Builder
	items     []string // below the last title
}

// numbers sets the indices of the function and its role in the stack.
func (a *accessText) numbers(id string) {
	for i, fn := range list(a.input, "functions") {
		if fn.Get("id") == id {
			a.functions = append(a.functions, i)
			a.roleOf = append(a.roleOf, targets(part(fn, "role"))...)
		}
	}
}

func (a *accessText) title(format string, args ...any) {
	if a.out.Len() > 0 {
		a.out.WriteString("\n")
	}
	fmt.Fprintf(&a.out, "### "+format+"\n\n", args...)
	a.items = nil
}

// add adds an item unless it exists.
func (a *accessText) add(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(a.items, text) {
		a.items = append(a.items, text)
		a.out.WriteString("- " + text + "\n")
	}
}

// none adds an item if there is none below the title.
func (a *accessText) none(text string) {
	if len(a.items) == 0 {
		a.add("%s", text)
	}
}

// points reports whether a reference resolves to the function.
func (a *accessText) points(ref model.Object) bool {
	return slices.ContainsFunc(targets(ref), func(i int) bool { return slices.Contains(a.functions, i) })
}

func (a *accessText) urls() {
	for _, url := range list(a.input, "function_urls") {
		if !a.points(part(url, "function")) {
			continue
		}
		switch part(url, "auth_type").Get("value") {
		case "NONE":
			a.add("**everyone**, through the URL %s without authorization", name(url))
		case "AWS_IAM":
			a.add("principals with permission, through the URL %s with signed requests", name(url))
		default:
			a.add("requests through the URL %s, whose authorization cannot be determined", name(url))
		}
	}
}

func (a *accessText) permissions() {
	for _, p := range list(a.input, "permissions") {
		if !a.points(part(p, "function")) {
			continue
		}
		who := words(part(p, "principal"))
		if part(p, "principal").Get("value") == "*" {
			who = "**everyone**"
		}
		var only []string
		for _, limit := range []struct{ attribute, as string }{
			{"source_arn", "from"},
			{"source_account", "from the account"},
			{"principal_org_id", "from the organization"},
			{"function_url_auth_type", "through a function URL with authorization"},
		} {
			if node := part(p, limit.attribute); node.Get("absent") == nil {
				only = append(only, limit.as+" "+words(node))
			}
		}
		text := fmt.Sprintf("%s may %s", who, words(part(p, "action")))
		if len(only) > 0 {
			text += ", " + strings.Join(only, ", ")
		}
		a.add("%s (%s)", text, name(p))
	}
	for _, p := range list(a.input, "resource_policies") {
		if a.points(part(p, "function")) {
			for _, statement := range items(part(p, "statements")) {
				a.add("%s (%s)", statementText(statement), name(p))
			}
		}
	}
}

func (a *accessText) triggers() {
	for _, source := range list(a.input, "event_sources") {
		if a.points(part(source, "function")) {
			a.add("Lambda, with records from %s (%s)", words(part(source, "source")), name(source))
		}
	}
	for _, t := range list(a.input, "triggers") {
		for _, target := range items(part(t, "targets")) {
			if a.points(part(target, "function")) {
				a.add("%s (%s)", words(part(t, "service")), name(t))
			}
		}
	}
}

func (a *accessText) routes() {
	for _, r := range list(a.input, "routes") {
		if a.points(part(r, "function")) {
			a.add("requests to %s of an API, with authorization %s (%s)", words(part(r, "key")), words(part(r, "authorization")), name(r))
		}
	}
}

func (a *accessText) roles() {
	all := list(a.input, "roles")
	for _, i := range a.roleOf {
		if i >= len(all) {
			continue
		}
		a.add("role %s", name(all[i]))
		if boundary := part(all[i], "boundary"); boundary.Get("absent") == nil {
			a.add("at most what the permissions boundary %s allows", words(boundary))
		}
		for _, policy := range items(part(all[i], "managed_policies")) {
			a.add("managed policy %s", words(policy))
		}
		for _, statement := range items(part(all[i], "statements")) {
			a.add("%s", statementText(statement))
		}
		if part(all[i], "statements").Get("unknown") != nil {
			a.add("further permissions that are unknown until deployment")
		}
	}
}

// statementText formats a policy statement as a phrase.
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
		text.WriteString("everything except " + listed(not))
	} else {
		text.WriteString(listed(items(part(s, "actions"))))
	}
	switch not := items(part(s, "not_resources")); {
	case len(not) > 0:
		text.WriteString(" on everything except " + listed(not))
	case len(items(part(s, "resources"))) > 0:
		text.WriteString(" on " + listed(items(part(s, "resources"))))
	}
	if conditions := items(part(s, "conditions")); len(conditions) > 0 {
		text.WriteString(", with " + count(len(conditions), "condition"))
	}
	return text.String()
}

// listed formats a list of values and cuts it after the first ones.
func listed(all []model.Object) string {
	var parts []string
	for i, item := range all {
		if i == maxListed {
			parts = append(parts, fmt.Sprintf("%d more", len(all)-i))
			break
		}
		parts = append(parts, words(item))
	}
	if len(parts) == 0 {
		return "an unknown value"
	}
	return strings.Join(parts, ", ")
}

// words formats a value as code, or the known parts of it.
func words(node model.Object) string {
	if value, ok := node.Get("value").(string); ok {
		return Code(value)
	}
	prefix, _ := node.Get("prefix").(string)
	suffix, _ := node.Get("suffix").(string)
	if prefix != "" || suffix != "" {
		return Code(prefix + "…" + suffix)
	}
	return "(unknown)"
}

// plainWords formats a value as plain text.
func plainWords(node model.Object) string {
	if value, ok := node.Get("value").(string); ok {
		return Plain(value)
	}
	return "(unknown)"
}

func name(resource model.Object) string {
	id, _ := resource.Get("id").(string)
	return Code(id)
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

// targets returns the indices of the resources that a reference resolves to.
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
