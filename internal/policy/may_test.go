package policy

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/rego"
	"lintel/parsers"
)

// TestMayIncludesIs checks on every template of the rules that what a rule finds is among what it may find, and that what it may find
// is the same with the answers to the question what is.
func TestMayIncludesIs(t *testing.T) {
	set, err := Load(os.DirFS("../../policies"))
	if err != nil {
		t.Fatal(err)
	}
	program, err := set.rules[0].program()
	if err != nil {
		t.Fatal(err)
	}
	root := os.DirFS("../../policies/rules")
	units, _ := parsers.Find(root, []string{"."})
	for _, u := range units {
		parsed := parsers.Parse(t.Context(), root, u, deployment.Options{})
		input, index := model.Encode(parsed.Stack, model.Facts{Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)})
		e := encoded{index: index}
		planned := rego.FromModel(input)
		is, may, knowing := program.Evaluate(planned), program.May(rego.MayBe(planned, e.node)), program.May(rego.MayBe(planned, e.node))
		knowing.Knowing(is)
		for _, r := range set.rules {
			if r.ID == "deploy-oidc-trust-broad" { // it finds what is unknown: the ARN of a provider in the same stack
				continue
			}
			name := rulesDir + "." + r.Package + ".deny"
			found, err := is.Rule(t.Context(), name)
			if err != nil {
				t.Fatal(err)
			}
			possible, err := may.Rule(t.Context(), name)
			if errors.Is(err, rego.ErrOpen) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if again, err := knowing.Rule(t.Context(), name); err != nil || !slices.Equal(described(possible), described(again)) {
				t.Errorf("%s: %s may find %v, and %v with what is known (%v)", u.Root, r.ID, described(possible), described(again), err)
			}
			if !is.Touched() && !slices.Equal(described(possible), described(found)) {
				t.Errorf("%s: %s finds %v whatever is unknown, and may find %v", u.Root, r.ID, described(found), described(possible))
			}
			for _, item := range found.Items() {
				at := violationOf(item).At
				if !slices.ContainsFunc(possible.Items(), func(v rego.Value) bool { return violationOf(v).At == at }) {
					t.Errorf("%s: %s finds %v, and may not find it", u.Root, r.ID, item)
				}
			}
		}
	}
}

// described returns what a rule returned with the nodes that it depends on.
func described(answer rego.Value) (all []string) {
	for _, item := range answer.Items() {
		node, ok := item.Depends()
		all = append(all, fmt.Sprint(item, node, ok))
	}
	return all
}

