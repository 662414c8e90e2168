package cloudformation

import (
	"encoding/binary"
	"iter"
	"slices"
	"strings"
	"sync"
)

// A diagram is a set of worlds, as the index of a node in a solver. A world gives every variable a
// value: every parameter that is compared, and every expression that only the deployment evaluates.
// Diagrams are reduced and ordered decision diagrams with one edge for each value (R. E. Bryant,
// "Graph-Based Algorithms for Boolean Function Manipulation", 1986), so two sets are equal exactly if
// their indices are.
type diagram int

const (
	nowhere    diagram = 0 // no world
	everywhere diagram = 1 // all worlds
)

// maxSteps limits the nodes that the operations on the diagrams of one unit visit.
const maxSteps = 1_000_000

// solver owns the diagrams of a template and of the stacks nested in it.
type solver struct {
	names     map[string]int // variables by name
	variables []variable
	nodes     []decision
	unique    map[string]diagram
	both      map[[2]diagram]diagram
	opposite  map[diagram]diagram
	steps     int    // left
	key       []byte // of the node that is looked up

	mu sync.Mutex // of Exclude and And, which are called when the diagrams are complete

	apart       map[[2]diagram]bool // pairs of which it is known whether they are disjoint
	comparisons int                 // steps left to find that out
}

// variable is a value that is unknown before deployment.
type variable struct {
	name   string
	closed []string // the values that it may have, sorted; nil: any
}

// decision is a node: it selects a set by the value of a variable.
type decision struct {
	variable int
	edges    []edge  // sorted by value; for a closed variable all its values, else those that differ from rest
	rest     diagram // for all other values
}

type edge struct {
	value string
	to    diagram
}

func newSolver() *solver {
	return &solver{
		names: map[string]int{}, unique: map[string]diagram{}, steps: maxSteps,
		apart: map[[2]diagram]bool{}, comparisons: maxSteps,
		both: map[[2]diagram]diagram{}, opposite: map[diagram]diagram{nowhere: everywhere, everywhere: nowhere},
		nodes: []decision{{variable: leaf}, {variable: leaf}},
	}
}

// leaf is the variable of the two diagrams without one. It sorts after all others.
const leaf = int(^uint(0) >> 1)

// variable returns the index of a variable. The values count only when it is new.
func (s *solver) variable(name string, closed []string) int {
	if i, ok := s.names[name]; ok {
		return i
	}
	s.names[name] = len(s.variables)
	if closed != nil {
		closed = slices.Compact(slices.Sorted(slices.Values(closed)))
	}
	s.variables = append(s.variables, variable{name: name, closed: closed})
	return len(s.variables) - 1
}

// opaque is the set in which something holds that cannot be evaluated here.
func (s *solver) opaque(name string) diagram {
	return s.is(s.variable(name, []string{"false", "true"}), "true")
}

// is is the set in which a variable has a value.
func (s *solver) is(variable int, value string) diagram {
	return s.node(variable, []edge{{value, everywhere}}, nowhere)
}

// node returns the reduced node with these edges.
func (s *solver) node(variable int, edges []edge, rest diagram) diagram {
	if closed := s.variables[variable].closed; closed != nil {
		all := make([]edge, len(closed))
		for i, value := range closed {
			all[i] = edge{value, follow(edges, rest, value)}
		}
		edges, rest = all, nowhere
		if !slices.ContainsFunc(all, func(e edge) bool { return e.to != all[0].to }) {
			return all[0].to
		}
	} else {
		edges = slices.DeleteFunc(edges, func(e edge) bool { return e.to == rest })
		if len(edges) == 0 {
			return rest
		}
	}
	key := binary.AppendUvarint(binary.AppendUvarint(s.key[:0], uint64(variable)), uint64(rest))
	for _, e := range edges {
		key = binary.AppendUvarint(key, uint64(e.to))
		key = append(binary.AppendUvarint(key, uint64(len(e.value))), e.value...)
	}
	s.key = key
	d, ok := s.unique[string(key)]
	if !ok {
		d = diagram(len(s.nodes))
		s.nodes = append(s.nodes, decision{variable, edges, rest})
		s.unique[string(key)] = d
	}
	return d
}

func follow(edges []edge, rest diagram, value string) diagram {
	i, ok := slices.BinarySearchFunc(edges, value, func(e edge, v string) int { return strings.Compare(e.value, v) })
	if ok {
		return edges[i].to
	}
	return rest
}

// exceeded reports whether the operations took too many steps. Their result is then only a set of
// possible worlds that may be too large.
func (s *solver) exceeded() bool { return s.steps <= 0 }

func (s *solver) not(d diagram) diagram {
	if found, ok := s.opposite[d]; ok {
		return found
	}
	if s.steps--; s.exceeded() {
		return everywhere
	}
	n := s.nodes[d]
	edges := make([]edge, len(n.edges))
	for i, e := range n.edges {
		edges[i] = edge{e.value, s.not(e.to)}
	}
	out := s.node(n.variable, edges, s.not(n.rest))
	s.opposite[d], s.opposite[out] = out, d
	return out
}

