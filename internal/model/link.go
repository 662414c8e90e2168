package model

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"lintel/internal/tree"
)

// Link joins the resources of a stack: it resolves every [Ref] to indices of the collection it
// points into, moves attachments into their roles, and gathers in each role the statements of
// the stack's policies that are attached to it. Readers call it once, when all is added.
//
// A reference is resolved by the ids its expression mentions; through an alias or a version to
// their function; and, where it is a literal name or ARN, or the end of an ARN, by the name of the target.
func (s *Stack) Link() {
	l := newLinker(s)
	l.all(reflect.ValueOf(&s.Attachments).Elem())
	s.attach()
	l.all(reflect.ValueOf(&s.RuntimeUpdates).Elem())
	l.all(reflect.ValueOf(&s.Recursions).Elem())
	s.settings()
	stack := reflect.ValueOf(s).Elem()
	for _, collection := range collections() {
		l.all(stack.FieldByIndex(collection.Index))
	}
	qualify(s)
	for i := range s.Functions {
		for _, role := range s.Functions[i].Role.targets {
			s.Roles[role].Functions.targets = append(s.Roles[role].Functions.targets, i)
		}
	}
	s.gatherStatements()
	s.keepTriggers()
	s.ProvisionedConcurrency = slices.DeleteFunc(s.ProvisionedConcurrency, func(p ProvisionedConcurrency) bool {
		return p.Executions.State == tree.StateAbsent
	})
}

// settings moves what Terraform sets in resources of their own into the functions.
func (s *Stack) settings() {
	for i := range s.RuntimeUpdates {
		for _, target := range s.RuntimeUpdates[i].Function.targets {
			s.Functions[target].RuntimeUpdates = s.RuntimeUpdates[i].RuntimeUpdate
		}
	}
	for i := range s.Recursions {
		for _, target := range s.Recursions[i].Function.targets {
			s.Functions[target].RecursiveLoop = s.Recursions[i].RecursiveLoop
		}
	}
}

// attach turns attachments into managed policies of the roles they name.
func (s *Stack) attach() {
	s.attachToUsers()
	for i := range s.Attachments {
		a := &s.Attachments[i]
		for _, role := range a.Roles.Items {
			for _, target := range role.targets {
				r := &s.Roles[target]
				r.ManagedPolicies = r.ManagedPolicies.Append(a.Policies)
			}
		}
	}
}

// gatherStatements appends the statements of separate policies to their roles.
func (s *Stack) gatherStatements() {
	for i := range s.Policies {
		p := &s.Policies[i]
		for _, role := range p.Roles.Items {
			for _, target := range role.targets {
				s.Roles[target].add(p)
			}
		}
	}
	for i := range s.Roles {
		for _, managed := range s.Roles[i].ManagedPolicies.Items {
			for _, target := range managed.targets {
				s.Roles[i].add(&s.Policies[target])
			}
		}
	}
	s.loseSight()
}

func (r *Role) add(p *Policy) {
	borrowed := List[Statement]{state: p.Statements.state}
	if borrowed.State == tree.StateUnknown {
		borrowed.owner = &p.Resource
	}
	for i, statement := range p.Statements.Items {
		statement.owner, statement.number = &p.Resource, i
		if statement.At.IsZero() {
			statement.At = p.At
		}
		borrowed.Items = append(borrowed.Items, statement)
	}
	r.Statements = r.Statements.Append(borrowed)
}

// linker finds resources by collection and id or name.
type linker struct {
	byBase map[string]map[string][]target // collection → id without instance keys → resources
	byName map[string]map[string][]int    // collection → literal name → indices
	behind map[string][]string            // alias or version → ids of its function
}

type target struct {
	id    string
	index int
}

func newLinker(s *Stack) *linker {
	l := &linker{byBase: map[string]map[string][]target{}, byName: map[string]map[string][]int{}, behind: map[string][]string{}}
	stack := reflect.ValueOf(s).Elem()
	for _, collection := range collections() {
		if name := jsonName(collection); name != "" {
			l.index(name, stack.FieldByIndex(collection.Index))
		}
	}
	for i := range s.Aliases {
		l.behind[s.Aliases[i].ID] = append(l.behind[s.Aliases[i].ID], s.Aliases[i].Function.IDs...)
	}
	for i := range s.Versions {
		l.behind[s.Versions[i].ID] = append(l.behind[s.Versions[i].ID], s.Versions[i].Function.IDs...)
	}
	return l
}

func (l *linker) index(collection string, resources reflect.Value) {
	l.byBase[collection], l.byName[collection] = map[string][]target{}, map[string][]int{}
	for i := range resources.Len() {
		r := resources.Index(i)
		id := r.FieldByName("Resource").FieldByName("ID").String()
		base := stripKeys(id)
		l.byBase[collection][base] = append(l.byBase[collection][base], target{id, i})
		if field := r.FieldByName("Name"); field.IsValid() {
			if name, ok := field.Interface().(Value[string]).Get(); ok {
				l.byName[collection][name] = append(l.byName[collection][name], i)
			}
		}
	}
}

// all resolves the references in every element of a collection.
func (l *linker) all(collection reflect.Value) {
	for i := range collection.Len() {
		l.walk(collection.Index(i), "")
	}
}

