package terraform

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// maxFollow is how many definitions are followed to where a value is written.
const maxFollow = 32

// tree reads an expression together with its value, so that every part keeps its place.
func (s scope) tree(expr hcl.Expression) tree.Tree { return s.treeAt(expr, 0) }

func (s scope) treeAt(expr hcl.Expression, depth int) tree.Tree {
	t := s.read(expr, depth)
	if t.IsMap || t.IsList {
		return t
	}
	if t.Written.IsZero() {
		t.Written = s.written(expr, depth)
	}
	if _, isConditional := expr.(*hclsyntax.ConditionalExpr); t.State == tree.StateUnknown && !isConditional && isChoice(expr) {
		if written := s.choices(expr, nil, depth); written != nil {
			t.Choices = written
		}
	}
	s.uses.Add(rangeOf(expr.Range()), t.Written)
	return t
}

func (s scope) read(expr hcl.Expression, depth int) tree.Tree {
	at := rangeOf(expr.Range())
	if depth > maxFollow {
		return tree.Unknown(at, "it refers to too many other values")
	}
	if !s.meter.take(at, nodeSteps) {
		return tree.Unknown(at, tooMuch)
	}
	if inner, ok := enclosed(expr); ok {
		return s.treeAt(inner, depth)
	}
	if t, ok := s.selectedTree(expr, depth); ok {
		return t
	}
	if t, ok := s.inParts(expr, depth); ok {
		return t
	}
	return s.whole(expr, depth)
}

// whole reads the value of an expression without its parts.
func (s scope) whole(expr hcl.Expression, depth int) tree.Tree {
	if t, ok := s.optional(expr); ok {
		return t
	}
	t := s.fromValue(s.wholeValue(expr, depth), rangeOf(expr.Range()))
	s.explain(&t, expr)
	if t.State == tree.StateUnknown {
		t.Symbol = s.symbol(expr, depth)
		if t.Outside && t.Prefix == "" && strings.HasPrefix(t.Symbol, "${"+s.address+"var.") && tree.NamesARN(strings.TrimSuffix(t.Symbol, "}")) {
			t.Prefix = "arn:"
			if tree.NamesQueue(strings.TrimSuffix(t.Symbol, "}")) && t.Examples == nil {
				t.Examples = []string{tree.ExampleQueue}
			}
		}
	}
	return t
}

// wholeValue is the value of an expression, under assumptions if it is that of a function that changes a text.
func (s scope) wholeValue(expr hcl.Expression, depth int) cty.Value {
	if call, ok := bareExpression(expr).(*hclsyntax.FunctionCallExpr); ok && !s.inLabel && !s.inText && changesText(call.Name) {
		return s.assumedValue(expr, depth)
	}
	return s.value(expr)
}

// inParts reads an expression whose parts have places of their own. It is false for any other, which has only a value.
func (s scope) inParts(expr hcl.Expression, depth int) (t tree.Tree, ok bool) {
	switch e := expr.(type) {
	case *hclsyntax.TemplateExpr:
		return s.template(e, depth), true
	case *hclsyntax.ConditionalExpr:
		return s.conditional(e, depth), true
	case *hclsyntax.FunctionCallExpr:
		t, ok = s.through(e, depth)
		if e.Name != "format" {
			t.Symbol = "" // the result need not be the argument that it is read from
		}
	case *hclsyntax.ForExpr:
		t, ok = s.loop(e, depth)
	case *hclsyntax.ScopeTraversalExpr, *hclsyntax.IndexExpr:
		t, ok = s.selected(expr, depth)
	}
	if ok {
		return t, true
	}
	return s.structure(expr, depth)
}

