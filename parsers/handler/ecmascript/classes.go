package ecmascript

import "lintel/parsers/handler/code"

// decorators reads decorators. Evaluated: they become statements.
func (r *reader) decorators(evaluated bool) []*code.Expr {
	mark := len(r.stack)
	for r.tok.kind == '@' && !r.failed {
		outer := r.context
		r.next()
		r.context.decorator = true
		start := r.tok.start
		e := r.chain(r.primary(), start, true)
		r.context = outer
		if evaluated {
			r.emit(code.Evaluate, nil, e, start)
		} else {
			r.stack = append(r.stack, e)
		}
	}
	return r.popped(mark)
}

func (r *reader) classDeclaration(start int, exported bool) {
	index := r.class(start)
	if index < len(r.file.Classes) {
		c := r.file.Classes[index]
		r.declared(c.Name, exported, c.Range)
	}
}

// classExpression reads a class that is a value.
func (r *reader) classExpression() *code.Expr {
	start := r.tok.start
	if !r.is("class") {
		r.fail()
		return r.expr(code.Unknown, "", start)
	}
	r.class(start)
	return r.expr(code.Unknown, "class", start)
}

// class reads a class from the word class.
func (r *reader) class(start int) int {
	index := len(r.file.Classes)
	r.file.Classes = append(r.file.Classes, code.Class{Function: r.context.function})
	r.next()
	if r.tok.kind == word && r.tok.text != "extends" && (r.tok.text != "implements" || r.peek().kind == '{') {
		r.file.Classes[index].Name = r.tok.text
		r.next()
	}
	r.skipTypeParameters()
	r.heritage(index)
	outer := r.bracket()
	r.context.class = index
	r.classBody(index)
	r.context = outer
	r.file.Classes[index].Range = code.Range{Start: start, End: max(start, r.end)}
	return index
}

func (r *reader) heritage(index int) {
	if r.acceptWord("extends") {
		start := r.tok.start
		outer := r.bracket()
		base := r.chain(r.primary(), start, true)
		if r.typed && (r.tok.kind == '<' || r.isShift()) {
			r.typeArguments()
		}
		r.context = outer
		r.file.Classes[index].Bases = r.copied([]*code.Expr{base})
	}
	if r.typed && r.acceptWord("implements") {
		r.skipTypes()
	}
}

func (r *reader) classBody(index int) {
	open := r.tok.start
	r.expect('{')
	for !r.failed {
		switch r.tok.kind {
		case '}':
			r.next()
			return
		case ';':
			r.next()
		case eof:
			r.endsOpen(open)
			return
		default:
			r.recovering(func() {
				if r.enter() {
					r.classMember(index)
				}
				r.leave()
			})
		}
	}
}

// classMember reads a method, a field or a static block.
func (r *reader) classMember(class int) {
	start := r.tok.start
	decorators := r.decorators(false)
	if r.is("static") && r.peek().kind == '{' {
		r.next()
		r.block()
		return
	}
	flags, declared := r.memberModifiers()
	if r.typed && r.tok.kind == '[' && r.isIndexSignature() {
		r.skipBrackets()
		r.skipAnnotation()
		r.semicolon()
		return
	}
	k := r.propertyKey()
	r.sideEffects(k.computed)
	if r.typed && (r.tok.kind == '?' || r.tok.kind == '!') {
		r.next()
	}
	if r.tok.kind == '(' || r.tok.kind == '<' {
		r.function(function{start: start, name: k.text, named: k.token, flags: flags, class: class, decorators: decorators})
		return
	}
	for _, d := range decorators {
		r.emit(code.Evaluate, nil, d, d.Range.Start)
	}
	r.field(k, start, class, declared)
}

// field reads the rest of a field after its name.
func (r *reader) field(k key, start, class int, declared bool) {
	r.skipAnnotation()
	slot := r.reserve()
	if r.accept('=') {
		value := r.assignment()
		r.nameAnonymous(value, k.text)
		if value.Kind == code.Func && value.Function < len(r.file.Functions) {
			r.file.Functions[value.Function].Class = class
		}
		if !declared {
			r.fill(slot, code.Assign, r.nameOf(k.token), value, start)
		}
	}
	r.semicolon()
}

func (r *reader) isIndexSignature() bool {
	name := r.peek()
	return name.kind == word && r.scan(name.end).kind == ':'
}

// memberModifiers reads the words before the name of a member.
func (r *reader) memberModifiers() (f flags, declared bool) {
	for r.tok.kind == word && r.isMemberModifier() && r.modifies(r.peek()) {
		f.async = f.async || r.tok.text == "async"
		declared = declared || r.tok.text == "declare"
		r.next()
	}
	f.generator = r.accept('*')
	return f, declared
}

// modifies reports whether the word at the token is a modifier of what follows, and no name.
func (r *reader) modifies(next token) bool {
	switch next.kind {
	case word, private, str, number, '[':
		return !next.newline || r.is("static") || r.is("get") || r.is("set") || r.isAccess()
	case '*':
		return !next.newline
	default:
		return false
	}
}

func (r *reader) isAccess() bool {
	return r.typed && (r.is("public") || r.is("private") || r.is("protected"))
}

func (r *reader) isMemberModifier() bool {
	switch r.tok.text {
	case "static", "async", "get", "set", "accessor":
		return true
	case "public", "private", "protected", "readonly", "abstract", "override", "declare":
		return r.typed
	default:
		return false
	}
}
