package python

import "lintel/parsers/handler/code"

// decorated reads decorators, and the function or class after them.
func (r *reader) decorated() {
	start := r.startOf()
	isFunction := r.decoratesFunction()
	index := len(r.file.Functions)
	if isFunction {
		r.file.Functions = append(r.file.Functions, code.Function{}) // before the functions in its decorators
	}
	var decorators []*code.Expr
	for r.more && r.peek() == at {
		if e := r.decorator(); e != nil && isFunction {
			decorators = append(decorators, e)
			r.flush()
		} else if e != nil {
			r.evaluate(e)
		}
		r.endLine()
	}
	if isFunction && r.startsFunction() {
		r.functionAt(index, start, decorators)
		return
	}
	if isFunction {
		r.orphaned(index, start, decorators)
	}
	if r.more && r.peek() == kwClass {
		r.classDefinition(start)
	} else {
		r.unread(start, r.lastEnd)
	}
}

// decorator parses the line of a decorator. It returns nil if that fails.
func (r *reader) decorator() *code.Expr {
	m := r.mark()
	r.i++
	e := r.named()
	if r.peek() != end {
		r.fail()
	}
	if r.failed {
		r.rollback(m)
		return nil
	}
	return e
}

// orphaned replaces a function that turned out not to be there.
func (r *reader) orphaned(index, start int, decorators []*code.Expr) {
	r.file.Functions[index] = code.Function{
		Parent: r.scope.function, Class: code.Module, Decorators: decorators,
		Range: code.Range{Start: start, End: r.lastEnd}, NameRange: code.Range{Start: start, End: start},
	}
}

func (r *reader) startsFunction() bool {
	return r.more && (r.peek() == kwDef || r.peek() == kwAsync && r.after() == kwDef)
}

// decoratesFunction reports whether the decorators from the current line on are those of a function. The lines are read again.
func (r *reader) decoratesFunction() bool {
	start, column, lastEnd := r.start, r.column, r.lastEnd
	for r.more && r.peek() == at {
		r.advance()
	}
	isFunction := r.startsFunction()
	r.budget -= r.pos - start
	r.again(start, column)
	r.lastEnd = lastEnd
	return isFunction
}

// function reads the definition of a function.
func (r *reader) function(start int, decorators []*code.Expr) {
	index := len(r.file.Functions)
	r.file.Functions = append(r.file.Functions, code.Function{})
	r.functionAt(index, start, decorators)
}

func (r *reader) functionAt(index, start int, decorators []*code.Expr) {
	column, outer := r.column, r.scope
	effects, raises := r.effects, r.raises
	isAsync := r.accept(kwAsync)
	r.i++
	named := r.tokens[r.i]
	r.expect(name)
	m := r.mark()
	r.file.Functions[index] = code.Function{
		Name: r.text(named), Parent: outer.function, Class: outer.class, Decorators: decorators, IsAsync: isAsync,
		Range: code.Range{Start: start}, NameRange: code.Range{Start: named.start, End: named.end},
	}
	r.typeParameters()
	r.expect(leftParen)
	r.file.Functions[index].Parameters = r.parameters(rightParen)
	r.expect(rightParen)
	if r.accept(arrow) {
		r.annotation(r.tuple())
	}
	if r.peek() != colon {
		r.fail()
	}
	if r.failed {
		r.rollback(m)
	}
	r.flush()
	r.scope = scope{function: index, class: code.Module, try: code.Module, typing: outer.typing}
	r.suite(column)
	r.scope, r.effects, r.raises = outer, effects+1, raises
	r.file.Functions[index].Range.End = r.lastEnd
}

// parameters parses parameters up to a closing token. Their defaults and annotations are statements of the enclosing scope.
func (r *reader) parameters(closing kind) []string {
	base := len(r.keys)
	for !r.failed && r.peek() != closing {
		r.parameter(closing)
		if !r.accept(comma) {
			break
		}
	}
	names := append([]string(nil), r.keys[min(base, len(r.keys)):]...)
	r.keys = r.keys[:min(base, len(r.keys))]
	return names
}

func (r *reader) parameter(closing kind) {
	switch {
	case r.peek() == times: // only positional parameters before it
		r.i++
		return
	case r.accept(star):
		if r.peek() == comma {
			return
		}
	case r.accept(doubleStar):
	case r.peek() == leftParen: // Python 2
		r.unpacked()
		r.defaultValue()
		return
	}
	r.keys = append(r.keys, r.identifier())
	if closing == rightParen && r.accept(colon) {
		r.annotation(r.starred())
	}
	r.defaultValue()
}

// defaultValue parses an optional default.
func (r *reader) defaultValue() {
	if !r.accept(assign) {
		return
	}
	e := r.test()
	r.within(code.Evaluate, nil, e, e.Range.Start)
}

// unpacked parses a parameter of Python 2 that is a tuple.
func (r *reader) unpacked() {
	for e := range r.parenthesized().All() {
		if e.Kind == code.Name {
			r.keys = append(r.keys, e.Text)
		}
	}
}

// typeParameters parses optional type parameters.
func (r *reader) typeParameters() {
	if !r.accept(leftSquare) {
		return
	}
	for !r.failed && r.peek() != rightSquare {
		if !r.accept(star) {
			r.accept(doubleStar)
		}
		r.expect(name)
		if r.accept(colon) {
			r.annotation(r.test())
		}
		if r.accept(assign) {
			r.annotation(r.starred())
		}
		if !r.accept(comma) {
			break
		}
	}
	r.expect(rightSquare)
}

// lambda parses an anonymous function, whose body is a statement that returns it.
func (r *reader) lambda() *code.Expr {
	keyword := r.take()
	index, outer := len(r.file.Functions), r.scope
	r.file.Functions = append(r.file.Functions, code.Function{
		Parent: outer.function, Class: code.Module,
		Range: code.Range{Start: keyword.start}, NameRange: code.Range{Start: keyword.start, End: keyword.end},
	})
	r.file.Functions[index].Parameters = r.parameters(colon)
	r.expect(colon)
	r.scope = scope{function: index, class: code.Module, try: code.Module, typing: outer.typing}
	body := r.test()
	r.within(code.Return, nil, body, body.Range.Start)
	r.scope = outer
	r.file.Functions[index].Range.End = r.endOf()
	e := r.expr(code.Func, keyword.start, r.endOf())
	e.Function = index
	return e
}

// classDefinition reads the definition of a class.
func (r *reader) classDefinition(start int) {
	column, outer, index := r.column, r.scope, len(r.file.Classes)
	r.effects++
	r.i++
	named := r.tokens[r.i]
	r.expect(name)
	r.file.Classes = append(r.file.Classes, code.Class{Name: r.text(named), Function: outer.function, Range: code.Range{Start: start}})
	m := r.mark()
	r.typeParameters()
	if r.peek() == leftParen && !r.failed {
		r.bases(index)
	}
	if r.peek() != colon {
		r.fail()
	}
	if r.failed {
		r.rollback(m)
		r.file.Classes[index].Bases = nil
	}
	r.scope.class = index
	r.suite(column)
	r.scope = outer
	r.file.Classes[index].Range.End = r.lastEnd
}

// bases parses the arguments of a class definition. Keyword arguments are statements.
func (r *reader) bases(index int) {
	call := r.call(nil, r.startOf())
	for i, argument := range call.Items {
		switch {
		case argument == nil: // the callee
		case call.Keys[i] != "":
			r.within(code.Evaluate, nil, argument, argument.Range.Start)
		default:
			r.file.Classes[index].Bases = append(r.file.Classes[index].Bases, argument)
		}
	}
	r.flush()
}
