package model

import (
	"slices"

	"lintel/internal/tree"
)

// triggers are what invokes functions; triggerKinds has their types.
type triggers struct {
	Triggers []Trigger `json:"triggers"`
}

// Trigger is something outside of Lambda that invokes functions: a rule, a topic, a bucket, an
// API. Only triggers of which a function of the stack is a target are kept. Its attributes have no paths in
// tags: triggerKinds has a line for each kind.
type Trigger struct {
	Resource
	// Service is the service that invokes, as the first label of its principal: events, s3.
	Service Value[string] `json:"service"`
	// Async says that the service queues the event and does not wait for the result.
	Async   Value[bool]         `json:"async"`
	Source  Ref                 `json:"source" column:"source" to:"channels"`
	Bus     Ref                 `json:"bus" column:"bus" to:"channels"`
	Targets List[TriggerTarget] `json:"targets" column:"targets"`
}

// TriggerTarget is what a trigger invokes.
type TriggerTarget struct {
	Block
	// Function also names functions that are mentioned in a definition: of an API or a workflow.
	Function   Ref           `json:"function" column:"function" to:"functions"`
	DeadLetter Value[string] `json:"dead_letter" column:"dead_letter"`
}

// fillFrom reads the attributes of a trigger from the body of its resource. The service of a kind is the same in
// every resource: keepTriggers sets it.
func (t *Trigger) fillFrom(format Format, body tree.Tree) {
	kind := triggerKindsByType()[t.Type]
	t.Source.fill(format, body.At(kind.source))
	t.Bus.fill(format, body.At(kind.bus))
	t.Targets.fillEach(body.At(kind.targets), func(target *TriggerTarget, t tree.Tree) {
		t = t.Single()
		target.Block = blockOf(t)
		target.Function.fill(format, t.At(kind.function))
		target.DeadLetter.fill(format, t.At(kind.deadLetter))
	})
}

// keepTriggers removes triggers of other things than functions of the stack, and adds the service that invokes to
// the others.
func (s *Stack) keepTriggers() {
	s.Triggers = slices.DeleteFunc(s.Triggers, func(t Trigger) bool {
		return !slices.ContainsFunc(t.Targets.Items, func(target TriggerTarget) bool { return len(target.Function.targets) > 0 })
	})
	for i := range s.Triggers {
		t := &s.Triggers[i]
		by := triggerKindsByType()[t.Type]
		t.Service, t.Async = Known(by.service, t.At), Known(by.async, t.At)
		t.Targets.Items = slices.DeleteFunc(t.Targets.Items, func(target TriggerTarget) bool { return len(target.Function.targets) == 0 })
	}
}
