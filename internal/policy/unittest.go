package policy

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// UnitTests are the results of Rego tests.
type UnitTests struct {
	Ran    int
	Failed Refused // failed tests, and files that do not compile
}

// testTime is the time limit of all tests of a directory.
const testTime = 30 * time.Second

// Test runs the Rego tests of a directory: *_test.rego next to the policies and the helpers, in the same sandbox as the
// rules. only is the directory of the one rule to test; empty: all.
func (s *Set) Test(ctx context.Context, own fs.FS, folder Folder, only string) UnitTests {
	var said Refused // problems that Extend reports, too
	said.Files = source.Files{}
	l := loader{Folder: folder, own: own, data: s.Data(), schemas: ast.NewSchemaSet(), refused: &said}
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
			continue // reported already
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

// tested returns the directories that may contain tests.
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
	entries, _ := fs.ReadDir(l.FS, dir) // a missing directory contains no tests
	var names []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), testEnding) {
			names = append(names, path.Join(dir, entry.Name()))
		}
	}
	return names
}

// test runs the tests in modules.
func (l *loader) test(ctx context.Context, dir string, modules map[string]*ast.Module, data map[string]any, into *UnitTests) {
	all := maps.Clone(l.libraries)
	maps.Copy(all, modules)
	compiled := make(chan *ast.Compiler, 1) // buffered, because the compilation may end after the limit
	_, err := limited(ctx, limits{customTime, customMemory}, func(context.Context) error {
		compiler := ast.NewCompiler().WithStrict(true).WithCapabilities(Capabilities())
		compiler.Compile(all)
		compiled <- compiler
		if compiler.Failed() {
			return compiler.Errors
		}
		return nil
	})
	if err != nil {
		l.say(err, l.shown(dir))
		return
	}
	on := question{compiler: <-compiled, store: inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true))}
	left := testTime
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		seen := map[string]bool{}
		for _, r := range modules[name].Rules {
			if id := r.Head.Ref()[0].String(); strings.HasPrefix(id, "test_") || strings.HasPrefix(id, "todo_test_") {
				into.Ran++
				took, why := runTest(ctx, r, on, min(left, customTime), seen[id])
				left, seen[id] = left-took, true
				if why != "" {
					l.refused.refuse(r.Location.File, r.Location.Offset, "%s failed: %s", id, why)
				}
			}
		}
	}
}

// runTest runs one test and returns why it failed, or "".
func runTest(ctx context.Context, r *ast.Rule, on question, limit time.Duration, again bool) (took time.Duration, why string) {
	switch {
	case strings.HasPrefix(r.Head.Ref()[0].String(), "todo_"):
		return 0, "not run, because its name starts with todo_"
	case again:
		return 0, "another test has the same name"
	case len(r.Head.Ref()) > 1 || len(r.Head.Args) > 0 || r.Head.DocKind() != ast.CompleteDoc:
		return 0, "must be a rule with the value true; use one test per case"
	case limit <= 0:
		return 0, fmt.Sprintf("not run, because the tests before it took %s", testTime)
	}
	value := make(chan ast.Value, 1) // buffered, because the evaluation may end after the limit
	took, err := limited(ctx, limits{limit, customMemory}, func(ctx context.Context) error {
		on.virtual = topdown.NewVirtualCache()
		answer, err := evaluate(ctx, r.Module.Package.Path.Append(ast.StringTerm(r.Head.Ref()[0].String())), on)
		value <- answer
		return err
	})
	if err != nil {
		return took, oneLine(err.Error())
	}
	if answer := <-value; answer == nil || answer.Compare(ast.Boolean(true)) != 0 {
		return took, "is not true"
	}
	return took, ""
}
