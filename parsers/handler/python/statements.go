package python

import (
	"strings"

	"lintel/parsers/handler/code"
)

// block reads the statements that are indented more than a column.
func (r *reader) block(column int) {
	if r.blocks >= maxNesting {
		r.skipBlock(column)
		return
	}
	r.blocks++
	for r.more && r.column > column {
		r.anyStatement()
	}
	r.blocks--
}

func (r *reader) skipBlock(column int) {
	start := r.start
	for r.more && r.column > column {
		r.advance()
	}
	r.unread(start, r.lastEnd)
	r.effects++
}

// anyStatement reads the statement at the start of the logical line, with its blocks.
func (r *reader) anyStatement() {
	if r.compound() {
		return
	}
	r.simpleLine()
}

// compound reads a compound statement, and reports whether the logical line starts one.
func (r *reader) compound() bool {
	switch r.peek() {
	case kwIf, kwWhile:
		r.conditional()
	case kwFor:
		r.loop()
	case kwTry:
		r.try()
	case kwWith:
		r.with()
	case kwDef:
		r.function(r.startOf(), nil)
	case kwClass:
		r.classDefinition(r.startOf())
	case at:
		r.decorated()
	case kwAsync:
		r.async()
	case name:
		return r.match()
	default:
		return false
	}
	return true
}

// async reads a statement that starts with async.
func (r *reader) async() {
	switch r.after() {
	case kwDef:
		r.function(r.startOf(), nil)
	case kwFor:
		r.i++
		r.loop()
	case kwWith:
		r.i++
		r.with()
	default:
		r.simpleLine()
	}
}

// simpleLine reads statements with semicolons between, and goes to the next logical line.
func (r *reader) simpleLine() {
	for {
		m := r.mark()
		r.simple()
		if r.peek() != semicolon && r.peek() != end {
			r.fail()
		}
		if r.failed {
			r.rollback(m)
			r.effects++
			break
		}
		if !r.accept(semicolon) || r.peek() == end {
			break
		}
	}
	r.endLine()
}

// endLine goes to the next logical line.
func (r *reader) endLine() {
	if r.failed {
		r.recover(false)
		return
	}
	r.advance()
}

// simple parses a statement that has no block.
func (r *reader) simple() {
	start := r.startOf()
	switch r.peek() {
	case kwPass, kwContinue:
		r.i++
		return
	case kwImport, kwFrom:
		r.imports()
	case kwReturn:
		r.i++
		var value *code.Expr
		if r.startsExpr() {
			value = r.tuple()
		}
		r.emit(code.Return, value, start, r.endOf())
	case kwRaise:
		r.raise(start)
	case kwDel:
		r.del(start)
	case kwGlobal, kwNonlocal:
		r.global()
	case kwAssert:
		r.i++
		r.evaluate(r.test())
		if r.accept(comma) {
			r.evaluate(r.test())
		}
	case kwBreak:
		r.i++
	default:
		r.expression(start)
		return
	}
	r.effects++
}

// expression parses an expression statement or an assignment, or one of the statements that start with a soft keyword.
func (r *reader) expression(start int) {
	if r.typeAlias() || r.printed() {
		r.effects++
		return
	}
	e := r.tuple()
	switch r.peek() {
	case assign:
		r.assignment(e, start)
	case augmented:
		operator := r.text(r.take())
		value := r.tuple()
		k := code.Unknown
		if operator == "+=" {
			k = code.Concat
		}
		result := r.tree(k, start, r.endOf(), e, value)
		if k == code.Unknown {
			result.Text = strings.TrimSuffix(operator, "=")
		}
		r.assign(e, result, start)
	case colon:
		r.annotated(e, start)
	default:
		if !isConstant(e) {
			r.effects++
		}
		r.emit(code.Evaluate, e, start, r.endOf())
		return
	}
	r.effects++
}

func isConstant(e *code.Expr) bool {
	switch e.Kind {
	case code.String, code.Number, code.Bool, code.Null:
		return true
	default:
		return e.Kind == code.Unknown && len(e.Items) == 0 // the ellipsis
	}
}

