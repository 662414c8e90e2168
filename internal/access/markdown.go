package access

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/explain"
	"lintel/internal/model"
)

// Markdown describes a function of a graph, which may have several variants: who can invoke it, what its role allows and what
// protects it. The result contains texts of the graph as code or escaped, so the graph must be masked.
func (u *Unit) Markdown(id string) string {
	var all []*Function
	for i := range u.Functions {
		if u.Functions[i].ID == id {
			all = append(all, &u.Functions[i])
		}
	}
	m := markdown{}
	m.title("Who can invoke " + explain.Code(id))
	for _, f := range all {
		for i := range f.Callers {
			m.caller(&f.Callers[i], "")
		}
	}
	for i := range u.Every {
		m.caller(&u.Every[i], "every function of the unit: ")
	}
	m.none("only principals whose own policies allow it: no permission or trigger in this stack")
	m.title("What the role allows")
	for _, f := range all {
		for _, i := range f.Roles {
			m.role(&u.Roles[i])
		}
	}
	m.none("the role is not in this stack")
	if len(all) > 0 {
		m.title("What protects it")
		w := textWriter{}
		w.protection(&all[0].Protection)
		m.item("%s", strings.TrimSpace(w.out.String()))
		for _, note := range all[0].Unknown {
			m.item("unknown: %s", explain.Plain(note))
		}
	}
	return m.out.String()
}

// markdown writes sections with items.
type markdown struct {
	out   strings.Builder
	items []string // below the last title
}

func (m *markdown) title(text string) {
	if m.out.Len() > 0 {
		m.out.WriteString("\n")
	}
	m.out.WriteString("### " + text + "\n\n")
	m.items = nil
}

// item writes an item unless the section has it.
func (m *markdown) item(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(m.items, text) {
		m.items = append(m.items, text)
		m.out.WriteString("- " + text + "\n")
	}
}

// none writes an item if the section has none.
func (m *markdown) none(text string) {
	if len(m.items) == 0 {
		m.item("%s", text)
	}
}

func (m *markdown) caller(c *Caller, prefix string) {
	text := fmt.Sprintf("**%s**: %s%s", c.Reach, prefix, explain.Code(c.Who.String()))
	if c.How != "" {
		text += ": " + explain.Plain(c.How)
	}
	if len(c.Conditions) > 0 {
		text += ", with " + explain.Plain(strings.Join(c.Conditions, "; "))
	}
	m.item("%s (%s %s)", text, c.Kind, explain.Code(c.Via))
}

func (m *markdown) role(r *Role) {
	m.item("role %s", explain.Code(r.ID))
	if r.Boundary != "" {
		m.item("at most what the permissions boundary %s allows", explain.Code(r.Boundary))
	}
	for _, risk := range r.Risks {
		m.item("**%s**%s: %s", ability(risk.Kind), risk.Certainty.suffix(), codes(risk.Details, maxActions))
	}
	for _, managed := range r.Managed {
		text := "managed policy " + explain.Code(managed.Name)
		if managed.Risk != "" {
			text += ": " + explain.Plain(managed.Risk)
		}
		m.item("%s", text)
	}
	for i := range r.Grants {
		m.grant(&r.Grants[i])
	}
	for _, note := range r.Unknown {
		m.item("unknown: %s", explain.Plain(note))
	}
}

func (m *markdown) grant(g *Grant) {
	text := "**" + explain.Plain(g.Effect) + "** "
	if len(g.NotActions) > 0 {
		text += "everything except " + codes(g.NotActions, maxActions)
	} else {
		text += codes(g.Actions, maxActions)
	}
	switch {
	case len(g.NotResources) > 0:
		text += " on everything except " + codes(g.NotResources, maxResources)
	case len(g.Resources) > 0:
		text += " on " + codes(g.Resources, maxResources)
	}
	if len(g.Conditions) > 0 {
		text += ", with " + explain.Plain(listed(g.Conditions, maxShown))
	}
	m.item("%s", text)
}

// codes formats texts as code and cuts the list after the first ones.
func codes(all []string, most int) string {
	if len(all) == 0 {
		return "an unknown value"
	}
	shown := make([]string, len(all))
	for i, text := range all {
		shown[i] = explain.Code(text)
	}
	return listed(shown, most)
}

// Trusted returns the accounts that the input of the rules trusts.
func Trusted(input model.Object) []string {
	settings, _ := input.Get("settings").(model.Object)
	all, _ := settings.Get("trusted_accounts").([]any)
	var accounts []string
	for _, one := range all {
		if account, ok := one.(string); ok {
			accounts = append(accounts, account)
		}
	}
	return accounts
}
