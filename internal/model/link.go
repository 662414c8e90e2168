package model

import (
	"reflect"
	"regexp"
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
// their function, and through a consumer to its stream; and, where it is a name or ARN, or the end of an ARN, by the name of the
// target. A name with unknown parts is that of the target if both have the same parts.
//
// Resources that never exist together are not joined.
func (s *Stack) Link() { s.LinkIn(oneWorld{}) }

// Worlds decides which resources can exist together. Conditions of a template exclude each other.
type Worlds interface {
	// Exclude reports whether two numbers of Resource.World have no parameter values in common. Neither is 0. It is safe for
	// concurrent use.
	Exclude(a, b int) bool
	// And returns the number of the parameter values that two numbers of Resource.World, neither of which is 0, have in common;
	// ok is false if there are none. It is safe for concurrent use.
	And(a, b int) (both int, ok bool)
}

// oneWorld is for formats in which all resources exist together.
type oneWorld struct{}

// Exclude is always false.
func (oneWorld) Exclude(int, int) bool { return false }

// And is 0.
func (oneWorld) And(int, int) (both int, ok bool) { return 0, true }

// Common returns the number of the parameter values with which two resources, by their World, exist together; ok is false if they
// never do.
func (s *Stack) Common(a, b int) (both int, ok bool) {
	switch {
	case a == 0 || a == b:
		return b, true
	case b == 0 || s.worlds == nil:
		return a, true
	}
	return s.worlds.And(a, b)
}

// LinkIn is Link for a stack with resources that may exclude each other.
func (s *Stack) LinkIn(worlds Worlds) {
	s.worlds = worlds
	for i := range s.Roles {
		s.Roles[i].narrowBoundary()
	}
	l := newLinker(s, worlds)
	l.all(reflect.ValueOf(&s.Attachments).Elem())
	s.attach()
	l.all(reflect.ValueOf(&s.RuntimeUpdates).Elem())
	l.all(reflect.ValueOf(&s.Recursions).Elem())
	s.settings()
	s.markers()
	l.all(reflect.ValueOf(&s.RepositoryPolicies).Elem())
	s.repositoryPolicies()
	l.bucketSettings(s)
	l.redrives(s)
	l.all(reflect.ValueOf(&s.VPCEndpointPolicies).Elem())
	s.networkSettings()
	l.all(reflect.ValueOf(&s.LogDataProtections).Elem())
	s.protectData()
	stack := reflect.ValueOf(s).Elem()
	for _, collection := range collections() {
		l.all(stack.FieldByIndex(collection.Index))
	}
	l.logs(s)
	l.qualify(s)
	s.joinIntegrations()
	s.joinPaths()
	s.joinSchemes()
	s.runWith()
	s.gatherStatements()
	s.mentions()
	s.switchOff()
	s.keepTriggers()
	s.keepNetworkUses()
	s.ConstantInputs = slices.DeleteFunc(s.ConstantInputs, func(c ConstantInput) bool {
		return len(c.Inputs.Items) == 0 && len(c.Templates.Items) == 0
	})
	s.ProvisionedConcurrency = slices.DeleteFunc(s.ProvisionedConcurrency, func(p ProvisionedConcurrency) bool {
		return p.Executions.State == tree.StateAbsent
	})
}

// runWith gives each role what runs with it.
func (s *Stack) runWith() {
	add := func(role *Ref, i int, to func(*Role) *BackRef) {
		for _, target := range role.targets {
			back := to(&s.Roles[target])
			back.targets = append(back.targets, i)
		}
	}
	for i := range s.Functions {
		add(&s.Functions[i].Role, i, func(r *Role) *BackRef { return &r.Functions })
	}
	for i := range s.WebRevisions {
		add(&s.WebRevisions[i].Role, i, func(r *Role) *BackRef { return &r.WebRevisions })
	}
	for i := range s.MicroVMImages {
		add(&s.MicroVMImages[i].BuildRole, i, func(r *Role) *BackRef { return &r.MicroVMImages })
	}
	for i := range s.MicroVMs {
		add(&s.MicroVMs[i].Role, i, func(r *Role) *BackRef { return &r.MicroVMs })
	}
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
				s.lend(p, &s.Roles[target])
			}
		}
	}
	for i := range s.Roles {
		for _, managed := range s.Roles[i].ManagedPolicies.Items {
			for _, target := range managed.targets {
				s.lend(&s.Policies[target], &s.Roles[i])
			}
		}
	}
	s.loseSight()
}

