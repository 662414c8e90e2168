package workspace

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
)

// valuesWith returns the values of variables and parameters of a configuration with those of the caller over them. Files of
// variables of the caller describe another deployment: then the variables of the configuration do not apply.
func valuesWith(conf config.Config, given deployment.Options) deployment.Options {
	values := given
	if len(given.VarFiles) == 0 {
		values.VarFiles = conf.VarFiles
		values.Variables = texts(conf.Vars, given.Variables)
	}
	values.Parameters = texts(conf.Params, given.Parameters)
	values.Workspace = cmp.Or(given.Workspace, conf.Workspace)
	return values
}

// texts returns the texts of values with those of the caller over them.
func texts(configured map[string]config.Value, given map[string]string) map[string]string {
	if len(configured) == 0 {
		return given
	}
	all := make(map[string]string, len(configured)+len(given))
	for name, value := range configured { // any order: it fills a map
		all[name] = value.Text
	}
	maps.Copy(all, given)
	return all
}

// addUndeclaredIn adds a problem for each variable and parameter that a configuration sets and that no unit declares to which
// it applies. Where some of these units are not checked or could not be read, they may declare it.
func (p *Plan) addUndeclaredIn(report *finding.Report) {
	if len(report.Problems) > 0 {
		return
	}
	for _, g := range p.order() {
		if !g.request.IgnoreWhole || len(g.conf.Vars)+len(g.conf.Params) == 0 {
			continue
		}
		declared := map[bool][]string{} // by whether the unit is a template
		for _, u := range p.units {
			if p.ofUnits[u] == g {
				for _, checked := range p.resolver.units[u].report.Checked {
					isTemplate := u.Kind == deployment.Template
					declared[isTemplate] = append(declared[isTemplate], checked.Declared...)
				}
			}
		}
		addMissing(report, g.conf.Vars, declared[false], "vars", "variable")
		addMissing(report, g.conf.Params, declared[true], "params", "parameter")
	}
}

// addMissing adds a problem for each value of a key of a configuration whose name is not among the declared ones.
func addMissing(report *finding.Report, values map[string]config.Value, declared []string, key, what string) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if slices.Contains(declared, name) {
			continue
		}
		value := values[name]
		message := fmt.Sprintf("%s sets %q, and nothing that the configuration applies to declares this %s", key, name, what)
		if nearest := nearestName(name, declared); nearest != "" {
			message += "; did you mean " + nearest + "?"
		}
		report.Files[value.At.Path] = value.File
		report.Problems = append(report.Problems, finding.Problem{Range: value.At, Message: message})
	}
}
