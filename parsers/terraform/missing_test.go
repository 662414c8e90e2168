package terraform_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNotDeclared reports each name that a module does not declare in one gap of its file, and no name that it may use.
func TestNotDeclared(t *testing.T) {
	r := parse(t, "main.tf", `resource "aws_lambda_function" "f" {
  role        = aws_iam_role.missing.arn
  handler     = local.handler
  runtime     = var.runtime
  timeout     = module.gone.timeout
  memory_size = module.m.memory
  layers      = [data.aws_lambda_layer_version.l.arn, local.handler]
  description = "${terraform.workspace}${path.module}${local.there}${future.kind.x}${try(var.declared.a, "")}"
}
locals {
  there = "x"
}
variable "declared" {}
module "m" {
  source = "./m"
}
`, "m/main.tf", "locals {\n  a = 1\n}\n", "other.tf", "resource \"aws_lambda_alias\" \"a\" {\n  function_name = local.other\n}\n")
	want := []string{
		"main.tf:2: reference: the module does not declare aws_iam_role.missing, data.aws_lambda_layer_version.l, local.handler, module.gone, module.m.output.memory and 1 more; what depends on that was not checked; check the complete module",
		"other.tf:2: reference: the module does not declare local.other; what depends on that was not checked; check the complete module",
	}
	if diff := cmp.Diff(want, r.Gaps); diff != "" || len(r.Problems) > 0 {
		t.Error(diff, r.Problems)
	}
}
