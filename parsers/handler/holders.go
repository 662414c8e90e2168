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

// holder is a name that has values: of a function or, with code.Module, of a file.
type holder struct {
	m        *names
	function int
	name     string
}

// maxEntries is how often the value of a variable may depend on itself, as in table = table.meta.client. Each assignment of this kind
// multiplies the steps by all of them.
const maxEntries = 2

// evalAssigned evaluates the values of a variable.
func (c *calls) evalAssigned(v holder, list []assignment, sc *scope) []object {
	if known, ok := c.values[v]; ok && sc.call == nil {
		return known
	}
	if c.entries[v] == maxEntries {
		return nil
	}
	isFirst := c.open == 0 && len(c.running) == 0 && sc.call == nil && c.depth < maxDepth/2 // nothing that is being evaluated cuts the search short
	c.open++
	c.entries[v]++
	defer func() {
		c.open--
		c.entries[v]--
	}()
	var all []object
	for _, a := range list {
		from := sc.in(a.function)
		if v.function == sc.function {
			from = sc
		}
		if a.property != "" {
			all = join(all, c.evalMembers(a.value, a.property, from))
			continue
		}
		all = join(all, c.eval(a.value, from))
	}
	if isFirst {
		c.values[v] = all
	}
	return all
}
