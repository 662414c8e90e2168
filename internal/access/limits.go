package access

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Limit is a policy outside of the stack that limits what roles and users may do. It allows only what it lists.
type Limit struct {
	Name       string // for people
	Session    bool   // a session policy: for execution roles only; else a service control policy
	Statements model.List[model.Statement]
}

// String describes a limit.
func (l *Limit) String() string {
	if l.Session {
		return "session policy " + l.Name
	}
	return "service control policy " + l.Name
}

// maxLimitStatements is the number of statements in a policy that limits others. AWS allows 5,120 characters.
const maxLimitStatements = 500

// ParseLimit reads a policy in JSON.
func ParseLimit(name string, session bool, content []byte) (Limit, error) {
	at := source.Range{Path: name}
	document := tree.Tree{State: tree.StateKnown, Scalar: string(source.UTF8(source.WithoutMark(content))), Range: at}
	decoded, err := tree.DecodeJSON(document)
	if err != nil {
		return Limit{}, fmt.Errorf("the policy is not JSON: %w", err)
	}
	l := Limit{Name: name, Session: session, Statements: model.ParsePolicy(decoded)}
	switch {
	case l.Statements.State != tree.StateKnown || len(l.Statements.Items) == 0:
		return Limit{}, errors.New(`the policy must be an object with "Statement"`)
	case len(l.Statements.Items) > maxLimitStatements:
		return Limit{}, fmt.Errorf("the policy exceeds the limit of %d statements", maxLimitStatements)
	}
	for i := range l.Statements.Items {
		if err := complete(&l.Statements.Items[i]); err != nil {
			return Limit{}, fmt.Errorf("statement %d %w", i+1, err)
		}
	}
	return l, nil
}

// complete returns what a statement of a policy of an identity lacks.
func complete(s *model.Statement) error {
	effect, _ := s.Effect.Get()
	switch {
	case s.State != tree.StateKnown:
		return errors.New("is not an object")
	case effect != "Allow" && effect != "Deny":
		return errors.New(`must have the "Effect" Allow or Deny`)
	case (len(s.Actions.Items) > 0) == (len(s.NotActions.Items) > 0):
		return errors.New(`must have either "Action" or "NotAction"`)
	case (len(s.Resources.Items) > 0) == (len(s.NotResources.Items) > 0):
		return errors.New(`must have either "Resource" or "NotResource"`)
	}
	return nil
}

// limited adds the policies of the user that limit a principal to a question.
func (b *builder) limited(q *question, about *facts, role bool) *question {
	for i := range b.limits {
		l := &b.limits[i]
		switch rules := rulesOf(&l.Statements, b.serviceOf, about); {
		case !l.Session:
			q.outer = append(q.outer, rules)
		case role:
			q.within = append(q.within, rules)
		}
	}
	return q
}

// questionOf returns the policies that decide on the requests of a role.
func (b *builder) questionOf(i int) *question {
	if q := b.asked[i]; q != nil {
		return q
	}
	r := &b.stack.Roles[i]
	identity := slices.Clip(b.rules(i))
	for j := range r.ManagedPolicies.Items {
		arn, _ := r.ManagedPolicies.Items[j].Get()
		if name := policyName(arn); b.tables.admin[name] == "" {
			identity = append(identity, ofAWS(name)...)
		}
	}
	q := b.limited(&question{identity: identity, within: b.boundary(&r.Boundary, factsOfRole(r))}, factsOfRole(r), true)
	b.resourceSide(q, r)
	b.asked[i] = q
	return q
}

// boundary returns the layers of a permissions boundary. One that the stack does not declare may allow anything.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
func (b *builder) boundary(ref *model.Ref, about *facts) [][]rule {
	if ref.State == tree.StateAbsent {
		return nil
	}
	if targets := ref.Targets(); len(targets) == 1 {
		p := &b.stack.Policies[targets[0]]
		rules := rulesOf(&p.Statements, b.serviceOf, about)
		if p.Statements.State == tree.StateUnknown {
			rules = append(rules, everything(Maybe)...)
		}
		return [][]rule{rules}
	}
	if arn, ok := ref.Get(); ok {
		if rules := ofAWS(policyName(arn)); rules != nil {
			return [][]rule{rules}
		}
	}
	return [][]rule{everything(Maybe)}
}

