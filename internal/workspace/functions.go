package workspace

import (
	"slices"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
)

// Function is a function of a unit: its location and its resources.
type Function struct {
	ID    string
	At    source.Range
	Parts []Part   // the role, the policy statements and the triggers, in this order
	with  []string // ids of the resources that refer to it, and of its role
}

// Part is the location of something that belongs to a function.
type Part struct {
	ID string // of the resource
	At source.Range
}

// maxParts limits the parts of a function.
const maxParts = 100

// Resource is a resource of a unit that an outline lists.
type Resource struct {
	Collection string // functions, roles or apis
	ID, Type   string
	At         source.Range
}

// resourcesOf returns the functions, roles and APIs of a unit. Resources in third-party modules have the location of the call.
func resourcesOf(parsed deployment.Parsed) []Resource {
	s := parsed.Stack
	var all []Resource
	known := map[Resource]bool{}
	add := func(collection string, r model.Resource) {
		one := Resource{collection, r.ID, r.Type, declaredAt(r)}
		if !one.At.IsZero() && !known[one] && r.Unit == "" {
			known[one] = true
			all = append(all, one)
		}
	}
	for i := range s.Functions {
		add("functions", s.Functions[i].Resource)
	}
	for i := range s.Roles {
		add("roles", s.Roles[i].Resource)
	}
	for i := range s.APIs {
		add("apis", s.APIs[i].Resource)
	}
	return all
}

// declaredAt is the location of a resource, or of the call of the third-party module that contains it.
func declaredAt(r model.Resource) source.Range {
	if !r.Caller.IsZero() {
		return r.Caller
	}
	return r.At
}

// functionsOf returns the functions of a unit; variants of a function count once.
func functionsOf(parsed deployment.Parsed) []Function {
	s := parsed.Stack
	var all []Function
	number := make([]int, len(s.Functions)) // indices in the result, by index in the stack
	for i := range s.Functions {
		fn := &s.Functions[i]
		number[i] = slices.IndexFunc(all, func(f Function) bool { return f.ID == fn.ID })
		if number[i] < 0 {
			number[i] = len(all)
			all = append(all, Function{ID: fn.ID, At: fn.At})
		}
		for _, role := range fn.Role.Targets() {
			all[number[i]].addRole(&s.Roles[role])
		}
	}
	note := func(r model.Resource, to model.Ref) {
		for _, i := range to.Targets() {
			all[number[i]].add(r.ID)
			all[number[i]].part(r.ID, declaredAt(r))
		}
	}
	noteParts(s, note)
	trigger := func(r model.Resource, to model.Ref) {
		for _, i := range to.Targets() {
			all[number[i]].part(r.ID, declaredAt(r))
		}
	}
	for i := range s.Triggers {
		for j := range s.Triggers[i].Targets.Items {
			trigger(s.Triggers[i].Resource, s.Triggers[i].Targets.Items[j].Function)
		}
	}
	for i := range s.Routes {
		trigger(s.Routes[i].Resource, s.Routes[i].Function)
	}
	return all
}

// noteParts calls note for the resources that belong to one function each.
func noteParts(s *model.Stack, note func(r model.Resource, to model.Ref)) {
	for i := range s.FunctionURLs {
		note(s.FunctionURLs[i].Resource, s.FunctionURLs[i].Function)
	}
	for i := range s.Permissions {
		note(s.Permissions[i].Resource, s.Permissions[i].Function)
	}
	for i := range s.EventSources {
		note(s.EventSources[i].Resource, s.EventSources[i].Function)
	}
	for i := range s.AsyncConfigs {
		note(s.AsyncConfigs[i].Resource, s.AsyncConfigs[i].Function)
	}
	for i := range s.Aliases {
		note(s.Aliases[i].Resource, s.Aliases[i].Function)
	}
}

func (f *Function) addRole(r *model.Role) {
	f.add(r.ID)
	f.part(r.ID, declaredAt(r.Resource))
	for i := range r.Statements.Items {
		f.part(r.ID, r.Statements.Items[i].At)
	}
}

// part adds a part, unless there is one at the same place.
func (f *Function) part(id string, at source.Range) {
	isSame := func(other Part) bool { return other.At == at }
	if !at.IsZero() && len(f.Parts) < maxParts && !slices.ContainsFunc(f.Parts, isSame) {
		f.Parts = append(f.Parts, Part{id, at})
	}
}

func (f *Function) add(id string) {
	if !slices.Contains(f.with, id) {
		f.with = append(f.with, id)
	}
}

// Has reports whether a resource is the function or belongs to it.
func (f *Function) Has(id string) bool { return id == f.ID || slices.Contains(f.with, id) }