// lend appends the statements of a policy to a role. Many roles can share a policy with many statements.
func (s *Stack) lend(p *Policy, r *Role) {
	if s.lent += p.Statements.nodes(); s.lent > maxLent {
		r.Statements = r.Statements.Append(UnknownList[Statement](p.At, "the statements of the policies of all roles exceed a limit"))
		if s.left == nil {
			s.left = &r.At
		}
		return
	}
	r.Statements = r.Statements.Append(borrow(p.Statements, &p.Resource))
}

// linker finds resources by collection and id or name.
type linker struct {
	Worlds
	targets map[string][]target            // collection → resources
	byID    map[string]*Addresses          // collection → IDs of targets
	byName  map[string]map[string][]target // collection → literal name → resources
	behind  map[string][]qualified         // alias, version or consumer → what it is of

	stages []Stage

	patterns map[string][]string // collection → different patterns of the names of its resources; see patternOf
}

type target struct {
	index   int
	id      string
	world   int
	service string // of a channel
}

// qualified is an alias, a version or a consumer of a stream in a variant.
type qualified struct {
	ids   []string // of its function or stream
	world int
}

func newLinker(s *Stack, worlds Worlds) *linker {
	l := &linker{Worlds: worlds, targets: map[string][]target{}, byID: map[string]*Addresses{}, byName: map[string]map[string][]target{}, behind: map[string][]qualified{}, patterns: map[string][]string{}, stages: s.Stages}
	stack := reflect.ValueOf(s).Elem()
	for _, collection := range collections() {
		if name := jsonName(collection); name != "" {
			l.index(name, stack.FieldByIndex(collection.Index))
		}
	}
	for i := range s.Aliases {
		l.puts(&s.Aliases[i].Resource, s.Aliases[i].Function.IDs)
	}
	for i := range s.Versions {
		l.puts(&s.Versions[i].Resource, s.Versions[i].Function.IDs)
	}
	for i := range s.StreamConsumers {
		l.puts(&s.StreamConsumers[i].Resource, s.StreamConsumers[i].Stream.IDs)
	}
	return l
}

// puts notes what is behind an alias, a version or a consumer.
func (l *linker) puts(r *Resource, ids []string) {
	l.behind[r.ID] = append(l.behind[r.ID], qualified{ids, r.World})
}

// together reports whether two resources may exist together.
func (l *linker) together(a, b int) bool { return a == 0 || b == 0 || a == b || !l.Exclude(a, b) }

func (l *linker) index(collection string, resources reflect.Value) {
	if resources.Len() == 0 {
		return
	}
	l.byName[collection] = map[string][]target{}
	ids := make([]string, resources.Len())
	for i := range resources.Len() {
		r := resources.Index(i)
		own := r.FieldByName("Resource").Addr().Interface().(*Resource) //nolint:forcetypeassert // every collection has resources
		one := target{index: i, id: own.ID, world: own.World}
		ids[i] = own.ID
		if collection == "channels" {
			one.service = serviceOf(own.Type)
		}
		l.targets[collection] = append(l.targets[collection], one)
		if field := r.FieldByName("Name"); field.IsValid() {
			written := field.Interface().(Value[string]) //nolint:forcetypeassert // every name is a text
			l.notes(collection, written)
			if name, ok := literalOf(written); ok {
				l.byName[collection][name] = append(l.byName[collection][name], one)
			}
		}
	}
	l.byID[collection] = NewAddresses(ids)
}

