package policy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"lintel/internal/finding"
	"lintel/internal/source"
)

const testEnding = "_test.rego"

// Extend returns the set with the rules of directories, and the problems of those that it rejects. The rules may use
// the built-in helpers in own and the built-in data; their ids must not be in the set or reserved.
func (s *Set) Extend(ctx context.Context, own fs.FS, reserved []string, folders ...Folder) (*Set, Refused) {
	extended := &Set{rules: s.rules, data: s.data, custom: slices.Clone(s.custom), turn: s.turn}
	refused := Refused{Files: source.Files{}}
	taken := map[string]string{}
	for _, id := range reserved {
		taken[id] = "a built-in rule"
	}
	for _, r := range s.rules {
		for _, id := range append([]string{r.ID}, r.Aliases...) {
			taken[id] = "a built-in rule"
		}
	}
	schemas, err := Schemas()
	if err != nil {
		refused.refuse(".", 0, "%v", err) // unreachable: a test reads the data
	}
	shared := &guard{allowed: limits{customTime, customMemory}, turn: s.turn}
	for _, folder := range folders {
		l := loader{Folder: folder, own: own, data: s.Data(), schemas: schemas, taken: taken, refused: &refused}
		set := l.load(ctx)
		set.guard = shared
		extended.custom = append(extended.custom, set)
	}
	slices.SortStableFunc(refused.Problems, func(a, b finding.Problem) int { return a.Range.Compare(b.Range) })
	return extended, refused
}

// Added returns the sorted ids of the added rules.
func (s *Set) Added() []string {
	var ids []string
	for _, custom := range s.custom {
		for _, r := range custom.rules {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// Sources returns the sources of the added rules, by path in a bundle, and the data of all rules.
func (s *Set) Sources() (policies map[string][]byte, data map[string]any, err error) {
	policies, data = map[string][]byte{}, s.Data()
	own := maps.Clone(data)
	for _, custom := range s.custom {
		for _, name := range slices.Sorted(maps.Keys(custom.sources)) {
			if _, ok := policies[name]; ok {
				return nil, nil, fmt.Errorf("several directories contain a file %s; a bundle can contain only one", name)
			}
			policies[name] = custom.sources[name]
		}
		added := custom.Data()
		for _, key := range slices.Sorted(maps.Keys(added)) {
			if _, ok := own[key]; ok {
				continue
			}
			if _, ok := data[key]; ok {
				return nil, nil, fmt.Errorf("several directories contain data with the key %q; a bundle can contain only one", key)
			}
			data[key] = added[key]
		}
	}
	return policies, data, nil
}

// loader loads one directory.
type loader struct {
	Folder
	own     fs.FS
	data    map[string]any // built-in data
	schemas *ast.SchemaSet
	taken   map[string]string
	refused *Refused
	sources map[string][]byte // sources, by path in a bundle
	lost    time.Duration     // time that interrupted compilations took

	libraries map[string]*ast.Module // built-in helpers and those of the directory, by name
	packages  map[string]bool        // packages that rules may use, such as lib.iam
	keys      map[string]bool        // keys of the data
}

// load compiles the rules, without those that it rejects.
func (l *loader) load(ctx context.Context) *Set {
	data := l.readData()
	set := &Set{data: func() (map[string]any, error) { return data, nil }, sources: map[string][]byte{}}
	l.sources = set.sources
	l.readLibraries(ctx)
	parsed := map[string]*ast.Module{}
	for _, one := range l.policies(l.refused) {
		module := l.parse(one)
		if module == nil {
			continue
		}
		if want, got := path.Base(path.Dir(one.name)), module.Package.Path.String(); got != "data."+rulesDir+"."+want {
			l.refused.refuse(one.name, module.Package.Location.Offset, "the package is %s; the directory requires %s", strings.TrimPrefix(got, "data."), rulesDir+"."+want)
			continue
		}
		parsed[one.name] = module
	}
	compiler := l.compileRules(ctx, parsed)
	for _, name := range slices.Sorted(maps.Keys(parsed)) {
		if r := l.rule(name, parsed[name], compiler); r != nil {
			set.rules = append(set.rules, r)
		}
	}
	slices.SortFunc(set.rules, func(a, b *rule) int { return strings.Compare(a.ID, b.ID) })
	set.store = sync.OnceValues(func() (storage.Store, error) {
		return inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true)), nil
	})
	for _, r := range set.rules {
		r.compiler = func() (*ast.Compiler, error) { return compiler, nil } // the compiler is complete
	}
	return set
}

// readData adds the data of the directory to the built-in data.
func (l *loader) readData() map[string]any {
	all := maps.Clone(l.data)
	taken := map[string]string{rulesDir: "the rules", libDir: "the helpers"}
	for key := range all {
		taken[key] = "the built-in data"
	}
	for _, one := range l.readAll(dataDir, ".json", source.MaxFileBytes, l.refused) {
		l.refused.Files[one.name] = source.NewFile(one.name, one.content)
		var data map[string]any
		if err := unmarshalJSON(string(one.content), &data); err != nil {
			offset := 0
			if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
				offset = int(syntax.Offset)
			}
			l.refused.refuse(one.name, offset, "not a JSON object: %v", err)
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(data)) {
			if other, ok := taken[key]; ok {
				l.refused.refuse(one.name, 0, "the key %q is already used by %s; choose another one", key, other)
				continue
			}
			all[key], taken[key] = data[key], one.name
		}
	}
	l.keys = map[string]bool{}
	for key := range all {
		l.keys[key] = true
	}
	return all
}

