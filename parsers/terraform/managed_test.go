package terraform_test

import "testing"

// TestManagedCopy reads inline policies that have the text of an AWS managed policy.
func TestManagedCopy(t *testing.T) {
	for _, tt := range []struct{ name, data, managed, statements string }{
		{"by ARN", `arn = "arn:aws:iam::aws:policy/AdministratorAccess"`, `{"targets":[],"value":"arn:aws:iam::aws:policy/AdministratorAccess"}`, `{"absent":true}`},
		{"by name", `name = "AdministratorAccess"`, `{"targets":[],"value":"arn:aws:iam::aws:policy/AdministratorAccess"}`, `{"absent":true}`},
		{"in any partition", `arn = "arn:${data.aws_partition.p.partition}:iam::aws:policy/AdministratorAccess"`, `{"targets":[],"value":"arn:aws:iam::aws:policy/AdministratorAccess"}`, `{"absent":true}`},
		{"of the account", `name = "ours"`, ``, `{"unknown":true}`},
		{"unknown", `arn = var.x`, ``, `{"unknown":true}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", `variable "x" {}
data "aws_partition" "p" {}
data "aws_iam_policy" "p" {
  count = 1
  `+tt.data+`
}
resource "aws_iam_role" "r" {}
resource "aws_iam_role_policy" "p" {
  count  = 1
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy.p[0].policy
}
`)
			if tt.managed != "" {
				if got := r.Show("roles.0.managed_policies.items.0"); got != tt.managed {
					t.Errorf("the managed policy is %s, want %s", got, tt.managed)
				}
			}
			if got := r.Show("roles.0.statements"); got != tt.statements {
				t.Errorf("the statements are %s, want %s", got, tt.statements)
			}
		})
	}
}
