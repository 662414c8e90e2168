package golang

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"

	"lintel/parsers/handler/code"
)

// expression reads an expression. It is never nil.
func (r *reader) expression(e ast.Expr, in scope) *code.Expr {
	if e == nil {
		return &code.Expr{}
	}
	if !r.enter(e) {
		return &code.Expr{Range: r.span(e)}
	}
	defer r.leave()
	switch e := e.(type) {
	case *ast.Ident:
		return r.name(e)
	case *ast.BasicLit:
		return r.literal(e)
	case *ast.SelectorExpr:
		return &code.Expr{Kind: code.Member, Text: e.Sel.Name, Items: []*code.Expr{r.expression(e.X, in)}, Range: r.span(e)}
	case *ast.CallExpr:
		return r.call(e, in)
	case *ast.CompositeLit:
		return r.composite(e, e.Type, in)
	case *ast.FuncLit:
		start := r.span(e.Type)
		f := code.Function{Parent: in.function, Class: code.Module, Range: r.span(e), NameRange: code.Range{Start: start.Start, End: min(start.Start+len("func"), start.End)}}
		return &code.Expr{Kind: code.Func, Function: r.body(f, e.Type, e.Body), Range: r.span(e)}
	}
	return r.operator(e, in)
}

// operator reads an expression with an operator.
func (r *reader) operator(e ast.Expr, in scope) *code.Expr {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.expression(e.X, in)
	case *ast.StarExpr:
		return r.expression(e.X, in)
	case *ast.TypeAssertExpr:
		return r.expression(e.X, in)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return r.expression(e.X, in)
		}
		return r.unknown(e, in, e.X)
	case *ast.BinaryExpr:
		return r.binary(e, in)
	case *ast.IndexExpr:
		return &code.Expr{Kind: code.Index, Items: []*code.Expr{r.expression(e.X, in), r.expression(e.Index, in)}, Range: r.span(e)}
	case *ast.SliceExpr:
		return &code.Expr{Kind: code.Index, Items: []*code.Expr{r.expression(e.X, in), r.unknown(e, in, e.Low, e.High, e.Max)}, Range: r.span(e)}
	case *ast.IndexListExpr:
		return r.expression(e.X, in)
	case *ast.KeyValueExpr:
		return r.unknown(e, in, e.Key, e.Value)
	}
	return &code.Expr{Kind: code.Unknown, Range: r.span(e)}
}

// unknown is an expression of another kind with its parts.
func (r *reader) unknown(e ast.Expr, in scope, parts ...ast.Expr) *code.Expr {
	out := &code.Expr{Kind: code.Unknown, Range: r.span(e)}
	for _, p := range parts {
		if p != nil {
			out.Items = append(out.Items, r.expression(p, in))
		}
	}
	return out
}

func (r *reader) name(e *ast.Ident) *code.Expr {
	out := &code.Expr{Kind: code.Name, Text: e.Name, Range: r.span(e)}
	switch e.Name {
	case "true", "false":
		out.Kind = code.Bool
	case "nil":
		out.Kind = code.Null
	}
	return out
}

func (r *reader) literal(e *ast.BasicLit) *code.Expr {
	out := &code.Expr{Kind: code.Number, Text: e.Value, Range: r.span(e)}
	if e.Kind == token.STRING {
		text, err := strconv.Unquote(e.Value)
		if err != nil {
			return &code.Expr{Kind: code.Unknown, Range: out.Range}
		}
		out.Kind, out.Text = code.String, text
	}
	return out
}

// call reads a call. A conversion to a slice of bytes is its operand, and new(T) the zero value of T.
func (r *reader) call(e *ast.CallExpr, in scope) *code.Expr {
	fun := ast.Unparen(e.Fun)
	if _, isConversion := fun.(*ast.ArrayType); isConversion && len(e.Args) == 1 {
		return r.expression(e.Args[0], in)
	}
	if n, ok := fun.(*ast.Ident); ok && n.Name == "new" && len(e.Args) == 1 {
		if name := typeText(e.Args[0]); name != "" {
			return &code.Expr{Kind: code.Map, Text: name, Range: r.span(e)}
		}
	}
	if i, ok := fun.(*ast.IndexExpr); ok && isType(i.Index) {
		fun = i.X
	}
	out := &code.Expr{Kind: code.Call, Items: []*code.Expr{r.expression(fun, in)}, Range: r.span(e)}
	for i, a := range e.Args {
		item := r.expression(a, in)
		if i == len(e.Args)-1 && e.Ellipsis.IsValid() {
			item = &code.Expr{Kind: code.Spread, Items: []*code.Expr{item}, Range: item.Range}
		}
		out.Items = append(out.Items, item)
	}
	out.Keys = make([]string, len(out.Items))
	return out
}

// isType reports whether an index is certainly a type argument.
func isType(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.StarExpr, *ast.ArrayType, *ast.MapType, *ast.InterfaceType, *ast.StructType, *ast.FuncType, *ast.ChanType:
		return true
	case *ast.Ident:
		return slices.Contains([]string{"string", "bool", "int", "int64", "int32", "float64", "byte", "any", "error"}, e.Name)
	case *ast.SelectorExpr:
		return ast.IsExported(e.Sel.Name)
	}
	return false
}

// binary reads operators. A sum is the list of its operands, and may be one of strings.
func (r *reader) binary(e *ast.BinaryExpr, in scope) *code.Expr {
	out := &code.Expr{Kind: code.Unknown, Range: r.span(e)}
	if e.Op == token.ADD {
		out.Kind = code.Concat
	}
	var operands []ast.Expr
	var left ast.Expr = e
	for {
		b, ok := left.(*ast.BinaryExpr)
		if !ok || b.Op != e.Op {
			break
		}
		operands = append(operands, b.Y)
		left = b.X
	}
	operands = append(operands, left)
	slices.Reverse(operands)
	for _, o := range operands {
		out.Items = append(out.Items, r.expression(o, in))
	}
	return out
}

// composite reads a composite literal of a type, which is nil if the literal around it implies none.
func (r *reader) composite(e *ast.CompositeLit, of ast.Expr, in scope) *code.Expr {
	out := &code.Expr{Kind: code.Map, Range: r.span(e)}
	var element ast.Expr
	isStruct := false
	switch t := of.(type) {
	case *ast.ArrayType:
		out.Kind, element = code.List, t.Elt
	case *ast.MapType:
		element = t.Value
	default:
		isStruct = true
		out.Text = typeText(of)
	}
	for _, item := range e.Elts {
		name := ""
		if pair, ok := item.(*ast.KeyValueExpr); ok {
			if field, isName := pair.Key.(*ast.Ident); isName && isStruct {
				name = field.Name
			} else if literal, isLiteral := pair.Key.(*ast.BasicLit); isLiteral && literal.Kind == token.STRING {
				name, _ = strconv.Unquote(literal.Value)
			}
			item = pair.Value
		}
		if out.Kind == code.Map {
			out.Keys = append(out.Keys, name)
		}
		out.Items = append(out.Items, r.element(item, element, in))
	}
	return out
}

// element reads an item of a composite literal. Its type may be omitted.
func (r *reader) element(item, of ast.Expr, in scope) *code.Expr {
	inner, ok := item.(*ast.CompositeLit)
	if !ok || inner.Type != nil || of == nil {
		return r.expression(item, in)
	}
	if !r.enter(item) {
		return &code.Expr{Range: r.span(item)}
	}
	defer r.leave()
	if pointer, isPointer := of.(*ast.StarExpr); isPointer {
		of = pointer.X
	}
	return r.composite(inner, of, in)
}
