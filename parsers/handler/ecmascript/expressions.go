package ecmascript

import "lintel/parsers/handler/code"

// bracket clears what ends at a bracket and returns the context to restore.
func (r *reader) bracket() context {
	outer := r.context
	r.context.noIn, r.context.chosen, r.context.decorator = false, false, false
	return outer
}

// expression reads an expression with commas. All operands but the last become statements.
func (r *reader) expression() *code.Expr {
	e := r.assignment()
	for r.tok.kind == ',' {
		r.evaluate(e)
		r.next()
		e = r.assignment()
	}
	return e
}

// assignment reads an expression without commas.
func (r *reader) assignment() *code.Expr {
	defer r.leave()
	start, mark := r.tok.start, len(r.stack)
	if !r.enter() {
		return r.expr(code.Unknown, "", start)
	}
	e, complete := r.operand()
	for !complete && r.tok.kind == '?' {
		r.evaluate(e)
		r.next()
		r.stack = append(r.stack, r.chosen())
		r.expect(':')
		start := r.tok.start
		e, complete = r.operand()
		if !complete && r.tok.kind != '?' {
			e = r.assignTo(e, start)
		}
	}
	if len(r.stack) == mark {
		if complete {
			return e
		}
		return r.assignTo(e, start)
	}
	r.stack = append(r.stack, e)
	return r.of(code.Choice, start, r.popped(mark)...)
}

// chosen reads the true branch of a conditional expression.
func (r *reader) chosen() *code.Expr {
	outer := r.context
	r.context.chosen, r.context.noIn = true, false
	e := r.assignment()
	r.context = outer
	return e
}

// assigned_ reads the operator and the value of an assignment, if the token is an operator of assignment.
func (r *reader) assignTo(target *code.Expr, start int) *code.Expr {
	if r.tok.kind == '>' {
		r.joined()
	}
	if r.tok.kind != '=' && r.tok.kind != assign {
		return target
	}
	op := r.text[r.tok.start:r.tok.end]
	slot := r.reserve()
	r.next()
	value := r.assignment()
	actual := value
	if r.isAssigned(value) {
		actual = r.assigned.value
	}
	r.nameFunction(actual, target)
	switch op {
	case "=":
		r.bind(slot, target, value, start)
		r.exportsAssigned(target, actual, start)
		r.importsAssigned(target, actual)
	case "+=":
		r.fill(slot, code.Assign, target, r.of(code.Concat, start, target, value), start)
	case "||=", "&&=", "??=":
		r.fill(slot, code.Assign, target, r.of(code.Choice, start, target, value), start)
	default:
		r.fill(slot, code.Assign, target, r.of(code.Unknown, start, target, value), start)
	}
	r.assigned = assigned{target, actual}
	return target
}

// operand reads an operand of a conditional expression. Complete: it is an arrow function or a yield, which no operator follows.
func (r *reader) operand() (e *code.Expr, complete bool) {
	start := r.tok
	if e := r.complete(); e != nil {
		return e, true
	}
	e = r.binary(0)
	if r.tok.kind == arrow && e.Kind == code.Name && e.Range == (code.Range{Start: start.start, End: start.end}) && !r.tok.newline {
		return r.shortArrow(start), true
	}
	return e, false
}

// complete reads an arrow function, except one that begins with a name, or a yield.
func (r *reader) complete() *code.Expr {
	switch r.tok.kind {
	case '(':
		if r.isArrow() {
			return r.arrowOrRest()
		}
	case '<':
		if r.typed && r.isGenericArrow() {
			return r.arrowFunction(false)
		}
	case word:
		if r.tok.text == "async" && r.isAsyncArrow() {
			return r.arrowFunction(true)
		}
		if r.tok.text == "yield" && r.context.generator {
			return r.yield()
		}
	default:
	}
	return nil
}

func (r *reader) yield() *code.Expr {
	start := r.tok.start
	r.next()
	if r.tok.newline || r.tok.kind != '*' && !r.startsExpression() {
		return r.expr(code.Unknown, "", start)
	}
	r.accept('*')
	value := r.assignment()
	return r.of(code.Unknown, start, value)
}

