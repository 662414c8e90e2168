package model

import (
	"slices"
	"strings"
)

// Addresses finds the resources that a reference can mean, as Matches decides it, in time that does not grow with their number.
// It is not safe for concurrent use.
type Addresses struct {
	ids    []string
	byBase map[string][]int          // indices by ID without instance keys
	byForm map[form]map[string][]int // indices by the part of the ID that references of a form state; added when it is asked for
}

// form is what references have in common: the address without instance keys, and the parts that have one.
type form struct{ base, keyed string }

// NewAddresses returns the Addresses of resources with IDs.
func NewAddresses(ids []string) *Addresses {
	a := &Addresses{ids: ids, byBase: make(map[string][]int, len(ids))}
	for i, id := range ids {
		base := stripKeys(id)
		a.byBase[base] = append(a.byBase[base], i)
	}
	return a
}

// Find returns the indices of the resources that a reference can mean, in ascending order. The caller must not change them. The nil
// Addresses have none.
func (a *Addresses) Find(reference string) []int {
	if a == nil {
		return nil
	}
	base := stripKeys(reference)
	candidates := a.byBase[base]
	if base == reference || len(candidates) == 0 {
		return candidates
	}
	f := form{base, keyed(reference)}
	stated, ok := a.byForm[f]
	if !ok {
		stated = map[string][]int{}
		for _, i := range candidates {
			part := statedBy(a.ids[i], f.keyed)
			stated[part] = append(stated[part], i)
		}
		if a.byForm == nil {
			a.byForm = map[form]map[string][]int{}
		}
		a.byForm[f] = stated
	}
	return stated[reference]
}

// References finds the references that can mean a resource, as Matches decides it, in time that does not grow with their number.
type References struct {
	first  map[string]int      // index of the first of equal references
	byBase map[string][]string // parts with keys that references with this base have
}

// NewReferences returns the References of a list.
func NewReferences(references []string) References {
	r := References{first: map[string]int{}, byBase: map[string][]string{}}
	for i, reference := range references {
		if _, ok := r.first[reference]; ok {
			continue
		}
		r.first[reference] = i
		base, parts := stripKeys(reference), keyed(reference)
		if !slices.Contains(r.byBase[base], parts) { // there are few: which of the modules around it have keys
			r.byBase[base] = append(r.byBase[base], parts)
		}
	}
	return r
}

// First returns the index of the first reference that can mean a resource.
func (r References) First(id string) (index int, ok bool) {
	for _, parts := range r.byBase[stripKeys(id)] {
		if i, is := r.first[statedBy(id, parts)]; is && (!ok || i < index) {
			index, ok = i, true
		}
	}
	return index, ok
}

// keyed returns a character for each part of an address: 1 if the part has an instance key.
func keyed(address string) string {
	tokens := splitAddress(address)
	parts := make([]byte, len(tokens))
	for i, token := range tokens {
		parts[i] = '0'
		if strings.Contains(token, "[") {
			parts[i] = '1'
		}
	}
	return string(parts)
}

// statedBy returns an address without the keys of the parts that have none in a reference with the same base.
func statedBy(id, keyed string) string {
	if !strings.Contains(id, "[") {
		return id
	}
	tokens := splitAddress(id)
	for i := range tokens {
		if keyed[i] == '0' {
			tokens[i], _, _ = strings.Cut(tokens[i], "[")
		}
	}
	return strings.Join(tokens, ".")
}
