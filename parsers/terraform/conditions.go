package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// maxVariants is the number of combinations of undecided conditions that are read of one block. The conditions beyond
// it stay unknown: their values keep what both branches have in common.
const maxVariants = 16

// assumptions are the outcomes of conditions that only a run of Terraform decides. The evaluation of a tree asks for
// conditions in a fixed order, so that all combinations that matter are found one by one.
type assumptions struct {
	assumed []source.Literal   // in the order in which they were assumed
	open    [][]source.Literal // the outcomes of the first condition without one that was asked for
	asked   int                // how often conditions were asked for
	inLabel bool               // what is read is a text that the user chooses: no key in it is assumed
	inText  bool               // it is a part of a text: nothing in functions is assumed
}

// variant is a tree under the assumption of some outcomes.
type variant struct {
	assumed []source.Literal
	tree    tree.Tree
}

// variants reads a tree once for each combination of the conditions that it asks for. The given outcomes hold in all.
func (e *evaluation) variants(given []source.Literal, read func() tree.Tree) []variant {
	before := e.assumptions
	defer func() { e.assumptions = assumptions{assumed: before.assumed, open: before.open, asked: e.asked} }()
	var found []variant
	waiting := [][]source.Literal{given}
	for len(waiting) > 0 {
		last := len(waiting) - 1
		e.assumed, e.open = waiting[last], nil
		waiting = waiting[:last]
		t := read()
		if e.open == nil || e.whole || len(found)+len(waiting)+len(e.open) > maxVariants {
			found = append(found, variant{e.assumed, t})
			continue
		}
		for _, outcome := range slices.Backward(e.open) { // the last one is read first
			if assumed := slices.Concat(e.assumed, outcome); !e.varFiles.contradict(assumed) {
				waiting = append(waiting, assumed)
			}
		}
	}
	if len(found) == 0 { // no file has the values that are given: those that are read stay unknown
		e.assumed, e.open = given, nil
		found = append(found, variant{given, read()})
	}
	return found
}

// assume returns the assumed outcome of a condition.
func (e *evaluation) assume(name string) (outcome, ok bool) {
	e.asked++
	for _, l := range e.assumed {
		if l.Condition == name && l.Value == "" {
			return l.Is, true
		}
	}
	if e.open == nil {
		yes := source.Literal{Condition: name, Is: true}
		e.open = [][]source.Literal{{yes}, {yes.Opposite()}}
	}
	return false, false
}

// assumeEqual returns the assumed outcome of the comparison of a subject with a constant. A subject that equals one constant
// equals no other. values are all that the subject may have; nil: any.
func (e *evaluation) assumeEqual(subject, constant string, values []string) (outcome, ok bool) {
	e.asked++
	left := slices.Clone(values)
	for _, l := range e.assumed {
		switch {
		case l.Condition != subject || l.Value == "":
		case l.Value == constant:
			return l.Is, true
		case l.Is:
			return false, true
		default:
			left = slices.DeleteFunc(left, func(v string) bool { return v == l.Value })
		}
	}
	switch {
	case values != nil && !slices.Contains(left, constant):
		return false, true
	case len(left) == 1:
		return true, true
	case e.open == nil:
		e.open = outcomes(subject, constant, left)
	}
	return false, false
}

// outcomes are those of the question which of some values a subject has; of none: whether it has the constant.
func outcomes(subject, constant string, values []string) [][]source.Literal {
	is := source.Literal{Condition: subject, Value: constant, Is: true}
	if len(values) == 0 {
		return [][]source.Literal{{is}, {is.Opposite()}}
	}
	var all [][]source.Literal
	for _, value := range values {
		is.Value = value
		all = append(all, []source.Literal{is})
	}
	return all
}