// ofAWS returns what managed policies of AWS allow of the actions that are abilities; nil: it is another policy.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
func ofAWS(name string) []rule {
	switch name {
	case "AdministratorAccess":
		return everything(Yes)
	case "PowerUserAccess":
		return allowing(Yes, nil, "iam:*", "organizations:*", "account:*")
	case "IAMFullAccess":
		return allowing(Yes, []string{"iam:*"})
	case "AmazonS3FullAccess":
		return allowing(Yes, []string{"s3:*"})
	case "AmazonS3ReadOnlyAccess":
		return allowing(Yes, []string{"s3:Get*", "s3:List*"})
	case "AWSLambdaExecute":
		return allowing(Yes, []string{"s3:GetObject", "s3:PutObject"})
	case "AmazonDynamoDBFullAccess", "AmazonDynamoDBFullAccess_v2":
		return allowing(Yes, []string{"dynamodb:*"})
	case "AmazonDynamoDBReadOnlyAccess":
		return allowing(Yes, []string{"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"})
	case "SecretsManagerReadWrite":
		return allowing(Yes, []string{"secretsmanager:*"})
	case "AmazonSSMFullAccess":
		return allowing(Yes, []string{"ssm:*"})
	case "AmazonSSMReadOnlyAccess":
		return allowing(Yes, []string{"ssm:Describe*", "ssm:Get*", "ssm:List*"})
	}
	return nil
}

// admin returns whether all layers of a question leave every action on every resource.
func (q *question) admin() Certainty {
	all := Yes
	for _, rules := range slices.Concat(q.within, q.outer) {
		one := No
		for i := range rules {
			r := &rules[i]
			switch {
			case r.limits == No:
			case r.deny || r.either:
				all = worse(all, Conditional)
			case !r.isBroad("*"):
			case r.actions.all():
				one = better(one, r.limits)
			case r.except.count > 0 || r.except.unknown:
				one = better(one, worse(Conditional, r.limits))
			case r.actions.isOpen():
				one = better(one, Maybe)
			}
		}
		all = worse(all, one)
	}
	return all
}

// everything is the policy that allows all actions, as far as it is certain.
func everything(c Certainty) []rule { return allowing(c, []string{"*"}) }

// allowing is a policy that allows actions on all resources, or, without actions, all except some.
func allowing(c Certainty, actions []string, except ...string) []rule {
	at := source.Range{}
	known := func(all []string) (list model.List[model.Value[string]]) {
		if len(all) == 0 {
			return list
		}
		list = model.NewList[model.Value[string]](at)
		for _, text := range all {
			list.Items = append(list.Items, model.Known(text, at))
		}
		return list
	}
	s := model.Statement{Block: model.NewBlock(at), Effect: model.Known(allow, at), Actions: known(actions), NotActions: known(except)}
	s.Resources = model.NewList(at, model.Ref{Value: model.Known("*", at)})
	list := model.NewList(at, s)
	rules := rulesOf(&list, func(string) string { return "" }, nil)
	rules[0].limits = c
	return rules
}

// leaves returns what the denials of a role and the other layers leave of an action that a managed policy allows everywhere.
func (q *question) leaves(action string) Certainty {
	all := *q
	all.identity = everything(Yes)
	for i := range q.identity {
		if q.identity[i].deny {
			all.identity = append(all.identity, q.identity[i])
		}
	}
	c, _ := all.effective(action)
	return c
}

// limitTexts names the limits.
func (b *builder) limitTexts() []string {
	var all []string
	for i := range b.limits {
		all = append(all, b.limits[i].String())
	}
	return all
}

// limitCondition names the limits as a condition of a caller; empty: there are none.
func (b *builder) limitCondition(role bool) []string {
	var names []string
	for i := range b.limits {
		if role || !b.limits[i].Session {
			names = append(names, b.limits[i].String())
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"within " + strings.Join(names, ", ")}
}
