package access

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// invoking is the action that a principal needs to invoke a function.
const invoking = "lambda:invokefunction"

// finder finds functions by what a statement calls them.
type finder struct {
	byName, byID map[string][]int
	unnamed      bool // a function has a name that is unknown
}

func (b *builder) finder() finder {
	f := finder{byName: map[string][]int{}, byID: map[string][]int{}}
	for i := range b.stack.Functions {
		fn := &b.stack.Functions[i]
		f.byID[base(fn.ID)] = append(f.byID[base(fn.ID)], i)
		name, ok := fn.Name.Get()
		if !ok {
			f.unnamed = f.unnamed || fn.Name.State == tree.StateUnknown
			continue
		}
		f.byName[name] = append(f.byName[name], i)
	}
	for i := range b.stack.Aliases {
		a := &b.stack.Aliases[i]
		f.byID[base(a.ID)] = append(f.byID[base(a.ID)], a.Function.Targets()...)
	}
	return f
}

// base removes the instance keys from an address.
func base(id string) string {
	var out strings.Builder
	depth := 0
	for i := range len(id) {
		switch id[i] {
		case '[':
			depth++
		case ']':
			depth = max(depth-1, 0)
			continue
		}
		if depth == 0 {
			out.WriteByte(id[i])
		}
	}
	return out.String()
}

// roles adds the roles that may invoke functions: those of other functions, and roles of something else.
func (b *builder) roles() {
	find := b.finder()
	for i := range b.stack.Roles {
		r := &b.stack.Roles[i]
		c := Caller{Place: b.places.of(r.At), Kind: OfRole, Who: Who{Name: "role " + r.ID}, Via: r.ID, Reach: Limited, Conditions: mayNotExist(&r.Resource), Existence: existenceOf(&r.Resource)}
		q := b.questionOf(i)
		if found, _ := q.effective(invoking); found == No {
			continue
		}
		if functions := r.Functions.Targets(); len(functions) > 0 {
			var ids []string
			for _, j := range functions {
				if id := b.stack.Functions[j].ID; !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
			c.Kind, c.Who.Name, c.Functions = OfFunction, "function "+listed(ids, maxShown), ids
		} else {
			b.assumed(r, &c)
		}
		if r.Boundary.State != tree.StateAbsent {
			c.Conditions = append(c.Conditions, "within the permissions boundary "+refText(&r.Boundary))
		}
		c.Conditions = append(c.Conditions, b.limitCondition(true)...)
		b.callsBy(q, c, find)
	}
}

// assumed describes who may assume a role.
func (b *builder) assumed(r *model.Role, c *Caller) {
	var who []string
	for i := range r.Trust.Items {
		s := &r.Trust.Items[i]
		if effect, _ := s.Effect.Get(); !strings.EqualFold(effect, "Allow") {
			continue
		}
		for _, p := range b.principals(s) {
			if isService(p.Who.Name) {
				p.Reach = Limited // a service assumes roles of its own account only
			}
			c.Reach = wider(c.Reach, p.Reach)
			who = append(who, p.Who.String())
		}
	}
	if r.Trust.State == tree.StateUnknown {
		c.Reach = wider(c.Reach, Unknown)
		who = append(who, unknownText)
	}
	if len(who) > 0 {
		c.How = "assumed by " + listed(who, maxShown)
	}
}

// users adds the users whose own policies allow them to invoke functions.
func (b *builder) users() {
	find, of := b.finder(), b.statementsOfUsers()
	for i := range b.stack.Users {
		u := &b.stack.Users[i]
		c := Caller{Place: b.places.of(u.At), Kind: OfUser, Who: Who{Name: "user " + u.ID}, Via: u.ID, Reach: Limited, Conditions: mayNotExist(&u.Resource), Existence: existenceOf(&u.Resource)}
		var rules []rule
		for _, statements := range of[i] {
			rules = append(rules, rulesOf(statements, b.serviceOf, factsOfUser())...)
		}
		q := b.limited(&question{identity: rules, within: b.boundary(&u.Boundary, factsOfUser())}, factsOfUser(), false)
		if found, _ := q.effective(invoking); found != No {
			c.Conditions = append(c.Conditions, b.limitCondition(false)...)
			b.callsBy(q, c, find)
		}
	}
}

// statementsOfUsers returns the statements of each user.
func (b *builder) statementsOfUsers() [][]*model.List[model.Statement] {
	of := make([][]*model.List[model.Statement], len(b.stack.Users))
	give := func(users []int, statements *model.List[model.Statement]) {
		for _, i := range users {
			of[i] = append(of[i], statements)
		}
	}
	for i := range b.stack.Users {
		u := &b.stack.Users[i]
		of[i] = append(of[i], &u.Statements)
		for _, managed := range u.ManagedPolicies.Items {
			for _, j := range managed.Targets() {
				of[i] = append(of[i], &b.stack.Policies[j].Statements)
			}
		}
	}
	for i := range b.stack.UserPolicies {
		give(b.stack.UserPolicies[i].User.Targets(), &b.stack.UserPolicies[i].Statements)
	}
	for i := range b.stack.Policies {
		for _, user := range b.stack.Policies[i].Users.Items {
			give(user.Targets(), &b.stack.Policies[i].Statements)
		}
	}
	for i := range b.stack.UserAttachments {
		a := &b.stack.UserAttachments[i]
		var users []int
		for _, user := range a.Users.Items {
			users = append(users, user.Targets()...)
		}
		for _, policy := range a.Policies.Items {
			for _, j := range policy.Targets() {
				give(users, &b.stack.Policies[j].Statements)
			}
		}
	}
	return of
}

// callsBy adds a principal to the functions that its statements allow it to invoke.
func (b *builder) callsBy(q *question, c Caller, find finder) {
	for i := range q.identity {
		r := &q.identity[i]
		if found, _ := r.matches(invoking); r.deny || r.limits == No || found == No {
			continue
		}
		one := c
		if one.How == "" {
			one.How = "statement of " + c.Via
		}
		one.Conditions = append(append([]string{}, c.Conditions...), conditionTexts(&r.Conditions)...)
		if r.limits == Maybe && len(r.Conditions.Items) == 0 {
			one.Conditions = append(one.Conditions, "statement that may not exist")
		}
		if len(r.NotResources.Items) > 0 {
			b.every(one, "except "+listed(texts(&r.NotResources, text), maxShown))
			continue
		}
		for j := range r.Resources.Items {
			if found, _ := q.effective(invoking, areaOfRef(&r.Resources.Items[j])); found != No {
				b.call(&r.Resources.Items[j], one, find)
			}
		}
		if r.Resources.State == tree.StateUnknown {
			b.unit.Unknown = add(b.unit.Unknown, c.Who.Name+" may invoke further functions: a resource cannot be determined")
		}
	}
}

// every adds a principal that may invoke every function, or, with conditions, many of them.
func (b *builder) every(c Caller, conditions ...string) {
	key := edge{-1, c.Via, c.Who.Name + strings.Join(conditions, ", "), c.When.String()}
	if b.seen[key] {
		return
	}
	b.seen[key] = true
	if len(conditions) == 0 {
		b.everyReach = wider(b.everyReach, c.Reach)
	}
	c.Conditions = append(c.Conditions, conditions...)
	b.unit.Every = append(b.unit.Every, c)
}

// call adds a principal to the functions that a resource of its policy stands for.
func (b *builder) call(ref *model.Ref, c Caller, find finder) {
	value, known := ref.Get()
	_, suffix := ref.Ends()
	name := functionName(value)
	if !known {
		name = functionName(suffix)
	}
	switch {
	case isStars(name), known && isBroad(value, "lambda") && strings.Count(value, ":") < arnParts: // not every layer
		b.every(c)
	case name != "" && strings.ContainsAny(name, "*?"):
		b.byPattern(name, c)
	case name != "":
		for _, i := range find.byName[name] {
			b.edge(i, c)
		}
		if find.unnamed && len(find.byName[name]) == 0 {
			b.unit.Unknown = add(b.unit.Unknown, c.Who.Name+" may invoke "+name+", which may be a function whose name cannot be determined")
		}
	case !known:
		b.byReference(ref, c, find)
	}
}

// lambdaARN is the beginning of the ARN of a function.
const lambdaARN = "arn:aws:lambda:"

// byReference adds a principal to the functions that an unknown resource refers to.
func (b *builder) byReference(ref *model.Ref, c Caller, find finder) {
	for _, id := range ref.IDs {
		for _, i := range find.byID[base(id)] {
			if base(id) == id || model.Matches(id, b.stack.Functions[i].ID) {
				b.edge(i, c)
			}
		}
	}
	prefix, _ := ref.Ends()
	_, isOpen := strings.CutPrefix(lambdaARN, prefix) // the service is unknown
	if len(ref.IDs) == 0 && (isOpen || strings.Contains(prefix, ":lambda:")) {
		b.unit.Unknown = add(b.unit.Unknown, c.Who.Name+" may invoke functions: a resource cannot be determined")
	}
}

// functionName returns the name in the ARN of a function, or in the end of one.
func functionName(arn string) string {
	_, rest, ok := strings.Cut(arn, ":function:")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, ":")
	return name
}

