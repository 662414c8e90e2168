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
		for queue := []string{root}; len(queue) > 0; queue = queue[1:] {
			for _, next := range r.sourcesOf(queue[0]) {
				if c.roots[next] {
					continue
				}
				if len(c.roots) == maxChain {
					c.exceeded = true
					return c
				}
				c.roots[next] = true
				queue = append(queue, next)
			}
		}
		return c
	})
}

// wait notes that a unit waits for the values of another one. It is false if that one waits for the unit: what a unit asks for can
// depend on what it finds, so that chainOf does not contain all.
func (r *Repository) wait(root, other string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := map[string]bool{other: true}
	for queue := []string{other}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == root {
			return false
		}
		for _, next := range r.waits[queue[0]] {
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
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
