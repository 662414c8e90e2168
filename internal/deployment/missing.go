package deployment

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Missing are the names that a template or module refers to and does not declare, and where it does first. Its tool
// rejects such a text, so it is a part of one, or incomplete. Outputs of modules that are not downloaded and of nested stacks
// outside of the repository, and values beyond a limit are missing, too. The zero value has none.
type Missing struct {
	first    map[string]source.Range
	reported map[string]bool // causes of unknown values that are gaps or problems of their own
}

// Note adds a name. It returns the cause of the values that depend on it.
func (m *Missing) Note(name string, at source.Range) string {
	if m.first == nil {
		m.first = map[string]source.Range{}
	}
	if first, again := m.first[name]; !again || at.Compare(first) < 0 {
		m.first[name] = at
	}
	return causeOf(name)
}

func causeOf(name string) string { return name + " is not declared" }

// Report adds the cause of values that a gap or problem of the unit accounts for. It returns the cause.
func (m *Missing) Report(cause string) string {
	if m.reported == nil {
		m.reported = map[string]bool{}
	}
	m.reported[cause] = true
	return cause
}

// NotDownloaded is how the cause of an output of a module ends that a gap reports. Where a value has more causes than are named, these
// are the last, so that all others of the value are named before them.
const NotDownloaded = " is not downloaded"

// Causes returns the causes of the values that depend on what is missing, sorted.
func (m *Missing) Causes() []string {
	causes := slices.Collect(maps.Keys(m.reported))
	for name := range m.first { // any order: the causes are sorted
		causes = append(causes, causeOf(name))
	}
	slices.Sort(causes)
	return causes
}

// maxNamed is the number of names that a gap lists.
const maxNamed = 5

// Gaps returns a gap for each file with references to the names, in the order of the files. what is what declares them.
func (m *Missing) Gaps(what string) []finding.Gap {
	names := map[string][]string{} // by file
	for _, name := range slices.Sorted(maps.Keys(m.first)) {
		names[m.first[name].Path] = append(names[m.first[name].Path], name)
	}
	gaps := make([]finding.Gap, 0, len(names))
	for _, file := range slices.Sorted(maps.Keys(names)) {
		all := names[file]
		at := m.first[slices.MinFunc(all, func(a, b string) int { return m.first[a].Compare(m.first[b]) })]
		list := strings.Join(all[:min(len(all), maxNamed)], ", ")
		if more := len(all) - maxNamed; more > 0 {
			list += fmt.Sprintf(" and %d more", more)
		}
		gaps = append(gaps, finding.Gap{Range: at, Cause: finding.GapReference, Message: fmt.Sprintf(
			"the %s does not declare %s; what depends on that was not checked; check the complete %s", what, list, what)})
	}
	return gaps
}
