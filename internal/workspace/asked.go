package workspace

import (
	"fmt"
	"maps"
	"slices"

	"github.com/agnivade/levenshtein"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

// named returns the problems of a search, with one for each file that the user names and no parser reads.
func (p *Plan) named(found parsers.Found) []finding.Problem {
	problems := slices.Clone(found.Problems)
	if p.search.Named == nil || p.search.Widen {
		return problems
	}
	for _, name := range found.Unread {
		problems = append(problems, finding.Problem{
			Range:   source.Range{Path: name},
			Message: "not checked: it is neither part of a Terraform module nor a CloudFormation or SAM template nor a Terraform plan in JSON",
		})
	}
	return problems
}

// addUndeclared adds a problem for each variable and parameter that the caller sets and that no unit declares. Where
// units could not be read, or only some are checked, they may declare it.
func (p *Plan) addUndeclared(report *finding.Report) {
	if p.search.Named == nil || p.search.Widen || len(report.Problems) > 0 {
		return
	}
	declared := map[bool][]string{} // by whether the unit is a template
	for _, u := range p.units {
		for _, checked := range p.resolver.units[u].report.Checked {
			isTemplate := u.Kind == deployment.Template
			declared[isTemplate] = append(declared[isTemplate], checked.Declared...)
		}
	}
	add := func(values map[string]string, known []string, option, what string) {
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if slices.Contains(known, name) {
				continue
			}
			message := fmt.Sprintf("%s sets %q, and nothing that was checked declares this %s", option, name, what)
			if nearest := nearestName(name, known); nearest != "" {
				message += "; did you mean " + nearest + "?"
			}
			report.Problems = append(report.Problems, finding.Problem{Range: source.Range{Path: p.search.Named[0]}, Message: message})
		}
	}
	values := p.resolver.set.Values
	add(values.Variables, declared[false], "--var", "variable")
	add(values.Parameters, declared[true], "--param or --param-file", "parameter")
}

// maxGuess is how different a name may be from the one that is suggested.
const maxGuess = 3

// nearestName returns the name that is most like another; empty: none is like it.
func nearestName(name string, known []string) string {
	best, distance := "", maxGuess+1
	for _, candidate := range slices.Sorted(slices.Values(known)) {
		if d := levenshtein.ComputeDistance(name, candidate); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}
