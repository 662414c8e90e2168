package model

import (
	"strings"

	"lintel/internal/secrets"
	"lintel/internal/tree"
)

// qualify gives the resources that refer to an alias or version of a function its qualifier, as if it
// were written as an argument: each alias and version has its own permissions, URL and settings for
// asynchronous invocation. It runs after all references are resolved.
func (l *linker) qualify(s *Stack) {
	generated := s.generatedAliases()
	one := func(r *Resource, fn *Ref, qualifier *Value[string]) {
		if qualifier.State != tree.StateAbsent {
			return
		}
		if found, ok := l.qualifierOf(s, r, fn); ok {
			*qualifier = found
			return
		}
		// SAM attaches what it generates for a function with AutoPublishAlias to the alias.
		if name, ok := generated[only(fn.targets)]; ok && r.Generated {
			*qualifier = name.at(fn)
		}
	}
	for i := range s.Permissions {
		one(&s.Permissions[i].Resource, &s.Permissions[i].Function, &s.Permissions[i].Qualifier)
	}
	for i := range s.FunctionURLs {
		one(&s.FunctionURLs[i].Resource, &s.FunctionURLs[i].Function, &s.FunctionURLs[i].Qualifier)
	}
	for i := range s.Triggers {
		s.Triggers[i].eachTarget(one)
	}
	for i := range s.Distributions {
		d := &s.Distributions[i]
		d.eachEdge(func(edge *EdgeFunction) { edge.Qualifier = l.edgeQualifier(s, &d.Resource, &edge.Function) })
	}
	for i := range s.AsyncConfigs {
		one(&s.AsyncConfigs[i].Resource, &s.AsyncConfigs[i].Function, &s.AsyncConfigs[i].Qualifier)
	}
}

// generatedAliases returns the names of the aliases that SAM generates, by function.
func (s *Stack) generatedAliases() map[int]Value[string] {
	generated := map[int]Value[string]{}
	for i := range s.Aliases {
		if a := &s.Aliases[i]; a.Generated {
			for _, fn := range a.Function.targets {
				generated[fn] = a.Name
			}
		}
	}
	return generated
}

// eachTarget calls do with the function and the qualifier of each target.
func (t *Trigger) eachTarget(do func(r *Resource, fn *Ref, qualifier *Value[string])) {
	for i := range t.Targets.Items {
		do(&t.Resource, &t.Targets.Items[i].Function, &t.Targets.Items[i].Qualifier)
	}
}

// only returns the item of a list with one, and -1 for every other list.
func only(items []int) int {
	if len(items) == 1 {
		return items[0]
	}
	return -1
}

// at returns a value that stands where a reference stands.
func (v Value[T]) at(r *Ref) Value[T] {
	from, more := r.more(), v.more()
	v.At, v.literal = r.At, r.literal
	more.through, more.written = from.through, from.written
	v.keep(more)
	return v
}

// qualifierOf returns the qualifier of the function that a reference names, if it names one.
func (l *linker) qualifierOf(s *Stack, of *Resource, r *Ref) (Value[string], bool) {
	for _, id := range r.IDs {
		if found, ok := l.qualifierByID(s, of, r, id); ok {
			return found, true
		}
	}
	if literal, ok := r.Get(); ok {
		qualifier, ok := literalQualifier(literal)
		if !ok {
			return Value[string]{}, false
		}
		return Known(qualifier, r.At), true
	}
	_, suffix := r.Ends()
	if qualifier, ok := suffixQualifier(suffix); ok {
		return Known(qualifier, r.At), true
	}
	if r.origin != nil && endsInQualifier(r.origin.written) {
		return Unknown[string](r.At, r.Cause()), true
	}
	return Value[string]{}, false
}

// qualifierByID returns the qualifier of a reference to the alias or version with an ID.
func (l *linker) qualifierByID(s *Stack, of *Resource, r *Ref, id string) (Value[string], bool) {
	for _, i := range l.byID["aliases"].Find(id) {
		if a := &s.Aliases[i]; l.together(of.World, a.World) && a.Name.State != tree.StateAbsent {
			return a.Name.at(r), true
		}
	}
	for _, i := range l.byID["versions"].Find(id) {
		if l.together(of.World, s.Versions[i].World) {
			numbered := Unknown[string](r.At, "AWS numbers versions at deployment")
			numbered.open = &open{examples: []string{"1"}}
			return numbered, true
		}
	}
	return Value[string]{}, false
}

// edgeQualifier returns the qualifier of a Lambda@Edge function. It is unknown where the reference may have one.
func (l *linker) edgeQualifier(s *Stack, of *Resource, r *Ref) Value[string] {
	if found, ok := l.qualifierOf(s, of, r); ok {
		return found
	}
	_, known := r.Get()
	var qualifiers []string
	for _, example := range r.examples() {
		if qualifier, ok := literalQualifier(example); ok {
			qualifiers = append(qualifiers, qualifier)
		}
	}
	plain := len(r.examples()) > 0 && len(qualifiers) == 0
	if known || plain || r.State == tree.StateAbsent {
		return Absent[string](r.At)
	}
	found := Unknown[string](r.At, r.Cause())
	if len(qualifiers) > 0 && len(qualifiers) == len(r.examples()) {
		found.open = &open{examples: qualifiers}
	}
	return found
}

// literalQualifier returns the qualifier in a function name, partial ARN or ARN.
func literalQualifier(literal string) (string, bool) {
	name, isARN := functionARN(literal)
	if !isARN && !strings.HasPrefix(literal, "arn:") {
		name = literal
	}
	_, qualifier, ok := strings.Cut(name, ":")
	return qualifier, ok
}

// suffixQualifier returns the qualifier in the known end of a text. The end follows either on an unknown text, and then
// contains ":function:", or on the ARN of a function in the stack.
func suffixQualifier(suffix string) (string, bool) {
	name, isARN := functionARN(suffix)
	if !isARN {
		name = suffix
	}
	before, qualifier, ok := strings.Cut(name, ":")
	ok = ok && qualifier != "" && (isARN || before == "") && !strings.Contains(qualifier, ":")
	return qualifier, ok
}

// endsInQualifier reports whether a text with holes is a function with an unknown qualifier: the
// name or ARN, which may be a hole itself, a colon and a hole.
func endsInQualifier(written string) bool {
	fn, ok := strings.CutSuffix(written, ":"+secrets.Hole)
	if !ok || fn == "arn" { // an ARN of which only the beginning is known
		return false
	}
	if name, isARN := functionARN(fn); isARN {
		return name != "" && !strings.Contains(name, ":")
	}
	return fn == secrets.Hole || fn == "arn:"+secrets.Hole || !strings.Contains(fn, ":")
}

// functionARN returns the name and qualifier in the ARN of a function, in the end of it, or in the URI with which API Gateway
// invokes it: arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations.
func functionARN(text string) (string, bool) {
	_, rest, isARN := strings.Cut(text, ":function:")
	name, _, _ := strings.Cut(rest, "/")
	return name, isARN
}
