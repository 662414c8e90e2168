package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// goLiteral evaluates a literal of a struct: the input of an operation, or an instance of a type of the package.
func (c *calls) goLiteral(e *code.Expr, sc *scope) []object {
	local, name, isQualified := strings.Cut(e.Text, ".")
	if !isQualified {
		if class, ok := sc.m.classes[e.Text]; ok {
			return []object{{kind: isInstance, index: class, scope: sc.m.scope(code.Module)}}
		}
		return append(c.goTyped(e.Text, sc.m), object{kind: isLiteral, expr: e, scope: sc})
	}
	if s, _, ok := goService(sc.m.imports[local].Module); ok {
		return []object{{kind: isLiteral, name: name, service: s, expr: e, scope: sc}}
	}
	if all := c.goTyped(e.Text, sc.m); len(all) > 0 {
		return all
	}
	return []object{{kind: isLiteral, expr: e, scope: sc}}
}

// goTyped evaluates a value of which only the type is known: a client, the input of an operation, or an instance of a type of
// the package or of one that it imports.
func (c *calls) goTyped(name string, m *names) []object {
	local, member, isQualified := strings.Cut(name, ".")
	if !isQualified {
		if name == "" {
			return nil
		}
		if class, ok := m.classes[name]; ok {
			return []object{{kind: isInstance, index: class, scope: m.scope(code.Module)}}
		}
		for _, other := range c.siblingNames(m) {
			if class, ok := other.classes[name]; ok {
				return []object{{kind: isInstance, index: class, scope: other.scope(code.Module)}}
			}
		}
		return nil
	}
	i, ok := m.imports[local]
	if !ok {
		return nil
	}
	if files := c.localFiles(m.module, i); len(files) > 0 {
		if other := c.names[c.byPath[files[0]]]; other != nil {
			return c.goTyped(member, other)
		}
		return nil
	}
	return c.goTypeOfSDK(i.Module, member)
}

// goTypeOfSDK evaluates a value of a type of an SDK.
func (c *calls) goTypeOfSDK(module, name string) []object {
	if s, isManager := goManager(module); isManager {
		c.services[s.prefix] = true
		return []object{{kind: isClient, service: s, owner: c.goOwner}}
	}
	s, isPlain, ok := goService(module)
	if !ok || isPlain {
		return nil
	}
	if operation, isInput := strings.CutSuffix(name, "Input"); isInput {
		return []object{{kind: isCommand, name: operation, service: s}}
	}
	base := strings.TrimSuffix(path.Base(module), "iface")
	if name == "Client" || name == "PresignClient" || strings.EqualFold(name, base) || strings.EqualFold(name, base+"API") || strings.HasSuffix(name, "API") && base != path.Base(module) {
		c.services[s.prefix] = true
		return []object{{kind: isClient, service: s, owner: c.goOwner}}
	}
	return nil
}

// siblingNames returns the names of the other files of the package of a file in Go.
func (c *calls) siblingNames(m *names) []*names {
	if m.code.Language != code.Go {
		return nil
	}
	if all, ok := c.siblingsOf[m]; ok {
		return all
	}
	var all []*names
	for _, other := range c.siblings(m.module) {
		all = append(all, c.names[other])
	}
	if c.siblingsOf == nil {
		c.siblingsOf = map[*names][]*names{}
	}
	c.siblingsOf[m] = all
	return all
}

// goSibling evaluates a name that another file of the package declares.
func (c *calls) goSibling(name string, m *names) []object {
	for _, other := range c.siblingNames(m) {
		sc := other.scope(code.Module)
		if len(other.assigned[code.Module][name]) > 0 {
			return c.evalAssigned(code.Module, name, sc)
		}
		if class, ok := other.classes[name]; ok {
			return []object{{kind: isClass, index: class, scope: sc}}
		}
		for _, f := range other.byName[name] {
			if fn := other.code.Functions[f]; fn.Class == code.Module && fn.Parent == code.Module {
				return []object{{kind: isFunction, index: f, scope: sc}}
			}
		}
	}
	return nil
}

