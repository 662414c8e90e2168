package handler

import (
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

// index reads os.environ["NAME"] and process.env["NAME"]. isSet: the code sets the variable.
func (u *unit) index(s *code.Statement, isSet bool, e *code.Expr) {
	if len(e.Items) < 2 || e.Items[1].Kind != code.String { //nolint:mnd // the base and the key
		return
	}
	base := u.callee(e.Items[0])
	if base == "process.env" && u.code.Language != code.Python {
		u.variable(s, e, e.Items[1].Text, !isSet && u.f.calls.requires(e))
	}
	if base != "os.environ" {
		return
	}
	u.variable(s, e, e.Items[1].Text, !isSet && s.Kind != code.Delete && s.Try == code.Module && !u.f.sets(e.Items[1].Text))
}

// variable adds a variable that a statement reads. It is required only if the handler certainly runs the statement.
func (u *unit) variable(s *code.Statement, e *code.Expr, name string, isRequired bool) {
	at := u.at(e.Range)
	isRequired = isRequired && u.f.calls.enters(u.module, s.Function) && (u.f.image == nil || !u.f.image.sets(name))
	u.f.variables = append(u.f.variables, model.SourceVariable{Block: model.NewBlock(at), Name: model.Known(name, at), Required: model.Known(isRequired, at)})
}

// settings are the environment variables that a program may set or whose presence it may check.
type settings struct {
	names map[string]bool // set, or mentioned elsewhere than in os.environ[name]
	all   bool            // it sets variables that it does not spell
}

// sets reports whether code of the program may set an environment variable, checks whether it is set, or sets some that it does
// not spell.
func (p *program) sets(name string) bool {
	if p.settings == nil {
		p.settings = &settings{names: map[string]bool{}}
		for _, m := range p.modules {
			p.settings.read(m)
		}
	}
	return p.settings.all || p.settings.names[name]
}

// read adds what a module sets and mentions.
func (s *settings) read(m *module) {
	for i := range m.code.Statements {
		statement := &m.code.Statements[i]
		if statement.Kind == code.Assign {
			s.target(statement.Target)
		}
		s.value(statement.Value)
	}
	for _, i := range m.code.Imports {
		switch packageOf(m, i) {
		case "dotenv", "environs", "decouple", "greengrasssdk": // the last: Greengrass runs the function and sets its variables
			s.all = true
		}
	}
}

// target adds the variable that an assignment to os.environ[name] sets.
func (s *settings) target(e *code.Expr) {
	if e == nil || e.Kind != code.Index || len(e.Items) < 2 { //nolint:mnd // the base and the key
		return
	}
	if base, ok := e.Items[0].Path(); !ok || !strings.HasSuffix(base, "environ") {
		return
	}
	if key := e.Items[1]; key.Kind == code.String {
		s.names[key.Text] = true
	} else {
		s.all = true
	}
}

// value adds the strings of an expression that are not the key of a subscript: they may name a variable whose presence is checked.
func (s *settings) value(e *code.Expr) {
	if e == nil {
		return
	}
	switch {
	case e.Kind == code.String:
		s.names[e.Text] = true
		return
	case e.Kind == code.Index && len(e.Items) > 1 && e.Items[1].Kind == code.String:
		s.value(e.Items[0])
		return
	case e.Kind == code.Call:
		callee, _ := e.Items[0].Path()
		for _, setter := range []string{"environ.update", "environ.setdefault", "putenv"} {
			s.all = s.all || strings.HasSuffix(callee, setter)
		}
	}
	for _, item := range e.Items {
		s.value(item)
	}
}

// environment reads os.getenv and os.environ.get, which give None for a variable that is not set.
func (u *unit) environment(s *code.Statement, e *code.Expr, callee string) {
	if callee != "os.getenv" && callee != "os.environ.get" {
		return
	}
	if name := argument(e, "key", 0); name != nil && name.Kind == code.String {
		u.variable(s, e, name.Text, false)
	}
}