func (l *linker) walk(v reflect.Value, to string) {
	switch x := v.Addr().Interface().(type) {
	case *Ref:
		if to != "" {
			x.targets = l.resolve(to, x)
		}
		return
	case *Block, *Resource:
		return
	}
	if v.Kind() != reflect.Struct || !refers(v.Type()) {
		return
	}
	if items := v.FieldByName("Items"); items.IsValid() {
		for i := range items.Len() {
			l.walk(items.Index(i), to)
		}
		return
	}
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() {
			l.walk(v.Field(i), field.Tag.Get("to"))
		}
	}
}

// referring remembers which types hold references.
var referring sync.Map //nolint:gochecknoglobals // a memo: the answer for a type never changes

// refers reports whether a value of a type can hold a reference.
func refers(t reflect.Type) bool {
	if t == reflect.TypeFor[Ref]() {
		return true
	}
	if known, ok := referring.Load(t); ok {
		return known == true
	}
	found := false
	switch t.Kind() {
	case reflect.Slice:
		found = refers(t.Elem())
	case reflect.Struct:
		for field := range t.Fields() {
			found = found || field.IsExported() && refers(field.Type)
		}
	default:
	}
	referring.Store(t, found)
	return found
}

func (l *linker) resolve(collection string, r *Ref) []int {
	var found []int
	for _, id := range r.IDs {
		found = append(found, l.find(collection, id, 0)...)
	}
	if literal, ok := r.Get(); ok && len(found) == 0 {
		found = append(found, l.byName[collection][nameIn(collection, literal)]...)
	}
	if name, ok := nameAtEnd(r); ok && len(found) == 0 {
		found = append(found, l.byName[collection][name]...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// maxHops is how many aliases may stand between a reference and its function.
const maxHops = 4

func (l *linker) find(collection, id string, hops int) []int {
	var found []int
	for _, candidate := range l.byBase[collection][stripKeys(id)] {
		if Matches(id, candidate.id) {
			found = append(found, candidate.index)
		}
	}
	if len(found) > 0 || hops == maxHops {
		return found
	}
	for _, next := range l.behind[id] {
		found = append(found, l.find(collection, next, hops+1)...)
	}
	return found
}

// nameIn returns the name of a resource from a literal that is its name, an ARN of it, or a
// name that follows from it, like the log group of a function.
func nameIn(collection, literal string) string {
	if collection == "functions" {
		if name, ok := strings.CutPrefix(literal, "/aws/lambda/"); ok {
			return strings.TrimPrefix(name, "us-east-1.") // log groups of Lambda@Edge carry the region
		}
	}
	if !strings.HasPrefix(literal, "arn:") {
		name, _, _ := strings.Cut(literal, ":") // function:qualifier
		return name
	}
	parts := strings.SplitN(literal, ":", 6)
	if len(parts) < 6 {
		return literal
	}
	kind, rest, hasKind := strings.Cut(parts[5], ":") // function:NAME:QUALIFIER, log-group:NAME
	if hasKind && !strings.Contains(kind, "/") {
		name, _, _ := strings.Cut(rest, ":")
		return name
	}
	return parts[5][strings.LastIndex(parts[5], "/")+1:] // role/PATH/NAME, policy/NAME
}

// nameAtEnd returns the name of a resource from an ARN of which only the ends are known, as in
// arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:NAME.
func nameAtEnd(r *Ref) (string, bool) {
	if r.State != tree.StateUnknown || !strings.HasPrefix(r.prefix, "arn:") {
		return "", false
	}
	if name, ok := functionARN(r.suffix); ok {
		name, _, _ = strings.Cut(name, ":")
		return name, name != ""
	}
	for _, kind := range []string{":role/", ":policy/"} {
		if strings.Contains(r.suffix, kind) {
			return r.suffix[strings.LastIndex(r.suffix, "/")+1:], true
		}
	}
	for _, service := range []string{"sqs", "sns"} {
		if name, ok := strings.CutPrefix(r.suffix, ":"); ok && strings.HasPrefix(r.prefix, "arn:aws:"+service+":") && !strings.Contains(name, ":") {
			return name, name != ""
		}
	}
	return "", false
}

// stripKeys removes the instance keys from a Terraform address: a.b["x"].c[0] → a.b.c.
func stripKeys(id string) string {
	if !strings.Contains(id, "[") {
		return id
	}
	tokens := splitAddress(id)
	for i := range tokens {
		tokens[i], _, _ = strings.Cut(tokens[i], "[")
	}
	return strings.Join(tokens, ".")
}

// Matches reports whether a reference can mean a resource. Where the reference has no instance
// key, because the key is unknown, every instance matches.
func Matches(reference, id string) bool {
	if reference == id {
		return true
	}
	a, b := splitAddress(reference), splitAddress(id)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && (strings.Contains(a[i], "[") || !strings.HasPrefix(b[i], a[i]+"[")) {
			return false
		}
	}
	return true
}

// splitAddress splits an address at the dots that are not inside an instance key.
func splitAddress(id string) []string {
	var tokens []string
	start, depth := 0, 0
	for i := range len(id) {
		switch id[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '.':
			if depth <= 0 {
				tokens = append(tokens, id[start:i])
				start = i + 1
			}
		}
	}
	return append(tokens, id[start:])
}
