package ecmascript

import (
	"strconv"

	"lintel/parsers/handler/code"
)

// declaration reads a declaration, if the word at the token begins one.
func (r *reader) declaration(exported bool) bool {
	start := r.tok.start
	switch {
	case r.tok.kind != word:
		return false
	case r.typed && r.is("const") && r.isNext("enum"):
		r.next()
		r.enumDeclaration(start, exported)
	case r.isVariables():
		r.variables(exported)
		r.semicolon()
	case r.is("function"):
		r.functionDeclaration(start, false, exported)
	case r.isAsyncFunction():
		r.next()
		r.functionDeclaration(start, true, exported)
	case r.is("class"):
		r.classDeclaration(start, exported)
	default:
		return r.typed && r.typeDeclaration(exported)
	}
	return true
}

// isAsyncFunction reports whether the token is async before the word function.
func (r *reader) isAsyncFunction() bool {
	if !r.is("async") {
		return false
	}
	next := r.peek()
	return next.kind == word && next.text == "function" && !next.newline
}

// functionDeclaration reads a function from the word function.
func (r *reader) functionDeclaration(start int, async, exported bool) {
	f := function{start: start, class: code.Module, flags: flags{async: async}}
	r.next()
	f.generator = r.accept('*')
	f.name, f.named = r.tok.text, r.tok
	r.expect(word)
	r.function(f)
	r.declared(f.name, exported, code.Range{Start: f.named.start, End: f.named.end})
}

// declared adds an export for the name of an exported declaration.
func (r *reader) declared(name string, exported bool, place code.Range) {
	if !exported || r.namespaces > 0 || r.failed {
		return
	}
	if n := len(r.file.Exports); n > 0 && r.file.Exports[n-1].Name == name && r.file.Exports[n-1].Local == name {
		return // another signature of the same function
	}
	r.file.Exports = append(r.file.Exports, code.Export{Name: name, Local: name, Range: place})
}

// declaredIn adds exports for the names of a pattern.
func (r *reader) declaredIn(target *code.Expr, exported bool) {
	if !exported {
		return
	}
	switch target.Kind {
	case code.Name:
		r.declared(target.Text, exported, target.Range)
	case code.Choice, code.Spread:
		r.declaredIn(target.Items[0], exported)
	case code.List, code.Map:
		for _, item := range target.Items {
			r.declaredIn(item, exported)
		}
	default:
	}
}

// isVariables reports whether the token begins a declaration of variables.
func (r *reader) isVariables() bool {
	if r.tok.kind != word {
		return false
	}
	switch r.tok.text {
	case "var", "const":
		return true
	case "let":
		next := r.peek()
		return next.kind == '[' || next.kind == '{' || isName(next)
	case "using":
		next := r.peek()
		return isName(next) && !next.newline && next.text != "of"
	case "await":
		return r.isAwaitUsing(r.peek())
	default:
		return false
	}
}

func (r *reader) isAwaitUsing(next token) bool {
	if next.kind != word || next.text != "using" || next.newline {
		return false
	}
	name := r.scan(next.end)
	return isName(name) && !name.newline
}

// isName reports whether a token is a word and no operator.
func isName(t token) bool { return t.kind == word && t.text != "in" && t.text != "instanceof" }

// variables reads the declarations of variables after their keyword.
func (r *reader) variables(exported bool) {
	r.keyword()
	for !r.failed {
		start, slot := r.tok.start, r.reserve()
		target := r.pattern()
		r.variableType()
		r.declaredIn(target, exported)
		r.initialized(slot, target, start)
		if !r.accept(',') {
			return
		}
	}
}

// keyword consumes const, let, var, using or await using.
func (r *reader) keyword() {
	r.acceptWord("await")
	r.next()
}

func (r *reader) variableType() {
	if r.typed {
		if r.tok.kind == '!' {
			r.next()
		}
		r.skipAnnotation()
	}
}

// initialized reads the value of a variable.
func (r *reader) initialized(slot int, target *code.Expr, start int) {
	if !r.accept('=') {
		return
	}
	value := r.assignment()
	actual := value
	if r.isAssigned(value) {
		actual = r.assigned.value
	}
	r.nameFunction(actual, target)
	r.bind(slot, target, value, start)
	r.importsAssigned(target, actual)
}

// loopVariables reads the variables in the head of a for statement. It returns the pattern if there is one without a value.
func (r *reader) loopVariables(slot, start int) *code.Expr {
	r.keyword()
	var target *code.Expr
	for n := 0; !r.failed; n++ {
		first := r.tok.start
		if n > 0 {
			slot = r.reserve()
		} else {
			first = start
		}
		target = r.pattern()
		r.variableType()
		if n == 0 && (r.is("of") || r.is("in")) {
			return target
		}
		r.initialized(slot, target, first)
		if !r.accept(',') {
			break
		}
	}
	return target
}

