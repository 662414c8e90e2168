package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// scope is where an expression is evaluated.
type scope struct {
	m        *names
	function int
	call     *code.Expr // that called the function, if it is known
	caller   *scope
	bound    bool // the first parameter is the instance
}

// names are the names of a file.
type names struct {
	*module
	imports  map[string]code.Import
	assigned map[int]map[string][]assignment // by function
	members  map[int]map[string][]assignment // by class
	byName   map[string][]int                // functions
	classes  map[string]int
	exports  map[string]code.Export
	scopes   map[int]*scope
	bodies   map[int][]int            // indices of statements by function
	inner    map[int][]int            // indices of functions by the enclosing function
	methods  map[int][]int            // indices of functions by class
	loads    map[string][]code.Import // imports by the files that they load; nil: not asked for
}

// scope returns the scope of a function without a known caller. There is one for each function, so that values can be compared.
func (n *names) scope(function int) *scope {
	if n.scopes[function] == nil {
		n.scopes[function] = &scope{m: n, function: function}
	}
	return n.scopes[function]
}

// assignment is a value of a name, and the property of it if the name is one of a pattern.
type assignment struct {
	value    *code.Expr
	property string
	function int
}

func namesOf(m *module) *names {
	n := &names{
		module: m, imports: map[string]code.Import{}, assigned: map[int]map[string][]assignment{}, members: map[int]map[string][]assignment{},
		byName: map[string][]int{}, classes: map[string]int{}, exports: map[string]code.Export{},
		scopes: map[int]*scope{}, bodies: map[int][]int{}, inner: map[int][]int{}, methods: map[int][]int{},
	}
	for _, i := range m.code.Imports {
		if i.As != "" && !i.IsType {
			n.imports[i.As] = bound(i)
		}
	}
	for i, f := range m.code.Functions {
		n.byName[f.Name] = append(n.byName[f.Name], i)
	}
	for i, c := range m.code.Classes {
		n.classes[c.Name] = i
	}
	for _, e := range m.code.Exports {
		n.exports[e.Name] = e
	}
	for i := range m.code.Statements {
		if s := &m.code.Statements[i]; s.Kind == code.Assign && s.Target != nil && s.Value != nil {
			n.assign(s)
		}
	}
	return n
}

// bound returns what an import binds: `import os.path` in Python binds os.
func bound(i code.Import) code.Import {
	if i.Name == "" && strings.HasPrefix(i.Module, i.As+".") {
		i.Module = i.As
	}
	return i
}

// assign records an assignment.
func (n *names) assign(s *code.Statement) {
	switch t := s.Target; t.Kind { //nolint:exhaustive // others are no names
	case code.Name:
		n.bind(s, t.Text, "")
	case code.Map:
		for i, item := range t.Items {
			if item.Kind == code.Name && i < len(t.Keys) && t.Keys[i] != "" {
				n.bind(s, item.Text, t.Keys[i])
			}
		}
	case code.Member:
		class := n.classOf(s.Function)
		if base := t.Items[0]; class != code.Module && base.Kind == code.Name && n.isSelf(s.Function, base.Text) {
			add(n.members, class, t.Text, assignment{value: s.Value, function: s.Function})
		}
	}
}

func (n *names) bind(s *code.Statement, name, property string) {
	a := assignment{value: s.Value, property: property, function: s.Function}
	function := s.Function
	if s.Class != code.Module {
		add(n.members, s.Class, name, a)
		return
	}
	if n.code.Language != code.Python {
		function = n.declaring(function, name)
	}
	for function != code.Module && slices.Contains(n.code.Functions[function].Globals, name) {
		function = n.code.Functions[function].Parent
		if len(n.assigned[function][name]) > 0 {
			break
		}
	}
	add(n.assigned, function, name, a)
}

// declaring returns the function whose variable a name is in JavaScript: an assignment to one of an enclosing function or of
// the file is no new variable.
func (n *names) declaring(function int, name string) int {
	for f := function; ; f = n.code.Functions[f].Parent {
		if len(n.assigned[f][name]) > 0 {
			return f
		}
		if f == code.Module {
			return function
		}
	}
}

func add(to map[int]map[string][]assignment, key int, name string, a assignment) {
	if to[key] == nil {
		to[key] = map[string][]assignment{}
	}
	to[key][name] = append(to[key][name], a)
}

// classOf returns the class of the method that a function is or is in.
func (n *names) classOf(function int) int {
	for f := function; f != code.Module; f = n.code.Functions[f].Parent {
		if class := n.code.Functions[f].Class; class != code.Module {
			return class
		}
	}
	return code.Module
}

// isSelf reports whether a name is the instance of a method.
func (n *names) isSelf(function int, name string) bool {
	switch n.code.Language {
	case code.Python:
	case code.Go:
		return n.isReceiver(function, name)
	default:
		return name == "this"
	}
	for f := function; f != code.Module; f = n.code.Functions[f].Parent {
		if fn := n.code.Functions[f]; fn.Class != code.Module {
			return len(fn.Parameters) > 0 && fn.Parameters[0] == name && (name == "self" || name == "cls")
		}
	}
	return false
}

func isImport(m *names, name string) bool {
	_, ok := m.imports[name]
	return ok
}
