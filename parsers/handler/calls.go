package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// main is the file that defines the handler.
func (p *program) main() *module {
	if p.start.m != nil {
		return p.start.m
	}
	return p.modules[0]
}

// call reads the facts of a call.
func (u *unit) call(s *code.Statement, e *code.Expr) {
	callee := u.callee(e.Items[0])
	if u.code.Language == code.Go {
		u.query(s, e)
		if callee != "" {
			u.goCall(s, e, callee)
		}
		return
	}
	u.environment(s, e, callee)
	u.removal(e, callee)
	if !u.isEntered(s) {
		return
	}
	u.query(s, e)
	if callee == "" {
		return
	}
	u.request(e, callee)
	u.command(s, e, callee)
	u.log(s, e, callee)
	u.client(s, e, callee)
	u.file(s, e, callee)
}

// log reads calls that print or log the whole event or the whole environment.
func (u *unit) log(s *code.Statement, e *code.Expr, callee string) {
	name := lastName(callee)
	if logsEvent(e, name) {
		u.logged(e, callee, "event")
		return
	}
	object := strings.TrimSuffix(strings.TrimSuffix(callee, name), ".")
	isPrint := callee == "print" || object == "console"
	isOn := name != "debug" || u.f.mentions("DEBUG") // loggers leave it out unless their level is set
	if !isPrint && (!isLogger(object, name) || !isOn) {
		return
	}
	for _, item := range e.Items[1:] {
		content := u.whole(s.Function, item)
		if content == "" || content == "event" && u.isRedacted(s.Function, e.Range.Start) {
			continue
		}
		u.logged(e, callee, content)
		return
	}
	if isPrint {
		u.printed(e, callee)
	}
}

// printed adds the first print of a text that is not only JSON.
func (u *unit) printed(e *code.Expr, callee string) {
	if u.f.prints || len(e.Items) == 1 || u.isJSON(e) {
		return
	}
	u.f.prints = true
	u.logged(e, callee, "text")
}

// isJSON reports whether a call prints only JSON.
func (u *unit) isJSON(e *code.Expr) bool {
	if len(e.Items) != 2 || e.Items[1].Kind != code.Call { //nolint:mnd // the function and one argument
		return false
	}
	return slices.Contains([]string{"json.dumps", "simplejson.dumps", "JSON.stringify"}, u.callee(e.Items[1].Items[0]))
}

// isLogger reports whether a method of an object logs its arguments.
func isLogger(object, method string) bool {
	return strings.Contains(strings.ToLower(object), "log") && slices.Contains([]string{"info", "debug", "warning", "warn", "error", "log"}, method)
}

func (u *unit) logged(e *code.Expr, callee, content string) {
	at := u.at(e.Range)
	u.f.logs = append(u.f.logs, model.SourceLog{Block: model.NewBlock(at), Function: model.Known(callee, at), Content: model.Known(content, at)})
}

// logsEvent reports whether a call makes the logger of Powertools log each event.
// https://docs.powertools.aws.dev/lambda/python/latest/core/logger/#logging-incoming-event
func logsEvent(e *code.Expr, name string) bool {
	switch name {
	case "inject_lambda_context":
		return isTrue(argument(e, "log_event", -1))
	case "injectLambdaContext":
		for _, item := range e.Items[1:] {
			if i := slices.Index(item.Keys, "logEvent"); item.Kind == code.Map && i >= 0 {
				return isTrue(item.Items[i])
			}
		}
	}
	return false
}

func isTrue(e *code.Expr) bool { return e != nil && e.Kind == code.Bool && e.Text == "true" }

// isRedacted reports whether a function removes or replaces members of the event before an offset.
func (u *unit) isRedacted(function, offset int) bool {
	for _, name := range u.flowOf().wholesIn(function) {
		isParameter := function != code.Module && slices.Contains(u.code.Functions[function].Parameters, name)
		if slices.ContainsFunc(u.code.Statements, func(s code.Statement) bool {
			isNew := !isParameter && s.Target != nil && s.Target.Kind == code.Name
			return s.Function == function && s.Range.Start < offset && !isNew && changes(&s, name)
		}) {
			return true
		}
	}
	return false
}

// changes reports whether a statement replaces or removes a name or a member of it.
func changes(s *code.Statement, name string) bool {
	if s.Target != nil && rootOf(s.Target) == name {
		return true
	}
	for e := range s.Value.All() {
		if e.Kind == code.Call && e.Items[0].Kind == code.Member && e.Items[0].Text == "pop" && rootOf(e.Items[0]) == name {
			return true
		}
	}
	return false
}

