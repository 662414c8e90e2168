package handler

import (
	"slices"

	"lintel/parsers/handler/code"
)

// Limits of the search for the parts of the event.
const (
	maxRounds = 8 // assignments and calls in a row
	maxCalled = 6 // functions that one call can be of
)

// flowOf returns where the event goes in a file.
func (u *unit) flowOf() *flow {
	if u.flow == nil {
		u.f.follow()
	}
	return u.flow
}

// follow follows the event through the files of a program: into the parameters of the functions that the handler calls with it, and out
// of their results.
//
// The first pass finds the functions whose results have a part of the event. In the second one, the result of another function has none.
func (f *facts) follow() {
	for _, u := range f.units {
		u.flow = &flow{unit: u, names: f.calls.names[u.module], results: map[int]bool{}}
	}
	for _, isFirst := range []bool{true, false} {
		for _, u := range f.units {
			u.flow.dirty, u.flow.clean, u.flow.wholes = map[variable]bool{}, map[variable]bool{}, map[variable]bool{}
			u.flow.isFirst = isFirst
			if u.parameter != "" {
				u.flow.dirty[variable{u.handler, u.parameter}] = true
				u.flow.wholes[variable{u.handler, u.parameter}] = true
			}
		}
		for range maxRounds {
			if !f.followOnce() {
				break
			}
		}
	}
}

// followOnce follows the event through all statements once. It is false if that changes nothing.
func (f *facts) followOnce() (changed bool) {
	for _, u := range f.units {
		flow := u.flow
		if len(flow.dirty)+len(flow.wholes) == 0 {
			continue
		}
		if flow.checked == nil {
			flow.check()
		}
		before := flow.size()
		for i := range u.code.Statements {
			flow.statement(&u.code.Statements[i])
		}
		changed = changed || flow.size() != before
	}
	return changed
}

// size counts what is known of a file. Nothing of it is lost in a pass.
func (f *flow) size() int { return len(f.dirty) + len(f.clean) + len(f.wholes) + len(f.results) }

// called is a function that a call can be of.
type called struct {
	flow       *flow
	function   int
	parameters []string // without the instance
}

// callees returns the functions of the program that a call in a function can be of.
func (f *flow) callees(function int, call *code.Expr) []called {
	target := call.Items[0]
	if found := f.calleesHere(function, target); len(found) > 0 {
		return found
	}
	sc := f.names.scope(function)
	var all []called
	for _, o := range append(f.f.calls.eval(target, sc), f.inTable(function, target, sc)...) {
		if o.kind != isFunction || len(all) == maxCalled {
			continue
		}
		i := slices.IndexFunc(f.f.units, func(u *unit) bool { return u.module == o.scope.m.module })
		if i >= 0 {
			all = append(all, f.f.units[i].flow.called(o.index, o.name == "method"))
		}
	}
	return all
}

// inTable returns the members of a map of which one is called by a computed key: routes[event.method](event), routes.get(name), or a name
// for one of these.
func (f *flow) inTable(function int, target *code.Expr, sc *scope) []object {
	if target.Kind == code.Name {
		assigned := f.names.assignedOnce(function, target.Text)
		if assigned == nil || assigned.property != "" {
			return nil
		}
		target = assigned.value
	}
	var table *code.Expr
	switch {
	case target.Kind == code.Index:
		table = target.Items[0]
	case target.Kind == code.Call && calleeText(target) == "get" && target.Items[0].Kind == code.Member:
		table = target.Items[0].Items[0]
	default:
		return nil
	}
	var all []object
	for _, o := range f.f.calls.eval(table, sc) {
		if o.kind != isLiteral {
			continue
		}
		for _, item := range o.expr.Items {
			all = join(all, f.f.calls.eval(item, o.scope))
		}
	}
	return all
}

// calleesHere returns the functions of the file that a name, or a method of the instance, can stand for.
func (f *flow) calleesHere(function int, target *code.Expr) []called {
	isMethod := f.isOwnMethod(function, target)
	if target.Kind != code.Name && !isMethod {
		return nil
	}
	var all []called
	for _, i := range f.names.byName[target.Text] {
		if (f.code.Functions[i].Class != code.Module) != isMethod {
			continue
		}
		if all = append(all, f.called(i, isMethod)); len(all) == maxCalled {
			break
		}
	}
	return all
}

func (f *flow) called(function int, isMethod bool) called {
	parameters := f.code.Functions[function].Parameters
	if isMethod && f.code.Language == code.Python {
		parameters = parameters[min(1, len(parameters)):]
	}
	return called{f, function, parameters}
}

// isOwnMethod reports whether a called expression is a method of the instance: self.find.
func (f *flow) isOwnMethod(function int, target *code.Expr) bool {
	return target.Kind == code.Member && f.names.classOf(function) != code.Module && target.Items[0].Kind == code.Name && f.names.isSelf(function, target.Items[0].Text)
}

// arguments follows the arguments of a call into the functions that it can be of, and the items of a list into a function that is
// called for each.
func (f *flow) arguments(function int, call *code.Expr) {
	f.items(function, call)
	if !f.hasAny(function, call.Items[1:]) && !slices.ContainsFunc(call.Items[1:], func(e *code.Expr) bool { return f.isWholeExpr(function, e) }) {
		return
	}
	for _, to := range f.callees(function, call) {
		for n, name := range to.parameters {
			value := argument(call, name, n)
			if value == nil {
				continue
			}
			if f.has(function, value) {
				to.flow.dirty[variable{to.function, name}] = true
			}
			if f.isWholeExpr(function, value) {
				to.flow.wholes[variable{to.function, name}] = true
			}
		}
	}
}

// assignWhole follows the whole event into a name that is assigned once.
func (f *flow) assignWhole(s *code.Statement) {
	if s.Target.Kind == code.Name && f.isWholeExpr(s.Function, s.Value) && len(f.names.assigned[s.Function][s.Target.Text]) == 1 {
		f.wholes[variable{s.Function, s.Target.Text}] = true
	}
}

// isWholeExpr reports whether an expression shows the whole event.
func (f *flow) isWholeExpr(function int, e *code.Expr) bool {
	if f.code.Language == code.Go {
		return f.goWhole(function, e) == "event"
	}
	return e.Kind != code.Map && f.whole(function, e) == "event"
}

// isWhole reports whether a name in a function is the whole event.
func (f *flow) isWhole(function int, name string) bool { return f.wholes[f.variable(function, name)] }

// wholesIn returns the names in a function that are the whole event, in any order.
func (f *flow) wholesIn(function int) []string {
	var all []string
	for v := range f.wholes { // any order: the result has none
		if v.function == function {
			all = append(all, v.name)
		}
	}
	return all
}
