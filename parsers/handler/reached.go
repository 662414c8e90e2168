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
		todo = append(todo, body{n, code.Module})
	}
	main := c.names[c.modules[0]]
	for _, i := range main.byName[lastName(c.symbol)] {
		if main.code.Functions[i].Parent == code.Module {
			todo = append(todo, body{main, i})
		}
	}
	for len(todo) > 0 {
		for _, b := range todo {
			if !c.runsIn[b] {
				c.runsIn[b] = true
				c.mentionedIn(b)
			}
		}
		todo = c.next()
	}
}

// mentionedIn records what a function mentions.
func (c *calls) mentionedIn(b body) {
	for _, i := range b.m.bodies[b.function] {
		s := &b.m.code.Statements[i]
		isExport := b.function == code.Module && s.Kind == code.Assign && s.Target != nil && (s.Target.Kind == code.Name || s.Target.Kind == code.Member)
		if s.Target != nil && s.Target.Kind != code.Name {
			c.mention(b, s.Target, false)
		}
		c.mention(b, s.Value, isExport && (s.Target.Kind == code.Name || isExports(s.Target)))
	}
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
			c.reachedNames[b.m][e.Text] = true
			c.named[e.Text] = true
		case code.Index:
			if len(e.Items) > 1 && e.Items[1].Kind == code.String {
				c.named[e.Items[1].Text] = true
			}
		case code.Func:
			if !isNamed || b.m.code.Functions[e.Function].Name == "" {
				c.inner = append(c.inner, body{b.m, e.Function})
			}
		}
	}
}

// next returns the functions that mentioned names stand for and that are not reached yet.
func (c *calls) next() []body {
	found := c.inner
	c.inner = nil
	for _, m := range c.modules {
		n := c.names[m]
		for i := range m.code.Functions {
			if b := (body{n, i}); !c.runsIn[b] && c.isMentioned(n, i) {
				found = append(found, b)
			}
		}
	}
	return slices.DeleteFunc(found, func(b body) bool { return c.runsIn[b] })
}

// isMentioned reports whether a function runs because something that runs mentions it.
func (c *calls) isMentioned(n *names, i int) bool {
	f := &n.code.Functions[i]
	if isRegistered(f) {
		return f.Class == code.Module || c.usesClass(n, f.Class)
	}
	switch {
	case f.Name == "":
		return false
	case f.Class != code.Module:
		return c.usesClass(n, f.Class) && (isConstructor(f.Name) || strings.HasPrefix(f.Name, "__") || c.named[f.Name])
	case f.Parent != code.Module:
		return c.runsIn[body{n, f.Parent}] && c.reachedNames[n][f.Name]
	}
	return c.reachedNames[n][f.Name] || c.isImported(n, f.Name)
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

// importsFile reports whether a file imports another and mentions its name, or imports the name as another one that it mentions.
func (c *calls) importsFile(from, to *names, name string) bool {
	for _, i := range from.code.Imports {
		if !slices.Contains(c.filesOf(from, i), to.path) {
			continue
		}
		isWhole := i.Name == "" || i.Name == "*" || i.Name == "default" || strings.HasSuffix(strings.TrimSuffix(to.path, ".py"), "/"+i.Name)
		if isWhole && c.reachedNames[from][name] || i.Name == name && c.reachedNames[from][i.As] {
			return true
		}
		if i.Name == "default" {
			if e, ok := to.exports["default"]; ok && e.Local == name {
				return true
			}
		}
	}
	for _, e := range from.code.Exports {
		if e.From != "" && (e.Name == "*" || e.Local == name) && c.named[name] {
			return true
		}
	}
	return false
}

// isRegistered reports whether a function has a decorator by which a framework calls it, such as @app.get("/orders").
func isRegistered(f *code.Function) bool {
	for _, d := range f.Decorators {
		e := d
		if e.Kind == code.Call {
			e = e.Items[0]
		}
		if path, ok := e.Path(); ok && slices.Contains([]string{
			"get", "post", "put", "delete", "patch", "head", "options", "route", "resolver", "exception_handler", "not_found", "create", "update", "poll_create",
			"poll_update", "poll_delete", "action", "tool", "on_event", "websocket", "handler", "intent", "on_publish", "on_subscribe", "step", "durable_step",
		}, lastName(path)) {
			return true
		}
	}
	return false
}

// filesOf returns the files of the package that an import can load.
func (c *calls) filesOf(m *names, i code.Import) []string {
	key := [2]string{i.Module, i.Name}
	files, ok := m.files[key]
	if !ok {
		files = c.localFiles(m.module, i)
		m.files[key] = files
	}
	return files
}
