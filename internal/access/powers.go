package access

import (
	"slices"
	"strings"
)

// powers are what the roles of a version of a function allow.
type powers struct {
	declared bool // all roles are in the unit
	role     string
	grants   []*Grant
	managed  []Managed
	limits   []string // boundaries
	risks    map[RiskKind]Risk
}

func powersOf(v *version) powers {
	p := powers{risks: map[RiskKind]Risk{}, declared: true}
	if v == nil {
		return p
	}
	seen := map[int]bool{}
	for _, f := range v.all {
		p.role = f.RoleName
		p.declared = p.declared && len(f.Roles) > 0
		for _, i := range f.Roles {
			if !seen[i] {
				seen[i] = true
				p.add(&v.unit.Roles[i])
			}
		}
	}
	return p
}

func (p *powers) add(r *Role) {
	for i := range r.Grants {
		p.grants = append(p.grants, &r.Grants[i])
	}
	p.managed = append(p.managed, r.Managed...)
	if r.Boundary != "" {
		p.limits = append(p.limits, r.Boundary)
	}
	for _, risk := range r.Risks {
		if old, ok := p.risks[risk.Kind]; !ok || risk.Certainty.rank() < old.Certainty.rank() {
			p.risks[risk.Kind] = risk
		}
	}
}

// certainty returns whether there is an ability.
func (p *powers) certainty(kind RiskKind) Certainty {
	if risk, ok := p.risks[kind]; ok {
		return risk.Certainty
	}
	return No
}

// powers compares what the roles of a function allow; before may be nil.
func (c *comparison) powers(before, now *version) {
	was, is := powersOf(before), powersOf(now)
	id, at := now.id(), now.all[0].Place
	switch {
	case !is.declared && (before == nil || was.declared || was.role != is.role):
		c.note(change{opens: true, class: Class(Unknown), post: " has the role " + is.role + " now, which is not declared here: what it allows cannot be determined", at: at}, id)
		return
	case !is.declared:
		return
	}
	d := difference{comparison: c, id: id, at: at}
	opens, closes := d.to(&was, &is, true), d.to(&is, &was, false)
	if !was.declared {
		closes = nil // what was allowed before cannot be determined
	}
	for _, n := range append(opens, closes...) {
		c.note(n, id)
	}
}

// difference compares the powers of a function.
type difference struct {
	*comparison
	id string
	at Place
}

// to returns what one side has and another has not.
func (d *difference) to(without, with *powers, opens bool) []change {
	if without.certainty(Admin) == Yes {
		return nil // that is everything
	}
	may := " may now "
	if !opens {
		may = " may no longer "
	}
	if with.certainty(Admin) == Yes {
		is := " is now administrator: "
		if !opens {
			is = " is no longer administrator: "
		}
		at := d.at
		if opens {
			at = adminPlace(with, at)
		}
		return []change{{opens: opens, class: Class(Admin), certain: true, post: is + listed(with.risks[Admin].Details, maxActions), at: at}}
	}
	said := map[RiskKind]bool{}
	all := d.permissions(without, with, opens, may, said)
	all = append(all, d.limits(without, with, opens)...)
	for _, kind := range roleKinds() {
		has, had := with.certainty(kind), without.certainty(kind)
		if said[kind] || has.rank() >= had.rank() {
			continue
		}
		all = append(all, change{
			opens: opens, class: Class(kind), certain: has != Maybe && kind != Admin,
			post: may + infinitive(kind) + has.suffix() + ": " + listed(with.risks[kind].Details, maxActions), at: d.at,
		})
	}
	return append(all, d.managed(without, with, opens)...)
}

// adminPlace returns the place of a statement that makes its role administrator.
func adminPlace(p *powers, otherwise Place) Place {
	for _, g := range p.grants {
		if g.Effect == allow && slices.ContainsFunc(g.Actions, func(a string) bool { return isStars(strings.ReplaceAll(a, ":", "")) }) {
			return g.Place
		}
	}
	return otherwise
}

const (
	allow = "Allow"
	deny  = "Deny"
)

// infinitive describes a sensitive ability after may.
func infinitive(kind RiskKind) string {
	return map[RiskKind]string{
		Admin: "be administrator", Escalate: "escalate its privileges", Permissions: "manage permissions", Credentials: "obtain credentials",
		Secrets: "read secrets", Data: "read data", PassRole: "pass roles", AssumeRole: "assume roles", Decrypt: "decrypt", Invoke: "invoke functions",
	}[kind]
}

// permissions returns the actions that the statements of one side allow and those of the other do not.
func (d *difference) permissions(without, with *powers, opens bool, may string, said map[RiskKind]bool) []change {
	var all []change
	known := map[string]bool{}
	for _, g := range without.grants {
		known[g.key()] = true
	}
	for _, g := range with.grants {
		if g.Effect != allow || known[g.key()] {
			continue
		}
		known[g.key()] = true
		if len(g.NotActions) > 0 || len(g.NotResources) > 0 {
			all = append(all, d.wide(g, with, opens, may, said))
			continue
		}
		all = append(all, d.narrow(g, without, with, opens, may, said)...)
	}
	return all
}

