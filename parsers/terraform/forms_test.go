package terraform_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/parsers/terraform"
)

// TestOverrideFiles merges nested blocks of override files by their kind, which for a dynamic block is its label.
func TestOverrideFiles(t *testing.T) {
	const main = `
resource "aws_lambda_function" "f" {
  dynamic "environment" {
    for_each = ["on"]
    content { variables = { A = "main" } }
  }
}
`
	for _, tt := range []struct{ name, override, path, want string }{
		{"another dynamic block", `dynamic "tracing_config" {
			for_each = ["on"]
			content { mode = "Active" }
		}`, "functions.0.environment.variables.items.0", `{"key":"A","value":"main"}`},
		{"the dynamic block is there", `dynamic "tracing_config" {
			for_each = ["on"]
			content { mode = "Active" }
		}`, "functions.0.tracing.mode", `{"value":"Active"}`},
		{"a dynamic block of the same kind", `dynamic "environment" {
			for_each = ["on"]
			content { variables = { A = "override" } }
		}`, "functions.0.environment.variables.items.0", `{"key":"A","value":"override"}`},
		{
			"a static block of the same kind", `environment { variables = { A = "override" } }`,
			"functions.0.environment.variables.items.0", `{"key":"A","value":"override"}`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", main, "x_override.tf", "resource \"aws_lambda_function\" \"f\" {\n"+tt.override+"\n}\n")
			if got := r.Show(tt.path); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestKeysOfForEach refers to instances whatever for_each is, also where Terraform refuses it.
func TestKeysOfForEach(t *testing.T) {
	for _, tt := range []struct{ forEach, want string }{
		{`["a"]`, `aws_lambda_layer_version.q["a"]`},
		{`[1]`, `aws_lambda_layer_version.q["0"]`},
		{`[{ a = 1 }]`, `aws_lambda_layer_version.q["0"]`},
		{`toset([1])`, `aws_lambda_layer_version.q["1"]`},
		{`toset([true])`, `aws_lambda_layer_version.q["true"]`},
		{`toset([null])`, `aws_lambda_layer_version.q`},
		{`toset([["a"]])`, `aws_lambda_layer_version.q`},
		{`tolist(["a"])`, `aws_lambda_layer_version.q["a"]`},
		{`toset(["a", var.x])`, `aws_lambda_layer_version.q["a"] aws_lambda_layer_version.q`},
		{`{ (var.x) = 1, a = 1 }`, `aws_lambda_layer_version.q`},
	} {
		t.Run(tt.forEach, func(t *testing.T) {
			r := parse(t, "main.tf", `
variable "x" {}
resource "aws_lambda_layer_version" "q" {
  for_each = `+tt.forEach+`
  layer_name = each.key
}
module "m" {
  source   = "./m"
  for_each = `+tt.forEach+`
}
resource "aws_lambda_function" "f" {
  for_each    = aws_lambda_layer_version.q
  description = each.value.arn
}
resource "aws_lambda_function" "g" {
  for_each    = module.m
  description = each.value.y
}
`, "m/main.tf", `output "y" { value = "y" }`)
			if got := strings.Join(r.IDs("layers"), " "); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestAbsent goes through the ways in which OpenTofu and Terraform leave a block out.
func TestAbsent(t *testing.T) {
	for _, tt := range []struct{ name, meta, want string }{
		{"count", "count = 0", "absent"},
		{"for_each", "for_each = {}", "absent"},
		{"disabled", "lifecycle { enabled = false }", "absent"},
		{"disabled by a local value", "lifecycle { enabled = local.off }", "absent"},
		{"enabled", "lifecycle { enabled = true }", "there"},
		{"may be enabled", "lifecycle { enabled = var.on }", "unknown"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tofu", `
variable "on" {}
locals { off = false }
resource "aws_lambda_function" "f" {
  `+tt.meta+`
  runtime = "python3.9"
}
resource "aws_lambda_alias" "a" {
  description = try(aws_lambda_function.f.runtime, "none")
}
module "m" {
  source = "./m"
  `+tt.meta+`
}
resource "aws_lambda_alias" "b" {
  description = try(module.m.x, "none")
}
`, "m/main.tofu", `
resource "aws_lambda_function" "g" {}
output "x" { value = "x" }
`)
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
			ids := r.IDs("functions")
			got := "absent"
			if len(ids) == 2 {
				got = "there"
				if r.Node("functions.0.unknown") == true && r.Node("functions.1.unknown") == true {
					got = "unknown"
				}
			} else if len(ids) != 0 {
				t.Error(ids)
			}
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestAbsentInJSON reads the lifecycle of the JSON syntax.
func TestAbsentInJSON(t *testing.T) {
	r := parse(t, "main.tofu.json", `{"resource": {"aws_lambda_function": {
		"f": {"lifecycle": {"enabled": false}}, "g": {"lifecycle": [{"enabled": "${1 == 2}"}]}, "h": {"lifecycle": {"enabled": true}}}}}`)
	if diff := cmp.Diff([]string{"aws_lambda_function.h"}, r.IDs("functions")); diff != "" {
		t.Error(diff)
	}
}

// TestModuleSources evaluates sources as OpenTofu does.
func TestModuleSources(t *testing.T) {
	fsys := fstest.MapFS{
		"main.tofu": {Data: []byte(`
locals { library = "./mods" }
variable "kind" { default = "url" }
variable "none" {}
module "local" { source = "${local.library}/url" }
module "variable" { source = "${local.library}/${var.kind}" }
module "both" {
  source = "./mods/both"
  kind   = "url"
}
module "unknown" { source = "./mods/${var.none}" }
`)},
		"mods/both/main.tofu": {Data: []byte(`
variable "kind" {}
module "inner" { source = "../${var.kind}" }
`)},
		"mods/url/main.tofu": {Data: []byte(`resource "aws_lambda_function_url" "u" {}`)},
	}
	r := parseAt(t, fsys, ".", deployment.Options{})
	want := []string{
		"module.local.aws_lambda_function_url.u", "module.variable.aws_lambda_function_url.u",
		"module.both.module.inner.aws_lambda_function_url.u",
	}
	if diff := cmp.Diff(want, r.IDs("function_urls")); diff != "" {
		t.Error(diff)
	}
	gaps := []string{`main.tofu:11: module: module "unknown" was not checked: its source cannot be determined: var.none has no value`}
	if diff := cmp.Diff(gaps, r.Gaps); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"mods/both", "mods/url"}, terraform.RoleOf(fsys, ".").Calls); diff != "" {
		t.Error(diff)
	}
}

// TestWriteOnly reads a literal in a write-only argument like one in the argument that it replaces.
func TestWriteOnly(t *testing.T) {
	r := parse(t, "main.tf", `
ephemeral "random_password" "p" { length = 20 }
resource "aws_ssm_parameter" "literal" {
  type     = "SecureString"
  value_wo = "uT7!pQ2z#Lm9vR4x"
}
resource "aws_ssm_parameter" "ephemeral" {
  type     = "SecureString"
  value_wo = ephemeral.random_password.p.result
}
`)
	if got := r.Show("ssm_parameters.0.value"); got != `{"value":"uT7!pQ2z#Lm9vR4x"}` {
		t.Errorf("a literal is %s", got)
	}
	if got := r.Show("ssm_parameters.1.value"); got != `{"unknown":true}` {
		t.Errorf("an ephemeral value is %s", got)
	}
	for _, path := range []string{"ssm_parameters.0.value", "ssm_parameters.1.value"} {
		if !r.Info(path).Sensitive {
			t.Errorf("%s is printed", path)
		}
	}
}

// TestDefaultTags merges the tags of the provider into those of a resource.
func TestDefaultTags(t *testing.T) {
	const rest = `
provider "aws" {
  default_tags { tags = { A = "default", B = "default" } }
}
provider "aws" {
  alias = "other"
  default_tags { tags = { C = "other" } }
}
module "m" { source = "./m" }
`
	for _, tt := range []struct{ name, meta, want string }{
		{"without tags", "", "A=default B=default"},
		{"with tags", `tags = { A = "own" }`, "A=own B=default"},
		{"with another provider", `provider = aws.other`, "C=other"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", rest+"resource \"aws_lambda_function\" \"f\" {\n  "+tt.meta+"\n}\n",
				"m/main.tf", `resource "aws_lambda_function" "g" {}`)
			for i, want := range map[int]string{0: "A=default B=default", 1: tt.want} { // the module's first
				var got []string
				for _, item := range r.Node(fmt.Sprintf("functions.%d.tags.items", i)).([]any) {
					tag := item.(map[string]any)
					got = append(got, fmt.Sprintf("%s=%s", tag["key"], tag["value"]))
				}
				if text := strings.Join(got, " "); text != want {
					t.Errorf("functions.%d has %s, want %s", i, text, want)
				}
			}
		})
	}
}

// TestDocumentForms reads a policy whichever attribute of its data source brings it.
func TestDocumentForms(t *testing.T) {
	for _, attribute := range []string{"json", "minified_json"} {
		r := parse(t, "main.tf", `
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.d.`+attribute+`
}
resource "aws_iam_role" "r" { assume_role_policy = "{}" }
`)
		if got := r.Show("roles.0.statements.items.0.actions.items.0"); got != `{"value":"*"}` {
			t.Errorf("%s: %s", attribute, got)
		}
	}
}

// TestCallsInAllNotations finds a called module however its block is written, and none where only the word occurs.
func TestCallsInAllNotations(t *testing.T) {
	for text, calls := range map[string]bool{
		`module "a" { source = "./a" }`:              true,
		`module a { source = "./a" }`:                true,
		"module\t\"a\" {\nsource = \"./a\"\n}":       true,
		`module"a"{source="./a"}`:                    true,
		`/* */module/* */"a" { source = "./a" }`:     true,
		"# a.module\nmodule \"a\" { source=\"./a\"}": true,
		`locals { a = path.module }`:                 false,
		`output "a" { value = module.a.b }`:          false,
		"locals {\n# the module \"a\"\n}":            false,
	} {
		role := terraform.RoleOf(fstest.MapFS{"main.tf": {Data: []byte(text)}}, ".")
		if got := len(role.Calls) > 0; got != calls {
			t.Errorf("%s: calls %v", text, role.Calls)
		}
	}
	for _, text := range []string{`{"module": {"a": {"source": "./a"}}}`, `{"module":[{"a":{"source":"./a"}}]}`} {
		role := terraform.RoleOf(fstest.MapFS{"main.tf.json": {Data: []byte(text)}}, ".")
		if diff := cmp.Diff([]string{"a"}, role.Calls); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}
