package terraform

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// definition returns the expression that defines a name, where it stands, and the steps that
// are left.
func (s scope) definition(root string, names []string) (scope, hcl.Expression, []string) {
	inModule := scope{instance: s.instance}
	switch root {
	case "local":
		if a := s.config.locals[names[0]]; a != nil && !s.isCircular("local."+names[0]) {
			return inModule, a.expr, names[1:]
		}
	case "var":
		in, expr := s.variableDefinition(names[0])
		return in, expr, names[1:]
	case "module":
		if len(names) > 1 {
			in, expr := s.outputDefinition(names[0], names[1])
			return in, expr, names[2:]
		}
	case "data":
		if len(names) > 2 { //nolint:mnd // type, name, attribute
			in, expr := s.dataDefinition(names[0]+"."+names[1], names[2])
			return in, expr, names[3:]
		}
	}
	return scope{}, nil, nil
}

// variableDefinition is the argument of the call or the default.
func (s scope) variableDefinition(name string) (scope, hcl.Expression) {
	declared := s.config.variables[name]
	if declared == nil || s.isCircular("var."+name) {
		return scope{}, nil
	}
	if s.call != nil {
		if a := s.call.body.get(name); a != nil {
			return s.caller, a.expr
		}
	} else if _, given := s.argument(name); given {
		return scope{}, nil
	}
	if a := s.defaultOf(declared); a != nil {
		return scope{instance: s.instance}, a.expr
	}
	return scope{}, nil
}

// outputDefinition is the value of an output of a module that is called once.
func (s scope) outputDefinition(name, output string) (scope, hcl.Expression) {
	call := s.config.calls[name]
	if call == nil {
		return scope{}, nil
	}
	children := s.children(name, call)
	if len(children) != 1 || children[0].key != cty.NilVal {
		return scope{}, nil
	}
	child := children[0].instance
	if b := child.config.outputs[output]; b != nil && b.body.get("value") != nil && !child.isCircular("output."+output) {
		return scope{instance: child}, b.body.get("value").expr
	}
	return scope{}, nil
}

// dataDefinition is what defines an attribute of a data source that there is once.
func (s scope) dataDefinition(name, attribute string) (scope, hcl.Expression) {
	b := s.config.resources["data."+name]
	if b == nil || s.isCircular("data."+name+"."+attribute) {
		return scope{}, nil
	}
	if instances := s.instances("data."+name, b); instances.repeated || len(instances.keys) != 1 {
		return scope{}, nil
	}
	return scope{instance: s.instance}, b.equivalent(attribute)
}
