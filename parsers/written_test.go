package parsers_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers"
)

// TestWritten checks which values the readers follow to where they are written: used → written, each as its text.
func TestWritten(t *testing.T) {
	const (
		function = "resource \"aws_lambda_function\" \"f\" {\n  runtime = %s\n}\n"
		template = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: %s\n"
	)
	for name, tt := range map[string]struct {
		files   map[string]string
		options deployment.Options
		want    []string
	}{
		"a literal": {map[string]string{"main.tf": fmt.Sprintf(function, `"a"`)}, deployment.Options{}, nil},
		"computed":  {map[string]string{"main.tf": fmt.Sprintf(function, `upper("a")`)}, deployment.Options{}, nil},
		"through a local value to a default": {
			map[string]string{"main.tf": fmt.Sprintf(function, "local.a") + "locals { a = var.v }\nvariable \"v\" { default = (\"a\") }\n"},
			deployment.Options{},
			[]string{`("a") → "a"`, `local.a → "a"`, `var.v → "a"`}, // the steps between are places, too
		},
		"a number": {
			map[string]string{"main.tf": fmt.Sprintf(function, "var.v") + "variable \"v\" { default = 12 }\n"},
			deployment.Options{},
			[]string{`var.v → 12`},
		},
		"the branch that is taken": {
			map[string]string{"main.tf": fmt.Sprintf(function, `true ? "a" : "b"`)},
			deployment.Options{},
			[]string{`true ? "a" : "b" → "a"`},
		},
		"a value of the command line": {
			map[string]string{"main.tf": fmt.Sprintf(function, "var.v") + "variable \"v\" { default = \"a\" }\n"}, deployment.Options{Variables: map[string]string{"v": "b"}}, nil,
		},
		"a named file of values": {
			map[string]string{"main.tf": fmt.Sprintf(function, "var.v") + "variable \"v\" { default = \"a\" }\n", "prod.tfvars": "v = \"b\"", "terraform.tfvars": "v = \"c\""},
			deployment.Options{VarFiles: []string{"prod.tfvars"}},
			[]string{`var.v → "b"`},
		},
		"arguments of two calls": {
			map[string]string{
				"main.tf":   "module \"a\" {\n  source = \"./m\"\n  v = \"a\"\n}\nmodule \"b\" {\n  source = \"./m\"\n  v = \"b\"\n}\n",
				"m/main.tf": fmt.Sprintf(function, "var.v") + "variable \"v\" {}\n",
			},
			deployment.Options{},
			[]string{`var.v → `},
		},
		"an argument behind an argument": {
			map[string]string{
				"main.tf":     "module \"a\" {\n  source = \"./m\"\n  v = local.x\n}\nlocals {\n  x = \"a\"\n}\n",
				"m/main.tf":   "variable \"v\" {}\nmodule \"n\" {\n  source = \"./n\"\n  v = var.v\n}\n",
				"m/n/main.tf": fmt.Sprintf(function, "var.v") + "variable \"v\" {}\n",
			},
			deployment.Options{},
			[]string{`local.x → "a"`, `var.v → "a"`, `var.v → "a"`},
		},
		"a circle": {map[string]string{"main.tf": fmt.Sprintf(function, "local.a") + "locals {\n  a = local.b\n  b = local.a\n}\n"}, deployment.Options{}, nil},
		"an element of for_each": {
			map[string]string{"main.tf": "resource \"aws_lambda_function\" \"f\" {\n  for_each = { a = \"x\" }\n  runtime = each.value\n}\n"},
			deployment.Options{},
			[]string{`each.value → "x"`},
		},
		"elements of for_each": {
			map[string]string{"main.tf": "resource \"aws_lambda_function\" \"f\" {\n  for_each = { a = \"x\", b = \"y\" }\n  runtime = each.value\n}\n"},
			deployment.Options{},
			[]string{"each.value → "},
		},
		"an element of a set": {
			map[string]string{"main.tf": "resource \"aws_lambda_function\" \"f\" {\n  for_each = toset(var.v)\n  runtime = each.key\n}\nvariable \"v\" { default = [\"x\"] }\n"},
			deployment.Options{},
			[]string{`each.key → "x"`},
		},
		"an element that a loop makes": {
			map[string]string{"main.tf": "resource \"aws_lambda_function\" \"f\" {\n  for_each = { for f in local.fs : f.n => f }\n  runtime = each.value.r\n}\nlocals { fs = [{ n = \"a\", r = \"x\" }] }\n"},
			deployment.Options{},
			[]string{`each.value.r → "x"`},
		},
		"an element of merged maps": {
			map[string]string{"main.tf": "resource \"aws_lambda_function\" \"f\" {\n  for_each = merge({ a = \"x\" }, { a = \"y\" })\n  runtime = each.value\n}\n"},
			deployment.Options{},
			[]string{`each.value → "y"`},
		},
		"an element of count": {
			map[string]string{"main.tf": "resource \"aws_lambda_function\" \"f\" {\n  count = 1\n  runtime = local.fs[count.index].r\n}\nlocals { fs = [{ r = \"x\" }] }\n"},
			deployment.Options{},
			[]string{`local.fs[count.index].r → "x"`},
		},
		"a key of a map is computed": {
			map[string]string{"main.tf": "resource \"aws_lambda_function\" \"f\" {\n  for_each = { a = \"x\" }\n  runtime = each.key\n}\n"}, deployment.Options{}, nil,
		},
		"the element of a module call": {
			map[string]string{
				"main.tf":   "module \"m\" {\n  source = \"./m\"\n  for_each = { a = { r = \"x\" } }\n  v = each.value.r\n}\n",
				"m/main.tf": fmt.Sprintf(function, "var.v") + "variable \"v\" {}\n",
			},
			deployment.Options{},
			[]string{`each.value.r → "x"`, `var.v → "x"`},
		},
		"a key that is computed may be the one": {
			map[string]string{"main.tf": fmt.Sprintf(function, "local.o.k") + "locals {\n  o = { k = \"a\", (data.aws_region.r.name) = \"b\" }\n}\n"}, deployment.Options{}, nil,
		},
		"the default of a parameter": {
			map[string]string{"t.yaml": "Parameters:\n  P: {Type: String, Default: 'a'}\n" + fmt.Sprintf(template, "!Ref P")},
			deployment.Options{},
			[]string{"!Ref P → 'a'"},
		},
		"the only allowed value": {
			map[string]string{"t.yaml": "Parameters:\n  P: {Type: String, AllowedValues: [a]}\n" + fmt.Sprintf(template, "!Ref P")}, deployment.Options{}, nil,
		},
		"a parameter that is given": {
			map[string]string{"t.yaml": "Parameters:\n  P: {Type: String, Default: a}\n" + fmt.Sprintf(template, "!Ref P")}, deployment.Options{Parameters: map[string]string{"P": "b"}}, nil,
		},
		"a text with a parameter": {
			map[string]string{"t.yaml": "Parameters:\n  P: {Type: String, Default: a}\n" + fmt.Sprintf(template, "!Sub 'x${P}'")}, deployment.Options{}, nil,
		},
		"a mapping by the default of a parameter": {
			map[string]string{"t.yaml": "Parameters:\n  P: {Type: String, Default: K}\nMappings: {M: {K: {V: a}}}\n" + fmt.Sprintf(template, "!FindInMap [M, !Ref P, V]")},
			deployment.Options{},
			[]string{"!FindInMap [M, !Ref P, V] → a", "!Ref P → K"},
		},
		"both branches": {
			map[string]string{"t.yaml": "Parameters:\n  P: {Type: String}\nConditions: {C: !Equals [!Ref P, x]}\n" + fmt.Sprintf(template, "!If [C, a, b]")},
			deployment.Options{},
			[]string{"!If [C, a, b] → "},
		},
		"what the stack around it passes": {
			map[string]string{
				"t.yaml": "Resources:\n  S:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: n.yaml\n      Parameters: {P: b}\n",
				"n.yaml": "Parameters:\n  P: {Type: String, Default: a}\n" + fmt.Sprintf(template, "{Ref: P}"),
			},
			deployment.Options{},
			[]string{"{Ref: P} → b"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree := fstest.MapFS{}
			u := deployment.Unit{Kind: deployment.TerraformModule, Root: "."}
			for name, text := range tt.files {
				tree[name] = &fstest.MapFile{Data: []byte(text)}
				if name == "t.yaml" {
					u = deployment.Unit{Kind: deployment.Template, Root: name}
				}
			}
			parsed := parsers.Parse(context.Background(), tree, u, tt.options)
			text := func(r source.Range) string {
				if r.IsZero() {
					return ""
				}
				return parsed.Files[r.Path].Text(r)
			}
			var got []string
			for used, written := range parsed.Uses {
				got = append(got, text(used)+" → "+text(written))
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWrittenNode checks that the fact is on the nodes of the model, for values that are written where they are used,
// too.
func TestWrittenNode(t *testing.T) {
	tree := fstest.MapFS{"main.tf": {Data: []byte("resource \"aws_lambda_function\" \"f\" {\n  runtime = var.v\n  handler = \"h\"\n  timeout = 1 + 1\n}\nvariable \"v\" { default = \"a\" }\n")}}
	parsed := parsers.Parse(context.Background(), tree, deployment.Unit{Kind: deployment.TerraformModule, Root: "."}, deployment.Options{})
	_, index := model.Encode(parsed.Stack, model.Facts{})
	got := map[string]string{}
	for _, node := range index.All() {
		switch node.Path {
		case "runtime", "handler", "timeout":
			got[node.Path] = parsed.Files["main.tf"].Text(node.Written)
		}
	}
	if diff := cmp.Diff(map[string]string{"runtime": `"a"`, "handler": `"h"`, "timeout": ""}, got); diff != "" {
		t.Error(diff)
	}
}
