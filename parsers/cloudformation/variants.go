package cloudformation

import (
	"slices"
	"strings"

	"lintel/internal/source"
)

// variant is a resource as it is in a part of the worlds: all conditions that matter for it there have one
// outcome.
type variant struct {
	world    diagram
	literals []source.Literal // the outcomes
	of       int              // how many there are
	isOpen   bool             // a variant in which no condition is decided, beside others in which they are
	when     source.When
}

// Limits of the variants.
const (
	maxVariants    = 128   // of a resource with all combinations; of more, a covering is checked
	minVariants    = 16    // the same, in a template with many variants
	maxCovering    = 512   // of a resource in a covering
	shareOfRandom  = 4     // of the limit above which a covering is checked, one in so many is added to it at random
	maxByValue     = 32    // of a resource, by the allowed values of parameters
	manyVariants   = 2_000 // of all resources of a unit, above which those with the most get a covering
	maxAllVariants = 4_000 // the same; AWS accepts 500 resources in a stack
	weightOfSAM    = 4     // of a variant of a resource of SAM among these: it generates others
	maxValuesOfOne = 16    // allowed values of a parameter that make variants
)

// question is something with several outcomes that a resource depends on.
type question struct {
	name  string // as findings name it
	holds diagram

	parameter string    // in the template; empty: it is a condition
	in        *resolver // of the parameter
	world     diagram   // in which the resource depends on it
	variable  int
	values    []string // that make a difference, if the parameter may have any value
}

// variants returns a resource's variants: all outcomes that the conditions and the parameters with allowed
// values that it mentions can have together. If they exceed a limit, it returns a covering of them.
func (r *resolver) variants(id, condition string, at source.Range, limit int, nodes ...*node) []variant {
	start := r.whole(condition)
	start.limit = limit
	if start.leaves[0].world == nowhere {
		return nil
	}
	choices, parameters := r.choices(nodes)
	all, exceeded := start.byConditions(choices)
	if exceeded != nil {
		r.problem(at, "%s exceeds the limit of %s; not all of their combinations are checked", id, exceeded)
	}
	all = all.byParameters(parameters)
	if r.reader.solver.exceeded() {
		r.problem(source.Range{Path: at.Path}, "the conditions exceed the limit of %d steps of evaluation; not all of their combinations are checked", maxSteps)
	}
	return all.leaves
}

// whole returns a resource with the given condition (empty: none) as a single variant.
func (r *resolver) whole(condition string) splitter {
	s := r.reader.solver
	all := variant{world: r.world, literals: slices.Clip(r.literals)}
	if condition != "" {
		d := r.condition(condition)
		if s.isOpen(r.world, d) {
			all.literals = append(all.literals, source.Literal{Condition: r.prefix + condition, Is: true})
		}
		all.world = s.and(r.world, d)
	}
	return splitter{solver: s, leaves: []variant{all}}
}

// splitter makes variants.
type splitter struct {
	*solver
	limit  int // of all combinations
	leaves []variant
}

// byConditions returns the variants with each combination of outcomes of conditions. If these exceed the limit, it returns a
// covering, and the limit that this exceeds in turn, if it does.
func (p splitter) byConditions(choices []choice) (all splitter, exceeded error) {
	if leaves, ok := p.paths(p.leaves, choices); ok && len(leaves) <= p.limit {
		p.imply(leaves, choices)
		return splitter{p.solver, p.limit, leaves}, nil
	}
	c := covering{splitter: p, choices: choices, seen: map[diagram]bool{}}
	c.make()
	return splitter{p.solver, p.limit, c.all}, c.exceeded
}

// byParameters returns the variants with each allowed value of parameters. It ignores a parameter with which there are
// more than maxByValue variants.
func (p splitter) byParameters(parameters []question) splitter {
	for _, q := range parameters {
		if len(p.leaves) > p.limit {
			break // a covering
		}
		if more := p.split(q); len(more.leaves) > len(p.leaves) && len(more.leaves) <= max(min(maxByValue, p.limit), len(p.leaves)) {
			p = more
		}
	}
	return p
}

// split returns the variants with each value of a parameter.
func (p splitter) split(q question) splitter {
	out := splitter{solver: p.solver, limit: p.limit}
	for _, leaf := range p.leaves {
		values, others := q.valuesIn(leaf.world)
		if len(values) == 0 {
			out.leaves = append(out.leaves, leaf)
		}
		rest := outcome{world: leaf.world}
		for _, value := range values {
			is := p.is(q.variable, value)
			out.leaves = append(out.leaves, leaf.in(outcome{world: p.and(leaf.world, is), literals: []source.Literal{{Condition: q.name, Value: value, Is: true}}}))
			rest.world, rest.literals = p.and(rest.world, p.not(is)), append(rest.literals, source.Literal{Condition: q.name, Value: value})
		}
		if others {
			out.leaves = append(out.leaves, leaf.in(rest))
		}
		if len(out.leaves) > maxVariants {
			return out
		}
	}
	return out
}

// valuesIn returns the values of a parameter that split the worlds of a variant, none if there is nothing to split. others reports
// whether it may have other values.
func (q question) valuesIn(world diagram) (values []string, others bool) {
	s := q.in.reader.solver
	if s.and(world, q.world) == nowhere {
		return nil, false
	}
	in := *q.in
	if in.world = world; in.reference(q.parameter, source.Range{}).Known() {
		return nil, false
	}
	values, others = s.values(world, q.variable)
	if others {
		values = slices.DeleteFunc(slices.Clone(q.values), func(value string) bool { return !s.allows(world, q.variable, value) })
	}
	if n := len(values); n > maxValuesOfOne || n < 2 && !others {
		return nil, false
	}
	return values, others && len(values) > 0
}

