package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// evalMembers evaluates a member of an expression.
func (c *calls) evalMembers(base *code.Expr, name string, sc *scope) []object {
	var all []object
	for _, o := range c.eval(base, sc) {
		all = join(all, c.evalMember(o, name))
	}
	return all
}

func (c *calls) evalMember(o object, name string) []object {
	switch o.kind { //nolint:exhaustive // others have no members of interest
	case isModule:
		if name == "default" {
			return []object{o}
		}
		return c.evalOther(o, name)
	case isLocal:
		return c.evalLocal(o, name)
	case isLiteral:
		if i := slices.Index(o.expr.Keys, name); i >= 0 && i < len(o.expr.Items) {
			return c.eval(o.expr.Items[i], o.scope)
		}
	case isInstance, isClass:
		return c.evalAttribute(o, name)
	case isClient, isResource:
		return memberOf(o, name)
	case isMeta:
		if name == "client" {
			o.kind, o.name = isClient, ""
			return []object{o}
		}
	}
	return nil
}

// evalLocal evaluates a member of a file of the package.
func (c *calls) evalLocal(o object, name string) []object {
	if all := c.evalExport(name, o.scope.m); len(all) > 0 {
		return all
	}
	return c.submodule(path.Dir(o.scope.m.path), name)
}

// evalOther evaluates a member of a third-party module, or of a directory of the package without a file of its own.
func (c *calls) evalOther(o object, name string) []object {
	if local := c.submodule(path.Join(c.dir, strings.ReplaceAll(o.name, ".", "/")), name); local != nil {
		return local
	}
	return []object{{kind: isModule, name: o.name + "." + name, owner: o.owner}}
}

// submodule evaluates a file of a package in Python as a member of the package, which `import package.file` makes it; nil: there is none.
func (c *calls) submodule(dir, name string) []object {
	if c.language != code.Python {
		return nil
	}
	for _, file := range []string{path.Join(dir, name) + ".py", path.Join(dir, name, "__init__.py")} {
		if other := c.names[c.byPath[file]]; other != nil {
			return []object{{kind: isLocal, scope: other.scope(code.Module)}}
		}
	}
	return nil
}

// memberOf returns a member of a client or a resource.
func memberOf(o object, name string) []object {
	if name == "meta" {
		o.kind = isMeta
		return []object{o}
	}
	member := strings.TrimPrefix(o.name+"."+name, ".")
	if c := collectionOf(member); o.kind == isResource && c.lists != "" && c.service == o.service.name {
		o.name = member
		return []object{o}
	}
	return nil
}

// evalAttribute evaluates an attribute of an instance: what is assigned to it, or a method.
func (c *calls) evalAttribute(o object, name string) []object {
	if !c.enter() {
		return nil
	}
	defer c.leave()
	m := o.scope.m
	if m.code.Language == code.Go {
		return c.goAttribute(o, name)
	}
	if list := m.members[o.index][name]; len(list) > 0 {
		return c.once(question{m: m, kind: ofAttribute, index: o.index, name: name}, func() []object {
			var all []object
			for _, a := range list {
				all = join(all, c.eval(a.value, m.scope(a.function)))
			}
			return all
		})
	}
	for _, f := range m.byName[name] {
		if m.code.Functions[f].Class == o.index {
			return []object{{kind: isFunction, name: "method", index: f, scope: m.scope(f)}}
		}
	}
	for _, base := range m.code.Classes[o.index].Bases {
		for _, parent := range c.eval(base, m.scope(code.Module)) {
			if parent.kind == isClass && parent.index != o.index {
				return c.evalAttribute(parent, name)
			}
		}
	}
	return nil
}
