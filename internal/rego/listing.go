package rego

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A listing is the text of functions, a statement on each line:
//
//	func rules.tracing_disabled.deny 9 0 1
//	{
//	dot 3 0 "functions"
//	scan 4 5 3 {
//	...
//	}
//	}
//
// The first line names the function, the number of its locals, and its parameters. Locals are numbers;
// constants are strings in quotes, numbers after #, true, false and null. A statement that Fuse has made of several ends its
// word with = if it assigns, and with ? if it tests.

// opNames are the words of a listing, by their operations.
var opNames = [...]string{ //nolint:gochecknoglobals // a table, never written
	OpReturn: "return", OpCall: "call", OpBuiltin: "builtin", OpBlock: "block", OpBreak: "break", OpDot: "dot", OpLen: "len",
	OpScan: "scan", OpNot: "not", OpAssign: "assign", OpAssignOnce: "once", OpReset: "reset", OpMakeArray: "array",
	OpMakeObject: "object", OpMakeSet: "set", OpEqual: "equal", OpNotEqual: "differ", OpIsArray: "isarray", OpIsObject: "isobject",
	OpIsSet: "isset", OpIsDefined: "defined", OpIsUndefined: "undefined", OpAppend: "append", OpInsert: "insert", OpAdd: "add",
}

// opsByName are statements with the operations that words stand for.
var opsByName = sync.OnceValue(func() map[string]Statement { //nolint:gochecknoglobals // a table, made once
	ops := make(map[string]Statement, len(opNames))
	for i, name := range opNames {
		s := Statement{Op: Op(i)} //nolint:gosec // an index of a short table
		ops[name] = s
		if s.canMake() {
			ops[name+"?"] = Statement{Op: s.Op, Tests: true}
		}
		if s.canMake() || s.Op == OpScan {
			ops[name+"="] = Statement{Op: s.Op, Assigns: true}
		}
	}
	return ops
})

// ending is how the word of a statement ends that Fuse has made of several.
func (s *Statement) ending() string {
	switch {
	case s.Assigns:
		return "="
	case s.Tests:
		return "?"
	}
	return ""
}

// canMake reports whether a statement makes a value from others, which it can test.
func (s *Statement) canMake() bool { return s.Op == OpDot || s.Op == OpBuiltin || s.Op == OpCall }

// shapes say which fields a statement has in a listing, in their order: t Target, k Key, n N, a b c the
// operands, f the name of a function or a built-in, * arguments, { blocks.
var shapes = [...]string{ //nolint:gochecknoglobals // a table, never written
	OpReturn: "a", OpCall: "tf*", OpBuiltin: "tf*", OpBlock: "{", OpBreak: "n", OpDot: "tab*", OpLen: "ta",
	OpScan: "kta{", OpNot: "{", OpAssign: "ta", OpAssignOnce: "ta", OpReset: "t", OpMakeArray: "tn",
	OpMakeObject: "t", OpMakeSet: "t", OpEqual: "ab", OpNotEqual: "ab", OpIsArray: "a", OpIsObject: "a",
	OpIsSet: "a", OpIsDefined: "a", OpIsUndefined: "a", OpAppend: "ta", OpInsert: "tbcn", OpAdd: "ta",
}

// number returns the number that a letter of a shape stands for; nil: it stands for something else.
func (s *Statement) number(field rune) *int32 {
	switch field {
	case 't':
		return &s.Target
	case 'k':
		return &s.Key
	case 'n':
		return &s.N
	}
	return nil
}

// operand returns the operand that a letter of a shape stands for; nil: it stands for something else.
func (s *Statement) operand(field rune) *Operand {
	switch field {
	case 'a':
		return &s.A
	case 'b':
		return &s.B
	case 'c':
		return &s.C
	}
	return nil
}

// List appends the listing of a function to a text. constants are those that its operands name.
func List(out *strings.Builder, f *Function, constants []Value) {
	fmt.Fprintf(out, "func %s %d", f.Name, f.Locals)
	for _, p := range f.Params {
		fmt.Fprintf(out, " %d", p)
	}
	out.WriteByte('\n')
	l := lister{out, constants}
	for _, b := range f.Blocks {
		out.WriteString("{\n")
		l.block(b)
		out.WriteString("}\n")
	}
}

type lister struct {
	*strings.Builder
	constants []Value
}

func (l lister) block(b Block) {
	for i := range b {
		l.statement(&b[i])
		l.WriteByte('\n')
	}
}

func (l lister) statement(s *Statement) {
	l.WriteString(opNames[s.Op] + s.ending())
	for _, field := range shapes[s.Op] {
		if field != '*' {
			l.WriteByte(' ')
		}
		if n := s.number(field); n != nil {
			l.number(*n)
		}
		if o := s.operand(field); o != nil {
			l.operand(*o)
		}
		switch field {
		case 'f':
			l.WriteString(s.Function)
		case '*':
			for _, arg := range s.Args {
				l.WriteByte(' ')
				l.operand(arg)
			}
		case '{':
			l.WriteByte('{')
			for i, b := range s.Blocks {
				if i > 0 {
					l.WriteString("} {")
				}
				l.WriteByte('\n')
				l.block(b)
			}
			l.WriteByte('}')
		}
	}
}

func (l lister) number(n int32) { l.WriteString(strconv.Itoa(int(n))) }

