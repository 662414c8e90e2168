package ecmascript

import "lintel/parsers/handler/code"

// statements reads statements up to the brace that closes the one at a position, or to the end of the file for -1.
func (r *reader) statements(open int) {
	for {
		switch r.tok.kind {
		case eof:
			if open >= 0 {
				r.endsOpen(open)
			}
			return
		case '}':
			if open >= 0 {
				return
			}
			r.unread(r.tok.start, r.tok.end)
			r.next()
		default:
			r.recovering(r.statement)
		}
	}
}

// recovering reads a statement or a member of a class, and continues after it if it has an error.
func (r *reader) recovering(read func()) {
	start, braces := r.tok.start, r.braces
	read()
	if !r.failed && r.tok.start == start && r.tok.kind != eof {
		r.fail()
	}
	if r.failed {
		r.resync(start, braces)
	}
}

// endsOpen records that the file ends before the brace that closes the one at a position.
func (r *reader) endsOpen(open int) {
	if !r.unclosed && !r.failed {
		r.unclosed = true
		r.unread(open, open+1)
	}
}

// block reads statements in braces.
func (r *reader) block() {
	outer := r.bracket()
	defer func() { r.context = outer }()
	open := r.tok.start
	r.expect('{')
	if r.failed {
		return
	}
	r.statements(open)
	r.accept('}')
}

// semicolon reads the end of a statement, which may be a semicolon, the end of the line or of the block.
func (r *reader) semicolon() {
	if r.accept(';') || r.tok.newline || r.tok.kind == '}' || r.tok.kind == eof {
		return
	}
	r.fail()
}

// statement reads a statement.
func (r *reader) statement() {
	defer r.leave()
	if !r.enter() {
		return
	}
	switch r.tok.kind {
	case '{':
		r.block()
	case ';':
		r.next()
	case '@':
		start := r.tok.start
		r.decorators(true)
		r.decorated(start)
	case word:
		if !r.controlStatement() && !r.jumpStatement() && !r.declaration(false) && !r.moduleStatement() {
			r.expressionStatement()
		}
	default:
		r.expressionStatement()
	}
}

// decorated reads the class after its decorators.
func (r *reader) decorated(start int) {
	switch {
	case r.is("export"):
		r.moduleStatement()
	case r.declaration(false):
	default:
		r.failAt(max(start, r.tok.start))
	}
}

// expressionStatement reads an expression, or a label and its statement.
func (r *reader) expressionStatement() {
	start := r.tok.start
	isWord := r.tok.kind == word
	slot := r.reserve()
	e := r.expression()
	if isWord && e.Kind == code.Name && r.tok.kind == ':' {
		r.next()
		r.statement()
		return
	}
	if !r.isAssigned(e) {
		r.fill(slot, code.Evaluate, nil, e, start)
	}
	r.assigned = assigned{}
	r.semicolon()
}

// condition reads an expression in parentheses as a statement.
func (r *reader) condition() {
	r.expect('(')
	outer := r.bracket()
	slot, start := r.reserve(), r.tok.start
	e := r.expression()
	if !r.isNoise(e) {
		r.fill(slot, code.Evaluate, nil, e, start)
	}
	r.context = outer
	r.expect(')')
}

// controlStatement reads a statement that contains statements, if the word at the token begins one.
func (r *reader) controlStatement() bool {
	switch r.tok.text {
	case "if":
		r.ifStatement()
	case "for":
		r.forStatement()
	case "while", "with":
		r.next()
		r.condition()
		r.statement()
	case "do":
		r.next()
		r.statement()
		if !r.acceptWord("while") {
			r.fail()
		}
		r.condition()
		r.accept(';')
	case "switch":
		r.switchStatement()
	case "try":
		r.tryStatement()
	default:
		return false
	}
	return true
}

// ifStatement reads `if` with all its `else if`.
func (r *reader) ifStatement() {
	outer := r.context.branch
	for r.acceptWord("if") {
		r.condition()
		r.context.branch = true
		r.statement()
		r.context.branch = outer
		if !r.acceptWord("else") {
			return
		}
	}
	if !r.failed {
		r.context.branch = true
		r.statement()
		r.context.branch = outer
	}
}

