package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// query reads a call that sends a composed text to a database.
func (u *unit) query(s *code.Statement, e *code.Expr) {
	text := queryText(e)
	if text == nil || u.code.Language == code.Go {
		return
	}
	q := composition{u: u, function: s.Function, seen: map[*code.Expr]bool{}}
	if !q.composed(text) {
		return
	}
	at := u.at(e.Range)
	isFromEvent := false
	if q = (composition{u: u, function: s.Function, seen: map[*code.Expr]bool{}}); q.isQuery(text) {
		q.seen = map[*code.Expr]bool{}
		isFromEvent = q.hasEvent(text)
	}
	u.f.queries = append(u.f.queries, model.SourceQuery{
		Block: model.NewBlock(at), Function: model.Known(calleeText(e), at), Event: model.Known(isFromEvent, at),
	})
}

// queryText returns the text of the query that a call sends; nil: it sends none.
func queryText(e *code.Expr) *code.Expr {
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
		return calleeText(e) == "format"
	case code.Name:
		return c.of(e, c.composed)
	}
	return false
}

// isFormat reports whether an expression is a format with values in Python: "…" % values.
func (c *composition) isFormat(e *code.Expr) bool {
	return e.Text == "%" && len(e.Items) > 1 && c.u.code.Language == code.Python
}

// isQuery reports whether a text begins like a query of data. Other statements cannot have parameters.
func (c *composition) isQuery(e *code.Expr) bool {
	switch e.Kind { //nolint:exhaustive // others have no text that is known
	case code.String:
		word, _, _ := strings.Cut(strings.TrimLeft(e.Text, " \t\r\n("), " ")
		word, _, _ = strings.Cut(strings.TrimSpace(word), "\n")
		return slices.Contains([]string{"SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "WITH"}, strings.ToUpper(strings.TrimSpace(word)))
	case code.Concat, code.Unknown:
		return len(e.Items) > 0 && c.isQuery(e.Items[0])
	case code.Call:
		return e.Items[0].Kind == code.Member && c.isQuery(e.Items[0].Items[0])
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
		return calleeText(e) == "format" && slices.ContainsFunc(e.Items[1:], c.isPart)
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