// goAttribute evaluates a field or a method of an instance.
func (c *calls) goAttribute(o object, name string) []object {
	m := o.scope.m
	class := m.code.Classes[o.index].Name
	files := append([]*names{m}, c.siblingNames(m)...)
	var all []object
	for _, n := range files {
		index, ok := n.classes[class]
		if !ok {
			continue
		}
		for _, a := range n.members[index][name] {
			all = join(all, c.eval(a.value, n.scope(a.function)))
		}
		for _, f := range n.byName[name] {
			if n.code.Functions[f].Class == index {
				return []object{{kind: isFunction, name: "method", index: f, scope: n.scope(f)}}
			}
		}
	}
	for _, f := range c.goFields[path.Dir(m.path)+"\x00"+class+"\x00"+name] {
		all = join(all, c.eval(f.value, f.from.scope(f.function)))
	}
	if len(all) > 0 {
		return all
	}
	return c.goDeclared(files, class, name)
}

// goDeclared evaluates a field by its declared type, or a member of an embedded type.
func (c *calls) goDeclared(files []*names, class, name string) []object {
	for _, n := range files {
		index, ok := n.classes[class]
		if !ok {
			continue
		}
		for _, f := range n.code.Classes[index].Fields {
			if f.Name == name {
				return c.goTyped(f.Type, n)
			}
		}
		for _, base := range n.code.Classes[index].Bases {
			text, _ := base.Path()
			if lastName(text) == name {
				return c.goTyped(text, n)
			}
			for _, o := range c.goTyped(text, n) {
				if o.kind == isClient {
					return []object{o} // the method is that of the client
				}
				if all := c.evalMember(o, name); len(all) > 0 {
					return all
				}
			}
		}
	}
	return nil
}

// isReceiver reports whether a name is the receiver of the method that a function is or is in.
func (n *names) isReceiver(function int, name string) bool {
	for f := function; f != code.Module; f = n.code.Functions[f].Parent {
		fn := &n.code.Functions[f]
		if slices.Contains(fn.Parameters, name) {
			return false
		}
		if fn.Class != code.Module {
			return fn.Receiver == name
		}
	}
	return false
}

// goText returns the text of a call that wraps a string: aws.String(name), aws.ToString(name), string(name).
func (c *calls) goText(e *code.Expr, sc *scope) (literal, variable string) {
	if sc.m.code.Language != code.Go || len(e.Items) != 2 { //nolint:mnd // the function and the string
		return "", ""
	}
	name, _ := e.Items[0].Path()
	base, member, _ := strings.Cut(name, ".")
	if name == "string" || isGoSDK(sc.m.imports[base].Module) && slices.Contains([]string{"String", "ToString", "StringValue"}, member) {
		return c.text(e.Items[1], sc)
	}
	return "", ""
}

// goTextOfMember returns the text of a name of another package of the module, or of a field that is assigned once.
func (c *calls) goTextOfMember(e *code.Expr, sc *scope) (literal, variable string) {
	base := e.Items[0]
	if base.Kind == code.Name {
		if i, ok := sc.m.imports[base.Text]; ok {
			if files := c.localFiles(sc.m.module, i); len(files) > 0 && c.names[c.byPath[files[0]]] != nil {
				return c.text(&code.Expr{Kind: code.Name, Text: e.Text}, c.names[c.byPath[files[0]]].scope(code.Module))
			}
			return "", ""
		}
	}
	for _, o := range c.eval(base, sc) {
		if o.kind != isInstance {
			continue
		}
		if list := o.scope.m.members[o.index][e.Text]; len(list) == 1 {
			return c.text(list[0].value, o.scope.m.scope(list[0].function))
		}
	}
	return "", ""
}

// goTextOfSibling returns the text of a name that another file of the package declares.
func (c *calls) goTextOfSibling(name string, m *names) (literal, variable string) {
	for _, other := range c.siblingNames(m) {
		if list := other.assigned[code.Module][name]; len(list) == 1 {
			return c.text(list[0].value, other.scope(code.Module))
		}
	}
	return "", ""
}
