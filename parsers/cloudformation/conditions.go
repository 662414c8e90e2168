package cloudformation

import (
	"fmt"
	"strings"

	"lintel/internal/tree"
)

// condition returns the worlds in which a condition of the template is true.
func (t *template) condition(name string) diagram {
	if d, ok := t.decided[name]; ok {
		return d
	}
	s := t.reader.solver
	t.decided[name] = s.opaque("condition " + t.prefix + name) // while it is evaluated: it refers to itself
	if f, ok := t.section("Conditions").get(name); ok {
		t.decided[name] = f.in.expression(f.value)
	}
	return t.decided[name]
}

// isOpen reports whether a set and its opposite are both possible in a world.
func (s *solver) isOpen(world, d diagram) bool {
	return s.and(world, d) != nowhere && s.and(world, s.not(d)) != nowhere
}

// expression evaluates the definition of a condition.
func (r *resolver) expression(n *node) diagram {
	s := r.reader.solver
	r.depth++
	defer func() { r.depth-- }()
	name, argument, ok := intrinsic(n)
	if !ok || r.depth > maxResolve {
		return r.opaque(n)
	}
	switch name {
	case "Condition":
		if referred, ok := r.text(argument); ok {
			return r.condition(referred)
		}
	case "Not":
		if len(argument.items) == 1 {
			return s.not(r.expression(argument.items[0]))
		}
	case "And":
		return r.all(argument.items, func(d diagram) diagram { return d })
	case "Or":
		return s.not(r.all(argument.items, s.not))
	case "Equals":
		if len(argument.items) == 2 {
			return r.equal(argument.items[0], argument.items[1])
		}
	}
	return r.opaque(n)
}

// all returns the worlds that are in all conditions, each of which is changed first.
func (r *resolver) all(items []*node, change func(diagram) diagram) diagram {
	all := everywhere
	for _, item := range items {
		all = r.reader.solver.and(all, change(r.expression(item)))
	}
	return all
}

func (r *resolver) opaque(n *node) diagram { return r.reader.solver.opaque(r.prefix + r.written(n)) }

// operand is a side of a comparison: a text, or the variable of a value that is unknown.
type operand struct {
	text     string
	variable int // less than 0: none
}

// equal returns the worlds in which two expressions have the same value.
func (r *resolver) equal(a, b *node) diagram {
	s := r.reader.solver
	none := everywhere
	for _, x := range r.byKey(a) {
		for _, y := range r.byKey(b) {
			both := s.and(s.and(x.world, y.world), s.equal(x.operand(a), y.operand(b)))
			none = s.and(none, s.not(both))
		}
	}
	return s.not(none)
}

// byKey returns resolvers that together cover the worlds of r: one for each key of a mapping that an
// Fn::FindInMap looks up by a parameter, or r.
func (r *resolver) byKey(n *node) []*resolver {
	name, argument, ok := intrinsic(n)
	if !ok || name != "FindInMap" || len(argument.items) < 3 {
		return []*resolver{r}
	}
	levels := []*node{r.mappings}
	for _, item := range argument.items[:3] {
		function, parameter, _ := intrinsic(item)
		referred, _ := r.text(parameter)
		if v, ok := r.parameterVariable(referred); ok && function == "Ref" {
			return r.forKeys(levels, v)
		}
		bare := *r
		bare.strict = true
		levels = r.entries(levels, bare.tree(item), item)
	}
	return []*resolver{r}
}

func (r *resolver) forKeys(levels []*node, variable int) []*resolver {
	s := r.reader.solver
	var all []*resolver
	for _, level := range levels {
		if level == nil {
			continue
		}
		for _, f := range level.fields {
			in := *r
			if in.world = s.and(r.world, s.is(variable, f.key)); in.world != nowhere {
				all = append(all, &in)
			}
		}
	}
	return all
}

func (s *solver) equal(a, b operand) diagram {
	switch {
	case a.variable < 0 && b.variable < 0:
		if a.text == b.text {
			return everywhere
		}
		return nowhere
	case a.variable < 0:
		return s.is(b.variable, a.text)
	case b.variable < 0:
		return s.is(a.variable, b.text)
	case a.variable == b.variable:
		return everywhere
	}
	names := []string{s.variables[a.variable].name, s.variables[b.variable].name}
	return s.opaque(min(names[0], names[1]) + " == " + max(names[0], names[1]))
}

