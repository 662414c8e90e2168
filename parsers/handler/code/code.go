// Package code is the common form of source files of handlers, in every language that lintel reads.
//
// It is not a syntax tree for compilers: it contains imports, functions and the statements with their expressions, flat and in
// the order of the text, which is what facts about a handler need. A reader accepts every text: File.Unread has the
// parts that it cannot parse, and the rest of the file is still there.
package code

import "iter"

// Language is a programming language by its identifier in the Language Server Protocol
// (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#textDocumentItem).
type Language string

// Languages that are read.
const (
	Python     Language = "python"
	JavaScript Language = "javascript"
	TypeScript Language = "typescript"
	Go         Language = "go"
)

// Module is the value of Statement.Function, Function.Parent, Function.Class, Statement.Try and Try.Outer that stands for none:
// the statement is at the top level of the file, the function is no method, the statement is in no try block.
const Module = -1

// File is the content of a source file.
type File struct {
	Language   Language
	Package    string      // Go: the name in the package clause
	Imports    []Import    // in the order of the text
	Functions  []Function  // declarations, methods, lambdas and arrow functions, in the order of their starts
	Classes    []Class     // in the order of their starts
	Tries      []Try       // in the order of their starts
	Statements []Statement // in the order of the text
	Exports    []Export    // JavaScript and TypeScript: what a module exports, in the order of the text
	Scripts    []Range     // Python: blocks that run only if the file is the program: `if __name__ == "__main__"`
	Aside      []Statement // those in Scripts that package handler has taken out of Statements
	Unread     []Range     // text that could not be parsed, in order; nil: the whole file was read
}

// Range is a half-open range of bytes of the file.
type Range struct{ Start, End int }

// Import is one imported name or module.
type Import struct {
	Module   string // as written, such as "boto3", ".utils", "./db.js"; "" if it is computed
	Name     string // the imported member: "client" in `from boto3 import client`; "default" for a default import; "*" for all members; "" for the module itself
	As       string // the local name; "" if none is bound
	IsType   bool   // only a type, which does not exist when the program runs: TypeScript, and Python's `if TYPE_CHECKING`
	Function int    // index of the enclosing function, or Module
	Try      int    // index of the enclosing try block, or Module
	InBranch bool   // in a branch of an if statement, which may never run
	Range    Range
}

// Function is a function, method or anonymous function.
type Function struct {
	Name       string // as declared, or the name of the variable or property that an anonymous function is assigned to; "" otherwise
	Parent     int    // index of the enclosing function, or Module
	Class      int    // index of the class of a method, or Module
	Parameters []string
	Types      []string // Go: the types of Parameters, as Class.Name or Expr.Text of a Typed has them
	Results    []string // Go: the types of the results
	Receiver   string   // Go: the name of a method's receiver
	Decorators []*Expr
	Globals    []string // Python: the names that its global and nonlocal statements declare
	IsAsync    bool
	Range      Range // with decorators, signature and body
	NameRange  Range // of the name; of the first token of an anonymous function
}

// Class is a class. In Go it is a type that the file declares or has methods of.
type Class struct {
	Name     string
	Bases    []*Expr // Go: embedded types
	Fields   []Field // Go: of a struct, without embedded types
	Function int     // index of the enclosing function, or Module
	Range    Range
}

// Field is a field of a struct.
type Field struct{ Name, Type string }

// Try is a statement that handles exceptions. In Go it is a statement with an error, together with the `if err != nil` below.
type Try struct {
	Outer   int // index of the enclosing try statement whose body contains this one, or Module
	Catches []Catch
	Range   Range
}

// Catch is a handler of exceptions.
type Catch struct {
	Types   []*Expr // nil: all exceptions
	Name    string  // the variable of the exception; "" if none
	IsEmpty bool    // nothing but pass, comments, a constant or continue
	Raises  bool    // a statement of the handler throws or raises
	Range   Range
}

// StatementKind is what a statement does.
type StatementKind string

// Kinds of statements. Conditions, iterated values, context managers and case values are of kind Evaluate.
const (
	Evaluate StatementKind = "evaluate" // computes Value
	Assign   StatementKind = "assign"   // binds Target to Value, also for augmented assignments (Value is a Concat of both for +=), loop variables and `with … as`
	Return   StatementKind = "return"   // Value is nil if nothing is returned
	Raise    StatementKind = "raise"    // throws or raises Value; nil: raises again
	Delete   StatementKind = "delete"   // deletes Target
)

