package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// handler returns the place of the handler's name in its file. It is false if the file certainly does not define it.
func (p *program) handler() (code.Range, bool) {
	if p.language == code.Go {
		return p.start.at, p.start.function != code.Module
	}
	first, _, _ := strings.Cut(p.symbol, ".")
	s := symbols{program: p, seen: map[symbol]bool{}}
	return s.find(p.modules[0], first)
}

// symbols looks for the names that files define for others, each once in each file.
type symbols struct {
	*program
	seen map[symbol]bool
}

// symbol is a name in a file.
type symbol struct {
	m    *module
	name string
}

// find returns the place of a name that a file defines, or that it may define in a way that cannot be followed.
func (s *symbols) find(m *module, name string) (code.Range, bool) {
	key := symbol{m, name}
	if s.seen[key] {
		return code.Range{}, false
	}
	s.seen[key] = true
	if m.code.Language == code.Python {
		return s.ofPython(m, name)
	}
	return s.exported(m, name)
}

// in looks for a name in the files that an import loads. It is true if one of them is not read.
func (s *symbols) in(m *module, i code.Import, name string) bool {
	files := s.localFiles(m, i)
	return len(files) == 0 || slices.ContainsFunc(files, func(file string) bool {
		other := s.byPath[file]
		if other == nil {
			return true
		}
		_, ok := s.find(other, name)
		return ok
	})
}

// exported is find for JavaScript and TypeScript. A name that a file declares and does not export cannot be loaded; `export default`
// and `module.exports = function` export no other name than default.
func (s *symbols) exported(m *module, name string) (code.Range, bool) {
	for i := range m.code.Exports {
		if e := &m.code.Exports[i]; s.exports(m, e, name) {
			return e.Range, true
		}
	}
	for i := range m.code.Statements {
		statement := &m.code.Statements[i]
		if t := statement.Target; hasMember(t, name) || isComputedExport(t) || passesExports(statement.Value) {
			return statement.Range, true
		}
	}
	return code.Range{}, false
}

// hasMember reports whether an expression is or has a member with a name, which may be one of what is exported.
func hasMember(e *code.Expr, name string) bool {
	for part := range e.All() {
		if part.Kind != code.Member && part.Kind != code.Index {
			continue
		}
		if member, ok := memberName(part); ok && member == name {
			return true
		}
	}
	return false
}

// isComputedExport reports whether an assigned expression is an export whose name is computed: exports[name].
func isComputedExport(e *code.Expr) bool {
	if e == nil || e.Kind != code.Index {
		return false
	}
	_, isLiteral := memberName(e)
	return !isLiteral && passesExports(e.Items[0])
}

// passesExports reports whether an expression uses the exports of a module as a whole, or runs a text: the names that this defines are
// not spelled.
func passesExports(e *code.Expr) bool {
	switch {
	case e == nil:
		return false
	case e.Kind == code.Name:
		return e.Text == "exports" || e.Text == "module" || e.Text == "eval"
	case e.Kind == code.Member:
		base, _ := e.Items[0].Path()
		return base != "exports" && base != "module.exports" && passesExports(e.Items[0])
	case e.Kind == code.Call && calleeText(e) == "defineProperty" && len(e.Items) > 2 && e.Items[2].Kind == code.String:
		return slices.ContainsFunc(e.Items[3:], passesExports) // the reader has this export
	}
	return slices.ContainsFunc(e.Items, passesExports)
}

// exports reports whether an export may be the one of a name.
func (s *symbols) exports(m *module, e *code.Export, name string) bool {
	switch {
	case e.Name == "*" && e.From == "":
		return true // the members of a value
	case e.Name == "*":
		return name != "default" && s.in(m, e.Imported(), name)
	case e.Name != name:
		return false
	case e.From != "" && e.Local != "*":
		return s.in(m, e.Imported(), e.Local)
	}
	return true
}

// ofPython is find for Python: a name of the module, which a function, class, import or assignment binds.
func (s *symbols) ofPython(m *module, name string) (code.Range, bool) {
	if at, ok := declared(m.code, name); ok {
		return at, true
	}
	for _, i := range m.code.Imports {
		if i.Function != code.Module || i.IsType {
			continue
		}
		if i.As == name || i.Name == "*" && s.in(m, i, name) {
			return i.Range, true
		}
	}
	for i := range m.code.Statements {
		if statement := &m.code.Statements[i]; assigns(statement, name) || defines(statement.Value) {
			return statement.Range, true
		}
	}
	return code.Range{}, false
}

// assigns reports whether a statement of a module in Python assigns a name of it, or a member of that name of anything.
func assigns(s *code.Statement, name string) bool {
	if s.Class != code.Module {
		return false
	}
	for e := range s.Target.All() {
		if e.Text == name && (e.Kind != code.Name || s.Function == code.Module) {
			return true
		}
	}
	return false
}

// declared returns the place of a function or class of a module in Python with a name, or of a function that sets the name or gives
// the module any name.
func declared(file *code.File, name string) (code.Range, bool) {
	for i := range file.Functions {
		f := &file.Functions[i]
		isOfModule := f.Parent == code.Module && f.Class == code.Module
		if isOfModule && (f.Name == name || f.Name == "__getattr__") || slices.Contains(f.Globals, name) {
			return f.NameRange, true
		}
	}
	for i := range file.Classes {
		if c := &file.Classes[i]; c.Name == name && c.Function == code.Module {
			return c.Range, true
		}
	}
	return code.Range{}, false
}

// defines reports whether an expression in Python can define names that it does not spell: globals()[name] = …, exec.
func defines(e *code.Expr) bool {
	for part := range e.All() {
		if part.Kind == code.Name && slices.Contains([]string{"globals", "exec", "eval", "setattr", "vars"}, part.Text) {
			return true
		}
	}
	return false
}
