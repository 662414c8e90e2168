package python

import (
	"strconv"

	"lintel/parsers/handler/code"
)

// postfix parses a primary expression: an atom with members, calls and subscripts.
func (r *reader) postfix() *code.Expr {
	start := r.startOf()
	e := r.atom()
	for links := 0; ; links++ {
		if links == maxNesting {
			r.unread(start, r.endOf())
			e, links = r.expr(code.Unknown, start, r.endOf()), 0
		}
		switch r.peek() {
		case dot:
			r.i++
			member := r.tokens[r.i]
			r.expect(name)
			m := r.tree(code.Member, start, r.endOf(), e)
			m.Text = r.text(member)
			e = m
		case leftParen:
			e = r.call(e, start)
		case leftSquare:
			r.i++
			index := r.subscripts()
			r.expect(rightSquare)
			e = r.tree(code.Index, start, r.endOf(), e, index)
		default:
			return e
		}
	}
}

// call parses the arguments of a call.
func (r *reader) call(callee *code.Expr, start int) *code.Expr {
	base, keyBase := len(r.stack), len(r.keys)
	r.push(callee)
	r.keys = append(r.keys, "")
	r.i++
	for !r.failed && r.peek() != rightParen {
		key := ""
		if r.peek() == name && r.after() == assign {
			key = r.text(r.take())
			r.i++
		}
		argument := r.starred()
		if r.startsComprehension() {
			argument = r.comprehension(argument.Range.Start, argument)
		}
		r.push(argument)
		r.keys = append(r.keys, key)
		if !r.accept(comma) {
			break
		}
	}
	r.expect(rightParen)
	e := r.expr(code.Call, start, r.endOf())
	e.Items, e.Keys = r.pairs(base, keyBase)
	return e
}

// subscripts parses what is in the brackets of a subscript.
func (r *reader) subscripts() *code.Expr {
	start := r.startOf()
	first := r.slice()
	if r.peek() != comma {
		return first
	}
	base := len(r.stack)
	r.push(first)
	for r.accept(comma) && r.peek() != rightSquare && !r.failed {
		r.push(r.slice())
	}
	e := r.expr(code.List, start, r.endOf())
	e.Items = r.items(base)
	return e
}

// slice parses an index or a slice.
func (r *reader) slice() *code.Expr {
	start, base := r.startOf(), len(r.stack)
	if r.peek() != colon {
		e := r.starred()
		if r.peek() != colon {
			return e
		}
		r.push(e)
	}
	for r.accept(colon) {
		if r.startsExpr() {
			r.push(r.test())
		}
	}
	e := r.expr(code.Unknown, start, r.endOf())
	e.Items = r.items(base)
	return e
}

// atom parses the smallest complete expressions.
func (r *reader) atom() *code.Expr {
	switch t := r.tokens[r.i]; t.kind {
	case name:
		return r.leaf(code.Name, r.take())
	case number:
		return r.leaf(code.Number, r.take())
	case str, formatStart:
		return r.literal()
	case leftParen:
		return r.parenthesized()
	case leftSquare:
		return r.list()
	case leftCurly:
		return r.braces()
	case kwNone:
		r.i++
		return r.expr(code.Null, t.start, t.end)
	case kwTrue, kwFalse:
		r.i++
		e := r.expr(code.Bool, t.start, t.end)
		e.Text = strconv.FormatBool(t.kind == kwTrue)
		return e
	case ellipsis:
		r.i++
		return r.expr(code.Unknown, t.start, t.end)
	case backtick:
		return r.backticks()
	default:
		r.fail()
		return r.expr(code.Unknown, t.start, t.start)
	}
}

// backticks parses the repr expression of Python 2.
func (r *reader) backticks() *code.Expr {
	start := r.startOf()
	r.i++
	inner := r.tuple()
	r.expect(backtick)
	return r.tree(code.Unknown, start, r.endOf(), inner)
}

// parenthesized parses an expression in parentheses, a tuple or a generator.
func (r *reader) parenthesized() *code.Expr {
	start := r.startOf()
	r.i++
	if r.accept(rightParen) {
		return r.expr(code.List, start, r.endOf())
	}
	e := r.starred()
	switch {
	case r.startsComprehension():
		e = r.comprehension(start, e)
	case r.peek() == comma:
		base := len(r.stack)
		r.push(e)
		r.rest(rightParen)
		e = r.expr(code.List, start, r.endOf())
		e.Items = r.items(base)
	}
	r.expect(rightParen)
	if e.Range.Start == start {
		e.Range.End = r.endOf()
	}
	return e
}

