// Package ecmascript reads JavaScript and TypeScript into the common form of source files.
//
// It accepts every text. Types are skipped. It resolves no names. The parts that the common form does not define:
//
//   - A destructuring of a name or of members of a name is one assignment for each bound name: `const { A: a = 1 } = process.env`
//     assigns the Choice of process.env.A and 1 to a. Otherwise the pattern is the target, as a List or a Map, in which a default
//     value is a Choice of the inner pattern and the value.
//   - A parameter that is a pattern has the name "arguments[N]" and is destructured by the first statements of the function. A
//     default value of a parameter p is an assignment of the Choice of p and the value to p.
//   - An assignment in an expression is a statement, and its target takes its place in the expression.
//   - A loop variable is assigned an Index of the iterated value, without an index.
//   - The condition of a conditional expression and the operands of a comma are statements.
//   - A tagged template is a Call with a List of its strings, followed by its values.
//   - A field of a class is an assignment to a Name, with the class.
//   - `module.exports = value` exports the keys of an object literal, "default" for a function or a class, and otherwise "*".
package ecmascript

import (
	"cmp"
	"slices"

	"lintel/parsers/handler/code"
)

const (
	maxNesting = 250 // of statements and expressions
	maxChain   = 500 // members and calls of one expression, such as a.b().c
	slabSize   = 128 // expressions that are allocated at once
)

// reader is the state of the parser. After an error every token is the end of the file, so that each loop ends, until
// the enclosing list of statements or members continues at the next one.
type reader struct {
	text   string
	typed  bool // TypeScript
	tok    token
	end    int // of the last token that was consumed
	braces int // { minus }
	failed bool
	at     int // position of the error
	depth  int

	file        code.File
	context     context
	namespaces  int         // depth of TypeScript namespaces, in which export does not export from the module
	unclosed    bool        // a block that ends with the file was reported
	matches     map[int]int // position of an opening parenthesis to that of the closing one
	speculation int         // bytes that may still be read twice
	tags        map[string]int

	assigned assigned // the last assignment in an expression
	slab     []code.Expr
	slabs    [][]code.Expr
	pointers []*code.Expr
	blank    []string
	stack    []*code.Expr // items of the lists that are being read
	keys     []string
}

// context is what surrounds a statement or an expression.
type context struct {
	function, class, try int
	generator            bool
	noIn                 bool // the head of a for statement, where `in` is no operator
	chosen               bool // the true branch of a conditional expression, in which a colon ends an expression
	branch               bool // of an if statement
	decorator            bool // a decorator, after which [ begins a computed name
}

// assigned is an assignment that was read as a part of an expression.
type assigned struct{ target, value *code.Expr }

// Read returns the content of a file. Text that is not of the language is in Unread.
func Read(text []byte, language code.Language) *code.File {
	r := &reader{
		text: string(text), typed: language == code.TypeScript, speculation: 2*len(text) + 4096,
		context: context{function: code.Module, class: code.Module, try: code.Module},
	}
	r.file.Language = language
	r.file.Statements = make([]code.Statement, 0, len(text)/100+8)
	r.tok = r.scan(r.start())
	r.statements(-1)
	r.finish()
	return &r.file
}

// start returns the position after a byte order mark and a hashbang.
func (r *reader) start() int {
	pos := 0
	if len(r.text) >= 3 && r.text[:3] == "\ufeff" {
		pos = 3
	}
	if len(r.text) >= pos+2 && r.text[pos:pos+2] == "#!" {
		pos = r.lineEnd(pos)
	}
	return pos
}

// finish brings the lists in the order of the text.
func (r *reader) finish() {
	f := &r.file
	f.Statements = slices.DeleteFunc(f.Statements, func(s code.Statement) bool { return s.Kind == "" })
	sortByStart(f.Statements, func(s *code.Statement) int { return s.Range.Start })
	sortByStart(f.Imports, func(i *code.Import) int { return i.Range.Start })
	sortByStart(f.Exports, func(e *code.Export) int { return e.Range.Start })
	sortByStart(f.Unread, func(u *code.Range) int { return u.Start })
	merged := f.Unread[:0]
	for _, u := range f.Unread {
		if n := len(merged); n > 0 && u.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, u.End)
		} else {
			merged = append(merged, u)
		}
	}
	f.Unread = merged
	r.sortFunctions()
}

func sortByStart[T any](list []T, start func(*T) int) {
	for i := range list {
		if i > 0 && start(&list[i-1]) > start(&list[i]) {
			slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(start(&a), start(&b)) })
			return
		}
	}
}

// sortFunctions sorts the functions by their starts. They are out of order only if a decorator or a computed name of a method
// contains a function.
func (r *reader) sortFunctions() {
	functions := r.file.Functions
	if slices.IsSortedFunc(functions, func(a, b code.Function) int { return cmp.Compare(a.Range.Start, b.Range.Start) }) {
		return
	}
	order := make([]int, len(functions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(functions[a].Range.Start, functions[b].Range.Start) })
	index := make([]int, len(functions))
	sorted := make([]code.Function, len(functions))
	for i, old := range order {
		index[old] = i
		sorted[i] = functions[old]
	}
	r.file.Functions = sorted
	r.renumber(index)
}

// renumber replaces every index of a function.
func (r *reader) renumber(index []int) {
	move := func(i *int) {
		if *i >= 0 && *i < len(index) {
			*i = index[*i]
		}
	}
	for i := range r.file.Functions {
		move(&r.file.Functions[i].Parent)
	}
	for i := range r.file.Classes {
		move(&r.file.Classes[i].Function)
	}
	for i := range r.file.Imports {
		move(&r.file.Imports[i].Function)
	}
	for i := range r.file.Statements {
		move(&r.file.Statements[i].Function)
	}
	for _, slab := range append(r.slabs, r.slab) {
		for i := range slab {
			if slab[i].Kind == code.Func {
				move(&slab[i].Function)
			}
		}
	}
}

