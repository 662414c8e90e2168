package terraform_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/modeltest"
)

// TestVariants reads a function once for each combination of the conditions that its runtime depends on.
func TestVariants(t *testing.T) {
	const rest = `
variable "prod" {}
variable "env" {}
variable "rt" {}
variable "two" {
  validation {
    condition     = contains(["a", "b"], var.two)
    error_message = "one of two"
  }
}
variable "either" {
  validation {
    condition     = var.either == "a" || var.either == "b"
    error_message = "one of two"
  }
}
variable "matched" {
  validation {
    condition     = can(regex("^(a|b)$", var.matched))
    error_message = "one of two"
  }
}
locals {
  stages = { dev = { rt = "d" }, prod = { rt = "p" } }
  chosen = local.stages[var.env].rt
  many   = { for i in range(9) : "k${i}" => "v${i}" }
  is_prod = var.env == "prod"
  runtime = local.is_prod ? "p" : "d"
  both    = { rt = var.prod ? "p" : "d" }
}
module "same" {
  source = "./m"
  flag   = var.prod
}
`
	for _, tt := range []struct {
		name, meta, runtime string
		want                []string
	}{
		{"a variable", "", `var.prod ? "p" : "d"`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"negated", "", `!var.prod ? "p" : "d"`, []string{"d when var.prod is true", "p when var.prod is false"}},
		{"in a text", "", `"x-${var.prod ? "p" : "d"}"`, []string{"x-p when var.prod is true", "x-d when var.prod is false"}},
		{"through local values", "", `local.runtime`, []string{`p when var.env is "prod"`, `d when var.env is not "prod"`}},
		{"in an object", "", `local.both.rt`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"through an output", "", `module.same.rt`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"twice the same", "", `var.prod ? (var.prod ? "p" : "x") : "d"`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"compared with true", "", `var.prod == true ? "p" : "d"`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"not equal", "", `var.env != "prod" ? "d" : "p"`, []string{`p when var.env is "prod"`, `d when var.env is not "prod"`}},
		{"two values of one variable", "", `var.env == "prod" ? "p" : var.env == "dev" ? "d" : "o"`, []string{
			`p when var.env is "prod"`, `d when var.env is "dev"`,
			`o when var.env is not "dev" and var.env is not "prod"`,
		}},
		{"and", "", `var.prod && var.env == "a" ? "p" : "d"`, []string{
			`p when var.env is "a" and var.prod is true`, `d when var.env is not "a" and var.prod is true`, `d when var.prod is false`,
		}},
		{"an unknown branch", "", `var.prod ? var.rt : "d"`, []string{"? when var.prod is true", "d when var.prod is false"}},
		{"a function", "", `startswith(var.env, "p") ? "p" : "d"`, []string{`p when startswith(var.env, "p") is true`, `d when startswith(var.env, "p") is false`}},
		{"count", `count = var.prod ? 1 : 0`, `"p"`, []string{"p when var.prod is true"}},
		{"count and the same condition", `count = var.prod ? 1 : 0`, `var.prod ? "p" : "x"`, []string{"p when var.prod is true"}},
		{"count and another", `count = var.prod ? 1 : 0`, `var.env == "a" ? "p" : "x"`, []string{
			`p when var.env is "a" and var.prod is true`, `x when var.env is not "a" and var.prod is true`,
		}},
		{"for_each", `for_each = var.prod ? toset(["a"]) : toset([])`, `each.value`, []string{"a when var.prod is true"}},
		{"for_each in both", `for_each = var.prod ? toset(["a"]) : toset(["b"])`, `each.value`, []string{"a when var.prod is true", "b when var.prod is false"}},
		{"enabled", `lifecycle { enabled = var.prod }`, `"p"`, []string{"p when var.prod is true"}},
		{"count not known", `count = var.prod`, `"p"`, []string{"p"}},
		{"an element by an unknown key", "", `{ dev = "d", prod = "p" }[var.env]`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`}},
		{"an attribute of it", "", `local.stages[var.env].rt`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`}},
		{"in labels before", "function_name = local.chosen\n  description = local.chosen", `local.chosen`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`}},
		{"by the workspace", "", `local.stages[terraform.workspace].rt`, []string{`d when terraform.workspace is "dev"`, `p when terraform.workspace is "prod"`}},
		{"with the value of no key", "", `lookup({ dev = "d" }, var.env, "o")`, []string{`d when var.env is "dev"`, `o when var.env is not "dev"`}},
		{"an attribute of the value of no key", "", `lookup({ dev = { rt = "d" } }, var.env, { rt = "o" }).rt`, []string{`d when var.env is "dev"`, `o when var.env is not "dev"`}},
		{"by a key and a condition", "", `var.env == "dev" ? "x" : local.stages[var.env].rt`, []string{`x when var.env is "dev"`, `p when var.env is not "dev"`}},
		{"by a key of a key", "", `{ dev = { a = "d" }, prod = { a = "p" } }[var.env][var.two]`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`}},
		{"by a known key", "", `local.stages["dev"].rt`, []string{"d"}},
		{"of too many", "", `local.many[var.env]`, []string{"?"}},
		{"in a text", "", `"x-${local.stages[var.env].rt}"`, []string{`x-d when var.env is "dev"`, `x-p when var.env is "prod"`}},
		{"how many by a key", `count = { dev = 0, prod = 1 }[var.env]`, `"p"`, []string{`p when var.env is "prod"`}},
		{"for which elements by a key", `for_each = { dev = { a = 1 }, prod = { a = 1, b = 2 } }[var.env]`, `"p"`, []string{"p"}},
		{"a variable with few values", "", `var.two`, []string{`a when var.two is "a"`, `b when var.two is "b"`}},
		{"a variable that is one or another", "", `var.either`, []string{`a when var.either is "a"`, `b when var.either is "b"`}},
		{"a variable that matches a few", "", `var.matched`, []string{`a when var.matched is "a"`, `b when var.matched is "b"`}},
		{"compared with a value that it never has", "", `var.two == "c" ? "p" : "d"`, []string{"d"}},
		{"compared with each value that it has", "", `var.two == "a" ? "p" : var.two == "b" ? "d" : "o"`, []string{`p when var.two is "a"`, `d when var.two is "b"`}},
		{"decided", "", `1 == 2 ? "p" : "d"`, []string{"d"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tofu", rest+"resource \"aws_lambda_function\" \"f\" {\n  "+tt.meta+"\n  runtime = "+tt.runtime+"\n}\n",
				"m/main.tofu", "variable \"flag\" {}\noutput \"rt\" { value = var.flag ? \"p\" : \"d\" }\n")
			if diff := cmp.Diff(tt.want, runtimes(r)); diff != "" {
				t.Error(diff)
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		})
	}
}

