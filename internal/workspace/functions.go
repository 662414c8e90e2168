package workspace

import (
	"slices"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
)

// Function is a function of a unit: its location and its resources.
type Function struct {
	ID   string
	At   source.Range
	with []string // ids of the resources that refer to it, and of its role
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
			all[number[i]].add(s.Roles[role].ID)
		}
	}
	note := func(id string, to model.Ref) {
		for _, i := range to.Targets() {
			all[number[i]].add(id)
		}
	}
	for i := range s.FunctionURLs {
		note(s.FunctionURLs[i].ID, s.FunctionURLs[i].Function)
	}
	for i := range s.Permissions {
		note(s.Permissions[i].ID, s.Permissions[i].Function)
	}
	for i := range s.EventSources {
		note(s.EventSources[i].ID, s.EventSources[i].Function)
	}
	for i := range s.AsyncConfigs {
		note(s.AsyncConfigs[i].ID, s.AsyncConfigs[i].Function)
	}
	for i := range s.Aliases {
		note(s.Aliases[i].ID, s.Aliases[i].Function)
	}
	return all
}

func (f *Function) add(id string) {
	if !slices.Contains(f.with, id) {
		f.with = append(f.with, id)
	}
}

// Has reports whether a resource is the function or belongs to it.
func (f *Function) Has(id string) bool { return id == f.ID || slices.Contains(f.with, id) }