// decide returns the outcome of a condition: its value, or what is assumed of the comparisons in it.
func (s scope) decide(expr hcl.Expression, depth int) (outcome, ok bool) {
	if bare, _ := s.value(expr).UnmarkDeep(); bare.IsKnown() {
		return knownOutcome(bare)
	}
	if depth > maxFollow || !s.meter.take(rangeOf(expr.Range()), nodeSteps) {
		return false, false
	}
	if inner, ok := enclosed(expr); ok {
		return s.decide(inner, depth+1)
	}
	if _, isChoice := ofFiles(expr); isChoice {
		return s.assume(s.name(expr, depth))
	}
	switch e := expr.(type) {
	case *hclsyntax.UnaryOpExpr:
		outcome, ok = s.decide(e.Val, depth+1)
		return !outcome, ok
	case *hclsyntax.BinaryOpExpr:
		return s.decideOperator(e, depth)
	case *hclsyntax.ConditionalExpr:
		if outcome, ok = s.decide(e.Condition, depth+1); !ok {
			return false, false
		}
		return s.decide(branch(e, outcome), depth+1)
	}
	return s.decideReference(expr, depth)
}

// decideReference decides a condition that is a reference, by what it refers to. The outcome of all others is assumed.
func (s scope) decideReference(expr hcl.Expression, depth int) (outcome, ok bool) {
	if e, isReference := expr.(*hclsyntax.ScopeTraversalExpr); isReference {
		if in, definition := s.defined(e); definition != nil {
			return in.decide(definition, depth+1)
		}
	}
	return s.assume(s.name(expr, depth))
}

// knownOutcome returns the outcome of a condition with a known value. It is false for null and for values that do not
// convert to bool.
func knownOutcome(bare cty.Value) (outcome, ok bool) {
	value, err := convert.Convert(bare, cty.Bool)
	if err != nil || value.IsNull() {
		return false, false
	}
	return value.True(), true
}

func branch(e *hclsyntax.ConditionalExpr, outcome bool) hclsyntax.Expression {
	if outcome {
		return e.TrueResult
	}
	return e.FalseResult
}

func (s scope) decideOperator(e *hclsyntax.BinaryOpExpr, depth int) (outcome, ok bool) {
	switch e.Op {
	case hclsyntax.OpLogicalAnd, hclsyntax.OpLogicalOr:
		decisive := e.Op == hclsyntax.OpLogicalOr
		left, leftOk := s.decide(e.LHS, depth+1)
		if leftOk && left == decisive {
			return decisive, true
		}
		right, rightOk := s.decide(e.RHS, depth+1)
		if rightOk && right == decisive {
			return decisive, true
		}
		return !decisive, leftOk && rightOk
	case hclsyntax.OpEqual:
		return s.decideEqual(e.LHS, e.RHS, depth)
	case hclsyntax.OpNotEqual:
		outcome, ok = s.decideEqual(e.LHS, e.RHS, depth)
		return !outcome, ok
	}
	return s.assume(s.name(e, depth))
}

// decideEqual decides a comparison for equality.
func (s scope) decideEqual(left, right hcl.Expression, depth int) (outcome, ok bool) {
	constant, isConstant := s.constant(right)
	if !isConstant {
		if constant, isConstant = s.constant(left); isConstant {
			left = right
		}
	}
	if !isConstant {
		return s.assume(s.name(left, depth) + " == " + s.name(right, depth))
	}
	switch constant {
	case "true":
		return s.decide(left, depth+1)
	case "false":
		outcome, ok = s.decide(left, depth+1)
		return !outcome, ok
	}
	return s.assumeEqual(s.name(left, depth), constant, s.allValues(left))
}

// constant returns the text of a known scalar as the language writes it.
func (s scope) constant(expr hcl.Expression) (string, bool) {
	bare, marks := s.value(expr).Unmark()
	if _, isSecret := marks[sensitiveMark{}]; isSecret || !bare.IsKnown() {
		return "", false
	}
	return constantOf(bare)
}

// constantOf returns a known value as the text of a literal. It is false for collections.
func constantOf(bare cty.Value) (string, bool) {
	switch {
	case bare.IsNull():
		return "null", true
	case bare.Type() == cty.String:
		return quote(bare.AsString()), true
	case bare.Type() == cty.Bool:
		return strconv.FormatBool(bare.True()), true
	case bare.Type() == cty.Number:
		return bare.AsBigFloat().Text('f', -1), true
	}
	return "", false
}

