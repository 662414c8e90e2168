package terraform_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestExamples gives the values that an unknown one may have.
func TestExamples(t *testing.T) {
	const rest = `
variable "none" {}
variable "stage" {
  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "dev or prod"
  }
}
variable "free" {
  validation {
    condition     = length(var.free) > 3
    error_message = "short"
  }
}
variable "flag" { type = bool }
variable "aws_region" {}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
data "aws_partition" "p" {}
data "aws_iam_policy" "named" { name = "AdministratorAccess" }
data "aws_iam_policy" "path" { name = "ViewOnlyAccess" }
data "aws_iam_policy" "arn" { arn = "arn:aws:iam::aws:policy/IAMFullAccess" }
data "aws_iam_policy" "own" { name = "ours" }
data "aws_s3_bucket" "b" { bucket = "jobs" }
resource "aws_sqs_queue" "q" { name = "jobs" }
resource "aws_sqs_queue" "many" { count = 2 }
resource "aws_sns_topic" "t" {}
resource "aws_s3_bucket" "b" {}
resource "aws_glue_job" "j" {}
resource "aws_cloudfront_origin_access_identity" "i" {}
resource "aws_cloudfront_distribution" "d" {}
resource "aws_db_instance" "d" {}
data "aws_db_instance" "d" {}
resource "other_thing" "o" {}
resource "aws_api_gateway_rest_api" "a" {}
resource "aws_dynamodb_table" "t" {}
locals {
  arn  = aws_sqs_queue.q.arn
  all  = "${aws_sqs_queue.q.arn}/*"
  list = [aws_sqs_queue.q.arn, var.none]
}
module "m" {
  source = "./m"
  arn    = aws_s3_bucket.b.arn
}
`
	for _, tt := range []struct {
		expression string
		want       []any
	}{
		{`aws_sqs_queue.q.arn`, []any{"arn:aws:sqs:us-east-1:111122223333:jobs"}},
		{`aws_sqs_queue.q.id`, []any{"jobs"}},
		{`aws_sns_topic.t.id`, []any{"arn:aws:sns:us-east-1:111122223333:example"}},
		{`aws_glue_job.j.arn`, []any{"arn:aws:glue:us-east-1:111122223333:job/example"}},
		{`other_thing.o.arn`, nil},
		{`aws_sqs_queue.q.policy`, nil},
		{`aws_cloudfront_origin_access_identity.i.iam_arn`, []any{"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1A2B3C4D5E6F7"}},
		{`aws_cloudfront_distribution.d.domain_name`, []any{"example.example.com"}},
		{`aws_db_instance.d.master_user_secret_arn`, []any{"arn:aws:rds:us-east-1:111122223333:db:example"}},
		{`data.aws_db_instance.d.db_instance_arn`, []any{"arn:aws:rds:us-east-1:111122223333:db:example"}},
		{`"${aws_s3_bucket.b.arn}/*"`, []any{"arn:aws:s3:::example/*"}},
		{`"${aws_s3_bucket.b.arn}${var.none}"`, []any{"arn:aws:s3:::example*", "arn:aws:s3:::exampleexample"}},
		{`local.arn`, []any{"arn:aws:sqs:us-east-1:111122223333:jobs"}},
		{`local.all`, []any{"arn:aws:sqs:us-east-1:111122223333:jobs/*"}},
		{`local.list[0]`, []any{"arn:aws:sqs:us-east-1:111122223333:jobs"}},
		{`local.list[1]`, nil},
		{`module.m.all`, []any{"arn:aws:s3:::example/*"}},
		{`aws_sqs_queue.many[1].arn`, []any{"arn:aws:sqs:us-east-1:111122223333:example"}},
		{`one(slice(aws_sqs_queue.many[*].arn, 0, 1))`, []any{"arn:aws:sqs:us-east-1:111122223333:example"}},
		{`upper(aws_s3_bucket.b.id)`, []any{"EXAMPLE"}},
		{`format("%s/x", aws_s3_bucket.b.arn)`, []any{"arn:aws:s3:::example/x"}},
		{`join(":", [aws_s3_bucket.b.id, "x"])`, []any{"example:x"}},
		{`replace(aws_s3_bucket.b.arn, "arn:aws", "x")`, []any{"x:s3:::example"}},
		{`element(split(":", aws_sqs_queue.q.arn), 4)`, []any{"111122223333"}},
		{`try(aws_s3_bucket.b.arn, "*")`, []any{"arn:aws:s3:::example"}},
		{`coalesce(aws_s3_bucket.b.arn, "*")`, []any{"arn:aws:s3:::example"}},
		{`aws_s3_bucket.b.id == "example" ? "a" : "b"`, nil}, // two variants
		{`lookup({ example = "a" }, aws_s3_bucket.b.id, "*")`, nil},
		{`contains([aws_s3_bucket.b.id], "example") ? "a" : "b"`, nil},
		{`aws_api_gateway_rest_api.a.execution_arn`, []any{"arn:aws:execute-api:us-east-1:111122223333:a1b2c3d4e5"}},
		{`aws_dynamodb_table.t.stream_arn`, []any{"arn:aws:dynamodb:us-east-1:111122223333:table/example/stream/2026-01-01T00:00:00.000"}},
		{`data.aws_caller_identity.me.account_id`, []any{"111122223333"}},
		{`data.aws_s3_bucket.b.arn`, []any{"arn:aws:s3:::jobs"}},
		{`data.aws_iam_policy.own.arn`, []any{"arn:aws:iam::111122223333:policy/ours"}},
		{`data.aws_partition.p.partition`, []any{"aws", "aws-cn", "aws-us-gov"}},
		{`"arn:${data.aws_partition.p.partition}:iam::${data.aws_caller_identity.me.account_id}:root"`, []any{
			"arn:aws:iam::111122223333:root", "arn:aws-cn:iam::111122223333:root", "arn:aws-us-gov:iam::111122223333:root",
		}},
		{`format("%s-%s", data.aws_partition.p.partition, var.stage)`, []any{
			"aws-dev", "aws-prod", "aws-cn-dev", "aws-cn-prod", "aws-us-gov-dev", "aws-us-gov-prod",
		}},
		{`var.stage`, []any{"dev", "prod"}},
		{`"x-${var.stage}"`, []any{"x-dev", "x-prod"}},
		{`format("%s-%s", var.stage, var.stage)`, []any{"dev-dev", "prod-prod"}},
		{`var.flag`, []any{"true", "false"}},
		{`var.free`, nil},
		{`"com.amazonaws.${var.aws_region}.s3"`, []any{"com.amazonaws.us-east-1.s3"}},
		{`var.none`, nil},
	} {
		t.Run(tt.expression, func(t *testing.T) {
			r := parse(t, "main.tf", rest+"resource \"aws_lambda_function\" \"f\" {\n  description = "+tt.expression+"\n}\n",
				"m/main.tf", "variable \"arn\" { type = string }\noutput \"all\" { value = \"${var.arn}/*\" }\n")
			if diff := cmp.Diff(tt.want, r.Info("functions.0.description").Examples); diff != "" {
				t.Error(diff)
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		})
	}
	for expression, want := range map[string]string{
		`data.aws_iam_policy.named.arn`: "arn:aws:iam::aws:policy/AdministratorAccess",
		`data.aws_iam_policy.path.arn`:  "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
		`data.aws_iam_policy.arn.arn`:   "arn:aws:iam::aws:policy/IAMFullAccess",
	} {
		r := parse(t, "main.tf", rest+"resource \"aws_lambda_function\" \"f\" {\n  description = "+expression+"\n}\n", "m/main.tf",
			"variable \"arn\" {}\noutput \"all\" { value = var.arn }\n")
		if got := r.Show("functions.0.description"); got != fmt.Sprintf(`{"value":%q}`, want) {
			t.Errorf("%s is %s", expression, got)
		}
	}
}

// TestPlain checks which unknown values contain no wildcard, by the name of the variable or attribute that they come from.
func TestPlain(t *testing.T) {
	const rest = `
variable "checked" {
  validation { condition = can(regex("^[a-z]+$", var.checked)) }
}
variable "loose" {
  validation { condition = can(regex("^[a-z]+", var.loose)) }
}
variable "number" { type = number }
`
	for _, tt := range []struct {
		expression string
		want       bool
	}{
		{`[var.x]`, false},
		{`[var.queue_arn]`, true},
		{`[var.x.arn]`, true},
		{`[var.checked]`, true},
		{`[var.loose]`, false},
		{`[var.number]`, true},
		{`[var.x.resource]`, false},
		{`[var.x["queue_arn"]]`, true},
		{`[var.x["resource"]]`, false},
		{`[var.x[0].arn]`, true},
		{`var.x[*].arn`, true},
		{`var.x[*].resource`, false},
		{`[for p in var.x : p.arn]`, true},
		{`[for p in var.x : p.arn if p != null]`, true},
		{`[for p in var.x : p]`, false},
		{`concat(["a"], [for p in var.x : p.arn])`, true},
		{`concat(["a"], [for p in var.x : p.arn], var.x)`, false},
	} {
		r := parse(t, "main.tf", "variable \"x\" {}\nvariable \"queue_arn\" {}\n"+rest+"resource \"aws_lambda_function\" \"f\" {\n  layers = "+tt.expression+"\n}\n")
		at := "functions.0.layers"
		if r.Node(at).(map[string]any)["unknown"] != true {
			at += ".items.0"
		}
		if got := r.Info(at).Plain; got != tt.want {
			t.Errorf("%s contains no wildcard: %v", tt.expression, got)
		}
	}
}
