package model

import (
	"reflect"

	"lintel/internal/source"
)

// pathKinds are what package access derives from a linked stack. No format declares them.
type pathKinds struct {
	Paths []Path `json:"paths"`
}

// Path is a way from outside to what the role of a function allows, through functions of which each may invoke the next. Every
// step of it is certain. There is one path for each role, origin and goal: a shortest one.
type Path struct {
	Resource                // what lets the first caller in
	From     Value[string]  `json:"from"`     // public, cross-account
	Caller   Value[string]  `json:"caller"`   // who can invoke the first function
	Goal     Value[string]  `json:"goal"`     // admin, data
	Detail   Value[string]  `json:"detail"`   // why the goal is reached: an action, a managed policy
	Function Value[string]  `json:"function"` // ID of the last function
	Role     Value[string]  `json:"role"`     // ID of its role
	Others   Value[int]     `json:"others"`   // number of further functions with the role that can be reached
	Steps    List[PathStep] `json:"steps"`
}

// PathStep is a step of a path.
type PathStep struct {
	Block
	Text Value[string] `json:"text"`
}

// NewPathStep returns a step at a place.
func NewPathStep(at source.Range, text string) PathStep {
	return PathStep{Block: NewBlock(at), Text: Known(text, at)}
}

// AddPath adds a path, if the stack has room.
func (s *Stack) AddPath(p Path) {
	if s.isFull(p.At) {
		return
	}
	s.Paths = append(s.Paths, p)
	collection := reflect.ValueOf(&s.Paths).Elem()
	s.count(collection, collection.Index(len(s.Paths)-1), p.At)
}
