package policy

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// linker makes compilers for many rules at a time, so that the libraries they share are decoded and
// indexed once. The first time it makes one for the rules that are asked for, which keeps the start
// short; when others are asked for, one for all that may be.
type linker struct {
	mu       sync.Mutex
	compiler *ast.Compiler // nil: none yet, or it could not be made
	has      map[*rule]bool
	failed   bool
}

// compiler returns one that has the rules, or nil when they do not link together: then each is
// linked on its own, so that a damaged rule is a problem of its own.
func (l *linker) compilerFor(firing, enabled []*rule) *ast.Compiler {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed || l.covers(firing) {
		return l.compiler
	}
	wanted := firing
	if l.compiler != nil {
		wanted = enabled
		for r := range l.has {
			if !slices.Contains(wanted, r) {
				wanted = append(slices.Clip(wanted), r)
			}
		}
	}
	compiler, err := link(wanted...)
	if err != nil {
		l.compiler, l.failed = nil, true
		return nil
	}
	l.compiler, l.has = compiler, map[*rule]bool{}
	for _, r := range wanted {
		l.has[r] = true
	}
	return compiler
}

func (l *linker) covers(rules []*rule) bool {
	return l.compiler != nil && !slices.ContainsFunc(rules, func(r *rule) bool { return !l.has[r] })
}

// link makes the compiler that topdown looks rules up in, from modules that are compiled
// already. Only the stages run that build lookup tables.
func link(rules ...*rule) (*ast.Compiler, error) {
	modules := map[string]*ast.Module{}
	builtins := map[string]bool{}
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
			builtins[name] = true
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
	capabilities := &ast.Capabilities{AllowNet: []string{}}
	for _, name := range slices.Sorted(maps.Keys(builtins)) {
		capabilities.Builtins = append(capabilities.Builtins, ast.BuiltinMap[name])
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
	data, err := s.data()
	if err != nil {
		return map[string]any{} // a test reads them
	}
	return maps.Clone(data)
}