func TestInOne(t *testing.T) {
	for want, texts := range map[string][]string{
		"f runs python3.8 or python3.9 (deprecated)": {"f runs python3.8 (deprecated)", "f runs python3.9 (deprecated)"},
		"f is open":           {"f is open", "f is open"},
		"a or b":              {"a", "b"},
		"f has x y or z here": {"f has x y here", "f has z here"},
	} {
		if got := inOne(texts); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestDoubtIsNotUnknown checks that an unknown part of a policy leaves the rest of it known: the action
// ds:CreateAlias stays what it is although the resource of its statement is unknown.
func TestDoubtIsNotUnknown(t *testing.T) {
	const template = `
Parameters:
  Directory: {Type: String}
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Handler: a.b
      Role: !GetAtt Role.Arn
      Runtime: python3.12
      Code: {S3Bucket: b, S3Key: k}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]
      Policies:
        - PolicyName: a
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: %s
                Resource: !Sub "arn:${AWS::Partition}:ds:us-east-1:123456789012:directory/${Directory}"
`
	set, err := Load(os.DirFS("../../policies"))
	if err != nil {
		t.Fatal(err)
	}
	for action, want := range map[string]bool{"ds:CreateAlias": false, "!Ref Directory": true} {
		root := fstest.MapFS{"template.yaml": {Data: fmt.Appendf(nil, template, action)}}
		units, _ := parsers.Find(root, []string{"."})
		parsed := parsers.Parse(t.Context(), root, units[0], deployment.Options{})
		got := set.Evaluate(t.Context(), parsed.Stack, "unit", model.Facts{}, func(finding.Rule) bool { return true })
		is := slices.ContainsFunc(got.Undecided, func(u finding.Undecided) bool { return slices.Contains(u.Rules, "policy-action-star") })
		if is != want {
			t.Errorf("%s: undecided %v, want %v: %+v", action, is, want, got.Undecided)
		}
	}
}

// TestPolicyOfRole checks which policies may be attached to a role of the stack: not those of a role that is imported.
func TestPolicyOfRole(t *testing.T) {
	const template = `
Parameters:
  Name: {Type: String}
  Other: {Type: String}
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties: {Handler: a.b, Role: !GetAtt Role.Arn, Runtime: python3.12, Code: {S3Bucket: b, S3Key: k}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub "worker-${Name}"
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]}
  Policy:
    Type: AWS::IAM::%s
    Properties:
      PolicyName: a
      %s
      PolicyDocument: {Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}
`
	set, err := Load(os.DirFS("../../policies"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		kind, role string
		want       bool
	}{
		{"RolePolicy", "RoleName: !ImportValue other", false},
		{"Policy", "Roles: [!ImportValue other]", false},
		{"Policy", "Roles: !Split [\",\", !ImportValue others]", false},
		{"RolePolicy", "RoleName: !Ref Other", true},
		{"Policy", "Roles: [!Ref Other]", true},
		{"Policy", "Roles: [!Ref Name]", false}, // never the name that contains it
	} {
		root := fstest.MapFS{"template.yaml": {Data: fmt.Appendf(nil, template, tt.kind, tt.role)}}
		units, _ := parsers.Find(root, []string{"."})
		parsed := parsers.Parse(t.Context(), root, units[0], deployment.Options{})
		got := set.Evaluate(t.Context(), parsed.Stack, "unit", model.Facts{}, func(finding.Rule) bool { return true })
		if is := slices.ContainsFunc(got.Undecided, func(u finding.Undecided) bool { return slices.Contains(u.Rules, "policy-admin-star") }); is != tt.want {
			t.Errorf("%s: undecided %v, want %v: %+v", tt.role, is, tt.want, got.Undecided)
		}
	}
}

// TestEqualUnknownNames checks that a name with an unknown part leads to the resource with the same name, and to no other.
func TestEqualUnknownNames(t *testing.T) {
	const template = `
Parameters:
  Name: {Type: String}
  Other: {Type: String}
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "${Name}-a", Handler: a.b, Role: r, Runtime: python3.12, Code: {S3Bucket: b, S3Key: k}}
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 30, LogGroupName: %s}
`
	const configuration = `
variable "name" {}
variable "other" {}
locals {
  name = "${var.name}-a"
}
resource "aws_lambda_function" "f" {
  function_name = local.name
}
module "logs" {
  source = "./logs"
  prefix = var.name
  other  = var.other
}
`
	const module = `
variable "prefix" {}
variable "other" {}
resource "aws_cloudwatch_log_group" "g" {
  name = %s
}
`
	for _, tt := range []struct {
		name, text string
		want       []int
	}{
		{"template.yaml", `!Sub "/aws/lambda/${Name}-a"`, []int{0}},
		{"template.yaml", `!Join ["", ["/aws/lambda/", !Ref Name, "-a"]]`, []int{0}},
		{"template.yaml", `!Sub "/aws/lambda/${Other}-a"`, nil},
		{"template.yaml", `!Sub "/aws/lambda/${!Name}-a"`, nil},
		{"logs/main.tf", `"/aws/lambda/${var.prefix}-a"`, []int{0}},
		{"logs/main.tf", `format("/aws/lambda/%s-a", var.prefix)`, []int{0}},
		{"logs/main.tf", `format("/aws/lambda/%q-a", var.prefix)`, nil},
		{"logs/main.tf", `"/aws/lambda/${var.other}-a"`, nil},
		{"logs/main.tf", `"/aws/lambda/${lower(var.prefix)}-a"`, nil},
	} {
		root := fstest.MapFS{tt.name: {Data: fmt.Appendf(nil, template, tt.text)}}
		if tt.name == "logs/main.tf" {
			root = fstest.MapFS{tt.name: {Data: fmt.Appendf(nil, module, tt.text)}, "main.tf": {Data: []byte(configuration)}}
		}
		units, _ := parsers.Find(root, []string{"."})
		parsed := parsers.Parse(t.Context(), root, units[0], deployment.Options{})
		group := parsed.Stack.LogGroups[0]
		if diff := cmp.Diff(tt.want, group.Function.Targets()); diff != "" {
			t.Errorf("%s: %s", tt.text, diff)
		}
	}
}