// operand evaluates a side of a comparison. The default of a parameter is one of its possible values, so
// only a value that the caller passes is used.
func (r *resolver) operand(n *node) operand {
	name, argument, isCall := intrinsic(n)
	if isCall && name == "Ref" {
		if parameter, ok := r.text(argument); ok {
			if v, ok := r.parameterVariable(parameter); ok {
				return operand{variable: v}
			}
		}
	}
	bare := *r
	bare.strict = true
	t := bare.tree(n)
	if text, ok := tree.Text(t.Scalar); ok && t.Known() {
		return operand{text: text, variable: -1}
	}
	return operand{variable: r.reader.solver.variable(r.prefix+r.written(n), nil)}
}

// parameterVariable returns the variable of a parameter or pseudo parameter. It is false for all else, and for a
// parameter whose value is passed.
func (r *resolver) parameterVariable(name string) (int, bool) {
	if _, looped := r.loop[name]; looped || name == noValue {
		return 0, false
	}
	s := r.reader.solver
	if strings.HasPrefix(name, "AWS::") {
		return s.variable(name, nil), true
	}
	p := r.parameters.get(name)
	if p == nil {
		return 0, false
	}
	if v, ok := r.aliases[name]; ok {
		return v, true
	}
	if isStored(p) {
		return s.variable(r.prefix+name, nil), true
	}
	if _, passed := r.given[name]; r.fixed[name] || !passed && r.hasOwnDefault(p) {
		return 0, false
	}
	return s.variable(r.prefix+name, r.allowed(name)), true
}

// hasOwnDefault reports whether a parameter that is not passed has its default: that of a nested stack,
// because the stack around it passes all that is passed.
func (t *template) hasOwnDefault(p *node) bool {
	return len(t.above) > 0 && p.get("Default") != nil
}

// allowed returns the values that a parameter may have, nil if it may have any.
func (t *template) allowed(parameter string) []string {
	p := t.parameters.get(parameter)
	if p == nil || isStored(p) || isListType(typeOf(p)) {
		return nil
	}
	values := p.get("AllowedValues")
	if values == nil {
		pattern, _ := p.get("AllowedPattern").text()
		if texts := tree.Alternatives(pattern); texts != nil {
			return texts
		}
		return t.keysOf(parameter)
	}
	var texts []string
	for _, item := range values.items {
		if item.kind != scalarNode || item.scalar == nil {
			return nil
		}
		texts = append(texts, fmt.Sprint(item.scalar))
	}
	return texts
}

// text returns the text of a node, or what a function makes where only a text is expected.
func (r *resolver) text(n *node) (string, bool) {
	if n == nil {
		return "", false
	}
	if text, ok := n.text(); ok {
		return r.replaceLoopVariables(text), true
	}
	return r.tree(n).String()
}

// maxWritten limits the length of the name of an expression, in bytes.
const maxWritten = 2000

// written is an expression as a text that is the same for the same expression.
func (r *resolver) written(n *node) string {
	var out strings.Builder
	r.write(&out, n)
	if out.Len() > maxWritten {
		return fmt.Sprintf("%s:%d", n.at.Path, n.at.Start)
	}
	return out.String()
}

func (r *resolver) write(out *strings.Builder, n *node) {
	if out.Len() > maxWritten {
		return
	}
	if n.tag != "" {
		fmt.Fprintf(out, "!%s ", n.tag)
	}
	switch n.kind {
	case listNode:
		out.WriteByte('[')
		for _, item := range n.items {
			r.write(out, item)
			out.WriteByte(',')
		}
		out.WriteByte(']')
	case mapNode:
		out.WriteByte('{')
		for _, f := range n.fields {
			fmt.Fprintf(out, "%q:", f.key)
			r.write(out, f.value)
			out.WriteByte(',')
		}
		out.WriteByte('}')
	case scalarNode:
		text := fmt.Sprint(n.scalar)
		if value, ok := r.loop[text]; ok {
			text = value
		}
		fmt.Fprintf(out, "%q", r.replaceLoopVariables(text))
	}
}
