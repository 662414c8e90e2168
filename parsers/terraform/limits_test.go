package terraform_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestLimits gives the reader texts that want more than it may give. Each names the limit that it
// ran into, and what stands beside it is judged all the same.
func TestLimits(t *testing.T) {
	doubling := func(first, join string) string {
		var out strings.Builder
		fmt.Fprintf(&out, "locals {\n  a0 = %s\n", first)
		for i := range 40 {
			fmt.Fprintf(&out, "  a%d = %s\n", i+1, strings.ReplaceAll(join, "X", fmt.Sprintf("local.a%d", i)))
		}
		return out.String() + "}\n"
	}
	nested := func(n int, open, inner, end string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(end, n)
	}
	for _, tt := range []struct{ name, rest, expression, want string }{
		{"loops", "", `[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]`, "more than 2000000 steps"},
		{"loops for nothing", "", `length([for a in range(1000) : length([for b in range(1000) : length([for c in range(1000) : a])])])`, "more than 2000000 steps"},
		{"text that doubles", doubling(`"xxxxxxxxxxxxxxxx"`, `"${X}${X}"`), `local.a40`, "4 MiB of text"},
		{"lists that double", doubling(`["x"]`, `[X, X]`), `jsonencode(local.a40)`, "more than 100000 elements"},
		{"lists in lists", "", `"${jsonencode(` + nested(110, "[", `"x"`, "]") + `)}x"`, "or 100 levels"},
		{"pieces of text", "locals {\n  a = join(\"\", [for i in range(1000) : \"0123456789012345678901234567890123456789\"])\n}\n", `"` + strings.Repeat("${local.a}", 1000) + `"`, "more than 2000000 steps"},
		{"replace in replace", "", nested(12, `replace(`, `"aaaaaaaaaa"`, `,"a","aaaaaaaaaa")`), "the result of replace()"},
		{"quotes in quotes", "", nested(60, `jsonencode(`, `"\""`, `)`), "4 MiB of text"},
		{"join", "locals {\n  a = join(\"\", [for i in range(1000) : \"0123456789\"])\n}\n", `join(local.a, range(1000))`, "the result of join()"},
		{"indent", "", `indent(1000000000, "\n\n")`, "the result of indent()"},
		{"width", "", `format("%999999999s", "x")`, "the result of format()"},
		{"products", "", `setproduct(range(1000), range(1000), range(1000))`, "the result of setproduct()"},
		{"brackets", "", nested(10_000, "(", "1", ")"), "exceeds the limit of 1000 nested"},
		{"operators", "", strings.Repeat("1+", 50_000) + "1", "exceeds the limit of 1000 nested"},
		{"negations", "", strings.Repeat("!", 50_000) + "true", "exceeds the limit of 1000 nested"},
		{"a number as text", "locals {\n  n = 1e99999999\n}\n", `"${local.n}"`, "4 MiB of text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", fmt.Sprintf("%sresource \"aws_lambda_function\" \"f\" {\n  runtime = %s\n}\n", tt.rest, tt.expression),
				"beside.tf", "resource \"aws_lambda_function_url\" \"u\" {\n  authorization_type = \"NONE\"\n}\n")
			if all := strings.Join(r.Problems, "\n"); !strings.Contains(all, tt.want) {
				t.Errorf("problems %q, want %q", all, tt.want)
			}
			if got := r.Show("function_urls.0.auth_type"); got != `{"value":"NONE"}` {
				t.Errorf("beside it: %s", got)
			}
		})
	}
}