// name returns the text of an expression with the address of its module. An expression that only passes on another value has the
// name of that value, so that a condition has one name wherever it is asked for.
func (s scope) name(expr hcl.Expression, depth int) string {
	expr = bareExpression(expr)
	if e, ok := expr.(*hclsyntax.ScopeTraversalExpr); ok && depth < maxFollow {
		if in, definition := s.defined(e); definition != nil {
			if name := in.name(definition, depth+1); !strings.ContainsAny(name, " \t(") {
				return name
			}
		}
	}
	if e, ok := expr.(*hclsyntax.ScopeTraversalExpr); ok && e.Traversal.RootName() == varFile {
		return varFile
	}
	if variable, ok := ofFiles(expr); ok {
		return "var." + variable
	}
	at := rangeOf(expr.Range())
	if file := s.files[at.Path]; file != nil {
		return s.address + strings.Join(strings.Fields(file.Text(at)), " ")
	}
	return s.address + "condition"
}

// defined returns the expression behind a reference to the whole of a variable, a local value or an output; nil: there
// is none in the configuration.
func (s scope) defined(e *hclsyntax.ScopeTraversalExpr) (scope, hcl.Expression) {
	names, ok := s.namesOf(e.Traversal)
	if !ok {
		return scope{}, nil
	}
	in, definition, rest := s.definition(e.Traversal.RootName(), names)
	if len(rest) > 0 {
		return scope{}, nil
	}
	return in, definition
}

// branchOf follows conditionals to the branches that are taken, also under an assumption.
func (s scope) branchOf(expr hcl.Expression, depth int) (scope, hcl.Expression) {
	if depth > maxFollow {
		return s, expr
	}
	if inner, ok := enclosed(expr); ok {
		return s.branchOf(inner, depth+1)
	}
	switch e := expr.(type) {
	case *hclsyntax.ConditionalExpr:
		if outcome, ok := s.decide(e.Condition, depth+1); ok {
			return s.branchOf(branch(e, outcome), depth+1)
		}
	case *hclsyntax.ScopeTraversalExpr:
		if in, definition := s.defined(e); definition != nil {
			return in.branchOf(definition, depth+1)
		}
	}
	if s.selectsNumber(expr) {
		if in, element := s.selection(expr, depth); element != nil {
			return in.branchOf(element, depth+1)
		}
	}
	return s, expr
}

// branchValue is the value of an expression whose conditionals are decided or assumed.
func (s scope) branchValue(expr hcl.Expression) cty.Value {
	value := s.value(expr)
	if value.IsWhollyKnown() {
		return value
	}
	asked := s.asked
	in, taken := s.branchOf(expr, 0)
	if s.asked == asked {
		return value
	}
	return in.value(taken)
}

// presence are the instances of a block under the conditions that decide how many there are.
type presence struct {
	assumed []source.Literal
	expansion
}

// presences returns the instances of a block. Where conditions decide about them, there is one entry for each
// combination of outcomes in which an instance exists, and every instance may exist.
func (m *instance) presences(name string, b *block) []presence {
	of := m.instances(name, b)
	why := ""
	for _, k := range of.keys {
		if why == "" {
			why = k.unknown
		}
	}
	if why == "" || m.whole {
		return []presence{{m.when, of}}
	}
	var expansions []expansion
	found := m.variants(m.when, func() tree.Tree {
		expansions = append(expansions, scope{instance: m}.expand(b))
		return tree.Tree{Scalar: len(expansions) - 1}
	})
	if len(found) == 1 {
		return []presence{{m.when, of}}
	}
	var all []presence
	isOfFiles := false
	for _, v := range found {
		isOfFiles = isOfFiles || slices.ContainsFunc(v.assumed, func(l source.Literal) bool { return l.Condition == varFile })
		i, _ := v.tree.Scalar.(int)
		under := expansions[i]
		under.keys = slices.Clone(under.keys)
		for j := range under.keys {
			under.keys[j].unknown = why
		}
		if len(under.keys) > 0 {
			all = append(all, presence{v.assumed, under})
		}
	}
	if len(all) == 0 && isOfFiles { // a file that is never passed must not hide a resource
		return []presence{{m.when, of}}
	}
	return all
}
