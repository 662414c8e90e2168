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
	followed int       // number of references that were followed from the root module
}

// maxFollowed is the limit of references that are followed. Each attribute of each resource follows its own, so a plan of 20,000
// resources with five attributes of five references needs it.
const maxFollowed = 500_000

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

// expressions returns the modules that lead to a resource, and what the configuration writes in it. It is false when the plan
// does not contain it.
func (root *config) expressions(address string) (modules []string, expressions tree.Tree, ok bool) {
	modules, resource := split(address)
	w := walker{root: root, modules: modules}
	c := w.config()
	if c == nil {
		return nil, tree.Tree{}, false
	}
	name, _, _ := strings.Cut(resource, "[")
	t, ok := c.resources[name]
	return modules, t, ok
}

// references returns the addresses of the resources that an expression in a module refers to, and the variables of the root
// module.
func (root *config) references(modules []string, expression tree.Tree) (resources, variables []string) {
	w := walker{root: root, modules: modules, seen: &seen{}}
	w.follow(expression, 0)
	return w.found, w.variables
}

// behind returns the addresses of the resources that an expression in a module refers to, the attributes as
// TYPE.ATTRIBUTE, and whether it refers to more than resources.
func (root *config) behind(modules []string, expression tree.Tree) (resources, attributes []string, more bool) {
	w := walker{root: root, modules: modules, seen: &seen{}}
	w.follow(expression, 0)
	return w.found, w.attributes, w.more || len(w.variables) > 0
}

// within returns the addresses of the resources that expressions in a module refer to.
func (root *config) within(modules []string, expressions tree.Tree) []string {
	names := make([]string, len(modules))
	for i, module := range modules {
		names[i] = strings.TrimPrefix(module, "module.")
	}
	w := walker{root: root, modules: names, seen: &seen{}}
	w.follow(expressions, 0)
	return w.found
}

// split takes an address apart: the modules that lead to a resource, with their keys, and the
// resource within the last.
func split(address string) (modules []string, resource string) {
	for strings.HasPrefix(address, "module.") {
		rest := strings.TrimPrefix(address, "module.")
		end, depth := -1, 0
		for i := 0; i < len(rest) && end < 0; i++ {
			switch rest[i] {
			case '[':
				depth++
			case ']':
				depth--
			case '.':
				if depth == 0 {
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

// seen are the values that a walker has been at. Without it, two references from each of 32 modules to the next would be
// followed 2^32 times.
type seen struct {
	hops    map[string]int     // on the way to a variable or an output
	results map[[2]string]bool // kinds and entries of the result
}

// add reports whether an entry of a result is new.
func (s *seen) add(kind, entry string) bool {
	key := [2]string{kind, entry}
	if s.results[key] {
		return false
	}
	if s.results == nil {
		s.results = map[[2]string]bool{}
	}
	s.results[key] = true
	return true
}

// visit reports whether a value is to be followed: it is new, or it was too far away before.
func (s *seen) visit(modules []string, name string, hops int) bool {
	key := strings.Join(modules, "\x00") + "\x00" + name
	if before, ok := s.hops[key]; ok && before <= hops {
		return false
	}
	if s.hops == nil {
		s.hops = map[string]int{}
	}
	s.hops[key] = hops
	return true
}

// walker follows references from a module to the resources behind them.
type walker struct {
	root    *config
	seen    *seen
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
		if w.root.followed++; w.root.followed > maxFollowed {
			w.more = true
			return
		}
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
		if attribute := parts[0] + "." + parts[2]; w.seen.add("attribute", attribute) {
			w.attributes = append(w.attributes, attribute)
		}
	case ofAttribute - 1:
		var prefix strings.Builder
		for _, module := range w.modules {
			prefix.WriteString("module." + module + ".")
		}
		if id := prefix.String() + strings.Join(parts, "."); w.seen.add("resource", id) {
			w.found = append(w.found, id)
		}
	}
}

// argument follows a variable to the argument of the call.
func (w *walker) argument(name string, hops int) {
	if len(w.modules) == 0 {
		if w.seen.add("variable", name) {
			w.variables = append(w.variables, name)
		}
		return
	}
	last := w.modules[len(w.modules)-1]
	outer := walker{root: w.root, seen: w.seen, modules: w.modules[:len(w.modules)-1], found: w.found, variables: w.variables, attributes: w.attributes, more: w.more}
	if c := outer.config(); c != nil && w.seen.visit(w.modules, "variable "+name, hops) {
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
	inner := walker{root: w.root, seen: w.seen, modules: append(slices.Clip(w.modules), parts[1]), found: w.found, variables: w.variables, attributes: w.attributes, more: w.more}
	if c := inner.config(); c != nil && w.seen.visit(inner.modules, "output "+parts[2], hops) {
		inner.follow(c.outputs[parts[2]], hops+1)
		w.found, w.variables, w.attributes, w.more = inner.found, inner.variables, inner.attributes, inner.more
	}
}
