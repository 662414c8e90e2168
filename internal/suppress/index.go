package suppress

import (
	"cmp"
	"slices"
	"sort"

	"lintel/internal/finding"
)

// index finds what a directive covers without a look at all findings, because a template can have a directive for each
// of its resources.
type index struct {
	ofResource map[ruleAt][]int  // findings by resource
	inFile     map[ruleAt][]spot // ranges of findings by path, in the order of their starts
}

// ruleAt is a rule with a resource or a path.
type ruleAt struct{ rule, name string }

// spot is a range of a finding.
type spot struct{ start, end, finding int }

// indexOf returns the index of findings, which is empty if no directive needs it.
func indexOf(found []finding.Finding, isNeeded bool) index {
	x := index{map[ruleAt][]int{}, map[ruleAt][]spot{}}
	if !isNeeded {
		return x
	}
	for i, f := range found {
		resource := ruleAt{f.Rule, f.Resource}
		x.ofResource[resource] = append(x.ofResource[resource], i)
		for r := range f.Ranges() {
			file := ruleAt{f.Rule, r.Path}
			x.inFile[file] = append(x.inFile[file], spot{r.Start, r.End, i})
		}
	}
	for _, spots := range x.inFile { // any order: each is sorted by itself
		slices.SortFunc(spots, func(a, b spot) int { return cmp.Compare(a.start, b.start) })
	}
	return x
}

// covered returns the findings of the rules that a directive covers, in their order: those in what the directive is
// about, those that are reached through the module call that it is about or take effect there, and those about a value
// that is set there.
func (x index) covered(d finding.Directive, rules []string) []int {
	var all []int
	for _, rule := range rules {
		if d.Resource != "" {
			all = append(all, x.ofResource[ruleAt{rule, d.Resource}]...)
		}
		if d.Scope.IsZero() {
			continue
		}
		spots := x.inFile[ruleAt{rule, d.Scope.Path}]
		first := sort.Search(len(spots), func(i int) bool { return spots[i].start >= d.Scope.Start })
		for _, s := range spots[first:] {
			if s.start > d.Scope.End {
				break
			}
			if s.end <= d.Scope.End {
				all = append(all, s.finding)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
