package access

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// The reference of resource-based policies evaluates requests of one role on three resources: one with a policy in the
// stack, one without and one outside. A KMS key without a statement for the account ignores the policies of the account.

// Who a statement of a resource-based policy is about.
const (
	refWhoRole = iota
	refWhoReference
	refWhoSession
	refWhoAccount
	refWhoEveryone
	refWhoOther
	refWhoService
	refWhoNotOther
	refWhoNotRole
	refWhoCount
)

const (
	refRoleARN  = "arn:aws:iam::111122223333:role/reader"
	refOtherARN = "arn:aws:iam::111122223333:role/writer"
)

// refGrant is a statement of a resource-based policy.
type refGrant struct {
	refStatement
	who int
}

// principals returns the principals of a statement, or those that it excludes.
func (g *refGrant) principals() (kind string, value model.Value[string], not bool) {
	at := source.Range{}
	value = model.Known(map[int]string{
		refWhoRole: refRoleARN, refWhoSession: "arn:aws:iam::111122223333:assumed-role/reader/f", refWhoAccount: "arn:aws:iam::111122223333:root",
		refWhoEveryone: "*", refWhoOther: refOtherARN, refWhoService: "sns.amazonaws.com",
		refWhoNotOther: refOtherARN, refWhoNotRole: refRoleARN,
	}[g.who], at)
	kind = "AWS"
	switch g.who {
	case refWhoReference:
		value = model.StringValue(tree.Tree{State: tree.StateUnknown, Refs: []string{"R"}, Sources: []string{"R.Arn"}})
	case refWhoService:
		kind = "Service"
	}
	return kind, value, g.who == refWhoNotOther || g.who == refWhoNotRole
}

func (g *refGrant) node() model.Statement {
	at, s := source.Range{}, g.refStatement.node()
	kind, value, not := g.principals()
	one := model.NewList(at, model.Principal{Block: model.NewBlock(at), Kind: model.Known(kind, at), Value: value})
	if s.Principals = one; not {
		s.Principals, s.NotPrincipals = model.List[model.Principal]{}, one
	}
	return s
}

// includes reports whether a statement allows the role something by itself, includes the session that it names, and leaves the decision
// to the policies of the account.
func (g *refGrant) includes() (role, session, account bool) {
	switch g.who {
	case refWhoRole, refWhoReference, refWhoEveryone, refWhoNotOther:
		return true, false, false
	case refWhoSession:
		return false, true, false
	case refWhoAccount:
		return false, false, true
	}
	return false, false, false
}

// refOwn is a policy of the role and a policy of a resource.
type refOwn struct {
	identity []refStatement // resources: K, L or *
	grants   []refGrant
	isKey    bool
}

// allowed evaluates a request on the resource with the policy, K, on L or on one outside of the stack, which only * matches.
func (o *refOwn) allowed(name string, context uint, w world) bool {
	applies := func(s *refStatement) bool {
		return (s.may == 0 || w.exists&(1<<s.may) != 0) && (s.on == 0 || context&(1<<s.on) != 0)
	}
	onK := name == "K"
	identity, granted, left := false, false, !o.isKey || !onK
	for i := range o.identity {
		s := &o.identity[i]
		if !applies(s) || !slices.ContainsFunc(s.resources, func(r string) bool { return r == "*" || r == name }) {
			continue
		}
		if s.denies(w) {
			return false
		}
		identity = true
	}
	if onK {
		for i := range o.grants {
			g := &o.grants[i]
			role, session, account := g.includes()
			if !applies(&g.refStatement) || !role && !session && !account {
				continue
			}
			if g.denies(w) {
				return false
			}
			granted, left = granted || role || session, left || account
		}
	}
	return identity && left || granted
}

// answer tries everything.
func (o *refOwn) answer(conditions, unknowns int) Certainty {
	worst, best := Yes, No
	for exists := range uint(1) << unknowns {
		found := No
		for _, name := range []string{"K", "L", ""} {
			some, every := false, true
			for context := range uint(1) << conditions {
				is := o.allowed(name, context<<1, world{exists: exists << 1})
				some, every = some || is, every && is
			}
			switch {
			case every:
				found = Yes
			case some:
				found = better(found, Conditional)
			}
		}
		worst, best = worse(worst, found), better(best, found)
	}
	switch {
	case worst != No:
		return worst
	case best == No:
		return No
	}
	return Maybe
}