// runtimes are the runtimes of the functions with their conditions.
func runtimes(r modeltest.View) (all []string) {
	for i := range r.IDs("functions") {
		path := fmt.Sprintf("functions.%d.runtime", i)
		text, ok := r.Node(path).(map[string]any)["value"].(string)
		if !ok {
			text = "?"
		}
		if when := r.Info(path).When.String(); when != "" {
			text += " when " + when
		}
		all = append(all, text)
	}
	return all
}

// TestSelections checks that each value that an unknown key may select is a value of the argument, however the configuration writes
// the key and the selection.
func TestSelections(t *testing.T) {
	const rest = `
variable "env" {}
variable "other" {}
variable "two" {
  validation {
    condition     = contains(["dev", "prod"], var.two)
    error_message = "one of two"
  }
}
locals {
  env     = var.env
  modes   = { dev = "d", prod = "p" }
  long    = { x-dev = "d", x-prod = "p" }
  stages  = { dev = { rt = "d" }, prod = { rt = "p" } }
  upper   = { DEV = "d", PROD = "p" }
  by_list = [for k, v in local.stages : { key = k, rt = v.rt }]
  chosen  = local.modes[local.env]
  config  = merge({ rt = "o" }, lookup(local.stages, var.env, {}))
  names   = { dev = "dev", prod = "prod" }
  many    = { for i in range(9) : "k${i}" => i == 0 ? "d" : "p" }
}
module "m" {
  source = "./m"
  stage  = var.env
}
`
	both := []string{`d when var.env is "dev"`, `p when var.env is "prod"`}
	for _, tt := range []struct {
		name, runtime string
		want          []string
	}{
		{"index", `local.modes[var.env]`, both},
		{"index by a text", `local.modes["${var.env}"]`, both},
		{"index by a text with a part", `local.long["x-${var.env}"]`, []string{`d when "x-${var.env}" is "x-dev"`, `p when "x-${var.env}" is "x-prod"`}},
		{"index by a local value", `local.modes[local.env]`, both},
		{"index by join", `local.modes[join("", [var.env])]`, []string{`d when join("", [var.env]) is "dev"`, `p when join("", [var.env]) is "prod"`}},
		{"index by join with a part", `local.long[join("-", ["x", var.env])]`, []string{`d when join("-", ["x", var.env]) is "x-dev"`, `p when join("-", ["x", var.env]) is "x-prod"`}},
		{"index by format", `local.modes[format("%s", var.env)]`, []string{`d when format("%s", var.env) is "dev"`, `p when format("%s", var.env) is "prod"`}},
		{"index by tostring", `local.modes[tostring(var.env)]`, []string{`d when tostring(var.env) is "dev"`, `p when tostring(var.env) is "prod"`}},
		{"index by lower", `local.modes[lower(var.env)]`, []string{`d when lower(var.env) is "dev"`, `p when lower(var.env) is "prod"`}},
		{"index by coalesce", `local.modes[coalesce(var.env)]`, []string{`d when coalesce(var.env) is "dev"`, `p when coalesce(var.env) is "prod"`}},
		{"index by an element", `local.modes[[var.env, "x"][0]]`, []string{`d when [var.env, "x"][0] is "dev"`, `p when [var.env, "x"][0] is "prod"`}},
		{"index by element", `local.modes[element([var.env], 0)]`, []string{`d when element([var.env], 0) is "dev"`, `p when element([var.env], 0) is "prod"`}},
		{"index by another index", `local.modes[local.names[var.env]]`, []string{`d when local.names[var.env] is "dev"`, `p when local.names[var.env] is "prod"`}},
		{"index by a conditional with equal branches", `local.modes[var.other ? var.env : var.env]`, []string{`d when var.other ? var.env : var.env is "dev"`, `p when var.other ? var.env : var.env is "prod"`}},
		{"index by a decided conditional", `local.modes[1 == 1 ? var.env : "dev"]`, []string{`d when 1 == 1 ? var.env : "dev" is "dev"`, `p when 1 == 1 ? var.env : "dev" is "prod"`}},
		{"index by a variable with few values", `local.modes[var.two]`, []string{`d when var.two is "dev"`, `p when var.two is "prod"`}},
		{"lookup", `lookup(local.modes, var.env, "o")`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`, `o when var.env is not "dev" and var.env is not "prod"`}},
		{"lookup by a text", `lookup(local.modes, "${var.env}", "o")`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`, `o when var.env is not "dev" and var.env is not "prod"`}},
		{"lookup without a default", `lookup(local.modes, var.env)`, both},
		{"try", `try(local.modes[var.env], "o")`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`, `o when var.env is not "dev" and var.env is not "prod"`}},
		{"try of one key", `try({ prod = "p" }[var.env], "o")`, []string{`p when var.env is "prod"`, `o when var.env is not "prod"`}},
		{"try of a function", `try(upper({ prod = "p" }[var.env]), "o")`, []string{"?"}},
		{"try of objects", `try({ prod = { rt = "p" } }[var.env], { rt = "o" }).rt`, []string{`p when var.env is "prod"`, `o when var.env is not "prod"`}},
		{"coalesce of lookup", `coalesce(lookup(local.modes, var.env, null), "o")`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`, `o when var.env is not "dev" and var.env is not "prod"`}},
		{"one of a loop", `one([for k, v in local.modes : v if k == var.env])`, both},
		{"element of a loop", `[for k, v in local.modes : v if k == var.env][0]`, both},
		{"element of a loop of a list", `[for s in local.by_list : s.rt if s.key == var.env][0]`, both},
		{"attribute of a loop", `{ for k, v in local.stages : k => v.rt }[var.env]`, both},
		{"values of a loop", `values({ for k, v in local.modes : k => v if k == var.env })[0]`, both},
		{"merge", `local.config.rt`, []string{`d when var.env is "dev"`, `p when var.env is "prod"`, `o when var.env is not "dev" and var.env is not "prod"`}},
		{"in a text", `"x${local.modes[var.env]}"`, []string{`xd when var.env is "dev"`, `xp when var.env is "prod"`}},
		{"in the text of a local value", `"x${local.chosen}"`, []string{`xd when var.env is "dev"`, `xp when var.env is "prod"`}},
		{"in join", `join("", ["x", local.modes[var.env]])`, []string{`xd when var.env is "dev"`, `xp when var.env is "prod"`}},
		{"in format", `format("x%s", local.modes[var.env])`, []string{`xd when var.env is "dev"`, `xp when var.env is "prod"`}},
		{"in lower", `lower(local.upper[upper(var.env)])`, []string{`d when upper(var.env) is "DEV"`, `p when upper(var.env) is "PROD"`}},
		{"in replace", `replace(local.modes[var.env], "d", "e")`, []string{`e when var.env is "dev"`, `p when var.env is "prod"`}},
		{"in lower of a text", `lower("X${local.chosen}")`, []string{`xd when var.env is "dev"`, `xp when var.env is "prod"`}},
		{"a condition in upper", `upper(var.other ? "d" : "p")`, []string{`D when var.other is true`, `P when var.other is false`}},
		{"a variable with few values in a function", `upper(var.two)`, []string{`DEV when var.two is "dev"`, `PROD when var.two is "prod"`}},
		{"in a branch", `var.other ? local.modes[var.env] : "o"`, []string{`d when var.env is "dev" and var.other is true`, `p when var.env is "prod" and var.other is true`, `o when var.other is false`}},
		{"in a module", `module.m.rt`, both},
		{"in parentheses", `(local.modes)[(var.env)]`, both},
		{"of more than eight", `local.many[var.env]`, []string{"?"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tofu", rest+"resource \"aws_lambda_function\" \"f\" {\n  runtime = "+tt.runtime+"\n}\n",
				"m/main.tofu", "variable \"stage\" {}\noutput \"rt\" { value = { dev = \"d\", prod = \"p\" }[var.stage] }\n")
			if diff := cmp.Diff(tt.want, runtimes(r)); diff != "" || len(r.Problems) > 0 {
				t.Error(diff, r.Problems)
			}
		})
	}
}

