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
		return nil
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