// TestWholeResources passes whole resources through outputs and typed variables of many modules: reading one attribute of
// each costs about as much as writing it, however many attributes the configuration mentions.
func TestWholeResources(t *testing.T) {
	var root, used strings.Builder
	for i := range 100 {
		fmt.Fprintf(&root, "module \"m%d\" {\n  source = \"./m\"\n  config = { queue = module.q.all.queue, name = var.config.name%d }\n}\n", i, i)
	}
	for i := range 100 {
		fmt.Fprintf(&used, "  use%d = var.config.attribute%d.a%d.b%d\n", i, i, i, i)
	}
	r := parse(t, "main.tf", root.String()+"variable \"config\" {}\nmodule \"q\" {\n  source = \"./q\"\n}\nlocals {\n"+used.String()+"}\n",
		"q/main.tf", "resource \"aws_sqs_queue\" \"q\" {}\noutput \"all\" {\n  value = { queue = aws_sqs_queue.q }\n}\n",
		"m/main.tf", `variable "config" {
  type = object({ name = string, queue = object({ arn = string, url = optional(string, "none") }), more = optional(object({ a = optional(string, "b") }), {}) })
}
resource "aws_lambda_function" "f" {
  kms_key_arn = var.config.queue.arn
  environment {
    variables = { URL = var.config.queue.url, ARN = var.config.queue.arn, A = var.config.more.a }
  }
}
`)
	if len(r.Problems) > 0 {
		t.Error(r.Problems)
	}
	if got := len(r.IDs("functions")); got != 100 {
		t.Errorf("%d functions", got)
	}
	if got := r.Show("functions.99.environment.variables.items.2"); got != `{"key":"A","value":"b"}` {
		t.Error(got)
	}
}

// TestDefaultsBeyondLimit converts values to a type whose default values take too much to evaluate.
func TestDefaultsBeyondLimit(t *testing.T) {
	r := parse(t, "main.tf", `locals {
  a = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]
}
resource "aws_lambda_function" "f" {}
module "m" {
  source = "./m"
  config = { b = local.a }
}
`, "m/main.tf", `variable "config" {
  type = object({ a = optional(string, "b") })
}
resource "aws_lambda_function" "f" {
  runtime = var.config.a
}
`)
	if all := strings.Join(r.Problems, "\n"); !strings.Contains(all, "more than 2000000 steps") || strings.Contains(all, "internal error") {
		t.Errorf("problems %q", all)
	}
	if got := r.IDs("functions"); len(got) != 2 {
		t.Errorf("functions %v", got)
	}
}

// TestDuplicates checks that a block that repeats another one is a problem, because Terraform rejects it, and that
// override files may repeat blocks.
func TestDuplicates(t *testing.T) {
	const public = "resource \"aws_lambda_permission\" \"p\" { principal = \"*\" }\n"
	for _, tt := range []struct{ name, file, again, want string }{
		{"resource", "z.tf", public, `z.tf:1: duplicate resource block "aws_lambda_permission.p" was not checked: main.tf:4 declares it, too; rename or remove one`},
		{"resource in JSON", "z.tf.json", `{"resource": {"aws_lambda_permission": {"p": {"principal": "1"}}}}`, `duplicate resource block "aws_lambda_permission.p"`},
		{"data source", "z.tf", "data \"aws_region\" \"r\" {}\n", `duplicate data block "aws_region.r"`},
		{"variable", "z.tf", "variable \"v\" {}\n", `duplicate variable block "v"`},
		{"output", "z.tf", "output \"o\" { value = 1 }\n", `duplicate output block "o"`},
		{"module", "z.tf", "module \"m\" { source = \"./n\" }\n", `duplicate module block "m"`},
		{"provider", "z.tf", "provider \"aws\" { region = \"eu-west-1\" }\n", `duplicate provider block "aws"`},
		{"local value", "z.tf", "locals { a = 2 }\n", `z.tf:1: duplicate local value "a": main.tf:5 declares it, too; rename or remove one`},
		{"provider with an alias", "z.tf", "provider \"aws\" { alias = \"b\" }\n", ""},
		{"other resource", "z.tf", "resource \"aws_lambda_permission\" \"q\" {}\n", ""},
		{"override file", "override.tf", "variable \"v\" { default = 2 }\nlocals { a = 2 }\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			main := "variable \"v\" {}\noutput \"o\" { value = 1 }\ndata \"aws_region\" \"r\" {}\n" + public +
				"locals { a = 1 }\nmodule \"m\" { source = \"./m\" }\nprovider \"aws\" {}\n"
			r := parse(t, "main.tf", main, tt.file, tt.again, "m/m.tf", "", "n/n.tf", "")
			all := strings.Join(r.Problems, "\n")
			if tt.want == "" && all != "" || !strings.Contains(all, tt.want) {
				t.Errorf("problems %q, want %q", all, tt.want)
			}
			if got := r.Show("permissions.0.principal"); got != `{"value":"*"}` {
				t.Errorf("the first block has the principal %s", got)
			}
		})
	}
}
