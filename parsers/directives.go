package parsers

import (
	"maps"
	"path"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/unit"
	"lintel/parsers/cloudformation"
	"lintel/parsers/terraform"
)

// Directives returns what the files of a unit ask not to report, in the order of the files. Files
// that say nothing about lintel are not read again.
func Directives(files source.Files) []finding.Directive {
	var found []finding.Directive
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch {
		case terraform.IsSource(name) && path.Ext(name) == ".json":
			found = append(found, terraform.JSONDirectives(files[name])...)
		case terraform.IsSource(name), path.Ext(name) == ".tfvars":
			found = append(found, terraform.Directives(files[name])...)
		case unit.MayBeTemplate(name):
			found = append(found, cloudformation.Directives(files[name])...)
		}
	}
	return found
}