// readLibraries parses the helpers. If those of the directory do not compile, it drops them all and the rules that use
// them are rejected.
func (l *loader) readLibraries(ctx context.Context) {
	l.readOwn()
	added := map[string]*ast.Module{}
	for _, one := range l.readAll(libDir, ".rego", maxRegoBytes, l.refused) {
		module := l.parse(one)
		if module == nil {
			continue
		}
		switch name := packageOf(module); {
		case l.packages[name]:
			l.refused.refuse(one.name, module.Package.Location.Offset, "the package %s is built in; choose another name", name)
		case len(module.Package.Path) != 3 || !strings.HasPrefix(name, libDir+"."):
			l.refused.refuse(one.name, module.Package.Location.Offset, "the package is %s; the package of a helper must be %s.NAME", name, libDir)
		default:
			added[one.name] = module
		}
	}
	if len(added) == 0 {
		return
	}
	compiler, err := l.compile(ctx, added)
	if err != nil {
		l.say(err, slices.Sorted(maps.Keys(added))[0])
		return
	}
	for _, name := range slices.Sorted(maps.Keys(added)) { // each may be a problem
		l.packages[packageOf(added[name])] = true
		if l.reachesOut(name, compiler.Modules[name], "") {
			continue // reported above; keep compiling its users
		}
	}
	maps.Copy(l.libraries, added)
}

// readOwn parses the built-in helpers. A test checks that they compile.
func (l *loader) readOwn() {
	l.libraries, l.packages = map[string]*ast.Module{}, map[string]bool{}
	files, _ := fs.Glob(l.own, libDir+"/*.rego") // the pattern is valid
	for _, name := range files {
		content, err := fs.ReadFile(l.own, name)
		if err != nil || strings.HasSuffix(name, testEnding) {
			continue
		}
		if module, err := ast.ParseModuleWithOpts("lintel/"+name, string(content), parserOptions()); err == nil {
			l.libraries["lintel/"+name] = module
			l.packages[packageOf(module)] = true
		}
	}
}

func packageOf(m *ast.Module) string { return strings.TrimPrefix(m.Package.Path.String(), "data.") }

func (l *loader) parse(one text) *ast.Module {
	l.refused.Files[one.name] = source.NewFile(one.name, one.content)
	module, err := ast.ParseModuleWithOpts(one.name, string(one.content), parserOptions())
	if err != nil {
		l.say(err, one.name)
		return nil
	}
	if l.sources != nil {
		parts := strings.Split(one.name, "/")
		dir := libDir
		if parts[len(parts)-1] == policyFile {
			dir = path.Join(rulesDir, parts[len(parts)-2])
		}
		l.sources[path.Join(dir, parts[len(parts)-1])] = one.content
	}
	return module
}

var errNoTimeLeft = errors.New("not compiled: the other rules used up the time limit")

