package access

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
)

// Derive adds to a linked stack the paths from outside to administrator access and to the data of an account, for rules. It
// costs nothing if the stack has no way in or no role that allows anything broad: tables is then not called.
func Derive(stack *model.Stack, tables func() (*Tables, error), trusted []string) error {
	if len(stack.Paths) > 0 || !hasEntry(stack) || !slices.ContainsFunc(stack.Roles, isBroadRole) {
		return nil
	}
	known, err := tables()
	if err != nil {
		return err
	}
	b := newBuilder(stack, "", Options{Tables: known, Trusted: trusted, Show: func(path string) string { return path }})
	b.build()
	entries := b.entries()
	public := b.derive(Public, entries, nil)
	b.derive(CrossAccount, entries, public)
	return nil
}

// hasEntry reports whether a principal outside of the account may invoke something in the stack.
func hasEntry(s *model.Stack) bool {
	return len(s.Routes)+len(s.ResourcePolicies)+len(s.ChannelPolicies)+len(s.BusPermissions) > 0 ||
		slices.ContainsFunc(s.FunctionURLs, func(u model.FunctionURL) bool { auth, ok := u.AuthType.Get(); return ok && auth == "NONE" }) ||
		slices.ContainsFunc(s.Permissions, func(p model.Permission) bool { who, ok := p.Principal.Get(); return ok && !isService(who) }) ||
		slices.ContainsFunc(s.Channels, func(c model.Channel) bool { return len(c.Statements.Items) > 0 }) ||
		slices.ContainsFunc(s.Buckets, func(b model.Bucket) bool { return len(b.Statements.Items) > 0 })
}

// isBroadRole reports whether a role of a function may allow an action on every resource of a service.
func isBroadRole(r model.Role) bool {
	if len(r.Functions.Targets()) == 0 {
		return false
	}
	return slices.ContainsFunc(r.ManagedPolicies.Items, func(ref model.Ref) bool {
		arn, _ := ref.Get()
		return policyName(arn) != ""
	}) || slices.ContainsFunc(r.Statements.Items, func(s model.Statement) bool {
		effect, _ := s.Effect.Get()
		return effect == allow && (len(s.NotResources.Items) > 0 || slices.ContainsFunc(s.Resources.Items, func(ref model.Ref) bool {
			return strings.HasSuffix(pattern(&ref), "*")
		}))
	})
}

// entries returns the resources that let callers in, by ID.
func (b *builder) entries() map[string]*model.Resource {
	found := map[string]*model.Resource{}
	note := func(r *model.Resource) { found[r.ID] = r }
	for i := range b.stack.Buckets {
		note(&b.stack.Buckets[i].Resource)
	}
	for i := range b.stack.Channels {
		note(&b.stack.Channels[i].Resource)
	}
	for i := range b.stack.ChannelPolicies {
		note(&b.stack.ChannelPolicies[i].Resource)
	}
	for i := range b.stack.BusPermissions {
		note(&b.stack.BusPermissions[i].Resource)
	}
	for i := range b.stack.ResourcePolicies {
		note(&b.stack.ResourcePolicies[i].Resource)
	}
	for i := range b.stack.Permissions {
		note(&b.stack.Permissions[i].Resource)
	}
	for i := range b.stack.Routes {
		note(&b.stack.Routes[i].Resource)
	}
	for i := range b.stack.FunctionURLs {
		note(&b.stack.FunctionURLs[i].Resource)
	}
	return found
}

// isSure reports whether a caller of a function invokes it whatever a request contains and however unknown values turn out. f is
// nil for a caller of every function.
func (c *Caller) isSure(f *Function) bool {
	switch c.Kind {
	case URL:
		return true
	case Route:
		return !strings.HasPrefix(c.Who.Request, "OPTIONS ") // a preflight request has no content
	case Writer:
		return len(c.Conditions) == 0 && !isService(c.Who.Name)
	case Permission, Policy:
		if f == nil || isService(c.Who.Name) {
			return false
		}
	case Trigger, EventSource, OfFunction, OfRole, OfUser:
		return false
	}
	hasURL := slices.ContainsFunc(f.Callers, func(o Caller) bool { return o.Kind == URL && o.Reach == Public })
	return !slices.ContainsFunc(c.Conditions, func(x string) bool { return x != urlOnly && x != urlAuth+" NONE" || !hasURL })
}