func (b *builder) byPattern(name string, c Caller) {
	found, open := b.named(name)
	if open {
		b.unit.Unknown = add(b.unit.Unknown, c.Who.Name+" may invoke "+name+", which may be a function whose name cannot be determined")
	}
	for _, i := range found {
		if len(found) <= maxMatches {
			b.edge(i, c)
			continue
		}
		b.unit.Functions[i].Reach = wider(b.unit.Functions[i].Reach, c.Reach)
	}
	if len(found) > maxMatches {
		b.every(c, "named "+name)
	}
}

// named returns the functions whose names match a pattern, and whether one with an unknown name may.
func (b *builder) named(name string) (found []int, open bool) {
	if known, ok := b.matches[name]; ok {
		return known.found, known.open
	}
	if b.edges += len(b.stack.Functions); b.edges > maxEdges {
		b.unit.Unknown = add(b.unit.Unknown, fmt.Sprintf("the callers through roles exceed the limit of %d", maxEdges))
		return nil, false
	}
	for i := range b.stack.Functions {
		own, ok := b.stack.Functions[i].Name.Get()
		if ok && glob(name, own) {
			found = append(found, i)
		}
		open = open || b.stack.Functions[i].Name.State == tree.StateUnknown
	}
	b.matches[name] = matches{found, open}
	return found, open
}

// matches are the functions that a pattern matches.
type matches struct {
	found []int
	open  bool
}

// maxMatches is the number of functions to which a caller with a pattern is added one by one.
const maxMatches = 20

// edge adds a caller to a function, unless it is known.
func (b *builder) edge(i int, c Caller) {
	key := edge{i, c.Via, c.Who.Name, c.When.String()}
	if b.seen[key] {
		return
	}
	if b.edges++; b.edges > maxEdges {
		b.unit.Unknown = add(b.unit.Unknown, fmt.Sprintf("the callers through roles exceed the limit of %d", maxEdges))
		return
	}
	b.seen[key] = true
	b.unit.Functions[i].Callers = append(b.unit.Functions[i].Callers, c)
}
