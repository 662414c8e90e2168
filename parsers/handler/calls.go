package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// events finds the names that stand for the event of the handler or a part of it, by function: its first parameter, and what
// is assigned from it.
func (u *unit) events() {
	if u.module != u.f.modules[0] {
		return
	}
	u.handler = u.handlerFunction()
	if u.handler == code.Module || len(u.code.Functions[u.handler].Parameters) == 0 {
		return
	}
	u.event[u.handler] = map[string]bool{u.code.Functions[u.handler].Parameters[0]: true}
	for changed := true; changed; {
		changed = false
		for i := range u.code.Statements {
			s := &u.code.Statements[i]
			names := u.event[s.Function]
			if names == nil || s.Kind != code.Assign || s.Target == nil || s.Target.Kind != code.Name || names[s.Target.Text] || !u.fromEvent(s.Function, s.Value) {
				continue
			}
			names[s.Target.Text], changed = true, true
		}
	}
}

// fromEvent reports whether an expression is the event, a part of it or a text that contains a part.
func (u *unit) fromEvent(function int, e *code.Expr) bool {
	if e == nil {
		return false
	}
	switch e.Kind { //nolint:exhaustive // the results of others are something else
	case code.Name:
		return u.event[function][e.Text]
	case code.Member, code.Index:
		return u.fromEvent(function, e.Items[0])
	case code.Concat, code.Choice, code.Await, code.List:
		return slices.ContainsFunc(e.Items, func(item *code.Expr) bool { return u.fromEvent(function, item) })
	case code.Call:
		// event.get("x"), event["x"].strip(), "…".format(event["x"])
		if e.Items[0].Kind == code.Member && u.fromEvent(function, e.Items[0].Items[0]) {
			return true
		}
		callee, _ := e.Items[0].Path()
		isText := e.Items[0].Kind == code.Member && e.Items[0].Text == "format" || callee == "str" || callee == "String" || callee == "json.loads" || callee == "JSON.parse"
		return isText && slices.ContainsFunc(e.Items[1:], func(item *code.Expr) bool { return u.fromEvent(function, item) })
	}
	return false
}

// call reads the facts of a call.
func (u *unit) call(s *code.Statement, e *code.Expr) {
	callee := u.callee(e.Items[0])
	if callee == "" {
		u.method(e)
		return
	}
	u.environment(s, e, callee)
	u.request(e, callee)
	u.command(s, e, callee)
	u.log(s, e, callee)
	u.client(s, e, callee)
	u.file(e, callee)
}

// method reads the call of a method of something that is computed.
func (u *unit) method(e *code.Expr) {
	if e.Items[0].Kind == code.Member && removes(e.Items[0].Text) {
		u.f.removes = true
	}
}

// environment reads os.getenv and os.environ.get, which give None for a variable that is not set.
func (u *unit) environment(_ *code.Statement, e *code.Expr, callee string) {
	if callee != "os.getenv" && callee != "os.environ.get" {
		return
	}
	if name := argument(e, "key", 0); name != nil && name.Kind == code.String {
		u.variable(e, name.Text, false)
	}
}

// request reads calls of the requests, httpx and urllib3 libraries of Python, and of ssl.
func (u *unit) request(e *code.Expr, callee string) {
	library, function, _ := strings.Cut(callee, ".")
	switch {
	case (library == "requests" || library == "httpx") && slices.Contains([]string{"get", "post", "put", "patch", "delete", "head", "options", "request"}, function):
		u.sent(e, callee, notVerified(argument(e, "verify", -1)), argument(e, "timeout", -1) != nil || hasSpread(e) || library == "httpx")
	case callee == "ssl._create_unverified_context":
		u.sent(e, callee, true, true)
	case callee == "urllib3.PoolManager" || callee == "urllib3.HTTPSConnectionPool":
		reqs := argument(e, "cert_reqs", -1)
		name, _ := reqs.Path()
		off := reqs != nil && (reqs.Kind == code.String && reqs.Text == "CERT_NONE" || strings.HasSuffix(name, "CERT_NONE"))
		u.sent(e, callee, off, true)
	case u.code.Language != code.Python:
		u.agent(e, callee)
	}
}

// agent reads options of a request in JavaScript that switch the verification off.
func (u *unit) agent(e *code.Expr, callee string) {
	for _, argument := range e.Items[1:] {
		if argument.Kind != code.Map {
			continue
		}
		for i, key := range argument.Keys {
			if key == "rejectUnauthorized" && argument.Items[i].Kind == code.Bool && argument.Items[i].Text == "false" {
				u.sent(argument.Items[i], callee, true, true)
			}
		}
	}
}

func notVerified(e *code.Expr) bool { return e != nil && e.Kind == code.Bool && e.Text == "false" }

func (u *unit) sent(e *code.Expr, callee string, isUnverified, hasTimeout bool) {
	at := u.at(e.Range)
	u.f.requests = append(u.f.requests, model.SourceRequest{
		Block: model.NewBlock(at), Function: model.Known(callee, at), Verified: model.Known(!isUnverified, at), Timeout: model.Known(hasTimeout, at),
	})
}