// expr makes an expression from a start to the end of the last token.
func (r *reader) expr(kind code.ExprKind, text string, start int) *code.Expr {
	if len(r.slab) == cap(r.slab) {
		if r.slab != nil {
			r.slabs = append(r.slabs, r.slab)
		}
		r.slab = make([]code.Expr, 0, slabSize)
	}
	r.slab = append(r.slab, code.Expr{Kind: kind, Text: text, Range: code.Range{Start: start, End: max(start, r.end)}})
	return &r.slab[len(r.slab)-1]
}

// of makes an expression with items.
func (r *reader) of(kind code.ExprKind, start int, items ...*code.Expr) *code.Expr {
	e := r.expr(kind, "", start)
	e.Items = r.copied(items)
	return e
}

// copied returns a copy of items that the caller may keep.
func (r *reader) copied(items []*code.Expr) []*code.Expr {
	if len(items) == 0 {
		return nil
	}
	if cap(r.pointers)-len(r.pointers) < len(items) {
		r.pointers = make([]*code.Expr, 0, max(2*slabSize, len(items)))
	}
	n := len(r.pointers)
	r.pointers = append(r.pointers, items...)
	return r.pointers[n:len(r.pointers):len(r.pointers)]
}

// popped returns the items of the stack from a mark, and removes them.
func (r *reader) popped(mark int) []*code.Expr {
	items := r.copied(r.stack[mark:])
	r.stack = r.stack[:mark]
	return items
}

// noKeys returns empty keys for the items of a call.
func (r *reader) noKeys(n int) []string {
	if len(r.blank) < n {
		r.blank = make([]string, max(n, 16))
	}
	return r.blank[:n:n]
}

// reserve adds an empty statement, to keep the order of the text while its expressions are read.
func (r *reader) reserve() int {
	r.file.Statements = append(r.file.Statements, code.Statement{})
	return len(r.file.Statements) - 1
}

// fill completes a reserved statement.
func (r *reader) fill(slot int, kind code.StatementKind, target, value *code.Expr, start int) {
	if slot >= len(r.file.Statements) {
		return
	}
	r.file.Statements[slot] = code.Statement{
		Kind: kind, Target: target, Value: value, Function: r.context.function, Class: r.context.class, Try: r.context.try,
		Range: code.Range{Start: start, End: max(start, r.end)},
	}
}

func (r *reader) emit(kind code.StatementKind, target, value *code.Expr, start int) {
	r.fill(r.reserve(), kind, target, value, start)
}

// isConstant reports whether the evaluation of an expression does nothing.
func isConstant(e *code.Expr) bool {
	switch e.Kind {
	case code.String, code.Number, code.Bool, code.Null:
		return true
	default:
		return false
	}
}

// isNoise reports whether the evaluation of an expression is no statement: a number such as in `(0, a.b)()`, or an assignment
// that is one already.
func (r *reader) isNoise(e *code.Expr) bool {
	return isConstant(e) && e.Kind != code.String || r.isAssigned(e)
}

// evaluate adds a statement that computes a value, unless it is noise.
func (r *reader) evaluate(e *code.Expr) {
	if r.isNoise(e) {
		return
	}
	r.emit(code.Evaluate, nil, e, e.Range.Start)
}

// isAssigned reports whether an expression is the target of the assignment that was just read.
func (r *reader) isAssigned(e *code.Expr) bool { return e == r.assigned.target && e != nil }

// saved is a position to which the reader can return.
type saved struct {
	tok                                                             token
	end, braces, at                                                 int
	failed, unclosed                                                bool
	statements, functions, classes, imports, exports, tries, unread int
	stack, keys                                                     int
	assigned                                                        assigned
}

func (r *reader) save() saved {
	f := &r.file
	return saved{
		tok: r.tok, end: r.end, braces: r.braces, at: r.at, failed: r.failed, unclosed: r.unclosed,
		statements: len(f.Statements), functions: len(f.Functions), classes: len(f.Classes), imports: len(f.Imports),
		exports: len(f.Exports), tries: len(f.Tries), unread: len(f.Unread), stack: len(r.stack), keys: len(r.keys), assigned: r.assigned,
	}
}

// restore returns to a position and forgets what was read since.
func (r *reader) restore(s saved) {
	if read := max(r.tok.end, r.at) - s.tok.start; read > 0 {
		r.speculation -= read
	}
	r.tok, r.end, r.braces, r.at, r.failed, r.unclosed = s.tok, s.end, s.braces, s.at, s.failed, s.unclosed
	r.assigned = s.assigned
	r.forget(s)
}

// forget removes what was read since a position, and stays where it is.
func (r *reader) forget(s saved) {
	f := &r.file
	f.Statements, f.Functions, f.Classes = f.Statements[:s.statements], f.Functions[:s.functions], f.Classes[:s.classes]
	f.Imports, f.Exports, f.Tries, f.Unread = f.Imports[:s.imports], f.Exports[:s.exports], f.Tries[:s.tries], f.Unread[:s.unread]
	r.stack, r.keys = r.stack[:s.stack], r.keys[:s.keys]
}

// mayGuess reports whether text may be read twice. It is false only in texts that are made to take quadratic time.
func (r *reader) mayGuess() bool {
	if r.speculation > 0 {
		return true
	}
	r.unread(r.tok.start, r.tok.end)
	return false
}
