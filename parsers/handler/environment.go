package handler

import (
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// readsAll reports whether a program may read environment variables whose names it does not spell. It is unknown if code that is
// not read may.
func (c *calls) readsAll(at source.Range) model.Value[bool] {
	for _, m := range c.modules {
		n := c.names[m]
		for i := range m.code.Statements {
			s := &m.code.Statements[i]
			if c.usesAll(s.Target, n) || c.usesAll(s.Value, n) {
				return model.Known(true, at)
			}
		}
	}
	if c.others {
		return model.Unknown[bool](at, "a part of the code is not read")
	}
	return model.Known(false, at)
}

// usesAll reports whether an expression uses the environment in another way than to read a variable by its name.
func (c *calls) usesAll(root *code.Expr, m *names) bool {
	environments, reads := 0, 0
	for e := range root.All() {
		path, _ := e.Path()
		if path == "process.env" || isEnviron(path, m) {
			environments++
		}
		switch e.Kind { //nolint:exhaustive // others read no variable
		case code.Member:
			if base, _ := e.Items[0].Path(); base == "process.env" {
				reads++
			}
		case code.Index:
			base, _ := e.Items[0].Path()
			if isEnviron(base, m) && len(e.Items) > 1 && e.Items[1].Kind == code.String {
				reads++
			}
		case code.Call:
			name, isGet := c.gets(e, m)
			if isGet && (name == nil || name.Kind != code.String) {
				return true
			}
			if callee, _ := e.Items[0].Path(); isGet && callee != "os.getenv" && callee != "getenv" {
				reads++
			}
		}
	}
	return environments > reads
}

// gets returns the name of the variable that os.getenv or os.environ.get reads.
func (c *calls) gets(e *code.Expr, m *names) (name *code.Expr, ok bool) {
	callee := e.Items[0]
	path, _ := callee.Path()
	isGet := path == "os.getenv" || path == "getenv"
	if callee.Kind == code.Member && callee.Text == "get" {
		base, _ := callee.Items[0].Path()
		isGet = isEnviron(base, m)
	}
	if !isGet {
		return nil, false
	}
	return argument(e, "key", 0), true
}
