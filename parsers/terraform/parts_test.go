package terraform_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestPartsOfUnknown keeps what is known of a list of which one element is not.
func TestPartsOfUnknown(t *testing.T) {
	for _, tt := range []struct{ list, want string }{
		{`[var.x, "known"]`, "? known"},
		{`distinct([var.x, "known"])`, "? known"},
		{`sort([var.x, "known"])`, "? known"},
		{`reverse([var.x, "known"])`, "? known"},
		{`toset([var.x, "known"])`, "? known"},
		{`compact([var.x, "", "known", null])`, "? known"},
		{`setunion([var.x], ["known"])`, "? known"},
		{`setunion(var.x, ["known"])`, "known open"},
		{`concat(var.x, ["known"])`, "known open"},
		{`flatten([[var.x], ["known", ["deep"]]])`, "? known deep"},
		{`slice([var.x, "known", "more"], 0, 2)`, "? known"},
		{`slice(concat(var.x, ["known"]), 0, 1)`, "open"},
		{`values({ a = var.x, b = "known" })`, "? known"},
		{`formatlist("%s-x", [var.x, "known"])`, "? known-x"},
		{`[for v in [var.x, "known"] : "${v}-x"]`, "? known-x"},
		{`lookup({ a = [var.x, "known"] }, "a", [])`, "? known"},
		{`lookup({ a = [] }, "b", [var.x, "known"])`, "? known"},
		{`one([[var.x, "known"]])`, "? known"},
		{`coalescelist([], [var.x, "known"])`, "? known"},
		{`coalescelist(var.x, ["known"])`, "open"},
		{`try(local.none.a, [var.x, "known"])`, "? known"},
		{`distinct(concat(["a"], [aws_sqs_queue.q.arn]))`, "a ?"},
		{`aws_sqs_queue.maybe[*].arn`, "? open"},
		{`concat(aws_sqs_queue.maybe.*.arn, ["known"])`, "? known open"},
		{`flatten([aws_sqs_queue.maybe[*].arn, "known"])`, "? known open"},
		{`aws_sqs_queue.maybe[*].name`, "jobs open"},
		{`var.x`, "open"},
	} {
		t.Run(tt.list, func(t *testing.T) {
			r := parse(t, "main.tf", "variable \"x\" {}\nlocals {\n  none = {}\n}\nresource \"aws_sqs_queue\" \"q\" {}\nresource \"aws_sqs_queue\" \"maybe\" {\n  count = var.x\n  name = \"jobs\"\n}\nresource \"aws_lambda_function\" \"f\" {\n  architectures = "+tt.list+"\n}\n")
			var got []string
			items, _ := r.Node("functions.0.architectures").(map[string]any)["items"].([]any)
			for i, item := range items {
				value, ok := item.(map[string]any)["value"].(string)
				if !ok {
					value = "?"
					if cause := r.Info(fmt.Sprintf("functions.0.architectures.items.%d", i)).Cause; cause == "" {
						t.Error("no cause")
					}
				}
				got = append(got, value)
			}
			if r.Node("functions.0.architectures").(map[string]any)["unknown"] == true {
				got = append(got, "open")
				if cause := r.Info("functions.0.architectures").Cause; cause != "var.x has no value" {
					t.Errorf("the cause is %q", cause)
				}
			}
			if text := strings.Join(got, " "); text != tt.want {
				t.Errorf("%s, want %s", text, tt.want)
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		})
	}
}

// TestFormats keeps the ends of texts that format and formatlist make of unknown values.
func TestFormats(t *testing.T) {
	for _, tt := range []struct{ list, want string }{
		{`[format("a-%s-b", var.x)]`, "a-…-b"},
		{`[format("a-%s-%v", var.x, "c")]`, "a-…-c"},
		{`[format("%s", "known")]`, "known"},
		{`[format("a-%d", var.x)]`, "a-…"},
		{`formatlist("a-%s-b", [var.x, "c"])`, "a-…-b a-c-b"},
		{`formatlist("${var.x}-%s-b", ["c"])`, "…-c-b"},
		{`formatlist("%s-%v:*", slice(["${var.x}-d", "e"], 0, 1), "c")`, "…-d-c:*"},
		{`formatlist("%s-%s", [var.x, "a"], ["b", "c"])`, "…-b a-c"},
		{`formatlist("%s", [])`, ""},
	} {
		t.Run(tt.list, func(t *testing.T) {
			r := parse(t, "main.tf", "variable \"x\" {}\nresource \"aws_lambda_function\" \"f\" {\n  architectures = "+tt.list+"\n}\n")
			var got []string
			items, _ := r.Node("functions.0.architectures").(map[string]any)["items"].([]any)
			for _, item := range items {
				node := item.(map[string]any) //nolint:forcetypeassert // as all nodes
				value, ok := node["value"].(string)
				if !ok {
					prefix, _ := node["prefix"].(string)
					suffix, _ := node["suffix"].(string)
					value = prefix + "…" + suffix
				}
				got = append(got, value)
			}
			if text := strings.Join(got, " "); text != tt.want {
				t.Errorf("%s, want %s", text, tt.want)
			}
		})
	}
}

// TestFirstOf keeps how the text begins that coalesce chooses.
func TestFirstOf(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{`coalesce(null, "fn-${var.x}")`, "fn-"},
		{`coalesce("", "fn-${var.x}")`, "fn-"},
		{`coalesce(try(var.config.name, null), "fn-${var.x}")`, "fn-"},
		{`coalesce("fn-${var.x}", "other")`, "fn-"},
		{`coalesce(null, local.name)`, "fn-"},
		{`coalesce(var.x, "fn-${var.x}")`, ""},
		{`coalesce("${var.x}${var.x}", "other")`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", "variable \"x\" {}\nvariable \"config\" {\n  default = null\n  type = object({ name = string })\n}\nlocals { name = \"fn-${var.x}\" }\n"+
				"resource \"aws_lambda_function\" \"f\" {\n  function_name = "+tt.name+"\n}\n")
			node, _ := r.Node("functions.0.name").(map[string]any)
			if got, _ := node["prefix"].(string); got != tt.want || node["unknown"] != true {
				t.Errorf("%v, want the prefix %q", node, tt.want)
			}
		})
	}
}

