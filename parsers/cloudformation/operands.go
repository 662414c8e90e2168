package cloudformation

import (
	"strings"

	"lintel/internal/tree"
)

// operand is the value of an expression in some worlds: the value of a variable between two texts, or a text.
type operand struct {
	world         diagram
	before, after string // the texts; without a variable, before is all
	variable      int    // less than 0: none
	parameter     string // whose variable it is; empty: an expression's
}

// maxOperands limits the cases of an expression, and maxPairs those of two expressions that are compared. One with more is a variable of
// its own.
const (
	maxOperands = 1000
	maxPairs    = 1 << 12
)

// isParameter reports whether an operand is a parameter or pseudo parameter and nothing else.
func (o operand) isParameter() bool { return o.parameter != "" && o.before == "" && o.after == "" }

// valueFor returns the value with which the variable of an operand makes a text.
func (o operand) valueFor(text string) (string, bool) {
	rest, begins := strings.CutPrefix(text, o.before)
	value, ends := strings.CutSuffix(rest, o.after)
	return value, begins && ends
}

// operands returns the cases of an expression. Their worlds cover all in which the deployment succeeds. A strict resolver ignores
// the default of a parameter, because it is one of its possible values.
func (r *resolver) operands(n *node) []operand {
	if r.depth++; r.depth <= maxResolve {
		if text, ok := r.knownText(n); ok {
			r.depth--
			return []operand{{world: everywhere, before: text, variable: none}}
		}
		if name, argument, ok := intrinsic(n); ok {
			if all := r.cases(name, argument, n); len(all) > 0 && len(all) <= maxOperands {
				r.depth--
				return all
			}
		}
	}
	r.depth--
	return r.opaqueOperand(r.written(n))
}

// none is the variable of a text.
const none = -1

func (r *resolver) opaqueOperand(written string) []operand {
	return []operand{{world: everywhere, variable: r.reader.solver.variable(r.prefix+written, nil)}}
}

func (r *resolver) knownText(n *node) (string, bool) {
	t := r.tree(n)
	text, ok := tree.Text(t.Scalar)
	return text, ok && t.Known()
}

// cases returns the cases of a call, nil if it is not a choice between texts and parameters.
func (r *resolver) cases(name string, argument, whole *node) []operand {
	switch name {
	case "Ref":
		if referred, ok := r.text(argument); ok {
			return r.casesOf(referred)
		}
	case "Sub":
		return r.casesOfSub(argument, whole)
	case "Join":
		return r.casesOfJoin(argument, whole)
	case "Select":
		if item := r.selected(argument); item != nil {
			return r.operands(item)
		}
	case "If":
		return r.casesOfIf(argument)
	case "FindInMap":
		return r.casesOfLookup(argument)
	}
	return nil
}

// casesOf returns the cases of Ref NAME and ${NAME}.
func (r *resolver) casesOf(name string) []operand {
	if item, ok := r.open[name]; ok && item.node != nil {
		return item.at(r).operands(item.node)
	}
	if v, ok := r.parameterVariable(name); ok {
		return []operand{{world: everywhere, variable: v, parameter: name}}
	}
	if text, ok := r.reference(name, r.root.at).String(); ok {
		return []operand{{world: everywhere, before: text, variable: none}}
	}
	return r.opaqueOperand("${" + name + "}")
}

func (r *resolver) casesOfSub(argument, whole *node) []operand {
	template, values := partsOfSub(argument)
	text, ok := r.text(template)
	if !ok || isDynamicReference(text) {
		return nil
	}
	var parts [][]operand
	for p := range piecesOf(text) {
		switch own := values.get(p.name); {
		case p.name == "":
			parts = append(parts, []operand{{world: everywhere, before: p.literal, variable: none}})
		case own != nil:
			parts = append(parts, r.operands(own))
		default:
			parts = append(parts, r.casesOf(p.name))
		}
		if len(parts) > maxOperands {
			return nil
		}
	}
	return r.joined(parts, whole)
}

func (r *resolver) casesOfJoin(argument, whole *node) []operand {
	if argument.kind != listNode || len(argument.items) != 2 || argument.items[1].kind != listNode || argument.items[1].tag != "" {
		return nil
	}
	delimiter, ok := r.text(argument.items[0])
	if items := argument.items[1].items; !ok || isDynamicReference(delimiter) || len(items) > maxOperands {
		return nil
	}
	var parts [][]operand
	for i, item := range argument.items[1].items {
		if r.tree(item).State == tree.StateAbsent {
			return nil
		}
		if i > 0 {
			parts = append(parts, []operand{{world: everywhere, before: delimiter, variable: none}})
		}
		parts = append(parts, r.operands(item))
	}
	return r.joined(parts, whole)
}

