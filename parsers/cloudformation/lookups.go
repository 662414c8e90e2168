package cloudformation

import "slices"

// entry is what Fn::FindInMap finds in some worlds.
type entry struct {
	world diagram
	node  *node
}

// lookup returns what the name of a mapping and two keys may select, in the order of the mappings. It is false if there are too many.
func (r *resolver) lookup(names []*node) ([]entry, bool) {
	found := []entry{{r.world, r.mappings}}
	for _, n := range names {
		keys := r.operands(n)
		var next []entry
		for _, e := range found {
			if e.node != nil {
				next = append(next, r.entries(e, keys)...)
			}
		}
		if found = next; len(found) > maxEntries {
			return nil, false
		}
	}
	return found, true
}

// maxEntries limits the entries that an unknown key selects.
const maxEntries = 10_000

// entries returns the values that a key may select in a map.
func (r *resolver) entries(in entry, keys []operand) []entry {
	s := r.reader.solver
	var found []entry
	for _, key := range keys {
		world := s.and(in.world, key.world)
		if world == nowhere {
			continue
		}
		if key.variable < 0 {
			for _, n := range r.entriesOf(in.node)[key.before] {
				found = append(found, entry{world, n})
			}
			continue
		}
		for _, f := range in.node.fields {
			value, ok := key.valueFor(f.key)
			if !ok {
				continue
			}
			if w := s.and(world, s.is(key.variable, value)); w != nowhere {
				found = append(found, entry{w, f.value})
			}
		}
	}
	return found
}

// without returns the worlds of a set in which there is no entry. They are too many if there are many entries.
func (s *solver) without(world diagram, entries []entry) diagram {
	for _, e := range entries[:min(len(entries), maxOperands)] {
		world = s.and(world, s.not(e.world))
	}
	return world
}

// defaultOf returns the value of Fn::FindInMap if the mapping has no entry, nil if it has none.
func defaultOf(argument *node) *node {
	if len(argument.items) < 4 {
		return nil
	}
	return argument.items[3].get("DefaultValue")
}

// require restricts the worlds of a template to those in which its deployment does not fail because a lookup of a resource has no
// entry.
func (t *template) require() {
	if t.mappings == nil {
		return
	}
	l := lookups{template: t, all: everywhere, seen: map[place]bool{}}
	entries := t.section("Resources").entries
	for _, f := range entries {
		if f.maybe != "" && !f.isOne {
			continue
		}
		in, world := *f.in, everywhere
		in.strict = true
		if written := f.value.get("Condition"); written != nil {
			condition, ok := in.text(written)
			if !ok {
				continue
			}
			world = in.condition(condition)
		}
		l.visit(&in, f.value, world, 0)
	}
	s := t.reader.solver
	base := s.and(t.base, l.all)
	if t.fails = base == nowhere; t.fails || s.exceeded() {
		return
	}
	t.base = base
	for _, f := range entries {
		f.in.world = base
	}
}

// lookups finds what the lookups of resources require.
type lookups struct {
	*template
	all  diagram
	seen map[place]bool // aliases of YAML share nodes
}

// place is a node in an iteration of the loops around it and in a branch of conditions.
type place struct {
	node  *node
	in    *resolver
	world diagram
}

// visit adds what the lookups below a node require in the worlds in which it is evaluated.
func (l *lookups) visit(in *resolver, n *node, world diagram, depth int) {
	if n == nil || world == nowhere || l.seen[place{n, in, world}] || depth > maxDepth {
		return
	}
	l.seen[place{n, in, world}] = true
	s := l.reader.solver
	switch name, argument, _ := intrinsic(n); name {
	case "Transform":
		return
	case "If":
		if condition, ok := in.conditionOf(argument); ok {
			l.visit(in, argument.items[1], s.and(world, condition), depth+1)
			l.visit(in, argument.items[2], s.and(world, s.not(condition)), depth+1)
		}
		return
	case "FindInMap":
		if len(argument.items) == 3 { //nolint:mnd // the map and two keys; a fourth argument is a default
			l.all = s.and(l.all, s.or(s.not(world), in.hasEntry(argument.items)))
		}
	}
	l.parts(in, n, world, depth+1)
}

func (l *lookups) parts(in *resolver, n *node, world diagram, depth int) {
	for _, item := range n.items {
		l.visit(in, item, world, depth)
	}
	for _, f := range in.unrolled(n.fields) {
		if f.maybe == "" || f.isOne {
			l.visit(f.in, f.value, world, depth)
		}
	}
}

// conditionOf returns the condition of an Fn::If. It is false if it has none.
func (r *resolver) conditionOf(argument *node) (diagram, bool) {
	if argument.kind != listNode || len(argument.items) != 3 {
		return nowhere, false
	}
	name, ok := r.text(argument.items[0])
	if !ok {
		return nowhere, false
	}
	return r.condition(name), true
}

// hasEntry returns the worlds in which a lookup has an entry.
func (r *resolver) hasEntry(names []*node) diagram {
	keys := make([][]operand, len(names))
	for i, n := range names {
		keys[i] = r.operands(n)
	}
	return r.has(r.mappings, keys)
}

// maxGroups limits the sets of second keys that a mapping has.
const maxGroups = 64

// has returns the worlds in which a map has an entry for keys. They are too many if it exceeds a limit.
func (r *resolver) has(m *node, keys [][]operand) diagram {
	switch {
	case len(keys) == 0:
		return everywhere
	case m == nil || m.kind != mapNode:
		return nowhere
	}
	s := r.reader.solver
	all := nowhere
	for _, key := range keys[0] {
		found := nowhere
		if key.variable < 0 {
			for _, n := range r.entriesOf(m)[key.before] {
				found = s.or(found, r.has(n, keys[1:]))
			}
		} else {
			var ok bool
			if found, ok = r.hasFor(m, key, keys[1:]); !ok {
				return everywhere
			}
		}
		all = s.or(all, s.and(key.world, found))
	}
	return all
}

// hasFor returns the worlds in which a map has an entry for a variable and further keys.
func (r *resolver) hasFor(m *node, key operand, rest [][]operand) (diagram, bool) {
	s := r.reader.solver
	values := map[diagram][]string{} // with which the entry has the further keys
	var order []diagram
	for _, f := range m.fields {
		value, ok := key.valueFor(f.key)
		if !ok {
			continue
		}
		world := r.has(f.value, rest)
		if len(values[world]) == 0 {
			order = append(order, world)
		}
		if values[world] = append(values[world], value); len(order) > maxGroups {
			return everywhere, false
		}
	}
	found := nowhere
	for _, world := range order {
		found = s.or(found, s.and(world, s.oneOf(key.variable, values[world])))
	}
	return found, true
}

// oneOf is the set in which a variable has one of some values.
func (s *solver) oneOf(variable int, values []string) diagram {
	sorted := slices.Compact(slices.Sorted(slices.Values(values)))
	edges := make([]edge, len(sorted))
	for i, value := range sorted {
		edges[i] = edge{value, everywhere}
	}
	return s.node(variable, edges, nowhere)
}
