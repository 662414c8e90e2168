package policy

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/parsers"
)

// byOPA evaluates rules by OPA's own evaluator.
type byOPA struct {
	set      *Set
	compiler *ast.Compiler
	data     map[string]any
}

func newByOPA(t *testing.T) byOPA {
	t.Helper()
	fsys := os.DirFS("../../policies")
	set, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parse(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := Schemas()
	if err != nil {
		t.Fatal(err)
	}
	compiler, err := compile(parsed, schemas)
	if err != nil {
		t.Fatal(err)
	}
	return byOPA{set, compiler, set.Data()}
}

func (o byOPA) ask(ctx context.Context, r *rule, input ast.Value, cache topdown.VirtualCache) ([]Violation, error) {
	custom := &Set{store: sync.OnceValues(func() (storage.Store, error) {
		return inmem.NewFromObjectWithOpts(o.data, inmem.OptReturnASTValuesOnRead(true)), nil
	})}
	copied := *r
	copied.compiler = func() (*ast.Compiler, error) { return o.compiler, nil }
	return custom.run(ctx, &copied, &questions{input: input, virtual: cache})
}

var allRules = flag.Bool("all-rules", false, "compare every rule on every template, which takes ten minutes")

// share is the part of the rules that are compared on a template of another rule: one of so many.
const share = 64

// TestPlanAgrees compares what lintel's evaluator and OPA's return for every template of the rules, and
// for the trees that LINTEL_CORPUS names: for the rule of the template and a share of the others, which differs from
// template to template, or with -all-rules for all rules.
func TestPlanAgrees(t *testing.T) {
	opa := newByOPA(t)
	for _, dir := range append([]string{"../../policies/rules", "../../testdata"}, strings.Fields(os.Getenv("LINTEL_CORPUS"))...) {
		root := os.DirFS(dir)
		units, _ := parsers.Find(root, []string{"."})
		if len(units) == 0 {
			t.Errorf("%s has no templates", dir)
		}
		for _, u := range units {
			parsed := parsers.Parse(t.Context(), root, u, deployment.Options{})
			opa.compare(t, dir+"/"+u.Root, parsed.Stack)
		}
	}
}

// isCompared reports whether a rule is compared on a template.
func isCompared(template, rule string) bool {
	if strings.Contains(template, "/"+strings.ReplaceAll(rule, "-", "_")+"/") {
		return true
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(template + " " + rule)) // a hash gives no error
	return h.Sum32()%share == 0
}

func (o byOPA) compare(t *testing.T, name string, stack *model.Stack) {
	t.Helper()
	input, _ := model.Encode(stack, model.Facts{Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)})
	value, cache := valueOfInput(input), topdown.NewVirtualCache()
	asked := &questions{planned: func() rego.Value { return rego.FromModel(input) }}
	for _, r := range o.set.rules {
		if !*allRules && !isCompared(name, r.ID) {
			continue
		}
		want, err := o.ask(t.Context(), r, value, cache)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.run(t.Context(), asked)
		if err != nil {
			t.Fatalf("%s: %v", r.ID, err)
		}
		if fmt.Sprint(want) != fmt.Sprint(got) {
			t.Errorf("%s: %s: OPA returns %v, lintel %v", name, r.ID, want, got)
		}
	}
}
