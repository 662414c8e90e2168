package source

import (
	"slices"
	"strings"
	"sync/atomic"
)

// Variants are the ways in which a resource can be part of a stack. No others are possible, or no others
// are checked, so a condition needs only what separates some of them from the rest.
type Variants struct {
	terms []term // with the outcomes of all conditions that the resource depends on
	whole atomic.Pointer[whole]
}

// whole is the When under which any of some variants applies. Findings mostly are in all variants and share it.
type whole struct {
	n    int // number of the variants
	when When
}

// Add adds a variant by the outcomes of its conditions. The result is for the resource when all its variants
// are added.
func (v *Variants) Add(all ...Literal) When {
	w := AllOf(all...).get()
	w.of, w.in = v, []int{len(v.terms)}
	t := slices.Clone(all)
	slices.SortFunc(t, Literal.compare)
	v.terms = append(v.terms, slices.Compact(t))
	return w.when()
}

// Open returns a When for the resource as it is while the conditions are not decided. Beside the variants in which they are, it
// says nothing.
func (v *Variants) Open(all ...Literal) When {
	w := AllOf(all...).get()
	w.of = v
	return w.when()
}

// maxCovering limits the alternatives that are simplified.
const maxCovering = 8

// among is the When under which one of several variants of the same resource applies, which can be joined with further ones.
// It is false if they are not that.
func among(whens []When) (When, bool) {
	joined, ok := together(whens)
	if !ok {
		return When{}, false
	}
	if len(joined.in) == 0 {
		return whens[0], true
	}
	of := joined.of
	if known := of.whole.Load(); known != nil && known.n == len(joined.in) && known.n == len(of.terms) {
		return known.when, true
	}
	var inside, outside []term
	for i, t := range of.terms {
		if _, found := slices.BinarySearch(joined.in, i); found {
			inside = append(inside, t)
		} else {
			outside = append(outside, t)
		}
	}
	shared := common(of.terms)
	if len(outside) == 0 {
		joined.terms = AllOf(shared...).get().terms
		all := joined.when()
		of.whole.Store(&whole{len(of.terms), all})
		return all, true
	}
	if same := common(inside); same.excludes(outside) {
		inside = []term{same}
	}
	for len(inside) > 0 {
		t := inside[0]
		if len(joined.terms) < maxCovering {
			t = t.separating(outside, shared)
		}
		joined.terms = append(joined.terms, t)
		inside = slices.DeleteFunc(inside, func(other term) bool { return other.implies(t) })
	}
	slices.SortFunc(joined.terms, term.compare)
	return joined.when(), true
}

// together returns the same variants without terms. It is false if they are not of one resource.
func together(whens []When) (alternatives, bool) {
	if len(whens) == 0 || whens[0].get().of == nil {
		return alternatives{}, false
	}
	all := alternatives{of: whens[0].get().of}
	for _, w := range whens {
		one := w.get()
		if one.of != all.of {
			return alternatives{}, false
		}
		all.in = append(all.in, one.in...)
	}
	slices.Sort(all.in)
	all.in = slices.Compact(all.in)
	return all, true
}

// separating leaves out the literals that neither exclude one of others nor are shared by all variants.
func (t term) separating(others []term, shared term) term {
	conflicts := make([]int, len(others)) // literals that exclude each of them
	for i, other := range others {
		conflicts[i] = len(t.conflicts(other))
	}
	kept := slices.Clone(t)
	for i, l := range slices.Backward(t) {
		if slices.Contains(shared, l) {
			continue
		}
		var excluded []int
		needed := false
		for j, other := range others {
			if len(term{l}.conflicts(other)) > 0 {
				excluded = append(excluded, j)
				needed = needed || conflicts[j] < 2
			}
		}
		if needed {
			continue
		}
		for _, j := range excluded {
			conflicts[j]--
		}
		kept = slices.Delete(kept, i, i+1)
	}
	return kept
}

// conflicts returns the literals of t that other contradicts.
func (t term) conflicts(other term) (found term) {
	for _, l := range t {
		i, _ := slices.BinarySearchFunc(other, l, func(o, l Literal) int { return strings.Compare(o.Condition, l.Condition) })
		for ; i < len(other) && other[i].Condition == l.Condition; i++ {
			if l.contradicts(other[i]) {
				found = append(found, l)
				break
			}
		}
	}
	return found
}

// excludes reports whether t contradicts all of others.
func (t term) excludes(others []term) bool {
	return !slices.ContainsFunc(others, func(other term) bool { return len(t.conflicts(other)) == 0 })
}

// implies reports whether other holds wherever t does.
func (t term) implies(other term) bool {
	return !slices.ContainsFunc(other, func(l Literal) bool { return !slices.Contains(t, l) })
}