// rest pushes the items after the first one, up to a closing bracket.
func (r *reader) rest(closing kind) {
	for r.accept(comma) && r.peek() != closing && !r.failed {
		r.push(r.starred())
	}
}

func (r *reader) list() *code.Expr {
	start, base := r.startOf(), len(r.stack)
	r.i++
	if r.accept(rightSquare) {
		return r.expr(code.List, start, r.endOf())
	}
	first := r.starred()
	if r.startsComprehension() {
		e := r.comprehension(start, first)
		r.expect(rightSquare)
		e.Range.End = r.endOf()
		return e
	}
	r.push(first)
	r.rest(rightSquare)
	r.expect(rightSquare)
	e := r.expr(code.List, start, r.endOf())
	e.Items = r.items(base)
	return e
}

// braces parses a dictionary, a set or a comprehension of one.
func (r *reader) braces() *code.Expr {
	start, base, keyBase := r.startOf(), len(r.stack), len(r.keys)
	r.i++
	isMap := r.peek() == rightCurly || r.peek() == doubleStar
	for !r.failed && r.peek() != rightCurly {
		item := r.starred()
		key := ""
		if r.accept(colon) {
			isMap = true
			value := r.test()
			if r.startsComprehension() {
				r.push(item)
				r.push(value)
				return r.closedComprehension(start, base)
			}
			key, item = r.entry(item, value)
		} else if r.startsComprehension() {
			r.push(item)
			return r.closedComprehension(start, base)
		}
		r.push(item)
		r.keys = append(r.keys, key)
		if !r.accept(comma) {
			break
		}
	}
	r.expect(rightCurly)
	e := r.expr(code.List, start, r.endOf())
	items, keys := r.pairs(base, keyBase)
	e.Items = items
	if isMap {
		e.Kind, e.Keys = code.Map, keys
	}
	return e
}

// entry returns the key and the item of an entry of a dictionary. A computed key is in the item.
func (r *reader) entry(key, value *code.Expr) (string, *code.Expr) {
	if (key.Kind == code.String || key.Kind == code.Number) && key.Text != "" {
		return key.Text, value
	}
	return "", r.tree(code.Unknown, key.Range.Start, value.Range.End, key, value)
}

func (r *reader) startsComprehension() bool {
	return r.peek() == kwFor || r.peek() == kwAsync && r.after() == kwFor
}

// comprehension parses the clauses of a comprehension after its element.
func (r *reader) comprehension(start int, element *code.Expr) *code.Expr {
	base := len(r.stack)
	r.push(element)
	return r.clauses(start, base)
}

func (r *reader) closedComprehension(start, base int) *code.Expr {
	e := r.clauses(start, base)
	r.expect(rightCurly)
	e.Range.End = r.endOf()
	return e
}

func (r *reader) clauses(start, base int) *code.Expr {
	for !r.failed && (r.startsComprehension() || r.peek() == kwIf) {
		r.accept(kwAsync)
		if r.accept(kwIf) {
			if r.peek() == kwLambda {
				r.push(r.lambda())
			} else {
				r.push(r.condition())
			}
			continue
		}
		r.i++ // for
		r.push(r.targets())
		r.expect(kwIn)
		r.push(r.nested(orPrecedence))
	}
	e := r.expr(code.Unknown, start, r.endOf())
	e.Items = r.items(base)
	return e
}

// condition parses a condition of a comprehension.
func (r *reader) condition() *code.Expr {
	e := r.nested(orPrecedence)
	if r.peek() == walrus && e.Kind == code.Name {
		r.i++
		r.within(code.Assign, e, r.nested(orPrecedence), e.Range.Start)
	}
	return e
}

// targets parses the variables of a loop.
func (r *reader) targets() *code.Expr {
	start, base := r.startOf(), len(r.stack)
	first := r.target()
	if r.peek() != comma {
		return first
	}
	r.push(first)
	for r.accept(comma) && r.startsExpr() {
		r.push(r.target())
	}
	e := r.expr(code.List, start, r.endOf())
	e.Items = r.items(base)
	return e
}

func (r *reader) target() *code.Expr {
	start := r.startOf()
	if r.accept(star) {
		inner := r.postfix()
		return r.tree(code.Spread, start, r.endOf(), inner)
	}
	return r.postfix()
}
