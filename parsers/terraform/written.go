package terraform

import (
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/source"
)

// written returns where the value of an expression is written as a literal: the expression itself, or the literal
// that references lead to through local values, defaults of variables, files of values, arguments of module calls,
// outputs and elements of for_each. It is zero for a value that is computed, for one that no file of the user sets
// (third-party modules, the command line) and for a text in a file of another language.
func (s scope) written(expr hcl.Expression, depth int) source.Range {
	in, literal := s.resolve(expr, nil, depth)
	if literal == nil {
		return source.Range{}
	}
	if at := rangeOf(literal.Range()); isLiteral(literal) && in.canEdit(at.Path) {
		return at
	}
	return source.Range{}
}

// resolve follows references to the expression that a value is written as. steps are the attributes and elements that
// are taken from it. It returns nil for what cannot be followed.
func (s scope) resolve(expr hcl.Expression, steps []string, depth int) (scope, hcl.Expression) {
	if depth > maxFollow || !s.meter.take(rangeOf(expr.Range()), 1) {
		return scope{}, nil
	}
	depth++
	if inner, ok := enclosed(expr); ok {
		return s.resolve(inner, steps, depth)
	}
	switch e := expr.(type) {
	case *hclsyntax.ConditionalExpr:
		if branch := s.branch(e); branch != nil {
			return s.resolve(branch, steps, depth)
		}
		return scope{}, nil
	case *hclsyntax.ScopeTraversalExpr:
		return s.resolveName(e.Traversal, steps, depth)
	case *hclsyntax.RelativeTraversalExpr:
		own, ok := stepsOf(e.Traversal)
		if !ok {
			return scope{}, nil
		}
		return s.resolve(e.Source, slices.Concat(own, steps), depth)
	case *hclsyntax.IndexExpr:
		step, ok := stepOf(s.value(e.Key))
		if !ok {
			return scope{}, nil
		}
		return s.resolve(e.Collection, slices.Concat([]string{step}, steps), depth)
	}
	if len(steps) > 0 {
		return s.resolveIn(expr, steps, depth)
	}
	return s, expr
}

// branch returns the branch of a conditional that is taken, nil when that is unknown.
func (s scope) branch(e *hclsyntax.ConditionalExpr) hcl.Expression {
	condition, _ := s.value(e.Condition).UnmarkDeep()
	switch {
	case !condition.IsKnown() || condition.IsNull() || condition.Type() != cty.Bool:
		return nil
	case condition.True():
		return e.TrueResult
	}
	return e.FalseResult
}

// ofTaken returns the value of an expression without what only the branch of a conditional refers to that is not taken: HCL marks
// the value of a conditional with the marks of both branches.
func (s scope) ofTaken(expr hcl.Expression, value cty.Value) cty.Value {
	e, isConditional := bareExpression(expr).(*hclsyntax.ConditionalExpr)
	if !isConditional || !isUnknown(value) {
		return value
	}
	taken := s.branch(e)
	if taken == nil {
		return value
	}
	bare, _ := value.Unmark()
	return bare.WithMarks(s.value(e.Condition).Marks(), s.value(taken).Marks())
}

// resolveName is resolve of a reference.
func (s scope) resolveName(traversal hcl.Traversal, steps []string, depth int) (scope, hcl.Expression) {
	root := traversal.RootName()
	own, ok := stepsOf(traversal[1:])
	if !ok {
		return scope{}, nil
	}
	if from, ok := s.origins[root]; ok {
		return from.resolve(own, steps, depth)
	}
	names := 1
	if root == "module" {
		names = 2
	}
	if _, shadowed := s.names[root]; shadowed || len(own) < names || !areNames(traversal[1:1+names]) {
		return scope{}, nil
	}
	in, definition, rest := s.setting(root, own)
	if definition == nil {
		return scope{}, nil
	}
	return in.resolve(definition, slices.Concat(rest, steps), depth)
}

// resolve is resolve of the element that a loop variable, each or the iterator of a dynamic block stands for. own are
// the steps of the reference itself.
func (o origin) resolve(own, steps []string, depth int) (scope, hcl.Expression) {
	step, known := stepOf(o.key)
	switch {
	case !known || o.collection == nil:
		return scope{}, nil
	case o.isVariable:
		return o.in.resolve(o.collection, slices.Concat([]string{step}, own, steps), depth)
	case len(own) == 0:
		return scope{}, nil
	case own[0] == "value":
		return o.in.resolve(o.collection, slices.Concat([]string{step}, own[1:], steps), depth)
	case own[0] == "key" && o.isSet():
		return o.in.resolve(o.collection, []string{step}, depth)
	}
	return scope{}, nil
}

// isSet reports whether the value of an expression is a set.
func (s scope) isSet(expr hcl.Expression) bool {
	value, _ := s.value(expr).Unmark()
	return value.Type().IsSetType()
}

// areNames reports whether a part of a traversal has no index.
func areNames(traversal hcl.Traversal) bool {
	return !slices.ContainsFunc(traversal, func(t hcl.Traverser) bool { _, ok := t.(hcl.TraverseAttr); return !ok })
}

// stepsOf returns the steps of a relative traversal. It is false for one with a splat.
func stepsOf(traversal hcl.Traversal) ([]string, bool) {
	steps := make([]string, 0, len(traversal))
	for _, t := range traversal {
		switch x := t.(type) {
		case hcl.TraverseAttr:
			steps = append(steps, x.Name)
		case hcl.TraverseIndex:
			step, ok := stepOf(x.Key)
			if !ok {
				return nil, false
			}
			steps = append(steps, step)
		default:
			return nil, false
		}
	}
	return steps, true
}