// startsExpression reports whether an expression can begin with the token.
func (r *reader) startsExpression() bool {
	switch r.tok.kind {
	case word:
		return r.tok.text != "in" && r.tok.text != "of" && r.tok.text != "instanceof"
	case private, str, number, increment, '(', '[', '{', '`', '!', '~', '+', '-', '<', '/', '@':
		return true
	case assign:
		return r.text[r.tok.start] == '/'
	default:
		return false
	}
}

// binary reads operators of at least a precedence.
func (r *reader) binary(least int) *code.Expr {
	start := r.tok.start
	left := r.unary()
	var last *code.Expr // made by this loop
	for nested := 0; ; {
		level := r.precedence()
		if level == 0 || level < least {
			return left
		}
		op := r.tok.kind
		if op == word && (r.tok.text == "as" || r.tok.text == "satisfies") {
			r.next()
			r.acceptConst()
			continue
		}
		r.next()
		right := r.operandOf(op, level)
		kind := kindOf(op)
		if last != nil && (last.Kind == kind || nested > 50) {
			if last.Kind != kind {
				last.Kind = code.Unknown
			}
			last.Items = append(last.Items, right)
			last.Range.End = max(last.Range.End, r.end)
			continue
		}
		nested++
		last = r.of(kind, start, left, right)
		left = last
	}
}

// acceptConst reads the type after `as`.
func (r *reader) acceptConst() {
	if !r.acceptWord("const") {
		r.readType()
	}
}

func (r *reader) operandOf(op kind, level int) *code.Expr {
	if op != power {
		return r.binary(level + 1)
	}
	defer r.leave()
	if !r.enter() {
		return r.expr(code.Unknown, "", r.tok.start)
	}
	return r.binary(level)
}

// unary reads an operator before an operand, or an operand.
func (r *reader) unary() *code.Expr {
	switch r.tok.kind {
	case '!', '~', '+', '-', increment:
		return r.prefixed()
	case '<':
		if r.typed && !r.isJSX() {
			return r.typeAssertion()
		}
	case word:
		switch r.tok.text {
		case "typeof", "void", "delete":
			return r.prefixed()
		case "await":
			if r.isAwait() {
				return r.prefixed()
			}
		default:
		}
	default:
	}
	return r.postfix()
}

// isAwait reports whether an operand follows `await`.
func (r *reader) isAwait() bool {
	saved := r.tok
	defer func() { r.tok = saved }()
	r.tok = r.peek()
	switch r.tok.kind {
	case increment, '+', '-':
		return false
	case '<':
		return !r.typed
	case '/', assign:
		return r.regexEnd(r.tok.start) > 0
	default:
		return r.startsExpression()
	}
}

// prefixed reads an operator and its operand.
func (r *reader) prefixed() *code.Expr {
	defer r.leave()
	op, start := r.tok, r.tok.start
	if !r.enter() {
		return r.expr(code.Unknown, "", start)
	}
	r.next()
	operand := r.unary()
	switch op.kind {
	case word:
		return r.wordPrefixed(op.text, operand, start)
	case increment:
		r.emit(code.Assign, operand, r.of(code.Unknown, start, operand), start)
		r.assigned = assigned{target: operand, value: operand}
		return operand
	case '-':
		if operand.Kind == code.Number {
			return r.expr(code.Number, "-"+operand.Text, start)
		}
	default:
	}
	return r.of(code.Unknown, start, operand)
}

// wordPrefixed returns the value of an operator that is a word.
func (r *reader) wordPrefixed(op string, operand *code.Expr, start int) *code.Expr {
	switch {
	case op == "await":
		return r.of(code.Await, start, operand)
	case op == "void" && operand.Kind == code.Number:
		return r.expr(code.Null, "undefined", start)
	case op == "delete":
		r.emit(code.Delete, operand, nil, start)
		e := r.expr(code.Unknown, "", start)
		r.assigned = assigned{target: e, value: e}
		return e
	default:
		return r.of(code.Unknown, start, operand)
	}
}

// postfix reads an operand and ++ or -- after it.
func (r *reader) postfix() *code.Expr {
	start := r.tok.start
	e := r.chain(r.primary(), start, true)
	if r.tok.kind == increment && !r.tok.newline {
		r.next()
		r.emit(code.Assign, e, r.of(code.Unknown, start, e), start)
		r.assigned = assigned{target: e, value: e}
	}
	return e
}

