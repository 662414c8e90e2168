package access

import (
	"slices"
	"strings"

	"lintel/internal/source"
)

// pathSearch searches the paths in a unit.
type pathSearch struct {
	unit *Unit
	q    Question
	sure Reach // if not empty: only principals with this reach, and nothing that a request or an unknown value decides
	byID map[string][]int

	next, back [][]hop // of each function: those that it may invoke, and those that may invoke it
	every      []hop   // from functions that may invoke every function; to is not set
}

func newSearch(u *Unit, q Question, sure Reach) *pathSearch {
	s := &pathSearch{unit: u, q: q, sure: sure, byID: map[string][]int{}, next: make([][]hop, len(u.Functions)), back: make([][]hop, len(u.Functions))}
	s.connect()
	return s
}

// hop is an edge between two functions.
type hop struct {
	from, to int
	step     Step
	certain  bool
	sure     bool // a request decides nothing either
	Existence
}

// connect collects the edges between functions.
func (s *pathSearch) connect() {
	u := s.unit
	for i := range u.Functions {
		s.byID[u.Functions[i].ID] = append(s.byID[u.Functions[i].ID], i)
	}
	add := func(h hop) {
		if s.sure != "" && !h.sure {
			return
		}
		s.next[h.from], s.back[h.to] = append(s.next[h.from], h), append(s.back[h.to], h)
	}
	for i := range u.Functions {
		f := &u.Functions[i]
		for j := range f.Callers {
			c := &f.Callers[j]
			for _, id := range c.Functions {
				for _, from := range s.byID[id] {
					add(hop{from, i, Step{c.Place, c.Via, id + " can invoke " + f.ID + details(c)}, c.Reach != Unknown, c.isUnconditional(), c.Existence})
				}
			}
		}
		for _, feed := range f.Feeds {
			for _, to := range s.byID[feed.To] {
				add(hop{i, to, feed.Step, feed.Certain, feed.Certain, feed.Existence})
			}
		}
	}
	s.connectEvery()
}

// connectEvery collects the edges from functions that may invoke every function.
func (s *pathSearch) connectEvery() {
	for j := range s.unit.Every {
		c := &s.unit.Every[j]
		for _, id := range c.Functions {
			for _, from := range s.byID[id] {
				h := hop{from: from, step: Step{c.Place, c.Via, id + " can invoke every function" + details(c)}, certain: c.Reach != Unknown, sure: c.isUnconditional(), Existence: c.Existence}
				if s.sure == "" || h.sure {
					s.every = append(s.every, h)
				}
			}
		}
	}
}

// isUnconditional reports whether a caller in the stack, while it exists, invokes the function whatever a request contains and
// however unknown values turn out.
func (c *Caller) isUnconditional() bool { return c.Reach == Limited && len(c.Conditions) == 0 }

// details returns the way and the conditions of a caller.
func details(c *Caller) string {
	text := ""
	if c.How != "" {
		text = ": " + c.How
	}
	if len(c.Conditions) > 0 {
		text += " [" + strings.Join(c.Conditions, "; ") + "]"
	}
	return text
}

// isAsked reports whether a principal is asked for.
func (s *pathSearch) isAsked(f *Function, c *Caller) bool {
	from := strings.ToLower(s.q.From)
	switch {
	case s.sure != "":
		return c.Reach == s.sure && c.isSure(f)
	case c.Kind == OfFunction:
		return false // functions are asked for by their own names
	case from == "":
		return true
	case from == string(c.Reach), from == "anyone" && c.Reach == Public:
		return true
	}
	return glob(from, strings.ToLower(c.Who.String())) || glob(from, strings.ToLower(c.Via))
}

// entry is a principal with the function that it invokes first; function -1: any.
type entry struct {
	function int
	caller   *Caller // nil: the function itself is asked for
}

// entries returns the principals that are asked for.
func (s *pathSearch) entries() []entry {
	var all []entry
	for i := range s.unit.Functions {
		f := &s.unit.Functions[i]
		if s.q.From != "" && f.Match(s.q.From) {
			all = append(all, entry{i, nil})
		}
		var callers []*Caller
		for j := range f.Callers {
			if s.isAsked(f, &f.Callers[j]) {
				callers = append(callers, &f.Callers[j])
			}
		}
		for _, c := range withoutURLs(callers) {
			all = append(all, entry{i, c})
		}
	}
	for j := range s.unit.Every {
		if s.isAsked(nil, &s.unit.Every[j]) {
			all = append(all, entry{-1, &s.unit.Every[j]})
		}
	}
	return all
}

