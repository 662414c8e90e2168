package parsers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/modeltest"
	"lintel/parsers"
)

// formsTable is the generated table of TestForms.
const formsTable = "../testdata/forms.golden"

// TestForms writes every Terraform type that the model has in native syntax, in JSON syntax (with nested blocks as objects
// and as lists of objects) and as a plan, with a value for each attribute, and compares what the readers make of them. The
// table shows what they agree on.
func TestForms(t *testing.T) {
	var table strings.Builder
	for _, kind := range terraformTypes() {
		block := exampleOf(kind)
		want := readForm(t, "main.tf", native(kind, block))
		forms := map[string]string{
			"JSON":                   readForm(t, "main.tf.json", jsonForm(kind, block, false)),
			"JSON, lists of objects": readForm(t, "main.tf.json", jsonForm(kind, block, true)),
		}
		if !strings.Contains(kind, ".") { // providers and data sources are not among the changes of a plan
			forms["plan"] = readForm(t, "plan.json", planForm(kind, block))
		}
		for _, name := range slices.Sorted(maps.Keys(forms)) {
			if diff := cmp.Diff(want, forms[name]); diff != "" {
				t.Errorf("%s: native syntax and %s differ:\n%s", kind, name, diff)
			}
		}
		fmt.Fprintf(&table, "%s: %s\n%s\n", kind, strings.Join(append([]string{"native"}, slices.Sorted(maps.Keys(forms))...), " = "), want)
	}
	if *update {
		if err := os.WriteFile(formsTable, []byte(table.String()), 0o644); err != nil { //nolint:gosec // not secret
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(formsTable)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), table.String()); diff != "" {
		t.Errorf("(-want +got; write with go test ./parsers -run TestForms -update)\n%s", diff)
	}
}

func terraformTypes() []string {
	all := map[string]bool{}
	for _, a := range model.Declared() {
		for _, kind := range a.Types[model.Terraform] {
			all[kind] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

const examplePolicy = `{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["*"],"Principal":{"AWS":"111122223333"}}]}`

// exampleOf is a resource with a value for each attribute. Nested blocks are maps.
func exampleOf(kind string) map[string]any {
	root := map[string]any{}
	for _, a := range model.Declared() {
		if !a.Claims(kind) {
			continue
		}
		for _, steps := range a.For(kind).Alternatives()[:min(1, len(a.For(kind).Alternatives()))] {
			if value := exampleValue(a); value != nil && len(steps) > 0 && !slices.Contains(steps, "*") {
				put(root, slices.DeleteFunc(slices.Clone([]string(steps)), func(s string) bool { return s == "[]" }), value)
			}
		}
	}
	return root
}

func exampleValue(a model.AttributePlace) any {
	switch name := a.Path[strings.LastIndex(a.Path, "/")+1:]; {
	case a.Kind == "list of block" && slices.Contains([]string{"statements", "trust"}, name):
		return examplePolicy
	case a.Kind == "string", a.Kind == "reference":
		return "text-" + strings.ReplaceAll(a.Path, "/", "-")
	case a.Kind == "int":
		return 7
	case a.Kind == "bool":
		return true
	case a.Kind == "map":
		return nil // it may be a block or an attribute
	case a.Kind == "list of string", a.Kind == "list of reference":
		return []any{"one", "two"}
	}
	return nil
}

// put sets a value, unless there is one at its place or on the way.
func put(root map[string]any, steps []string, value any) {
	for _, step := range steps[:len(steps)-1] {
		if root[step] == nil {
			root[step] = map[string]any{}
		}
		inner, ok := root[step].(map[string]any)
		if !ok {
			return
		}
		root = inner
	}
	if last := steps[len(steps)-1]; root[last] == nil {
		root[last] = value
	}
}

func encode(v any) string {
	text, _ := json.Marshal(v) //nolint:errchkjson // maps of constants
	return string(text)
}

// labels are the type of a top-level block with its labels.
func labels(kind string) []string {
	if name, ok := strings.CutPrefix(kind, "provider."); ok {
		return []string{"provider", name}
	}
	if name, ok := strings.CutPrefix(kind, "data."); ok {
		return []string{"data", name, "x"}
	}
	return []string{"resource", kind, "x"}
}

func native(kind string, block map[string]any) string {
	words := labels(kind)
	for i := range words[1:] {
		words[i+1] = fmt.Sprintf("%q", words[i+1])
	}
	return strings.Join(words, " ") + " {\n" + nativeBody(block) + "}\n"
}

func nativeBody(block map[string]any) string {
	var out strings.Builder
	for _, key := range slices.Sorted(maps.Keys(block)) {
		if inner, ok := block[key].(map[string]any); ok {
			fmt.Fprintf(&out, "%s {\n%s}\n", key, nativeBody(inner))
		} else {
			fmt.Fprintf(&out, "%s = %s\n", key, encode(block[key]))
		}
	}
	return out.String()
}

// jsonForm writes a block in JSON syntax, with every block as an object or as a list of one.
func jsonForm(kind string, block map[string]any, lists bool) string {
	var value any = block
	if lists {
		value = listed(block)
	}
	for _, label := range slices.Backward(labels(kind)) {
		value = map[string]any{label: value}
	}
	return encode(value)
}

func listed(block map[string]any) any {
	out := map[string]any{}
	for key, value := range block {
		if inner, ok := value.(map[string]any); ok {
			value = listed(inner)
		}
		out[key] = value
	}
	return []any{out}
}

func planForm(kind string, block map[string]any) string {
	after := listed(block).([]any)[0]
	expressions := map[string]any{}
	for argument, value := range after.(map[string]any) {
		expressions[argument] = map[string]any{"constant_value": value}
	}
	resource := map[string]any{"address": kind + ".x", "mode": "managed", "type": kind, "name": "x"}
	change, configured := maps.Clone(resource), maps.Clone(resource)
	change["change"] = map[string]any{"actions": []any{"create"}, "after": after, "after_unknown": map[string]any{}}
	configured["expressions"] = expressions
	return encode(map[string]any{
		"format_version": "1.2", "planned_values": map[string]any{}, "resource_changes": []any{change},
		"configuration": map[string]any{"root_module": map[string]any{"resources": []any{configured}}},
	})
}

var placeInDump = regexp.MustCompile(`  @\S+( via \S+)?$`)

// readForm returns what a reader makes of a file, without places.
func readForm(t *testing.T, name, text string) string {
	t.Helper()
	fsys := fstest.MapFS{name: {Data: []byte(text)}}
	unit := deployment.Unit{Kind: deployment.TerraformModule, Root: "."}
	if name == "plan.json" {
		unit = deployment.Unit{Kind: deployment.Plan, Root: name}
	}
	parsed := modeltest.New(t, parsers.Parse(context.Background(), fsys, unit, deployment.Options{}))
	if len(parsed.Problems) > 0 {
		t.Fatalf("%s: %v\n%s", name, parsed.Problems, text)
	}
	lines := strings.Split(parsed.Dump(), "\n")
	for i := range lines {
		lines[i] = placeInDump.ReplaceAllString(lines[i], "")
	}
	return strings.TrimSpace(strings.Join(lines, "\n")) + "\n"
}
