package handler

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// readsAll reports whether a program may read environment variables whose names it does not spell. It is unknown if code that is
// not read may.
func (c *calls) readsAll(at source.Range) model.Value[bool] {
	for _, m := range c.modules {
		n := c.names[m]
		if readsByTags(m) {
			return model.Known(true, at)
		}
		for i := range m.code.Statements {
			s := &m.code.Statements[i]
			if usesAll(s.Target, n) || usesAll(s.Value, n) {
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
func usesAll(root *code.Expr, m *names) bool {
	environments, reads := 0, 0
	for e := range root.All() {
		path, _ := e.Path()
		if path == "process.env" || isEnviron(path, m) {
			environments++
		}
		if isWholeInGo(path, m) {
			return true
		}
		name, isRead := readVariable(e, m)
		if isRead && (name == nil || name.Kind != code.String) {
			return true
		}
		if callee := e.Items; isRead && (e.Kind != code.Call || !isGetenv(callee[0])) {
			reads++
		}
	}
	return environments > reads
}

// isWholeInGo reports whether a path is a function of Go that reads variables without their names.
func isWholeInGo(path string, m *names) bool {
	return m.code.Language == code.Go && (path == "os.Environ" || path == "os.ExpandEnv" || path == "syscall.Environ")
}

// readVariable returns the name of the environment variable that an expression reads. The name of a member is given.
func readVariable(e *code.Expr, m *names) (name *code.Expr, ok bool) {
	switch e.Kind { //nolint:exhaustive // others read no variable
	case code.Member:
		base, _ := e.Items[0].Path()
		return &code.Expr{Kind: code.String, Text: e.Text}, base == "process.env"
	case code.Index:
		base, _ := e.Items[0].Path()
		if (isEnviron(base, m) || base == "process.env") && len(e.Items) > 1 {
			return e.Items[1], true
		}
	case code.Call:
		return gets(e, m)
	}
	return nil, false
}

func isGetenv(callee *code.Expr) bool {
	path, _ := callee.Path()
	return path == "os.getenv" || path == "getenv" || path == "os.Getenv" || path == "os.LookupEnv"
}

// gets returns the name of the variable that os.getenv or os.environ.get reads.
func gets(e *code.Expr, m *names) (name *code.Expr, ok bool) {
	callee := e.Items[0]
	isGet := isGetenv(callee)
	if callee.Kind == code.Member && callee.Text == "get" {
		base, _ := callee.Items[0].Path()
		isGet = isEnviron(base, m)
	}
	if !isGet {
		return nil, false
	}
	return argument(e, "key", 0), true
}

// readsByTags reports whether a file in Go imports a package that reads variables which tags or files name.
func readsByTags(m *module) bool {
	return m.code.Language == code.Go && slices.ContainsFunc(m.code.Imports, func(i code.Import) bool {
		return slices.ContainsFunc([]string{"env", "viper", "godotenv", "koanf", "configor", "cleanenv"}, func(word string) bool {
			return strings.Contains(i.Module, ".") && strings.Contains(i.Module, word)
		})
	})
}
