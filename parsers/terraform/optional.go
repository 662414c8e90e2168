package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/tree"
)

// existence is what the evaluation assumes of the blocks with an unknown number of instances.
type existence int

const (
	unknownNumber existence = iota
	someInstances           // those that are referenced
	noInstance
)

// maxIndex is the highest index of an instance that is assumed to exist.
const maxIndex = 16

// under evaluates an expression under an assumption about the blocks with an unknown number of instances. It is false
// if the expression is an error then.
func (s scope) under(e existence, expr hcl.Expression) (cty.Value, bool) {
	before := s.existence
	s.existence = e
	ctx := s.context(expr)
	s.existence = before
	value, diagnostics := evaluate(expr, ctx)
	if diagnostics.HasErrors() {
		return cty.NilVal, false
	}
	return withExamples(expr, ctx, value), true
}

// assumedInstances returns the instances of a block with an unknown number of them, as the evaluation assumes them. It
// is false if nothing is assumed, or if the keys of the instances are unknown. skip is the number of steps of a
// traversal that name the block.
func (s scope) assumedInstances(of expansion, traversals []hcl.Traversal, skip int, instance func(k key, wanted []string) cty.Value) (cty.Value, bool) {
	at := slices.IndexFunc(of.keys, func(k key) bool { return k.unknown != "" })
	switch {
	case s.existence == unknownNumber || at < 0:
		return cty.NilVal, false
	case s.existence == noInstance && !of.repeated:
		return cty.NullVal(cty.DynamicPseudoType), true
	case s.existence == noInstance && of.isCount:
		return cty.EmptyTupleVal, true
	case s.existence == noInstance:
		return cty.EmptyObjectVal, len(of.keys) == 1
	case !of.repeated:
		return instance(of.keys[at], attributesOf(traversals, skip)), true
	}
	one := instance(of.keys[at], attributesOf(traversals, skip+1))
	if of.isCount {
		return repeated(one, traversals, skip)
	}
	return named(one, traversals, skip)
}

// repeated is a tuple of as many instances as the indices in references need.
func repeated(instance cty.Value, traversals []hcl.Traversal, skip int) (cty.Value, bool) {
	last := 0
	for _, traversal := range traversals {
		if key, ok := keyIn(traversal, skip); ok {
			n, isNumber := numberOf(key)
			if !isNumber {
				return cty.NilVal, false
			}
			index, _ := n.AsBigFloat().Int64()
			last = max(last, int(min(index, maxIndex)))
		}
	}
	return cty.TupleVal(slices.Repeat([]cty.Value{instance}, last+1)), true
}

// named is an object with the keys in references. It is false if one has none.
func named(instance cty.Value, traversals []hcl.Traversal, skip int) (cty.Value, bool) {
	elements := map[string]cty.Value{}
	for _, traversal := range traversals {
		key, ok := keyIn(traversal, skip)
		if !ok || !isKnownString(key) {
			return cty.NilVal, false
		}
		elements[key.AsString()] = instance
	}
	return cty.ObjectVal(elements), true
}

// keyIn returns the key of an instance in a reference.
func keyIn(traversal hcl.Traversal, skip int) (cty.Value, bool) {
	if len(traversal) <= skip {
		return cty.NilVal, false
	}
	step, ok := traversal[skip].(hcl.TraverseIndex)
	return step.Key, ok
}

// optionalIn returns the blocks with an unknown number of instances that an expression refers to, by their names.
func (s scope) optionalIn(expr hcl.Expression) map[string]*block {
	var found map[string]*block
	for _, traversal := range expr.Variables() {
		name, b, _ := s.blockOf(traversal)
		if b == nil || found[name] != nil || !s.isOptional(name, b) {
			continue
		}
		if found == nil {
			found = map[string]*block{}
		}
		found[name] = b
	}
	return found
}

// isOptional reports whether it is unknown how many instances a block has.
func (s scope) isOptional(name string, b *block) bool {
	return slices.ContainsFunc(s.instances(name, b).keys, func(k key) bool { return k.unknown != "" })
}

// blockOf returns the resource, data source or module call that a reference names, and the number of steps that name
// it; nil if there is none.
func (s scope) blockOf(traversal hcl.Traversal) (name string, b *block, skip int) {
	root := traversal.RootName()
	if _, shadowed := s.names[root]; shadowed {
		return "", nil, 0
	}
	skip = 2
	switch root {
	case "var", "local", "path", "terraform", "each", "count", "self", "ephemeral":
		return "", nil, 0
	case "data":
		skip = 3
	}
	if len(traversal) < skip || !areNames(traversal[1:skip]) {
		return "", nil, 0
	}
	names := []string{root}
	for _, step := range traversal[1:skip] {
		names = append(names, step.(hcl.TraverseAttr).Name) //nolint:forcetypeassert // areNames
	}
	name = strings.Join(names, ".")
	if root == "module" {
		return name, s.config.calls[names[1]], skip
	}
	return name, s.config.resources[name], skip
}

