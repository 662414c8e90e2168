package handler

import "lintel/parsers/handler/code"

// evalCallee evaluates what a call calls and, for a method, what it is a method of. The base is evaluated once: otherwise a chain of
// calls would double the steps with each.
func (c *calls) evalCallee(method *code.Expr, sc *scope) (callees, bases []object) {
	if method.Kind != code.Member {
		return c.eval(method, sc), nil
	}
	bases = c.eval(method.Items[0], sc)
	for _, base := range bases {
		callees = join(callees, c.evalMember(base, method.Text))
	}
	return callees, bases
}

// evalAssigned evaluates the values of a variable of a function or, with code.Module, of the file of a scope.
func (c *calls) evalAssigned(function int, name string, sc *scope) []object {
	q := question{m: sc.m, kind: ofVariable, index: function, name: name}
	if function == sc.function && sc.call != nil {
		q.scope = sc
	}
	return c.once(q, func() []object {
		var all []object
		for _, a := range sc.m.assigned[function][name] {
			from := sc.in(a.function)
			if function == sc.function {
				from = sc
			}
			if a.property != "" {
				all = join(all, c.evalMembers(a.value, a.property, from))
				continue
			}
			all = join(all, c.eval(a.value, from))
		}
		return all
	})
}

// evalReexported evaluates a name that a file exports without its name: export * from "./orders".
func (c *calls) evalReexported(name string, m *names) []object {
	for i := range m.code.Exports {
		e := &m.code.Exports[i]
		if e.Name != "*" || e.From == "" {
			continue
		}
		if all := c.evalImport(code.Import{Module: e.From, Name: name, Function: code.Module}, m); len(all) > 0 && all[0].kind != isModule {
			return all
		}
	}
	return c.evalGlobal(name, m)
}