// key returns the content of a statement.
func (g *Grant) key() string {
	parts := [][]string{{g.Effect}, g.Actions, g.NotActions, g.Resources, g.NotResources, g.Conditions}
	all := make([]string, len(parts))
	for i := range parts {
		sorted := slices.Clone(parts[i])
		slices.Sort(sorted)
		all[i] = strings.Join(sorted, "\x01")
	}
	return strings.Join(all, "\x00")
}

// wide returns the change of a statement with exceptions.
func (d *difference) wide(g *Grant, with *powers, opens bool, may string, said map[RiskKind]bool) change {
	class := OfActions
	for _, kind := range roleKinds() {
		if with.certainty(kind) == No || said[kind] {
			continue
		}
		if class == OfActions {
			class = Class(kind)
		}
		said[kind] = true
	}
	what := listed(g.Actions, maxActions)
	if len(g.NotActions) > 0 {
		what = "everything except " + listed(g.NotActions, maxActions)
	}
	at := d.at
	if opens {
		at = g.Place
	}
	return change{opens: opens, class: class, certain: true, post: may + "use " + what + onText(g, g.Resources), at: at}
}

// onText returns the resources and conditions of a statement in a sentence.
func onText(g *Grant, resources []string) string {
	on := " on " + listed(resources, maxResources)
	switch {
	case len(g.NotResources) > 0:
		on = " on everything except " + listed(g.NotResources, maxResources)
	case slices.ContainsFunc(resources, isStars):
		on = " on every resource"
	case len(resources) == 0:
		on = ""
	}
	if len(g.Conditions) > 0 {
		on += " [" + listed(g.Conditions, maxShown) + "]"
	}
	return on
}

// narrow returns the changes of a statement without exceptions: one for each set of resources and abilities.
func (d *difference) narrow(g *Grant, without, with *powers, opens bool, may string, said map[RiskKind]bool) []change {
	type group struct {
		kinds              []RiskKind
		actions, resources []string
	}
	var groups []*group
	byKey := map[string]*group{}
	for _, action := range g.Actions {
		open := d.open(g, action, without, with)
		if len(open) == 0 {
			continue
		}
		kinds := d.kinds(action, with)
		key := strings.Join(open, "\x01") + "\x00" + strings.Join(textsOf(kinds), "\x01")
		if byKey[key] == nil {
			byKey[key] = &group{kinds: kinds, resources: open}
			groups = append(groups, byKey[key])
		}
		byKey[key].actions = append(byKey[key].actions, action)
	}
	all := make([]change, 0, len(groups))
	for _, one := range groups {
		n := change{opens: opens, class: OfActions, at: d.at, certain: !slices.Contains(one.actions, unknownText) && !slices.Contains(one.resources, unknownText)}
		verb := "use "
		if len(one.kinds) > 0 {
			n.class = Class(one.kinds[0])
			var verbs []string
			for _, kind := range one.kinds {
				said[kind] = true
				verbs = append(verbs, infinitive(kind))
			}
			verb = joined(verbs) + ": "
		}
		if opens {
			n.at = g.Place
		}
		n.post = may + verb + listed(one.actions, maxActions) + onText(g, one.resources)
		if phrase := everyText(one.kinds, one.actions, one.resources); phrase != "" {
			n.post = may + phrase + ": " + listed(one.actions, maxActions) + strings.TrimPrefix(onText(g, one.resources), " on every resource")
		}
		all = append(all, n)
	}
	return all
}

func textsOf(kinds []RiskKind) []string {
	all := make([]string, len(kinds))
	for i, kind := range kinds {
		all[i] = string(kind)
	}
	return all
}