// reference reads the definition of a name where the place of its parts or the outcome of a condition matters. It is
// false for all other references: their value is read where it is used.
func (s scope) reference(e *hclsyntax.ScopeTraversalExpr, depth int) (tree.Tree, bool) {
	asked, open := s.asked, s.open
	t, ok := s.follow(e.Traversal, depth)
	if ok && s.asked != asked && s.value(e).IsWhollyKnown() { // the same under all conditions
		s.asked, s.open = asked, open
		return s.fromValue(s.value(e), rangeOf(e.Range())), true
	}
	if !ok || isPlaced(t) {
		return t, ok
	}
	if s.asked == asked {
		if element, ok := s.indexed(e, depth); ok {
			return element, true
		}
		used := s.whole(e, depth)
		if used.Symbol != "" && t.Symbol != "" {
			used.Symbol = t.Symbol // the same wherever the definition is used
		}
		return used, true
	}
	used := s.plain(s.value(e), rangeOf(e.Range())) // the value depends on a condition
	t.Range, t.Through = used.Range, used.Through
	return t, true
}

// selected reads what a reference or an index selects, where the place of its parts matters.
func (s scope) selected(expr hcl.Expression, depth int) (tree.Tree, bool) {
	if e, ok := expr.(*hclsyntax.ScopeTraversalExpr); ok {
		if t, ok := s.reference(e, depth); ok {
			return t, true
		}
	}
	return s.indexed(expr, depth)
}

// indexed reads an element of a list or map where the places of its parts matter, as those of a policy document do. It
// is false for any other value.
func (s scope) indexed(expr hcl.Expression, depth int) (tree.Tree, bool) {
	in, element := s.resolve(expr, nil, depth)
	if element == nil || element == expr {
		return tree.Tree{}, false
	}
	t := in.treeAt(element, depth+1)
	return t, isPlaced(t) && s.agrees(t, expr)
}

// explain gives the unknown parts of a value the cause that a function has lost: that of what the expression refers to.
func (s scope) explain(t *tree.Tree, expr hcl.Expression) {
	var cause string
	var visit func(t *tree.Tree)
	visit = func(t *tree.Tree) {
		if t.State == tree.StateUnknown && t.Cause == "" {
			if cause == "" {
				cause = s.causeOf(expr)
			}
			t.Cause = cause
		}
		for i := range t.Items {
			visit(&t.Items[i])
		}
		for i := range t.Fields {
			visit(&t.Fields[i].Tree)
		}
	}
	visit(t)
}

func (s scope) causeOf(expr hcl.Expression) string {
	marks := cty.ValueMarks{}
	ctx := s.context(expr)
	for _, traversal := range expr.Variables() {
		if v, diagnostics := traversal.TraverseAbs(ctx); !diagnostics.HasErrors() {
			_, own := v.UnmarkDeep()
			maps.Copy(marks, own)
		}
	}
	return whyUnknown(marks, "it is known when Terraform runs")
}

// structure reads a list or an object that is written out.
func (s scope) structure(expr hcl.Expression, depth int) (tree.Tree, bool) {
	at := rangeOf(expr.Range())
	if items, diagnostics := hcl.ExprList(expr); !diagnostics.HasErrors() {
		t := tree.Tree{State: tree.StateKnown, IsList: true, Range: at}
		for _, item := range items {
			t.Items = append(t.Items, s.treeAt(item, depth+1))
		}
		return t, true
	}
	pairs, diagnostics := hcl.ExprMap(expr)
	if diagnostics.HasErrors() {
		return tree.Tree{}, false
	}
	t := tree.Tree{State: tree.StateKnown, IsMap: true, Range: at}
	for _, pair := range pairs {
		f := tree.Field{KeyRange: rangeOf(pair.Key.Range()), Tree: s.treeAt(pair.Value, depth+1)}
		name, _ := s.value(pair.Key).UnmarkDeep()
		if !isKnownString(name) {
			t.State, t.Cause = tree.StateUnknown, "a key is unknown"
			f.Name = s.keyAt(pair.Key, depth+1)
			t.Unnamed = append(t.Unnamed, f)
			continue
		}
		f.Key = name.AsString()
		t.Fields = append(t.Fields, f)
	}
	return t, true
}

