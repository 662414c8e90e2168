package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/types"

	"lintel/internal/model"
	"lintel/internal/rego"
)

// Layout of a directory of policies.
const (
	rulesDir   = "rules"       // rules/<package>/policy.rego
	policyFile = "policy.rego" // the policy of a rule; other files are for tests
	libDir     = "lib"         // helpers: lib/*.rego
	dataDir    = "data"        // JSON objects for rules, as data: data/*.json
)

// Compile compiles a directory of policies. The error contains all rejected policies: text that does not parse or
// type-check against the schema of the model, impure built-ins, results of the wrong type, missing metadata. If only is
// not empty, it compiles just the rules in these directories.
func Compile(fsys fs.FS, only ...string) (*Set, error) {
	data, err := readData(fsys)
	if err != nil {
		return nil, err
	}
	parsed, err := parse(fsys, only)
	if err != nil {
		return nil, err
	}
	schemas, err := Schemas()
	if err != nil {
		return nil, err
	}
	compiler, err := compile(parsed, schemas)
	if err != nil {
		return nil, err
	}
	set := &Set{data: func() (map[string]any, error) { return data, nil }, turn: &sync.Mutex{}}
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(parsed)) {
		if !strings.HasPrefix(name, rulesDir+"/") {
			continue
		}
		r, err := newRule(name, parsed[name], compiler)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
			continue
		}
		set.rules = append(set.rules, r)
	}
	slices.SortFunc(set.rules, func(a, b *rule) int { return strings.Compare(a.ID, b.ID) })
	set.listings = sync.OnceValues(func() (map[string]string, error) { return plan(parsed) })
	program := sync.OnceValues(func() (*rego.Program, error) { return set.planned(data) })
	for _, r := range set.rules {
		r.program = program
	}
	return set, errors.Join(append(problems, duplicateIDs(set.rules)...)...)
}

// readData merges the data files of a directory of policies.
func readData(fsys fs.FS) (map[string]any, error) {
	all := map[string]any{}
	files, err := fs.Glob(fsys, dataDir+"/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		var data map[string]any
		if err := unmarshalJSON(string(text), &data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		maps.Copy(all, data)
	}
	return all, nil
}

// parse parses the modules, by path: the helpers and the rules of some directories, or of all.
func parse(fsys fs.FS, only []string) (map[string]*ast.Module, error) {
	files, err := fs.Glob(fsys, libDir+"/*.rego")
	if err != nil {
		return nil, err
	}
	rules, err := fs.Glob(fsys, path.Join(rulesDir, "*", policyFile))
	if err != nil {
		return nil, err
	}
	if len(only) > 0 {
		rules = slices.DeleteFunc(rules, func(name string) bool { return !slices.Contains(only, path.Base(path.Dir(name))) })
	}
	modules := map[string]*ast.Module{}
	var problems []error
	for _, name := range append(files, rules...) {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		module, err := ast.ParseModuleWithOpts(name, string(text), parserOptions())
		if err != nil {
			problems = append(problems, err)
			continue
		}
		modules[name] = module
	}
	return modules, errors.Join(problems...)
}

func parserOptions() ast.ParserOptions {
	return ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1, Capabilities: Capabilities()}
}

// unavailable are built-ins that OPA treats as pure although they are not, and those that a single call can keep
// running for a very long time, because they cannot be interrupted.
//
//nolint:gochecknoglobals // a table
var unavailable = []string{
	"time.clock", "time.date", "time.diff", "time.format", "time.parse_ns", "time.weekday", // read TZ and the time zones of the system
	"providers.aws.sign_req",                                                                              // signs requests, with credentials
	"crypto.x509.parse_and_verify_certificates", "crypto.x509.parse_and_verify_certificates_with_options", // read the clock
	"bits.lsh", "graph.reachable_paths", "regex.globs_match", "strings.render_template", // exponential in their arguments
	"graphql.is_valid", "graphql.parse", "graphql.parse_and_verify", "graphql.parse_query", "graphql.parse_schema", "graphql.schema_is_valid",
}

// Capabilities returns the Rego language without built-ins whose result depends on more than their arguments: network,
// clock, randomness, environment.
func Capabilities() *ast.Capabilities {
	capabilities := ast.CapabilitiesForThisVersion()
	capabilities.AllowNet = []string{}
	capabilities.Builtins = slices.DeleteFunc(slices.Clone(capabilities.Builtins), func(b *ast.Builtin) bool {
		return b.Nondeterministic || slices.Contains(unavailable, b.Name)
	})
	return capabilities
}

