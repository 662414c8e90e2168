package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/secrets"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// fill reads the facts of a program into the model.
func (p *program) fill(out *model.Source) {
	f := facts{program: p, calls: callsOf(p)}
	for _, m := range p.modules {
		f.units = append(f.units, f.unit(m))
	}
	for _, u := range f.units {
		u.read()
	}
	main := p.main()
	switch r, ok := p.handler(); {
	case ok && p.language == code.Go:
		out.Handler = model.Known(p.start.name(), main.at(r))
		out.Block = model.NewBlock(main.at(r))
	case ok:
		out.Handler = model.Known(p.symbol, main.at(r))
		out.Block = model.NewBlock(main.at(r))
	case p.language == code.Go:
		out.Handler = model.Unknown[string](out.At, "the function that lambda.Start is called with cannot be determined")
	case p.isPartly:
		out.Handler = model.Unknown[string](out.At, "the code cannot be parsed to its end")
	}
	at := out.At
	out.Imports = list(p, at, f.imports)
	out.Variables = list(p, at, f.variables)
	out.Texts = list(p, at, f.texts)
	out.Requests = list(p, at, f.requests)
	out.Catches = list(p, at, f.catches)
	out.Logs = list(p, at, f.logs)
	out.Commands = list(p, at, f.commands)
	out.Clients = list(p, at, f.clients)
	out.Queries = list(p, at, f.queries)
	out.Accounts = list(p, at, f.accounts)
	f.calls.fill(at, out)
	out.Temporary.Block = model.NewBlock(at)
	out.Temporary.Writes = list(p, at, f.writes)
	out.Temporary.Removes = model.Known(f.removes, at)
	if p.isPartly && !f.removes {
		out.Temporary.Removes = model.Unknown[bool](at, "the code is not read to its end")
	}
}

// list is a list of facts, which is unknown if the program may have more.
func list[T any](p *program, at source.Range, items []T) model.List[T] {
	if p.isPartly {
		return model.UnknownList(at, "a part of the code is not read", items...)
	}
	return model.NewList(at, items...)
}

func (m *module) at(r code.Range) source.Range {
	if m.inline != nil {
		return m.inline.place(r)
	}
	return source.Range{Path: m.path, Start: r.Start, End: r.End}
}

// facts are what a program does, in the order of its files and their text.
type facts struct {
	*program
	calls     *calls
	units     []*unit // in the order of modules
	imports   []model.SourceImport
	variables []model.SourceVariable
	texts     []model.SourceText
	requests  []model.SourceRequest
	catches   []model.SourceCatch
	logs      []model.SourceLog
	commands  []model.SourceCommand
	clients   []model.SourceClient
	queries   []model.SourceQuery
	accounts  []model.SourceAccount
	writes    []model.Value[string]
	removes   bool
	prints    bool // logs has one of a text
}

// unit is a module with what is known of its names.
type unit struct {
	*module
	f         *facts
	aliases   map[string]string // dotted paths of imported names, by local name
	handler   int               // index of the handler's function, or code.Module
	parameter string            // of it for the event; "" if there is none
	flow      *flow             // where the event goes; nil: not read yet
}

// unit returns a file with the names that it imports and the handler's parameter for the event.
func (f *facts) unit(m *module) *unit {
	u := &unit{module: m, f: f, aliases: map[string]string{}, handler: code.Module}
	for _, i := range m.code.Imports {
		u.imported(i)
	}
	if m != f.main() {
		return u
	}
	u.handler = u.handlerFunction()
	switch {
	case u.handler == code.Module:
	case m.code.Language == code.Go:
		u.parameter = u.goEvent()
	case len(m.code.Functions[u.handler].Parameters) > 0:
		u.parameter = m.code.Functions[u.handler].Parameters[0]
	}
	return u
}

// read reads the facts of a file.
func (u *unit) read() {
	f, m := u.f, u.module
	for i := range m.code.Statements {
		s := &m.code.Statements[i]
		if !f.runs(m, s.Function) {
			continue
		}
		u.statement(s)
	}
	for _, e := range f.outside(m) {
		u.expression(&code.Statement{Kind: code.Evaluate, Value: e, Function: code.Module, Try: code.Module}, e)
	}
	for _, s := range m.code.Aside {
		u.aside(&s)
	}
	for _, t := range m.code.Tries {
		for _, c := range t.Catches {
			u.catch(c)
		}
	}
}