// keyAt reads an unknown key of an object.
func (s scope) keyAt(expr hcl.Expression, depth int) *tree.Tree {
	if key, ok := expr.(*hclsyntax.ObjectConsKeyExpr); ok {
		expr = key.Wrapped
	}
	name := s.treeAt(expr, depth)
	return &name
}

// conditional reads the branch that is taken, or tells what is common to both.
func (s scope) conditional(e *hclsyntax.ConditionalExpr, depth int) tree.Tree {
	value := s.value(e)
	if s.branch(e) == nil && value.IsWhollyKnown() { // both branches are equal
		if t := s.treeAt(e.TrueResult, depth+1); isPlaced(t) {
			return t
		}
		return s.plain(value, rangeOf(e.Range()))
	}
	if outcome, ok := s.decide(e.Condition, depth); ok {
		return s.treeAt(branch(e, outcome), depth+1)
	}
	whole := s.plain(value, rangeOf(e.Range()))
	if _, marks := s.value(e.Condition).UnmarkDeep(); whole.State == tree.StateUnknown {
		whole.Cause = whyUnknown(marks, whole.Cause)
	}
	return either(whole, s.treeAt(e.TrueResult, depth+1), s.treeAt(e.FalseResult, depth+1))
}

// template reads a quoted string or a heredoc piece by piece.
func (s scope) template(e *hclsyntax.TemplateExpr, depth int) tree.Tree {
	at := rangeOf(e.Range())
	value := s.value(e)
	if bare, _ := value.Unmark(); bare.IsKnown() {
		return s.heredocPieces(e, s.fromValue(value, at))
	}
	var pieces []tree.Tree
	for _, part := range e.Parts {
		if literal, ok := part.(*hclsyntax.LiteralValueExpr); ok {
			pieces = append(pieces, s.literal(literal)...)
		} else {
			pieces = append(pieces, s.textPart(part, depth))
		}
	}
	t := tree.Concat(at, pieces...)
	whole := s.fromValue(value, at)
	t.Refs, t.Sensitive, t.Range, t.Through = whole.Refs, whole.Sensitive, whole.Range, whole.Through
	if t.Examples == nil && t.State == tree.StateUnknown {
		t.Examples, t.InPartition = whole.Examples, whole.InPartition
	}
	if t.Cause == "" && t.State == tree.StateUnknown {
		t.Cause = whole.Cause
	}
	return t
}

// textPart reads an interpolation of a text.
func (s scope) textPart(part hcl.Expression, depth int) tree.Tree {
	before := s.inText
	s.inText = true
	t := s.treeAt(part, depth+1)
	s.inText = before
	return t
}

// heredocPieces splits a known heredoc into what its lines contribute, so that a document in
// it keeps its places. Other texts stand for themselves.
func (s scope) heredocPieces(e *hclsyntax.TemplateExpr, t tree.Tree) tree.Tree {
	if text, ok := t.String(); !ok || !strings.Contains(text, "\n") {
		return t
	}
	for _, part := range e.Parts {
		literal, ok := part.(*hclsyntax.LiteralValueExpr)
		if !ok {
			t.Pieces = append(t.Pieces, s.fromValue(s.value(part), rangeOf(part.Range())))
			continue
		}
		t.Pieces = append(t.Pieces, s.literal(literal)...)
	}
	return t
}

