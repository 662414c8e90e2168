package terraform_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOptional reads values of blocks of which it is unknown how many instances they have.
func TestOptional(t *testing.T) {
	const rest = `
variable "on" {}
variable "n" {}
variable "names" {}
variable "other" { default = "other" }
locals {
  queue = one(aws_sqs_queue.q[*].arn)
  first = try(aws_sqs_queue.q[0].arn, var.other)
}
resource "aws_sqs_queue" "q" {
  count = var.on ? 1 : 0
  name  = "jobs"
}
resource "aws_sqs_queue" "many" {
  count = var.n
  name  = "jobs"
}
resource "aws_sqs_queue" "each" {
  for_each = var.names
  name     = "jobs"
}
module "m" {
  source = "./m"
  count  = var.on ? 1 : 0
}
module "named" {
  source   = "./m"
  for_each = var.names
}
`
	const arn, inner = "arn:aws:sqs:us-east-1:111122223333:jobs", "arn:aws:sqs:us-east-1:111122223333:inner"
	for _, tt := range []struct {
		expression string
		want       []any // the values that it may have; known: the only one
	}{
		{`aws_sqs_queue.q[0].arn`, []any{arn}},
		{`aws_sqs_queue.many[3].arn`, []any{arn}},
		{`aws_sqs_queue.many[count.index].arn`, []any{arn}},
		{`aws_sqs_queue.each["a"].arn`, []any{arn}},
		{`aws_sqs_queue.each[var.on].arn`, []any{arn}},
		{`"${aws_sqs_queue.q[0].arn}"`, []any{arn}},
		{`format("%s", aws_sqs_queue.q[0].arn)`, []any{arn}},
		{`try(aws_sqs_queue.q[0].arn, "x")`, []any{arn, "x"}},
		{`try(aws_sqs_queue.q[0].arn, var.other)`, []any{arn, "other"}},
		{`local.first`, []any{arn, "other"}},
		{`join("", aws_sqs_queue.q[*].arn)`, []any{arn, ""}},
		{`join("", aws_sqs_queue.q.*.arn)`, []any{arn, ""}},
		{`element(concat(aws_sqs_queue.q.*.arn, [""]), 0)`, []any{arn, ""}},
		{`one(aws_sqs_queue.q[*].arn)`, []any{arn}}, // the variant with an instance
		{`local.queue`, []any{arn}},
		{`one(aws_sqs_queue.many[*].arn)`, nil}, // absent or not
		{`module.m[0].arn`, []any{inner}},
		{`module.m[0].name`, []any{"inner"}},
		{`module.named["a"].arn`, []any{inner}},
		{`module.named[var.on].arn`, []any{inner}},
		{`one(module.m[*].arn)`, []any{inner}},
		{`try(module.m[0].arn, "")`, []any{inner, ""}},
	} {
		t.Run(tt.expression, func(t *testing.T) {
			r := parse(t, "main.tf", rest+"resource \"aws_lambda_function\" \"f\" {\n  description = "+tt.expression+"\n}\n",
				"m/main.tf", "resource \"aws_sqs_queue\" \"inner\" { name = \"inner\" }\noutput \"arn\" { value = aws_sqs_queue.inner.arn }\noutput \"name\" { value = aws_sqs_queue.inner.name }\n")
			got := r.Info("functions.0.description").Examples
			if value, ok := r.Node("functions.0.description").(map[string]any)["value"]; ok {
				got = []any{value}
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