// chain reads the members, calls and templates after an expression.
func (r *reader) chain(e *code.Expr, start int, calls bool) *code.Expr {
	for range maxChain {
		next := r.link(e, start, calls)
		if next == nil {
			return e
		}
		e = next
	}
	r.fail()
	return e
}

// link reads a member, call or template after an expression. Nil: there is none.
func (r *reader) link(e *code.Expr, start int, calls bool) *code.Expr {
	switch r.tok.kind {
	case '.':
		r.next()
		return r.member(e, start)
	case optional:
		if calls {
			r.next()
			return r.optional(e, start)
		}
	case '(':
		if calls {
			return r.call(code.Call, e, start)
		}
	case '`':
		return r.taggedTemplate(e, start)
	default:
		return r.rareLink(e, start)
	}
	return nil
}

func (r *reader) rareLink(e *code.Expr, start int) *code.Expr {
	switch r.tok.kind {
	case '[':
		if !r.context.decorator {
			return r.index(e, start)
		}
	case '!', '<', shift:
		if r.typed && r.typeLink() {
			return e
		}
	default:
	}
	return nil
}

// typeLink reads `!` or type arguments after an expression.
func (r *reader) typeLink() bool {
	if r.tok.kind != '!' {
		return r.skipTypeArguments()
	}
	if r.tok.newline {
		return false
	}
	r.next()
	return true
}

// member reads the name after a dot.
func (r *reader) member(base *code.Expr, start int) *code.Expr {
	name := r.tok.text
	if !r.accept(word) {
		r.expect(private)
	}
	e := r.of(code.Member, start, base)
	e.Text = name
	return e
}

// optional reads what follows `?.`.
func (r *reader) optional(base *code.Expr, start int) *code.Expr {
	if r.typed && (r.tok.kind == '<' || r.tok.kind == shift) {
		r.skipTypeArguments()
	}
	switch r.tok.kind {
	case '(':
		return r.call(code.Call, base, start)
	case '[':
		return r.index(base, start)
	case '`':
		return r.taggedTemplate(base, start)
	default:
		return r.member(base, start)
	}
}

func (r *reader) index(base *code.Expr, start int) *code.Expr {
	outer := r.bracket()
	r.next()
	key := r.expression()
	r.expect(']')
	r.context = outer
	return r.of(code.Index, start, base, key)
}

// call reads arguments.
func (r *reader) call(kind code.ExprKind, callee *code.Expr, start int) *code.Expr {
	mark := len(r.stack)
	r.stack = append(r.stack, callee)
	r.items(')')
	items := r.popped(mark)
	e := r.expr(kind, "", start)
	e.Items, e.Keys = items, r.noKeys(len(items))
	if kind == code.Call {
		r.called(e)
	}
	return e
}

// items reads the items of a list or call up to the closing bracket, and adds them to the stack.
func (r *reader) items(closing kind) {
	outer := r.bracket()
	defer func() { r.context = outer }()
	r.next()
	for r.tok.kind != closing {
		start := r.tok.start
		switch r.tok.kind {
		case ',': // a hole
			r.stack = append(r.stack, r.expr(code.Null, "", start))
		case spread:
			r.next()
			value := r.assignment()
			r.stack = append(r.stack, r.of(code.Spread, start, value))
		default:
			r.stack = append(r.stack, r.assignment())
		}
		if r.tok.kind != closing {
			r.expect(',')
		}
		if r.failed {
			return
		}
	}
	r.next()
}

// newExpression reads `new`, its callee and its arguments.
func (r *reader) newExpression() *code.Expr {
	defer r.leave()
	start := r.tok.start
	if !r.enter() {
		return r.expr(code.Unknown, "", start)
	}
	r.next()
	if r.tok.kind == '.' {
		r.next()
		return r.member(r.expr(code.Name, "new", start), start)
	}
	inner := r.tok.start
	callee := r.chain(r.primary(), inner, false)
	if r.tok.kind == '(' {
		return r.call(code.New, callee, start)
	}
	e := r.of(code.New, start, callee)
	e.Keys = r.noKeys(1)
	return e
}
