// Package golang reads Go source files into the common form of package code.
//
// It uses the parser of the standard library, which returns the rest of a file with syntax errors. Types are kept only as far as
// they name what a value is: the fields of structs, parameters, results, and composite literals.
package golang

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"

	"lintel/parsers/handler/code"
)

// maxDepth is how deep expressions and blocks may be nested. What is deeper is unread.
const maxDepth = 200

// Read reads a source file. It accepts every text.
func Read(text []byte) *code.File {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, "", text, parser.SkipObjectResolution|parser.AllErrors)
	r := reader{length: len(text), out: &code.File{Language: code.Go}, classes: map[string]int{}}
	if tree == nil {
		r.unread(0, len(text))
		return r.out
	}
	r.file = set.File(tree.FileStart)
	if tree.Name != nil {
		r.out.Package = tree.Name.Name
	}
	r.declareTypes(tree.Decls)
	top := scope{function: code.Module, try: code.Module}
	for _, d := range tree.Decls {
		r.declaration(d, top)
	}
	if err != nil {
		r.bad(tree)
	}
	slices.SortStableFunc(r.out.Statements, func(a, b code.Statement) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	slices.SortStableFunc(r.out.Unread, func(a, b code.Range) int { return cmp.Compare(a.Start, b.Start) })
	return r.out
}

// reader makes the common form of one file.
type reader struct {
	file    *token.File
	length  int
	out     *code.File
	classes map[string]int // indices of types, by name
	depth   int
}

// scope is where statements are.
type scope struct {
	function int
	try      int
	fails    bool // the last result of the function is an error
}

// span is the range of a node. Positions in broken files may be outside of the text.
func (r *reader) span(n ast.Node) code.Range {
	start, end := r.offset(n.Pos()), r.offset(n.End())
	return code.Range{Start: min(start, end), End: max(start, end)}
}

func (r *reader) offset(p token.Pos) int {
	if !p.IsValid() {
		return 0
	}
	return min(max(int(p)-r.file.Base(), 0), r.length)
}

func (r *reader) unread(start, end int) {
	if start < end {
		r.out.Unread = append(r.out.Unread, code.Range{Start: start, End: end})
	}
}

// bad adds the text that the parser skipped. If it names none, the whole file may have more.
func (r *reader) bad(tree *ast.File) {
	before := len(r.out.Unread)
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.BadDecl, *ast.BadExpr, *ast.BadStmt:
			at := r.span(n)
			r.unread(at.Start, max(at.End, min(at.Start+1, r.length)))
		}
		return true
	})
	if len(r.out.Unread) == before {
		r.unread(0, r.length)
	}
}

// enter counts a level of nesting. It is false beyond the limit.
func (r *reader) enter(n ast.Node) bool {
	if r.depth == maxDepth {
		at := r.span(n)
		r.unread(at.Start, at.End)
		return false
	}
	r.depth++
	return true
}

func (r *reader) leave() { r.depth-- }

// declareTypes adds the types that a file declares, and those that it has methods of.
func (r *reader) declareTypes(decls []ast.Decl) {
	for _, d := range decls {
		for _, t := range typesOf(d) {
			r.classes[t.Name.Name] = -1 // its index follows
		}
	}
	for _, d := range decls {
		for _, t := range typesOf(d) {
			r.class(t)
		}
		if f, ok := d.(*ast.FuncDecl); ok {
			r.methodOf(f)
		}
	}
}

// typesOf returns the types that a declaration declares.
func typesOf(d ast.Decl) []*ast.TypeSpec {
	g, ok := d.(*ast.GenDecl)
	if !ok {
		return nil
	}
	var all []*ast.TypeSpec
	for _, spec := range g.Specs {
		if t, ok := spec.(*ast.TypeSpec); ok && t.Name != nil {
			all = append(all, t)
		}
	}
	return all
}

// methodOf adds the type of a method if another file declares it.
func (r *reader) methodOf(d *ast.FuncDecl) {
	name := receiver(d)
	if _, ok := r.classes[name]; name != "" && !ok {
		r.classes[name] = len(r.out.Classes)
		r.out.Classes = append(r.out.Classes, code.Class{Name: name, Function: code.Module, Range: r.span(d.Recv)})
	}
}

// class adds a type with its fields.
func (r *reader) class(t *ast.TypeSpec) {
	c := code.Class{Name: t.Name.Name, Function: code.Module, Range: r.span(t)}
	switch of := t.Type.(type) {
	case *ast.StructType:
		for _, f := range of.Fields.List {
			name := typeText(f.Type)
			for _, n := range f.Names {
				c.Fields = append(c.Fields, code.Field{Name: n.Name, Type: name})
			}
			if len(f.Names) == 0 && name != "" {
				c.Bases = append(c.Bases, r.expression(f.Type, scope{function: code.Module}))
			}
		}
	case *ast.Ident, *ast.SelectorExpr, *ast.StarExpr:
		c.Bases = append(c.Bases, r.expression(of, scope{function: code.Module}))
	}
	r.classes[c.Name] = len(r.out.Classes)
	r.out.Classes = append(r.out.Classes, c)
}

// receiver returns the name of the type that a function is a method of; "" for others.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) != 1 {
		return ""
	}
	return typeText(d.Recv.List[0].Type)
}

// typeText returns the name of a type or of what it points to, such as "s3.Client"; "" for types without a name.
func typeText(e ast.Expr) string {
	for range maxDepth {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.ParenExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.Name
		case *ast.SelectorExpr:
			if base, ok := t.X.(*ast.Ident); ok && t.Sel != nil {
				return base.Name + "." + t.Sel.Name
			}
			return ""
		default:
			return ""
		}
	}
	return ""
}
