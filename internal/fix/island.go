package fix

import (
	"cmp"
	"fmt"
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

// islands groups proposals by the units that they affect: units that share a file, and those of which one proposal edits files,
// belong together.
func (m *fixer) islands(batch []proposal) []*island {
	g := groups{}
	for _, checked := range m.checked {
		for _, name := range checked.Files {
			g.join(unitOf(checked.Root), fileOf(name))
		}
	}
	for _, p := range batch {
		names := source.EditedPaths(p.fix.Edits)
		for _, name := range names {
			g.join(fileOf(names[0]), fileOf(name))
		}
	}
	var all []*island
	of := map[member]*island{}
	for _, p := range batch {
		group := g.of(fileOf(source.EditedPaths(p.fix.Edits)[0]))
		if of[group] == nil {
			of[group] = &island{files: map[string]bool{}, waiting: [][]proposal{nil}}
			all = append(all, of[group])
		}
		of[group].waiting[0] = append(of[group].waiting[0], p)
	}
	for one := range g { // any order: it fills sets
		switch is := of[g.of(one)]; {
		case is == nil: // nothing to fix
		case one.isUnit:
			is.roots = append(is.roots, one.name)
		default:
			is.files[one.name] = true
		}
	}
	for _, is := range all {
		slices.Sort(is.roots)
	}
	return all
}

// spend counts a check of an island and reports whether it is within the limit. If it is not, the findings that wait are withheld. The
// first check is always allowed.
func (m *fixer) spend(is *island) bool {
	limit := cmp.Or(m.opt.Text, MaxText)
	spent := 0
	for _, root := range is.roots {
		spent = max(spent, m.spent[root])
	}
	size := 0
	for name := range is.files { // any order: a sum
		if file := m.fsys.files[name]; file != nil {
			size += len(file.Content)
		}
	}
	if spent > 0 && spent+size > limit {
		for _, p := range slices.Concat(is.waiting...) {
			for _, f := range p.about {
				m.withhold(f, fmt.Sprintf("the checks of the edits exceed the limit of %d MiB of text; run the command again", limit>>20), false) //nolint:mnd // mebibytes
			}
		}
		is.waiting = nil
		return false
	}
	for _, root := range is.roots {
		m.spent[root] = spent + size
	}
	return true
}

// divide divides a batch that is refused into proposals that can be right, and those that are suspect: their finding is left, or a
// resource of theirs has a new one. If that divides nothing, it separates one rule from the others, or the halves.
func divide(batch []proposal, before, after []finding.Finding) (calm, suspects []proposal) {
	known, left := count(before), count(after)
	changed := map[string]bool{} // resources with a new finding
	for _, f := range after {
		if name := nameOf(f); left[name] > known[name] {
			changed[f.Resource] = true
		}
	}
	isSuspect := func(f finding.Finding) bool {
		name := nameOf(f)
		return left[name] >= known[name] || changed[f.Resource]
	}
	calm, suspects = partition(batch, func(p proposal) bool { return slices.ContainsFunc(p.about, isSuspect) })
	if len(calm) == 0 || len(suspects) == 0 {
		calm, suspects = partition(batch, func(p proposal) bool { return p.about[0].Rule != batch[0].about[0].Rule })
	}
	if len(suspects) == 0 {
		half := len(batch) / 2 //nolint:mnd // halves
		return batch[:half], batch[half:]
	}
	return calm, suspects
}

// partition returns the proposals that is rejects and those that it accepts.
func partition(batch []proposal, is func(proposal) bool) (no, yes []proposal) {
	for _, p := range batch {
		if is(p) {
			yes = append(yes, p)
		} else {
			no = append(no, p)
		}
	}
	return no, yes
}

// member is a unit, by its root, or a file.
type member struct {
	name   string
	isUnit bool
}

func unitOf(root string) member { return member{root, true} }

func fileOf(name string) member { return member{name, false} }

// groups are disjoint sets of units and files. Each member leads to another one of its group; the last one leads to itself.
type groups map[member]member

// of returns the member that stands for a group.
func (g groups) of(one member) member {
	if _, ok := g[one]; !ok {
		g[one] = one
	}
	for g[one] != one {
		g[one] = g[g[one]]
		one = g[one]
	}
	return one
}

func (g groups) join(a, b member) { g[g.of(a)] = g.of(b) }

// findingsOf returns the findings of each island.
func findingsOf(islands []*island, found []finding.Finding) map[*island][]finding.Finding {
	of := map[string]*island{} // by the name of the unit
	for _, is := range islands {
		for name := range is.files {
			of[name] = is
		}
	}
	for _, is := range islands {
		for _, root := range is.roots {
			of[root] = is
		}
	}
	by := map[*island][]finding.Finding{}
	for _, f := range found {
		if is := of[f.Unit]; is != nil {
			by[is] = append(by[is], f)
		}
	}
	return by
}

// has reports whether a finding is of one of the units.
func (is *island) has(f finding.Finding) bool {
	return slices.Contains(is.roots, f.Unit) || is.files[f.Unit]
}

// count counts findings by name.
func count(found []finding.Finding) map[string]int {
	counts := map[string]int{}
	for _, f := range found {
		if f.Suppressed == nil {
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
	isOwn := func(p finding.Problem) bool { return is.files[p.Range.Path] || slices.Contains(is.roots, p.Range.Path) }
	for _, p := range before {
		if isOwn(p) {
			count[name(p)]++
		}
	}
	for _, p := range after {
		if !isOwn(p) {
			continue
		}
		key := name(p)
		if count[key]--; count[key] < 0 {
			return p, true
		}
	}
	return finding.Problem{}, false
}
