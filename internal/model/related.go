package model

import "lintel/internal/source"

// Related is a place that explains what is said about a node.
type Related struct {
	Range source.Range
	What  string // what is there: the role aws_iam_role.api
	Step  int    // number of the step of a path, from 1; 0: it is no step
}

// maxRelated is how many functions of a role are named: a role of hundreds says that it is shared
// by the first of them.
const maxRelated = 10

// Related returns the places that explain a node of a policy: the statement it is part of, the role
// that has the policy, and the functions that run with the role; the steps of a path. index is that of the stack. Of
// what others wrote the place is the user's own call.
func (s *Stack) Related(index Index, node Node) []Related {
	var all []Related
	add := func(at source.Range, what string) {
		if !at.IsZero() && at != node.Range && at != node.Through {
			all = append(all, Related{Range: at, What: what})
		}
	}
	if statement, ok := index.Node(node.Statement); ok && node.Statement > 0 {
		at := statement.Through
		if at.IsZero() {
			at = statement.Range
		}
		add(at, "the statement")
	}
	if node.Collection == "paths" {
		return append(all, s.Paths[node.Holder].related()...)
	}
	if node.Collection != "roles" {
		return all
	}
	role := &s.Roles[node.Holder]
	if role.ID != node.Resource {
		add(role.declared(), "the role "+role.ID)
	}
	for i, target := range role.Functions.targets {
		if i == maxRelated {
			break
		}
		function := &s.Functions[target]
		add(function.declared(), "the function "+function.ID+" runs with this role")
	}
	return all
}

// related returns the steps of a path.
func (p *Path) related() []Related {
	all := make([]Related, len(p.Steps.Items))
	for i := range p.Steps.Items {
		all[i] = Related{p.Steps.Items[i].At, p.Steps.Items[i].Text.value, i + 1}
	}
	return all
}

// declared is where the user has written the resource, or the call that brings it.
func (r *Resource) declared() source.Range {
	if !r.Caller.IsZero() {
		return r.Caller
	}
	return r.At
}
