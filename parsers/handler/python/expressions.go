package python

import "lintel/parsers/handler/code"

// Precedences of binary operators that the grammar refers to.
const (
	orPrecedence         = 1
	andPrecedence        = 2
	comparePrecedence    = 4  // "not" is between
	doubleStarPrecedence = 12 // signs are between
)

// tuple parses expressions with commas between, which may be starred.
func (r *reader) tuple() *code.Expr {
	start := r.startOf()
	first := r.starred()
	if r.peek() != comma {
		return first
	}
	base := len(r.stack)
	r.push(first)
	for r.accept(comma) && r.startsExpr() {
		r.push(r.starred())
	}
	e := r.expr(code.List, start, r.endOf())
	e.Items = r.items(base)
	return e
}

// startsExpr reports whether the next token can start an expression.
func (r *reader) startsExpr() bool {
	switch r.peek() {
	case name, number, str, formatStart, leftParen, leftSquare, leftCurly, ellipsis, backtick, plus, minus, star, doubleStar, tilde,
		kwNot, kwLambda, kwAwait, kwYield, kwNone, kwTrue, kwFalse:
		return true
	default:
		return false
	}
}

// starred parses an expression, *expression, a yield expression or an assignment expression.
func (r *reader) starred() *code.Expr {
	start := r.startOf()
	switch {
	case r.accept(star), r.accept(doubleStar):
		inner := r.test()
		return r.tree(code.Spread, start, r.endOf(), inner)
	case r.peek() == kwYield:
		return r.yield()
	default:
		return r.named()
	}
}

// named parses an expression that may be an assignment expression. The assignment is a statement of its own.
func (r *reader) named() *code.Expr {
	e := r.test()
	if r.peek() != walrus {
		return e
	}
	if e.Kind != code.Name {
		r.fail()
		return e
	}
	r.i++
	value := r.test()
	r.within(code.Assign, e, value, e.Range.Start)
	return e
}

func (r *reader) yield() *code.Expr {
	start := r.startOf()
	r.i++
	if r.accept(kwFrom) {
		inner := r.test()
		return r.tree(code.Unknown, start, r.endOf(), inner)
	}
	if !r.startsExpr() {
		return r.expr(code.Unknown, start, r.endOf())
	}
	if r.peek() == kwYield {
		r.fail() // and no recursion
	}
	inner := r.tuple()
	return r.tree(code.Unknown, start, r.endOf(), inner)
}

// test parses an expression: a conditional one, a lambda or anything that binds closer. The condition is a statement of its own.
func (r *reader) test() *code.Expr {
	if r.nesting >= maxNesting {
		return r.tooDeep()
	}
	r.nesting++
	start := r.startOf()
	var e *code.Expr
	if r.peek() == kwLambda {
		e = r.lambda()
	} else {
		e = r.binary(orPrecedence)
	}
	if r.accept(kwIf) {
		condition := r.binary(orPrecedence)
		r.within(code.Evaluate, nil, condition, condition.Range.Start)
		r.expect(kwElse)
		other := r.test()
		e = r.tree(code.Choice, start, r.endOf(), e, other)
	}
	r.nesting--
	return e
}

// tooDeep skips the rest of what is in brackets, and notes that it was not read.
func (r *reader) tooDeep() *code.Expr {
	first, start, open := r.i, r.startOf(), 0
	for ; ; r.i++ {
		switch r.peek() {
		case leftParen, leftSquare, leftCurly, formatStart:
			open++
		case rightParen, rightSquare, rightCurly, formatEnd:
			open--
		case end: // the brackets are not closed
			r.i = first
			r.fail()
			open = -1
		default:
		}
		if open < 0 {
			break
		}
	}
	stop := max(start, r.endOf())
	r.unread(start, stop)
	return r.expr(code.Unknown, start, stop)
}

// precedences are those of binary operators.
var precedences = [firstStatement]int{ //nolint:gochecknoglobals // a table, never written
	kwOr: orPrecedence, kwAnd: andPrecedence, compare: comparePrecedence, kwIn: comparePrecedence, kwIs: comparePrecedence,
	kwNot: comparePrecedence, pipe: 5, caret: 6, ampersand: 7, shift: 8, plus: 9, minus: 9, star: 10, times: 10, at: 10,
	doubleStar: doubleStarPrecedence,
}

// operatorAt returns the precedence of the next token as a binary operator, 0 if it is none.
func (r *reader) operatorAt() int {
	k := r.peek()
	if k >= firstStatement || k == kwNot && r.after() != kwIn {
		return 0
	}
	return precedences[k]
}

// operator skips a binary operator and returns its text.
func (r *reader) operator() string {
	t := r.take()
	switch {
	case t.kind == kwNot:
		r.i++
		return "not in"
	case t.kind == kwIs && r.accept(kwNot):
		return "is not"
	default:
		return r.text(t)
	}
}

// binary parses operands with operators of at least a precedence between them. Operators of one precedence are in one
// expression.
func (r *reader) binary(least int) *code.Expr {
	start := r.startOf()
	e := r.unary()
	for {
		precedence := r.operatorAt()
		if precedence == 0 || precedence < least {
			return e
		}
		base := len(r.stack)
		r.push(e)
		text := r.text(r.tokens[r.i])
		for r.operatorAt() == precedence {
			if next := r.operator(); len(r.stack) > base+1 && next != text {
				text = ""
			} else {
				text = next
			}
			r.push(r.binary(precedence + 1))
		}
		e = r.expr(binaryKind(text), start, r.endOf())
		if e.Kind == code.Unknown {
			e.Text = text
		}
		e.Items = r.items(base)
	}
}

func binaryKind(operator string) code.ExprKind {
	switch operator {
	case "or":
		return code.Choice
	case "+":
		return code.Concat
	default:
		return code.Unknown
	}
}

// unary parses an operand with its signs, not or await.
func (r *reader) unary() *code.Expr {
	start, first := r.startOf(), r.tokens[r.i]
	switch first.kind {
	case plus, minus, tilde:
		for r.accept(plus) || r.accept(minus) || r.accept(tilde) {
		}
		single := r.tokens[r.i-1].start == start
		e := r.nested(doubleStarPrecedence)
		if single && first.kind == minus && e.Kind == code.Number {
			e.Text, e.Range.Start = r.src[start:e.Range.End], start
			return e
		}
		return r.prefixed(first, e)
	case kwNot:
		for r.accept(kwNot) {
		}
		return r.prefixed(first, r.nested(comparePrecedence))
	case kwAwait:
		r.i++
		inner := r.nested(doubleStarPrecedence + 1)
		return r.tree(code.Await, start, r.endOf(), inner)
	default:
		return r.postfix()
	}
}

func (r *reader) prefixed(operator token, operand *code.Expr) *code.Expr {
	e := r.tree(code.Unknown, operator.start, r.endOf(), operand)
	e.Text = r.text(operator)
	return e
}

// nested parses an operand that may contain others of its kind: that of a prefix, or a part of a comprehension.
func (r *reader) nested(least int) *code.Expr {
	if r.nesting >= maxNesting {
		return r.tooDeep()
	}
	r.nesting++
	e := r.binary(least)
	r.nesting--
	return e
}
