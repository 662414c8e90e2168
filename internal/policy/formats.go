package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Formats returns the formats that the rule in this source supports: all, unless its METADATA lists them because the
// others lack the construct that it flags.
func Formats(name string, text []byte) ([]string, error) {
	module, err := ast.ParseModuleWithOpts(name, string(text), parserOptions())
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(module.Annotations, func(a *ast.Annotations) bool { return a.Scope == "package" })
	if i >= 0 {
		c := custom{fields: module.Annotations[i].Custom}
		if named := c.list("formats"); len(named) > 0 {
			return named, nil
		}
	}
	return []string{"Terraform", "CloudFormation", "SAM"}, nil
}
