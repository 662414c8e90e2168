package access

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// roleKinds are the abilities in their order.
func roleKinds() []RiskKind {
	return []RiskKind{Admin, Escalate, Permissions, Credentials, Secrets, Data, PassRole, AssumeRole, Decrypt, Invoke}
}

// role describes what a role allows.
func (b *builder) role(i int) Role {
	r := &b.stack.Roles[i]
	out := Role{Place: b.places.of(r.At), ID: r.ID, Existence: existenceOf(&r.Resource), Managed: []Managed{}, Grants: []Grant{}, Risks: []Risk{}, Unknown: []string{}}
	if r.Boundary.State != tree.StateAbsent {
		out.Boundary = refText(&r.Boundary)
	}
	for j := range r.ManagedPolicies.Items {
		if managed := &r.ManagedPolicies.Items[j]; len(managed.Targets()) == 0 {
			out.Managed = append(out.Managed, b.managed(managed))
		}
	}
	if r.ManagedPolicies.State == tree.StateUnknown {
		out.Unknown = add(out.Unknown, "there may be further managed policies")
	}
	if r.Statements.State == tree.StateUnknown {
		out.Unknown = add(out.Unknown, "there may be further permissions: "+r.Statements.Cause())
	}
	for j := range r.Statements.Items {
		out.Grants = append(out.Grants, b.grant(r, &r.Statements.Items[j]))
	}
	rules := b.rules(i)
	for j := range rules {
		if rules[j].actions.isOpen() {
			out.Unknown = add(out.Unknown, "the actions of a statement cannot be determined")
		}
	}
	out.Risks = b.risks(i, &out)
	return out
}

func (b *builder) managed(ref *model.Ref) Managed {
	m := Managed{Name: refText(ref)}
	arn, _ := ref.Get()
	name := policyName(arn)
	if name == "" || ref.Sensitive {
		return m
	}
	m.Name = name
	if m.Risk = b.tables.admin[name]; m.Risk != "" {
		m.Admin = true
		return m
	}
	m.Risk = b.tables.broad[name]
	return m
}

func (b *builder) grant(r *model.Role, s *model.Statement) Grant {
	g := Grant{
		Place: b.places.of(s.At), Effect: text(&s.Effect), Policy: r.ID,
		Actions: texts(&s.Actions, text), NotActions: texts(&s.NotActions, text),
		Resources: texts(&s.Resources, refText), NotResources: texts(&s.NotResources, text), Conditions: conditionTexts(&s.Conditions),
	}
	if s.State == tree.StateUnknown {
		g.Conditions = append(g.Conditions, "may not exist")
	}
	if owner := s.Owner(); owner != nil {
		g.Policy = owner.ID
	}
	g.Services = services(g.Actions)
	return g
}