// stepOf returns the step to the element with a key: the key itself, or the index of a list in brackets.
func stepOf(key cty.Value) (string, bool) {
	key, _ = key.Unmark()
	switch {
	case isKnownString(key):
		return key.AsString(), true
	case key.IsKnown() && !key.IsNull() && key.Type() == cty.Number:
		return "[" + key.AsBigFloat().Text('f', 0) + "]", true
	}
	return "", false
}

// canEdit reports whether a file is the user's own and written in the language of Terraform or Terragrunt.
func (s scope) canEdit(name string) bool {
	syntax := source.SyntaxOf(name)
	return s.instance != nil && s.thirdParty.IsZero() && (syntax.IsModule() || syntax.IsValues() || source.IsTerragrunt(name))
}

// element is where an element of a collection is written.
type element struct {
	in    scope
	expr  hcl.Expression
	whole bool // expr is a collection that has the element under the same key
}

// resolveIn is resolve of an element of an object, list or set, also within the functions and loops that make one of
// another.
func (s scope) resolveIn(collection hcl.Expression, steps []string, depth int) (scope, hcl.Expression) {
	e, ok := s.elementsWithin(collection)[steps[0]]
	switch {
	case !ok:
		return scope{}, nil
	case e.whole:
		return e.in.resolve(e.expr, steps, depth)
	}
	return e.in.resolve(e.expr, steps[1:], depth)
}

// elementsWithin is elementsOfExpression, remembered.
func (s scope) elementsWithin(collection hcl.Expression) map[string]element {
	elements, known := s.elementsWritten[collection]
	if !known || len(s.names) > 0 {
		elements = s.elementsOfExpression(collection)
		if len(s.names) == 0 {
			s.elementsWritten[collection] = elements
		}
	}
	return elements
}

// elementsOfExpression returns the elements of a collection by their steps. It is empty where a key is unknown.
func (s scope) elementsOfExpression(collection hcl.Expression) map[string]element {
	switch e := collection.(type) {
	case *hclsyntax.FunctionCallExpr:
		return s.elementsOfCall(e)
	case *hclsyntax.ForExpr:
		return s.elementsOfLoop(e)
	}
	found := map[string]element{}
	if items, diagnostics := hcl.ExprList(collection); !diagnostics.HasErrors() {
		for i, item := range items {
			found["["+strconv.Itoa(i)+"]"] = element{s, item, false}
			if value, _ := s.value(item).Unmark(); isKnownString(value) {
				found[value.AsString()] = element{s, item, false} // of a set
			}
		}
		return found
	}
	pairs, diagnostics := hcl.ExprMap(collection)
	if diagnostics.HasErrors() {
		return nil
	}
	for _, pair := range pairs { // of equal keys the last one counts
		key, _ := s.value(pair.Key).UnmarkDeep()
		if !isKnownString(key) {
			return nil // it may be any of them
		}
		found[key.AsString()] = element{s, pair.Value, false}
	}
	return found
}

// elementsOfCall returns the elements of the result of a function that keeps the elements of its arguments.
func (s scope) elementsOfCall(e *hclsyntax.FunctionCallExpr) map[string]element {
	if !slices.Contains([]string{"toset", "tomap", "tolist", "merge"}, e.Name) {
		return nil
	}
	found := map[string]element{}
	for _, argument := range e.Args {
		value, _ := s.value(argument).Unmark()
		if !value.IsKnown() || value.IsNull() || !value.CanIterateElements() {
			return nil
		}
		for it := value.ElementIterator(); it.Next(); {
			k, v := it.Element()
			for _, key := range []cty.Value{k, v} { // v: of a set
				if step, ok := stepOf(key); ok {
					found[step] = element{s, argument, true}
				}
			}
		}
	}
	return found
}

// elementsOfLoop returns the elements of { for … : key => value }.
func (s scope) elementsOfLoop(e *hclsyntax.ForExpr) map[string]element {
	collection, _ := s.value(e.CollExpr).Unmark()
	if e.KeyExpr == nil || e.Group || !collection.IsKnown() || collection.IsNull() || !collection.CanIterateElements() {
		return nil
	}
	found := map[string]element{}
	for it := collection.ElementIterator(); it.Next(); {
		k, v := it.Element()
		in := s.iteration(e, k, v)
		if key, _ := in.value(e.KeyExpr).Unmark(); isKnownString(key) {
			found[key.AsString()] = element{in, e.ValExpr, false}
		}
	}
	return found
}

// setting is definition, and finds also the values of the root module's variables in files of values.
func (s scope) setting(root string, names []string) (scope, hcl.Expression, []string) {
	if root == "var" && s.call == nil {
		if _, isFlag := s.options.Variables[names[0]]; isFlag {
			return scope{}, nil, nil
		}
		if a := s.config.values[names[0]]; a != nil {
			return scope{instance: s.instance}, a.expr, names[1:]
		}
	}
	return s.definition(root, names)
}

// isLiteral reports whether an expression stands for a single value as it is written, in either syntax.
func isLiteral(expr hcl.Expression) bool {
	switch e := expr.(type) {
	case *evaluated:
		return e.isLiteral
	case *hclsyntax.LiteralValueExpr:
		return true
	case *hclsyntax.TemplateExpr:
		return !slices.ContainsFunc(e.Parts, func(part hclsyntax.Expression) bool {
			_, ok := part.(*hclsyntax.LiteralValueExpr)
			return !ok
		})
	case hclsyntax.Expression:
		return false
	}
	_, list := hcl.ExprList(expr)
	_, object := hcl.ExprMap(expr)
	return list.HasErrors() && object.HasErrors() && len(expr.Variables()) == 0
}
