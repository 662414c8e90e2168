// Package python reads Python source files into the common form of source files.
//
// The reader accepts Python 3.8 to 3.14, the statements of Python 2 that differ, and text with errors: it continues after a
// statement that it cannot parse, at the next line that can start one. It does not resolve names.
//
// These parts of Python have no counterpart of their own in the common form:
//
//   - The condition of a conditional expression, an assignment expression and the body of a lambda are statements, which follow
//     the statement that contains the expression. An assignment expression itself is its name.
//   - Defaults of parameters, annotations that are more than a name, keyword arguments and decorators of classes are statements
//     of kind Evaluate in the enclosing scope.
//   - The variables of a loop are assigned an unknown value whose item is the iterated one. The variables of a pattern are
//     assigned an unknown value; the other values of the pattern are the items of an unknown expression.
//   - In `a = b = c`, a is assigned c and b is assigned a, so that c is there once.
//   - A field of an f-string with a format or with the conversion !r or !a is an unknown expression, as is the part of a string
//     whose value requires the Unicode names or an encoding other than UTF-8 and ISO 8859-1.
//   - An entry of a dictionary whose key is computed is an unknown expression of key and value.
//   - The text of an unknown expression with operators is the operator, if they are all the same: "%" for `a % b`.
//   - The statements print and exec of Python 2 are calls.
package python

