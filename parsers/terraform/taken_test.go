package terraform_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A conditional whose condition is known refers to the branch that is taken alone, wherever it stands.
func TestTakenBranch(t *testing.T) {
	const roles = `
variable "is_shared" {
  default = true
}
resource "aws_iam_role" "a" {
  assume_role_policy = "{}"
}
resource "aws_iam_role" "b" {
  assume_role_policy = "{}"
}
`
	function := func(role string) string {
		return "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role = " + role + "\n}\n"
	}
	const choice = `(var.is_shared ? aws_iam_role.a.arn : aws_iam_role.b.arn)`
	for name, tt := range map[string]struct {
		files []string
		want  string
	}{
		"attribute": {[]string{"main.tf", roles + function(choice)}, `{"prefix":"arn:","targets":[0],"unknown":true}`},
		"local":     {[]string{"main.tf", roles + "locals {\n  role = " + choice + "\n}\n" + function("local.role")}, `{"prefix":"arn:","targets":[0],"unknown":true}`},
		"chain of locals": {
			[]string{"main.tf", roles + "locals {\n  any = " + choice + "\n  role = false ? aws_iam_role.b.arn : local.any\n}\n" + function("local.role")},
			`{"prefix":"arn:","targets":[0],"unknown":true}`,
		},
		"argument and output": {[]string{
			"main.tf", roles + "module \"m\" {\n  source = \"./m\"\n  role = " + choice + "\n}\n" + function("module.m.role"),
			"m/main.tf", "variable \"role\" {}\noutput \"role\" {\n  value = var.role\n}\n",
		}, `{"prefix":"arn:","targets":[0],"unknown":true}`},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, parse(t, tt.files...).Show("functions.0.role")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
