package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// query reads a call that sends a composed text to a database.
func (u *unit) query(s *code.Statement, e *code.Expr) {
	text := u.queryText(s.Function, e)
	if text == nil || !u.compositionIn(s.Function).composed(text) {
		return
	}
	at := u.at(e.Range)
	isFromEvent := u.compositionIn(s.Function).isQuery(text) && u.compositionIn(s.Function).hasEvent(text)
	u.f.queries = append(u.f.queries, model.SourceQuery{
		Block: model.NewBlock(at), Function: model.Known(calleeText(e), at), Event: model.Known(isFromEvent, at),
	})
}

// queryText returns the text of the query that a call in a function sends; nil: it sends none.
func (u *unit) queryText(function int, e *code.Expr) *code.Expr {
	if u.code.Language == code.Go {
		return u.goQueryText(function, e)
	}
	return scriptQueryText(e)
}

// scriptQueryText is queryText for Python, JavaScript and TypeScript.
func scriptQueryText(e *code.Expr) *code.Expr {
	var first *code.Expr
	switch name := calleeText(e); name {
	case "execute", "executemany", "query", "queryAsync", "raw", "$queryRawUnsafe", "$executeRawUnsafe", "read_sql", "read_sql_query":
		first = argument(e, map[bool]string{true: "sql", false: "query"}[strings.HasPrefix(name, "read_")], 0)
	case "execute_statement", "batch_execute_statement", "start_query_execution",
		"executeStatement", "startQueryExecution", "ExecuteStatementCommand", "BatchExecuteStatementCommand", "StartQueryExecutionCommand":
		if text := queryIn(e); text != nil {
			return text
		}
		first = argument(e, "", 0)
		if first != nil && first.Kind != code.Map {
			return nil
		}
	}
	switch {
	case first == nil:
		return nil
	case first.Kind == code.Map:
		return queryIn(first)
	case first.Kind == code.Call && calleeText(first) == "text" && len(first.Items) > 1:
		return first.Items[1] // of SQLAlchemy
	}
	return first
}

// queryIn returns the text of a query by its key in a map or by its keyword in a call.
func queryIn(e *code.Expr) *code.Expr {
	for i, key := range e.Keys {
		if i < len(e.Items) && slices.Contains([]string{"sql", "Sql", "Statement", "QueryString", "text"}, key) {
			return e.Items[i]
		}
	}
	return nil
}

// composition looks at the parts of a text in a function.
type composition struct {
	u        *unit
	function int
	seen     map[*code.Expr]bool
}

// compositionIn returns a look at the texts in a function. Each question requires one of its own.
func (u *unit) compositionIn(function int) *composition {
	return &composition{u: u, function: function, seen: map[*code.Expr]bool{}}
}

// values returns the expressions that a name is assigned in the function or in one that contains it.
func (c *composition) values(name string) []assignment {
	n := c.u.flowOf().names
	for at := c.function; ; at = c.u.code.Functions[at].Parent {
		if list := n.assigned[at][name]; len(list) > 0 || at == code.Module {
			return list
		}
		if slices.Contains(c.u.code.Functions[at].Parameters, name) {
			return nil
		}
	}
}

// of looks at the values of a name, each once.
func (c *composition) of(e *code.Expr, look func(*code.Expr) bool) bool {
	if c.seen[e] {
		return false
	}
	c.seen[e] = true
	return slices.ContainsFunc(before(e, c.values(e.Text)), func(a assignment) bool {
		if c.seen[a.value] {
			return false
		}
		c.seen[a.value] = true
		return a.property == "" && look(a.value)
	})
}

// before returns the last assignment above the use of a name; all if there is none above it. Others may be of other branches.
func before(use *code.Expr, all []assignment) []assignment {
	last := -1
	for i, a := range all {
		if a.value.Range.Start < use.Range.Start && (last < 0 || a.value.Range.Start > all[last].value.Range.Start) {
			last = i
		}
	}
	if last < 0 {
		return all
	}
	return all[last : last+1]
}

