package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// body is where code is: a function of a file, or code.Module.
type body struct {
	m        *names
	function int
}

// reach finds the functions that the handler runs. Unlike program.resolve, which must not miss a function, it does not count a
// function because the file assigns it to a name, and not a method because its class is used: another handler in the file, or
// another method, may be the only one that needs it.
func (c *calls) reach() {
	c.reachedNames = map[*names]map[string]bool{}
	var todo []body
	for _, m := range c.modules {
		todo = append(todo, c.loaded(m)...)
	}
	for _, m := range c.modules {
		for i := range m.code.Functions {
			if c.startsAt(m, i) {
				todo = append(todo, body{c.names[m], i})
			}
		}
	}
	for i := range c.modules[0].code.Exports {
		if e := &c.modules[0].code.Exports[i]; e.From != "" {
			c.mentionName(c.names[c.modules[0]], c.reexported(e))
		}
	}
	for len(todo) > 0 || len(c.fresh) > 0 {
		for _, b := range todo {
			if !c.runsIn[b] {
				c.runsIn[b] = true
				c.entered = append(c.entered, b)
				c.mentionedIn(b)
			}
		}
		todo = c.next()
	}
}

// enters reports whether the handler runs a function of a file.
func (c *calls) enters(m *module, function int) bool { return c.runsIn[body{c.names[m], function}] }

// mayEnter reports whether the handler runs a function of a file or a method of a class that it uses, which code that is not read may
// call.
func (c *calls) mayEnter(m *module, function int) bool {
	if c.enters(m, function) {
		return true
	}
	for ; function != code.Module; function = m.code.Functions[function].Parent {
		if class := m.code.Functions[function].Class; class != code.Module && c.usesClass(c.names[m], class) {
			return true
		}
	}
	return false
}

// startsAt reports whether a function is the handler or, in Go, runs when the program starts.
func (c *calls) startsAt(m *module, i int) bool {
	f := &m.code.Functions[i]
	return c.isStart(m, i) || m == c.modules[0] && m.code.Language != code.Go && f.Parent == code.Module && f.Name == lastName(c.symbol)
}

// loaded returns what of a file runs without a mention: its statements, and functions that a framework calls.
func (c *calls) loaded(m *module) []body {
	n := c.names[m]
	c.reachedNames[n] = map[string]bool{}
	for i := range m.code.Statements {
		n.bodies[m.code.Statements[i].Function] = append(n.bodies[m.code.Statements[i].Function], i)
	}
	for _, class := range m.code.Classes {
		for _, base := range class.Bases {
			c.mention(body{n, code.Module}, base, false)
		}
	}
	run := []body{{n, code.Module}}
	for i := range m.code.Functions {
		f := &m.code.Functions[i]
		if isRegistered(f) && f.Class == code.Module {
			run = append(run, body{n, i})
		}
		n.inner[f.Parent] = append(n.inner[f.Parent], i)
		if f.Class != code.Module {
			n.methods[f.Class] = append(n.methods[f.Class], i)
		}
	}
	return run
}

// mentionedIn records what a function mentions.
func (c *calls) mentionedIn(b body) {
	for _, i := range b.m.bodies[b.function] {
		s := &b.m.code.Statements[i]
		if b.function == code.Module && isExports(s.Target) {
			c.exported(b, lastName(s.Target.Text), s.Value)
			continue
		}
		isName := s.Target != nil && s.Target.Kind == code.Name
		if !isName {
			c.mention(b, s.Target, false)
		}
		c.mention(b, s.Value, b.function == code.Module && isName)
	}
}

// exported records what the value of an export mentions. An exported name or member is no use: other files must use the export.
func (c *calls) exported(b body, name string, value *code.Expr) {
	switch {
	case value == nil:
	case value.Kind == code.Map:
		for i, item := range value.Items {
			if item.Kind == code.Name {
				continue
			}
			key := ""
			if i < len(value.Keys) {
				key = value.Keys[i]
			}
			c.exported(b, key, item)
		}
	case value.Kind == code.Member && name != "" && name != "exports" && name != lastName(c.symbol):
		c.reexports[name] = append(c.reexports[name], reexport{b, value})
	default:
		c.mention(b, value, true)
	}
}

// reexport is the member of another file that an export of a file is.
type reexport struct {
	body  body
	value *code.Expr
}

// isExports reports whether an expression is exports.x, module.exports or module.exports.x.
func isExports(e *code.Expr) bool {
	path, _ := e.Path()
	return path == "module.exports" || strings.HasPrefix(path, "exports.") || strings.HasPrefix(path, "module.exports.")
}

// mention records the names in an expression. named: the functions in it run only if their names are mentioned.
func (c *calls) mention(b body, root *code.Expr, named bool) {
	if root == nil {
		return
	}
	isNamed := named && (root.Kind == code.Func || root.Kind == code.Map)
	for e := range root.All() {
		switch e.Kind { //nolint:exhaustive // others name nothing
		case code.Name, code.Member:
			c.mentionName(b.m, e.Text)
		case code.Index:
			if name, ok := memberName(e); ok {
				c.mentionName(b.m, name)
			}
		case code.Map, code.Typed:
			c.mentionName(b.m, lastName(e.Text))
		case code.Func:
			c.mentionFunction(body{b.m, e.Function}, isNamed, root.Kind == code.Map)
		}
	}
}

// mentionFunction records a function in an expression. isNamed: it runs only if its name is mentioned.
func (c *calls) mentionFunction(b body, isNamed, isMember bool) {
	switch {
	case !isNamed || b.m.code.Functions[b.function].Name == "":
		c.inner = append(c.inner, b)
	case isMember:
		c.members[b] = true
	}
}

