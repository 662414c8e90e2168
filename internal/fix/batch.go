package fix

import (
	"slices"
	"sort"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// batch is a set of proposals that can be applied at the same time.
type batch struct {
	all      []proposal
	first    map[source.Edit][]int    // indices of proposals by their first edits
	inFile   map[string][]source.Edit // the edits of each file, by their places
	removing map[string]bool          // resources that an edit removes something from
}

func newBatch() batch {
	return batch{first: map[source.Edit][]int{}, inFile: map[string][]source.Edit{}, removing: map[string]bool{}}
}

// add adds a fix, unless it conflicts with another one.
func (b *batch) add(fix Fix, f finding.Finding) {
	if len(fix.Edits) == 0 {
		return
	}
	for _, i := range b.first[fix.Edits[0]] {
		if slices.Equal(b.all[i].fix.Edits, fix.Edits) {
			b.all[i].about = append(b.all[i].about, f)
			return
		}
	}
	if slices.ContainsFunc(fix.Edits, b.touches) {
		return
	}
	if removes(fix.Edits) {
		key := f.Range.Path + "\x00" + f.Resource
		if b.removing[key] {
			return // the next round sees what remains of the list or map
		}
		b.removing[key] = true
	}
	b.first[fix.Edits[0]] = append(b.first[fix.Edits[0]], len(b.all))
	for _, e := range fix.Edits {
		own := b.inFile[e.Range.Path]
		i, _ := slices.BinarySearchFunc(own, e, func(a, b source.Edit) int { return a.Range.Compare(b.Range) })
		b.inFile[e.Range.Path] = slices.Insert(own, i, e)
	}
	b.all = append(b.all, proposal{fix, []finding.Finding{f}})
}

// after returns the index of the first edit that ends at an offset or behind it. The edits do not overlap.
func after(edits []source.Edit, offset int) int {
	return sort.Search(len(edits), func(i int) bool { return edits[i].Range.End >= offset })
}

// touches reports whether an edit touches one of the batch.
func (b *batch) touches(e source.Edit) bool {
	own := b.inFile[e.Range.Path]
	for _, other := range own[after(own, e.Range.Start):] {
		if other.Range.Start > e.Range.End {
			return false
		}
		if source.Touch([]source.Edit{other}, []source.Edit{e}) {
			return true
		}
	}
	return false
}
