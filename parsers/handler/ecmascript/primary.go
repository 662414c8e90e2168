package ecmascript

import "lintel/parsers/handler/code"

// primary reads an operand without operators.
func (r *reader) primary() *code.Expr {
	start := r.tok.start
	switch r.tok.kind {
	case word:
		return r.wordExpression()
	case str:
		text := r.tok.text
		r.next()
		return r.expr(code.String, text, start)
	case number:
		text := r.tok.text
		r.next()
		return r.expr(code.Number, text, start)
	case '(':
		return r.parenthesized()
	case '[':
		mark := len(r.stack)
		r.items(']')
		return r.of(code.List, start, r.popped(mark)...)
	case '{':
		return r.object()
	case '`':
		return r.templateLiteral()
	default:
		return r.rarePrimary()
	}
}

func (r *reader) rarePrimary() *code.Expr {
	start := r.tok.start
	switch r.tok.kind {
	case '/':
		return r.regex()
	case assign:
		if r.text[start] == '/' {
			return r.regex()
		}
	case '<':
		return r.jsx()
	case private: // #name in object
		text := r.tok.text
		r.next()
		return r.expr(code.Name, text, start)
	case '@':
		r.decorators(true)
		return r.classExpression()
	default:
	}
	r.fail()
	return r.expr(code.Unknown, "", start)
}

func (r *reader) parenthesized() *code.Expr {
	outer := r.bracket()
	r.next()
	e := r.expression()
	r.expect(')')
	r.context = outer
	return e
}

// wordExpression reads an operand that begins with a word.
func (r *reader) wordExpression() *code.Expr {
	start, text := r.tok.start, r.tok.text
	switch text {
	case "function":
		return r.functionExpression(start, false)
	case "async":
		if r.isAsyncFunction() {
			r.next()
			return r.functionExpression(start, true)
		}
	case "class":
		return r.classExpression()
	case "new":
		return r.newExpression()
	case "import":
		return r.importExpression()
	default:
	}
	return r.nameOrConstant()
}

func (r *reader) nameOrConstant() *code.Expr {
	start, text := r.tok.start, r.tok.text
	kind := code.Name
	switch text {
	case "null", "undefined":
		kind = code.Null
	case "true", "false":
		kind = code.Bool
	default:
		if isReserved(text) {
			r.fail()
			return r.expr(code.Unknown, "", start)
		}
	}
	r.next()
	return r.expr(kind, text, start)
}

// isReserved reports whether a word can be no identifier, and no operand begins with it.
func isReserved(text string) bool {
	switch text {
	case "break", "case", "catch", "const", "continue", "debugger", "default", "do", "else", "export", "extends", "finally", "for",
		"if", "in", "instanceof", "return", "switch", "throw", "try", "var", "while", "with", "enum", "typeof", "void", "delete":
		return true
	default:
		return false
	}
}

// importExpression reads import("x") and import.meta.
func (r *reader) importExpression() *code.Expr {
	start := r.tok.start
	r.next()
	if r.tok.kind == '.' && (r.isNext("defer") || r.isNext("source")) {
		r.next()
		r.next()
	}
	if r.tok.kind != '(' && r.tok.kind != '.' {
		r.fail()
	}
	e := r.expr(code.Name, "import", start)
	e.Range.End = min(start+len("import"), len(r.text))
	return e
}

func (r *reader) isNext(text string) bool {
	next := r.peek()
	return next.kind == word && next.text == text
}

// key is the name of a property or of a member of a class.
type key struct {
	text     string
	token    token
	computed *code.Expr // [expression] that is no string
}

// propertyKey reads the name of a property.
func (r *reader) propertyKey() key {
	k := key{text: r.tok.text, token: r.tok}
	switch r.tok.kind {
	case word, str, number, private:
		r.next()
	case '[':
		outer := r.bracket()
		r.next()
		e := r.expression()
		r.expect(']')
		r.context = outer
		k.token.end = r.end
		if e.Kind == code.String {
			k.text = e.Text
		} else {
			k.computed = e
		}
	default:
		r.fail()
	}
	return k
}

// sideEffects adds a statement for the parts of an expression that has no place in another one.
func (r *reader) sideEffects(e *code.Expr) {
	if e == nil {
		return
	}
	if _, ok := e.Path(); !ok {
		r.evaluate(e)
	}
}

// object reads an object literal.
func (r *reader) object() *code.Expr {
	start, items, keys := r.tok.start, len(r.stack), len(r.keys)
	defer r.leave()
	if !r.enter() {
		return r.expr(code.Unknown, "", start)
	}
	outer := r.bracket()
	r.next()
	for r.tok.kind != '}' && !r.failed {
		name, value := r.property()
		r.keys = append(r.keys, name)
		r.stack = append(r.stack, value)
		if r.tok.kind != '}' {
			r.expect(',')
		}
	}
	if !r.failed {
		r.next()
	}
	r.context = outer
	e := r.of(code.Map, start, r.popped(items)...)
	if len(r.keys) > keys {
		e.Keys = append([]string(nil), r.keys[keys:]...)
		r.keys = r.keys[:keys]
	}
	return e
}

// property reads a member of an object literal.
func (r *reader) property() (string, *code.Expr) {
	start := r.tok.start
	if r.accept(spread) {
		value := r.assignment()
		return "", r.of(code.Spread, start, value)
	}
	flags := r.propertyModifiers()
	k := r.propertyKey()
	r.sideEffects(k.computed)
	switch r.tok.kind {
	case '(', '<':
		index := r.function(function{start: start, name: k.text, named: k.token, flags: flags, class: code.Module})
		return k.text, r.reference(index, start)
	case ':':
		r.next()
		value := r.assignment()
		r.nameAnonymous(value, k.text)
		return k.text, value
	case '=': // in a pattern
		name := r.nameOf(k.token)
		r.next()
		value := r.assignment()
		r.nameAnonymous(value, k.text)
		return k.text, r.of(code.Choice, start, name, value)
	default:
		if k.token.kind != word || isReserved(k.text) {
			r.fail()
		}
		if k.text == "undefined" {
			return k.text, r.expr(code.Null, k.text, start)
		}
		return k.text, r.nameOf(k.token)
	}
}

// nameOf returns the expression of a token that is a name.
func (r *reader) nameOf(t token) *code.Expr {
	e := r.expr(code.Name, t.text, t.start)
	e.Range.End = t.end
	return e
}

// flags are the modifiers of a function.
type flags struct{ async, generator bool }

// propertyModifiers reads async, get, set and * before the name of a property.
func (r *reader) propertyModifiers() flags {
	var f flags
	if r.is("async") || r.is("get") || r.is("set") {
		next := r.peek()
		switch next.kind {
		case word, private, str, number, '[', '*':
			if !next.newline || r.tok.text != "async" {
				f.async = r.tok.text == "async"
				r.next()
			}
		default:
		}
	}
	f.generator = r.accept('*')
	return f
}
