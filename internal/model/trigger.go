package model

import (
	"slices"

	"lintel/internal/tree"
)

// triggers are what invokes functions; triggerKinds has their types.
type triggers struct {
	Triggers []Trigger `json:"triggers"`

	// EventRules are resources beside their targets only in Terraform. Link moves their state into the triggers.
	EventRules []EventRule `json:"-" tf:"aws_cloudwatch_event_rule"`
}

// EventRule is a rule whose targets are resources of their own.
type EventRule struct {
	Resource
	Name    Value[string] `tf:"name"`
	State   Value[string] `tf:"state"`
	Enabled Value[bool]   `tf:"is_enabled"`
}

// Trigger is something outside of Lambda that invokes functions: a rule, a topic, a bucket, an
// API. Only triggers of which a function of the stack is a target are kept. Its attributes have no paths in
// tags: triggerKinds has a line for each kind.
type Trigger struct {
	Resource
	// Service is the service that invokes, as the first label of its principal: events, s3.
	Service Value[string] `json:"service"`
	// Async says that the service queues the event and does not wait for the result.
	Async Value[bool] `json:"async"`
	// Enabled is false for a rule or schedule that is switched off.
	Enabled Value[bool]         `json:"enabled" column:"enabled" default:"true"`
	Source  Ref                 `json:"source" column:"source" to:"channels"`
	Bus     Ref                 `json:"bus" column:"bus" to:"channels"`
	Targets List[TriggerTarget] `json:"targets" column:"targets"`
}

// TriggerTarget is what a trigger invokes.
type TriggerTarget struct {
	Block
	// Function also names functions that are mentioned in a definition: of an API or a workflow.
	Function Ref `json:"function" column:"function" to:"functions"`
	// Qualifier is that of Function, filled by Link.
	Qualifier  Value[string] `json:"qualifier"`
	DeadLetter Value[string] `json:"dead_letter" column:"dead_letter"`
}

// fillFrom reads the attributes of a trigger from the body of its resource. The service of a kind is the same in
// every resource: keepTriggers sets it.
func (t *Trigger) fillFrom(format Format, body tree.Tree) {
	kind := triggerKindsByType()[t.Type]
	t.Source.fill(format, body.At(kind.source))
	t.Bus.fill(format, body.At(kind.bus))
	t.Enabled = enabled(body.At(kind.enabled))
	if on, ok := t.Enabled.Get(); ok && t.Type == "AWS::IoT::TopicRule" {
		t.Enabled.value = !on // RuleDisabled
	}
	t.Targets.fillEach(body.At(kind.targets), func(target *TriggerTarget, t tree.Tree) {
		t = t.Single()
		target.Block = blockOf(t)
		target.Function.fill(format, t.At(kind.function))
		target.DeadLetter.fill(format, t.At(kind.deadLetter))
	})
}

// enabled reads a switch: true or false, or a state.
func enabled(t tree.Tree) Value[bool] {
	if on, ok := convert[bool](t.Scalar); ok && t.Known() {
		return Known(on, t.Range)
	}
	return isEnabled(StringValue(t))
}

// isEnabled reads a state such as ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
func isEnabled(state Value[string]) Value[bool] {
	v := Value[bool]{state: state.state}
	v.value = state.State == tree.StateKnown && state.value != "DISABLED"
	return v
}

// Enable sets the switch of a trigger that a parser makes itself.
func (t *Trigger) Enable(from tree.Tree) { t.Enabled = enabled(from) }

// switchOff gives the targets of Terraform's event rules the state of their rules.
func (s *Stack) switchOff() {
	byName, byBase := map[string][]int{}, map[string][]int{} // indices of rules; by IDs without instance keys
	for i := range s.EventRules {
		rule := &s.EventRules[i]
		if name, ok := rule.Name.Get(); ok {
			byName[name] = append(byName[name], i)
		}
		base := stripKeys(rule.ID)
		byBase[base] = append(byBase[base], i)
	}
	for i := range s.Triggers {
		t := &s.Triggers[i]
		if t.Type != "aws_cloudwatch_event_target" {
			continue
		}
		var rules []int
		if name, ok := t.Source.Get(); ok {
			rules = byName[name]
		}
		for _, id := range t.Source.IDs {
			for _, rule := range byBase[stripKeys(id)] {
				if Matches(id, s.EventRules[rule].ID) {
					rules = append(slices.Clip(rules), rule)
				}
			}
		}
		for _, rule := range rules {
			if t.Enabled = s.EventRules[rule].Enabled; t.Enabled.State == tree.StateAbsent {
				t.Enabled = isEnabled(s.EventRules[rule].State)
			}
		}
	}
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