// all resolves the references in every element of a collection.
func (l *linker) all(collection reflect.Value) {
	for i := range collection.Len() {
		resource := collection.Index(i)
		world := resourceOf(resource).World
		referencesIn(resource, func(r *Ref, to string) {
			if to != "" {
				r.targets = l.resolve(to, r, world)
				r.outside = len(r.targets) == 0 && (r.outside || l.isElsewhere(to, r))
			}
		})
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

// isOther reports whether an unknown reference is an attribute of a resource that cannot be in a collection, because it is in
// another one.
func (l *linker) isOther(collection string, r *Ref) bool {
	prefix, suffix := r.Ends()
	if r.State != tree.StateUnknown || len(r.IDs) != 1 || prefix != "" && prefix != "arn:" || suffix != "" {
		return false
	}
	base := stripKeys(r.IDs[0])
	for other, resources := range l.byID { // any order: only whether there is one counts
		if other != collection && !slices.Contains(standIns, other) && len(resources.Find(base)) > 0 {
			return true
		}
	}
	return false
}

// standIns are the collections whose resources pass on attributes of others.
var standIns = []string{"aliases", "versions", "secrets", "channels"} //nolint:gochecknoglobals // a table, never written

// resolve returns the indices of the resources of a collection that a reference leads to, and that can exist in a world.
func (l *linker) resolve(collection string, r *Ref, world int) []int {
	found := l.meant(collection, r, world)
	if collection == "functions" && len(found) == 0 {
		return l.byStageVariable(r, world)
	}
	return l.existing(found, world)
}

// existing returns the indices of those resources that can exist in a world, sorted.
func (l *linker) existing(found []target, world int) []int {
	var indices []int
	for _, t := range found {
		if l.together(world, t.world) {
			indices = append(indices, t.index)
		}
	}
	slices.Sort(indices)
	return slices.Compact(indices)
}

// meant returns the resources of a collection that a reference names.
func (l *linker) meant(collection string, r *Ref, world int) []target {
	var found []target
	for _, id := range r.IDs {
		found = append(found, l.find(collection, id, world, 0)...)
	}
	if literal, ok := literalOf(r.Value); ok && len(found) == 0 {
		found = append(found, l.named(collection, literal)...)
		if _, isKnown := r.Get(); !isKnown {
			found = l.variants(collection, found)
		}
	}
	if service, name, ok := channelAtEnd(r); ok && collection == "channels" && len(found) == 0 {
		found = append(found, l.channel(service, name)...)
	}
	if name, ok := nameAtEnd(r); ok && len(found) == 0 {
		found = append(found, l.byName[collection][name]...)
	}
	return found
}

// variants returns all variants of resources: a condition may decide in one of them what is unknown in the text that names it.
func (l *linker) variants(collection string, some []target) []target {
	var all []target
	for _, one := range some {
		for _, i := range l.byID[collection].Find(one.id) {
			all = append(all, l.targets[collection][i])
		}
	}
	return all
}

// literalOf returns the text that names a resource: a literal, or the symbol of an unknown text. No literal equals a symbol.
func literalOf(v Value[string]) (string, bool) {
	if literal, ok := v.Get(); ok {
		return literal, !strings.Contains(literal, "${")
	}
	symbol := v.Symbol()
	if symbol == "" { // as of most unknown values
		return "", false
	}
	return inSymbols.ReplaceAllStringFunc(symbol, withoutSeparators.Replace), true
}

// inSymbols matches the names of values in a symbol. withoutSeparators replaces what separates the parts of an ARN in them.
var (
	inSymbols         = regexp.MustCompile(`\$\{[^}]*\}`)
	withoutSeparators = strings.NewReplacer(":", ">", "/", "<") //nolint:gochecknoglobals // a table, never written
)

// named returns the resources with the name that a literal is or contains. Channels of several services can have the
// same name.
func (l *linker) named(collection, literal string) []target {
	if service, name, ok := channelIn(literal); ok && collection == "channels" {
		return l.channel(service, name)
	}
	return l.byName[collection][nameIn(collection, literal)]
}

// channel returns the channels of a service with a name.
func (l *linker) channel(service, name string) []target {
	return slices.DeleteFunc(slices.Clone(l.byName["channels"][name]), func(t target) bool { return t.service != service })
}

// maxHops is how many aliases may stand between a reference and its function.
const maxHops = 4

// find returns the resources with an ID, or those behind the alias, version or consumer with it.
func (l *linker) find(collection, id string, world, hops int) []target {
	var found []target
	for _, i := range l.byID[collection].Find(id) {
		found = append(found, l.targets[collection][i])
	}
	if len(found) > 0 || hops == maxHops {
		return found
	}
	for _, q := range l.behind[id] {
		if !l.together(world, q.world) {
			continue
		}
		for _, next := range q.ids {
			found = append(found, l.find(collection, next, world, hops+1)...)
		}
	}
	return found
}

// nameIn returns the name of a resource from a literal that is its name, an ARN of it, or a
// name that follows from it, like the log group of a function.
func nameIn(collection, literal string) string {
	if collection == "functions" {
		if name, ok := strings.CutPrefix(literal, logGroupOfFunction); ok {
			return strings.TrimPrefix(name, "us-east-1.") // log groups of Lambda@Edge carry the region
		}
		if name, ok := functionARN(literal); ok {
			name, _, _ = strings.Cut(name, ":")
			return name
		}
	}
	if collection == "repositories" { // ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG or @DIGEST
		if _, path, ok := strings.Cut(literal, "/"); ok && strings.Contains(literal, ".dkr") {
			name, _, _ := strings.Cut(path, "@")
			name, _, _ = strings.Cut(name, ":")
			return name
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
	prefix, suffix := r.Ends()
	if r.State != tree.StateUnknown || !strings.HasPrefix(prefix, "arn:") {
		return "", false
	}
	if name, ok := functionARN(suffix); ok {
		name, _, _ = strings.Cut(name, ":")
		return name, name != ""
	}
	for _, kind := range []string{":role/", ":policy/"} {
		if strings.Contains(suffix, kind) {
			return suffix[strings.LastIndex(suffix, "/")+1:], true
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
