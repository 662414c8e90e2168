package handler

import (
	"slices"

	"lintel/parsers/handler/code"
)

// evalLiteral evaluates a map, a struct or a function.
func (c *calls) evalLiteral(e *code.Expr, sc *scope) []object {
	switch {
	case e.Kind == code.Func:
		return []object{{kind: isFunction, index: e.Function, scope: sc}}
	case e.Kind == code.Typed:
		return c.goTyped(e.Text, sc.m)
	case sc.m.code.Language == code.Go:
		return c.goLiteral(e, sc)
	}
	return []object{{kind: isLiteral, expr: e, scope: sc}}
}

// evalParameter evaluates a parameter by the call of its function, or by all calls of functions with its name. If they give
// nothing, it is a value of its type.
func (c *calls) evalParameter(f, position int, name string, sc *scope) []object {
	fn := &sc.m.code.Functions[f]
	all := c.evalArguments(fn, f, position, name, sc)
	if len(all) == 0 && position < len(fn.Types) {
		return c.goTyped(fn.Types[position], sc.m)
	}
	return all
}

// evalArguments evaluates the arguments for a parameter.
func (c *calls) evalArguments(fn *code.Function, f, position int, name string, sc *scope) []object {
	if sc.function == f && sc.call != nil {
		if sc.bound {
			position--
		}
		return c.eval(argument(sc.call, name, position), sc.caller)
	}
	if fn.Class != code.Module && sc.m.code.Language == code.Python {
		position--
	}
	called := fn.Name
	if fn.Class != code.Module && isConstructor(fn.Name) {
		called = sc.m.code.Classes[fn.Class].Name
	}
	return c.once(question{m: sc.m, kind: ofParameter, index: f, name: name}, func() []object { return c.evalSites(c.sites[called], position, name) })
}

// evalSites evaluates an argument of some calls.
func (c *calls) evalSites(sites []site, position int, name string) []object {
	var all []object
	isOther := false // a call passes a value that cannot be determined
	for _, site := range sites {
		given := argument(site.call, name, position)
		values := c.eval(given, site.scope)
		all = join(all, values)
		isOther = isOther || len(values) == 0 && given != nil && given.Kind != code.Null
	}
	if isOther {
		return unowned(all)
	}
	return all
}

// unowned returns values of which another one may be a session with other credentials: worker(boto3) and worker(assume_role(arn)).
func unowned(values []object) []object {
	values = slices.Clone(values)
	for i := range values {
		if values[i].kind == isModule || values[i].kind == isSession {
			values[i].owner = ofUnknown
		}
	}
	return values
}