// choices gathers the conditions that Fn::If mentions below nodes, and the parameters that may have a few values or select entries of
// mappings.
func (r *resolver) choices(nodes []*node) (choices []choice, parameters []question) {
	g := gatherer{resolver: r, seen: map[int]int{}, keys: map[int][]string{}}
	for _, n := range nodes {
		choices = append(choices, g.node(r, n, 0)...)
	}
	for i, q := range g.found {
		g.found[i].values = slices.Compact(slices.Sorted(slices.Values(g.keys[q.variable])))
	}
	return choices, g.found
}

// gatherer finds what a resource depends on.
type gatherer struct {
	*resolver
	seen  map[int]int      // indices of the parameters by their variables
	found []question       // parameters
	keys  map[int][]string // by variable: with which a lookup that has a default finds an entry
}

// node returns the choices below a node.
func (g *gatherer) node(in *resolver, n *node, depth int) []choice {
	if n == nil || depth > maxDepth {
		return nil
	}
	name, argument, isCall := intrinsic(n)
	if isCall && name == "If" && len(argument.items) == 3 {
		return g.fork(in, argument, depth)
	}
	if isCall {
		g.call(in, name, argument, depth)
	}
	if n.tag != "" {
		n = argument
	}
	parts := g.parts(in, n, depth)
	switch len(parts) {
	case 0:
		return nil
	case 1:
		parts[0].isJoint = parts[0].isJoint || isCall
		return parts
	}
	return []choice{{parts: parts, isJoint: isCall}}
}

// call notes the parameters that a call refers to.
func (g *gatherer) call(in *resolver, name string, argument *node, depth int) {
	switch name {
	case "Ref":
		if parameter, ok := in.text(argument); ok {
			g.parameter(in, parameter, depth)
		}
	case "Sub":
		template, values := partsOfSub(argument)
		text, _ := in.text(template)
		for p := range piecesOf(text) {
			if p.name != "" && values.get(p.name) == nil {
				g.parameter(in, p.name, depth)
			}
		}
	case "FindInMap":
		if g.mappings != nil && len(argument.items) >= 3 && (defaultOf(argument) != nil || g.fails) {
			g.lookup(in, argument.items[:3])
		}
	}
}

// lookup notes the values of parameters with which a Fn::FindInMap finds an entry. It is called for one with a default: without
// one, the deployment fails with all other values.
func (g *gatherer) lookup(in *resolver, names []*node) {
	bare := *in
	bare.strict = true
	levels := []*node{g.mappings}
	for _, item := range names {
		var next []*node
		keys := bare.operands(item)
		for _, level := range levels {
			next = append(next, g.entriesFor(level, keys)...)
		}
		if levels = next; len(levels) > maxEntries {
			return
		}
	}
}

// entriesFor returns the values that a key may select in a map, and notes the values of parameters with which it does.
func (g *gatherer) entriesFor(m *node, keys []operand) (found []*node) {
	for _, f := range m.all() {
		for _, key := range keys {
			value, ok := key.valueFor(f.key)
			if !ok || key.variable < 0 && value != "" {
				continue
			}
			if found = append(found, f.value); key.variable >= 0 {
				g.keys[key.variable] = append(g.keys[key.variable], value)
			}
		}
	}
	return found
}

// parts returns the choices in the items and fields of a node.
func (g *gatherer) parts(in *resolver, n *node, depth int) (all []choice) {
	for _, item := range n.items {
		all = append(all, g.node(in, item, depth+1)...)
	}
	for _, f := range in.unrolled(n.fields) {
		to := g
		if isLabel(f.key) {
			to = &gatherer{resolver: g.resolver, seen: map[int]int{}, keys: map[int][]string{}} // its parameters do not count
		}
		all = append(all, to.node(f.in, f.value, depth+1)...)
	}
	return all
}

// fork returns the choice of an Fn::If with those in its branches.
func (g *gatherer) fork(in *resolver, argument *node, depth int) []choice {
	condition, ok := in.text(argument.items[0])
	if !ok {
		return slices.Concat(g.node(in, argument.items[1], depth+1), g.node(in, argument.items[2], depth+1))
	}
	s, holds := g.reader.solver, g.condition(condition)
	yes, no := *in, *in
	yes.world, no.world = s.and(in.world, holds), s.and(in.world, s.not(holds))
	return []choice{{
		fork: &question{name: g.prefix + condition, holds: holds},
		yes:  g.node(&yes, argument.items[1], depth+1),
		no:   g.node(&no, argument.items[2], depth+1),
	}}
}

// isLabel reports whether a property is made of names that the user chooses, which differ between
// stages without a meaning for rules.
func isLabel(property string) bool {
	switch property {
	case "Tags", "Description", "Environment", "Parameters":
		return true
	}
	return strings.HasSuffix(property, "Name")
}

// parameter notes a parameter, or those in the item that a loop variable is.
func (g *gatherer) parameter(in *resolver, name string, depth int) {
	if item, ok := in.open[name]; ok {
		if item.node != nil {
			g.node(item.at(in), item.node, depth+1)
		}
		return
	}
	v, ok := in.parameterVariable(name)
	if !ok || in.world == nowhere {
		return
	}
	if p := g.parameters.get(name); p != nil && isMasked(p) {
		return
	}
	s := g.reader.solver
	if i, ok := g.seen[v]; ok {
		g.found[i].world = s.or(g.found[i].world, in.world)
		return
	}
	g.seen[v] = len(g.found)
	g.found = append(g.found, question{name: s.variables[v].name, parameter: name, in: in, world: in.world, variable: v})
}
