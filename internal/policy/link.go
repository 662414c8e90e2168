package policy

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// link makes the compiler that topdown looks rules up in, from modules that are compiled
// already. Only the stages run that build lookup tables.
func link(rules []*rule) (*ast.Compiler, error) {
	modules := map[string]*ast.Module{}
	capabilities := &ast.Capabilities{}
	known := map[string]bool{}
	for _, r := range rules {
		for _, m := range r.modules {
			if modules[m.name] != nil {
				continue
			}
			decoded, err := m.decode()
			if err != nil {
				return nil, fmt.Errorf("decode %s: %w", m.name, err)
			}
			modules[m.name] = decoded
		}
		for _, name := range r.builtins {
			if !known[name] {
				capabilities.Builtins = append(capabilities.Builtins, ast.BuiltinMap[name])
				known[name] = true
			}
		}
	}
	keep := map[ast.StageID]bool{
		ast.StageInitLocalVarGen: true, ast.StageSetModuleTree: true, ast.StageSetRuleTree: true,
		ast.StageBuildRuleIndices: true, ast.StageBuildComprehensionIndices: true,
	}
	var skip []ast.StageID
	for _, stage := range ast.AllStages() {
		if !keep[stage] {
			skip = append(skip, stage)
		}
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities).WithSkipStages(skip...)
	compiler.Compile(modules)
	if compiler.Failed() {
		return nil, compiler.Errors
	}
	return compiler, nil
}

func unmarshalJSON(text string, into any) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(into)
}

// Data returns what rules see as data, for those who test rules.
func (s *Set) Data() map[string]any {
	data := map[string]any{}
	if err := unmarshalJSON(s.data, &data); err != nil {
		return nil // Compile has read it before
	}
	return data
}