// literal is a literal part of a template, in pieces that stand in the text to the letter: the
// whole, or line by line where an indentation is taken away.
func (s scope) literal(e *hclsyntax.LiteralValueExpr) []tree.Tree {
	whole := s.fromValue(e.Val, rangeOf(e.Range()))
	value, ok := whole.String()
	file := s.files[whole.Range.Path]
	if !ok || file == nil {
		return []tree.Tree{whole}
	}
	text := file.Text(whole.Range)
	if text == value {
		whole.Verbatim = true
		return []tree.Tree{whole}
	}
	written, kept := strings.SplitAfter(text, "\n"), strings.SplitAfter(value, "\n")
	if len(written) != len(kept) {
		return []tree.Tree{whole}
	}
	pieces := make([]tree.Tree, 0, len(kept))
	end := whole.Range.Start
	for i, line := range kept {
		end += len(written[i])
		if !strings.HasSuffix(written[i], line) {
			return []tree.Tree{whole}
		}
		piece := whole
		piece.Scalar, piece.Verbatim = line, true
		piece.Range.Start, piece.Range.End = end-len(line), end
		pieces = append(pieces, piece)
	}
	return pieces
}

// follow reads the definition behind local.x, var.x and module.m.x.
func (s scope) follow(traversal hcl.Traversal, depth int) (tree.Tree, bool) {
	if _, isElement := s.origins[traversal.RootName()]; isElement {
		return s.element(traversal, depth)
	}
	names, ok := s.namesOf(traversal)
	if !ok {
		return tree.Tree{}, false
	}
	in, expr, rest := s.definition(traversal.RootName(), names)
	if expr == nil {
		return tree.Tree{}, false
	}
	in, expr, rest = in.within(expr, rest)
	t := in.definedAt(expr, depth+1)
	for _, name := range rest {
		if !t.IsMap {
			return tree.Tree{}, false
		}
		t = t.Field(name)
	}
	return t, true
}

// readAt is a value that was read at a depth of references; nil: once, and not kept.
type readAt struct {
	tree  *tree.Tree
	depth int
}

// definitionKey is an expression of a definition and whether it is read as part of a label or text, where fewer assumptions are made.
type definitionKey struct {
	expr            hcl.Expression
	inLabel, inText bool
}

// definedAt is treeAt of an expression of a definition, which many blocks can refer to. It is read twice at most, unless it has names of
// its block or depends on an assumption.
func (s scope) definedAt(expr hcl.Expression, depth int) tree.Tree {
	if _, isReference := expr.(*hclsyntax.ScopeTraversalExpr); isReference || len(s.names) > 0 || len(s.evaluating) > 0 {
		return s.treeAt(expr, depth)
	}
	key := definitionKey{expr, s.inLabel, s.inText}
	known, isRepeated := s.followed[key]
	if known.tree != nil && known.depth <= depth { // one that was read deeper may lack more
		return *known.tree
	}
	asked := s.asked
	t := s.treeAt(expr, depth)
	switch {
	case !isRepeated:
		s.followed[key] = readAt{} // most definitions are used once, and trees are large
	case s.asked == asked:
		s.followed[key] = readAt{&t, depth}
	}
	return t
}

// within goes into an object, or on from a reference, to the attribute that names lead to, so that the whole, which may
// be a resource with all its attributes, need not be read for one of them. It returns the names that are left.
func (s scope) within(expr hcl.Expression, names []string) (scope, hcl.Expression, []string) {
	for len(names) > 0 {
		if inner, ok := enclosed(expr); ok {
			expr = inner
			continue
		}
		switch e := expr.(type) {
		case *hclsyntax.ScopeTraversalExpr:
			traversal := slices.Clone(e.Traversal)
			for _, name := range names {
				traversal = append(traversal, hcl.TraverseAttr{Name: name, SrcRange: e.SrcRange})
			}
			return s, &hclsyntax.ScopeTraversalExpr{Traversal: traversal, SrcRange: e.SrcRange}, nil
		case *hclsyntax.ObjectConsExpr:
			element, ok := s.elementsWithin(e)[names[0]]
			if !ok {
				return s, expr, names
			}
			s, expr, names = element.in, element.expr, names[1:]
		default:
			return s, expr, names
		}
	}
	return s, expr, names
}