// TestLoops reads what a loop makes element by element.
func TestLoops(t *testing.T) {
	for _, tt := range []struct{ name, variables, want string }{
		{"the key is known and the value is not", `{ for k, v in { A = var.x, B = "b" } : k => v }`, `A ?, B b`},
		{"an element that may be missing", `{ for k, v in { A = var.x, B = "b" } : k => v if v != null }`, `A ?, B b`},
		{"a known element that may be missing", `{ for k, v in { A = "a", B = "b" } : k => v if k == "B" || var.x }`, `B b, open`},
		{"an attribute that is never null", `{ for k, v in { A = aws_sqs_queue.q.url, B = "b" } : k => v if v != null }`, `A ?, B b`},
		{"left out", `{ for k, v in { A = var.x, B = "b" } : k => v if k != "A" }`, `B b`},
		{"an unknown key", `{ for k, v in { A = var.x, B = "b" } : (k == "A" ? var.x : k) => v }`, `B b, open`},
		{"of a local", `{ for k, v in local.all : k => v }`, `C c`},
		{"a list", `{ for i, v in [for w in local.list : w] : "K${i}" => v }`, `K0 d`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", "variable \"x\" {}\nlocals {\n  all = { C = \"c\" }\n  list = [\"d\"]\n}\nresource \"aws_lambda_function\" \"f\" {\n  environment {\n    variables = "+
				tt.variables+"\n  }\n}\nresource \"aws_sqs_queue\" \"q\" {}\n")
			node, _ := r.Node("functions.0.environment.variables").(map[string]any)
			fields, _ := node["items"].([]any)
			var got []string
			for _, item := range fields {
				fields, _ := item.(map[string]any)
				value, ok := fields["value"].(string)
				if !ok {
					value = "?"
				}
				got = append(got, fmt.Sprint(fields["key"], " ", value))
			}
			if node["unknown"] == true {
				got = append(got, "open")
			}
			if text := strings.Join(got, ", "); text != tt.want {
				t.Errorf("%s, want %s (%v)", text, tt.want, node)
			}
		})
	}
}

// TestTemplateOfDocument checks that the variables of a template keep the structure of what they are made from.
func TestTemplateOfDocument(t *testing.T) {
	r := parse(t, "main.tf", `variable "x" {}
resource "aws_sqs_queue" "q" {}
resource "aws_iam_role" "r" {
  inline_policy {
    policy = templatefile("p.json", { arns = jsonencode([aws_sqs_queue.q.arn, var.x, "known"]), x = var.x })
  }
}
`, "p.json", `{"Statement": [{"Action": ["sqs:SendMessage", ${x}], "Resource": ${arns}, "Condition": ${x}}]}`)
	const at = "roles.0.statements.items.0"
	for path, want := range map[string]string{
		at + ".resources.items.0":  `{"prefix":"arn:","targets":[0],"unknown":true}`,
		at + ".resources.items.2":  `{"targets":[],"value":"known"}`,
		at + ".actions.items.0":    `{"value":"sqs:SendMessage"}`,
		at + ".actions.unknown":    `true`,
		at + ".conditions.unknown": `true`,
	} {
		if got := r.Show(path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}
