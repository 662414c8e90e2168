package ecmascript

import "lintel/parsers/handler/code"

// typeDeclaration reads a declaration that only TypeScript has, if the word at the token begins one.
func (r *reader) typeDeclaration(exported bool) bool {
	next := r.peek()
	if r.is("enum") {
		r.enumDeclaration(r.tok.start, exported)
		return true
	}
	if next.newline {
		return false
	}
	named := isName(next) && next.text != "of" && next.text != "as"
	switch r.tok.text {
	case "namespace", "module", "global":
		return r.namespaceDeclaration(next, named, exported)
	case "interface", "type", "declare", "abstract":
		return named && r.namedDeclaration(next, exported)
	default:
		return false
	}
}

// namedDeclaration reads a declaration whose first word is before another word.
func (r *reader) namedDeclaration(next token, exported bool) bool {
	start := r.tok.start
	switch r.tok.text {
	case "interface":
		r.interfaceDeclaration()
	case "type":
		if !r.isTypeAlias(next) {
			return false
		}
		r.typeAlias()
	case "declare":
		r.ambient(exported)
	default:
		if next.text != "class" {
			return false
		}
		r.next()
		r.classDeclaration(start, exported)
	}
	return true
}

func (r *reader) isTypeAlias(name token) bool {
	after := r.scan(name.end)
	return after.kind == '=' || after.kind == '<'
}

func (r *reader) interfaceDeclaration() {
	r.next()
	r.expect(word)
	r.skipTypeParameters()
	if r.acceptWord("extends") {
		r.skipTypes()
	}
	if r.tok.kind != '{' {
		r.fail()
	}
	r.skipBrackets()
}

// skipTypes skips types with commas.
func (r *reader) skipTypes() {
	r.readType()
	for r.accept(',') {
		r.readType()
	}
}

func (r *reader) typeAlias() {
	r.next()
	r.expect(word)
	r.skipTypeParameters()
	r.expect('=')
	r.readType()
	r.semicolon()
}

// enumDeclaration reads an enum as the assignment of an object literal.
func (r *reader) enumDeclaration(start int, exported bool) {
	r.next()
	name := r.nameOf(r.tok)
	r.expect(word)
	slot, mark := r.reserve(), len(r.stack)
	first := r.tok.start
	r.expect('{')
	var keys []string
	for r.tok.kind != '}' && !r.failed {
		member := r.tok.start
		k := r.propertyKey()
		value := r.expr(code.Unknown, "", member)
		if r.accept('=') {
			value = r.assignment()
		}
		r.stack = append(r.stack, value)
		keys = append(keys, k.text)
		if r.tok.kind != '}' {
			r.expect(',')
		}
	}
	r.expect('}')
	value := r.of(code.Map, first, r.popped(mark)...)
	value.Keys = keys
	r.fill(slot, code.Assign, name, value, start)
	r.declared(name.Text, exported, name.Range)
}

// namespaceDeclaration reads `namespace N {}`; the contents of modules that are declared elsewhere are skipped.
func (r *reader) namespaceDeclaration(next token, named, exported bool) bool {
	isGlobal := r.is("global")
	switch {
	case isGlobal && next.kind != '{', !isGlobal && next.kind != str && !named:
		return false
	case isGlobal:
		r.next()
		r.skipBrackets()
		return true
	case next.kind == str:
		r.next()
		r.next()
		if r.tok.kind == '{' {
			r.skipBrackets()
		} else {
			r.semicolon()
		}
		return true
	}
	if after := r.scan(next.end).kind; after != '{' && after != '.' {
		return false
	}
	r.next()
	name := r.tok
	r.next()
	for r.accept('.') {
		r.expect(word)
	}
	r.declared(name.text, exported, code.Range{Start: name.start, End: name.end})
	r.namespaces++
	r.block()
	r.namespaces--
	return true
}

// ambient reads a declaration of something that exists elsewhere. Only the names that it exports remain.
func (r *reader) ambient(exported bool) {
	r.next()
	if (r.is("namespace") || r.is("module")) && r.peek().kind == word {
		r.next()
		name := r.tok
		r.next()
		for r.accept('.') {
			r.expect(word)
		}
		r.declared(name.text, exported, code.Range{Start: name.start, End: name.end})
		if r.tok.kind != '{' {
			r.fail()
		}
		r.skipBrackets()
		return
	}
	before := r.save()
	if !r.declaration(exported) {
		r.fail()
	}
	exports := r.file.Exports
	if r.failed || len(exports) < before.exports {
		return
	}
	added := exports[before.exports:]
	unread := r.file.Unread
	r.forget(before)
	r.file.Exports = append(r.file.Exports, added...)
	if len(unread) > before.unread { // errors within the declaration
		r.file.Unread = unread
	}
}
