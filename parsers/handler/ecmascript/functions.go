package ecmascript

import (
	"strconv"

	"lintel/parsers/handler/code"
)

// function is what is known of a function before its parameters are read.
type function struct {
	flags
	start      int
	name       string
	named      token // the name, or the first token of an anonymous function
	class      int   // of a method
	decorators []*code.Expr
}

// reference returns the expression that is a function. A signature is no expression.
func (r *reader) reference(index, start int) *code.Expr {
	if index == code.Module {
		r.fail()
		return r.expr(code.Unknown, "", start)
	}
	e := r.expr(code.Func, "", start)
	e.Function = index
	return e
}

// open adds a function and makes it the context.
func (r *reader) open(f function) (index int, outer context) {
	index = len(r.file.Functions)
	r.file.Functions = append(r.file.Functions, code.Function{
		Name: f.name, Parent: r.context.function, Class: f.class, Decorators: f.decorators, IsAsync: f.async,
		Range: code.Range{Start: f.start, End: f.start}, NameRange: code.Range{Start: f.named.start, End: f.named.end},
	})
	outer = r.context
	r.context = context{function: index, class: code.Module, try: outer.try, generator: f.generator}
	return index, outer
}

// close completes a function.
func (r *reader) close(index int, outer context) {
	r.context = outer
	if index < len(r.file.Functions) {
		f := &r.file.Functions[index]
		f.Range.End = max(f.Range.Start, r.end)
	}
}

// function reads type parameters, parameters, the type of the result and the body. A signature without a body, which TypeScript
// permits, is no function: it returns Module.
func (r *reader) function(f function) int {
	before := r.save()
	index, outer := r.open(f)
	r.skipTypeParameters()
	r.parameters()
	r.skipAnnotation()
	if r.typed && r.tok.kind != '{' && !r.failed {
		r.context = outer
		r.forget(before)
		r.semicolon()
		return code.Module
	}
	r.block()
	r.close(index, outer)
	return index
}

// functionExpression reads a function from the word function.
func (r *reader) functionExpression(start int, async bool) *code.Expr {
	f := function{start: start, named: r.tok, class: code.Module, flags: flags{async: async}}
	f.named.start = start
	r.next()
	f.generator = r.accept('*')
	if r.tok.kind == word {
		f.name, f.named = r.tok.text, r.tok
		r.next()
	}
	return r.reference(r.function(f), start)
}

// parameters reads the parameters of a function in parentheses.
func (r *reader) parameters() {
	outer := r.bracket()
	r.expect('(')
	for n := 0; r.tok.kind != ')' && !r.failed; n++ {
		r.parameter(n)
		if r.tok.kind != ')' {
			r.expect(',')
		}
	}
	r.expect(')')
	r.context = outer
}

// parameter reads the parameter at a position.
func (r *reader) parameter(n int) {
	start := r.tok.start
	if r.tok.kind == '@' {
		r.decorators(true)
	}
	for r.typed && r.isParameterModifier() {
		r.next()
	}
	rest := r.accept(spread)
	isThis := r.typed && r.is("this")
	target := r.pattern()
	if r.typed {
		r.accept('?')
	}
	r.skipAnnotation()
	if isThis {
		return
	}
	r.bindParameter(target, n, rest, start)
}

// bindParameter adds a parameter, and the assignments of its default value and its pattern.
func (r *reader) bindParameter(target *code.Expr, n int, rest bool, start int) {
	value := target
	if target.Kind != code.Name {
		value = r.expr(code.Name, "arguments["+strconv.Itoa(n)+"]", start)
	}
	if f := r.context.function; f >= 0 && f < len(r.file.Functions) {
		r.file.Functions[f].Parameters = append(r.file.Functions[f].Parameters, value.Text)
	}
	if r.tok.kind == '=' && !rest {
		slot := r.reserve()
		r.next()
		fallback := r.assignment()
		r.nameFunction(fallback, target)
		r.bind(slot, target, r.of(code.Choice, start, value, fallback), start)
		return
	}
	if target != value {
		r.bind(r.reserve(), target, value, start)
	}
}

func (r *reader) isParameterModifier() bool {
	switch {
	case r.tok.kind != word:
		return false
	case r.tok.text == "public", r.tok.text == "private", r.tok.text == "protected", r.tok.text == "readonly", r.tok.text == "override":
		next := r.peek()
		return next.kind == word || next.kind == '{' || next.kind == '['
	default:
		return false
	}
}

// isAsyncArrow reports whether the word async begins an arrow function.
func (r *reader) isAsyncArrow() bool {
	saved := r.tok
	defer func() { r.tok = saved }()
	r.tok = r.peek()
	switch {
	case r.tok.newline:
		return false
	case r.tok.kind == word && r.tok.text != "function":
		next := r.peek()
		return next.kind == arrow && !next.newline
	case r.tok.kind == '(':
		return r.isArrow()
	case r.tok.kind == '<' && r.typed:
		return r.isGenericArrow()
	default:
		return false
	}
}

