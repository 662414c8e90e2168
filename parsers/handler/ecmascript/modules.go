package ecmascript

import "lintel/parsers/handler/code"

// moduleStatement reads an import or export declaration, if the word at the token begins one.
func (r *reader) moduleStatement() bool {
	switch r.tok.text {
	case "import":
		if next := r.peek(); next.kind == '(' || next.kind == '.' {
			return false
		}
		r.importDeclaration(false)
	case "export":
		r.export()
	default:
		return false
	}
	return true
}

// addImport adds an import of the names of a static declaration; its module follows in the text.
func (r *reader) addImport(name, as string, isType bool, start int) {
	r.file.Imports = append(r.file.Imports, code.Import{
		Name: name, As: as, IsType: isType, Function: r.context.function, Try: r.context.try, Range: code.Range{Start: start, End: max(start, r.end)},
	})
}

// importDeclaration reads an import declaration.
func (r *reader) importDeclaration(exported bool) {
	start, first := r.tok.start, len(r.file.Imports)
	r.next()
	if r.tok.kind == str {
		module := r.tok.text
		r.next()
		r.addImport("", "", false, start)
		r.file.Imports[first].Module = module
		r.attributes()
		r.semicolon()
		return
	}
	isType := r.importModifier()
	if r.typed && r.tok.kind == word && r.peek().kind == '=' {
		r.importAlias(start, isType, exported)
		return
	}
	r.importClause(isType)
	if !r.acceptWord("from") {
		r.fail()
	}
	module := r.tok.text
	if r.tok.kind != str {
		r.file.Imports = r.file.Imports[:min(first, len(r.file.Imports))]
	}
	r.expect(str)
	for i := first; i < len(r.file.Imports); i++ {
		r.file.Imports[i].Module = module
	}
	r.attributes()
	r.semicolon()
}

// importModifier reads type, defer or source before the names.
func (r *reader) importModifier() (isType bool) {
	isType = r.typed && r.is("type")
	if !isType && !r.is("defer") && !r.is("source") {
		return false
	}
	next := r.peek()
	isFrom := next.kind == word && next.text == "from" // `import type from "x"` imports a default named type
	if isFrom {
		after := r.scan(next.end)
		isFrom = after.kind == str
	}
	if next.kind != '{' && next.kind != '*' && (next.kind != word || isFrom) {
		return false
	}
	r.next()
	return isType
}

// importClause reads the names of an import declaration.
func (r *reader) importClause(isType bool) {
	if r.tok.kind == word {
		start, name := r.tok.start, r.tok.text
		r.next()
		r.addImport("default", name, isType, start)
		if !r.accept(',') {
			return
		}
	}
	start := r.tok.start
	if r.accept('*') {
		if !r.acceptWord("as") {
			r.fail()
		}
		name := r.tok.text
		r.expect(word)
		r.addImport("*", name, isType, start)
		return
	}
	r.specifiers(func(name, as string, typeOnly bool, start int) { r.addImport(name, as, isType || typeOnly, start) })
}

// specifiers reads names in braces, such as { a, b as c, type D }.
func (r *reader) specifiers(add func(name, as string, typeOnly bool, start int)) {
	r.expect('{')
	for r.tok.kind != '}' && !r.failed {
		start, typeOnly := r.tok.start, false
		if r.typed && r.is("type") && r.isTypeSpecifier() {
			typeOnly = true
			r.next()
		}
		name := r.specifierName()
		as := name
		if r.acceptWord("as") {
			as = r.specifierName()
		}
		if !r.failed {
			add(name, as, typeOnly, start)
		}
		if r.tok.kind != '}' {
			r.expect(',')
		}
	}
	r.expect('}')
}

// isTypeSpecifier reports whether the word type is a modifier: not in { type }, { type as x }; but in { type as as x }.
func (r *reader) isTypeSpecifier() bool {
	next := r.peek()
	if next.kind != word && next.kind != str {
		return false
	}
	if next.text != "as" || next.kind == str {
		return true
	}
	after := r.scan(next.end)
	if after.kind != word { // { type as }
		return true
	}
	return after.text == "as" && r.scan(after.end).kind == word
}

func (r *reader) specifierName() string {
	name := r.tok.text
	if !r.accept(word) {
		r.expect(str)
	}
	return name
}

// attributes skips `with { type: "json" }`.
func (r *reader) attributes() {
	if (r.is("with") || r.is("assert") && !r.tok.newline) && r.peek().kind == '{' {
		r.next()
		r.skipBrackets()
	}
}

