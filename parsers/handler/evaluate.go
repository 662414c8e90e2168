package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// Limits of the search for values and for the event in the code of one function. Beyond them, the list of calls is incomplete.
const (
	maxSteps = 200_000
	maxDepth = 24
	maxKinds = 6 // values of one name
)

// eval returns what an expression can be, of the values that the search follows.
func (c *calls) eval(e *code.Expr, sc *scope) []object {
	if e == nil || !c.enter() {
		return nil
	}
	defer c.leave()
	switch e.Kind { //nolint:exhaustive // others are no such values
	case code.Name:
		return c.evalName(e.Text, sc)
	case code.Member, code.Index:
		if name, ok := memberName(e); ok {
			return c.evalMembers(e.Items[0], name, sc)
		}
	case code.Choice:
		var all []object
		for _, item := range e.Items {
			all = join(all, c.eval(item, sc))
		}
		return all
	case code.Await:
		return c.eval(e.Items[0], sc)
	case code.Map, code.Typed, code.Func:
		return c.evalLiteral(e, sc)
	case code.Unknown:
		return c.evalItems(e, sc)
	case code.Call, code.New:
		return c.evalCall(e, sc)
	}
	return nil
}

// evalItems evaluates the items of a collection that a loop in Python assigns.
func (c *calls) evalItems(e *code.Expr, sc *scope) []object {
	if e.Text != "" || len(e.Items) != 1 || sc.m.code.Language != code.Python {
		return nil
	}
	var all []object
	for _, o := range c.eval(e.Items[0], sc) {
		if c := collectionOf(o.name); o.kind == isResource && c.item != "" {
			o.name, o.input, o.scope = c.item, nil, nil
			all = append(all, o)
		}
	}
	return all
}

// memberName returns the name of a member, also as a literal index: clients["s3"].
func memberName(e *code.Expr) (string, bool) {
	if e.Kind == code.Member {
		return e.Text, true
	}
	if len(e.Items) > 1 && e.Items[1].Kind == code.String {
		return e.Items[1].Text, true
	}
	return "", false
}

// step counts a step of the search for values and for the event. It is false beyond the limit.
func (c *calls) step() bool {
	c.steps++
	return c.steps <= maxSteps
}

// enter counts a step of the search. It is false beyond a limit.
func (c *calls) enter() bool {
	if c.depth > maxDepth || !c.step() {
		c.memo.isCut = true
		return false
	}
	c.depth++
	return true
}

func (c *calls) leave() { c.depth-- }

// join adds values that are not there yet.
func join(all, more []object) []object {
	for _, o := range more {
		if len(all) < maxKinds && !slices.ContainsFunc(all, func(a object) bool { return a == o }) {
			all = append(all, o)
		}
	}
	return all
}

// evalName evaluates a name.
func (c *calls) evalName(name string, sc *scope) []object {
	if class := sc.m.classOf(sc.function); class != code.Module && sc.m.isSelf(sc.function, name) {
		return []object{{kind: isInstance, index: class, scope: sc}}
	}
	for f := sc.function; ; f = sc.m.code.Functions[f].Parent {
		if len(sc.m.assigned[f][name]) > 0 && (f != code.Module || !isImport(sc.m, name)) {
			return c.evalAssigned(f, name, sc)
		}
		if f == code.Module {
			break
		}
		if i := slices.Index(sc.m.code.Functions[f].Parameters, name); i >= 0 {
			return c.evalParameter(f, i, name, sc)
		}
	}
	return c.evalGlobal(name, sc.m)
}

func isConstructor(name string) bool { return name == "__init__" || name == "constructor" }

// evalGlobal evaluates a name of a file that is no variable of a function.
func (c *calls) evalGlobal(name string, m *names) []object {
	sc := m.scope(code.Module)
	if i, ok := m.imports[name]; ok {
		return c.evalImport(i, m)
	}
	if len(m.assigned[code.Module][name]) > 0 {
		return c.evalAssigned(code.Module, name, sc)
	}
	if class, ok := m.classes[name]; ok {
		return []object{{kind: isClass, index: class, scope: sc}}
	}
	for _, f := range m.byName[name] {
		if fn := m.code.Functions[f]; fn.Class == code.Module && fn.Parent == code.Module {
			return []object{{kind: isFunction, index: f, scope: sc}}
		}
	}
	return c.goSibling(name, m)
}

