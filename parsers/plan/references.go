package plan

import (
	"slices"
	"strings"

	"lintel/internal/tree"
)

// config is a module of the plan's configuration: which expressions refer to what. Locals are
// not part of it, so what goes through one has no reference.
type config struct {
	resources map[string]tree.Tree // expressions by type.name
	outputs   map[string]tree.Tree // expressions by name
	calls     map[string]*config
	arguments map[string]map[string]tree.Tree // expressions of a call's arguments

	module   tree.Tree
	mentions *mentions // nil until asked for
}

func newConfig(module tree.Tree) *config {
	c := &config{
		resources: map[string]tree.Tree{}, outputs: map[string]tree.Tree{},
		calls: map[string]*config{}, arguments: map[string]map[string]tree.Tree{}, module: module,
	}
	for _, r := range module.Field("resources").Items {
		if address, ok := r.Field("address").String(); ok {
			c.resources[address] = r.Field("expressions")
		}
	}
	for _, f := range module.Field("outputs").Fields {
		c.outputs[f.Key] = f.Tree.Field("expression")
	}
	for _, f := range module.Field("module_calls").Fields {
		c.calls[f.Key] = newConfig(f.Tree.Field("module"))
		c.arguments[f.Key] = map[string]tree.Tree{}
		for _, argument := range f.Tree.Field("expressions").Fields {
			c.arguments[f.Key][argument.Key] = argument.Tree
		}
	}
	return c
}

// maxHops is how many modules a reference may go through.
const maxHops = 32

// expressions are what the configuration writes in a resource. It is false when the plan does not
// tell.
func (root *config) expressions(address string) (tree.Tree, bool) {
	modules, resource := split(address)
	w := walker{root: root, modules: modules}
	c := w.config()
	if c == nil {
		return tree.Tree{}, false
	}
	name, _, _ := strings.Cut(resource, "[")
	t, ok := c.resources[name]
	return t, ok
}

// references returns the addresses of the resources that an attribute of a resource refers to, and
// the variables of the root module.
func (root *config) references(address, attribute string) (resources, variables []string) {
	modules, resource := split(address)
	w := walker{root: root, modules: modules}
	c := w.config()
	if c == nil {
		return nil, nil
	}
	name, _, _ := strings.Cut(resource, "[")
	w.follow(c.resources[name].Field(attribute), 0)
	return w.found, w.variables
}

// behind returns the addresses of the resources that an expression in a resource refers to, the attributes as
// TYPE.ATTRIBUTE, and whether it refers to more than resources.
func (root *config) behind(address string, expression tree.Tree) (resources, attributes []string, more bool) {
	modules, _ := split(address)
	w := walker{root: root, modules: modules}
	w.follow(expression, 0)
	return w.found, w.attributes, w.more || len(w.variables) > 0
}

// within returns the addresses of the resources that expressions in a module refer to.
func (root *config) within(modules []string, expressions tree.Tree) []string {
	names := make([]string, len(modules))
	for i, module := range modules {
		names[i] = strings.TrimPrefix(module, "module.")
	}
	w := walker{root: root, modules: names}
	w.follow(expressions, 0)
	return w.found
}

// split takes an address apart: the modules that lead to a resource, with their keys, and the
// resource within the last.
func split(address string) (modules []string, resource string) {
	for strings.HasPrefix(address, "module.") {
		rest := strings.TrimPrefix(address, "module.")
		end, depth := -1, 0
		for i := range len(rest) {
			switch rest[i] {
			case '[':
				depth++
			case ']':
				depth--
			case '.':
				if depth == 0 && end < 0 {
					end = i
				}
			}
		}
		if end < 0 {
			break
		}
		modules = append(modules, rest[:end])
		address = rest[end+1:]
	}
	return modules, address
}

// walker follows references from a module to the resources behind them.
type walker struct {
	root    *config
	modules []string // where it stands
	found   []string

	variables  []string // of the root module
	attributes []string // of resources, as TYPE.ATTRIBUTE
	more       bool     // it refers to what the plan does not resolve
}

func (w *walker) config() *config {
	c := w.root
	for _, module := range w.modules {
		name, _, _ := strings.Cut(module, "[")
		if c = c.calls[name]; c == nil {
			return nil
		}
	}
	return c
}

func (w *walker) follow(expression tree.Tree, hops int) {
	if hops > maxHops {
		return
	}
	for _, item := range expression.Items { // a nested block
		w.follow(item, hops)
	}
	for _, f := range expression.Fields { // an attribute of a nested block
		if f.Tree.IsMap || f.Tree.IsList && f.Key != "references" {
			w.follow(f.Tree, hops)
		}
	}
	for _, reference := range expression.Field("references").Items {
		if text, ok := reference.String(); ok {
			w.reference(text, hops)
		}
	}
}

func (w *walker) reference(text string, hops int) {
	parts := strings.Split(text, ".")
	switch {
	case len(parts) < 2:
	case parts[0] == "var":
		w.argument(parts[1], hops)
	case parts[0] == "module":
		w.output(parts, hops)
	case parts[0] == "data" || parts[0] == "local" || parts[0] == "each" || parts[0] == "count" || parts[0] == "path":
		w.more = true
	default:
		w.resource(parts)
	}
}

// resource notes the parts of a reference to a resource or an attribute of it: Terraform lists the attribute and then the
// resource itself.
func (w *walker) resource(parts []string) {
	const ofAttribute = 3 // the type, the name and the attribute
	switch len(parts) {
	case ofAttribute:
		if attribute := parts[0] + "." + parts[2]; !slices.Contains(w.attributes, attribute) {
			w.attributes = append(w.attributes, attribute)
		}
	case ofAttribute - 1:
		var prefix strings.Builder
		for _, module := range w.modules {
			prefix.WriteString("module." + module + ".")
		}
		if id := prefix.String() + strings.Join(parts, "."); !slices.Contains(w.found, id) {
			w.found = append(w.found, id)
		}
	}
}

// argument follows a variable to the argument of the call.
func (w *walker) argument(name string, hops int) {
	if len(w.modules) == 0 {
		w.variables = append(w.variables, name)
		return
	}
	last := w.modules[len(w.modules)-1]
	outer := walker{root: w.root, modules: w.modules[:len(w.modules)-1], found: w.found, variables: w.variables, attributes: w.attributes, more: w.more}
	if c := outer.config(); c != nil {
		call, _, _ := strings.Cut(last, "[")
		outer.follow(c.arguments[call][name], hops+1)
		w.found, w.variables, w.attributes, w.more = outer.found, outer.variables, outer.attributes, outer.more
	}
}

// output follows module.NAME.OUTPUT into the module.
func (w *walker) output(parts []string, hops int) {
	if len(parts) < 3 {
		return
	}
	inner := walker{root: w.root, modules: append(slices.Clip(w.modules), parts[1]), found: w.found, variables: w.variables, attributes: w.attributes, more: w.more}
	if c := inner.config(); c != nil {
		inner.follow(c.outputs[parts[2]], hops+1)
		w.found, w.variables, w.attributes, w.more = inner.found, inner.variables, inner.attributes, inner.more
	}
}
