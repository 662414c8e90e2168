package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// binding is what names in a module can stand for.
type binding struct {
	functions map[string][]int     // functions by their names and by the names of their classes
	bodies    map[int][]*code.Expr // expressions by function: of its statements, base classes and decorators
	all       []*module            // modules whose members the module can name: those that it imports as a whole
	imported  map[string][]member
	named     map[string]bool // names that reached code mentions
}

// member is a member of another module.
type member struct {
	of   *module
	name string
}

// work is a function of a module that is reached and whose code has not been looked at.
type work struct {
	m        *module
	function int
}

// resolver finds the functions that run. Each function is looked at once, and so is each name in each module.
type resolver struct {
	*program
	bindings map[*module]*binding
	open     []work
}

// resolve finds the functions that run: those that code names that runs when its file is loaded, and those that they name.
func (p *program) resolve() {
	p.reached = map[*module]map[int]bool{}
	r := resolver{program: p, bindings: map[*module]*binding{}}
	for _, m := range p.modules {
		p.reached[m] = map[int]bool{}
		r.bindings[m] = p.bindingOf(m)
	}
	for _, m := range p.modules {
		r.start(m)
	}
	for len(r.open) > 0 {
		next := r.open[len(r.open)-1]
		r.open = r.open[:len(r.open)-1]
		r.look(next)
	}
}

// start adds what runs whatever the code names: the code of the file, the handler, exported functions, and functions that a
// framework may call because of their decorators.
func (r *resolver) start(m *module) {
	r.mark(m, code.Module)
	isMain := m == r.modules[0]
	for i, f := range m.code.Functions {
		if mayBeRegistered(&f) || r.isStart(m, i) {
			r.mark(m, i)
		}
	}
	for i := range m.code.Exports {
		e := &m.code.Exports[i]
		if e.Value != nil && e.Value.Kind == code.Func && (!isMain || e.Name == r.symbol) {
			r.mark(m, e.Value.Function)
		}
		if name := r.reexported(e); isMain && e.From != "" && name != "" {
			r.name(m, name)
		}
	}
}

func (r *resolver) mark(m *module, function int) {
	if !r.reached[m][function] {
		r.reached[m][function] = true
		r.open = append(r.open, work{m, function})
	}
}

// look follows the names in the code of a function.
func (r *resolver) look(w work) {
	for _, root := range r.bindings[w.m].bodies[w.function] {
		for e := range root.All() {
			switch e.Kind { //nolint:exhaustive // others name nothing
			case code.Name, code.Member:
				r.name(w.m, e.Text)
			case code.Func:
				r.mark(w.m, e.Function)
			case code.Map, code.Typed:
				if e.Text != "" {
					r.name(w.m, lastName(e.Text))
				}
			}
		}
	}
}

// name reaches the functions that a name in a module can stand for: functions of the module, of modules that it imports, and
// methods of classes.
func (r *resolver) name(m *module, name string) {
	s := r.bindings[m]
	if s.named[name] {
		return
	}
	s.named[name] = true
	r.markAll(m, name)
	for _, other := range s.all {
		r.markAll(other, name)
	}
	for _, imported := range s.imported[name] {
		r.markAll(imported.of, imported.name)
		r.markAll(imported.of, name)
	}
}

func (r *resolver) markAll(m *module, name string) {
	for _, function := range r.bindings[m].functions[name] {
		r.mark(m, function)
	}
}

// bindingOf returns what names in a module can stand for.
func (p *program) bindingOf(m *module) *binding {
	s := &binding{functions: map[string][]int{}, bodies: map[int][]*code.Expr{}, imported: map[string][]member{}, named: map[string]bool{}}
	for i, f := range m.code.Functions {
		s.bodies[f.Parent] = append(s.bodies[f.Parent], f.Decorators...)
		s.functions[f.Name] = append(s.functions[f.Name], i)
		if f.Class != code.Module {
			class := m.code.Classes[f.Class].Name
			s.functions[class] = append(s.functions[class], i)
		}
	}
	for _, c := range m.code.Classes {
		s.bodies[c.Function] = append(s.bodies[c.Function], c.Bases...)
	}
	for i := range m.code.Statements {
		statement := &m.code.Statements[i]
		s.bodies[statement.Function] = append(s.bodies[statement.Function], statement.Target, statement.Value)
	}
	p.addImports(m, s)
	return s
}

// addImports adds what the imports of a module bind.
func (p *program) addImports(m *module, s *binding) {
	whole := map[*module]bool{}
	s.all = append(p.siblings(m), p.behind(m)...)
	for _, other := range s.all {
		whole[other] = true
	}
	for _, i := range m.code.Imports {
		for _, file := range p.localFiles(m, i) {
			other := p.byPath[file]
			if other == nil {
				continue
			}
			for _, of := range append([]*module{other}, p.behind(other)...) {
				switch {
				case i.Name != "" && i.Name != "*" && i.Name != "default" && !loadsFile(i, file):
					s.imported[i.As] = append(s.imported[i.As], member{of, i.Name}, member{of, renamed(other, i.Name)})
				case !whole[of]:
					whole[of] = true
					s.all = append(s.all, of)
				}
			}
		}
	}
}

// behind returns the files that a file in JavaScript exports from, and those that they export from.
func (p *program) behind(m *module) []*module {
	all := []*module{m}
	for n := 0; n < len(all); n++ {
		for _, i := range reexports(all[n]) {
			for _, file := range p.localFiles(all[n], i) {
				if other := p.byPath[file]; other != nil && !slices.Contains(all, other) {
					all = append(all, other)
				}
			}
		}
	}
	return all[1:]
}

// renamed returns the name under which a file has what it exports by a name: export { find as get } from "./orders".
func renamed(m *module, name string) string {
	for i := range m.code.Exports {
		if e := &m.code.Exports[i]; e.Name == name && e.From != "" {
			return e.Local
		}
	}
	return name
}

// reexported returns the name of the handler in the file that the handler's file exports it from; "" if this export is another one.
func (p *program) reexported(e *code.Export) string {
	first, _, _ := strings.Cut(p.symbol, ".")
	switch {
	case e.Name == "*" || e.Name == first && e.Local == "*":
		return lastName(p.symbol)
	case e.Name == first:
		return e.Local
	}
	return ""
}
