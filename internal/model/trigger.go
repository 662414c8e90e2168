package model

import (
	"slices"
	"strings"

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

// Trigger is something that invokes functions: a rule, a topic, a bucket, an API, the destination
// of another function. Only triggers of which a function of the stack is a target are kept. Its attributes have no paths in
// tags: triggerKinds has a line for each kind.
type Trigger struct {
	Resource
	// Service is the service that invokes, as the first label of its principal: events, s3.
	Service Value[string] `json:"service"`
	// Async says that the service queues the event and does not wait for the result.
	Async Value[bool] `json:"async"`
	// Authorizes says that the answer of the function decides what the service allows.
	Authorizes Value[bool] `json:"authorizes" default:"false"`
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
	Qualifier Value[string] `json:"qualifier"`
	// Invocation is how a service invokes that can do it in several ways: Event, RequestResponse.
	Invocation Value[string] `json:"invocation" column:"invocation"`
	// Tenant is the tenant that a function with tenant isolation is invoked for.
	Tenant Value[string] `json:"tenant" column:"tenant"`
	// Filter is there if not all events of the source invoke the function.
	Filter TriggerFilter `json:"filter" column:"filter"`
	// Events are the kinds of events that invoke the function: s3:ObjectCreated:*.
	Events     List[Value[string]] `json:"events" column:"events"`
	DeadLetter Ref                 `json:"dead_letter" column:"dead_letter" to:"channels"`
}

// TriggerFilter selects the events that invoke a function. Each service has its own language for it.
type TriggerFilter struct{ Block }

// fill reads whether there is a filter.
func (f *TriggerFilter) fill(_ Format, t tree.Tree) {
	if text, ok := t.String(); ok && text == "" {
		t = tree.Tree{}
	}
	f.Block = blockOf(t)
}

// FilterOf reads a filter, for readers that make triggers themselves.
func FilterOf(t tree.Tree) TriggerFilter {
	var f TriggerFilter
	f.fill(literally, t)
	return f
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
	if kind.defines {
		t.Targets.fillEach(invokedIn(body, kind.function), func(target *TriggerTarget, t tree.Tree) {
			target.Block = NewBlock(t.Range)
			target.Function.fill(format, t)
		})
		return
	}
	for _, steps := range kind.targets.Alternatives() {
		var targets List[TriggerTarget]
		targets.fillEach(body.At(tree.ParsePath(steps.String())).Flat(), func(target *TriggerTarget, t tree.Tree) {
			target.Block = blockOf(t)
			if !t.IsMap && isSingle(t) {
				target.Block = NewBlock(t.Range) // the function itself, which may be known after apply
			}
			target.Function.fill(format, t.At(kind.function))
			target.Invocation.fill(format, t.At(kind.invocation))
			target.Tenant.fill(format, t.At(kind.tenant))
			target.Filter.fill(format, t.At(kind.filter))
			target.Events.fill(format, t.At(kind.events))
			target.DeadLetter.fill(format, deadLetterOf(t.At(kind.deadLetter)))
		})
		t.Targets = t.Targets.Append(targets)
	}
}

// enabled reads a switch: true or false, or a state.
func enabled(t tree.Tree) Value[bool] {
	if on, ok := convert[bool](t.Scalar); ok && t.Known() {
		return Known(on, t.Range)
	}
	return isEnabled(StringValue(t))
}

// isEnabled reads a state such as ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS or STOPPED.
func isEnabled(state Value[string]) Value[bool] {
	v := Value[bool]{state: state.state}
	v.value = state.State == tree.StateKnown && state.value != "DISABLED" && state.value != "STOPPED"
	return v
}

// Enable sets the switch of a trigger that a parser makes itself.
func (t *Trigger) Enable(from tree.Tree) { t.Enabled = enabled(from) }

// switchOff gives the targets of Terraform's event rules the state of their rules.
func (s *Stack) switchOff() {
	byName, ids := map[string][]int{}, make([]string, len(s.EventRules)) // of rules
	for i := range s.EventRules {
		rule := &s.EventRules[i]
		if name, ok := rule.Name.Get(); ok {
			byName[name] = append(byName[name], i)
		}
		ids[i] = rule.ID
	}
	byID := NewAddresses(ids)
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
			rules = append(slices.Clip(rules), byID.Find(id)...)
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
	channels := map[string][]int{} // by ID
	for i := range s.Channels {
		channels[s.Channels[i].ID] = append(channels[s.Channels[i].ID], i)
	}
	for i := range s.Triggers {
		t := &s.Triggers[i]
		if t.Source.State == tree.StateAbsent {
			t.Source.targets = channels[t.ID] // a bucket or topic that has its targets in itself
		}
		by := triggerKindsByType()[t.Type]
		t.Service = Known(by.service, t.At)
		if by.authorizes {
			t.Authorizes = Known(true, t.At)
		}
		t.Targets.Items = slices.DeleteFunc(t.Targets.Items, func(target TriggerTarget) bool { return len(target.Function.targets) == 0 })
		t.Async = t.queues(by.async)
	}
}

// queues reports whether the service queues the events, which is different by default in each service.
func (t *Trigger) queues(byDefault bool) Value[bool] {
	invocation := t.Targets.Items[0].Invocation
	switch how, ok := invocation.Get(); {
	case ok:
		return Known(strings.EqualFold(how, "Event"), invocation.At)
	case invocation.State == tree.StateUnknown:
		return Unknown[bool](invocation.At, invocation.Cause())
	}
	return Known(byDefault, t.At)
}

// deadLetterOf returns the dead-letter queue in what a kind of trigger writes for it: the ARN, or a redrive policy.
func deadLetterOf(t tree.Tree) tree.Tree {
	if policy := redriveDocument(t); policy.IsMap {
		return policy.Field("deadLetterTargetArn")
	}
	return t
}