import (
	"cmp"
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// maxNesting is the limit of nested expressions, of nested blocks, and of members, calls and subscripts in a row. CPython
// rejects 200 nested brackets and 100 nested blocks.
const maxNesting = 200

// Read reads a source file.
func Read(text []byte) *code.File {
	r := &reader{
		file:  &code.File{Language: code.Python},
		scope: scope{function: code.Module, class: code.Module, try: code.Module},
	}
	r.src = string(text)
	r.encoding = declaredEncoding(r.src)
	r.budget = 4*len(text) + 1<<16
	r.pos = len(r.src) - len(strings.TrimPrefix(r.src, "\ufeff"))
	r.advance()
	for r.more {
		r.block(-1)
	}
	r.finish()
	return r.file
}

// scope is the place of a statement.
type scope struct {
	function, class, try int
	typing               bool // within `if TYPE_CHECKING`
	branch               bool // within an if or while statement
}

// reader parses the logical lines of a file.
type reader struct {
	lexer
	file     *code.File
	scope    scope
	encoding properties       // of the file: latin1, otherEncoding or none
	more     bool             // there is a logical line
	i        int              // index of the next token of the logical line
	failed   bool             // the logical line cannot be parsed; i is at its end
	failedAt int              // index of the first token that cannot be parsed
	lastEnd  int              // end of the last line that was read
	nesting  int              // of expressions
	blocks   int              // open blocks
	effects  int              // statements that do something, for Catch.IsEmpty
	raises   int              // raise statements of the function, for Catch.Raises
	pending  []code.Statement // in the expressions of the current statement
	isMixed  bool             // the statements are not in the order of the text
	exprs    []code.Expr      // memory for expressions
	pointers []*code.Expr     // memory for their items
	strings  []string         // memory for their keys
	stack    []*code.Expr     // items of unfinished expressions
	keys     []string         // keys of unfinished expressions
}

// advance goes to the next logical line.
func (r *reader) advance() {
	if len(r.tokens) > 1 {
		r.lastEnd = r.tokens[len(r.tokens)-2].end
	}
	r.more = r.next()
	r.i, r.failed, r.nesting = 0, false, 0
	r.stack, r.keys = r.stack[:0], r.keys[:0]
}

// peek returns the kind of the next token.
func (r *reader) peek() kind { return r.tokens[r.i].kind }

// after returns the kind of the token after the next.
func (r *reader) after() kind {
	if r.i+1 < len(r.tokens) {
		return r.tokens[r.i+1].kind
	}
	return end
}

// is reports whether the next token is a name with a text.
func (r *reader) is(text string) bool { return r.peek() == name && r.text(r.tokens[r.i]) == text }

func (r *reader) text(t token) string { return r.src[t.start:t.end] }

// take returns the next token and goes on to the one after it.
func (r *reader) take() token {
	t := r.tokens[r.i]
	if t.kind != end {
		r.i++
	}
	return t
}

// accept skips the next token if it is of a kind, and reports whether it was.
func (r *reader) accept(k kind) bool {
	if r.peek() != k || k == end {
		return false
	}
	r.i++
	return true
}

// expect skips the next token, which must be of a kind.
func (r *reader) expect(k kind) {
	if !r.accept(k) {
		r.fail()
	}
}

// fail notes that the logical line cannot be parsed. The next token is its end from then on, so that all loops end.
func (r *reader) fail() {
	if !r.failed {
		r.failed, r.failedAt = true, r.i
	}
	r.i = len(r.tokens) - 1
}

// startOf returns the offset at which the next token starts.
func (r *reader) startOf() int { return r.tokens[r.i].start }

// endOf returns the offset at which the last token ended.
func (r *reader) endOf() int {
	if r.i == 0 {
		return r.tokens[0].start
	}
	return r.tokens[r.i-1].end
}

// add adds a statement with its place.
func (r *reader) add(s code.Statement) {
	if n := len(r.file.Statements); n > 0 && r.file.Statements[n-1].Range.Start > s.Range.Start {
		r.isMixed = true
	}
	r.file.Statements = append(r.file.Statements, s)
}

// emit adds a statement without a target in the current scope, and those in its expression.
func (r *reader) emit(k code.StatementKind, value *code.Expr, start, end int) {
	r.add(r.statement(k, nil, value, start, end))
	r.flush()
}

// evaluate adds a statement that computes an expression.
func (r *reader) evaluate(value *code.Expr) {
	r.emit(code.Evaluate, value, value.Range.Start, value.Range.End)
}

func (r *reader) statement(k code.StatementKind, target, value *code.Expr, start, end int) code.Statement {
	return code.Statement{
		Kind: k, Target: target, Value: value, Function: r.scope.function, Class: r.scope.class, Try: r.scope.try,
		Range: code.Range{Start: start, End: end},
	}
}

// flush adds the statements in the expressions of the last statement.
func (r *reader) flush() {
	for _, s := range r.pending {
		r.add(s)
	}
	r.pending = r.pending[:0]
}

// within adds a statement in an expression, after the statement with the expression.
func (r *reader) within(k code.StatementKind, target, value *code.Expr, start int) {
	r.pending = append(r.pending, r.statement(k, target, value, start, value.Range.End))
}

// mark is a state of the result that a failed statement is rolled back to.
type mark struct{ statements, functions, imports, unread int }

func (r *reader) mark() mark {
	return mark{len(r.file.Statements), len(r.file.Functions), len(r.file.Imports), len(r.file.Unread)}
}

func (r *reader) rollback(m mark) {
	r.file.Statements, r.file.Functions = r.file.Statements[:m.statements], r.file.Functions[:m.functions]
	r.file.Imports, r.file.Unread = r.file.Imports[:m.imports], r.file.Unread[:m.unread]
	r.pending = r.pending[:0]
}

func (r *reader) unread(start, end int) {
	if end > start {
		r.file.Unread = append(r.file.Unread, code.Range{Start: start, End: end})
	}
}

// finish puts the statements and the unread ranges in order.
func (r *reader) finish() {
	r.flush()
	if r.isMixed {
		slices.SortStableFunc(r.file.Statements, func(a, b code.Statement) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	}
	all := r.file.Unread
	slices.SortFunc(all, func(a, b code.Range) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var merged []code.Range
	for _, next := range all {
		if n := len(merged); n > 0 && next.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, next.End)
			continue
		}
		merged = append(merged, next)
	}
	r.file.Unread = merged
}
