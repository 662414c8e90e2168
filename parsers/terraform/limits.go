package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/source"
)

// What a configuration may cost. Most take less than a hundredth of it, and the largest public one that was tried
// (github-aws-runners/terraform-aws-github-runner, examples/multi-runner) 1,600,000 steps. A configuration that exceeds
// a limit has a problem that names it, and the rest goes on.
const (
	// maxSteps is how much work the evaluation of one root module may take: turns of loops,
	// values that are passed on and the text they hold.
	maxSteps = 2_000_000
	// maxElements, maxText and maxDepth are how many elements and bytes of text one value may have, and how deep it may
	// nest.
	maxElements = 100_000
	maxDepth    = 100
	maxText     = 4 << 20
	// maxExponent is how large, as a power of two, a number may be.
	maxExponent = 16_384
	// textPerStep is how many bytes of text count as one step, elementsPerStep how many
	// elements that are only looked at.
	textPerStep     = 64
	elementsPerStep = 4
	// pairsPerStep is how many pairs of elements of a tuple count as one step: a conversion to a list compares them.
	pairsPerStep = 96
	// manyKeys is how many keys an object has of which each counts as keySteps steps: cty sorts them and compares them with
	// those of other objects. Real ones have fewer.
	manyKeys = 2000
	keySteps = 4
	// nodeSteps is the number of steps of a node of a tree, which takes more memory than a value.
	nodeSteps = 4
	// elementSteps is the number of steps of an element of a dynamic block beyond those of its attributes, numberSteps that of a
	// number, which may become text, and decodedPerStep how many bytes of a document are decoded in one step.
	elementSteps   = 30
	numberSteps    = 3
	decodedPerStep = 4
	// maxChain is the limit of values that are evaluated within each other, because one refers to the next.
	maxChain = 500
)

// meter counts the steps of an evaluation.
type meter struct {
	left    int
	problem func(at source.Range, format string, args ...any)
	stopped bool
}

// take reports whether n more steps are allowed. The first time they are not is a problem.
func (m *meter) take(at source.Range, n int) bool {
	m.left -= n
	if m.left >= 0 {
		return true
	}
	if !m.stopped {
		m.stopped = true
		m.problem(at, "the values take more than %d steps to evaluate; those that are still to come count as unknown", maxSteps)
	}
	return false
}

// size is how much a value contains.
type size struct {
	elements, text, depth int
	pairs                 int // pairs of elements of its tuples
	keys                  int // of its large objects and maps
}

func (s size) tooLarge() bool {
	return s.elements > maxElements || s.text > maxText || s.depth > maxDepth
}

func (s size) steps() int {
	return s.elements/elementsPerStep + s.text/textPerStep + s.pairs/pairsPerStep + s.keys*keySteps
}

// measure adds up a value, and stops when it is too large anyway.
func (s *size) measure(v cty.Value) { s.measureAt(v, 0) }

func (s *size) measureAt(v cty.Value, depth int) {
	s.depth = max(s.depth, depth)
	v, _ = v.Unmark()
	s.elements++
	if !v.IsKnown() || v.IsNull() || s.tooLarge() {
		return
	}
	switch v.Type() {
	case cty.String:
		s.text += len(v.AsString())
		return
	case cty.Number:
		if f := v.AsBigFloat(); f.MantExp(nil) > maxExponent || f.MantExp(nil) < -maxExponent {
			s.text = maxText + 1 // as text it has a digit for each
		}
		return
	}
	if !v.CanIterateElements() {
		return
	}
	s.addLength(v)
	for it := v.ElementIterator(); it.Next() && !s.tooLarge(); {
		_, element := it.Element()
		s.measureAt(element, depth+1)
	}
}

// addLength adds what a collection costs beyond its elements.
func (s *size) addLength(v cty.Value) {
	switch n := v.LengthInt(); {
	case v.Type().IsTupleType():
		s.pairs += n * n
	case n > manyKeys && (v.Type().IsObjectType() || v.Type().IsMapType()):
		s.keys += n
	}
}

// within returns the value, or an unknown one when it is larger than a value may be, which is
// a problem.
func (m *meter) within(at source.Range, v cty.Value) cty.Value {
	if m.stopped {
		return unknown(tooMuch).WithMarks(v.Marks())
	}
	var s size
	s.measure(v)
	n := 1 + s.steps()
	if v.Type() == cty.Number {
		n += numberSteps
	}
	if !m.take(at, n) {
		return unknown(tooMuch).WithMarks(v.Marks())
	}
	if s.tooLarge() {
		m.problem(at, "a value has more than %d elements, %d MiB of text or %d levels and counts as unknown", maxElements, maxText>>20, maxDepth)
		return unknown(tooMuch).WithMarks(v.Marks())
	}
	return v
}

