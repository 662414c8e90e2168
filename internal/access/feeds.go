package access

import (
	"slices"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// Feed is a function that a function may trigger through a queue, a topic, a stream, a table, a bucket, an event bus or a state
// machine.
type Feed struct {
	Step
	To      string // ID of the function
	Certain bool   // no unknown value and no content of a request decides
	Existence
}

// writing returns the actions that put something into a source of events of a service.
func writing(service string) []string {
	return map[string][]string{
		"dynamodb": {"dynamodb:batchwriteitem", "dynamodb:putitem", "dynamodb:updateitem"},
		"events":   {"events:putevents"},
		"kinesis":  {"kinesis:putrecord", "kinesis:putrecords"},
		"s3":       {"s3:putobject"},
		"sns":      {"sns:publish"},
		"sqs":      {"sqs:sendmessage"},
		"states":   {"states:startexecution", "states:startsyncexecution"},
	}[service]
}

// origin is a resource whose events invoke a function.
type origin struct {
	id      string
	via     string
	to      int
	certain bool // no unknown value decides whether its events invoke the function
	Existence
}

// origins returns the resources whose events invoke functions, by ID without instance keys.
func (b *builder) origins() map[string][]origin {
	byID := map[string][]origin{}
	note := func(ids []string, via *model.Resource, enabled *model.Value[bool], to *model.Ref) {
		on, known := orDefault(enabled, true)
		if known && !on {
			return
		}
		for _, id := range ids {
			for _, f := range to.Targets() {
				key := base(id)
				byID[key] = append(byID[key], origin{id, via.ID, f, known && len(mayNotExist(via)) == 0, existenceOf(via)})
			}
		}
	}
	for i := range b.stack.EventSources {
		s := &b.stack.EventSources[i]
		note(b.channels(&s.Source), &s.Resource, &s.Enabled, &s.Function)
	}
	for i := range b.stack.Triggers {
		t := &b.stack.Triggers[i]
		ids := append(b.channels(&t.Source), b.channels(&t.Bus)...)
		if service, _ := t.Service.Get(); t.Source.State == tree.StateAbsent && len(writing(service)) > 0 {
			ids = append(ids, t.ID) // the resource itself
		}
		for j := range t.Targets.Items {
			note(ids, &t.Resource, &t.Enabled, &t.Targets.Items[j].Function)
		}
	}
	return byID
}

// channels returns the IDs of the resources that a reference to a channel names.
func (b *builder) channels(ref *model.Ref) []string {
	ids := slices.Clone(ref.IDs)
	for _, i := range ref.Targets() {
		ids = add(ids, b.stack.Channels[i].ID)
	}
	return ids
}

// feeds adds the functions that functions may trigger. It is bounded by maxEdges.
func (b *builder) feeds() {
	byID := b.origins()
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
	q := b.questionOf(role)
	for i := range q.identity {
		r := &q.identity[i]
		if r.deny {
			continue
		}
		for j := range r.Resources.Items {
			ref := &r.Resources.Items[j]
			for _, id := range b.channels(ref) {
				if all := byID[base(id)]; len(all) > 0 {
					b.feed(function, role, r, ref, id, all)
				}
			}
		}
	}
}

// feed adds the functions that a function may trigger through a resource of a statement.
func (b *builder) feed(function, role int, r *rule, ref *model.Ref, id string, all []origin) {
	service := b.serviceOf(id)
	for _, action := range writing(service) {
		found, how := r.grants(action, service)
		if found != No {
			found, _ = b.questionOf(role).effective(action, areaOfRef(ref))
		}
		if found == No {
			continue
		}
		for _, o := range all {
			b.feedThrough(function, role, o, found, b.places.of(r.At), putInto(service)+" "+o.id+" ("+how+")")
		}
		return
	}
}

// feedThrough adds the function that events of an origin invoke, if a function with a role may do what how says.
func (b *builder) feedThrough(function, role int, o origin, found Certainty, at Place, how string) {
	together, ok := b.unit.both(existenceOf(&b.stack.Roles[role].Resource), o.Existence)
	if b.edges++; b.edges > maxEdges || o.to == function || !ok {
		return
	}
	f, to := &b.unit.Functions[function], b.stack.Functions[o.to].ID
	feed := Feed{To: to, Certain: found == Yes && o.certain, Existence: together, Step: Step{
		Place: at, Via: b.stack.Roles[role].ID, Text: f.ID + " may " + how + ", which invokes " + to + " through " + o.via,
	}}
	if !slices.ContainsFunc(f.Feeds, func(known Feed) bool {
		return known.To == to && (known.Certain || !feed.Certain) && known.When.Equal(feed.When)
	}) {
		f.Feeds = append(f.Feeds, feed)
	}
}

// putInto is the verb for putting something into a source of events.
func putInto(service string) string {
	if service == "states" {
		return "start"
	}
	return "write to"
}

// writers adds to the functions that events of a channel invoke those outside of the account whom a policy lets write to the channel.
func (b *builder) writers() {
	byID := b.origins()
	if len(byID) == 0 {
		return
	}
	for i := range b.stack.Channels {
		c := &b.stack.Channels[i]
		b.writersTo(c.ID, &c.Statements, &c.Resource, byID, false)
	}
	for i := range b.stack.ChannelPolicies {
		p := &b.stack.ChannelPolicies[i]
		for j := range p.Channels.Items {
			for _, id := range b.channels(&p.Channels.Items[j]) {
				b.writersTo(id, &p.Statements, &p.Resource, byID, false)
			}
		}
	}
	for i := range b.stack.BusPermissions {
		p := &b.stack.BusPermissions[i]
		statements := statementOfBus(p)
		for _, id := range b.channels(&p.Bus) {
			b.writersTo(id, &statements, &p.Resource, byID, false)
		}
	}
	for i := range b.stack.Buckets {
		bucket := &b.stack.Buckets[i]
		b.writersTo(bucket.ID, &bucket.Statements, &bucket.Resource, byID, !isOpen(&bucket.PublicAccess))
	}
}

// isOpen reports whether a public access block certainly lets a policy be public.
func isOpen(p *model.PublicAccess) bool {
	block, _ := p.BlockPolicy.Get()
	restrict, _ := p.RestrictBuckets.Get()
	return p.State == tree.StateKnown && p.BlockPolicy.State != tree.StateUnknown && p.RestrictBuckets.State != tree.StateUnknown && !block && !restrict
}

// statementOfBus returns the statement of a permission that lets one principal send events to an event bus; none if it has no principal.
func statementOfBus(p *model.BusPermission) model.List[model.Statement] {
	if p.Principal.State == tree.StateAbsent {
		return model.List[model.Statement]{} // its policy has a statement
	}
	at := p.Principal.At
	s := model.Statement{
		Block: model.NewBlock(at), Effect: model.Known(allow, at), Actions: model.NewList(at, model.Known("events:PutEvents", at)),
		Resources:  model.NewList(at, model.RefWithin(p.ID, "*")),
		Principals: model.NewList(at, model.Principal{Block: model.NewBlock(at), Kind: model.Known("AWS", at), Value: p.Principal}),
	}
	if p.Condition.State != tree.StateAbsent {
		s.Conditions = model.NewList(at, model.Condition{
			Block: model.NewBlock(at), Operator: model.Known("StringEquals", at), Key: p.Condition.Key, Values: model.UnknownList[model.Value[string]](at, "the value is not read"),
		})
	}
	return model.NewList(at, s)
}

// writersTo adds those whom the statements of a channel let write to it; isBlocked says that they allow no public access. A policy
// with denials, or with unknown statements, is not evaluated.
func (b *builder) writersTo(id string, statements *model.List[model.Statement], of *model.Resource, byID map[string][]origin, isBlocked bool) {
	if statements.State != tree.StateKnown || slices.ContainsFunc(statements.Items, func(s model.Statement) bool {
		effect, _ := s.Effect.Get()
		return effect != allow
	}) {
		return
	}
	service := b.serviceOf(id)
	rules := rulesOf(statements, b.serviceOf, nil)
	for i := range rules {
		r := &rules[i]
		for _, action := range writing(service) {
			found, how := r.grants(action, service)
			if found != Yes {
				continue
			}
			for _, c := range b.principals(r.Statement) {
				if c.Reach == CrossAccount || c.Reach == Public && !isBlocked {
					c.How = how
					b.writer(&c, of, byID[base(id)])
				}
			}
			break
		}
	}
}

// writer adds a principal that writes to the origin of events to the functions that they invoke.
func (b *builder) writer(c *Caller, of *model.Resource, origins []origin) {
	for _, s := range origins {
		if b.edges++; b.edges > maxEdges {
			return
		}
		together, ok := b.unit.both(existenceOf(of), s.Existence)
		if !ok {
			continue
		}
		one := *c
		one.Kind, one.Via, one.How, one.Existence = Writer, of.ID, c.How+", which invokes through "+s.via, together
		one.Who.Channel = s.id
		if one.Reach == Public {
			one.Who.Name, one.Who.Anyone = "", true
		}
		one.Conditions = append(slices.Clip(one.Conditions), mayNotExist(of)...)
		if !s.certain {
			one.Conditions = add(one.Conditions, "may not exist")
		}
		f := &b.unit.Functions[s.to]
		f.Callers = append(f.Callers, one)
	}
}