// Statement is one statement, or the expression in the head of a compound statement.
type Statement struct {
	Kind     StatementKind
	Target   *Expr // the assigned or deleted expression: a Name, Member, Index, List or, in JavaScript, Map; nil for other kinds
	Value    *Expr
	Function int // index of the enclosing function, or Module
	Class    int // index of the class whose body has the statement directly, or Module
	Try      int // index of the innermost try statement whose body contains the statement, or Module
	Range    Range
}

// Expressions returns all expressions of a statement, those of its target first, without those in the bodies of functions.
func (s *Statement) Expressions() iter.Seq[*Expr] {
	return func(yield func(*Expr) bool) { _ = s.Target.walk(yield) && s.Value.walk(yield) }
}

// Export is a name that a JavaScript or TypeScript module exports.
type Export struct {
	Name  string // "handler", "default"; "*" for `export * from`
	Local string // the local name or the member of Module; "" for an expression
	From  string // the module that is exported from; "" for the file itself
	Value *Expr  // the exported expression, such as a Func; nil otherwise
	Range Range
}

// Imported is what an export from another module imports.
func (e *Export) Imported() Import {
	name := e.Local
	if e.Name == "*" {
		name = "*"
	}
	return Import{Module: e.From, Name: name, Function: Module, Try: Module, Range: e.Range}
}

// ExprKind is the kind of an expression.
type ExprKind string

// Kinds of expressions.
const (
	Unknown ExprKind = "unknown" // anything else; its parts are in Items
	String  ExprKind = "string"  // Text is the value, with escapes resolved; bytes literals included
	Number  ExprKind = "number"  // Text is as written
	Bool    ExprKind = "bool"    // Text is "true" or "false"
	Null    ExprKind = "null"    // None, null, undefined, nil
	Name    ExprKind = "name"    // Text is the identifier; `this` and `self` included
	Member  ExprKind = "member"  // Items[0].Text
	Index   ExprKind = "index"   // Items[0][Items[1]]
	Call    ExprKind = "call"    // Items[0] is the callee, the others are the arguments; Keys are parallel to Items
	New     ExprKind = "new"     // like Call, with `new`
	Concat  ExprKind = "concat"  // a template string, f-string, or + of expressions: the parts
	List    ExprKind = "list"    // list, tuple, set or array: the items
	Map     ExprKind = "map"     // Keys are parallel to Items: the literal key, or "" where it is computed or a spread; in Go, Text is the type of a struct
	Typed   ExprKind = "typed"   // Go: an unknown value of the type Text, such as "s3.Client" for a pointer to it
	Func    ExprKind = "func"    // Text is empty, Function the index in File.Functions
	Choice  ExprKind = "choice"  // one of Items: conditional expressions, `a or b`, `a || b`, `a ?? b`
	Await   ExprKind = "await"   // Items[0]
	Spread  ExprKind = "spread"  // Items[0]: *args, **kwargs, ...rest
)

// Expr is an expression. The zero value is an unknown one.
type Expr struct {
	Kind     ExprKind
	Text     string
	Items    []*Expr
	Keys     []string // of Call and New: the keyword of each of Items, "" for the callee and positional arguments; of Map: the keys
	Function int      // of Func: index in File.Functions
	Range    Range
}

// Path returns the dotted path of a name or of members of a name, such as "os.environ.get", and false for everything else.
func (e *Expr) Path() (string, bool) {
	switch {
	case e == nil:
		return "", false
	case e.Kind == Name:
		return e.Text, true
	case e.Kind == Member:
		base, ok := e.Items[0].Path()
		return base + "." + e.Text, ok
	default:
		return "", false
	}
}

// All returns an expression and all expressions in it, in the order of the text, without those in the bodies of functions.
func (e *Expr) All() iter.Seq[*Expr] {
	return func(yield func(*Expr) bool) { e.walk(yield) }
}

func (e *Expr) walk(yield func(*Expr) bool) bool {
	if e == nil {
		return true
	}
	if !yield(e) {
		return false
	}
	for _, item := range e.Items {
		if !item.walk(yield) {
			return false
		}
	}
	return true
}
