package parsers

import (
	"maps"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers/cloudformation"
	"lintel/parsers/handler"
	"lintel/parsers/terraform"
)

// Directives returns what the files of a unit ask not to report, in the order of the files. Files
// that say nothing about lintel are not read again.
func Directives(files source.Files) []finding.Directive {
	var found []finding.Directive
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch syntax := source.SyntaxOf(name); {
		case syntax == source.HCLJSON:
			found = append(found, terraform.JSONDirectives(files[name])...)
		case syntax.IsNativeHCL():
			found = append(found, terraform.Directives(files[name])...)
		case syntax.MayBeTemplate():
			found = append(found, cloudformation.Directives(files[name])...)
		case handler.IsSource(name):
			found = append(found, handler.Directives(files[name])...)
		}
	}
	return found
}
