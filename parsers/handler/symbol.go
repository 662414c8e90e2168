package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// handler returns the place of the handler's name in its file. It is false if the file does not define it.
func (p *program) handler() (code.Range, bool) {
	if p.language == code.Go {
		return p.start.at, p.start.function != code.Module
	}
	m := p.modules[0]
	first, _, _ := strings.Cut(p.symbol, ".")
	for i := range m.code.Exports {
		if e := &m.code.Exports[i]; e.Name == first || e.Name == "*" || e.Name == "default" {
			return e.Range, true
		}
	}
	if at, ok := declared(m.code, first); ok {
		return at, true
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

// declared returns the place of a function, class or import with a name.
func declared(file *code.File, name string) (code.Range, bool) {
	for i := range file.Functions {
		if f := &file.Functions[i]; f.Parent == code.Module && f.Class == code.Module && f.Name == name {
			return f.NameRange, true
		}
	}
	for i := range file.Classes {
		if c := &file.Classes[i]; c.Name == name {
			return c.Range, true
		}
	}
	for i := range file.Imports {
		if v := &file.Imports[i]; v.As == name || v.Name == "*" {
			return v.Range, true
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
