package access

import (
	"cmp"
	"slices"
	"strings"
)

// Path is a way from a principal through functions, each of which may invoke the next, to a function or to something that its
// role allows.
type Path struct {
	Unit    string `json:"unit"`
	Reach   Reach  `json:"reach"`   // of the principal
	Certain bool   `json:"certain"` // no step depends on something that cannot be determined
	Title   string `json:"title"`
	Steps   []Step `json:"steps"`
}

// Step is a step of a path: why one can get from the previous to the next.
type Step struct {
	Place
	Via  string `json:"via"` // ID of the resource that allows it
	Text string `json:"text"`
}

// Question is which paths are asked for. An empty part stands for everything.
type Question struct {
	From string // a principal with the wildcards * and ?, a reach, or a function
	To   string // an action, an ability, a resource with wildcards, or a function
}

// IsAction reports whether a text is an action rather than an ability or a resource.
func IsAction(text string) bool {
	service, name, ok := strings.Cut(text, ":")
	return ok && service != "" && name != "" && !strings.ContainsAny(text, "*? /") && strings.Count(text, ":") == 1
}

// maxPaths is the number of paths in an answer.
const maxPaths = 1000

// Paths returns a shortest path for each principal that reaches what is asked for, or, if only principals are asked for, for each
// function that they reach; the widest reach first, then the shortest. More is the number of those that are left out.
func Paths(units []*Unit, q Question) (paths []Path, more int) {
	paths = []Path{}
	for _, u := range units {
		s := newSearch(u, q, "")
		if q.To != "" {
			paths = append(paths, s.to()...)
		} else {
			paths = append(paths, s.from()...)
		}
	}
	slices.SortStableFunc(paths, func(a, b Path) int {
		return cmp.Or(a.Reach.rank()-b.Reach.rank(), len(a.Steps)-len(b.Steps), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Title, b.Title))
	})
	more = max(0, len(paths)-maxPaths)
	return paths[:len(paths)-more], more
}

// pathSearch searches the paths in a unit.
type pathSearch struct {
	unit *Unit
	q    Question
	sure Reach // if not empty: only principals with this reach, and nothing that depends on a condition or an unknown value
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
	sure     bool // there is no condition either
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
					add(hop{from, i, Step{c.Place, c.Via, id + " can invoke " + f.ID + details(c)}, c.Reach != Unknown, c.Reach == Limited && len(c.Conditions) == 0})
				}
			}
		}
		for _, feed := range f.Feeds {
			for _, to := range s.byID[feed.To] {
				add(hop{i, to, feed.Step, feed.Certain, feed.Certain})
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
				if s.sure != "" && (c.Reach != Limited || len(c.Conditions) > 0) {
					continue
				}
				s.every = append(s.every, hop{from: from, step: Step{c.Place, c.Via, id + " can invoke every function" + details(c)}, certain: c.Reach != Unknown, sure: c.Reach == Limited && len(c.Conditions) == 0})
			}
		}
	}
}

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
	return glob(from, strings.ToLower(c.Who)) || glob(from, strings.ToLower(c.Via))
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

