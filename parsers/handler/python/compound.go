package python

import (
	"unicode"
	"unicode/utf8"

	"lintel/parsers/handler/code"
)

// header ends the head of a compound statement, whose expressions are dropped if it cannot be parsed, and reads its block.
func (r *reader) header(m mark, column int) {
	if r.peek() != colon {
		r.fail()
	}
	if r.failed {
		r.rollback(m)
	}
	r.suite(column)
}

// suite reads the block of a compound statement, whose head is read up to its colon.
func (r *reader) suite(column int) {
	r.expect(colon)
	switch {
	case r.failed:
		r.effects++
		r.recover(true)
	case r.peek() != end:
		r.simpleLine()
		return
	default:
		start, stop := r.start, r.endOf()
		r.advance()
		if !r.more || r.column <= column {
			r.unread(start, stop) // the block is missing
			r.effects++
		}
	}
	r.block(column)
}

// continued reports whether the next logical line continues a compound statement with a keyword.
func (r *reader) continued(column int, k kind) bool {
	return r.more && r.column == column && r.peek() == k
}

// otherwise reads an optional else branch.
func (r *reader) otherwise(column int) {
	if r.continued(column, kwElse) {
		r.i++
		r.suite(column)
	}
}

// conditional reads if and while statements.
func (r *reader) conditional() {
	column, typing, branch := r.column, r.scope.typing, r.scope.branch
	r.effects++
	for {
		m := r.mark()
		r.i++
		condition := r.named()
		r.evaluate(condition)
		path, _ := condition.Path()
		r.scope.typing = typing || path == "TYPE_CHECKING" || path == "typing.TYPE_CHECKING"
		r.scope.branch = true
		start := r.endOf()
		r.header(m, column)
		r.scope.typing = typing
		if isScript(condition) {
			r.file.Scripts = append(r.file.Scripts, code.Range{Start: start, End: r.lastEnd})
		}
		if !r.continued(column, kwElif) {
			break
		}
	}
	r.otherwise(column)
	r.scope.branch = branch
}

// isScript reports whether a condition is __name__ == "__main__".
func isScript(condition *code.Expr) bool {
	if condition.Kind != code.Unknown || condition.Text != "==" || len(condition.Items) != 2 { //nolint:mnd // both sides
		return false
	}
	left, right := condition.Items[0], condition.Items[1]
	return left.Kind == code.Name && left.Text == "__name__" && right.Kind == code.String && right.Text == "__main__"
}

// loop reads a for statement. The variables get an unknown value, whose item is the iterated one.
func (r *reader) loop() {
	column, m := r.column, r.mark()
	r.effects++
	r.i++
	start := r.startOf()
	target := r.targets()
	r.expect(kwIn)
	iterated := r.tuple()
	r.assign(target, r.tree(code.Unknown, iterated.Range.Start, iterated.Range.End, iterated), start)
	r.flush()
	r.header(m, column)
	r.otherwise(column)
}

// with reads a with statement.
func (r *reader) with() {
	column, m := r.column, r.mark()
	r.effects++
	r.i++
	isOpen := r.parenthesizedItems()
	if isOpen {
		r.i++
	}
	for !r.failed && r.startsExpr() {
		start := r.startOf()
		manager := r.starred()
		if r.accept(kwAs) {
			r.assign(r.target(), manager, start)
			r.flush()
		} else {
			r.evaluate(manager)
		}
		if !r.accept(comma) {
			break
		}
	}
	if isOpen {
		r.expect(rightParen)
	}
	r.header(m, column)
}

// parenthesizedItems reports whether the next token opens the parentheses around all items of a with statement: the first
// bracket contains "as" and is closed before the colon.
func (r *reader) parenthesizedItems() bool {
	if r.peek() != leftParen {
		return false
	}
	depth, hasAs := 0, false
	for i, t := range r.tokens[r.i:] {
		switch t.kind {
		case leftParen, leftSquare, leftCurly:
			depth++
		case rightParen, rightSquare, rightCurly:
			if depth--; depth == 0 {
				return hasAs && r.tokens[r.i+i+1].kind == colon
			}
		case kwAs:
			hasAs = hasAs || depth == 1
		default:
		}
	}
	return false
}

// try reads a try statement.
func (r *reader) try() {
	column := r.column
	outer, index := r.scope.try, len(r.file.Tries)
	r.effects++
	r.file.Tries = append(r.file.Tries, code.Try{Outer: outer, Range: code.Range{Start: r.startOf()}})
	r.i++
	r.scope.try = index
	r.suite(column)
	r.scope.try = outer
	for r.continued(column, kwExcept) {
		r.catch(index, column)
	}
	r.otherwise(column)
	if r.continued(column, kwFinally) {
		r.i++
		r.suite(column)
	}
	r.file.Tries[index].Range.End = r.lastEnd
}

// catch reads an except clause.
func (r *reader) catch(index, column int) {
	m, start := r.mark(), r.startOf()
	r.i++
	r.accept(star)
	c := code.Catch{Range: code.Range{Start: start}}
	if r.peek() != colon {
		c.Types, c.Name = r.exceptions()
		r.flush()
	}
	effects, raises := r.effects, r.raises
	r.effects, r.raises = 0, 0
	r.header(m, column)
	c.IsEmpty, c.Raises = r.effects == 0, r.raises > 0
	r.effects, r.raises = effects+r.effects, raises+r.raises
	c.Range.End = r.lastEnd
	r.file.Tries[index].Catches = append(r.file.Tries[index].Catches, c)
}

// exceptions parses the types and the variable of an except clause.
func (r *reader) exceptions() ([]*code.Expr, string) {
	e := r.tuple()
	types := []*code.Expr{e}
	isBare := e.Kind == code.List && len(e.Items) == 2 && e.Range.Start == e.Items[0].Range.Start
	switch {
	case isBare && isVariable(e.Items[1]): // Python 2
		return e.Items[:1], e.Items[1].Text
	case e.Kind == code.List:
		types = e.Items
	}
	if r.accept(kwAs) {
		return types, r.identifier()
	}
	return types, ""
}

// isVariable reports whether an expression is a name in lower case, unlike the types of exceptions.
func isVariable(e *code.Expr) bool {
	first, _ := utf8.DecodeRuneInString(e.Text)
	return e.Kind == code.Name && !unicode.IsUpper(first)
}