// derive adds a path from a reach to each role that leads to something, unless one of done leads there. It returns the indices
// of the roles.
func (b *builder) derive(from Reach, entries map[string]*model.Resource, done map[int]bool) map[int]bool {
	s := newSearch(&b.unit, Question{}, from)
	best, count := map[int]Path{}, map[int]int{}
	ends, whens := map[int]int{}, map[int][]source.When{}
	for i, ways := range s.forward() {
		if len(ways) == 0 {
			continue
		}
		for _, role := range b.unit.Functions[i].Roles {
			ways, when := b.with(&b.unit.Roles[role], ways)
			if done[role] || len(ways) == 0 {
				continue
			}
			count[role]++
			whens[role] = append(whens[role], when)
			if p := s.trace(ways[0]); count[role] == 1 || len(p.Steps) < len(best[role].Steps) {
				best[role], ends[role] = p, i
			}
		}
	}
	found := map[int]bool{}
	for role := range b.unit.Roles {
		if p, ok := best[role]; ok {
			if g := b.goal(role); g != nil {
				found[role] = true
				p.When = source.AnyOf(whens[role], 0)
				b.addPath(p, from, g, role, &b.unit.Functions[ends[role]], count[role]-1, entries[p.Steps[0].Via])
			}
		}
	}
	return found
}

// with returns the ways to a function that exist together with its role, and when they do.
func (b *builder) with(r *Role, ways []*way) (found []*way, when source.When) {
	var whens []source.When
	for _, w := range ways {
		if both, ok := b.unit.both(w.Existence, r.Existence); ok {
			found, whens = append(found, w), append(whens, both.When)
		}
	}
	return found, source.AnyOf(whens, 0)
}

// sureGoal is what a role certainly leads to.
type sureGoal struct{ name, detail, how string }

// goal returns what a role leads to whatever the request; nil: nothing of interest.
func (b *builder) goal(role int) *sureGoal {
	r := &b.unit.Roles[role]
	for i := range r.Risks {
		risk := &r.Risks[i]
		if risk.Certainty == Yes && (risk.Kind == Admin || risk.Kind == Escalate) {
			return &sureGoal{string(Admin), ability(risk.Kind) + ": " + listed(risk.Details, maxActions), "*"}
		}
	}
	q := b.questionOf(b.roleOf[role])
	for _, action := range b.tables.names {
		for _, kind := range b.tables.kinds[action] {
			if kind != Data && kind != Secrets {
				continue
			}
			if c, by := q.broad(action); c == Yes {
				service, _, _ := strings.Cut(action, ":")
				return &sureGoal{string(Data), "reads every " + thing(service) + ": " + by[0], by[0]}
			}
		}
	}
	return nil
}

// addPath adds a path to the stack.
func (b *builder) addPath(p Path, from Reach, g *sureGoal, role int, f *Function, others int, entry *model.Resource) {
	if entry == nil {
		return
	}
	r := &b.unit.Roles[role]
	at := entry.At
	out := model.Path{ // of one of the variants of the entry, with the condition of the path
		Resource: *entry, From: model.Known(string(from), at), Caller: model.Known(p.Title, at), Goal: model.Known(g.name, at), Detail: model.Known(g.detail, at),
		Function: model.Known(f.ID, at), Role: model.Known(r.ID, at), Others: model.Known(others, at), Steps: model.NewList[model.PathStep](at),
	}
	out.When = p.When
	for _, step := range p.Steps {
		out.Steps.Items = append(out.Steps.Items, model.NewPathStep(step.At, step.Text))
	}
	out.Steps.Items = append(out.Steps.Items, model.NewPathStep(r.allowing(g.how), f.ID+" runs with "+r.ID+", which "+g.verb()))
	b.stack.AddPath(out)
}

// verb describes a goal after the role.
func (g *sureGoal) verb() string {
	if g.name == string(Admin) {
		return "leads to administrator access (" + g.detail + ")"
	}
	return g.detail
}

// allowing returns the place of a statement with an action, or of the role.
func (r *Role) allowing(action string) source.Range {
	for i := range r.Grants {
		if g := &r.Grants[i]; g.Effect == allow && (slices.Contains(g.Actions, action) || action == notAction && len(g.NotActions) > 0) && slices.ContainsFunc(g.Resources, func(x string) bool { return strings.HasSuffix(x, "*") }) {
			return g.At
		}
	}
	return r.At
}