// pattern reads a name or a pattern without its default value.
func (r *reader) pattern() *code.Expr {
	defer r.leave()
	start := r.tok.start
	if !r.enter() {
		return r.expr(code.Unknown, "", start)
	}
	switch r.tok.kind {
	case word:
		if isReserved(r.tok.text) {
			r.fail()
		}
		e := r.nameOf(r.tok)
		r.next()
		return e
	case '[':
		return r.listPattern()
	case '{':
		return r.mapPattern()
	default:
		r.fail()
		return r.expr(code.Unknown, "", start)
	}
}

// element reads a pattern with its default value.
func (r *reader) element() *code.Expr {
	start := r.tok.start
	if r.accept(spread) {
		target := r.pattern()
		return r.of(code.Spread, start, target)
	}
	return r.withDefault(r.pattern(), start)
}

func (r *reader) withDefault(target *code.Expr, start int) *code.Expr {
	if !r.accept('=') {
		return target
	}
	value := r.assignment()
	r.nameFunction(value, target)
	return r.of(code.Choice, start, target, value)
}

func (r *reader) listPattern() *code.Expr {
	start, mark := r.tok.start, len(r.stack)
	outer := r.bracket()
	r.next()
	for r.tok.kind != ']' && !r.failed {
		if r.tok.kind == ',' {
			r.stack = append(r.stack, r.expr(code.Null, "", r.tok.start))
		} else {
			r.stack = append(r.stack, r.element())
		}
		if r.tok.kind != ']' {
			r.expect(',')
		}
	}
	r.expect(']')
	r.context = outer
	return r.of(code.List, start, r.popped(mark)...)
}

func (r *reader) mapPattern() *code.Expr {
	start, mark, keys := r.tok.start, len(r.stack), len(r.keys)
	outer := r.bracket()
	r.next()
	for r.tok.kind != '}' && !r.failed {
		name, target := r.patternProperty()
		r.keys = append(r.keys, name)
		r.stack = append(r.stack, target)
		if r.tok.kind != '}' {
			r.expect(',')
		}
	}
	if !r.failed {
		r.next()
	}
	r.context = outer
	e := r.of(code.Map, start, r.popped(mark)...)
	e.Keys = append([]string(nil), r.keys[keys:]...)
	r.keys = r.keys[:keys]
	return e
}

func (r *reader) patternProperty() (string, *code.Expr) {
	start := r.tok.start
	if r.tok.kind == spread {
		return "", r.element()
	}
	k := r.propertyKey()
	r.sideEffects(k.computed)
	if r.accept(':') {
		return k.text, r.element()
	}
	if k.token.kind != word {
		r.fail()
	}
	return k.text, r.withDefault(r.nameOf(k.token), start)
}

// bind adds the assignments of a value to a target. A pattern is taken apart if the value is a name or a member of a name.
func (r *reader) bind(slot int, target, value *code.Expr, start int) {
	if target.Kind != code.List && target.Kind != code.Map || !isPath(value) || len(target.Items) == 0 {
		r.fill(slot, code.Assign, target, value, start)
		return
	}
	for i, item := range target.Items {
		if i > 0 {
			slot = r.reserve()
		}
		if item.Kind == code.Null { // a hole
			continue
		}
		r.bindPart(slot, target, i, value, start)
	}
}

func isPath(e *code.Expr) bool {
	for e.Kind == code.Member {
		e = e.Items[0]
	}
	return e.Kind == code.Name
}

// bindPart adds the assignment of a part of a value to an item of a pattern.
func (r *reader) bindPart(slot int, pattern *code.Expr, i int, value *code.Expr, start int) {
	item := pattern.Items[i]
	place := item.Range.Start
	var part *code.Expr
	switch {
	case item.Kind == code.Spread:
		rest := r.of(code.Spread, place, value)
		part, item = r.of(pattern.Kind, place, rest), item.Items[0]
		if pattern.Kind == code.Map {
			part.Keys = r.noKeys(1)
		}
	case pattern.Kind == code.List:
		part = r.of(code.Index, place, value, r.expr(code.Number, strconv.Itoa(i), place))
	case pattern.Keys[i] == "":
		part = r.of(code.Unknown, place, value)
	default:
		part = r.of(code.Member, place, value)
		part.Text = pattern.Keys[i]
	}
	part.Range = item.Range
	if item.Kind == code.Choice && len(item.Items) == 2 {
		part.Range = item.Items[0].Range
		part = r.of(code.Choice, place, part, item.Items[1])
		part.Range, item = item.Range, item.Items[0]
	}
	r.bind(slot, item, part, start)
}