// services returns the services of actions, sorted.
func services(actions []string) []string {
	found := []string{}
	for _, action := range actions {
		service, _, ok := strings.Cut(strings.ToLower(action), ":")
		switch {
		case action == unknownText || action == model.Masked:
			service = "unknown"
		case isStars(service):
			service = "*"
		case !ok:
			service = action
		}
		found = append(found, service)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// risks returns the sensitive abilities of a role.
func (b *builder) risks(i int, out *Role) []Risk {
	q := *b.questionOf(i)
	all, found := q.admin(), findings{}
	rules := b.rules(i)
	for _, m := range out.Managed {
		if !m.Admin {
			continue
		}
		if found.note(Admin, all, m.Name); all == No {
			q.identity = append(slices.Clip(q.identity), b.tables.ofAWS(m.Name)...)
		}
	}
	for j := range rules {
		if r := &rules[j]; !r.deny && r.actions.all() && r.isBroad("*") {
			found.note(Admin, worse(r.limits, all), "every action in "+out.Grants[j].Policy)
		}
	}
	broad := found.actions(b.tables, &q)
	for _, p := range b.tables.paths {
		if p.open(broad) {
			found.note(Escalate, Yes, p.How)
		}
	}
	return found.inOrder()
}

// findings are the abilities of a role.
type findings map[RiskKind]*Risk

// note adds an ability. Only the details with the best certainty are kept.
func (found findings) note(kind RiskKind, c Certainty, detail string) {
	risk := found[kind]
	if c == No {
		return
	}
	if risk == nil {
		risk = &Risk{Kind: kind, Certainty: c, Details: []string{}}
		found[kind] = risk
	}
	if c.rank() < risk.Certainty.rank() {
		risk.Certainty, risk.Details = c, []string{}
	}
	if c == risk.Certainty {
		risk.Details = add(risk.Details, detail)
	}
}

// actions adds the abilities that single actions give, and returns the actions that are allowed on all resources.
func (found findings) actions(tables *Tables, q *question) (broad map[string]bool) {
	broad = map[string]bool{}
	for _, action := range tables.names {
		c, by := q.effective(action)
		if c == No || q.isElsewhere(action, tables) {
			continue
		}
		for _, kind := range tables.kinds[action] {
			for _, how := range by {
				if how == "" {
					continue // nothing is known of the action
				}
				found.note(kind, c, how)
			}
		}
		if c, _ := q.broad(action); c == Yes {
			broad[action] = true
		}
	}
	return broad
}

// isElsewhere reports whether an action is allowed only on resources of other services, where it does nothing.
func (q *question) isElsewhere(action string, tables *Tables) bool {
	service, _, _ := strings.Cut(action, ":")
	isAbout := func(a area) bool { return tables.isAbout(service, a) }
	return !slices.ContainsFunc([][]rule{q.identity, q.granted, q.direct}, func(rules []rule) bool {
		return slices.ContainsFunc(granted(rules, action, service), isAbout)
	})
}

func (found findings) inOrder() []Risk {
	all := []Risk{}
	for _, kind := range roleKinds() {
		if risk := found[kind]; risk != nil {
			all = append(all, *risk)
		}
	}
	return all
}

// open reports whether the allowed actions are enough for a way of privilege escalation.
func (p path) open(allowed map[string]bool) bool {
	is := func(action string) bool { return allowed[action] }
	if !slices.ContainsFunc(p.Keys, is) {
		return false
	}
	for _, alternatives := range p.With {
		if !slices.ContainsFunc(alternatives, is) {
			return false
		}
	}
	return true
}

// note adds a reason. Only the reasons with the best certainty are kept.
func (a *Allowed) note(c Certainty, by string) {
	if c.rank() < a.Certainty.rank() {
		a.Certainty, a.By = c, []string{}
	}
	if c == a.Certainty && c != No {
		a.By = add(a.By, by)
	}
}

// managed adds what a managed policy of a role says about a service.
func (a *Allowed) managed(tables *Tables, m Managed, role, service string, left Certainty) {
	switch known := tables.services[m.Name]; {
	case m.Name == "AdministratorAccess":
		a.note(left, role+" "+m.Name)
	case tables.ofAWS(m.Name) != nil && !m.Admin: // among the statements
	case known == nil || slices.Contains(known, service):
		a.note(worse(Maybe, left), role+" managed policy "+m.Name)
	}
}

// allowed returns whether the roles of a function allow an action.
func (b *builder) allowed(roles []int, action string) *Allowed {
	best := &Allowed{Certainty: No, By: []string{}}
	if len(roles) == 0 {
		best.note(Maybe, "the role is not declared here")
	}
	service, _, _ := strings.Cut(action, ":")
	for _, i := range roles {
		r := &b.stack.Roles[b.roleOf[i]]
		q := b.questionOf(b.roleOf[i])
		left := q.leaves(action)
		c, by := q.effective(action)
		for _, how := range by {
			if how == "" {
				how = "an action that cannot be determined"
			}
			best.note(c, r.ID+" "+how)
		}
		if r.Statements.State == tree.StateUnknown || r.ManagedPolicies.State == tree.StateUnknown {
			best.note(worse(Maybe, left), r.ID+" may have further permissions")
		}
		for _, m := range b.unit.Roles[i].Managed {
			best.managed(b.tables, m, r.ID, service, left)
		}
	}
	return best
}