func (l lister) operand(o Operand) {
	if o >= 0 {
		l.number(int32(o))
		return
	}
	switch c := l.constants[^o]; c.kind {
	case text:
		l.WriteString(strconv.Quote(c.s))
	case integer, float:
		l.WriteByte('#')
		c.render(l.Builder)
	default:
		c.render(l.Builder)
	}
}

// reader reads one function out of a listing.
type reader struct {
	text      string // what is still to be read
	constants []Value
	known     map[string]Operand // constants by their words
	open      []Statement        // of the blocks that are not at their end, the outer ones first
	args      []Operand          // of the present statement
	err       error
}

// again returns the reader for another text. It keeps its room; the statements in it belong to the program anyway.
func (r *reader) again(text string) *reader {
	clear(r.known)
	*r = reader{text: text, known: r.known, open: r.open[:0], args: r.args[:0]}
	if r.known == nil {
		r.known = map[string]Operand{}
	}
	return r
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
		r.text = ""
	}
}

// skip removes spaces and line breaks from the start of the text.
func (r *reader) skip() {
	i := 0
	for i < len(r.text) && (r.text[i] == ' ' || r.text[i] == '\n') {
		i++
	}
	r.text = r.text[i:]
}

// word takes the next word. Strings in quotes are one word.
func (r *reader) word() string {
	r.skip()
	end := 0
	if strings.HasPrefix(r.text, `"`) {
		quoted, err := strconv.QuotedPrefix(r.text)
		if err != nil {
			r.fail("a string without an end")
			return ""
		}
		end = len(quoted)
	}
	for end < len(r.text) && r.text[end] != ' ' && r.text[end] != '\n' {
		end++
	}
	word := r.text[:end]
	r.text = r.text[end:]
	return word
}

// lineEnds reports whether nothing follows on the line.
func (r *reader) lineEnds() bool { return r.text == "" || r.text[0] == '\n' }

func (r *reader) number() int32 {
	word := r.word()
	n, ok := local(word)
	if !ok {
		r.fail("%q is not a number", word)
	}
	return n
}

// local returns the number of a local variable, which is not negative and has at most nine digits.
func local(word string) (int32, bool) {
	n := int32(0)
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return 0, false
		}
		n = n*10 + int32(word[i]-'0')
	}
	return n, len(word) > 0 && len(word) < 10
}

func (r *reader) operand() Operand {
	word := r.word()
	if n, ok := local(word); ok {
		return Operand(n)
	}
	if known, ok := r.known[word]; ok {
		return known
	}
	value, ok := Null(), true
	switch {
	case word == "true" || word == "false":
		value = Bool(word == "true")
	case strings.HasPrefix(word, "#"):
		value, ok = Number(word[1:])
	case strings.HasPrefix(word, `"`):
		s, err := strconv.Unquote(word)
		value, ok = String(s), err == nil
	default:
		ok = word == "null"
	}
	if !ok {
		r.fail("%q is not an operand", word)
	}
	o := Constant(int32(len(r.constants))) //nolint:gosec // a function has few
	r.constants = append(r.constants, value)
	r.known[word] = o
	return o
}

// head reads what follows the word func on its line.
func (r *reader) head() *Function {
	f := &Function{Name: r.word(), Locals: r.number()}
	for !r.lineEnds() {
		f.Params = append(f.Params, r.number())
	}
	return f
}

// functionBlocks reads the blocks of a function.
func (r *reader) functionBlocks() []Block {
	var all []Block
	for r.skip(); r.text != ""; r.skip() {
		if word := r.word(); word != "{" {
			r.fail("%q where a block begins", word)
		}
		all = append(all, r.block())
	}
	return all
}

// block reads statements up to the end of a block.
func (r *reader) block() Block {
	start := len(r.open)
	for r.err == nil {
		word := r.word()
		if word == "}" {
			break
		}
		s, ok := opsByName()[word]
		if !ok {
			r.fail("%q is not an operation", word)
			break
		}
		r.statement(&s)
		r.open = append(r.open, s)
	}
	b := Block(slices.Clone(r.open[start:]))
	r.open = r.open[:start]
	return b
}

// statement reads the fields of a statement.
func (r *reader) statement(s *Statement) {
	for _, field := range shapes[s.Op] {
		if n := s.number(field); n != nil {
			*n = r.number()
		}
		if o := s.operand(field); o != nil {
			*o = r.operand()
		}
		switch field {
		case 'f':
			s.Function = r.word()
		case '*':
			r.args = r.args[:0]
			for r.err == nil && !r.lineEnds() {
				r.args = append(r.args, r.operand())
			}
			s.Args = slices.Clone(r.args)
		case '{':
			r.blocks(s)
		}
	}
	if s.Op == OpBuiltin {
		i, ok := builtinNamed(s.Function)
		if !ok {
			r.fail("there is no built-in function %s", s.Function)
		}
		s.N, s.builtin = i, builtins[i].call
	}
}

// blocks reads the blocks of a statement, one after the other.
func (r *reader) blocks(s *Statement) {
	for {
		if word := r.word(); word != "{" {
			r.fail("%q where a block begins", word)
			return
		}
		s.Blocks = append(s.Blocks, r.block())
		if r.lineEnds() || r.err != nil {
			return
		}
	}
}