// composed reports whether an expression puts texts together, of which one is no constant.
func (c *composition) composed(e *code.Expr) bool {
	switch e.Kind { //nolint:exhaustive // others do not
	case code.Concat:
		return slices.ContainsFunc(e.Items, func(item *code.Expr) bool { return item.Kind != code.String })
	case code.Unknown:
		return c.isFormat(e)
	case code.Call:
		if text := c.wrapped(e); text != nil {
			return c.composed(text)
		}
		return c.isFormatCall(e)
	case code.Name:
		return c.of(e, c.composed)
	}
	return false
}

// isFormat reports whether an expression is a format with values in Python: "…" % values.
func (c *composition) isFormat(e *code.Expr) bool {
	return e.Text == "%" && len(e.Items) > 1 && c.u.code.Language == code.Python
}

// isFormatCall reports whether a call puts values into a format.
func (c *composition) isFormatCall(call *code.Expr) bool {
	if c.u.code.Language == code.Go {
		return c.u.callee(call.Items[0]) == "fmt.Sprintf" && len(call.Items) > 1
	}
	return calleeText(call) == "format"
}

// formatOf returns the format of such a call.
func (c *composition) formatOf(call *code.Expr) *code.Expr {
	switch callee := call.Items[0]; {
	case c.u.code.Language == code.Go:
		return call.Items[1]
	case callee.Kind == code.Member:
		return callee.Items[0]
	}
	return nil
}

// formatted returns the values that such a call puts into its format as texts.
func (c *composition) formatted(call *code.Expr) []*code.Expr {
	if c.u.code.Language == code.Go {
		return c.u.goFormatted(call)
	}
	return call.Items[1:]
}

// isQuery reports whether a text begins like a query of data. Other statements cannot have parameters.
func (c *composition) isQuery(e *code.Expr) bool {
	if e == nil {
		return false
	}
	switch e.Kind { //nolint:exhaustive // others have no text that is known
	case code.String:
		word, _, _ := strings.Cut(strings.TrimLeft(e.Text, " \t\r\n("), " ")
		word, _, _ = strings.Cut(strings.TrimSpace(word), "\n")
		return slices.Contains([]string{"SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "WITH"}, strings.ToUpper(strings.TrimSpace(word)))
	case code.Concat, code.Unknown:
		return len(e.Items) > 0 && c.isQuery(e.Items[0])
	case code.Call:
		if text := c.wrapped(e); text != nil {
			return c.isQuery(text)
		}
		return c.isFormatCall(e) && c.isQuery(c.formatOf(e))
	case code.Choice:
		return slices.ContainsFunc(e.Items, c.isQuery)
	case code.Name:
		return c.of(e, c.isQuery)
	}
	return false
}

// hasEvent reports whether a part of the event is put into a text.
func (c *composition) hasEvent(e *code.Expr) bool {
	switch e.Kind { //nolint:exhaustive // others are no texts
	case code.Concat:
		return slices.ContainsFunc(e.Items, c.isPart)
	case code.Choice:
		return slices.ContainsFunc(e.Items, c.hasEvent)
	case code.Unknown:
		if !c.isFormat(e) {
			return false
		}
		values := e.Items[1:]
		if values[0].Kind == code.List || values[0].Kind == code.Map {
			values = values[0].Items
		}
		return slices.ContainsFunc(values, c.isPart)
	case code.Call:
		if text := c.wrapped(e); text != nil {
			return c.hasEvent(text)
		}
		return c.isFormatCall(e) && slices.ContainsFunc(c.formatted(e), c.isPart)
	case code.Name:
		return c.of(e, c.hasEvent)
	}
	return false
}

// isPart reports whether a part of a composed text is or has a part of the event.
func (c *composition) isPart(e *code.Expr) bool {
	if e.Kind == code.Name {
		if last := before(e, c.values(e.Text)); len(last) == 1 && last[0].property == "" && (last[0].value.Kind == code.Concat || last[0].value.Kind == code.String) {
			return c.hasEvent(e)
		}
	}
	return c.u.flowOf().has(c.function, e) || c.hasEvent(e)
}
