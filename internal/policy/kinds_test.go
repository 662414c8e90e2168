package policy

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/parsers"
)

// isListed reports whether a check of a rule is undetermined in a file.
func isListed(t *testing.T, set *Set, rule, name, content string) bool {
	t.Helper()
	root := fstest.MapFS{name: {Data: []byte(content)}}
	units, _ := parsers.Find(root, []string{"."})
	parsed := parsers.Parse(t.Context(), root, units[0], deployment.Options{})
	got := set.Evaluate(t.Context(), parsed.Stack, "unit", model.Facts{}, func(finding.Rule) bool { return true })
	return slices.ContainsFunc(got.Undecided, func(u finding.Undecided) bool { return slices.Contains(u.Rules, rule) })
}

// TestBoundaryFromElsewhere checks that a permissions boundary decides nothing that no policy of the template can be.
func TestBoundaryFromElsewhere(t *testing.T) {
	const template = `
Parameters:
  Boundary: {Type: String, Default: none}
  Name: {Type: String}
Conditions:
  HasBoundary: !Not [!Equals [!Ref Boundary, none]]
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties: {Handler: a.b, Role: !GetAtt Role.Arn, Runtime: python3.12, Code: {S3Bucket: b, S3Key: k}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      PermissionsBoundary: %s
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]}
      Policies:
        - PolicyName: a
          PolicyDocument: {Statement: [{Effect: Allow, Action: ["s3:GetObject*", "s3:DeleteObject*"], Resource: "*"}]}
  Limit:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: %s
      PolicyDocument: {Statement: [{Effect: Allow, Action: "ec2:*", Resource: "*"}]}
`
	const configuration = `
variable "boundary" {}
variable "name" {}
data "aws_iam_policy" "limit" { name = var.name }
resource "aws_lambda_function" "f" {
  role = aws_iam_role.r.arn
}
resource "aws_iam_role" "r" {
  name                 = "r"
  permissions_boundary = %s
  assume_role_policy   = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:GetObject*", "s3:DeleteObject*"], Resource = "*" }] })
}
resource "aws_iam_policy" "limit" {
  name   = %s
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "ec2:*", Resource = "*" }] })
}
`
	set, err := Load(os.DirFS("../../policies"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		file, boundary, policy string
		want                   bool
	}{
		{"template.yaml", `!Ref Boundary`, `limit`, false},
		{"template.yaml", `!If [HasBoundary, !Ref Boundary, !Ref "AWS::NoValue"]`, `limit`, false},
		{"template.yaml", `!ImportValue boundary`, `!Ref Name`, false},
		{"template.yaml", `!Sub "arn:aws:iam::${AWS::AccountId}:policy/${Boundary}"`, `!Ref Name`, true},
		{"main.tf", `var.boundary`, `"limit"`, false},
		{"main.tf", `data.aws_iam_policy.limit.arn`, `"limit"`, false},
		{"main.tf", `"arn:aws:iam::123456789012:policy/${var.boundary}"`, `var.name`, true},
	} {
		text := fmt.Sprintf(template, tt.boundary, tt.policy)
		if tt.file == "main.tf" {
			text = fmt.Sprintf(configuration, tt.boundary, tt.policy)
		}
		if is := isListed(t, set, "policy-resource-star", tt.file, text); is != tt.want {
			t.Errorf("%s beside %s: undetermined %v, want %v", tt.boundary, tt.policy, is, tt.want)
		}
	}
}
