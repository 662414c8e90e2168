package ecmascript

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// called reads what a call imports or exports.
func (r *reader) called(e *code.Expr) {
	callee := e.Items[0]
	switch {
	case callee.Kind == code.Name && (callee.Text == "require" || callee.Text == "import"):
		r.required(e)
	case len(e.Items) < 2:
	case callee.Kind == code.Member && callee.Items[0].Kind == code.Name && callee.Items[0].Text == "Object":
		r.objectCalled(e)
	case isHelper(callee, "__exportStar", "__export"):
		if module, ok := required(e.Items[1]); ok {
			r.addExport(code.Export{Name: "*", From: module, Range: e.Range})
		}
	default:
	}
}

// required adds the import of a call of require or import.
func (r *reader) required(e *code.Expr) {
	if len(e.Items) < 2 {
		return
	}
	module := ""
	if e.Items[1].Kind == code.String {
		module = e.Items[1].Text
	}
	r.file.Imports = append(r.file.Imports, code.Import{Module: module, Function: r.context.function, Try: r.context.try, InBranch: r.context.branch, Range: e.Range})
}

// objectCalled reads Object.assign(exports, …) and Object.defineProperty(exports, "name", …).
func (r *reader) objectCalled(e *code.Expr) {
	if _, ok := exported(e.Items[1]); !ok {
		return
	}
	switch e.Items[0].Text {
	case "assign":
		for _, item := range e.Items[2:] {
			r.exportsValue(item, item.Range.Start)
		}
	case "defineProperty":
		if len(e.Items) > 3 && e.Items[2].Kind == code.String && e.Items[2].Text != "__esModule" {
			r.addExport(code.Export{Name: e.Items[2].Text, Value: e.Items[3], Range: e.Range})
		}
	default:
	}
}

// isHelper reports whether a function is one that compilers insert, with or without the module that has it.
func isHelper(e *code.Expr, names ...string) bool {
	if e.Kind != code.Name && (e.Kind != code.Member || !strings.HasPrefix(e.Text, "_")) {
		return false
	}
	return slices.Contains(names, e.Text)
}

// required returns the module of a call require("module").
func required(e *code.Expr) (string, bool) {
	if e.Kind == code.Call && len(e.Items) > 1 && e.Items[0].Kind == code.Name && e.Items[0].Text == "require" {
		return e.Items[1].Text, e.Items[1].Kind == code.String
	}
	return "", false
}

// exported returns the name that is exported by an assignment to an expression: "" for module.exports itself.
func exported(target *code.Expr) (string, bool) {
	switch target.Kind {
	case code.Name:
		return "", target.Text == "exports"
	case code.Member:
		base := target.Items[0]
		if base.Kind == code.Name && base.Text == "module" {
			return "", target.Text == "exports"
		}
		name, ok := exported(base)
		return target.Text, ok && name == ""
	case code.Index:
		name, ok := exported(target.Items[0])
		return target.Items[1].Text, ok && name == "" && target.Items[1].Kind == code.String
	default:
		return "", false
	}
}

// exportsAssigned adds the exports of an assignment to exports or module.exports.
func (r *reader) exportsAssigned(target, value *code.Expr, start int) {
	name, ok := exported(target)
	switch {
	case !ok:
	case name != "":
		if value.Kind == code.Null || name == "__esModule" {
			return // compilers declare all names first
		}
		e := code.Export{Name: name, Value: value, Range: code.Range{Start: start, End: target.Range.End}}
		if value.Kind == code.Name {
			e.Local = value.Text
		}
		r.addExport(e)
	case target.Kind == code.Member: // an assignment to the name exports alone exports nothing
		r.exportsValue(value, start)
	default:
	}
}

// exportsValue adds the exports of a value that is the module: each key of an object literal, or an unnamed value.
func (r *reader) exportsValue(value *code.Expr, start int) {
	place := code.Range{Start: start, End: max(start, value.Range.End)}
	module, isRequired := required(value)
	switch {
	case isRequired:
		r.addExport(code.Export{Name: "*", From: module, Range: place})
	case value.Kind == code.Map:
		for i, item := range value.Items {
			r.exportsItem(value.Keys[i], item)
		}
	case value.Kind == code.Func, value.Kind == code.Unknown && value.Text == "class":
		r.addExport(code.Export{Name: "default", Value: value, Range: place})
	case value.Kind == code.Name:
		r.addExport(code.Export{Name: "*", Local: value.Text, Value: value, Range: place})
	default:
		r.addExport(code.Export{Name: "*", Value: value, Range: place})
	}
}

func (r *reader) exportsItem(name string, item *code.Expr) {
	e := code.Export{Name: name, Value: item, Range: item.Range}
	switch {
	case item.Kind == code.Spread:
		r.exportsValue(item.Items[0], item.Range.Start)
		return
	case name == "":
		e.Name = "*"
	case item.Kind == code.Name:
		e.Local = item.Text
	default:
	}
	r.addExport(e)
}

// importsAssigned gives the import of require("x"), or of a member of it, the names that it is assigned to.
func (r *reader) importsAssigned(target, value *code.Expr) {
	name, direct, call := importCall(value)
	if call == nil {
		return
	}
	i := len(r.file.Imports) - 1
	for i >= 0 && r.file.Imports[i].Range.Start > call.Range.Start {
		i--
	}
	switch {
	case i < 0 || r.file.Imports[i].Range != call.Range || r.file.Imports[i].As != "":
	case name == "":
		r.importsInto(i, target, call.Items[0].Text == "import")
	case direct && target.Kind == code.Name:
		r.file.Imports[i].As = target.Text
		fallthrough
	default:
		r.file.Imports[i].Name = name
	}
}

// importCall returns the call of require or import in a value, and the first member of the module that is taken. Direct: the
// value is the module or that member.
func importCall(value *code.Expr) (name string, direct bool, call *code.Expr) {
	direct = true
	call = awaited(value)
	for call.Kind == code.Member {
		direct = name == ""
		name, call = call.Text, awaited(call.Items[0])
	}
	if call.Kind == code.Call && len(call.Items) > 1 && isHelper(call.Items[0], "__importStar", "__importDefault", "__toESM",
		"_interopRequireDefault", "_interopRequireWildcard") {
		call = call.Items[1]
	}
	if call.Kind != code.Call {
		return "", false, nil
	}
	return name, direct, call
}

// awaited returns the value without `await`.
func awaited(e *code.Expr) *code.Expr {
	if e.Kind == code.Await {
		return e.Items[0]
	}
	return e
}

// importsInto adds the names that a module is assigned to.
func (r *reader) importsInto(i int, target *code.Expr, namespace bool) {
	if target.Kind == code.Name {
		r.file.Imports[i].As = target.Text
		if namespace {
			r.file.Imports[i].Name = "*"
		}
		return
	}
	if target.Kind != code.Map {
		return
	}
	base := r.file.Imports[i]
	for n, item := range target.Items {
		entry := base
		entry.Name = target.Keys[n]
		if item.Kind == code.Spread || entry.Name == "" {
			entry.Name = "*"
		}
		if item.Kind == code.Spread || item.Kind == code.Choice {
			item = item.Items[0]
		}
		if item.Kind == code.Name {
			entry.As = item.Text
		}
		if n == 0 {
			r.file.Imports[i] = entry
		} else {
			r.file.Imports = append(r.file.Imports, entry)
		}
	}
}
