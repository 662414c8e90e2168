package access

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// resourcePolicy is the policy of a bucket, access point, queue, topic, stream, table, event bus, secret, KMS key or repository of images
// of the stack, or a grant of a KMS key.
type resourcePolicy struct {
	id         string
	statements *model.List[model.Statement]
	isKey      bool // what it does not leave to the policies of the account, they cannot allow
	isPoint    bool // what it allows must be allowed by the bucket behind the access point as well
}

// resourcePolicies are the policies of resources whose data functions use.
type resourcePolicies struct {
	of     map[string][]resourcePolicy // by ID of the resource without instance keys
	naming map[string][]string         // such IDs by the IDs, and by the names in ARNs, of the principals in the policies
}

// resourcePolicies returns the policies of resources of the stack.
func (b *builder) resourcePolicies() *resourcePolicies {
	if b.resources != nil {
		return b.resources
	}
	b.resources = &resourcePolicies{of: map[string][]resourcePolicy{}, naming: map[string][]string{}}
	add := func(p resourcePolicy) {
		if len(p.statements.Items) > 0 || p.statements.State == tree.StateUnknown {
			b.resources.add(p)
		}
	}
	note := func(id string, statements *model.List[model.Statement]) {
		add(resourcePolicy{id: id, statements: statements})
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
	for i := range b.stack.Repositories {
		note(b.stack.Repositories[i].ID, &b.stack.Repositories[i].Statements)
	}
	b.ownPolicies(add)
	return b.resources
}

// ownPolicies calls add with the policies of access points, secrets and KMS keys, which are in the resource or beside it, and with grants.
func (b *builder) ownPolicies(add func(p resourcePolicy)) {
	for i := range b.stack.BucketPoints {
		p := &b.stack.BucketPoints[i]
		for _, id := range ownerOf(&p.Point, p.ID) {
			add(resourcePolicy{id: id, statements: &p.Statements, isPoint: true})
		}
	}
	for i := range b.stack.SecretPolicies {
		p := &b.stack.SecretPolicies[i]
		for _, id := range ownerOf(&p.Secret, p.ID) {
			add(resourcePolicy{id: id, statements: &p.Statements})
		}
	}
	for i := range b.stack.KeyPolicies {
		p := &b.stack.KeyPolicies[i]
		for _, id := range ownerOf(&p.Key, p.ID) {
			add(resourcePolicy{id: id, statements: &p.Statements, isKey: true})
		}
	}
	for i := range b.stack.KeyGrants {
		g := &b.stack.KeyGrants[i]
		statements := model.NewList(g.At, statementOf(g))
		for _, id := range g.Key.IDs {
			add(resourcePolicy{id: id, statements: &statements})
		}
	}
}

// statementOf returns the statement of a key policy that would allow what a grant allows.
// https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
func statementOf(g *model.KeyGrant) model.Statement {
	s := model.Statement{
		Block: model.NewBlock(g.At), Effect: model.Known(allow, g.At), Actions: model.NewList[model.Value[string]](g.Operations.At),
		Principals: model.NewList(g.Grantee.At, model.Principal{Block: model.NewBlock(g.At), Kind: model.Known("AWS", g.At), Value: g.Grantee}),
	}
	if g.State == tree.StateUnknown {
		s.Block = model.UnknownBlock(g.At, "the grant may not exist")
	}
	if g.Operations.State == tree.StateUnknown {
		s.Actions = model.UnknownList[model.Value[string]](g.Operations.At, g.Operations.Cause())
	}
	for i := range g.Operations.Items {
		if name, ok := g.Operations.Items[i].Get(); ok {
			s.Actions.Items = append(s.Actions.Items, model.Known("kms:"+name, g.Operations.Items[i].At))
		}
	}
	if g.Constraints.State != tree.StateAbsent {
		at := g.Constraints.At
		s.Conditions = model.NewList(at, model.Condition{
			Block: model.NewBlock(at), Operator: model.Known("StringEquals", at), Key: model.Known("kms:EncryptionContext", at),
			Values: model.UnknownList[model.Value[string]](at, "the context of a request"),
		})
	}
	return s
}

// ownerOf returns the IDs of the resources that a policy with an ID is about: itself if it refers to none.
func ownerOf(ref *model.Ref, id string) []string {
	if ref.State == tree.StateAbsent {
		return []string{id}
	}
	return ref.IDs
}

// onlyKey reports whether a key has one policy, which is known: it is one of several if it depends on conditions.
func (all *resourcePolicies) onlyKey(p resourcePolicy) bool {
	return p.isKey && p.statements.State == tree.StateKnown && !slices.ContainsFunc(all.of[base(p.id)], func(o resourcePolicy) bool {
		return o.id == p.id && o.statements != p.statements
	})
}

// add adds a policy, with the principals that it names.
func (all *resourcePolicies) add(p resourcePolicy) {
	id := base(p.id)
	all.of[id] = append(all.of[id], p)
	name := func(who string) {
		if of := all.naming[who]; len(of) == 0 || of[len(of)-1] != id {
			all.naming[who] = append(of, id)
		}
	}
	for i := range p.statements.Items {
		s := &p.statements.Items[i]
		for j := range s.Principals.Items {
			value := &s.Principals.Items[j].Value
			for _, source := range value.SourceIDs() {
				name(source)
			}
			if _, path, ok := strings.Cut(text(value), "role/"); ok {
				name(nameInARN + path[strings.LastIndexByte(path, '/')+1:])
				first, _, _ := strings.Cut(path, "/")
				name(nameInARN + first) // of a session
			}
		}
	}
}

// nameInARN precedes names in resourcePolicies.naming. No ID contains it.
const nameInARN = "/"

// isNaming returns the IDs of the resources whose policies may name a role.
func (all *resourcePolicies) isNaming(r *model.Role) []string {
	ids := slices.Clip(all.naming[r.ID])
	if name, ok := r.Name.Get(); ok {
		ids = append(ids, all.naming[nameInARN+name]...)
	}
	return ids
}

// resourceSide adds the statements of resource-based policies that are about a role to a question. Only resources count that a policy
// of the role refers to, and those whose policies name the role.
func (b *builder) resourceSide(q *question, r *model.Role) {
	all := b.resourcePolicies()
	if len(all.of) == 0 {
		return
	}
	about := factsOfRole(r)
	seen := map[string]bool{}
	addAll := func(ids []string) {
		for _, id := range ids {
			if seen[base(id)] {
				continue
			}
			seen[base(id)] = true
			for _, p := range all.of[base(id)] {
				q.add(p, r, b.own, b.serviceOf, about)
				if all.onlyKey(p) {
					q.keys = append(q.keys, keyOf(p, r, b.own, b.serviceOf, about))
				}
			}
		}
	}
	for i := range q.identity {
		for j := range q.identity[i].Resources.Items {
			addAll(b.channels(&q.identity[i].Resources.Items[j]))
		}
	}
	addAll(all.isNaming(r))
}

// keyPolicy is what the policy of a KMS key leaves to the policies of the account.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
type keyPolicy struct {
	of    area
	rules []rule
}

// keyOf returns the statements of a key policy for the account, or that may be for it: a principal that cannot be determined may be.
func keyOf(p resourcePolicy, r *model.Role, own map[string]bool, serviceOf func(string) string, about *facts) keyPolicy {
	list := model.NewList[model.Statement](source.Range{})
	on := model.RefWithin(p.id, "*")
	for i := range p.statements.Items {
		s := p.statements.Items[i]
		if m := matchOf(&s, r, own); m.certainty == No || m.role || m.session {
			continue
		}
		s.Resources = model.NewList(source.Range{}, on)
		s.NotResources = model.List[model.Value[string]]{}
		list.Items = append(list.Items, s)
	}
	return keyPolicy{areaOfRef(&on), rulesOf(&list, serviceOf, about)}
}

// leave returns what the policy of a key leaves of what the policies of a principal allow.
func (k *keyPolicy) leave(all []area, action, service string, left *effort) []area {
	var on, rest []area
	for _, a := range all {
		if a.sole == k.of.sole {
			on = append(on, a)
		} else {
			rest = append(rest, a)
		}
	}
	return append(rest, within(on, granted(k.rules, action, service), left)...)
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
		if p.isPoint && !one.deny {
			one.limits = worse(one.limits, Conditional)
		}
		q.addRule(one, limits[i])
	}
}