// imported reads an import.
func (u *unit) imported(i code.Import) {
	name := packageOf(u.module, i)
	if i.As != "" {
		i := bound(i)
		u.aliases[i.As] = strings.TrimSuffix(i.Module+"."+i.Name, ".")
		if i.Name == "*" || i.Name == "default" {
			u.aliases[i.As] = i.Module
		}
	}
	if name == "" || i.Function != code.Module && !u.f.runs(u.module, i.Function) {
		return
	}
	at := u.at(i.Range)
	u.f.imports = append(u.f.imports, model.SourceImport{
		Block: model.NewBlock(at), Module: model.Known(name, at), Optional: model.Known(i.Try != code.Module || i.InBranch, at),
		Packaged: packaged(u.f.program, name, u.code.Language, at), Found: u.found(i, name, at),
	})
}

// isScript reports whether a file is JavaScript or TypeScript.
func (u *unit) isScript() bool {
	return u.code.Language == code.JavaScript || u.code.Language == code.TypeScript
}

func packaged(p *program, name string, language code.Language, at source.Range) model.Value[bool] {
	if p.isPackaged(name, language) {
		return model.Known(true, at)
	}
	if p.hasMore {
		return model.Unknown[bool](at, "a layer may contain the module")
	}
	return model.Known(false, at)
}

// callee returns the dotted path of a called function, with the imported module in the place of its local name: requests.get.
func (u *unit) callee(e *code.Expr) string {
	name, ok := e.Path()
	if !ok {
		return ""
	}
	first, rest, hasRest := strings.Cut(name, ".")
	full, isImported := u.aliases[first]
	switch {
	case !isImported:
		return name
	case hasRest:
		return full + "." + rest
	}
	return full
}

// argument returns an argument of a call by its keyword, or by its position from 0; -1: it has no position.
func argument(call *code.Expr, keyword string, position int) *code.Expr {
	n := 0
	for i, item := range call.Items[1:] {
		key := ""
		if i+1 < len(call.Keys) {
			key = call.Keys[i+1]
		}
		switch {
		case key == keyword && keyword != "":
			return item
		case key == "" && n == position && item.Kind != code.Spread:
			return item
		}
		if key == "" {
			n++
		}
	}
	return nil
}

// hasSpread reports whether a call passes arguments that are not written: **options.
func hasSpread(call *code.Expr) bool {
	return slices.ContainsFunc(call.Items[1:], func(item *code.Expr) bool { return item.Kind == code.Spread })
}

// statement reads the facts of a statement.
func (u *unit) statement(s *code.Statement) {
	u.expression(s, s.Target)
	if s.Value != s.Target {
		u.expression(s, s.Value)
	}
	if s.Kind == code.Assign && u.isEntered(s) {
		u.assigned(s)
	}
}

// isEntered reports whether the handler runs a statement. The rest of a file, such as another handler, counts for what the code may
// need, and not for what it does.
func (u *unit) isEntered(s *code.Statement) bool {
	return u.code.Language == code.Go || u.f.calls.mayEnter(u.module, s.Function)
}

// expression reads the facts of an expression of a statement.
func (u *unit) expression(s *code.Statement, root *code.Expr) {
	for e := range root.All() {
		switch e.Kind { //nolint:exhaustive // others are no facts of their own
		case code.String:
			u.text(e)
			u.account(s, e)
		case code.Call, code.New:
			u.call(s, e)
		case code.Map:
			if u.code.Language == code.Go {
				u.setting(e)
			}
		case code.Member:
			if name, ok := strings.CutPrefix(u.callee(e), "process.env."); ok && !strings.Contains(name, ".") {
				u.variable(s, e, name, u.f.calls.requires(e))
			}
		case code.Index:
			u.index(s, root == s.Target && s.Kind == code.Assign, e)
		}
	}
}

// aside reads a statement that never runs in Lambda: everyone who can read the code reads the secrets in it, too.
func (u *unit) aside(s *code.Statement) {
	for e := range s.Expressions() {
		if e.Kind == code.String {
			u.text(e)
		}
	}
}

// text reads a string that has the form of a secret.
func (u *unit) text(e *code.Expr) {
	if u.inline != nil || secrets.InProse(e.Text) == (secrets.Secret{}) { // the attribute with inline code has its secrets
		return
	}
	at := u.at(e.Range)
	u.f.texts = append(u.f.texts, model.SourceText{Block: model.NewBlock(at), Text: model.Known(e.Text, at)})
}

// catch reads a handler of exceptions.
func (u *unit) catch(c code.Catch) {
	every := len(c.Types) == 0
	for _, t := range c.Types {
		name, _ := t.Path()
		every = every || name == "Exception" || name == "BaseException"
	}
	if u.code.Language == code.Python || every {
		at := u.at(c.Range)
		u.f.catches = append(u.f.catches, model.SourceCatch{Block: model.NewBlock(at), Every: model.Known(every, at), Empty: model.Known(c.IsEmpty, at)})
	}
}
