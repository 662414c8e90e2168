package fix

import (
	"regexp"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// island is a set of units that share files, with the proposals that edit them. Edits of one island do not affect
// another.
type island struct {
	roots   []string // of the units
	files   map[string]bool
	waiting [][]proposal // batches to try, the last one first
}

// islands groups proposals by the units that they affect.
func (m *fixer) islands(batch []proposal) []*island {
	var all []*island
	for _, p := range batch {
		is := &island{files: map[string]bool{}, waiting: [][]proposal{{p}}}
		for _, name := range source.EditedPaths(p.fix.Edits) {
			is.files[name] = true
		}
		m.spread(is)
		var rest []*island
		var before []proposal
		for _, other := range all {
			if !is.shares(other) {
				rest = append(rest, other)
				continue
			}
			before = append(before, other.waiting[0]...)
			is.take(other)
		}
		is.waiting[0] = append(before, is.waiting[0]...)
		rest = append(rest, is)
		all = rest
	}
	return all
}

// shares reports whether islands have a unit or a file in common.
func (is *island) shares(other *island) bool {
	for name := range other.files {
		if is.files[name] {
			return true
		}
	}
	return slices.ContainsFunc(other.roots, func(root string) bool { return slices.Contains(is.roots, root) })
}

// take adds the units and the files of another island.
func (is *island) take(other *island) {
	is.roots = append(is.roots, other.roots...)
	slices.Sort(is.roots)
	is.roots = slices.Compact(is.roots)
	for name := range other.files {
		is.files[name] = true
	}
}

// spread adds the units that contain one of the files, with all of their files.
func (m *fixer) spread(is *island) {
	for grown := true; grown; {
		grown = false
		for _, checked := range m.checked {
			if slices.Contains(is.roots, checked.Root) || !slices.ContainsFunc(checked.Files, func(name string) bool { return is.files[name] }) {
				continue
			}
			is.roots, grown = append(is.roots, checked.Root), true
			for _, name := range checked.Files {
				is.files[name] = true
			}
		}
	}
}

// has reports whether a finding is of one of the units.
func (is *island) has(f finding.Finding) bool {
	return slices.Contains(is.roots, f.Unit) || is.files[f.Unit]
}

// count counts the findings of the units by name.
func (is *island) count(found []finding.Finding) map[string]int {
	counts := map[string]int{}
	for _, f := range found {
		if f.Suppressed == nil && is.has(f) {
			counts[nameOf(f)]++
		}
	}
	return counts
}

// numbers match the parts of a message that an edit may change, such as line numbers.
var numbers = regexp.MustCompile(`[0-9]+`)

// newProblem returns a problem of the units that did not exist before.
func (is *island) newProblem(before, after []finding.Problem) (finding.Problem, bool) {
	count := map[string]int{}
	name := func(p finding.Problem) string {
		return p.Range.Path + "\x00" + numbers.ReplaceAllString(p.Message, "#")
	}
	for _, p := range before {
		count[name(p)]++
	}
	for _, p := range after {
		if !is.files[p.Range.Path] && !slices.Contains(is.roots, p.Range.Path) {
			continue
		}
		key := name(p)
		if count[key]--; count[key] < 0 {
			return p, true
		}
	}
	return finding.Problem{}, false
}