// addRule adds a statement of a resource-based policy.
func (q *question) addRule(one rule, m principalMatch) {
	if one.either && !m.role && !m.session { // it allows the role nothing by itself
		one.deny, one.either, one.limits = true, false, worse(one.limits, Maybe)
	}
	switch {
	case one.deny || one.either:
		q.granted = append(q.granted, one)
	case m.session && m.certainty == Yes:
		q.direct = append(q.direct, one)
	case m.role && m.certainty == Yes:
		q.granted = append(q.granted, one)
	}
}

// principalMatch is whether a statement of a resource-based policy is about a role, and how it names it.
type principalMatch struct {
	certainty     Certainty
	role, session bool // by its ARN or as one of everyone; by the ARN of a session
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
		return principalMatch{certainty: m.certainty, role: m.certainty != No} // everyone else, by itself
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
		return principalMatch{certainty: Yes, role: true}
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
	path, pathKnown := orDefault(&r.Path, "/")
	session, isSession := strings.CutPrefix(who, "assumed-role/")
	switch {
	case !named && r.Name.State == tree.StateAbsent, !strings.HasPrefix(who, "role/") && !isSession:
		return principalMatch{certainty: No} // a generated name, a user
	case !named:
		return principalMatch{certainty: Maybe}
	case isSession && strings.HasPrefix(session, name+"/"):
		return principalMatch{certainty: inAccount, session: true}
	case !pathKnown && strings.HasSuffix(who, "/"+name):
		return principalMatch{certainty: Maybe}
	case who == "role"+path+name:
		return principalMatch{certainty: inAccount, role: true}
	}
	return principalMatch{certainty: No}
}
