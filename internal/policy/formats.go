package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Formats returns the formats in which the rule with this text can find something: all, unless its
// METADATA names them, because what it looks for does not exist in the others.
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
