package handler

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// distributionTable lists widely used Python distributions with the modules that they install and the distributions that they
// require. See modules.go.
//
//go:embed distributions.txt
var distributionTable string

// distribution is a Python package as package managers name it.
// https://packaging.python.org/en/latest/discussions/distribution-package-vs-import-package/
type distribution struct {
	modules  []string // that it installs; those of a namespace package with its name, such as google.auth
	requires []string // distributions that are installed with it
	extras   []string // distributions that are installed with one of its extras
}

// distributions are the known distributions by their normalized names, and the names of those that install a module.
var distributions = sync.OnceValues(func() (byName map[string]distribution, byModule map[string][]string) { //nolint:gochecknoglobals // a table, never written
	byName, byModule = map[string]distribution{}, map[string][]string{}
	for line := range strings.Lines(distributionTable) {
		name, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || name == "#" {
			continue
		}
		modules, rest, _ := strings.Cut(rest, ":")
		requires, extras, _ := strings.Cut(rest, ";")
		d := distribution{strings.Fields(modules), strings.Fields(requires), strings.Fields(extras)}
		byName[name] = d
		for _, module := range d.modules {
			byModule[module] = append(byModule[module], name)
		}
	}
	return byName, byModule
})

// normalized returns the name of a distribution in the form in which names are compared.
// https://packaging.python.org/en/latest/specifications/name-normalization/
func normalized(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune("-_.", r) }), "-")
}

// providers returns the known distributions that install a module, which can be one of a namespace package; nil: none is known.
func providers(module string) []string {
	_, byModule := distributions()
	for {
		if names := byModule[module]; len(names) > 0 {
			return names
		}
		i := strings.LastIndex(module, ".")
		if i < 0 {
			return nil
		}
		module = module[:i]
	}
}

// installs reports whether a list of requirements installs one of some distributions. It is unknown if a requirement, or one of
// those that it requires, is not a known distribution.
func installs(list []requirement, wanted []string) (found, isKnown bool) {
	byName, _ := distributions()
	seen := map[string]bool{}
	isKnown = true
	open := slices.Clone(list)
	for len(open) > 0 {
		next := open[len(open)-1]
		open = open[:len(open)-1]
		if slices.Contains(wanted, next.name) {
			return true, true
		}
		d, ok := byName[next.name]
		isKnown = isKnown && ok
		for _, name := range d.requiredBy(next) {
			if !seen[name] {
				seen[name] = true
				open = append(open, requirement{name: name, hasExtras: next.hasExtras})
			}
		}
	}
	return false, isKnown
}

// requiredBy returns the distributions that are installed with a requirement.
func (d distribution) requiredBy(r requirement) []string {
	if r.hasExtras {
		return append(slices.Clone(d.requires), d.extras...)
	}
	return d.requires
}
