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

	Existence `json:"-"`
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
		return cmp.Or(a.Reach.rank()-b.Reach.rank(), len(a.Steps)-len(b.Steps), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Title, b.Title), certain(a.Certain).rank()-certain(b.Certain).rank())
	})
	paths = slices.CompactFunc(paths, Path.isSame)
	more = max(0, len(paths)-maxPaths)
	return paths[:len(paths)-more], more
}

// isSame reports whether two paths are shown as one: those of the variants of a function can be equal.
func (p Path) isSame(other Path) bool {
	return p.Unit == other.Unit && p.Reach == other.Reach && p.Certain == other.Certain && p.Title == other.Title && slices.Equal(p.Steps, other.Steps)
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
		together, ok := s.unit.both(e.existence(), s.unit.Functions[at].Existence)
		for h := onward[at]; h != nil; h = onward[at] {
			p.add(h.step, s.unit.Functions[h.to].ID, h.certain)
			together, ok = s.all(ok, together, h.Existence, s.unit.Functions[h.to].Existence)
			at = h.to
		}
		if !ok {
			continue
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

// from returns a shortest path from what is asked for to each function.
func (s *pathSearch) from() []Path {
	ways := s.forward()
	var paths []Path
	for i := range s.unit.Functions {
		if len(ways[i]) == 0 {
			continue
		}
		p := s.trace(ways[i][0])
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

// start returns the beginning of a path.
func (s *pathSearch) start(e entry, at int) Path {
	f := &s.unit.Functions[at]
	p := Path{Unit: s.unit.Path, Reach: Limited, Certain: true, Title: f.ID, Steps: []Step{}}
	if c := e.caller; c != nil {
		who := principal(c)
		if c.Kind == Route {
			who = "requests to " + c.Who.request()
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