// withOptional adds to an unknown value what is known of it whichever number of instances the referenced blocks have. A
// value that requires an instance is that of the instance.
func (s scope) withOptional(expr hcl.Expression, value cty.Value) cty.Value {
	if s.existence != unknownNumber || len(s.optionalIn(expr)) == 0 {
		return value
	}
	if instance, ok := s.instanceAt(expr); ok {
		return instance
	}
	with, ok := s.under(someInstances, expr)
	if !ok {
		return value
	}
	without, ok := s.under(noInstance, expr)
	if !ok {
		return with
	}
	return oneOf(expr, value, with, without)
}

// instanceAt is the value of NAME[KEY].ATTRIBUTE where NAME has an unknown number of instances and KEY is computed.
func (s scope) instanceAt(expr hcl.Expression) (cty.Value, bool) {
	e, ok := bareExpression(expr).(*hclsyntax.RelativeTraversalExpr)
	if !ok {
		return cty.NilVal, false
	}
	index, ok := bareExpression(e.Source).(*hclsyntax.IndexExpr)
	if !ok {
		return cty.NilVal, false
	}
	collection, ok := bareExpression(index.Collection).(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return cty.NilVal, false
	}
	name, b, skip := s.blockOf(collection.Traversal)
	if b == nil || len(collection.Traversal) != skip || !s.isOptional(name, b) {
		return cty.NilVal, false
	}
	key := hcl.TraverseIndex{Key: cty.NumberIntVal(0), SrcRange: e.SrcRange}
	if !s.instances(name, b).isCount {
		key.Key = cty.StringVal("")
	}
	traversal := slices.Concat(collection.Traversal, hcl.Traversal{key}, e.Traversal)
	return s.under(someInstances, &hclsyntax.ScopeTraversalExpr{Traversal: traversal, SrcRange: e.SrcRange})
}

// oneOf is a value that is one of two: with or without instances. Of texts it keeps the examples of both.
func oneOf(expr hcl.Expression, value, with, without cty.Value) cty.Value {
	bareWith, marks := with.Unmark()
	bareWithout, _ := without.UnmarkDeep()
	if deep, _ := with.UnmarkDeep(); deep.IsWhollyKnown() && deep.RawEquals(bareWithout) {
		return with
	}
	if bareWith.Type() != cty.String || !isKnownString(bareWithout) {
		return value
	}
	texts, kept := textsWith(bareWith, marks)
	either := cty.UnknownVal(cty.String).RefineNotNull().WithMarks(kept)
	if len(texts) == 0 {
		return either
	}
	if !slices.Contains(texts, bareWithout.AsString()) {
		texts = append(slices.Clip(texts), bareWithout.AsString())
	}
	at := expr.Range()
	return examples(either, "optional in "+at.String(), texts...)
}

// textsWith returns the values that a text may have, and its marks without them. There are none of a text that may be
// anything.
func textsWith(bare cty.Value, marks cty.ValueMarks) (texts []string, kept cty.ValueMarks) {
	kept = cty.ValueMarks{}
	numSources := 0
	for mark := range marks { // any order: it fills a set, and several sources give no text
		if m, ok := mark.(exampleMark); ok {
			texts = m.all()
			numSources++
			continue
		}
		kept[mark] = struct{}{}
	}
	switch {
	case isKnownString(bare):
		texts = []string{bare.AsString()}
	case numSources > 1:
		texts = nil
	}
	return texts, kept
}

// optional reads an expression whose value is absent, or has other elements, where a block has no instance. The
// conditions that decide about the number of instances are assumed as those of a conditional are.
func (s scope) optional(expr hcl.Expression) (tree.Tree, bool) {
	blocks := s.optionalIn(expr)
	if s.existence != unknownNumber || len(blocks) != 1 {
		return tree.Tree{}, false
	}
	with, okWith := s.under(someInstances, expr)
	without, okWithout := s.under(noInstance, expr)
	if !okWith || !okWithout {
		return tree.Tree{}, false
	}
	at := rangeOf(expr.Range())
	there, missing := s.fromValue(with, at), s.fromValue(without, at)
	if missing.State != tree.StateAbsent && !isStructure(missing) && !isStructure(there) {
		return tree.Tree{}, false
	}
	whole := s.plain(s.value(expr), at)
	for _, b := range blocks { // any order: there is one
		keys := (scope{instance: s.instance}).expand(b).keys
		switch {
		case len(keys) == 0:
			return missing, true
		case keys[0].unknown == "":
			return there, true
		}
		whole.Cause = keys[0].unknown
	}
	return either(whole, there, missing), true
}
