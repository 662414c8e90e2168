package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// goCall reads the facts of a call in Go.
func (u *unit) goCall(s *code.Statement, e *code.Expr, callee string) {
	switch callee {
	case "os.Getenv", "os.LookupEnv":
		if name := argument(e, "", 0); name != nil {
			if text, ok := u.constant(name); ok {
				u.variable(s, e, text, false)
			}
		}
	case "net/http.Get", "net/http.Post", "net/http.PostForm", "net/http.Head":
		if !u.f.hasClients() {
			u.sent(e, callee, false, false)
		}
	case "os.Remove", "os.RemoveAll", "syscall.Unlink":
		u.f.removes = true
	}
	u.command(s, e, callee)
	u.goFile(s, e, callee)
	u.goLog(s, e, callee)
	if service, ok := goClient(callee); ok {
		u.created(s, e, service)
	}
}

// constant returns the text of a string or of a constant of the package.
func (u *unit) constant(e *code.Expr) (string, bool) {
	if e.Kind == code.String {
		return e.Text, true
	}
	if e.Kind != code.Name {
		return "", false
	}
	text, ok := u.f.constantsOf(u.module)[e.Text]
	return text, ok
}

// constantsOf returns the strings of the variables and constants of a package in Go.
func (p *program) constantsOf(m *module) map[string]string {
	dir := path.Dir(m.path)
	if known, ok := p.constants[dir]; ok {
		return known
	}
	found := map[string]string{}
	for _, other := range append([]*module{m}, p.siblings(m)...) {
		for i := range other.code.Statements {
			s := &other.code.Statements[i]
			if s.Kind == code.Assign && s.Function == code.Module && s.Target.Kind == code.Name && s.Value != nil && s.Value.Kind == code.String {
				found[s.Target.Text] = s.Value.Text
			}
		}
	}
	p.constants[dir] = found
	return found
}

func mentions(root *code.Expr, name string) bool {
	for e := range root.All() {
		if e.Text == name {
			return true
		}
	}
	return false
}

// goLog reads calls that print or log the whole event or the whole environment.
func (u *unit) goLog(s *code.Statement, e *code.Expr, callee string) {
	name := lastName(callee)
	object := strings.TrimSuffix(callee, "."+name)
	verb := strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "Context"), "f"), "ln"))
	isPrinter := object == "fmt" && strings.HasPrefix(name, "Print")
	isLogger := strings.Contains(strings.ToLower(path.Base(object)), "log") &&
		slices.Contains([]string{"print", "info", "infow", "debug", "debugw", "warn", "warnw", "error", "errorw", "fatal", "panic", "log"}, verb)
	if !isPrinter && !isLogger {
		return
	}
	for _, item := range e.Items[1:] {
		content := u.goWhole(s.Function, item)
		if content == "" {
			continue
		}
		at := u.at(e.Range)
		u.f.logs = append(u.f.logs, model.SourceLog{Block: model.NewBlock(at), Function: model.Known(callee, at), Content: model.Known(content, at)})
		return
	}
}

// goWhole returns what an expression shows completely: event, environment or nothing.
func (u *unit) goWhole(function int, e *code.Expr) string {
	switch e.Kind { //nolint:exhaustive // others show a part at most
	case code.Name:
		if u.flowOf().isWhole(function, e.Text) {
			return "event"
		}
	case code.Spread:
		return u.goWhole(function, e.Items[0])
	case code.Call:
		return u.goWholeOf(function, e)
	}
	return ""
}

// goWholeOf is goWhole for the result of a call.
func (u *unit) goWholeOf(function int, call *code.Expr) string {
	arguments := call.Items[1:]
	switch callee := u.callee(call.Items[0]); callee {
	case "os.Environ":
		return "environment"
	case "string", "encoding/json.Marshal", "encoding/json.MarshalIndent", "fmt.Sprint", "strings.Join":
		arguments = arguments[:min(len(arguments), 1)]
	case "fmt.Sprintf":
	default:
		return ""
	}
	for _, item := range arguments {
		if content := u.goWhole(function, item); content != "" {
			return content
		}
	}
	return ""
}

// goEvent returns the parameter of the handler that is the event; "" if there is none.
func (u *unit) goEvent() string {
	f := &u.code.Functions[u.handler]
	for i, name := range f.Parameters {
		if f.Types[i] != "context.Context" && name != "_" {
			return name
		}
	}
	return ""
}

// setting reads options of the HTTP client and of TLS: http.Client{}, tls.Config{InsecureSkipVerify: true}.
func (u *unit) setting(e *code.Expr) {
	local, name, ok := strings.Cut(e.Text, ".")
	if !ok {
		return
	}
	has := func(keys ...string) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return slices.Contains(e.Keys, key) })
	}
	switch u.aliases[local] + "." + name {
	case "crypto/tls.Config":
		i := slices.Index(e.Keys, "InsecureSkipVerify")
		if i >= 0 && e.Items[i].Kind == code.Bool && e.Items[i].Text == "true" && !has("VerifyConnection", "VerifyPeerCertificate") {
			u.sent(e.Items[i], "tls.Config", true, true)
		}
	case "net/http.Client":
		if !has("Timeout", "Transport", "") && !u.f.hasDeadlines() {
			u.sent(e, "http.Client", false, false)
		}
	}
}

// hasDeadlines reports whether a program may limit the time of requests in another way than by the literal of a client.
func (p *program) hasDeadlines() bool {
	return p.mentions("NewRequestWithContext", "WithTimeout", "WithDeadline", "WithContext", "Timeout", "Transport", "SetTimeout")
}

// hasClients reports whether a program may change the default client of net/http.
func (p *program) hasClients() bool { return p.mentions("DefaultClient", "DefaultTransport") }

// mentions reports whether a program has one of some names or members, or a text that is a level of logs.
func (p *program) mentions(names ...string) bool {
	if p.words == nil {
		p.words = map[string]bool{}
		for _, m := range p.modules {
			for i := range m.code.Statements {
				for e := range m.code.Statements[i].Expressions() {
					if e.Kind == code.Name || e.Kind == code.Member || e.Kind == code.String && e.Text == "DEBUG" {
						p.words[e.Text] = true
					}
				}
			}
		}
	}
	return slices.ContainsFunc(names, func(name string) bool { return p.words[name] })
}