// to returns a shortest path to what is asked for, for each principal.
func (s *pathSearch) to() []Path {
	goals := s.goals()
	if len(goals) == 0 {
		return nil
	}
	onward, seen, first := s.backward(goals)
	var paths []Path
	for _, e := range s.entries() {
		at := e.function
		if at < 0 {
			at = first
		}
		if !seen[at] {
			continue
		}
		p := s.start(e, at)
		for onward[at] != nil {
			p.add(onward[at].step, s.unit.Functions[onward[at].to].ID, onward[at].certain)
			at = onward[at].to
		}
		if goal := goals[at]; goal.step != nil {
			p.Steps = append(p.Steps, *goal.step)
			p.Title += ": " + goal.what
			p.Certain = p.Certain && goal.certain
		}
		if len(p.Steps) > 0 {
			paths = append(paths, p)
		}
	}
	return paths
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

// from returns a shortest path from what is asked for to each function.
func (s *pathSearch) from() []Path {
	first, last := s.forward()
	var paths []Path
	for i := range s.unit.Functions {
		if first[i] == nil {
			continue
		}
		p := s.trace(i, first, last)
		if len(p.Steps) == 0 {
			continue // the function that is asked for
		}
		if what := s.abilities(&s.unit.Functions[i]); what != "" {
			p.Title += ": " + what
		}
		paths = append(paths, p)
	}
	return paths
}

// trace returns the path to a function that forward found.
func (s *pathSearch) trace(i int, first []*entry, last []*hop) Path {
	var hops []*hop
	at := i
	for ; last[at] != nil; at = last[at].from {
		hops = append(hops, last[at])
	}
	p := s.start(*first[i], at)
	for _, h := range slices.Backward(hops) {
		p.add(h.step, s.unit.Functions[h.to].ID, h.certain)
	}
	return p
}

// forward searches the functions that can be reached. First is the beginning of the path to each, last the last hop on it.
func (s *pathSearch) forward() (first []*entry, last []*hop) {
	entries := s.entries()
	slices.SortStableFunc(entries, func(a, b entry) int { return a.rank() - b.rank() })
	first, last = make([]*entry, len(s.unit.Functions)), make([]*hop, len(s.unit.Functions))
	var queue []int
	add := func(i int, e *entry, h *hop) {
		if first[i] == nil {
			first[i], last[i] = e, h
			queue = append(queue, i)
		}
	}
	for k := range entries {
		if e := &entries[k]; e.function >= 0 {
			add(e.function, e, nil)
			continue
		}
		for i := range s.unit.Functions {
			add(i, &entries[k], nil)
		}
	}
	everywhere := map[int]int{}
	for i := range s.every {
		everywhere[s.every[i].from] = i
	}
	for isEvery := false; len(queue) > 0; {
		at := queue[0]
		queue = queue[1:]
		for _, h := range s.next[at] {
			add(h.to, first[at], &h)
		}
		if i, ok := everywhere[at]; ok && !isEvery {
			isEvery = true
			for j := range s.unit.Functions {
				h := s.every[i]
				h.to = j
				add(j, first[at], &h)
			}
		}
	}
	return first, last
}

func (e entry) rank() int {
	if e.caller == nil {
		return -1
	}
	return e.caller.Reach.rank()
}

// start returns the beginning of a path.
func (s *pathSearch) start(e entry, at int) Path {
	f := &s.unit.Functions[at]
	p := Path{Unit: s.unit.Path, Reach: Limited, Certain: true, Title: f.ID, Steps: []Step{}}
	if c := e.caller; c != nil {
		who := principal(c)
		if c.Kind == Route {
			who = strings.TrimPrefix(who, "anyone, with ")
		}
		p.Reach, p.Certain, p.Title = c.Reach, c.Reach != Unknown, who+" → "+f.ID
		p.Steps = append(p.Steps, Step{c.Place, c.Via, who + " can invoke " + f.ID + details(c)})
	}
	return p
}

func (p *Path) add(step Step, to string, certain bool) {
	p.Steps = append(p.Steps, step)
	p.Title += " → " + to
	p.Certain = p.Certain && certain
}

// abilities returns the sensitive abilities of a function.
func (s *pathSearch) abilities(f *Function) string {
	var all []string
	for _, i := range f.Roles {
		for _, risk := range s.unit.Roles[i].Risks {
			word := ability(risk.Kind) + risk.Certainty.suffix()
			all = add(all, word)
			if risk.Kind == Admin && risk.Certainty == Yes {
				return word
			}
		}
	}
	return strings.Join(all, ", ")
}

// goal is why a function is what is asked for.
type goal struct {
	step    *Step // nil: the function itself is asked for
	what    string
	certain bool
}

// goals returns the functions that lead to what is asked for.
func (s *pathSearch) goals() map[int]*goal {
	found := map[int]*goal{}
	for i := range s.unit.Functions {
		f := &s.unit.Functions[i]
		switch {
		case f.Allowed != nil && f.Allowed.Certainty != No:
			found[i] = s.grant(f, s.q.To, f.Allowed.Certainty, f.Allowed.By)
		case f.Allowed != nil:
		case slices.Contains(roleKinds(), RiskKind(s.q.To)):
			if risk := s.risk(f, RiskKind(s.q.To)); risk != nil {
				found[i] = s.grant(f, ability(risk.Kind), risk.Certainty, risk.Details)
			}
		case f.Match(s.q.To):
			found[i] = &goal{certain: true}
		default:
			if g := s.resource(f); g != nil {
				found[i] = g
			}
		}
		if found[i] == nil {
			delete(found, i)
		}
	}
	return found
}

func (s *pathSearch) risk(f *Function, kind RiskKind) *Risk {
	for _, i := range f.Roles {
		for j := range s.unit.Roles[i].Risks {
			if risk := &s.unit.Roles[i].Risks[j]; risk.Kind == kind {
				return risk
			}
		}
	}
	return nil
}

// grant returns the goal of an ability or action of a function.
func (s *pathSearch) grant(f *Function, what string, certainty Certainty, by []string) *goal {
	step := Step{Place: f.Place, Via: f.RoleName, Text: f.ID + " " + what}
	if IsAction(what) {
		step.Text = f.ID + " may use " + what
	}
	if len(f.Roles) > 0 {
		r := &s.unit.Roles[f.Roles[0]]
		step.Place, step.Via = r.Place, r.ID
	}
	step.Text += certainty.suffix()
	if len(by) > 0 {
		step.Text += ": " + listed(by, maxActions)
	}
	return &goal{step: &step, what: what, certain: certainty == Yes || certainty == Conditional}
}

// resource returns the goal if a statement allows actions on a resource that is asked for.
func (s *pathSearch) resource(f *Function) *goal {
	for _, i := range f.Roles {
		r := &s.unit.Roles[i]
		for j := range r.Grants {
			g := &r.Grants[j]
			if g.Effect != allow {
				continue
			}
			for _, resource := range g.Resources {
				if !isResource(s.q.To, resource) {
					continue
				}
				what := listed(g.Actions, maxActions) + " on " + resource
				return &goal{step: &Step{g.Place, g.Policy, f.ID + " may use " + what + strings.TrimPrefix(onText(g, nil), " on ")}, what: what, certain: true}
			}
		}
	}
	return nil
}

// isResource reports whether the resource of a statement is, or contains, one that is asked for.
func isResource(asked, resource string) bool {
	name, _, _ := strings.Cut(resource, "…")
	return glob(asked, resource) || glob(asked, name) || strings.HasPrefix(asked, "arn:") && !isStars(resource) && glob(resource, asked)
}

// PathsText returns paths for people.
func PathsText(paths []Path, more int) string {
	w := textWriter{}
	for i := range paths {
		p := &paths[i]
		if i > 0 {
			w.out.WriteString("\n")
		}
		unknown := ""
		if !p.Certain {
			unknown = "  (unknown)"
		}
		w.line(0, "%-13s  %s%s", p.Reach, p.Title, unknown)
		for j := range p.Steps {
			step := &p.Steps[j]
			w.line(1, "%d. %s (%s:%d, %s)", j+1, step.Text, step.File, step.Line, step.Via)
		}
	}
	if len(paths) == 0 {
		w.line(0, "no paths")
	}
	if more > 0 {
		w.out.WriteString("\n")
		w.line(0, "%d more paths; limit them with --from and --paths-to", more)
	}
	return w.out.String()
}
