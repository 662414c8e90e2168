package model

import (
	"slices"
	"strings"

	"lintel/internal/tree"
)

// AllowOtherwise adds to the roles of a linked stack the actions and managed policies that they have only in other: the same stack
// with unknown values of the variables that have defaults. Code that needs a policy that is off by default usually runs only where
// the policy is on.
func (s *Stack) AllowOtherwise(other *Stack) {
	ids := make([]string, len(s.Roles))
	for i := range s.Roles {
		ids[i] = s.Roles[i].ID
	}
	byID := NewAddresses(ids)
	for i := range other.Roles {
		for _, j := range byID.Find(other.Roles[i].ID) {
			s.Roles[j].allowOtherwise(&other.Roles[i])
		}
	}
}

// LoseOtherwise makes it unknown what the roles of a stack have with other values of variables.
func (s *Stack) LoseOtherwise(cause string) {
	for i := range s.Roles {
		s.Roles[i].OtherActions.lose(cause)
	}
}

func (r *Role) allowOtherwise(other *Role) {
	own := map[string]bool{}
	for _, action := range allowed(r.Statements).Items {
		own[strings.ToLower(action.value)] = true
	}
	actions := allowed(other.Statements)
	actions.Items = slices.DeleteFunc(actions.Items, func(v Value[string]) bool {
		text, ok := v.Get()
		return ok && own[strings.ToLower(text)]
	})
	if len(actions.Items) > 0 || actions.State == tree.StateUnknown {
		r.OtherActions = r.OtherActions.Append(actions)
	}
	policies := List[Ref]{state: other.ManagedPolicies.state}
	for _, policy := range other.ManagedPolicies.Items {
		if len(policy.targets) == 0 && !slices.ContainsFunc(r.ManagedPolicies.Items, policy.equals) {
			policies.Items = append(policies.Items, policy)
		}
	}
	if len(policies.Items) > 0 || policies.State == tree.StateUnknown {
		r.OtherManagedPolicies = r.OtherManagedPolicies.Append(policies)
	}
}

// equals reports whether two references have the same text, as far as it is known.
func (r Ref) equals(other Ref) bool {
	prefix, suffix := r.Ends()
	otherPrefix, otherSuffix := other.Ends()
	return r.State == other.State && r.value == other.value && prefix == otherPrefix && suffix == otherSuffix && r.value+suffix != ""
}

// allowed returns the actions that statements allow. It is unknown if there may be others.
func allowed(statements List[Statement]) List[Value[string]] {
	list := NewList[Value[string]](statements.At)
	if statements.State == tree.StateUnknown {
		list.lose(statements.Cause())
	}
	for i := range statements.Items {
		statement := &statements.Items[i]
		if effect, ok := statement.Effect.Get(); ok && effect == "Deny" {
			continue
		}
		list.Items = append(list.Items, statement.Actions.Items...)
		switch {
		case statement.Actions.State == tree.StateUnknown:
			list.lose(statement.Actions.Cause())
		case len(statement.Actions.Items) == 0: // it allows all but some
			list.lose("a statement does not list the actions that it allows")
		}
	}
	return list
}
