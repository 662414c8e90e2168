package golang

import (
	"go/ast"
	"go/token"
	"slices"

	"lintel/parsers/handler/code"
)

// declaration reads imports, variables, constants and functions.
func (r *reader) declaration(d ast.Decl, in scope) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		r.function(d)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.ImportSpec:
				r.imported(s)
			case *ast.ValueSpec:
				r.values(s, in)
			}
		}
	}
}

// function reads a function or method.
func (r *reader) function(d *ast.FuncDecl) {
	f := code.Function{Parent: code.Module, Class: code.Module, Range: r.span(d), NameRange: r.span(d.Name), Name: d.Name.Name}
	if name := receiver(d); name != "" {
		f.Class = r.classes[name]
		if names := d.Recv.List[0].Names; len(names) > 0 {
			f.Receiver = names[0].Name
		}
	}
	r.body(f, d.Type, d.Body)
}

// body adds a function and reads its statements. It returns its index.
func (r *reader) body(f code.Function, t *ast.FuncType, body *ast.BlockStmt) int {
	signature(&f, t)
	index := len(r.out.Functions)
	r.out.Functions = append(r.out.Functions, f)
	if body != nil {
		fails := len(f.Results) > 0 && f.Results[len(f.Results)-1] == "error"
		r.block(body.List, scope{function: index, try: code.Module, fails: fails})
	}
	return index
}

// signature adds the parameters and results of a function.
func signature(f *code.Function, t *ast.FuncType) {
	if t.Params != nil {
		for _, p := range t.Params.List {
			for _, n := range p.Names {
				f.Parameters, f.Types = append(f.Parameters, n.Name), append(f.Types, typeText(p.Type))
			}
			if len(p.Names) == 0 {
				f.Parameters, f.Types = append(f.Parameters, "_"), append(f.Types, typeText(p.Type))
			}
		}
	}
	if t.Results != nil {
		for _, p := range t.Results.List {
			for range max(len(p.Names), 1) {
				f.Results = append(f.Results, typeText(p.Type))
			}
		}
	}
}

// values reads variables and constants.
func (r *reader) values(s *ast.ValueSpec, in scope) {
	targets := make([]ast.Expr, len(s.Names))
	for i, n := range s.Names {
		targets[i] = n
	}
	if len(s.Values) > 0 {
		r.assign(s, targets, s.Values, in)
		return
	}
	name := typeText(s.Type)
	if name == "" {
		return
	}
	for _, n := range s.Names {
		r.add(code.Assign, s, r.expression(n, in), zero(s.Type, name, r.span(s.Type)), in)
	}
}

// zero is the value of a variable that is declared without one.
func zero(t ast.Expr, name string, at code.Range) *code.Expr {
	kind := code.Map
	if _, isPointer := t.(*ast.StarExpr); isPointer {
		kind = code.Typed
	}
	return &code.Expr{Kind: kind, Text: name, Range: at}
}

// assign reads `a, b = x, y` and `a, b = f()`, whose first value is that of a. A value that nothing is assigned is evaluated only.
func (r *reader) assign(n ast.Node, targets, values []ast.Expr, in scope) {
	for i, t := range targets {
		var value *code.Expr
		switch {
		case i < len(values):
			value = r.named(t, values[i], in)
		default:
			value = &code.Expr{Range: code.Range{Start: r.span(t).Start, End: r.span(t).Start}}
		}
		target := r.expression(t, in)
		if isBlank(target) && (i > 0 || areBlank(targets)) {
			r.add(code.Evaluate, n, nil, value, in)
			continue
		}
		r.add(code.Assign, n, target, value, in)
	}
	for _, v := range values[min(len(targets), len(values)):] {
		r.add(code.Evaluate, n, nil, r.expression(v, in), in)
	}
}

func isBlank(e *code.Expr) bool { return e.Kind == code.Name && e.Text == "_" }

func areBlank(targets []ast.Expr) bool {
	return !slices.ContainsFunc(targets, func(t ast.Expr) bool {
		n, ok := t.(*ast.Ident)
		return !ok || n.Name != "_"
	})
}

// named reads a value. A function literal has the name of what it is assigned to.
func (r *reader) named(target, value ast.Expr, in scope) *code.Expr {
	before := len(r.out.Functions)
	e := r.expression(value, in)
	if n, ok := target.(*ast.Ident); ok && e.Kind == code.Func && before < len(r.out.Functions) {
		r.out.Functions[e.Function].Name = n.Name
	}
	return e
}

