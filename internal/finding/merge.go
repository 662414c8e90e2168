package finding

import (
	"cmp"
	"regexp"
	"slices"

	"lintel/internal/source"
)

// instanceKey matches the parts of a Terraform address that differ between instances of one block.
var instanceKey = regexp.MustCompile(`\[(\d+|"(\\.|[^"\\])*")\]|\bmodule\.[\w-]+`)

// maxRelated limits the related locations of a merged finding.
const maxRelated = 20

// merge returns one finding for each rule, place, severity and suppression, with the resources that share it as
// instances, in a total order. The result is in the array of all: large trees have a hundred thousand findings.
func merge(all []Finding) []Finding {
	sorted := withoutSeenElsewhere(all)
	slices.SortFunc(sorted, compareFindings)
	merged := sorted[:0]
	for rest := sorted; len(rest) > 0; {
		n := 1
		for n < len(rest) && samePlace(rest[0], rest[n]) {
			n++
		}
		merged = append(merged, one(rest[:n]))
		rest = rest[n:]
	}
	clear(sorted[len(merged):])
	return slices.Clip(merged)
}

// withoutSeenElsewhere removes from the findings those in a resource that a unit reports that refers to it: that unit shows more of
// what the resource is for.
func withoutSeenElsewhere(all []Finding) []Finding {
	type seen struct {
		rule, unit, resource string
		at                   source.Range
	}
	elsewhere := map[seen]bool{}
	for _, f := range all {
		if f.Of != "" {
			elsewhere[seen{f.Rule, f.Of, f.Resource, f.Range}] = true
		}
	}
	return slices.DeleteFunc(all, func(f Finding) bool {
		return f.Of == "" && elsewhere[seen{f.Rule, f.Unit, f.Resource, f.Range}]
	})
}

// one merges sorted findings at one location.
func one(same []Finding) Finding {
	whole := same[0]
	if len(same) == 1 && len(whole.Related) <= 1 && len(whole.Via) <= 1 {
		instance := instanceOf(whole)
		instance.When = source.AnyOf([]source.When{whole.When}, whole.Variants)
		whole.Instances = []Instance{instance}
		whole.When = source.AnyOf([]source.When{instance.When}, 0)
		return whole
	}
	whole.Instances, whole.Identities, whole.Related, whole.Via = nil, nil, nil, nil
	var whens []source.When // one per resource
	var instances instances
	known := map[Identity]bool{}
	for len(same) > 0 {
		n := 0
		var variants []source.When
		for ; n < len(same) && sameResource(same[n], same[0]); n++ {
			f := same[n]
			for _, id := range f.Identities {
				if !known[id] {
					known[id] = true
					whole.Identities = append(whole.Identities, id)
				}
			}
			whole.Related = withRelated(whole.Related, f.Related)
			whole.Via = union(whole.Via, f.Via)
			variants = append(variants, f.When)
			if f.Written != whole.Written {
				whole.Written = source.Range{} // the value is written in several places, so none can be edited
			}
			whole.Unsafe = cmp.Or(whole.Unsafe, f.Unsafe)
			instances.add(f)
		}
		whens = append(whens, source.AnyOf(variants, same[0].Variants))
		same = same[n:]
	}
	whole.Related = whole.Related[:min(len(whole.Related), maxRelated)]
	whole.When = source.AnyOf(whens, 0)
	for i, when := range instances.whens {
		instances.all[i].When = source.AnyOf(when, instances.variants[i])
	}
	whole.Instances = instances.all
	return whole
}

func sameResource(a, b Finding) bool {
	return a.Resource == b.Resource && a.Unit == b.Unit && slices.Equal(a.Via, b.Via)
}

// instances gathers the instances of a finding.
type instances struct {
	all      []Instance
	whens    [][]source.When // of the findings of each
	variants []int           // of the resource of each
}

func instanceOf(f Finding) Instance {
	return Instance{Resource: f.Resource, Message: f.Message, Used: f.Used, Via: f.Via, Construct: f.Construct}
}

// add adds a finding. Findings in variants of one resource are one instance unless they differ otherwise.
func (s *instances) add(f Finding) {
	i := instanceOf(f)
	for j, other := range slices.Backward(s.all) {
		if other.Resource != i.Resource {
			break
		}
		if other.Message == i.Message && other.Used == i.Used && slices.Equal(other.Via, i.Via) {
			s.whens[j] = append(s.whens[j], f.When)
			return
		}
	}
	s.all, s.whens, s.variants = append(s.all, i), append(s.whens, []source.When{f.When}), append(s.variants, f.Variants)
}

// withRelated adds related places. Instances of one block are one place. Of several paths it keeps the first.
func withRelated(all, more []Related) []Related {
	hasPath := slices.ContainsFunc(all, func(r Related) bool { return r.Step > 0 })
	for _, r := range more {
		if r.Step > 0 {
			if !hasPath {
				all = append(all, r)
			}
			continue
		}
		key := instanceKey.ReplaceAllString(r.Message, "")
		if !slices.ContainsFunc(all, func(known Related) bool {
			return known.Range == r.Range && instanceKey.ReplaceAllString(known.Message, "") == key
		}) {
			all = append(all, r)
		}
	}
	return all
}

// union appends the missing elements of more to some. It does not modify the array of some.
func union[T comparable](some, more []T) []T {
	some = slices.Clip(some)
	for _, item := range more {
		if !slices.Contains(some, item) {
			some = append(some, item)
		}
	}
	return some
}

func samePlace(a, b Finding) bool {
	return a.Rule == b.Rule && a.Range == b.Range && a.Suppressed.compare(b.Suppressed) == 0 &&
		a.Severity == b.Severity && a.Fails == b.Fails
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		a.Range.Compare(b.Range),
		cmp.Compare(a.Rule, b.Rule),
		a.Suppressed.compare(b.Suppressed),
		cmp.Compare(b.Severity, a.Severity), // highest first
		compareBool(b.Fails, a.Fails),
		cmp.Compare(a.Resource, b.Resource),
		cmp.Compare(a.Unit, b.Unit),
		slices.CompareFunc(a.Via, b.Via, source.Range.Compare),
		cmp.Compare(a.Attribute, b.Attribute),
		cmp.Compare(a.Key, b.Key),
		a.Used.Compare(b.Used),
		a.When.Compare(b.When),
		cmp.Compare(a.Message, b.Message),
	)
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Sort sorts findings in the order of a report.
func Sort(all []Finding) { slices.SortFunc(all, compareFindings) }