// assign adds an assignment.
func (r *reader) assign(target, value *code.Expr, start int) {
	switch target.Kind {
	case code.Name, code.Member:
		if value.Kind == code.Func && r.file.Functions[value.Function].Name == "" {
			r.file.Functions[value.Function].Name = target.Text
		}
	case code.Index, code.List:
	default:
		r.fail()
		return
	}
	r.add(r.statement(code.Assign, target, value, start, r.endOf()))
}

// assignment parses the rest of an assignment after its first target. Only the first target gets the value; the others get the
// first, so that the value is there once.
func (r *reader) assignment(first *code.Expr, start int) {
	base := len(r.stack)
	value := first
	for r.accept(assign) {
		value = r.tuple()
		r.push(value)
	}
	others := r.stack[base : len(r.stack)-1]
	r.assign(first, value, start)
	for _, other := range others {
		again := r.expr(code.Unknown, first.Range.Start, first.Range.End)
		if _, ok := first.Path(); ok {
			*again = *first
		}
		r.assign(other, again, other.Range.Start)
		if r.failed {
			break
		}
	}
	r.stack = r.stack[:min(base, len(r.stack))]
	r.flush()
}

// annotated parses the rest of an annotated assignment.
func (r *reader) annotated(target *code.Expr, start int) {
	r.i++
	annotation := r.test()
	if r.accept(assign) {
		value := r.tuple()
		r.assign(target, value, start)
	}
	r.annotation(annotation)
}

// annotation adds an annotation, unless it is a name, from which no fact follows.
func (r *reader) annotation(e *code.Expr) {
	if _, ok := e.Path(); ok || e.Kind == code.Null {
		r.flush()
		return
	}
	r.evaluate(e)
}

func (r *reader) raise(start int) {
	r.i++
	r.raises++
	var value *code.Expr
	if r.startsExpr() {
		value = r.test()
	}
	r.emit(code.Raise, value, start, r.endOf())
	for r.accept(kwFrom) || r.accept(comma) {
		r.evaluate(r.test())
	}
}

func (r *reader) del(start int) {
	r.i++
	e := r.tuple()
	all := []*code.Expr{e}
	if e.Kind == code.List {
		all = e.Items
	}
	for i, target := range all {
		if i > 0 {
			start = target.Range.Start
		}
		switch target.Kind {
		case code.Name, code.Member, code.Index, code.List:
			r.add(r.statement(code.Delete, target, nil, start, target.Range.End))
		default:
			r.fail()
		}
	}
	r.flush()
}

func (r *reader) global() {
	r.i++
	for {
		declared := r.tokens[r.i]
		r.expect(name)
		if r.scope.function != code.Module && !r.failed {
			f := &r.file.Functions[r.scope.function]
			f.Globals = append(f.Globals, r.text(declared))
		}
		if !r.accept(comma) {
			return
		}
	}
}

// typeAlias parses a type statement, and reports whether there is one.
func (r *reader) typeAlias() bool {
	if !r.is("type") || r.after() != name {
		return false
	}
	r.i++
	start := r.startOf()
	target := r.leaf(code.Name, r.take())
	r.typeParameters()
	r.expect(assign)
	value := r.test()
	r.assign(target, value, start)
	r.flush()
	return true
}

// printed parses the print and exec statements of Python 2 as calls, and reports whether there is one.
func (r *reader) printed() bool {
	if !r.is("print") && !r.is("exec") {
		return false
	}
	switch r.after() {
	case name, number, str, kwNone, kwTrue, kwFalse, kwLambda, backtick:
	default:
		return false
	}
	start, base, keyBase := r.startOf(), len(r.stack), len(r.keys)
	r.push(r.leaf(code.Name, r.take()))
	r.keys = append(r.keys, "")
	for r.startsExpr() {
		r.push(r.test())
		r.keys = append(r.keys, "")
		if !r.accept(comma) {
			break
		}
	}
	e := r.expr(code.Call, start, r.endOf())
	e.Items, e.Keys = r.pairs(base, keyBase)
	r.emit(code.Evaluate, e, start, r.endOf())
	return true
}