func (r *reader) add(kind code.StatementKind, n ast.Node, target, value *code.Expr, in scope) {
	r.out.Statements = append(r.out.Statements, code.Statement{
		Kind: kind, Target: target, Value: value, Function: in.function, Class: code.Module, Try: in.try, Range: r.span(n),
	})
}

// block reads a list of statements.
func (r *reader) block(list []ast.Stmt, in scope) {
	for i, s := range list {
		at := in
		if i+1 < len(list) {
			if name := errorOf(s); name != "" {
				if handling, ok := list[i+1].(*ast.IfStmt); ok && handling.Init == nil && isNotNil(handling.Cond, name) {
					at.try = r.handled(s, handling.Body, in)
				}
			}
		}
		r.statement(s, at)
	}
}

// handled adds what handles the error of a statement.
func (r *reader) handled(s ast.Stmt, body *ast.BlockStmt, in scope) int {
	at := r.span(body)
	r.out.Tries = append(r.out.Tries, code.Try{
		Outer: in.try, Range: r.span(s),
		Catches: []code.Catch{{Types: []*code.Expr{{Kind: code.Name, Text: "error", Range: at}}, IsEmpty: len(body.List) == 0, Raises: in.returnsError(body), Range: at}},
	})
	return len(r.out.Tries) - 1
}

// errorOf returns the last variable that a statement assigns the result of a call to; "" if it does not.
func errorOf(s ast.Stmt) string {
	a, ok := s.(*ast.AssignStmt)
	if !ok || len(a.Rhs) != 1 || len(a.Lhs) == 0 {
		return ""
	}
	if _, isCall := a.Rhs[0].(*ast.CallExpr); !isCall {
		return ""
	}
	if n, ok := a.Lhs[len(a.Lhs)-1].(*ast.Ident); ok && n.Name != "_" {
		return n.Name
	}
	return ""
}

// isNotNil reports whether a condition is `name != nil`.
func isNotNil(e ast.Expr, name string) bool {
	b, ok := e.(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ {
		return false
	}
	x, isName := b.X.(*ast.Ident)
	y, isNil := b.Y.(*ast.Ident)
	return isName && isNil && x.Name == name && y.Name == "nil"
}

// returnsError reports whether statements may pass an error on: they return one, panic or end the program.
func (in scope) returnsError(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if in.fails && len(n.Results) > 0 {
				last, isName := n.Results[len(n.Results)-1].(*ast.Ident)
				found = found || !isName || last.Name != "nil"
			}
		case *ast.CallExpr:
			found = found || ends(n)
		}
		return !found
	})
	return found
}

// ends reports whether a call ends the program: panic, log.Fatal, os.Exit.
func ends(c *ast.CallExpr) bool {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		switch f.Sel.Name {
		case "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "Exit":
			return true
		}
	}
	return false
}

// statement reads a statement.
func (r *reader) statement(s ast.Stmt, in scope) {
	if s == nil || !r.enter(s) {
		return
	}
	defer r.leave()
	switch s := s.(type) {
	case *ast.ExprStmt:
		r.evaluate(s.X, in)
	case *ast.AssignStmt:
		r.assignment(s, in)
	case *ast.ReturnStmt:
		r.returned(s, in)
	case *ast.DeferStmt:
		r.deferred(s, in)
	case *ast.GoStmt:
		r.evaluate(s.Call, in)
	case *ast.DeclStmt:
		r.declaration(s.Decl, in)
	case *ast.LabeledStmt:
		r.statement(s.Stmt, in)
	case *ast.BlockStmt:
		r.block(s.List, in)
	default:
		r.compound(s, in)
	}
}

func (r *reader) evaluate(e ast.Expr, in scope) {
	if e != nil {
		r.add(code.Evaluate, e, nil, r.expression(e, in), in)
	}
}

func (r *reader) assignment(s *ast.AssignStmt, in scope) {
	if s.Tok == token.ADD_ASSIGN && len(s.Lhs) == 1 && len(s.Rhs) == 1 {
		target := r.expression(s.Lhs[0], in)
		sum := &code.Expr{Kind: code.Concat, Items: []*code.Expr{target, r.expression(s.Rhs[0], in)}, Range: r.span(s)}
		r.add(code.Assign, s, target, sum, in)
		return
	}
	r.assign(s, s.Lhs, s.Rhs, in)
}