// joined returns the cases of the text that parts make together. In worlds in which several of them are variables, it is a variable
// of its own.
func (r *resolver) joined(parts [][]operand, whole *node) []operand {
	s := r.reader.solver
	all, both := []operand{{world: everywhere, variable: none}}, nowhere
	for _, part := range parts {
		if isTooMany(all, part) {
			return nil
		}
		next := make([]operand, 0, len(all)*len(part))
		for _, a := range all {
			for _, b := range part {
				world := s.and(a.world, b.world)
				switch one, ok := a.followedBy(b, world); {
				case world == nowhere:
				case ok:
					next = append(next, one)
				default:
					both = s.or(both, world)
				}
			}
		}
		if all = next; len(all) > maxOperands {
			return nil
		}
	}
	if both != nowhere {
		own := r.opaqueOperand(r.written(whole))[0]
		own.world = both
		all = append(all, own)
	}
	return all
}

// isTooMany reports whether the cases of two expressions are too many to compare each with each.
func isTooMany(a, b []operand) bool { return len(a) > 1 && len(b) > 1 && len(a)*len(b) > maxPairs }

// followedBy returns the text of two operands in a world. It is false if both have a variable.
func (o operand) followedBy(b operand, world diagram) (operand, bool) {
	if o.variable >= 0 {
		return operand{world, o.before, o.after + b.before, o.variable, o.parameter}, b.variable < 0
	}
	return operand{world, o.before + b.before, b.after, b.variable, b.parameter}, true
}

// selected returns the item that Fn::Select takes from a list that is written there, nil for another list or index.
func (r *resolver) selected(argument *node) *node {
	if argument.kind != listNode || len(argument.items) != 2 || argument.items[1].kind != listNode || argument.items[1].tag != "" {
		return nil
	}
	index, items := r.index(argument.items[0]), argument.items[1].items
	i, ok := index.Get()
	if !ok || i < 0 || i >= len(items) {
		return nil
	}
	for _, item := range items[:i+1] {
		if t := r.tree(item); t.State == tree.StateAbsent || t.Maybe != "" {
			return nil
		}
	}
	return items[i]
}

func (r *resolver) casesOfIf(argument *node) []operand {
	condition, ok := r.conditionOf(argument)
	if !ok {
		return nil
	}
	s := r.reader.solver
	all := s.within(condition, r.operands(argument.items[1]))
	return append(all, s.within(s.not(condition), r.operands(argument.items[2]))...)
}

// within returns the operands that are possible in a set of worlds.
func (s *solver) within(world diagram, operands []operand) []operand {
	all := make([]operand, 0, len(operands))
	for _, o := range operands {
		if o.world = s.and(o.world, world); o.world != nowhere {
			all = append(all, o)
		}
	}
	return all
}

func (r *resolver) casesOfLookup(argument *node) []operand {
	if argument.kind != listNode || len(argument.items) < 3 {
		return nil
	}
	found, ok := r.lookup(argument.items[:3])
	if !ok {
		return nil
	}
	s := r.reader.solver
	var all []operand
	for _, e := range found {
		all = append(all, s.within(e.world, r.operands(e.node))...)
	}
	if otherwise := defaultOf(argument); otherwise != nil {
		all = append(all, s.within(s.without(everywhere, found), r.operands(otherwise))...)
	}
	return all
}

// equal returns the worlds in which two expressions have the same value.
func (r *resolver) equal(a, b *node) diagram {
	s := r.reader.solver
	bare := *r
	bare.strict = true
	differ := everywhere
	own, others := bare.operands(a), bare.operands(b)
	if isTooMany(own, others) {
		return s.sameText(r.prefix+r.written(a), r.prefix+r.written(b))
	}
	for _, x := range own {
		for _, y := range others {
			both := s.and(s.and(x.world, y.world), s.equal(x, y))
			differ = s.and(differ, s.not(both))
		}
	}
	return s.not(differ)
}

func (s *solver) equal(a, b operand) diagram {
	switch {
	case a.variable < 0 && b.variable < 0:
		if a.before == b.before {
			return everywhere
		}
		return nowhere
	case a.variable < 0:
		return s.equal(b, a)
	case b.variable < 0:
		if value, ok := a.valueFor(b.before); ok {
			return s.is(a.variable, value)
		}
		return nowhere
	case a.variable == b.variable && a.before == b.before && a.after == b.after:
		return everywhere
	}
	return s.sameText(s.nameOf(a), s.nameOf(b))
}

// sameText is a condition of its own: that two expressions, by their names, have the same value.
func (s *solver) sameText(a, b string) diagram { return s.opaque(min(a, b) + " == " + max(a, b)) }

func (s *solver) nameOf(o operand) string { return o.before + s.variables[o.variable].name + o.after }