// TestVariantsOfModules applies the condition of a module's count to what is in it.
func TestVariantsOfModules(t *testing.T) {
	r := parse(t, "main.tf", `
variable "on" {}
module "m" {
  count  = var.on ? 1 : 0
  source = "./m"
  on     = var.on
}
`, "m/main.tf", `
variable "on" {}
resource "aws_lambda_function" "f" { runtime = var.on ? "on" : "off" }
`)
	if len(r.IDs("functions")) != 1 || r.Show("functions.0.runtime") != `{"value":"on"}` || r.Info("functions.0.runtime").When.String() != "var.on is true" {
		t.Errorf("%v: %s when %s", r.IDs("functions"), r.Show("functions.0.runtime"), r.Info("functions.0.runtime").When)
	}
}

// TestTooManyVariants stops at the limit, and what is beyond it is unknown.
func TestTooManyVariants(t *testing.T) {
	var variables, texts strings.Builder
	for i := range 12 {
		fmt.Fprintf(&variables, "variable \"v%d\" {}\n", i)
		fmt.Fprintf(&texts, "${var.v%d ? \"1\" : \"0\"}", i)
	}
	r := parse(t, "main.tf", variables.String()+"resource \"aws_lambda_function\" \"f\" {\n  runtime = \""+texts.String()+"\"\n}\n")
	n := len(r.IDs("functions"))
	if n < 2 || n > 16 {
		t.Errorf("%d variants", n)
	}
	unknown := 0
	for i := range n {
		if strings.Contains(r.Show(fmt.Sprintf("functions.%d.runtime", i)), `"unknown":true`) {
			unknown++
		}
	}
	if unknown == 0 {
		t.Error("all values are known, although not all combinations were read")
	}
}

// TestConditionInDocument reads a policy with a statement that is there under a condition.
func TestConditionInDocument(t *testing.T) {
	const text = `{"Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "x"
%{ if k != "" ~}
}, {"Effect": "Allow", "Action": "c:d", "Resource": "${k}"
%{ endif ~}
}]}
`
	for name, policy := range map[string]string{ // any order: each is a test of its own
		"template file": `templatefile("p.json", { k = var.key })`,
		"heredoc":       "<<EOT\n" + strings.ReplaceAll(strings.ReplaceAll(text, "if k", "if var.key"), "{k}", "{var.key}") + "EOT\n",
	} {
		t.Run(name, func(t *testing.T) {
			r := parse(t, "main.tf", "variable \"key\" {}\nresource \"aws_iam_policy\" \"p\" {\n  policy = "+policy+"\n}\n", "p.json", text)
			var got []string
			for i := range r.IDs("policies") {
				path := fmt.Sprintf("policies.%d.statements", i)
				statements, _ := r.Node(path + ".items").([]any)
				got = append(got, fmt.Sprint(len(statements), " ", r.Node(path).(map[string]any)["unknown"] == true))
			}
			if diff := cmp.Diff([]string{"1 false", "2 false"}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