// evalImport evaluates an imported name.
func (c *calls) evalImport(i code.Import, m *names) []object {
	if !c.enter() {
		return nil
	}
	defer c.leave()
	files := c.localFiles(m.module, i)
	if len(files) == 0 {
		name := strings.TrimSuffix(i.Module+"."+i.Name, ".")
		if i.Name == "*" || i.Name == "default" {
			name = i.Module
		}
		return []object{{kind: isModule, name: name}}
	}
	if m.code.Language == code.Go {
		files = files[:1] // the others are its siblings
	}
	var all []object
	for _, file := range files {
		other := c.names[c.byPath[file]]
		if other == nil {
			continue
		}
		local := object{kind: isLocal, scope: other.scope(code.Module)}
		if i.Name == "" || i.Name == "*" || loadsFile(i, file) {
			all = append(all, local)
			continue
		}
		all = join(all, c.evalExport(i.Name, other))
	}
	return all
}

// evalExport evaluates a name that another file imports.
func (c *calls) evalExport(name string, m *names) []object {
	if m.code.Language == code.Python || m.code.Language == code.Go {
		return c.evalGlobal(name, m)
	}
	e, ok := m.exports[name]
	switch {
	case !ok:
		return c.evalReexported(name, m)
	case e.From != "":
		return c.evalImport(e.Imported(), m)
	case e.Value != nil:
		return c.eval(e.Value, m.scope(code.Module))
	}
	return c.evalGlobal(e.Local, m)
}

// evalCall evaluates the result of a call.
func (c *calls) evalCall(e *code.Expr, sc *scope) []object {
	if m := sc.m; m.code.Language != code.Python && e.Items[0].Kind == code.Name && e.Items[0].Text == "require" {
		if name := argument(e, "", 0); name != nil && name.Kind == code.String {
			return c.evalImport(code.Import{Module: name.Text, Function: code.Module}, m)
		}
	}
	var all []object
	method := e.Items[0]
	callees, bases := c.evalCallee(method, sc)
	for _, callee := range callees {
		switch callee.kind { //nolint:exhaustive // others cannot be called
		case isModule:
			all = join(all, c.external(callee, e, sc))
		case isClass:
			all = join(all, []object{{kind: isInstance, index: callee.index, scope: callee.scope.m.scope(code.Module)}})
		case isFunction:
			all = join(all, c.results(callee, e, sc))
		}
	}
	for _, base := range bases {
		all = join(all, c.result(base, method.Text, e, sc))
	}
	return all
}

// results evaluates what a function of the package returns.
func (c *calls) results(callee object, call *code.Expr, sc *scope) []object {
	m := callee.scope.m
	if i := slices.IndexFunc(c.running, func(r running) bool { return r.m == m && r.function == callee.index }); i >= 0 {
		c.memo.running = min(c.memo.running, c.running[i].open)
		return nil
	}
	return c.once(question{m: m, kind: ofResult, index: callee.index, call: call, scope: sc}, func() []object {
		c.running = append(c.running, running{m, callee.index, len(c.memo.open)})
		defer func() { c.running = c.running[:len(c.running)-1] }()
		in := &scope{m: m, function: callee.index, call: call, caller: sc, bound: callee.name == "method" && m.code.Language == code.Python}
		var all []object
		for _, value := range c.returned(m, callee.index) {
			all = join(all, c.eval(value, in))
		}
		if results := m.code.Functions[callee.index].Results; len(all) == 0 && len(results) > 0 {
			return c.goTyped(results[0], m)
		}
		return all
	})
}

// running is a function whose results are being evaluated.
type running struct {
	m        *names
	function int
	open     int // number of open questions when it was entered
}

// returned are the values that a function returns.
func (c *calls) returned(m *names, function int) []*code.Expr {
	if c.returns[m] == nil {
		c.returns[m] = map[int][]*code.Expr{}
		for i := range m.code.Statements {
			if s := &m.code.Statements[i]; s.Kind == code.Return && s.Value != nil {
				c.returns[m][s.Function] = append(c.returns[m][s.Function], s.Value)
			}
		}
	}
	return c.returns[m][function]
}
