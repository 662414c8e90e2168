package policies_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"

	"lintel/internal/generate"
	"lintel/internal/policy"
)

// regoFiles returns all Rego of the repository by path.
func regoFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS("."), ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(p, ".rego") {
			return err
		}
		files[p], err = os.ReadFile(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestFormat is opa fmt.
func TestFormat(t *testing.T) {
	for name, text := range regoFiles(t) {
		formatted, err := format.SourceWithOpts(name, text, format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !bytes.Equal(formatted, text) {
			t.Errorf("%s is not formatted:\n%s", name, cmp.Diff(string(text), string(formatted)))
		}
	}
}

// TestRego is opa test: the unit tests next to the rules, with the model's schema.
func TestRego(t *testing.T) {
	modules := map[string]*ast.Module{}
	for name, text := range regoFiles(t) {
		module, err := ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1})
		if err != nil {
			t.Fatal(err)
		}
		modules[name] = module
	}
	compiler := ast.NewCompiler().WithStrict(true).WithCapabilities(policy.Capabilities())
	results, err := tester.NewRunner().SetCompiler(compiler).SetModules(modules).
		SetStore(inmem.NewFromObject(compiled(t).Data())).RunTests(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for result := range results {
		ran++
		if !result.Pass() {
			t.Errorf("%s: %s %v", result.Location, result.Name, result.Error)
		}
	}
	if ran == 0 {
		t.Error("there is no policy_test.rego")
	}
}

// TestGeneratedFiles compares the checked-in generated files with what go generate writes.
func TestGeneratedFiles(t *testing.T) {
	files, err := generate.Files(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile("../" + name)
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s is stale; run go generate ./policies", name)
		}
	}
	stale, err := generate.Stale(os.DirFS(".."), files)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stale {
		t.Errorf("%s is generated from a file that no longer exists; run go generate ./policies", name)
	}
}