// rootOf returns the name that an expression is a member of; "" if there is none.
func rootOf(e *code.Expr) string {
	for e != nil && (e.Kind == code.Member || e.Kind == code.Index || e.Kind == code.Call) {
		e = e.Items[0]
	}
	if e == nil || e.Kind != code.Name {
		return ""
	}
	return e.Text
}

// whole returns what an expression shows completely: event, environment or nothing.
func (u *unit) whole(function int, e *code.Expr) string {
	if path := u.callee(e); path == "os.environ" || path == "process.env" {
		return "environment"
	}
	switch e.Kind { //nolint:exhaustive // others show a part at most
	case code.Name:
		if u.flowOf().isWhole(function, e.Text) {
			return "event"
		}
	case code.Concat, code.Map:
		return u.anyWhole(function, e.Items)
	case code.Unknown, code.List:
		return u.wholeOfFormat(function, e)
	case code.Call:
		if calleeText(e) == "format" {
			return u.anyWhole(function, e.Items[1:])
		}
		first := argument(e, "", 0)
		if first != nil && slices.Contains([]string{"json.dumps", "JSON.stringify", "str", "dict"}, u.callee(e.Items[0])) {
			return u.whole(function, first)
		}
	}
	return ""
}

// wholeOfFormat returns what "…" % (event,) in Python shows completely.
func (u *unit) wholeOfFormat(function int, e *code.Expr) string {
	if u.code.Language != code.Python || e.Kind == code.Unknown && e.Text != "%" {
		return ""
	}
	return u.anyWhole(function, e.Items)
}

// anyWhole returns what one of some expressions shows completely.
func (u *unit) anyWhole(function int, items []*code.Expr) string {
	for _, item := range items {
		if content := u.whole(function, item); content != "" {
			return content
		}
	}
	return ""
}

// handlerFunction returns the index of the handler in its file, or code.Module.
func (u *unit) handlerFunction() int {
	if u.code.Language == code.Go {
		return u.f.start.function
	}
	symbol := lastName(u.f.symbol)
	return slices.IndexFunc(u.code.Functions, func(f code.Function) bool { return f.Parent == code.Module && f.Name == symbol })
}

// client reads the construction of clients of AWS services.
func (u *unit) client(s *code.Statement, e *code.Expr, callee string) {
	service := ""
	switch {
	case callee == "boto3.client" || callee == "boto3.resource":
		if name := argument(e, "service_name", 0); name != nil && name.Kind == code.String {
			service = name.Text
		}
	case e.Kind == code.New && strings.HasPrefix(callee, "@aws-sdk/client-"):
		module, name, _ := strings.Cut(strings.TrimPrefix(callee, "@aws-sdk/client-"), ".")
		if strings.HasSuffix(name, "Client") {
			service = module
		}
	case e.Kind == code.New && strings.HasPrefix(callee, "aws-sdk."):
		name, _, _ := strings.Cut(strings.TrimPrefix(callee, "aws-sdk."), ".") // DynamoDB.DocumentClient is a client of DynamoDB
		service = strings.ToLower(name)
	}
	if service == "" {
		return
	}
	u.created(s, e, service)
}

// created adds a client of a service.
func (u *unit) created(s *code.Statement, e *code.Expr, service string) {
	at := u.at(e.Range)
	isRepeated := u.handler != code.Module && s.Function == u.handler &&
		(u.code.Language == code.Go || !u.usesLocals(s.Function, e.Items[1:])) // in Go, the configuration is a variable
	u.f.clients = append(u.f.clients, model.SourceClient{
		Block: model.NewBlock(at), Service: model.Known(service, at), Handler: model.Known(isRepeated, at),
		Region: u.region(e),
	})
}

// usesLocals reports whether expressions in a function use its parameters or variables, whose values each call can change: the
// credentials of a role that it assumes, or a region that it goes through.
func (u *unit) usesLocals(function int, expressions []*code.Expr) bool {
	locals := map[string]bool{}
	for _, name := range u.code.Functions[function].Parameters {
		locals[name] = true
	}
	for i := range u.code.Statements {
		if s := &u.code.Statements[i]; s.Function == function && s.Kind == code.Assign {
			for e := range s.Target.All() {
				locals[e.Text] = locals[e.Text] || e.Kind == code.Name
			}
		}
	}
	for _, root := range expressions {
		for e := range root.All() {
			if e.Kind == code.Name && locals[e.Text] {
				return true
			}
		}
	}
	return false
}