// returned reads the results of a function: a statement for the first and for an error.
func (r *reader) returned(s *ast.ReturnStmt, in scope) {
	if len(s.Results) == 0 {
		r.add(code.Return, s, nil, nil, in)
		return
	}
	for i, result := range s.Results {
		kind := code.Return
		if i > 0 && (i < len(s.Results)-1 || !in.fails) {
			kind = code.Evaluate
		}
		r.add(kind, s, nil, r.expression(result, in), in)
	}
}

// deferred reads a deferred call. A function that only recovers handles every panic and does nothing.
func (r *reader) deferred(s *ast.DeferStmt, in scope) {
	if f, ok := s.Call.Fun.(*ast.FuncLit); ok && recovers(f.Body) {
		at := r.span(f.Body)
		r.out.Tries = append(r.out.Tries, code.Try{Outer: code.Module, Range: r.span(s), Catches: []code.Catch{{IsEmpty: true, Range: at}}})
	}
	r.evaluate(s.Call, in)
}

// recovers reports whether a body is only `recover()` or `_ = recover()`.
func recovers(body *ast.BlockStmt) bool {
	if body == nil || len(body.List) != 1 {
		return false
	}
	var e ast.Expr
	switch s := body.List[0].(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		if name, ok := s.Lhs[0].(*ast.Ident); ok && name.Name == "_" && len(s.Rhs) == 1 {
			e = s.Rhs[0]
		}
	}
	c, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	name, ok := c.Fun.(*ast.Ident)
	return ok && name.Name == "recover"
}

// compound reads statements with blocks.
func (r *reader) compound(s ast.Stmt, in scope) {
	switch s := s.(type) {
	case *ast.SendStmt:
		r.evaluate(s.Chan, in)
		r.evaluate(s.Value, in)
	case *ast.IncDecStmt:
		r.evaluate(s.X, in)
	case *ast.IfStmt:
		r.conditional(s, in)
	case *ast.ForStmt:
		r.statement(s.Init, in)
		r.evaluate(s.Cond, in)
		r.statement(s.Post, in)
		r.block(s.Body.List, in)
	case *ast.RangeStmt:
		r.ranged(s, in)
	case *ast.SwitchStmt:
		r.statement(s.Init, in)
		r.evaluate(s.Tag, in)
		r.clauses(s.Body, s.Tag, in)
	case *ast.TypeSwitchStmt:
		r.statement(s.Init, in)
		r.statement(s.Assign, in)
		r.clauses(s.Body, nil, in)
	case *ast.SelectStmt:
		r.clauses(s.Body, nil, in)
	}
}

// conditional reads an if statement and those after its else, in a loop: a chain of them is not nested.
func (r *reader) conditional(s *ast.IfStmt, in scope) {
	for {
		first := in
		if name := errorOf(s.Init); name != "" && isNotNil(s.Cond, name) {
			first.try = r.handled(s.Init, s.Body, in)
		}
		r.statement(s.Init, first)
		r.evaluate(s.Cond, in)
		r.block(s.Body.List, in)
		next, isChain := s.Else.(*ast.IfStmt)
		if !isChain {
			r.statement(s.Else, in)
			return
		}
		s = next
	}
}

// ranged reads a loop. The loop variable of the values stands for what is iterated.
func (r *reader) ranged(s *ast.RangeStmt, in scope) {
	value := r.expression(s.X, in)
	switch {
	case s.Value != nil:
		r.add(code.Assign, s.X, r.expression(s.Value, in), value, in)
	case s.Key != nil:
		r.add(code.Assign, s.X, r.expression(s.Key, in), &code.Expr{Items: []*code.Expr{value}, Range: value.Range}, in)
	default:
		r.add(code.Evaluate, s.X, nil, value, in)
	}
	r.block(s.Body.List, in)
}

// clauses reads the cases of a switch or select statement. A case is a comparison with the tag if that is a name or a member.
func (r *reader) clauses(body *ast.BlockStmt, tag ast.Expr, in scope) {
	switch tag.(type) {
	case *ast.Ident, *ast.SelectorExpr:
	default:
		tag = nil
	}
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			for _, e := range c.List {
				if tag != nil {
					r.add(code.Evaluate, e, nil, r.unknown(e, in, tag, e), in)
					continue
				}
				r.evaluate(e, in)
			}
			r.block(c.Body, in)
		case *ast.CommClause:
			r.statement(c.Comm, in)
			r.block(c.Body, in)
		}
	}
}
