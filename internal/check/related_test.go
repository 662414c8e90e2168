package check_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/workspace"
	"lintel/policies"
)

// TestRelated checks that a finding in a policy refers to its statement, its role and the functions with the role, in
// each format.
func TestRelated(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"template.yaml", `Resources:
  Reader:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt Job.Arn, Code: {ZipFile: x}, Runtime: python3.13, Handler: i.h}
  Job:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}}
  Access:
    Type: AWS::IAM::Policy
    Properties:
      Roles: [!Ref Job]
      PolicyName: access
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: "*"
            Resource: "arn:aws:s3:::a/*"
`, []string{"template.yaml:15 the statement", "template.yaml:5 the role Job", "template.yaml:2 the function Reader runs with this role"}},
		{"main.tf", `resource "aws_lambda_function" "reader" {
  count = 2
  role  = aws_iam_role.job.arn
}
resource "aws_iam_role" "job" {
  assume_role_policy = "{}"
}
data "aws_iam_policy_document" "access" {
  statement {
    actions   = ["*"]
    resources = ["arn:aws:s3:::a/*"]
  }
}
resource "aws_iam_role_policy" "access" {
  role   = aws_iam_role.job.id
  policy = data.aws_iam_policy_document.access.json
}
`, []string{
			"main.tf:9 the statement", "main.tf:5 the role aws_iam_role.job",
			"main.tf:1 the function aws_lambda_function.reader[0] runs with this role",
		}},
		{"inline.tf", `resource "aws_lambda_function" "reader" {
  role = aws_iam_role.job.arn
}
resource "aws_iam_role" "job" {
  assume_role_policy = "{}"
  inline_policy {
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "arn:aws:s3:::a/*" }] })
  }
}
`, []string{"inline.tf:7 the statement", "inline.tf:1 the function aws_lambda_function.reader runs with this role"}},
	} {
		fsys := fstest.MapFS{tt.name: {Data: []byte(tt.text)}}
		report := runOnly(t, fsys, "policy-action-star")
		if len(report.Findings) != 1 {
			t.Fatalf("%s: %+v", tt.name, report.Findings)
		}
		if diff := cmp.Diff(tt.want, placesOf(report, report.Findings[0].Related)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// TestRelatedIsBounded checks the limit of related locations with a role of many functions.
func TestRelatedIsBounded(t *testing.T) {
	var text strings.Builder
	text.WriteString("resource \"aws_iam_role\" \"job\" {\n  assume_role_policy = \"{}\"\n  inline_policy {\n    policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"*\", Resource = \"arn:aws:s3:::a/*\" }] })\n  }\n}\n")
	for i := range 100 {
		fmt.Fprintf(&text, "resource \"aws_lambda_function\" \"f%d\" {\n  role = aws_iam_role.job.arn\n}\n", i)
	}
	fsys := fstest.MapFS{"main.tf": {Data: []byte(text.String())}}
	report := runOnly(t, fsys, "policy-action-star")
	if len(report.Findings) != 1 {
		t.Fatal(report.Findings)
	}
	if n := len(report.Findings[0].Related); n != 11 {
		t.Errorf("%d places", n)
	}
}

// runOnly checks a tree with one rule.
func runOnly(t *testing.T, fsys fs.FS, rule string) finding.Report {
	t.Helper()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	report, err := workspace.Run(t.Context(), fsys, workspace.Settings{Rules: set, Bare: true, Today: today}, []string{"."}, workspace.Overrides{Only: []string{rule}})
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(err, report.Problems)
	}
	return report
}

func placesOf(report finding.Report, all []finding.Related) []string {
	var shown []string
	for _, related := range all {
		line := 0
		if file := report.Files[related.Range.Path]; file != nil {
			line, _ = file.Position(related.Range.Start)
		}
		shown = append(shown, fmt.Sprintf("%s:%d %s", related.Range.Path, line, related.Message))
	}
	return shown
}