// joined joins verbs in a sentence.
func joined(all []string) string {
	if len(all) < 2 { //nolint:mnd // two are joined
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// everyText returns the phrase for reading everything of one service; empty: there is none.
func everyText(kinds []RiskKind, actions, resources []string) string {
	if len(kinds) != 1 || kinds[0] != Data && kinds[0] != Secrets || !slices.ContainsFunc(resources, isStars) {
		return ""
	}
	found := services(actions)
	if len(found) != 1 {
		return ""
	}
	if thing(found[0]) == "" {
		return ""
	}
	return "read every " + thing(found[0])
}

// thing returns what the data of a service is in.
func thing(service string) string {
	return map[string]string{"s3": "bucket", "dynamodb": "table", "secretsmanager": "secret", "ssm": "parameter"}[service]
}

// kinds returns the abilities that an action gives and that a side has.
func (d *difference) kinds(action string, with *powers) []RiskKind {
	var found []RiskKind
	low := strings.ToLower(action)
	for _, kind := range roleKinds() {
		if with.certainty(kind) == No {
			continue
		}
		for _, name := range d.tables.names {
			if slices.Contains(d.tables.kinds[name], kind) && glob(low, name) {
				found = append(found, kind)
				break
			}
		}
	}
	return found
}

// open returns the resources of a statement on which the other side does not allow an action.
func (d *difference) open(g *Grant, action string, without, with *powers) []string {
	var open []string
	resources := g.Resources
	if len(resources) == 0 {
		resources = []string{""}
	}
	for _, resource := range resources {
		if d.allowed(without, action, resource, g.Conditions) || denies(with, action, resource) {
			continue
		}
		if resource != "" {
			open = append(open, resource)
		} else {
			open = append(open, unknownText)
		}
	}
	return open
}

// allowed reports whether a statement of a side allows an action on a resource under the same conditions, or fewer.
func (d *difference) allowed(p *powers, action, resource string, conditions []string) bool {
	for _, g := range p.grants {
		if d.budget--; d.budget < 0 {
			return false
		}
		if g.Effect == allow && g.isAbout(action, resource) && !slices.ContainsFunc(g.Conditions, func(x string) bool { return !slices.Contains(conditions, x) }) {
			return !denies(p, action, resource)
		}
	}
	return false
}

// denies reports whether a statement of a side denies an action on a resource without conditions.
func denies(p *powers, action, resource string) bool {
	return slices.ContainsFunc(p.grants, func(g *Grant) bool {
		return g.Effect == deny && len(g.Conditions) == 0 && g.isAbout(action, resource)
	})
}

// isAbout reports whether a statement covers every action and resource that two patterns match.
func (g *Grant) isAbout(action, resource string) bool {
	action = strings.ToLower(action)
	isAction := slices.ContainsFunc(g.Actions, func(p string) bool { return covers(strings.ToLower(p), action) })
	if len(g.NotActions) > 0 {
		isAction = !strings.ContainsAny(action, "*?(") && !slices.ContainsFunc(g.NotActions, func(p string) bool { return p == unknownText || glob(strings.ToLower(p), action) })
	}
	if !isAction {
		return false
	}
	if len(g.NotResources) > 0 {
		return resource != "" && !strings.ContainsAny(resource, "*?(…") && strings.HasPrefix(resource, "arn:") &&
			!slices.ContainsFunc(g.NotResources, func(p string) bool { return !strings.HasPrefix(p, "arn:") || glob(p, resource) })
	}
	return resource == "" && len(g.Resources) == 0 || slices.ContainsFunc(g.Resources, func(p string) bool { return covers(p, resource) })
}

// limits returns the boundaries and denials that one side lacks. If a change removes them, it opens something.
func (d *difference) limits(without, with *powers, opens bool) []change {
	all := d.boundaries(without, with, opens)
	known := map[string]bool{}
	for _, g := range with.grants {
		known[g.key()] = true
	}
	for _, g := range without.grants {
		if g.Effect != deny || known[g.key()] || !d.lifts(g, with) {
			continue
		}
		known[g.key()] = true
		what := listed(g.Actions, maxActions)
		if len(g.NotActions) > 0 {
			what = "everything except " + listed(g.NotActions, maxActions)
		}
		word := " is no longer denied "
		if !opens {
			word = " is now denied "
		}
		all = append(all, change{opens: opens, class: OfBoundary, certain: true, post: word + what + onText(g, g.Resources), at: d.at})
	}
	return all
}

// boundaries returns the permissions boundaries of one side, if the other has none.
func (d *difference) boundaries(without, with *powers, opens bool) []change {
	if len(with.limits) > 0 || len(with.grants)+len(with.managed) == 0 {
		return nil
	}
	word := "no longer limits "
	if !opens {
		word = "now limits "
	}
	var all []change
	for _, limit := range without.limits {
		all = append(all, change{opens: opens, class: OfBoundary, certain: true, pre: "the permissions boundary " + limit + " " + word, at: d.at})
	}
	return all
}

// lifts reports whether a side may allow some of what a statement denies.
func (d *difference) lifts(g *Grant, with *powers) bool {
	for _, other := range with.grants {
		if other.Effect != allow {
			continue
		}
		if len(g.NotActions)+len(other.NotActions) > 0 {
			return true
		}
		for _, a := range g.Actions {
			for _, b := range other.Actions {
				if d.budget--; d.budget < 0 {
					return true
				}
				a, b := strings.ToLower(a), strings.ToLower(b)
				if glob(a, b) || glob(b, a) {
					return true
				}
			}
		}
	}
	return len(with.managed) > 0
}

// managed returns the managed policies that one side has and the other has not.
func (d *difference) managed(without, with *powers, opens bool) []change {
	var all []change
	for i, m := range with.managed {
		same := func(o Managed) bool { return o.Name == m.Name }
		if slices.ContainsFunc(without.managed, same) || slices.ContainsFunc(with.managed[:i], same) {
			continue
		}
		word := " has the managed policy "
		if !opens {
			word = " no longer has the managed policy "
		}
		text := word + m.Name
		if m.Risk != "" {
			text += ": " + m.Risk
		}
		all = append(all, change{opens: opens, class: OfPolicy, certain: m.Name != unknownText, post: text, at: d.at})
	}
	return all
}