// assigned reads settings of libraries that are assigned.
func (u *unit) assigned(s *code.Statement) {
	target, ok := s.Target.Path()
	if s.Target != nil && s.Target.Kind == code.Index && len(s.Target.Items) > 1 && s.Target.Items[1].Kind == code.String {
		target, ok = s.Target.Items[1].Text, true
	}
	value, _ := s.Value.Path()
	switch {
	case !ok || s.Value == nil:
	case strings.HasSuffix(target, "NODE_TLS_REJECT_UNAUTHORIZED") && (s.Value.Text == "0" || notVerified(s.Value)):
		u.sent(s.Target, "NODE_TLS_REJECT_UNAUTHORIZED", true, true)
	case strings.HasSuffix(target, ".verify") && notVerified(s.Value) && u.code.Language == code.Python && u.importsAny("requests", "httpx"):
		u.sent(s.Target, target, true, true)
	case strings.HasSuffix(target, "_create_default_https_context") && strings.HasSuffix(value, "_create_unverified_context"):
		u.sent(s.Target, "ssl._create_default_https_context", true, true)
	case strings.HasSuffix(target, ".verify_mode") && strings.HasSuffix(value, "CERT_NONE"):
		u.sent(s.Target, target, true, true)
	}
}

func (u *unit) importsAny(names ...string) bool {
	return slices.ContainsFunc(u.code.Imports, func(i code.Import) bool { return slices.Contains(names, packageOf(u.module, i)) })
}

// command reads calls that execute a text.
func (u *unit) command(s *code.Statement, e *code.Expr, callee string) {
	first := argument(e, "args", 0)
	isShell := false
	switch callee {
	case "os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "eval", "exec", "pickle.loads", "yaml.unsafe_load",
		"child_process.exec", "child_process.execSync", "node:child_process.exec", "node:child_process.execSync", "vm.runInNewContext", "vm.runInThisContext":
		isShell = true
	case "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "subprocess.Popen":
		shell := argument(e, "shell", -1)
		isShell = shell != nil && shell.Kind == code.Bool && shell.Text == "true"
	}
	if !isShell || first == nil {
		return
	}
	at := u.at(e.Range)
	u.f.commands = append(u.f.commands, model.SourceCommand{
		Block: model.NewBlock(at), Function: model.Known(callee, at), Event: model.Known(u.fromEvent(s.Function, first), at),
	})
}

// log reads calls that print or log the whole event or the whole environment.
func (u *unit) log(s *code.Statement, e *code.Expr, callee string) {
	name := lastName(callee)
	object := strings.TrimSuffix(strings.TrimSuffix(callee, name), ".")
	isLogger := callee == "print" || object == "console" || (strings.Contains(strings.ToLower(object), "log")) && slices.Contains([]string{"info", "debug", "warning", "warn", "error", "log"}, name)
	if !isLogger {
		return
	}
	for _, item := range e.Items[1:] {
		content := u.whole(s.Function, item)
		if content == "" {
			continue
		}
		at := u.at(e.Range)
		u.f.logs = append(u.f.logs, model.SourceLog{Block: model.NewBlock(at), Function: model.Known(callee, at), Content: model.Known(content, at)})
		return
	}
}

// whole returns what an expression shows completely: event, environment or nothing.
func (u *unit) whole(function int, e *code.Expr) string {
	if path := u.callee(e); path == "os.environ" || path == "process.env" {
		return "environment"
	}
	switch e.Kind { //nolint:exhaustive // others show a part at most
	case code.Name:
		if u.event[function] != nil && u.code.Functions[function].Parameters[0] == e.Text {
			return "event"
		}
	case code.Concat:
		for _, item := range e.Items {
			if content := u.whole(function, item); content != "" {
				return content
			}
		}
	case code.Call:
		if callee := u.callee(e.Items[0]); callee == "json.dumps" || callee == "JSON.stringify" || callee == "str" || callee == "dict" {
			if first := argument(e, "", 0); first != nil {
				return u.whole(function, first)
			}
		}
	}
	return ""
}

// handlerFunction returns the index of the handler in its file, or code.Module.
func (u *unit) handlerFunction() int {
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
		service = strings.ToLower(lastName(callee))
	}
	if service == "" {
		return
	}
	at := u.at(e.Range)
	u.f.clients = append(u.f.clients, model.SourceClient{
		Block: model.NewBlock(at), Service: model.Known(service, at), Handler: model.Known(u.handler != code.Module && s.Function == u.handler, at),
	})
}

// file reads writes and removals of files in /tmp.
func (u *unit) file(e *code.Expr, callee string) {
	name := lastName(callee)
	if removes(name) || strings.HasPrefix(callee, "tempfile.") {
		u.f.removes = true
		return
	}
	path := u.written(e, callee, name)
	if path == nil {
		return
	}
	if text := leading(path); strings.HasPrefix(text, "/tmp/") {
		u.f.writes = append(u.f.writes, model.Known(text, u.at(path.Range)))
	}
}

// removes reports whether a function with a name removes files.
func removes(name string) bool {
	return slices.Contains([]string{"remove", "unlink", "unlinkSync", "rmtree", "rmSync", "rm", "rmdir", "removeSync", "emptyDir", "emptyDirSync", "removedirs"}, name)
}

// written returns the path that a call writes to; nil: it does not write a file.
func (u *unit) written(e *code.Expr, callee, name string) *code.Expr {
	switch {
	case callee == "open":
		if mode := argument(e, "mode", 1); mode != nil && mode.Kind == code.String && strings.ContainsAny(mode.Text, "wax") {
			return argument(e, "file", 0)
		}
	case name == "download_file":
		if to := argument(e, "Filename", 2); to != nil { //nolint:mnd // after bucket and key
			return to
		}
		return argument(e, "Filename", 1)
	case slices.Contains([]string{"writeFile", "writeFileSync", "createWriteStream", "appendFile", "appendFileSync"}, name):
		return argument(e, "", 0)
	}
	return nil
}

// leading returns the text with which a string starts.
func leading(e *code.Expr) string {
	switch {
	case e.Kind == code.String:
		return e.Text
	case e.Kind == code.Concat && len(e.Items) > 0:
		return leading(e.Items[0])
	}
	return ""
}