// compile compiles modules and helpers, which are untrusted, within limits.
func (l *loader) compile(ctx context.Context, modules map[string]*ast.Module) (*ast.Compiler, error) {
	if l.lost >= customLosses {
		return nil, errNoTimeLeft
	}
	all := maps.Clone(l.libraries)
	maps.Copy(all, modules)
	result := make(chan *ast.Compiler, 1) // buffered, because the compilation may end after the limit
	took, err := limited(ctx, limits{customTime, customMemory}, func(context.Context) error {
		compiler, err := compile(all, l.schemas)
		result <- compiler
		return err
	})
	if err != nil {
		l.lost += took
		return nil, err
	}
	return <-result, nil
}

// compileRules compiles rules together and removes from parsed those that do not compile.
func (l *loader) compileRules(ctx context.Context, parsed map[string]*ast.Module) *ast.Compiler {
	for {
		compiler, err := l.compile(ctx, parsed)
		if err == nil {
			return compiler
		}
		wrong, ok := errors.AsType[ast.Errors](err)
		before := len(parsed)
		for _, e := range wrong {
			if e.Location != nil {
				delete(parsed, e.Location.File)
			}
		}
		if !ok || len(parsed) == before {
			break // the errors name no file
		}
		l.say(err, l.Shown)
	}
	for _, name := range slices.Sorted(maps.Keys(parsed)) {
		if _, err := l.compile(ctx, map[string]*ast.Module{name: parsed[name]}); err != nil {
			l.say(err, name)
			delete(parsed, name)
		}
	}
	compiler, err := l.compile(ctx, parsed)
	if err != nil {
		l.say(err, l.Shown)
		clear(parsed)
	}
	return compiler
}

// rule returns the rule of a compiled module, or nil if it is rejected.
func (l *loader) rule(name string, parsed *ast.Module, compiler *ast.Compiler) *rule {
	if l.reachesOut(name, compiler.Modules[name], path.Base(path.Dir(name))) {
		return nil
	}
	r, err := newRule(name, parsed, compiler)
	if err != nil {
		l.refused.refuse(name, startOf(parsed), "%v", err)
		return nil
	}
	for _, id := range append([]string{r.ID}, r.Aliases...) {
		if other, ok := l.taken[id]; ok {
			l.refused.refuse(name, startOf(parsed), "the id %s is already used by %s", id, other)
			return nil
		}
	}
	for _, id := range append([]string{r.ID}, r.Aliases...) {
		l.taken[id] = "the rule in " + name
	}
	return r
}

// startOf returns the offset of the package line of a module.
func startOf(m *ast.Module) int {
	if len(m.Annotations) > 0 && m.Annotations[0].Location != nil {
		return m.Annotations[0].Location.Offset
	}
	return m.Package.Location.Offset
}

// reachesOut reports whether a module refers to more than its own package, the helpers and the data, or to a missing
// part of these. Such a reference would be undefined, so the rule would report nothing.
func (l *loader) reachesOut(name string, m *ast.Module, folder string) bool {
	reaches := false
	ast.WalkRefs(m, func(ref ast.Ref) bool {
		if reaches || !ref[0].Equal(ast.DefaultRootDocument) {
			return false
		}
		if what := l.outside(ref, folder); what != "" {
			offset := 0
			if ref[0].Location != nil {
				offset = ref[0].Location.Offset
			}
			l.refused.refuse(name, offset, "%s", what)
			reaches = true
		}
		return false
	})
	return reaches
}

// outside describes an invalid reference into data; empty: the reference is valid.
func (l *loader) outside(ref ast.Ref, folder string) string {
	var names []string
	for _, step := range ref[1:] {
		text, ok := step.Value.(ast.String)
		if !ok {
			break
		}
		names = append(names, string(text))
	}
	if len(names) == 0 {
		return "reads all of data; name the required keys"
	}
	switch root, more := names[0], names[1:]; root {
	case rulesDir:
		if len(more) == 0 || more[0] != folder {
			return fmt.Sprintf("reads other rules (%s); move shared code to %s", ref, libDir)
		}
	case libDir:
		if len(more) == 0 {
			return "reads all of data.lib; name the required helpers"
		}
		if !l.packages[libDir+"."+more[0]] {
			return fmt.Sprintf("uses data.lib.%s, which does not exist", more[0])
		}
	default:
		if !l.keys[root] {
			return fmt.Sprintf("uses data.%s, which is not in any file in %s", root, dataDir)
		}
	}
	return ""
}
