package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/parsers/handler/code"
)

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

// setsIn reports whether a statement sets an environment variable.
func setsIn(s *code.Statement, name string) bool {
	if s.Kind == code.Assign && isEnvironment(s.Target, name) {
		return true
	}
	for e := range s.Value.All() {
		if e.Kind != code.Call {
			continue
		}
		callee, _ := e.Items[0].Path()
		for _, setter := range []string{"environ.update", "environ.setdefault", "putenv"} {
			if strings.HasSuffix(callee, setter) {
				return true
			}
		}
	}
	return false
}

// isEnvironment reports whether an expression is os.environ[name], or may be.
func isEnvironment(e *code.Expr, name string) bool {
	if e == nil || e.Kind != code.Index || len(e.Items) < 2 { //nolint:mnd // the base and the key
		return false
	}
	base, ok := e.Items[0].Path()
	key := e.Items[1]
	return ok && strings.HasSuffix(base, "environ") && (key.Kind != code.String || key.Text == name)
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
