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
	f := facts{program: p}
	for _, m := range p.modules {
		f.module(m)
	}
	main := p.modules[0]
	if r, ok := p.handler(); ok {
		out.Handler = model.Known(p.symbol, main.at(r))
		out.Resource.At = main.at(r)
		out.Resource.Block = model.NewBlock(main.at(r))
	} else if p.isPartly {
		out.Handler = model.Unknown[string](out.At, "the code cannot be parsed to its end")
	}
	at := out.Resource.At
	out.Imports = list(p, at, f.imports)
	out.Variables = list(p, at, f.variables)
	out.Texts = list(p, at, f.texts)
	out.Requests = list(p, at, f.requests)
	out.Catches = list(p, at, f.catches)
	out.Logs = list(p, at, f.logs)
	out.Commands = list(p, at, f.commands)
	out.Clients = list(p, at, f.clients)
	fillCalls(p, at, out)
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
	return source.Range{Path: m.path, Start: r.Start, End: r.End}
}

// handler returns the place of the handler's name in its file. It is false if the file does not define it.
func (p *program) handler() (code.Range, bool) {
	m := p.modules[0]
	first, _, _ := strings.Cut(p.symbol, ".")
	for i := range m.code.Exports {
		if e := &m.code.Exports[i]; e.Name == first || e.Name == "*" || e.Name == "default" {
			return e.Range, true
		}
	}
	for i := range m.code.Functions {
		if f := &m.code.Functions[i]; f.Parent == code.Module && f.Class == code.Module && f.Name == first {
			return f.NameRange, true
		}
	}
	for i := range m.code.Classes {
		if c := &m.code.Classes[i]; c.Name == first {
			return c.Range, true
		}
	}
	for i := range m.code.Imports {
		if v := &m.code.Imports[i]; v.As == first || v.Name == "*" {
			return v.Range, true
		}
	}
	for i := range m.code.Statements {
		s := &m.code.Statements[i]
		for e := range s.Target.All() {
			if e.Text == first {
				return e.Range, true
			}
		}
		if defines(s.Value) {
			return s.Range, true
		}
	}
	return code.Range{}, false
}

// defines reports whether an expression can define names that it does not spell: globals()[name] = …, exec, Object.assign(exports).
func defines(e *code.Expr) bool {
	for part := range e.All() {
		if part.Kind == code.Name && slices.Contains([]string{"globals", "exec", "eval", "exports", "setattr", "module"}, part.Text) {
			return true
		}
	}
	return false
}

// facts are what a program does, in the order of its files and their text.
type facts struct {
	*program
	imports   []model.SourceImport
	variables []model.SourceVariable
	texts     []model.SourceText
	requests  []model.SourceRequest
	catches   []model.SourceCatch
	logs      []model.SourceLog
	commands  []model.SourceCommand
	clients   []model.SourceClient
	writes    []model.Value[string]
	removes   bool
}

// unit is a module with what is known of its names.
type unit struct {
	*module
	f       *facts
	aliases map[string]string       // dotted paths of imported names, by local name
	handler int                     // index of the handler's function, or code.Module
	event   map[int]map[string]bool // names for the event or a part of it, by function
}

// module reads the facts of one file.
func (f *facts) module(m *module) {
	u := &unit{module: m, f: f, aliases: map[string]string{}, handler: code.Module, event: map[int]map[string]bool{}}
	for _, i := range m.code.Imports {
		u.imported(i)
	}
	u.events()
	for i := range m.code.Statements {
		s := &m.code.Statements[i]
		if !f.runs(m, s.Function) {
			continue
		}
		u.statement(s)
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
		Block: model.NewBlock(at), Module: model.Known(name, at), Optional: model.Known(i.Try != code.Module, at),
		Packaged: packaged(u.f.program, name, u.code.Language, at),
	})
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
	for _, root := range []*code.Expr{s.Target, s.Value} {
		for e := range root.All() {
			switch e.Kind { //nolint:exhaustive // others are no facts of their own
			case code.String:
				u.text(e)
			case code.Call, code.New:
				u.call(s, e)
			case code.Member:
				if name, ok := strings.CutPrefix(u.callee(e), "process.env."); ok && !strings.Contains(name, ".") {
					u.variable(e, name, false)
				}
			case code.Index:
				u.index(s, root == s.Target && s.Kind == code.Assign, e)
			}
		}
	}
	if s.Kind == code.Assign {
		u.assigned(s)
	}
}

// text reads a string that has the form of a secret.
func (u *unit) text(e *code.Expr) {
	if secrets.InProse(e.Text) == (secrets.Secret{}) {
		return
	}
	at := u.at(e.Range)
	u.f.texts = append(u.f.texts, model.SourceText{Block: model.NewBlock(at), Text: model.Known(e.Text, at)})
}

// index reads os.environ["NAME"]. isSet: the code sets the variable.
func (u *unit) index(s *code.Statement, isSet bool, e *code.Expr) {
	if len(e.Items) < 2 || u.callee(e.Items[0]) != "os.environ" || e.Items[1].Kind != code.String { //nolint:mnd // the base and the key
		return
	}
	u.variable(e, e.Items[1].Text, !isSet && s.Kind != code.Delete && s.Try == code.Module && !u.f.sets(e.Items[1].Text))
}

func (u *unit) variable(e *code.Expr, name string, isRequired bool) {
	at := u.at(e.Range)
	u.f.variables = append(u.f.variables, model.SourceVariable{Block: model.NewBlock(at), Name: model.Known(name, at), Required: model.Known(isRequired, at)})
}

// sets reports whether code of the program may set an environment variable, checks whether it is set, or sets some that it does
// not spell.
func (p *program) sets(name string) bool {
	for _, m := range p.modules {
		for i := range m.code.Statements {
			if s := &m.code.Statements[i]; setsIn(s, name) || mentions(s.Value, name) {
				return true
			}
		}
		for _, i := range m.code.Imports {
			if module := packageOf(m, i); module == "dotenv" || module == "environs" || module == "decouple" {
				return true
			}
		}
	}
	return false
}

// mentions reports whether an expression contains the name of a variable elsewhere than in os.environ[name]: it may check whether
// the variable is set.
func mentions(e *code.Expr, name string) bool {
	if e == nil {
		return false
	}
	if e.Kind == code.String {
		return e.Text == name
	}
	if e.Kind == code.Index && len(e.Items) > 1 && e.Items[1].Kind == code.String {
		return mentions(e.Items[0], name)
	}
	return slices.ContainsFunc(e.Items, func(item *code.Expr) bool { return mentions(item, name) })
}

func setsIn(s *code.Statement, name string) bool {
	if s.Kind == code.Assign && s.Target != nil && s.Target.Kind == code.Index && len(s.Target.Items) > 1 {
		key := s.Target.Items[1]
		if base, ok := s.Target.Items[0].Path(); ok && strings.HasSuffix(base, "environ") && (key.Kind != code.String || key.Text == name) {
			return true
		}
	}
	for e := range s.Value.All() {
		if e.Kind != code.Call {
			continue
		}
		callee, _ := e.Items[0].Path()
		if strings.HasSuffix(callee, "environ.update") || strings.HasSuffix(callee, "putenv") || strings.HasSuffix(callee, "environ.setdefault") {
			return true
		}
	}
	return false
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
