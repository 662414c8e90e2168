package terraform_test

import (
	"context"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/tree"
	"lintel/parsers/terraform"
)

// TestLinkedLater links a stack after the context of its reader has ended, as with a unit that is read for others first: what its
// roles may do with other values of variables is known all the same.
func TestLinkedLater(t *testing.T) {
	fsys := fstest.MapFS{"main.tf": {Data: []byte(`variable "name" { default = "orders" }
resource "aws_iam_role" "r" { assume_role_policy = "{}" }
resource "aws_lambda_function" "f" {
  function_name = var.name
  role          = aws_iam_role.r.arn
}
`)}}
	for name, isEnded := range map[string]bool{"in time": false, "later": true} {
		t.Run(name, func(t *testing.T) {
			ctx, end := context.WithCancel(t.Context())
			defer end()
			parsed := terraform.Read(ctx, fsys, deployment.Unit{Kind: deployment.TerraformModule, Root: "."}, deployment.Options{})
			if isEnded {
				end()
			}
			parsed.Link(t.Context())
			if actions := &parsed.Stack.Roles[0].OtherActions; actions.State == tree.StateUnknown {
				t.Errorf("the other actions of the role are %v", actions)
			}
		})
	}
}
