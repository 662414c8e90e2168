package terraform_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestVariants reads a function once for each combination of the conditions that its runtime depends on.
func TestVariants(t *testing.T) {
	const rest = `
variable "prod" {}
variable "env" {}
variable "rt" {}
locals {
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
		{"through local values", "", `local.runtime`, []string{`p when var.env == "prod" is true`, `d when var.env == "prod" is false`}},
		{"in an object", "", `local.both.rt`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"through an output", "", `module.same.rt`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"twice the same", "", `var.prod ? (var.prod ? "p" : "x") : "d"`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"compared with true", "", `var.prod == true ? "p" : "d"`, []string{"p when var.prod is true", "d when var.prod is false"}},
		{"not equal", "", `var.env != "prod" ? "d" : "p"`, []string{`p when var.env == "prod" is true`, `d when var.env == "prod" is false`}},
		{"two values of one variable", "", `var.env == "prod" ? "p" : var.env == "dev" ? "d" : "o"`, []string{
			`p when var.env == "prod" is true`, `d when var.env == "dev" is true and var.env == "prod" is false`,
			`o when var.env == "dev" is false and var.env == "prod" is false`,
		}},
		{"and", "", `var.prod && var.env == "a" ? "p" : "d"`, []string{
			`p when var.env == "a" is true and var.prod is true`, `d when var.env == "a" is false and var.prod is true`, `d when var.prod is false`,
		}},
		{"an unknown branch", "", `var.prod ? var.rt : "d"`, []string{"? when var.prod is true", "d when var.prod is false"}},
		{"a function", "", `startswith(var.env, "p") ? "p" : "d"`, []string{`p when startswith(var.env, "p") is true`, `d when startswith(var.env, "p") is false`}},
		{"count", `count = var.prod ? 1 : 0`, `"p"`, []string{"p when var.prod is true"}},
		{"count and the same condition", `count = var.prod ? 1 : 0`, `var.prod ? "p" : "x"`, []string{"p when var.prod is true"}},
		{"count and another", `count = var.prod ? 1 : 0`, `var.env == "a" ? "p" : "x"`, []string{
			`p when var.env == "a" is true and var.prod is true`, `x when var.env == "a" is false and var.prod is true`,
		}},
		{"for_each", `for_each = var.prod ? toset(["a"]) : toset([])`, `each.value`, []string{"a when var.prod is true"}},
		{"for_each in both", `for_each = var.prod ? toset(["a"]) : toset(["b"])`, `each.value`, []string{"a when var.prod is true", "b when var.prod is false"}},
		{"enabled", `lifecycle { enabled = var.prod }`, `"p"`, []string{"p when var.prod is true"}},
		{"count not known", `count = var.prod`, `"p"`, []string{"p"}},
		{"decided", "", `1 == 2 ? "p" : "d"`, []string{"d"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tofu", rest+"resource \"aws_lambda_function\" \"f\" {\n  "+tt.meta+"\n  runtime = "+tt.runtime+"\n}\n",
				"m/main.tofu", "variable \"flag\" {}\noutput \"rt\" { value = var.flag ? \"p\" : \"d\" }\n")
			var got []string
			for i := range r.IDs("functions") {
				path := fmt.Sprintf("functions.%d.runtime", i)
				text, ok := r.Node(path).(map[string]any)["value"].(string)
				if !ok {
					text = "?"
				}
				if when := r.Info(path).When.String(); when != "" {
					text += " when " + when
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
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
