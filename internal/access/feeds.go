package access

import (
	"slices"
	"strings"

	"lintel/internal/model"
)

// Feed is a function that a function may trigger through a queue, a topic, a stream, a table or a bucket.
type Feed struct {
	Step
	To string // ID of the function
}

// writing are the actions that put something into a source of events.
func writing() []string {
	return []string{
		"dynamodb:batchwriteitem", "dynamodb:putitem", "dynamodb:updateitem", "events:putevents", "kinesis:putrecord", "kinesis:putrecords",
		"s3:putobject", "sns:publish", "sqs:sendmessage",
	}
}

// writing returns the elements of a statement that allow to put something into a source of events, by service.
func (r *rule) writing() map[string]string {
	found := map[string]string{}
	if r.deny || r.limits == No {
		return found
	}
	for _, name := range writing() {
		service, _, _ := strings.Cut(name, ":")
		if is, how := r.matches(name); is == Yes && found[service] == "" {
			found[service] = how
		}
	}
	return found
}

// origin is a resource whose events invoke a function.
type origin struct {
	id  string
	via string
	to  int
}

// feeds adds the functions that functions may trigger. It is bounded by maxEdges.
func (b *builder) feeds() {
	byID := map[string][]origin{}
	note := func(ref *model.Ref, via string, to *model.Ref) {
		for _, id := range ref.IDs {
			for _, f := range to.Targets() {
				byID[base(id)] = append(byID[base(id)], origin{id, via, f})
			}
		}
	}
	for i := range b.stack.EventSources {
		note(&b.stack.EventSources[i].Source, b.stack.EventSources[i].ID, &b.stack.EventSources[i].Function)
	}
	for i := range b.stack.Triggers {
		t := &b.stack.Triggers[i]
		for j := range t.Targets.Items {
			note(&t.Source, t.ID, &t.Targets.Items[j].Function)
		}
	}
	if len(byID) == 0 {
		return
	}
	for i := range b.stack.Functions {
		for _, role := range b.stack.Functions[i].Role.Targets() {
			b.feedsOf(i, role, byID)
		}
	}
}

// feedsOf adds the functions that a function with a role may trigger.
func (b *builder) feedsOf(function, role int, byID map[string][]origin) {
	f := &b.unit.Functions[function]
	rules := b.rules(role)
	for i := range rules {
		r := &rules[i]
		actions := r.writing()
		if len(actions) == 0 {
			continue
		}
		for j := range r.Resources.Items {
			for _, id := range r.Resources.Items[j].IDs {
				action := actions[b.serviceOf(id)]
				if action == "" {
					continue
				}
				for _, s := range byID[base(id)] {
					if b.edges++; b.edges > maxEdges || s.to == function {
						continue
					}
					to := b.stack.Functions[s.to].ID
					feed := Feed{To: to, Step: Step{
						Place: b.places.of(r.At), Via: b.stack.Roles[role].ID,
						Text: f.ID + " may write to " + s.id + " (" + action + "), which invokes " + to + " through " + s.via,
					}}
					if !slices.ContainsFunc(f.Feeds, func(o Feed) bool { return o.To == to }) {
						f.Feeds = append(f.Feeds, feed)
					}
				}
			}
		}
	}
}