// isGenericArrow reports whether the token < begins the type parameters of an arrow function.
func (r *reader) isGenericArrow() bool {
	if next := r.peek(); next.kind != word || !r.mayGuess() {
		return false
	}
	before := r.save()
	r.skipTypeParameters()
	ok := !r.failed && r.tok.kind == '(' && r.isArrow()
	r.restore(before)
	return ok
}

// isArrow reports whether the token ( begins the parameters of an arrow function.
func (r *reader) isArrow() bool {
	switch first := r.peek(); first.kind {
	case ')':
		return r.arrowFollows(first.end)
	case spread:
		return true
	case '[', '{', '@':
	case word:
		if !r.isParameterEnd(r.scan(first.end)) {
			return false
		}
	default:
		return false
	}
	closing := r.match(r.tok.start)
	return closing > 0 && r.arrowFollows(closing+1)
}

// isParameterEnd reports whether a token can follow the name of a parameter.
func (r *reader) isParameterEnd(t token) bool {
	switch t.kind {
	case ',', ')', '=':
		return true
	case ':':
		return r.typed
	case '?':
		next := r.scan(t.end).kind
		return r.typed && (next == ':' || next == ',' || next == '=' || next == ')')
	default:
		return false
	}
}

// arrowFollows reports whether an arrow, or a type and an arrow, follow the parameters that end at a position.
func (r *reader) arrowFollows(end int) bool {
	next := r.scan(end)
	if next.kind == arrow {
		return !next.newline
	}
	if !r.typed || next.kind != ':' || !r.mayGuess() {
		return false
	}
	before := r.save()
	r.tok = next
	r.next()
	r.readReturnType()
	ok := !r.failed && r.tok.kind == arrow && !r.tok.newline
	r.restore(before)
	return ok
}

// arrowOrRest reads the arrow function at the token. In the true branch of a conditional expression, `(b) : c => d` may also be
// an operand and the false branch; then it returns nil.
func (r *reader) arrowOrRest() *code.Expr {
	if !r.context.chosen || !r.typed || r.scan(r.match(r.tok.start)+1).kind == arrow || !r.mayGuess() {
		return r.arrowFunction(false)
	}
	before := r.save()
	if e := r.arrowFunction(false); !r.failed && r.tok.kind == ':' {
		return e
	}
	r.restore(before)
	return nil
}

// arrowFunction reads an arrow function from async, its type parameters or its parentheses.
func (r *reader) arrowFunction(async bool) *code.Expr {
	start := r.tok.start
	index, outer := r.open(function{start: start, named: r.tok, class: code.Module, flags: flags{async: async}})
	if async {
		r.next()
	}
	if r.tok.kind == word {
		r.file.Functions[index].Parameters = []string{r.tok.text}
		r.next()
	} else {
		r.skipTypeParameters()
		r.parameters()
		if r.tok.kind == ':' && r.typed {
			r.next()
			r.readReturnType()
		}
	}
	return r.arrowBody(index, outer, start)
}

// shortArrow reads the arrow and body after a single parameter.
func (r *reader) shortArrow(name token) *code.Expr {
	index, outer := r.open(function{start: name.start, named: name, class: code.Module})
	r.file.Functions[index].Parameters = []string{name.text}
	return r.arrowBody(index, outer, name.start)
}

func (r *reader) arrowBody(index int, outer context, start int) *code.Expr {
	r.expect(arrow)
	r.context.chosen = outer.chosen
	if r.tok.kind == '{' {
		r.block()
	} else {
		r.context.noIn = outer.noIn
		slot, begin := r.reserve(), r.tok.start
		value := r.assignment()
		r.fill(slot, code.Return, nil, value, begin)
	}
	r.close(index, outer)
	return r.reference(index, start)
}

// nameAnonymous gives an anonymous function a name.
func (r *reader) nameAnonymous(value *code.Expr, name string) {
	if value.Kind != code.Func || value.Function >= len(r.file.Functions) {
		return
	}
	if f := &r.file.Functions[value.Function]; f.Name == "" {
		f.Name = name
	}
}

func isModuleExports(e *code.Expr) bool {
	return e.Kind == code.Member && e.Text == "exports" && e.Items[0].Kind == code.Name && e.Items[0].Text == "module"
}

// nameFunction gives an anonymous function the name of the variable or property that it is assigned to.
func (r *reader) nameFunction(value, target *code.Expr) {
	switch {
	case value.Kind != code.Func, isModuleExports(target):
	case target.Kind == code.Name, target.Kind == code.Member:
		r.nameAnonymous(value, target.Text)
	case target.Kind == code.Index && target.Items[1].Kind == code.String:
		r.nameAnonymous(value, target.Items[1].Text)
	default:
	}
}
