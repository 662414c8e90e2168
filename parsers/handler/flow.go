package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// flow are the names of a file that have a part of the event, in all of its functions. A name that code converts or checks has
// none: what is left can be any text.
type flow struct {
	*unit
	names   *names
	dirty   map[variable]bool
	clean   map[variable]bool // converted or replaced by the result of a function
	wholes  map[variable]bool // that are the whole event
	results map[int]bool      // functions that return a part of the event
	checked map[string]bool   // names and members that code compares or checks; nil: not read yet
	isFirst bool              // the first pass, which finds results
}

// variable is a variable of a function.
type variable struct {
	function int
	name     string
}

// check finds what the file compares with constants or checks by a function.
func (f *flow) check() {
	f.checked = map[string]bool{}
	for i := range f.code.Statements {
		for e := range f.code.Statements[i].Expressions() {
			for _, v := range f.checkedIn(e) {
				if key := keyOf(v); key != "" && key != f.parameter {
					f.checked[key] = true
				}
			}
		}
	}
}

// checkedIn returns the values that an expression compares or checks.
func (f *flow) checkedIn(e *code.Expr) []*code.Expr {
	switch {
	case e.Kind == code.Unknown && len(e.Items) > 1 && e.Text != "%":
		if e.Text == "in" || e.Text == "not in" || slices.ContainsFunc(e.Items[1:], isConstant) {
			return e.Items[:1] // the others of `"name" in event` are not checked
		}
	case (e.Kind == code.Call || e.Kind == code.New) && f.isCheck(e):
		values := slices.Clone(e.Items[1:])
		if callee := e.Items[0]; callee.Kind == code.Member {
			values = append(values, callee.Items[0]) // name.isdigit()
		}
		return values
	}
	return nil
}

// isCheck reports whether a call checks its arguments.
func (f *flow) isCheck(call *code.Expr) bool {
	if f.code.Language == code.Go {
		return parses(f.callee(call.Items[0])) || calleeText(call) != "Exec" && checks(calleeText(call))
	}
	return checks(calleeText(call))
}

func isConstant(e *code.Expr) bool {
	return e.Kind == code.String && e.Text != "" || e.Kind == code.Number
}

// checks reports whether a function is named like one that checks or escapes a value.
func checks(function string) bool {
	name := strings.ToLower(function)
	switch name {
	case "includes", "has", "test", "match", "fullmatch", "search", "indexof", "isdigit", "isdecimal", "isnumeric", "isalnum", "isalpha", "isidentifier",
		"isnan", "isinteger", "isinstance", "exec", "contains", "matchstring", "containsany":
		return true
	case "check_output", "check_call": // of subprocess
		return false
	}
	return slices.ContainsFunc([]string{"valid", "sanit", "check", "escape", "verify", "assert", "allowed", "isuuid"}, func(word string) bool { return strings.Contains(name, word) })
}

func calleeText(call *code.Expr) string {
	if callee := call.Items[0]; callee.Kind == code.Member || callee.Kind == code.Name {
		return callee.Text
	}
	return ""
}

// keyOf returns the text of a name, or of members of one with literal keys; "" for others.
func keyOf(e *code.Expr) string {
	switch {
	case e.Kind == code.Name:
		return e.Text
	case e.Kind == code.Member || e.Kind == code.Index && len(e.Items) > 1:
		base := keyOf(e.Items[0])
		if name, ok := memberName(e); ok && base != "" {
			return base + "." + name
		}
	}
	return ""
}

// statement follows an assignment and the calls of a statement.
func (f *flow) statement(s *code.Statement) {
	switch {
	case s.Kind == code.Assign && s.Target != nil && s.Value != nil:
		f.assign(s)
	case s.Kind == code.Return && f.has(s.Function, s.Value):
		f.results[s.Function] = true
	}
	for e := range s.Expressions() {
		if e.Kind == code.Call {
			f.arguments(s.Function, e)
			f.decoded(s.Function, e)
		}
	}
}

func (f *flow) assign(s *code.Statement) {
	value := f.iterated(s.Value)
	f.assignWhole(s)
	has := f.has(s.Function, value)
	isConverted := !has && f.converts(s.Function, value)
	if !has && !isConverted {
		return
	}
	for e := range s.Target.All() {
		if e.Kind != code.Name || e != s.Target && s.Target.Kind != code.List && s.Target.Kind != code.Map {
			continue
		}
		if v := f.variable(s.Function, e.Text); has {
			f.dirty[v] = true
		} else {
			f.clean[v] = true
		}
	}
}

// iterated returns the value whose items a loop in Python assigns, or the value itself.
func (f *flow) iterated(e *code.Expr) *code.Expr {
	if e.Kind == code.Unknown && e.Text == "" && len(e.Items) == 1 && f.code.Language == code.Python {
		return e.Items[0]
	}
	return e
}

