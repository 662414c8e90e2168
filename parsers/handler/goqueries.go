package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// goQueryText returns the text of the query that a call in Go sends: a method of database/sql, sqlx, pgx or gorm, or the input of an
// operation. The libraries have the text at different positions, so it is the first argument that begins like a query.
func (u *unit) goQueryText(function int, e *code.Expr) *code.Expr {
	isMethod := e.Items[0].Kind == code.Member && sendsQuery(e.Items[0].Text)
	isOperation := slices.Contains([]string{"ExecuteStatement", "BatchExecuteStatement", "StartQueryExecution"}, strings.TrimSuffix(calleeText(e), "WithContext"))
	if !isMethod && !isOperation {
		return nil
	}
	for _, item := range e.Items[1:min(len(e.Items), maxInputs)] {
		if isOperation {
			item = u.goInput(function, item)
		}
		if item != nil && u.compositionIn(function).isQuery(item) {
			return item
		}
	}
	return nil
}

// sendsQuery reports whether a method is named like one that sends or prepares a query.
func sendsQuery(method string) bool {
	name := strings.TrimSuffix(method, "Context")
	return slices.Contains([]string{
		"Query", "QueryRow", "Exec", "Prepare", "Queryx", "QueryRowx", "NamedQuery", "NamedExec", "MustExec", "Preparex", "PrepareNamed", "Get", "Select", "Raw",
	}, name)
}

// goInput returns the text of the query in the input of an operation, which may be assigned to a name.
func (u *unit) goInput(function int, e *code.Expr) *code.Expr {
	if e.Kind == code.Name {
		if values := before(e, u.compositionIn(function).values(e.Text)); len(values) == 1 {
			e = values[0].value
		}
	}
	if e.Kind != code.Map {
		return nil
	}
	return queryIn(e)
}

// wrapped returns the text that a call in Go wraps: aws.String(query), string(query); nil: it is another call.
func (c *composition) wrapped(call *code.Expr) *code.Expr {
	if c.u.code.Language != code.Go || len(call.Items) != 2 { //nolint:mnd // the function and the text
		return nil
	}
	if callee := c.u.callee(call.Items[0]); callee == "string" || callee == "strings.TrimSpace" || isGoSDK(callee) && strings.HasSuffix(callee, ".String") {
		return call.Items[1]
	}
	return nil
}

// goFormatted returns the values that fmt.Sprintf puts into a format as texts. Numbers cannot change a query.
func (u *unit) goFormatted(call *code.Expr) []*code.Expr {
	values := call.Items[2:]
	format, isKnown := u.constant(call.Items[1])
	verbs, isPlain := verbsOf(format)
	if !isKnown || !isPlain || len(verbs) != len(values) {
		return values
	}
	var texts []*code.Expr
	for i, verb := range verbs {
		if verb == 's' || verb == 'v' {
			texts = append(texts, values[i])
		}
	}
	return texts
}

// verbsOf returns the verbs of a format. isPlain: each belongs to the next value.
func verbsOf(format string) (verbs []byte, isPlain bool) {
	for {
		_, rest, found := strings.Cut(format, "%")
		if !found {
			return verbs, true
		}
		rest = strings.TrimLeft(rest, "+-# 0123456789.")
		switch {
		case rest == "" || rest[0] == '[' || rest[0] == '*':
			return nil, false
		case rest[0] != '%':
			verbs = append(verbs, rest[0])
		}
		format = rest[1:]
	}
}
