package access_test

import (
	"fmt"
	"testing"

	"lintel/internal/access"
)

// TestResourcesOfOtherServices checks that an action that is allowed on resources of other services only is no ability, and that the
// resources of some services have ARNs of others.
func TestResourcesOfOtherServices(t *testing.T) {
	const module = `variable "arn" { type = string }
variable "part" { type = string }
resource "aws_dynamodb_table" "t" { name = "t" }
resource "aws_iam_role" "r" {
  name               = "reader"
  assume_role_policy = jsonencode({ Statement = [] })
}
resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = %q, Resource = %s }] })
}
`
	for name, tt := range map[string]struct {
		action, resource string
		kind             access.RiskKind
		want             access.Certainty
	}{
		"own":                 {"cognito-identity:Get*", `"arn:aws:cognito-identity:eu-west-1:1:identitypool/a"`, access.Credentials, access.Yes},
		"every resource":      {"cognito-identity:Get*", `"*"`, access.Credentials, access.Yes},
		"another service":     {"cognito-identity:Get*", `"arn:aws:cognito-idp:eu-west-1:1:userpool/a"`, access.Credentials, access.No},
		"one of two":          {"dynamodb:GetItem", `["arn:aws:s3:::a/*", "arn:aws:dynamodb:*:*:table/a"]`, access.Data, access.Yes},
		"of the stack":        {"dynamodb:GetItem", `aws_dynamodb_table.t.arn`, access.Data, access.Yes},
		"unknown":             {"dynamodb:GetItem", `var.arn`, access.Data, access.Yes},
		"unknown service":     {"dynamodb:GetItem", `"arn:aws:${var.part}:a"`, access.Data, access.Yes},
		"unknown name":        {"dynamodb:GetItem", `"arn:aws:s3:::${var.part}"`, access.Data, access.No},
		"role":                {"sts:AssumeRole", `"arn:aws:iam::123456789012:role/a"`, access.AssumeRole, access.Yes},
		"secret of ssm":       {"ssm:GetParameter", `"arn:aws:secretsmanager:*:*:secret:a"`, access.Secrets, access.No},
		"every service":       {"*:Get*", `"arn:aws:s3:::a/*"`, access.Data, access.Yes},
		"pattern of services": {"dynamodb:GetItem", `"arn:aws:dyn*:*:*:table/a"`, access.Data, access.Yes},
	} {
		t.Run(name, func(t *testing.T) {
			u := graphOf(t, fmt.Sprintf(module, tt.action, tt.resource)+withRole)
			if got := certaintyOf(u, tt.kind); got != tt.want {
				t.Errorf("got %s, want %s\n%+v", got, tt.want, u.Roles[0].Risks)
			}
		})
	}
}

const withRole = `resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  runtime       = "python3.13"
  handler       = "a.b"
  filename      = "f.zip"
}
`
