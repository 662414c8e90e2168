package python

import "lintel/parsers/handler/code"

// match reads a match statement, and reports whether the logical line starts one: only a match statement starts with that name
// and ends with a colon.
func (r *reader) match() bool {
	n := len(r.tokens)
	if !r.is("match") || n < 4 || r.tokens[n-2].kind != colon || r.after() == colon {
		return false
	}
	r.matched()
	return true
}

// matched reads a match statement.
func (r *reader) matched() {
	column, m := r.column, r.mark()
	r.effects++
	r.i++
	r.evaluate(r.tuple())
	if r.peek() != colon || r.after() != end {
		r.fail()
	}
	if r.failed {
		r.rollback(m)
		r.recover(true)
	} else {
		r.advance()
	}
	if r.blocks >= maxNesting {
		r.skipBlock(column)
		return
	}
	r.blocks++
	for r.more && r.column > column {
		if r.is("case") && r.after() != assign {
			r.matchCase()
		} else {
			r.anyStatement() // an error, or what is left of one
		}
	}
	r.blocks--
}

// matchCase reads a case of a match statement. Its values are one unknown expression; the variables get an unknown value.
func (r *reader) matchCase() {
	column, m := r.column, r.mark()
	r.i++
	start, base := r.startOf(), len(r.stack)
	r.patterns(colon)
	e := r.expr(code.Unknown, start, r.endOf())
	e.Items = r.items(base)
	r.evaluate(e)
	if r.accept(kwIf) {
		r.evaluate(r.named())
	}
	r.header(m, column)
}

// patterns parses patterns with commas between, and pushes their values.
func (r *reader) patterns(closing kind) {
	for !r.failed && r.peek() != closing && r.peek() != kwIf {
		switch {
		case r.accept(star), r.accept(doubleStar):
			r.capture()
		case r.peek() == name && r.after() == assign: // an attribute of a class pattern
			r.i += 2
			r.pattern()
		default:
			r.pattern()
			if closing == rightCurly && r.accept(colon) { // the key of a mapping pattern
				r.pattern()
			}
		}
		if !r.accept(comma) {
			return
		}
	}
}

// pattern parses alternatives and the name that they are bound to.
func (r *reader) pattern() {
	if r.nesting >= maxNesting {
		r.tooDeep()
		return
	}
	r.nesting++
	for {
		r.closedPattern()
		if !r.accept(pipe) {
			break
		}
	}
	if r.accept(kwAs) {
		r.capture()
	}
	r.nesting--
}

// capture parses a variable of a pattern.
func (r *reader) capture() {
	t := r.tokens[r.i]
	r.expect(name)
	if r.failed || r.text(t) == "_" {
		return
	}
	r.within(code.Assign, r.leaf(code.Name, t), r.expr(code.Unknown, t.start, t.end), t.start)
}

// closedPattern parses a value, a variable, a class, a sequence or a mapping.
func (r *reader) closedPattern() {
	switch r.peek() {
	case name:
		r.namePattern()
	case leftParen:
		r.group(rightParen)
	case leftSquare:
		r.group(rightSquare)
	case leftCurly:
		r.group(rightCurly)
	default:
		r.push(r.nested(comparePrecedence + 2))
	}
}

func (r *reader) group(closing kind) {
	r.i++
	r.patterns(closing)
	r.expect(closing)
}

// namePattern parses a variable, a dotted name or a class.
func (r *reader) namePattern() {
	if k := r.after(); k != dot && k != leftParen {
		r.capture()
		return
	}
	start := r.startOf()
	e := r.leaf(code.Name, r.take())
	for links := 0; r.accept(dot) && links < maxNesting; links++ {
		member := r.tokens[r.i]
		r.expect(name)
		e = r.tree(code.Member, start, r.endOf(), e)
		e.Text = r.text(member)
	}
	r.push(e)
	if r.peek() == leftParen {
		r.group(rightParen)
	}
}
