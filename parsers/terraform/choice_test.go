package terraform_test

import "testing"

// TestChoice checks that a choice that only deployment makes does not hide what all candidates have in common.
func TestChoice(t *testing.T) {
	const open = `{"value":"NONE"}`
	for _, tt := range []struct{ expression, want string }{
		{`var.u ? "NONE" : "NONE"`, open},
		{`var.u == 1 ? "NONE" : (var.u == 2 ? "NONE" : "NONE")`, open},
		{`["NONE", "NONE"][var.u]`, open},
		{`element(["NONE", "NONE"], var.u)`, open},
		{`{ a = "NONE", b = "NONE" }[var.u]`, open},
		{`lookup({ a = "NONE" }, var.u, "NONE")`, open},
		{`local.stages[var.u].auth`, open},
		{`local.stage.auth`, open},
		{`{ a = ["NONE", "x"], b = ["NONE", "y"] }[var.u][0]`, open},
		{`[for v in ["a"] : var.u == v ? "NONE" : "NONE"][0]`, open},
		{`jsondecode(jsonencode({ v = var.u ? "NONE" : "NONE" })).v`, open},
		{`["NONE", "AWS_IAM"][var.u]`, `{"unknown":true}`},
		{`lookup({ a = "NONE" }, var.u)`, open},
		{`[][var.u]`, `{"unknown":true}`},
		{`["NONE", local.other][var.u]`, `{"unknown":true}`},
		{`local.stages[var.u].n == 1 ? "NONE" : "NONE"`, open},
	} {
		r := parse(t, "main.tf", `
variable "u" {}
locals {
  other  = var.u
  stages = { a = { auth = "NONE", n = 1 }, b = { auth = "NONE", n = 2 } }
  stage  = var.u ? { auth = "NONE", n = 1 } : { auth = "NONE", n = 2 }
}
resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = `+tt.expression+"\n}\n")
		if got := r.Show("function_urls.0.auth_type"); got != tt.want {
			t.Errorf("%s = %s, want %s", tt.expression, got, tt.want)
		}
	}
}
