package parsers

import (
	"reflect"
	"slices"

	"lintel/internal/deployment"
)

// maxChain is the number of units that a value is followed through. Beyond it stays unknown.
const maxChain = 100

// chain contains the units that a unit depends on for the values that it offers.
type chain struct {
	roots    map[string]bool
	exceeded bool // more than maxChain
}

// passedOn returns an offer that a unit finds under a key with the values that the offering unit itself asks others for, and the
// roots of the units that these are from. A unit in a cycle is taken as it is without others.
func (r *Repository) passedOn(u deployment.Unit, k deployment.Key, found offer) (passed offer, beyond []string) {
	if k.Kind == deployment.NamedResource || !found.IsPassedOn() || len(r.sourcesOf(found.root)) == 0 {
		return found, nil
	}
	if c := r.chainOf(found.root); c.exceeded || c.roots[u.Root] || !r.wait(u.Root, found.root) {
		return found, nil
	}
	n := r.neighbour(found.root)
	r.unwait(u.Root, found.root)
	if n == nil {
		return found, nil
	}
	var all []offer
	for _, o := range n.offers {
		if o.Key == found.Key {
			all = append(all, offer{found.root, o})
		}
	}
	if one, ok := only(all); ok && !reflect.DeepEqual(one.Value, found.Value) {
		return one, n.roots
	}
	return found, nil
}

// sourcesOf returns the roots of the units that the unit with a root finds values in.
func (r *Repository) sourcesOf(root string) []string {
	return r.sources.get(root, func() []string {
		u := r.survey().offering[root]
		var roots []string
		for _, k := range r.exchange(u).asks {
			if k.Kind == deployment.NamedResource {
				continue // never passed on
			}
			if found, ok := r.find(u, k); ok && !slices.Contains(roots, found.root) {
				roots = append(roots, found.root)
			}
		}
		return roots
	})
}

// chainOf returns the units that the unit with a root depends on, directly or through others.
func (r *Repository) chainOf(root string) chain {
	return r.chains.get(root, func() chain {
		c := chain{roots: map[string]bool{}}
		spread([]string{root}, each(r.sourcesOf), func(next string) bool {
			if c.exceeded = len(c.roots) == maxChain; !c.exceeded {
				c.roots[next] = true
			}
			return !c.exceeded
		})
		return c
	})
}

// spread visits what can be reached from some roots, which can include themselves, each once and the nearest first, until visit is
// false. next returns what the roots at one distance lead to.
func spread(from []string, next func(roots []string) []string, visit func(root string) bool) {
	seen := map[string]bool{}
	for len(from) > 0 {
		var reached []string
		for _, root := range next(from) {
			if seen[root] {
				continue
			}
			if seen[root] = true; !visit(root) {
				return
			}
			reached = append(reached, root)
		}
		from = reached
	}
}

// each returns what several roots lead to, given what one leads to.
func each(next func(root string) []string) func(roots []string) []string {
	return func(roots []string) []string {
		var all []string
		for _, root := range roots {
			all = append(all, next(root)...)
		}
		return all
	}
}

// wait notes that a unit waits for the values of another one. It is false if that one waits for the unit: what a unit asks for can
// depend on what it finds, so that chainOf does not contain all.
func (r *Repository) wait(root, other string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	waits := root == other
	spread([]string{other}, each(func(root string) []string { return r.waits[root] }), func(next string) bool {
		waits = waits || next == root
		return !waits
	})
	if waits {
		return false
	}
	r.waits[root] = append(r.waits[root], other)
	return true
}

// unwait removes a note of wait.
func (r *Repository) unwait(root, other string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.Index(r.waits[root], other); i >= 0 {
		r.waits[root] = slices.Delete(r.waits[root], i, i+1)
	}
}