// backward searches the functions from which goals can be reached. Onward is the hop of each towards a goal; first is a goal.
func (s *pathSearch) backward(goals map[int]*goal) (onward []*hop, seen []bool, first int) {
	onward, seen = make([]*hop, len(s.unit.Functions)), make([]bool, len(s.unit.Functions))
	var queue []int
	for i := range s.unit.Functions {
		if goals[i] != nil {
			seen[i] = true
			queue = append(queue, i)
		}
	}
	first = queue[0]
	visit := func(h hop) {
		if !seen[h.from] {
			seen[h.from] = true
			onward[h.from] = &h
			queue = append(queue, h.from)
		}
	}
	for _, h := range s.every { // what may invoke every function may invoke the first goal
		h.to = first
		visit(h)
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, h := range s.back[at] {
			visit(h)
		}
	}
	return onward, seen, first
}

// way is how a function can be reached: from a principal, or from a function that can be reached.
type way struct {
	to    int
	entry *entry
	last  *hop // nil: the principal invokes the function
	from  *way // of the function before; nil if last is
	Existence
}

// maxWays is the number of ways to a function that exist under different conditions.
const maxWays = 4

// trace returns a way as a path.
func (s *pathSearch) trace(w *way) Path {
	var hops []*hop
	at := w
	for ; at.last != nil; at = at.from {
		hops = append(hops, at.last)
	}
	p := s.start(*w.entry, at.to)
	for _, h := range slices.Backward(hops) {
		p.add(h.step, s.unit.Functions[h.to].ID, h.certain)
	}
	return p
}

// forward searches the functions that can be reached, and returns the ways to each, a shortest first. Each exists under a
// condition under which those before it may not.
func (s *pathSearch) forward() [][]*way {
	entries := s.entries()
	slices.SortStableFunc(entries, func(a, b entry) int { return a.rank() - b.rank() })
	ways := make([][]*way, len(s.unit.Functions))
	var queue []*way
	add := func(w way, others ...Existence) {
		together, ok := s.all(true, s.unit.Functions[w.to].Existence, others...)
		if w.Existence = together; ok && adds(ways[w.to], w.When) {
			ways[w.to] = append(ways[w.to], &w)
			queue = append(queue, &w)
		}
	}
	for k := range entries {
		e := &entries[k]
		if e.function >= 0 {
			add(way{to: e.function, entry: e}, e.existence())
			continue
		}
		for i := range s.unit.Functions {
			add(way{to: i, entry: e}, e.existence())
		}
	}
	everywhere := map[int]int{}
	for i := range s.every {
		everywhere[s.every[i].from] = i
	}
	for isEvery := false; len(queue) > 0; {
		at := queue[0]
		queue = queue[1:]
		for i := range s.next[at.to] {
			h := &s.next[at.to][i]
			add(way{to: h.to, entry: at.entry, last: h, from: at}, at.Existence, h.Existence)
		}
		if i, ok := everywhere[at.to]; ok && !isEvery {
			isEvery = at.When.And(s.every[i].When).IsAlways()
			for j := range s.unit.Functions {
				h := s.every[i]
				h.to = j
				add(way{to: j, entry: at.entry, last: &h, from: at}, at.Existence, h.Existence)
			}
		}
	}
	return ways
}

// adds reports whether a way under a condition adds something to others.
func adds(others []*way, when source.When) bool {
	if len(others) == 0 {
		return true
	}
	known := together(others)
	return len(others) < maxWays && !known.IsAlways() && !source.AnyOf([]source.When{known, when}, 0).Equal(known)
}

// together returns the condition under which one of several ways exists.
func together(ways []*way) source.When {
	all := make([]source.When, len(ways))
	for i, w := range ways {
		all[i] = w.When
	}
	return source.AnyOf(all, 0)
}

// all returns when one part of a graph exists together with others, if ok; ok is false if they never do.
func (s *pathSearch) all(ok bool, one Existence, others ...Existence) (Existence, bool) {
	for _, other := range others {
		if ok {
			one, ok = s.unit.both(one, other)
		}
	}
	return one, ok
}

// existence returns when the principal can invoke the function.
func (e *entry) existence() Existence {
	if e.caller == nil {
		return Existence{}
	}
	return e.caller.Existence
}

func (e entry) rank() int {
	if e.caller == nil {
		return -1
	}
	return e.caller.Reach.rank()
}