const tooMuch = "it takes too much to evaluate"

// metered is an expression whose evaluation counts. It looks like one in parentheses to
// everything that walks expressions.
type metered struct {
	*hclsyntax.ParenthesesExpr
	meter   *meter
	isTried bool // in an argument of try or can: a key that there is not is no error there
}

func (e *metered) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if e.meter.stopped {
		return unknown(tooMuch), nil
	}
	evaluated := evaluate
	if e.isTried && mayFail(e.Expression) {
		evaluated = hcl.Expression.Value
	}
	v, diagnostics := evaluated(e.Expression, ctx)
	if diagnostics.HasErrors() {
		return v, diagnostics
	}
	return e.meter.within(rangeOf(e.SrcRange), v), nil
}

// mayFail reports whether an expression selects an element that there need not be.
func mayFail(expr hcl.Expression) bool {
	l, ok := lookupOf(expr)
	return ok && l.otherwise == nil
}

// UnwrapExpression lets hcl's static analysis see what is inside.
func (e *metered) UnwrapExpression() hcl.Expression { return e.Expression }

// bound makes the evaluation of an expression count wherever something can be made larger or
// repeated: in loops, splats, arguments of functions, pieces of text and where a number becomes
// text.
func (m *meter) bound(expr hclsyntax.Expression) hclsyntax.Expression {
	_ = hclsyntax.Walk(expr, &binder{meter: m})
	return expr
}

type binder struct {
	*meter
	tried int // calls of try and can around
}

func (b *binder) Enter(node hclsyntax.Node) hcl.Diagnostics {
	if isTry(node) {
		b.tried++
	}
	return nil
}

func isTry(node hclsyntax.Node) bool {
	call, ok := node.(*hclsyntax.FunctionCallExpr)
	return ok && (call.Name == "try" || call.Name == "can")
}

func (b *binder) Exit(node hclsyntax.Node) hcl.Diagnostics {
	b.bind(node)
	if isTry(node) {
		b.tried--
	}
	return nil
}

// bind makes the parts of an expression metered.
func (b *binder) bind(node hclsyntax.Node) {
	switch e := node.(type) {
	case *hclsyntax.ForExpr:
		e.CollExpr, e.KeyExpr, e.ValExpr = b.metered(e.CollExpr), b.metered(e.KeyExpr), b.metered(e.ValExpr)
	case *hclsyntax.SplatExpr:
		e.Source = b.metered(e.Source)
	case *hclsyntax.ConditionalExpr:
		e.TrueResult, e.FalseResult = b.metered(e.TrueResult), b.metered(e.FalseResult)
	case *hclsyntax.IndexExpr:
		e.Key = b.metered(e.Key)
	case *hclsyntax.TupleConsExpr, *hclsyntax.ObjectConsExpr:
		b.choices(node)
	case *hclsyntax.ObjectConsKeyExpr:
		if e.ForceNonLiteral {
			e.Wrapped = b.metered(e.Wrapped)
		}
	case *hclsyntax.FunctionCallExpr:
		for i := range e.Args {
			e.Args[i] = b.metered(e.Args[i])
		}
	case *hclsyntax.TemplateExpr:
		for i := range e.Parts {
			e.Parts[i] = b.metered(e.Parts[i])
		}
	}
}

// choices is choice of the elements of a list or an object.
func (b *binder) choices(node hclsyntax.Node) {
	switch e := node.(type) {
	case *hclsyntax.TupleConsExpr:
		for i := range e.Exprs {
			e.Exprs[i] = b.choice(e.Exprs[i])
		}
	case *hclsyntax.ObjectConsExpr:
		for i := range e.Items {
			e.Items[i].ValueExpr = b.choice(e.Items[i].ValueExpr)
		}
	}
}

// choice is metered of an expression that takes one of several values.
func (b *binder) choice(expr hclsyntax.Expression) hclsyntax.Expression {
	if isChoice(expr) {
		return b.metered(expr)
	}
	return expr
}

func (b *binder) metered(expr hclsyntax.Expression) hclsyntax.Expression {
	switch e := expr.(type) {
	case *hclsyntax.LiteralValueExpr:
		if e.Val.Type() != cty.Number {
			return expr
		}
	case *metered, nil:
		return expr
	}
	return &metered{&hclsyntax.ParenthesesExpr{Expression: expr, SrcRange: expr.Range()}, b.meter, b.tried > 0}
}