func (s *solver) and(a, b diagram) diagram {
	switch {
	case a == nowhere || b == nowhere:
		return nowhere
	case a == everywhere || a == b:
		return b
	case b == everywhere:
		return a
	case a > b:
		a, b = b, a
	}
	key := [2]diagram{a, b}
	if found, ok := s.both[key]; ok {
		return found
	}
	if s.steps--; s.exceeded() {
		return everywhere
	}
	first := min(s.nodes[a].variable, s.nodes[b].variable)
	x, y := s.under(a, first), s.under(b, first)
	out := s.node(first, s.andEdges(x, y), s.and(x.rest, y.rest))
	s.both[key] = out
	return out
}

func (s *solver) or(a, b diagram) diagram {
	either := s.not(s.and(s.not(a), s.not(b)))
	if s.exceeded() { // a complement may be too small
		return everywhere
	}
	return either
}

// andEdges returns the edges of the intersection of two nodes with the same variable.
func (s *solver) andEdges(x, y decision) []edge {
	edges := make([]edge, 0, len(x.edges)+len(y.edges))
	for value, to := range zipped(x, y) {
		edges = append(edges, edge{value, s.and(to[0], to[1])})
	}
	return edges
}

// zipped returns the values that two nodes with the same variable distinguish, with where each leads from them.
func zipped(x, y decision) iter.Seq2[string, [2]diagram] {
	return func(yield func(string, [2]diagram) bool) {
		for i, j := 0, 0; i < len(x.edges) || j < len(y.edges); {
			var value string
			to := [2]diagram{x.rest, y.rest}
			inX := j == len(y.edges) || i < len(x.edges) && x.edges[i].value <= y.edges[j].value
			inY := i == len(x.edges) || j < len(y.edges) && y.edges[j].value <= x.edges[i].value
			if inX {
				value, to[0] = x.edges[i].value, x.edges[i].to
				i++
			}
			if inY {
				value, to[1] = y.edges[j].value, y.edges[j].to
				j++
			}
			if !yield(value, to) {
				return
			}
		}
	}
}

// Exclude reports whether two sets have no world in common. Unlike and, it stops at the first world that they share, and
// it makes no nodes. It is false when the steps are used up.
func (s *solver) Exclude(a, b int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.disjoint(diagram(a), diagram(b))
}

// And returns the worlds that two sets have in common; ok is false if there are none. When the steps are used up, these may be
// too many.
func (s *solver) And(a, b int) (both int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	common := s.and(diagram(a), diagram(b))
	return int(common), common != nowhere
}

func (s *solver) disjoint(a, b diagram) bool {
	switch {
	case a == nowhere || b == nowhere:
		return true
	case a == everywhere || b == everywhere || a == b:
		return false
	case a > b:
		a, b = b, a
	}
	key := [2]diagram{a, b}
	if found, ok := s.apart[key]; ok {
		return found
	}
	if s.comparisons--; s.comparisons <= 0 {
		return false
	}
	first := min(s.nodes[a].variable, s.nodes[b].variable)
	x, y := s.under(a, first), s.under(b, first)
	apart := s.disjoint(x.rest, y.rest)
	for _, to := range zipped(x, y) {
		if apart = apart && s.disjoint(to[0], to[1]); !apart {
			break
		}
	}
	s.apart[key] = apart
	return apart
}

// under is a node as one that selects by a variable, which its own does not precede.
func (s *solver) under(d diagram, variable int) decision {
	if n := s.nodes[d]; n.variable == variable {
		return n
	}
	return decision{variable: variable, rest: d}
}

// allows reports whether a variable may have a value.
func (s *solver) allows(d diagram, variable int, value string) bool {
	if closed := s.variables[variable].closed; closed != nil && !slices.Contains(closed, value) {
		return false
	}
	return s.reaches(d, variable, value, map[diagram]bool{})
}

func (s *solver) reaches(d diagram, variable int, value string, seen map[diagram]bool) bool {
	n := s.nodes[d]
	switch {
	case d == nowhere || seen[d]:
		return false
	case n.variable > variable:
		return true
	case n.variable == variable:
		return follow(n.edges, n.rest, value) != nowhere
	}
	seen[d] = true
	return s.reaches(n.rest, variable, value, seen) ||
		slices.ContainsFunc(n.edges, func(e edge) bool { return s.reaches(e.to, variable, value, seen) })
}

// values returns the values of a variable that a diagram distinguishes and allows. others reports
// whether it may have any other value.
func (s *solver) values(d diagram, variable int) (possible []string, others bool) {
	candidates := s.variables[variable].closed
	if candidates == nil {
		seen := map[diagram]bool{}
		s.distinguished(d, variable, seen, &candidates)
		slices.Sort(candidates)
		candidates = slices.Compact(candidates)
		excluded := d
		for _, value := range candidates {
			excluded = s.and(excluded, s.not(s.is(variable, value)))
		}
		others = excluded != nowhere
	}
	for _, value := range candidates {
		if s.allows(d, variable, value) {
			possible = append(possible, value)
		}
	}
	return possible, others
}

func (s *solver) distinguished(d diagram, variable int, seen map[diagram]bool, values *[]string) {
	n := s.nodes[d]
	if seen[d] || n.variable > variable {
		return
	}
	seen[d] = true
	for _, e := range n.edges {
		if n.variable == variable {
			*values = append(*values, e.value)
		}
		s.distinguished(e.to, variable, seen, values)
	}
	s.distinguished(n.rest, variable, seen, values)
}