// of returns a statement about a service.
func (s refStatement) of(service string) refStatement {
	s.actions = slices.Clone(s.actions)
	for i, action := range s.actions {
		if _, name, ok := strings.Cut(action, ":"); ok {
			s.actions[i] = service + ":" + name
		}
	}
	return s
}

// isAbout reports whether a statement is about an action.
func (s *refStatement) isAbout(action string) bool {
	return slices.ContainsFunc(s.actions, func(pattern string) bool { return refGlob(strings.ToLower(pattern)).MatchString(action) }) != s.notAction
}

// stack returns a stack with a role with the policies, which the graph evaluates.
func (o *refOwn) stack(identity []refStatement, grants []refGrant) *model.Stack {
	at := source.Range{}
	role := model.Role{Resource: model.Resource{ID: "R", Type: "AWS::IAM::Role"}, Name: model.Known("reader", at), Statements: model.NewList[model.Statement](at)}
	for i := range identity {
		s := identity[i].node()
		s.Resources = model.NewList[model.Ref](at)
		for _, name := range identity[i].resources {
			ref := model.RefWithin(name, "*")
			if name == "*" {
				ref = model.Ref{Value: model.Known("*", at)}
			}
			s.Resources.Items = append(s.Resources.Items, ref)
		}
		role.Statements.Items = append(role.Statements.Items, s)
	}
	list := model.NewList[model.Statement](at)
	for i := range grants {
		list.Items = append(list.Items, grants[i].node())
	}
	stack := &model.Stack{}
	stack.Roles = []model.Role{role}
	if o.isKey {
		for _, id := range []string{"K", "L"} {
			stack.KeyPolicies = append(stack.KeyPolicies, model.KeyPolicy{Resource: model.Resource{ID: id, Type: "AWS::KMS::Key"}})
		}
		stack.KeyPolicies[0].Statements = list
	} else {
		stack.SecretPolicies = []model.SecretPolicy{{Resource: model.Resource{ID: "K"}, Statements: list}}
		for _, id := range []string{"K", "L"} {
			stack.Secrets = append(stack.Secrets, model.Secret{Resource: model.Resource{ID: id, Type: "AWS::SecretsManager::Secret"}})
		}
	}
	return stack
}

// TestReferenceOfResources compares answers about roles and the policies of keys and other resources with the reference.
func TestReferenceOfResources(t *testing.T) {
	answers := map[Certainty]int{}
	for seed := range *randomPolicies {
		g := &generator{Rand: rand.New(rand.NewPCG(21, uint64(seed))), open: true} //nolint:gosec // repeatable
		o := refOwn{isKey: g.IntN(2) == 0}
		service := map[bool]string{true: "kms", false: "secretsmanager"}[o.isKey]
		action := service + ":x"
		var identity []refStatement
		for range 1 + g.IntN(2) {
			s := g.statement()
			s.notResult, s.resources = false, []string{pick(g, "K", "K", "K", "L", "*")}
			identity = append(identity, s.of(service))
		}
		identity = append(identity, refStatement{actions: []string{"t:none"}, resources: []string{"K"}}) // the role refers to the resource
		var grants []refGrant
		for range 1 + g.IntN(3) {
			s := g.statement()
			s.notResult, s.resources = false, []string{"*"}
			grants = append(grants, refGrant{s.of(service), g.IntN(refWhoCount)})
		}
		stack := o.stack(identity, grants)
		for _, s := range identity {
			if s.isAbout(action) {
				o.identity = append(o.identity, s)
			}
		}
		for _, s := range grants {
			if s.isAbout(action) {
				o.grants = append(o.grants, s)
			}
		}
		b := newBuilder(stack, "t.yaml", Options{Tables: &Tables{}})
		got, _ := b.questionOf(0).effective(action)
		want := o.answer(g.conditions, g.unknowns)
		if answers[want]++; got != want {
			t.Errorf("seed %d: %s, the reference answers %s, key %v\n%s\n%s", seed, got, want, o.isKey, fmt.Sprintf("%+v", o.identity), fmt.Sprintf("%+v", o.grants))
			if seed > 200 {
				return
			}
		}
	}
	t.Logf("policies %d, answers %v", *randomPolicies, answers)
}
