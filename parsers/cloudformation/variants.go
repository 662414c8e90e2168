package cloudformation

import (
	"math/rand/v2"
	"slices"
	"strings"

	"lintel/internal/source"
)

// variant is a resource as it is in a part of the worlds: all conditions that it mentions have one
// outcome.
type variant struct {
	world    diagram
	literals []source.Literal // the outcomes
	of       int              // how many there are
	when     source.When
}

// Limits of the variants.
const (
	maxVariants    = 128    // of a resource; of more, a sample is checked
	maxRandom      = 32     // in a sample
	maxConditions  = 64     // of a resource of which a sample is checked
	maxByValue     = 32     // of a resource, by the allowed values of parameters
	maxAllVariants = 20_000 // of all resources of a unit
	maxValuesOfOne = 16     // allowed values of a parameter that make variants
)

// question is something with several outcomes that a resource depends on.
type question struct {
	name     string // as findings name it
	holds    diagram
	variable int      // of a parameter
	values   []string // of the parameter; nil: it is a condition
}

// variants returns a resource's variants: all outcomes that the conditions and the parameters with allowed
// values that it mentions can have together.
func (r *resolver) variants(id, condition string, at source.Range, nodes ...*node) []variant {
	start := r.whole(condition)
	if start.leaves[0].world == nowhere {
		return nil
	}
	conditions, parameters := partitioned(r.questions(nodes))
	all, complete := start.byConditions(conditions)
	if !complete && len(conditions) > maxConditions {
		r.problem(at, "%s exceeds the limit of %d conditions; not all of their combinations are checked", id, maxConditions)
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

// partitioned separates the questions about conditions from those about parameters.
func partitioned(questions []question) (conditions, parameters []question) {
	for _, q := range questions {
		if q.values == nil {
			conditions = append(conditions, q)
		} else {
			parameters = append(parameters, q)
		}
	}
	return conditions, parameters
}

// splitter makes variants.
type splitter struct {
	*solver
	leaves []variant
}

// byConditions returns the variants with each combination of outcomes of conditions. If these exceed maxVariants, it
// returns a sample and complete is false.
func (p splitter) byConditions(conditions []question) (all splitter, complete bool) {
	all = p
	for _, q := range conditions {
		if all = all.split(q); len(all.leaves) > maxVariants {
			return p.sample(conditions[:min(len(conditions), maxConditions)]), false
		}
	}
	return all, true
}

// byParameters returns the variants with each allowed value of parameters. It ignores a parameter with which there are
// more than maxByValue variants.
func (p splitter) byParameters(parameters []question) splitter {
	for _, q := range parameters {
		if len(p.leaves) > maxVariants {
			break // a sample
		}
		if more := p.split(q); len(more.leaves) <= max(maxByValue, len(p.leaves)) {
			p = more
		}
	}
	return p
}

// split returns the variants with each outcome of a question.
func (p splitter) split(q question) splitter {
	out := p.each(q)
	if len(out.leaves) == len(p.leaves) {
		return p // it follows from the questions before
	}
	return out
}

func (p splitter) each(q question) splitter {
	out := splitter{solver: p.solver}
	for _, leaf := range p.leaves {
		for _, outcome := range p.outcomes(q) {
			if world := p.and(leaf.world, outcome.world); world != nowhere {
				out.leaves = append(out.leaves, variant{world: world, literals: append(slices.Clip(leaf.literals), outcome.literals[0])})
			}
		}
		if len(out.leaves) > maxVariants {
			return out
		}
	}
	return out
}

// outcomes returns the outcomes of a question, each as a variant of everything.
func (p splitter) outcomes(q question) []variant {
	if q.values == nil {
		return []variant{
			{world: q.holds, literals: []source.Literal{{Condition: q.name, Is: true}}},
			{world: p.not(q.holds), literals: []source.Literal{{Condition: q.name}}},
		}
	}
	var all []variant
	for _, value := range q.values {
		all = append(all, variant{world: p.is(q.variable, value), literals: []source.Literal{{Condition: q.name, Value: value, Is: true}}})
	}
	return all
}

// sample returns some of too many variants: those with most outcomes the same, which have all pairs of
// outcomes of independent conditions, and random ones.
func (p splitter) sample(questions []question) splitter {
	out := splitter{solver: p.solver}
	seen := map[diagram]bool{}
	add := func(choose func(i int) bool) {
		one := p
		for i, q := range slices.Backward(questions) { // the last first: their variables follow, so that less is visited
			parts := one.each(q).leaves
			if len(parts) == 0 {
				continue // the limit of steps is exceeded
			}
			one.leaves = parts[:1]
			if !choose(i) {
				one.leaves = parts[len(parts)-1:]
			}
		}
		if leaf := one.leaves[0]; !seen[leaf.world] {
			seen[leaf.world] = true
			out.leaves = append(out.leaves, leaf)
		}
	}
	for other := range len(questions) + 1 {
		add(func(i int) bool { return i != other })
		add(func(i int) bool { return i == other })
	}
	random := rand.New(rand.NewPCG(0, 0)) //nolint:gosec // the same variants in every run
	for range maxRandom {
		add(func(int) bool { return random.IntN(2) == 0 })
	}
	return out
}

// questions gathers the conditions that Fn::If mentions below nodes, and the parameters with several
// allowed values and no default that are the whole value of a property.
func (r *resolver) questions(nodes []*node) []question {
	g := gatherer{resolver: r, seen: map[string]bool{}}
	for _, n := range nodes {
		g.node(r, n, 0)
	}
	return g.found
}

type gatherer struct {
	*resolver
	seen  map[string]bool
	found []question
}

func (g *gatherer) node(in *resolver, n *node, depth int) {
	if n == nil || depth > maxDepth {
		return
	}
	if name, argument, ok := intrinsic(n); ok {
		g.call(in, name, argument)
		if n.tag != "" {
			n = argument
		}
	}
	for _, item := range n.items {
		g.node(in, item, depth+1)
	}
	for _, f := range in.unrolled(n.fields) {
		if !isLabel(f.key) {
			g.node(f.in, f.value, depth+1)
			continue
		}
		inner := gatherer{resolver: g.resolver, seen: g.seen}
		inner.node(f.in, f.value, depth+1)
		for _, q := range inner.found {
			if q.values == nil {
				g.found = append(g.found, q)
			} else {
				delete(g.seen, "parameter "+q.name)
			}
		}
	}
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

func (g *gatherer) call(in *resolver, name string, argument *node) {
	switch name {
	case "If":
		if len(argument.items) != 3 {
			return
		}
		condition, ok := in.text(argument.items[0])
		if !ok || g.seen["condition "+condition] {
			return
		}
		g.seen["condition "+condition] = true
		g.found = append(g.found, question{name: g.prefix + condition, holds: g.condition(condition)})
	case "Ref":
		if parameter, ok := in.text(argument); ok {
			g.parameter(in, parameter)
		}
	}
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
