package policy

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// UnitTests are the outcome of Rego tests.
type UnitTests struct {
	Ran    int
	Failed Refused // tests that failed, and files that do not compile
}

// testTime is how long the tests of one folder may take, in all.
const testTime = 30 * time.Second

// Test runs the Rego tests of a folder: *_test.rego next to the policies and the helpers, in the same
// sandbox as the rules. only is the folder of the one rule to test; empty: all.
func (s *Set) Test(ctx context.Context, own fs.FS, folder Folder, only string) UnitTests {
	var said Refused // by those that load the rules
	said.Files = source.Files{}
	l := loader{Folder: folder, own: own, data: s.data, schemas: ast.NewSchemaSet(), refused: &said}
	data := l.readData()
	l.readLibraries(ctx)
	result := UnitTests{Failed: Refused{Files: source.Files{}}}
	l.refused = &result.Failed
	for _, dir := range l.tested(only) {
		modules := map[string]*ast.Module{}
		names := l.testFiles(dir)
		for _, name := range names {
			if one, err := l.read(name, maxRegoBytes); err != nil {
				result.Failed.refuse(l.shown(name), 0, "%v", err)
			} else if module := l.parse(one); module != nil {
				modules[one.name] = module
			}
		}
		if len(modules) < len(names) || len(names) == 0 {
			continue // said
		}
		policy := path.Join(dir, policyFile)
		if l.has(policy) {
			if one, err := l.read(policy, maxRegoBytes); err == nil {
				if module, err := ast.ParseModuleWithOpts(one.name, string(one.content), parserOptions()); err == nil {
					modules[one.name] = module
				}
			}
		}
		l.test(ctx, dir, modules, data, &result)
	}
	slices.SortStableFunc(result.Failed.Problems, func(a, b finding.Problem) int { return a.Range.Compare(b.Range) })
	return result
}

// tested are the folders that may hold tests.
func (l *loader) tested(only string) []string {
	base, _ := l.rulesAt()
	if only != "" {
		return []string{path.Join(base, only)}
	}
	dirs := []string{path.Join(l.Dir, libDir)}
	for _, name := range l.Folder.packages() {
		dirs = append(dirs, path.Join(base, name))
	}
	return dirs
}

func (l *loader) testFiles(dir string) []string {
	entries, _ := fs.ReadDir(l.FS, dir) // one that is not there has no tests
	var names []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), testEnding) {
			names = append(names, path.Join(dir, entry.Name()))
		}
	}
	return names
}

// test runs the tests in modules.
func (l *loader) test(ctx context.Context, dir string, modules map[string]*ast.Module, data string, into *UnitTests) {
	var store map[string]any
	if err := unmarshalJSON(data, &store); err != nil {
		into.Failed.refuse(l.shown(dir), 0, "%v", err)
		return
	}
	all := maps.Clone(l.libraries)
	maps.Copy(all, modules)
	results := make(chan []*tester.Result, 1) // what is left behind may still answer
	_, err := limited(ctx, limits{testTime, customMemory}, func(ctx context.Context) error {
		compiler := ast.NewCompiler().WithStrict(true).WithCapabilities(Capabilities())
		running, err := tester.NewRunner().SetCompiler(compiler).SetModules(all).SetParallel(1).SetTimeout(customTime).
			SetStore(inmem.NewFromObject(store)).RunTests(ctx, nil)
		if err != nil {
			return err
		}
		var done []*tester.Result
		for one := range running {
			done = append(done, one)
		}
		results <- done
		return nil
	})
	if err == nil {
		l.count(<-results, modules, into)
		return
	}
	if _, ok := errors.AsType[ast.Errors](err); ok {
		l.say(err, l.shown(dir))
		return
	}
	into.Failed.refuse(l.shown(dir), 0, "its Rego tests failed: %s", oneLine(err.Error()))
}

// count adds results of tests in modules.
func (l *loader) count(results []*tester.Result, modules map[string]*ast.Module, into *UnitTests) {
	for _, r := range results {
		if r.Location == nil || modules[r.Location.File] == nil {
			continue // of lintel's own helpers
		}
		into.Ran++
		if r.Pass() {
			continue
		}
		why := "it is false"
		switch {
		case topdown.IsCancel(r.Error):
			why = fmt.Sprintf("it is not done after %s", customTime)
		case r.Error != nil:
			why = oneLine(r.Error.Error())
		case r.Skip:
			why = "it is not run, because its name begins with todo_"
		}
		l.refused.refuse(r.Location.File, r.Location.Offset, "%s failed: %s", r.Name, why)
	}
}
