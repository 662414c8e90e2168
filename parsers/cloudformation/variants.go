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
	name     string // as findings name it
	holds    diagram
	variable int      // of a parameter
	values   []string // of the parameter; nil: it is a condition
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
		for _, value := range q.values {
			if world := p.and(leaf.world, p.is(q.variable, value)); world != nowhere {
				out.leaves = append(out.leaves, leaf.in(outcome{world: world, literals: []source.Literal{{Condition: q.name, Value: value, Is: true}}}))
			}
		}
		if len(out.leaves) > maxVariants {
			return out
		}
	}
	return out
}

// choices gathers the conditions that Fn::If mentions below nodes, and the parameters with several
// allowed values and no default that are the whole value of a property.
func (r *resolver) choices(nodes []*node) (choices []choice, parameters []question) {
	g := gatherer{resolver: r, seen: map[string]bool{}}
	for _, n := range nodes {
		choices = append(choices, g.node(r, n, 0)...)
	}
	return choices, g.found
}

// gatherer finds what a resource depends on.
type gatherer struct {
	*resolver
	seen  map[string]bool
	found []question // parameters
}

// node returns the choices below a node.
func (g *gatherer) node(in *resolver, n *node, depth int) []choice {
	if n == nil || depth > maxDepth {
		return nil
	}
	name, argument, isCall := intrinsic(n)
	switch {
	case !isCall:
	case name == "If" && len(argument.items) == 3:
		return g.fork(in, argument, depth)
	case name == "Ref":
		g.referred(in, argument)
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

// referred notes the parameter that Ref names.
func (g *gatherer) referred(in *resolver, argument *node) {
	if parameter, ok := in.text(argument); ok {
		g.parameter(in, parameter)
	}
}

// parts returns the choices in the items and fields of a node.
func (g *gatherer) parts(in *resolver, n *node, depth int) (all []choice) {
	for _, item := range n.items {
		all = append(all, g.node(in, item, depth+1)...)
	}
	for _, f := range in.unrolled(n.fields) {
		to := g
		if isLabel(f.key) {
			to = &gatherer{resolver: g.resolver, seen: map[string]bool{}} // its parameters do not count
		}
		all = append(all, to.node(f.in, f.value, depth+1)...)
	}
	return all
}

// fork returns the choice of an Fn::If with those in its branches.
func (g *gatherer) fork(in *resolver, argument *node, depth int) []choice {
	yes, no := g.node(in, argument.items[1], depth+1), g.node(in, argument.items[2], depth+1)
	condition, ok := in.text(argument.items[0])
	if !ok {
		return slices.Concat(yes, no)
	}
	return []choice{{fork: &question{name: g.prefix + condition, holds: g.condition(condition)}, yes: yes, no: no}}
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

func (g *gatherer) parameter(in *resolver, name string) {
	if g.seen["parameter "+name] {
		return
	}
	p := g.parameters.get(name)
	v, ok := in.parameterVariable(name)
	if p == nil || !ok || isMasked(p) || strings.HasPrefix(name, "AWS::") {
		return
	}
	s := g.reader.solver
	values := s.variables[v].closed
	if len(values) < 2 || len(values) > maxValuesOfOne || in.reference(name, source.Range{}).Known() {
		return
	}
	g.seen["parameter "+name] = true
	g.found = append(g.found, question{name: s.variables[v].name, variable: v, values: values})
}
