package access

import (
	"errors"
	"fmt"
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

// within returns the layers that limit a principal.
func (b *builder) within(about *facts, role bool) [][]rule {
	var layers [][]rule
	for i := range b.limits {
		if l := &b.limits[i]; role || !l.Session {
			layers = append(layers, rulesOf(&l.Statements, b.serviceOf, about))
		}
	}
	return layers
}

// admin returns whether layers leave every action on every resource.
func admin(layers [][]rule) Certainty {
	all := Yes
	for _, rules := range layers {
		one := No
		for i := range rules {
			r := &rules[i]
			switch {
			case r.deny:
				all = worse(all, Conditional)
			case r.limits != No && r.actions.all() && r.isBroad("*"):
				one = better(one, r.limits)
			case r.limits != No:
				one = better(one, Conditional)
			}
		}
		all = worse(all, one)
	}
	return all
}

// everything is the policy that allows all actions.
func everything() []rule {
	at := source.Range{}
	s := &model.Statement{Block: model.NewBlock(at), Effect: model.Known("Allow", at)}
	s.Actions = model.NewList(at, model.Known("*", at))
	s.Resources = model.NewList(at, model.Ref{Value: model.Known("*", at)})
	list := model.NewList(at, *s)
	return rulesOf(&list, func(string) string { return "" }, nil)
}

// leaves returns what the denials of a role and layers leave of an action that a managed policy allows everywhere.
func leaves(rules []rule, action string, layers [][]rule) Certainty {
	all := everything()
	for i := range rules {
		if rules[i].deny {
			all = append(all, rules[i])
		}
	}
	c, _ := allows(all, action, false, layers...)
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
