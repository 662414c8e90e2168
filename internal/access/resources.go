package access

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// resourcePolicy is the policy of a bucket, queue, topic, stream, table or event bus of the stack.
type resourcePolicy struct {
	id         string
	statements *model.List[model.Statement]
}

// resourcePolicies returns the policies of resources whose data functions use, by ID of the resource without instance keys.
func (b *builder) resourcePolicies() map[string][]resourcePolicy {
	if b.resources != nil {
		return b.resources
	}
	b.resources = map[string][]resourcePolicy{}
	note := func(id string, statements *model.List[model.Statement]) {
		if len(statements.Items) > 0 || statements.State == tree.StateUnknown {
			b.resources[base(id)] = append(b.resources[base(id)], resourcePolicy{id, statements})
		}
	}
	buckets := map[string]bool{}
	for i := range b.stack.Buckets {
		bucket := &b.stack.Buckets[i]
		buckets[bucket.ID] = true
		note(bucket.ID, &bucket.Statements)
	}
	for i := range b.stack.Channels {
		if c := &b.stack.Channels[i]; !buckets[c.ID] {
			note(c.ID, &c.Statements)
		}
	}
	for i := range b.stack.ChannelPolicies {
		p := &b.stack.ChannelPolicies[i]
		for j := range p.Channels.Items {
			for _, id := range b.channels(&p.Channels.Items[j]) {
				note(id, &p.Statements)
			}
		}
	}
	return b.resources
}

// resourceSide adds the statements of resource-based policies that are about a role to a question. Only resources that a policy
// of the role refers to count: those that it names in another way, and grants to other roles, are not evaluated.
func (b *builder) resourceSide(q *question, r *model.Role) {
	all := b.resourcePolicies()
	if len(all) == 0 {
		return
	}
	about := factsOfRole(r)
	seen := map[string]bool{}
	for i := range q.identity {
		for j := range q.identity[i].Resources.Items {
			ref := &q.identity[i].Resources.Items[j]
			for _, id := range b.channels(ref) {
				if seen[base(id)] {
					continue
				}
				seen[base(id)] = true
				for _, p := range all[base(id)] {
					q.add(p, r, b.own, b.serviceOf, about)
				}
			}
		}
	}
}

// add adds the statements of a resource-based policy that are about a role.
func (q *question) add(p resourcePolicy, r *model.Role, own map[string]bool, serviceOf func(string) string, about *facts) {
	at := source.Range{}
	list := model.NewList[model.Statement](at)
	var limits []principalMatch
	for i := range p.statements.Items {
		s := p.statements.Items[i]
		m := matchOf(&s, r, own)
		if m.certainty == No {
			continue
		}
		s.Resources = model.NewList(at, model.RefWithin(p.id, "*")) // a policy is about its own resource only
		s.NotResources = model.List[model.Value[string]]{}
		list.Items = append(list.Items, s)
		limits = append(limits, m)
	}
	rules := rulesOf(&list, serviceOf, about)
	for i := range rules {
		one := rules[i]
		one.limits = worse(one.limits, limits[i].certainty)
		switch {
		case one.deny || one.either:
			q.granted = append(q.granted, one)
		case limits[i].session && limits[i].certainty == Yes:
			q.direct = append(q.direct, one)
		case limits[i].role && limits[i].certainty == Yes:
			q.granted = append(q.granted, one)
		}
	}
}

// principalMatch is whether a statement of a resource-based policy is about a role, and how it names it.
type principalMatch struct {
	certainty     Certainty
	role, session bool // by its ARN; by the ARN of a session
}

// matchOf returns whether the principals of a statement include a role. A principal that is an account includes its roles, but
// allows them nothing: it leaves the decision to their own policies.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
func matchOf(s *model.Statement, r *model.Role, own map[string]bool) principalMatch {
	if len(s.NotPrincipals.Items) > 0 || s.NotPrincipals.State == tree.StateUnknown {
		m := principalMatch{certainty: No}
		for i := range s.NotPrincipals.Items {
			m = m.or(matchPrincipal(&s.NotPrincipals.Items[i], r, own))
		}
		if m.certainty = opposite(m.certainty); s.NotPrincipals.State == tree.StateUnknown {
			m.certainty = worse(m.certainty, Maybe)
		}
		return principalMatch{certainty: m.certainty}
	}
	m := principalMatch{certainty: No}
	for i := range s.Principals.Items {
		m = m.or(matchPrincipal(&s.Principals.Items[i], r, own))
	}
	if s.Principals.State == tree.StateUnknown {
		m.certainty = better(m.certainty, Maybe)
	}
	return m
}

func (m principalMatch) or(o principalMatch) principalMatch {
	if o.certainty.rank() < m.certainty.rank() {
		m.certainty = o.certainty
	}
	m.role, m.session = m.role || o.role, m.session || o.session
	return m
}

// matchPrincipal is matchOf for one principal.
func matchPrincipal(p *model.Principal, r *model.Role, own map[string]bool) principalMatch {
	kind, known := p.Kind.Get()
	value, ok := p.Value.Get()
	switch {
	case known && kind != "AWS" && kind != "*":
		return principalMatch{certainty: No}
	case !ok && slices.Contains(p.Value.SourceIDs(), r.ID):
		return principalMatch{certainty: Yes, role: true}
	case !ok && len(p.Value.SourceIDs()) > 0:
		return principalMatch{certainty: No}
	case !ok:
		return principalMatch{certainty: Maybe}
	case value == "*":
		return principalMatch{certainty: Yes}
	}
	return matchARN(value, r, own)
}

// matchARN is matchOf for an account or an ARN.
func matchARN(value string, r *model.Role, own map[string]bool) principalMatch {
	account, isARN := value, false
	if m := accountOf.FindStringSubmatch(value); m != nil {
		account, isARN = m[1], true
	}
	_, who, _ := strings.Cut(value, "::"+account+":")
	inAccount := Maybe
	if own[account] {
		inAccount = Yes
	}
	if !isARN || who == "root" {
		return principalMatch{certainty: inAccount}
	}
	return matchName(who, r, inAccount)
}

// matchName is matchOf for the last part of an ARN in an account.
func matchName(who string, r *model.Role, inAccount Certainty) principalMatch {
	name, named := r.Name.Get()
	path, _ := r.Path.Get()
	session, isSession := strings.CutPrefix(who, "assumed-role/")
	switch {
	case !named && r.Name.State == tree.StateAbsent, !strings.HasPrefix(who, "role/") && !isSession:
		return principalMatch{certainty: No} // a generated name, a user
	case !named:
		return principalMatch{certainty: Maybe}
	case isSession && strings.HasPrefix(session, name+"/"):
		return principalMatch{certainty: inAccount, session: true}
	case who == "role"+path+name:
		return principalMatch{certainty: inAccount, role: true}
	}
	return principalMatch{certainty: No}
}