// element is follow of each.value and the like. A type can add to the elements of a variable, so only what is written as it
// is used is followed.
func (s scope) element(traversal hcl.Traversal, depth int) (tree.Tree, bool) {
	in, expr := s.resolveName(traversal, nil, depth)
	if expr == nil {
		return tree.Tree{}, false
	}
	written, _ := in.value(expr).UnmarkDeep()
	used, diagnostics := traversal.TraverseAbs(&hcl.EvalContext{Variables: s.names})
	if used, _ = used.UnmarkDeep(); diagnostics.HasErrors() || !written.RawEquals(used) {
		return tree.Tree{}, false
	}
	t := in.treeAt(expr, depth+1)
	return t, isPlaced(t)
}

// isPlaced reports whether a value stands where it is written, and not where it is used.
func isPlaced(t tree.Tree) bool { return t.IsMap || t.IsList || len(t.Pieces) > 0 || t.Decoded != nil }

// namesOf returns the names that follow the first one of a reference. It is false for one with an index, and for the
// own names of a block, as each.
func (s scope) namesOf(traversal hcl.Traversal) ([]string, bool) {
	if _, shadowed := s.names[traversal.RootName()]; shadowed || len(traversal) < 2 {
		return nil, false
	}
	names := make([]string, 0, len(traversal))
	for _, step := range traversal[1:] {
		attribute, ok := step.(hcl.TraverseAttr)
		if !ok {
			return nil, false
		}
		names = append(names, attribute.Name)
	}
	return names, true
}

// isCircular reports whether a value is being evaluated, or depends on itself.
func (m *instance) isCircular(name string) bool {
	return m.cyclic[m.address+name] || slices.Contains(m.evaluating, m.address+name)
}

// fromValue reads a value that has no structure in the text: everything stands where it is used.
func (s scope) fromValue(value cty.Value, at source.Range) tree.Tree {
	bare, marks := value.Unmark()
	if key, ok := document(marks); ok && !bare.IsKnown() {
		if d, known := s.documents[key]; known {
			return s.rememberedDocument(key, d, at)
		}
	}
	return s.plain(value, at)
}

// plain reads a value whatever it is the text of.
func (s scope) plain(value cty.Value, at source.Range) tree.Tree {
	bare, marks := value.Unmark()
	t := tree.Tree{State: tree.StateKnown, Range: at}
	switch {
	case !bare.IsKnown():
		t.State = tree.StateUnknown
		if bare.Type() == cty.String {
			t.Prefix = bare.Range().StringPrefix()
		}
	case bare.IsNull():
		t.State = tree.StateAbsent
	case bare.Type() == cty.String:
		t.Scalar = bare.AsString()
	case bare.Type() == cty.Bool:
		t.Scalar = bare.True()
	case bare.Type() == cty.Number:
		t.Scalar = number(bare)
	case bare.CanIterateElements():
		s.elementsOf(&t, bare, at)
	}
	describe(&t, marks)
	return t
}

func number(v cty.Value) any {
	if v.AsBigFloat().IsInt() {
		if i, accuracy := v.AsBigFloat().Int64(); accuracy == 0 {
			return int(i)
		}
	}
	f, _ := v.AsBigFloat().Float64()
	return f
}

func (s scope) elementsOf(t *tree.Tree, bare cty.Value, at source.Range) {
	kind := bare.Type()
	t.IsMap = kind.IsMapType() || kind.IsObjectType()
	t.IsList = !t.IsMap
	for it := bare.ElementIterator(); it.Next(); {
		k, v := it.Element()
		if !s.meter.take(at, nodeSteps) {
			t.State, t.Cause = tree.StateUnknown, tooMuch
			return
		}
		if t.IsList {
			t.Items = append(t.Items, s.fromValue(v, at))
			continue
		}
		t.Fields = append(t.Fields, tree.Field{Key: k.AsString(), KeyRange: at, Tree: s.fromValue(v, at)})
	}
}
