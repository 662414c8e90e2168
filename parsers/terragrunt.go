package parsers

import (
	"fmt"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers/terraform"
)

// maxValues is the number of environments with different values that a root module is checked in.
const maxValues = 32

// environments are the values that files pass to the variables of a root module.
type environments struct {
	files []string // in their order; of those that pass the same values, one
	isAll bool     // nothing deploys the module without such values: it has not all that it needs

	known map[string]bool // the values
}

// add adds a file that passes some values. It is false if there are too many with others.
func (e *environments) add(file, values string) bool {
	switch {
	case e.known[values]:
		return true
	case len(e.files) == maxValues:
		return false
	case e.known == nil:
		e.known = map[string]bool{}
	}
	e.known[values] = true
	e.files = append(e.files, file)
	return true
}

// moduleUnits returns the units of a root module: its readings, each with the values of each environment.
func (f *finder) moduleUnits(root string) []deployment.Unit {
	of := f.environments()[root]
	if of == nil {
		return f.readings(root)
	}
	var units []deployment.Unit
	for _, u := range f.readings(root) {
		if !of.isAll {
			units = append(units, u)
		}
		for i, file := range of.files {
			further := u
			further.Environment = deployment.Environment{File: file, IsFirst: of.isAll && i == 0}
			units = append(units, further)
		}
	}
	return units
}

// environments returns the environments of the root modules that have some, by the directory of the module.
func (f *finder) environments() map[string]*environments {
	if f.passed != nil {
		return f.passed
	}
	f.passed = map[string]*environments{}
	for _, c := range f.terragrunt() {
		if c.Module == "" {
			continue
		}
		if f.passed[c.Module] == nil {
			f.passed[c.Module] = &environments{isAll: !terraform.IsWhole(f.fsys, c.Module)}
		}
		if !c.IsRead {
			f.passed[c.Module].isAll = false
			continue
		}
		if !f.passed[c.Module].add(c.File, c.Values) {
			f.gaps = append(f.gaps, terragruntGap(c.File, fmt.Sprintf("the module %s exceeds the limit of %d environments with different values", c.Module, maxValues)))
		}
	}
	return f.passed
}

// deployedModules adds the modules that units of Terragrunt deploy to the roots: other modules can call them, too.
func (f *finder) deployedModules(roots []string) []string {
	for _, c := range f.terragrunt() {
		if c.Module != "" {
			roots = append(roots, c.Module)
		}
	}
	slices.Sort(roots)
	return slices.Compact(roots)
}

// terragrunt returns the configurations of Terragrunt among the files of tools, in the order of their paths.
func (f *finder) terragrunt() []terraform.Terragrunt {
	if f.configs != nil {
		return f.configs
	}
	f.configs = []terraform.Terragrunt{}
	var names []string
	for _, p := range f.tools {
		if source.ToolOf(p) == source.Terragrunt {
			names = append(names, p)
		}
	}
	slices.Sort(names)
	var known map[string]terraform.Terragrunt
	if f.index != nil {
		known = f.index.terragrunt
	}
	f.configs = append(f.configs, remembered(f.limit, known, slices.Compact(names), func(name string) terraform.Terragrunt {
		return terraform.ReadTerragrunt(f.fsys, name)
	})...)
	return f.configs
}

// takeTerragrunt adds the configurations of the whole tree that pass values to some modules.
func (f *finder) takeTerragrunt(all *finder, modules []string) {
	own := f.terragrunt()
	for _, c := range all.terragrunt() {
		isOwn := slices.ContainsFunc(own, func(other terraform.Terragrunt) bool { return other.File == c.File })
		if isOwn || c.Module == "" || !slices.Contains(modules, c.Module) {
			continue
		}
		f.configs = append(f.configs, c)
		if c.Unread != "" {
			f.gaps = append(f.gaps, terragruntGap(c.File, c.Unread))
		}
	}
	slices.SortFunc(f.configs, func(a, b terraform.Terragrunt) int { return strings.Compare(a.File, b.File) })
}

// terragruntGaps returns the gaps of the configurations of Terragrunt whose values were not read, or not all of them. One that others
// include, and that deploys nothing itself, has none.
func (f *finder) terragruntGaps() []finding.Gap {
	all := f.terragrunt()
	included := map[string]bool{}
	for _, c := range all {
		if c.Module == "" {
			continue
		}
		for _, name := range c.Files {
			included[name] = true
		}
	}
	var gaps []finding.Gap
	for _, c := range all {
		if c.File != "" && c.Unread != "" && (c.Module != "" || !included[c.File]) {
			gaps = append(gaps, terragruntGap(c.File, c.Unread))
		}
	}
	return gaps
}

func terragruntGap(name, why string) finding.Gap {
	return finding.Gap{
		Range: source.Range{Path: name}, Cause: finding.GapTerragrunt,
		Message: "the values that Terragrunt passes to the module were not checked, or not all of them: " + why +
			`; run "terragrunt plan -out=tfplan" and "terragrunt show -json tfplan", and check the plan`,
	}
}

// passedBy adds the modules whose values depend on some changed files.
func (f *finder) passedBy(changed, modules map[string]bool) {
	for _, c := range f.terragrunt() {
		if c.Module != "" && (changed[c.File] || slices.ContainsFunc(c.Files, func(name string) bool { return changed[name] })) {
			modules[c.Module] = true
		}
	}
}