// Schemas returns the schema of the policy input, as the type of input and under the name in the metadata of rules,
// schema.stack.
func Schemas() (*ast.SchemaSet, error) {
	var schema any
	if err := unmarshalJSON(string(model.Schema()), &schema); err != nil {
		return nil, fmt.Errorf("read the schema of the model: %w", err)
	}
	set := ast.NewSchemaSet()
	set.Put(ast.SchemaRootRef, schema)
	set.Put(ast.MustParseRef("schema.stack"), schema)
	return set, nil
}

func compile(parsed map[string]*ast.Module, schemas *ast.SchemaSet) (*ast.Compiler, error) {
	compiler := ast.NewCompiler().SetErrorLimit(0).WithStrict(true).WithCapabilities(Capabilities()).
		WithSchemas(schemas).WithUseTypeCheckAnnotations(false) // the annotations only name the type of input, and would be parsed again for each rule
	compiler.Compile(parsed)
	if compiler.Failed() {
		return nil, compiler.Errors
	}
	return compiler, nil
}

var errNoDeny = errors.New("the policy does not define deny")

// newRule returns a rule with the data that the engine derives from its compiled module.
func newRule(name string, source *ast.Module, compiler *ast.Compiler) (*rule, error) {
	folder := path.Base(path.Dir(name))
	meta, err := metadata(source, folder)
	if err != nil {
		return nil, err
	}
	compiled := compiler.Modules[name]
	if !slices.ContainsFunc(compiled.Rules, isDeny) {
		return nil, errNoDeny
	}
	if err := checkContract(folder, compiler); err != nil {
		return nil, err
	}
	r := &rule{Rule: meta, Package: folder, deny: denyOf(folder)}
	names := imported(compiled, compiler)
	modules := make([]*ast.Module, 0, len(names))
	for _, name := range names {
		modules = append(modules, compiler.Modules[name])
	}
	r.Reads, r.Needs = reads(modules), needs(compiled, modules)
	return r, nil
}

// alternatives returns the types of a union, or the type itself.
func alternatives(t types.Type) []types.Type {
	if several, ok := t.(types.Any); ok {
		return several
	}
	return []types.Type{t}
}

// checkContract checks the type of the result of a rule. Without it, a malformed result would be a lost finding.
func checkContract(folder string, compiler *ast.Compiler) error {
	ref := ast.Ref{ast.DefaultRootDocument, ast.StringTerm(rulesDir), ast.StringTerm(folder), ast.StringTerm("deny")}
	got := compiler.TypeEnv.GetByRef(ref)
	usual := []*types.StaticProperty{types.NewStaticProperty("at", types.N), types.NewStaticProperty("message", types.S)}
	want := types.NewObject(usual, nil)
	accepted := []types.Type{want}
	for _, name := range []string{"key", "place", "set", "severity", "unsafe"} { // each is optional
		property := types.NewStaticProperty(name, types.S)
		for _, shape := range slices.Clone(accepted) {
			properties := append(slices.Clip(shape.(*types.Object).StaticProperties()), property) //nolint:forcetypeassert // created above
			accepted = append(accepted, types.NewObject(properties, nil))
		}
	}
	var elements types.Type
	if set, ok := got.(*types.Set); ok {
		elements = set.Of()
	}
	if slices.ContainsFunc(alternatives(elements), func(t types.Type) bool {
		return !slices.ContainsFunc(accepted, func(a types.Type) bool { return types.Compare(t, a) == 0 })
	}) {
		return fmt.Errorf("deny has the type %s; it must be %s: write the object as a literal", got, types.NewSet(want))
	}
	return nil
}

func duplicateIDs(rules []*rule) []error {
	var problems []error
	taken := map[string]string{}
	for _, r := range rules {
		for _, id := range append([]string{r.ID}, r.Aliases...) {
			if other, ok := taken[id]; ok {
				problems = append(problems, fmt.Errorf("%s: the id %s is already used by %s", r.Package, id, other))
			}
			taken[id] = r.Package
		}
	}
	return problems
}

// imported returns the names of the modules that a module depends on, itself first.
func imported(of *ast.Module, compiler *ast.Compiler) []string {
	byPackage := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(compiler.Modules)) {
		key := compiler.Modules[name].Package.Path.String()
		byPackage[key] = append(byPackage[key], name)
	}
	var names []string
	var visit func(key string)
	visit = func(key string) {
		for _, name := range byPackage[key] {
			if slices.Contains(names, name) {
				continue
			}
			names = append(names, name)
			ast.WalkRefs(compiler.Modules[name], func(ref ast.Ref) bool {
				for i := 2; i <= len(ref); i++ {
					if ref[0].Equal(ast.DefaultRootDocument) && ref[:i].IsGround() {
						visit(ref[:i].String())
					}
				}
				return false
			})
		}
	}
	visit(of.Package.Path.String())
	return names
}