// importAlias reads `import x = require("y")` and `import x = A.B`.
func (r *reader) importAlias(start int, isType, exported bool) {
	name := r.nameOf(r.tok)
	r.next()
	r.next()
	r.declared(name.Text, exported, name.Range)
	if r.is("require") && r.peek().kind == '(' {
		r.next()
		r.next()
		r.addImport("", name.Text, isType, start)
		r.file.Imports[len(r.file.Imports)-1].Module = r.tok.text
		r.expect(str)
		r.expect(')')
	} else {
		first := r.tok.start
		value := r.chain(r.primary(), first, false)
		if !isType {
			r.emit(code.Assign, name, value, start)
		}
	}
	r.semicolon()
}

// export reads an export declaration.
func (r *reader) export() {
	start := r.tok.start
	r.next()
	switch {
	case r.is("default"):
		r.next()
		r.exportDefault(start)
	case r.tok.kind == '*':
		r.exportAll(start, false)
	case r.tok.kind == '{':
		r.exportNames(false)
	case r.tok.kind == '@':
		r.decorators(true)
		if !r.declaration(true) {
			r.fail()
		}
	case r.is("import"):
		r.importDeclaration(true)
	case r.tok.kind == '=':
		r.next()
		first := r.tok.start
		value := r.assignment()
		r.exportsValue(value, first)
		r.evaluate(value)
		r.semicolon()
	case r.is("as") && r.isNext("namespace"):
		r.next()
		r.next()
		r.expect(word)
		r.semicolon()
	default:
		r.exportTyped(start)
	}
}

// exportTyped reads `export type` and `export` with a declaration.
func (r *reader) exportTyped(start int) {
	if r.typed && r.is("type") {
		switch next := r.peek(); next.kind {
		case '{':
			r.next()
			r.exportNames(true)
			return
		case '*':
			r.next()
			r.exportAll(start, true)
			return
		default:
		}
	}
	if !r.declaration(true) {
		r.fail()
	}
}

func (r *reader) addExport(e code.Export) {
	if r.namespaces == 0 && !r.failed {
		r.file.Exports = append(r.file.Exports, e)
	}
}

func (r *reader) exportAll(start int, isType bool) {
	r.next()
	e := code.Export{Name: "*"}
	if r.acceptWord("as") {
		e.Name, e.Local = r.specifierName(), "*"
	}
	r.exportFrom(&e)
	e.Range = code.Range{Start: start, End: r.end}
	if !isType {
		r.addExport(e)
	}
}

// exportFrom reads `from "module"`.
func (r *reader) exportFrom(e *code.Export) {
	if !r.acceptWord("from") {
		r.fail()
	}
	e.From = r.tok.text
	r.expect(str)
	r.attributes()
	r.semicolon()
}

// exportNames reads `{ a, b as c }` with or without `from`.
func (r *reader) exportNames(isType bool) {
	first := len(r.file.Exports)
	r.specifiers(func(name, as string, typeOnly bool, start int) {
		if !isType && !typeOnly {
			r.addExport(code.Export{Name: as, Local: name, Range: code.Range{Start: start, End: r.end}})
		}
	})
	if !r.is("from") {
		r.semicolon()
		return
	}
	var from code.Export
	r.exportFrom(&from)
	for i := first; i < len(r.file.Exports); i++ {
		r.file.Exports[i].From = from.From
	}
}

// exportDefault reads the rest of `export default`.
func (r *reader) exportDefault(start int) {
	e := code.Export{Name: "default", Range: code.Range{Start: start, End: r.end}}
	if r.tok.kind == '@' {
		r.decorators(true)
	}
	if r.typed && r.is("abstract") && r.isNext("class") {
		r.next()
	}
	switch {
	case r.typed && r.is("interface") && r.peek().kind == word:
		r.interfaceDeclaration()
		return
	case r.is("class"):
		if index := r.class(r.tok.start); index < len(r.file.Classes) {
			e.Local = r.file.Classes[index].Name
		}
	case r.is("function"), r.isAsyncFunction():
		r.exportDefaultFunction(&e)
	default:
		r.exportDefaultValue(&e)
	}
	r.addExport(e)
}

func (r *reader) exportDefaultValue(e *code.Export) {
	slot, start := r.reserve(), r.tok.start
	e.Value = r.assignment()
	if e.Value.Kind == code.Name {
		e.Local = e.Value.Text
	}
	if !r.isNoise(e.Value) {
		r.fill(slot, code.Evaluate, nil, e.Value, start)
	}
	r.semicolon()
}

// exportDefaultFunction reads a function declaration, which may have no name.
func (r *reader) exportDefaultFunction(e *code.Export) {
	start := r.tok.start
	f := function{start: start, named: r.tok, class: code.Module}
	f.async = r.acceptWord("async")
	r.next()
	f.generator = r.accept('*')
	if r.tok.kind == word {
		f.name, f.named = r.tok.text, r.tok
		r.next()
	}
	e.Local = f.name
	if index := r.function(f); index != code.Module {
		e.Value = r.reference(index, start)
	}
}
