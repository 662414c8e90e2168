package ecmascript

import "lintel/parsers/handler/code"

// skipAnnotation skips a colon and a type.
func (r *reader) skipAnnotation() {
	if r.typed && r.accept(':') {
		r.readReturnType()
	}
}

// readReturnType skips a type or a type predicate.
func (r *reader) readReturnType() {
	outer := r.bracket()
	r.readType()
	r.context = outer
}

// readType skips a type.
func (r *reader) readType() {
	r.readTypeIn(true)
}

// readTypeIn skips a type. In the constraint of a conditional type, `extends` does not begin another one.
func (r *reader) readTypeIn(conditional bool) {
	defer r.leave()
	if !r.enter() {
		return
	}
	for {
		if r.functionType() {
			return
		}
		r.unionType(conditional)
		if !conditional || r.tok.newline || !r.acceptWord("extends") {
			return
		}
		r.readTypeIn(false)
		r.expect('?')
		r.readType()
		r.expect(':') // the false branch follows, without recursion
		if r.failed {
			return
		}
	}
}

// functionType skips a function or constructor type, if the token begins one.
func (r *reader) functionType() bool {
	switch {
	case r.is("abstract") && r.isNext("new"):
		r.next()
		r.next()
	case r.is("new"):
		r.next()
	case r.tok.kind == '<':
	case r.tok.kind == '(' && r.isFunctionType():
	default:
		return false
	}
	r.skipTypeParameters()
	if r.tok.kind != '(' {
		r.fail()
	}
	r.skipBrackets()
	r.expect(arrow)
	r.readType()
	return true
}

// isFunctionType reports whether the parenthesis at the token begins the parameters of a function type, and not a type such as
// the last one of `() : A | (() => B) => …`.
func (r *reader) isFunctionType() bool {
	switch first := r.peek(); first.kind {
	case ')', spread:
		return true
	case word:
		switch second := r.scan(first.end); second.kind {
		case ':', ',', '?', '=':
			return true
		case ')':
			return r.scan(second.end).kind == arrow
		default:
			return false
		}
	case '[', '{':
		closing := r.match(r.tok.start)
		return closing > 0 && r.scan(closing+1).kind == arrow
	default:
		return false
	}
}

// unionType skips types between | and &.
func (r *reader) unionType(conditional bool) {
	for {
		for r.tok.kind == '|' || r.tok.kind == '&' {
			r.next()
		}
		if r.functionType() {
			return
		}
		r.operatorType(conditional)
		if r.failed || r.tok.kind != '|' && r.tok.kind != '&' {
			return
		}
	}
}

// operatorType skips a type with operators before and after it.
func (r *reader) operatorType(conditional bool) {
	for r.tok.kind == word {
		switch r.tok.text {
		case "keyof", "unique", "readonly", "asserts":
			if next := r.peek(); !startsType(next) || next.newline && r.tok.text == "asserts" {
				r.postfixType()
				return
			}
			r.next()
			continue
		case "infer":
			if next := r.peek(); next.kind == word {
				r.inferredType(conditional)
				return
			}
		default:
		}
		break
	}
	r.postfixType()
}

func startsType(t token) bool {
	switch t.kind {
	case word:
		return t.text != "extends" && t.text != "is"
	case str, number, '{', '[', '(', '`', '<', '-':
		return true
	default:
		return false
	}
}

// inferredType skips `infer T extends U`.
func (r *reader) inferredType(conditional bool) {
	r.next()
	r.next()
	if !r.is("extends") || !r.mayGuess() {
		return
	}
	before := r.save()
	r.next()
	r.readTypeIn(false)
	if r.failed || conditional && r.tok.kind == '?' {
		r.restore(before)
	}
}

// postfixType skips a type with its indices.
func (r *reader) postfixType() {
	r.primaryType()
	for !r.failed && !r.tok.newline {
		switch {
		case r.tok.kind == '[':
			r.skipBrackets()
		case r.is("is"):
			r.next()
			r.readType()
			return
		default:
			return
		}
	}
}