// converts reports whether an expression is the result of a function that makes something else of a part of the event.
func (f *flow) converts(function int, e *code.Expr) bool {
	if f.isFirst && e.Kind == code.Call && len(f.callees(function, e)) > 0 {
		return false // the second pass knows what the function returns
	}
	return (e.Kind == code.Call || e.Kind == code.New) && f.hasAny(function, e.Items)
}

// variable returns the variable that a name in a function stands for.
func (f *flow) variable(function int, name string) variable {
	for at := function; at != code.Module; at = f.code.Functions[at].Parent {
		if len(f.names.assigned[at][name]) > 0 || slices.Contains(f.code.Functions[at].Parameters, name) {
			return variable{at, name}
		}
	}
	return variable{code.Module, name}
}

// items follows the items of a list into a function that is called for each: event.Records.map((record) => …).
func (f *flow) items(function int, call *code.Expr) {
	if len(call.Items) < 2 || call.Items[1].Kind != code.Func || !slices.Contains([]string{"map", "forEach", "flatMap", "filter"}, calleeText(call)) || call.Items[0].Kind != code.Member { //nolint:mnd // the callee and the function
		return
	}
	each := call.Items[1].Function
	if parameters := f.code.Functions[each].Parameters; len(parameters) > 0 && f.has(function, call.Items[0].Items[0]) {
		f.dirty[variable{each, parameters[0]}] = true
	}
}

// has reports whether an expression has a part of the event.
func (f *flow) has(function int, e *code.Expr) bool {
	if e == nil || !f.f.calls.step() || f.checked[keyOf(e)] {
		return false
	}
	switch e.Kind { //nolint:exhaustive // the values of others are something else
	case code.Name:
		v := f.variable(function, e.Text)
		return f.dirty[v] && !f.clean[v]
	case code.Member, code.Index:
		return f.hasMember(function, e)
	case code.Concat, code.Choice, code.Await:
		return f.hasAny(function, e.Items)
	case code.Unknown:
		return e.Text == "%" && f.code.Language == code.Python && slices.ContainsFunc(e.Items, func(item *code.Expr) bool { return f.formats(function, item) })
	case code.Call:
		return f.returns(function, e)
	}
	return false
}

// hasMember is has for a member.
func (f *flow) hasMember(function int, e *code.Expr) bool {
	name, _ := memberName(e)
	return !isSafe(name) && !f.isNumber(e) && f.has(function, e.Items[0])
}

// formats reports whether a value of "…" % values, or one of several, has a part of the event.
func (f *flow) formats(function int, e *code.Expr) bool {
	if e.Kind == code.List || e.Kind == code.Map {
		return f.hasAny(function, e.Items)
	}
	return f.has(function, e)
}

// returns reports whether the result of a call has a part of the event that is in its arguments.
func (f *flow) returns(function int, call *code.Expr) bool {
	if slices.ContainsFunc(f.callees(function, call), func(to called) bool { return to.flow.results[to.function] }) {
		return true
	}
	if f.code.Language == code.Go {
		return f.keeps(call.Items[0]) && f.hasAny(function, call.Items[1:])
	}
	return f.scriptReturns(function, call)
}

// scriptReturns is returns for Python, JavaScript and TypeScript.
func (f *flow) scriptReturns(function int, call *code.Expr) bool {
	callee := call.Items[0]
	name, _ := callee.Path()
	items := call.Items[1:]
	switch {
	case isListed(keeping, name):
	case callee.Kind == code.Member && callee.Text == "format" && f.code.Language == code.Python:
	case callee.Kind == code.Member && slices.Contains([]string{"get", "strip", "lower", "upper", "trim", "toLowerCase", "toUpperCase", "toString", "decode", "title", "pop"}, callee.Text):
		if len(items) > 0 && items[0].Kind == code.String && isSafe(items[0].Text) {
			return false
		}
		return f.has(function, callee.Items[0])
	default:
		return false
	}
	return f.hasAny(function, items)
}

// hasAny reports whether one of some expressions has a part of the event.
func (f *flow) hasAny(function int, items []*code.Expr) bool {
	return slices.ContainsFunc(items, func(item *code.Expr) bool { return f.has(function, item) })
}

// keeping are functions whose results have what is in their arguments.
const keeping = "str String json.loads JSON.parse decodeURIComponent unquote unquote_plus urllib.parse.unquote_plus urllib.parse.unquote " +
	"base64.b64decode b64decode bytes Buffer.from atob zlib.decompress gzip.decompress"

// isSafe reports whether a member of an event is set by AWS or by the author of a template.
func isSafe(member string) bool {
	return slices.Contains([]string{
		"requestContext", "ResourceProperties", "OldResourceProperties", "RequestType", "httpMethod", "region", "account", "time", "awsRegion", "eventSourceARN", "eventID",
		"eventTime", "eventName", "length", "size", "ApproximateCreationDateTime", "SecretId", "ClientRequestToken", "userName", "triggerSource",
		"RequestContext", "HTTPMethod", "AWSRegion", "EventSourceArn", "EventID", "EventTime", "EventName",
	}, member)
}