// jumpStatement reads return, throw, break, continue or debugger.
func (r *reader) jumpStatement() bool {
	start, text := r.tok.start, r.tok.text
	switch text {
	case "return", "throw":
		r.next()
		slot := r.reserve()
		var value *code.Expr
		if !r.tok.newline && r.tok.kind != ';' && r.tok.kind != '}' && r.tok.kind != eof {
			value = r.expression()
		}
		kind := code.Return
		if text == "throw" {
			kind = code.Raise
		}
		r.fill(slot, kind, nil, value, start)
		r.semicolon()
	case "break", "continue":
		r.next()
		if r.tok.kind == word && !r.tok.newline {
			r.next()
		}
		r.semicolon()
	case "debugger":
		r.next()
		r.semicolon()
	default:
		return false
	}
	return true
}

func (r *reader) switchStatement() {
	r.next()
	r.condition()
	open := r.tok.start
	r.expect('{')
	for r.is("case") || r.is("default") {
		if r.acceptWord("case") {
			slot, start := r.reserve(), r.tok.start
			e := r.expression()
			r.fill(slot, code.Evaluate, nil, e, start)
		} else {
			r.next()
		}
		r.expect(':')
		r.caseStatements(open)
	}
	r.expect('}')
}

// caseStatements reads the statements of a case.
func (r *reader) caseStatements(open int) {
	for !r.failed && r.tok.kind != '}' && !r.is("case") && !r.is("default") {
		if r.tok.kind == eof {
			r.statements(open)
			return
		}
		r.recovering(r.statement)
	}
}

func (r *reader) tryStatement() {
	start, index, outer := r.tok.start, len(r.file.Tries), r.context.try
	r.file.Tries = append(r.file.Tries, code.Try{Outer: outer})
	r.next()
	r.context.try = index
	r.block()
	r.context.try = outer
	handled := r.is("catch")
	if handled {
		caught := r.catch()
		r.file.Tries[index].Catches = []code.Catch{caught}
	}
	if r.acceptWord("finally") {
		r.block()
	} else if !handled {
		r.fail()
	}
	r.file.Tries[index].Range = code.Range{Start: start, End: max(start, r.end)}
}

func (r *reader) catch() code.Catch {
	start := r.tok.start
	c := code.Catch{IsEmpty: true}
	r.next()
	before := len(r.file.Statements)
	if r.accept('(') {
		pattern := r.tok.start
		target := r.pattern()
		r.skipAnnotation()
		r.expect(')')
		if target.Kind == code.Name {
			c.Name = target.Text
		} else {
			r.emit(code.Assign, target, r.expr(code.Unknown, "", pattern), pattern)
			before = len(r.file.Statements)
		}
	}
	r.block()
	for i := before; i < len(r.file.Statements); i++ {
		s := &r.file.Statements[i]
		c.Raises = c.Raises || s.Kind == code.Raise && s.Function == r.context.function
		if s.Kind != "" && (s.Kind != code.Evaluate || !isConstant(s.Value)) {
			c.IsEmpty = false
		}
	}
	c.Range = code.Range{Start: start, End: max(start, r.end)}
	return c
}

// forStatement reads for, for…in and for…of.
func (r *reader) forStatement() {
	r.next()
	r.acceptWord("await")
	r.expect('(')
	outer := r.context
	r.context.noIn, r.context.chosen = true, false
	slot, start := r.reserve(), r.tok.start
	var target *code.Expr
	switch {
	case r.tok.kind == ';':
	case r.isVariables():
		target = r.loopVariables(slot, start)
	default:
		target = r.expression()
		if !r.is("of") && !r.is("in") && !r.isNoise(target) {
			r.fill(slot, code.Evaluate, nil, target, start)
		}
	}
	r.context.noIn = false
	if target != nil && (r.is("of") || r.is("in")) {
		r.iterated(slot, target, start)
	} else {
		r.forClauses()
	}
	r.expect(')')
	r.context = outer
	r.statement()
}

// iterated reads the value after `of` or `in`.
func (r *reader) iterated(slot int, target *code.Expr, start int) {
	isOf := r.is("of")
	r.next()
	first := r.tok.start
	value := r.expression()
	element := r.of(code.Unknown, first, value)
	if isOf {
		element = r.of(code.Index, first, value, r.expr(code.Unknown, "", first))
	}
	r.fill(slot, code.Assign, target, element, start)
}

// forClauses reads the rest of `for (;;)`.
func (r *reader) forClauses() {
	r.expect(';')
	for _, closing := range []kind{';', ')'} {
		if r.tok.kind != closing {
			slot, start := r.reserve(), r.tok.start
			e := r.expression()
			if !r.isNoise(e) {
				r.fill(slot, code.Evaluate, nil, e, start)
			}
		}
		if closing == ';' {
			r.expect(';')
		}
	}
}