// next returns the functions that mentioned names stand for and that are not reached yet. It looks only at those that the last
// round concerns.
func (c *calls) next() []body {
	found := c.inner
	fresh, entered := c.fresh, c.entered
	c.inner, c.fresh, c.entered = nil, nil, nil
	consider := func(n *names, functions []int) {
		for _, i := range functions {
			if b := (body{n, i}); !c.runsIn[b] && c.isMentioned(n, i) {
				found = append(found, b)
			}
		}
	}
	for _, name := range fresh {
		for _, r := range c.reexports[name] {
			c.mention(r.body, r.value, false)
		}
		delete(c.reexports, name)
	}
	for _, m := range c.modules {
		n := c.names[m]
		for _, name := range fresh {
			consider(n, n.byName[name])
			if class, ok := n.classes[name]; ok {
				consider(n, n.methods[class])
			}
			if e, ok := n.exports[name]; ok {
				consider(n, n.byName[e.Local])
			}
		}
	}
	for _, b := range entered {
		consider(b.m, b.m.inner[b.function])
	}
	return slices.DeleteFunc(found, func(b body) bool { return c.runsIn[b] })
}

// mentionName records a name in a file.
func (c *calls) mentionName(n *names, name string) {
	if name != "" && !c.reachedNames[n][name] {
		c.reachedNames[n][name], c.named[name] = true, true
		c.fresh = append(c.fresh, name)
	}
}

// isMentioned reports whether a function runs because something that runs mentions it.
func (c *calls) isMentioned(n *names, i int) bool {
	f := &n.code.Functions[i]
	switch {
	case f.Name == "":
		return false
	case f.Class != code.Module:
		return c.usesClass(n, f.Class) && (c.named[f.Name] || isCalledByOthers(n, f))
	case f.Parent != code.Module:
		return c.runsIn[body{n, f.Parent}] && c.reachedNames[n][f.Name]
	}
	return c.reachedNames[n][f.Name] || c.isImported(n, f.Name) || c.isNamedBySibling(n, f.Name) || c.members[body{n, i}] && c.named[f.Name]
}

// isCalledByOthers reports whether a language or a framework calls a method without its name.
func isCalledByOthers(n *names, f *code.Function) bool {
	if n.code.Language == code.Go {
		return isGoInterface(f.Name)
	}
	return isConstructor(f.Name) || isRegistered(f) || strings.HasPrefix(f.Name, "__")
}

func (c *calls) usesClass(n *names, class int) bool { return c.named[n.code.Classes[class].Name] }

// isImported reports whether a file that imports another mentions a name of it.
func (c *calls) isImported(n *names, name string) bool {
	for _, m := range c.modules {
		other := c.names[m]
		if other == n || !c.importsFile(other, n, name) {
			continue
		}
		return true
	}
	return false
}

// importsFile reports whether a file imports another and mentions a name of it, or imports the name as another one that it mentions.
func (c *calls) importsFile(from, to *names, name string) bool {
	exported := []string{name}
	for as, e := range to.exports { // any order: one is enough
		if e.Local == name && as != name {
			exported = append(exported, as)
		}
	}
	for _, i := range c.importsOf(from)[to.path] {
		if slices.ContainsFunc(exported, func(as string) bool { return c.uses(from, to, i, as) }) {
			return true
		}
	}
	return slices.ContainsFunc(from.code.Exports, func(e code.Export) bool {
		return e.From != "" && (e.Name == "*" || e.Local == "*" || e.Local == name) && (c.named[name] || c.named[e.Name])
	})
}

// importsOf returns the imports of a file by the files that they load.
func (c *calls) importsOf(from *names) map[string][]code.Import {
	if from.loads == nil {
		from.loads = map[string][]code.Import{}
		for _, i := range from.code.Imports {
			for _, file := range c.localFiles(from.module, i) {
				from.loads[file] = append(from.loads[file], i)
			}
		}
	}
	return from.loads
}

// uses reports whether a file mentions a name that it imports.
func (c *calls) uses(from, to *names, i code.Import, name string) bool {
	isWhole := i.Name == "" || i.Name == "*" || i.Name == "default" || loadsFile(i, to.path)
	return isWhole && (name == "default" || c.reachedNames[from][name]) || i.Name == name && c.reachedNames[from][i.As]
}

// mayBeRegistered reports whether a function has a decorator by which a framework may call it: any but those that only wrap it.
func mayBeRegistered(f *code.Function) bool {
	return slices.ContainsFunc(f.Decorators, func(d *code.Expr) bool {
		path, ok := decorator(d)
		return !ok || !slices.Contains([]string{
			"cache", "cached", "capture", "capture_async", "capture_lambda_handler", "capture_method", "contextmanager", "datadog_lambda_wrapper", "event_parser",
			"event_source", "idempotent", "idempotent_function", "inject_lambda_context", "lambda_handler_decorator", "log_metrics", "lru_cache", "metric_scope",
			"retry", "validator", "wraps",
		}, lastName(path))
	})
}

// decorator returns the dotted path of a decorator. It is false if it has none.
func decorator(e *code.Expr) (string, bool) {
	if e.Kind == code.Call {
		e = e.Items[0]
	}
	return e.Path()
}

// isRegistered reports whether a function has a decorator by which a framework calls it, such as @app.get("/orders").
func isRegistered(f *code.Function) bool {
	for _, d := range f.Decorators {
		if path, ok := decorator(d); ok && slices.Contains([]string{
			"get", "post", "put", "delete", "patch", "head", "options", "route", "resolver", "exception_handler", "not_found", "create", "update", "poll_create",
			"poll_update", "poll_delete", "action", "tool", "on_event", "websocket", "handler", "intent", "on_publish", "on_subscribe", "step", "durable_step",
		}, lastName(path)) {
			return true
		}
	}
	return false
}