// primaryType skips a type without operators.
func (r *reader) primaryType() {
	switch r.tok.kind {
	case word:
		r.namedType()
	case str, number:
		r.next()
	case '-':
		r.next()
		r.expect(number)
	case '{', '[', '(':
		r.skipBrackets()
	case '`':
		r.template(func() *code.Expr {
			r.readType()
			return nil
		}, func(_, _ *code.Expr) {})
	default:
		r.fail()
	}
}

// namedType skips a name with members and type arguments, an imported type and `typeof`.
func (r *reader) namedType() {
	r.acceptWord("typeof")
	if r.is("import") && r.peek().kind == '(' {
		r.next()
		r.skipBrackets()
	} else {
		r.expect(word)
	}
	for r.tok.kind == '.' {
		r.next()
		if !r.accept(private) {
			r.expect(word)
		}
	}
	if (r.tok.kind == '<' || r.isShift()) && !r.tok.newline {
		r.typeArguments()
		for r.accept('.') { // typeof a<T>.b, import("x").A<T>
			r.expect(word)
		}
	}
}

func (r *reader) isShift() bool {
	return r.tok.kind == shift && r.text[r.tok.start] == '<' && r.tok.end == r.tok.start+2
}

// typeArguments skips type arguments in angle brackets.
func (r *reader) typeArguments() {
	r.openAngle()
	for !r.failed {
		r.readType()
		if !r.accept(',') {
			break
		}
		if r.tok.kind == '>' {
			break
		}
	}
	r.expect('>')
}

// openAngle consumes <, which may be the first half of <<.
func (r *reader) openAngle() {
	if r.isShift() {
		r.tok.kind, r.tok.end = '<', r.tok.start+1
	}
	r.expect('<')
}

// skipTypeArguments skips the type arguments of a call. It reads nothing if the token is an operator.
func (r *reader) skipTypeArguments() bool {
	if r.tok.kind != '<' && !r.isShift() || !r.mayGuess() {
		return false
	}
	before := r.save()
	r.typeArguments()
	if !r.failed && r.canFollowTypeArguments() {
		return true
	}
	r.restore(before)
	return false
}

// canFollowTypeArguments reports whether the token shows that what looks like type arguments is no comparison.
func (r *reader) canFollowTypeArguments() bool {
	switch r.tok.kind {
	case '(', '`', '/':
		return true
	case '<', '>', '+', '-':
		return false
	case word:
		return r.tok.newline || r.wordPrecedence() > 0 || r.is("implements")
	default:
		return r.tok.newline || !r.startsExpression()
	}
}

// skipTypeParameters skips the type parameters of a declaration.
func (r *reader) skipTypeParameters() {
	if !r.typed || r.tok.kind != '<' && !r.isShift() {
		return
	}
	r.openAngle()
	for r.tok.kind != '>' && !r.failed {
		for r.isTypeModifier() {
			r.next()
		}
		r.expect(word)
		if r.acceptWord("extends") {
			r.readType()
		}
		if r.accept('=') {
			r.readType()
		}
		if r.tok.kind != '>' {
			r.expect(',')
		}
	}
	r.expect('>')
}

func (r *reader) isTypeModifier() bool {
	if !r.is("const") && !r.is("in") && !r.is("out") {
		return false
	}
	return r.peek().kind == word && (r.tok.text != "out" || !r.isNext("extends"))
}

// skipBrackets skips an opening bracket and everything up to the closing one.
func (r *reader) skipBrackets() {
	if r.failed {
		return
	}
	w := walker{r: r, last: token{kind: ','}}
	open := r.tok.start
	pos := open
	for {
		before := w.top()
		t := w.step(pos)
		pos = t.end
		if t.kind == eof || !before.permits(t) {
			for _, o := range w.stack {
				if o.kind == '{' {
					r.braces++
				}
			}
			r.unread(open, t.start)
			r.failAt(t.start)
			return
		}
		if len(w.stack) == 0 {
			break
		}
	}
	r.end = pos
	r.tok = r.scan(pos)
}

// typeAssertion reads `<T>operand`.
func (r *reader) typeAssertion() *code.Expr {
	defer r.leave()
	if !r.enter() {
		return r.expr(code.Unknown, "", r.tok.start)
	}
	r.openAngle()
	r.acceptConst()
	r.expect('>')
	return r.unary()
}
