package workspace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/workspace"
)

// roleStack is a stack with an execution role that may do everything.
func roleStack(outputs string) string {
	return `Resources:
  AppRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: app-role
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: all
          PolicyDocument:
            Statement: [{Effect: Allow, Action: "*", Resource: "*"}]
` + outputs
}

// functionStack is a stack with a function that runs with a role.
func functionStack(role string) string {
	return `Parameters:
  Network: {Type: String}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /app/role}
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: a.b
      Code: {ZipFile: x}
      Role: ` + role + "\n"
}

// exported is the output of roleStack under a name.
func exported(name string) string {
	return "Outputs:\n  RoleArn:\n    Value: !GetAtt AppRole.Arn\n    Export: {Name: " + name + "}\n"
}

const roleModule = `resource "aws_iam_role" "app" {
  name               = "app-role"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "all" {
  role   = aws_iam_role.app.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
output "role_arn" {
  value = aws_iam_role.app.arn
}
`

const storedRole = "resource \"aws_ssm_parameter\" \"role\" {\n  name  = \"/app/role\"\n  type  = \"String\"\n  value = aws_iam_role.app.arn\n}\n"

// functionModule is a root module with a function that runs with a role.
func functionModule(data, role string) string {
	return data + "\nresource \"aws_lambda_function\" \"orders\" {\n  function_name = \"orders\"\n  runtime = \"python3.13\"\n  handler = \"a.b\"\n  filename = \"a.zip\"\n  role = " + role + "\n}\n"
}

func backend(kind, settings string) string {
	return fmt.Sprintf("terraform {\n  backend %q {\n%s  }\n}\n", kind, settings)
}

func remoteState(kind, config string) string {
	return fmt.Sprintf("data \"terraform_remote_state\" \"iam\" {\n  backend = %q\n  config = {\n%s  }\n}\n", kind, config)
}

func TestRepository(t *testing.T) {
	const s3 = "    bucket = \"states\"\n    key = \"iam/terraform.tfstate\"\n"
	const roleOfState = "data.terraform_remote_state.iam.outputs.role_arn"
	const ofTemplate, ofModule, alone = "AppRole of Orders", "aws_iam_role.app of aws_lambda_function.orders", "AppRole"
	for name, tt := range map[string]struct {
		files map[string]string
		want  string // the role and its function, as the finding about the role names them
	}{
		"export": {map[string]string{
			"iam.yaml": roleStack(exported("app-role-arn")), "app.yaml": functionStack("!ImportValue app-role-arn"),
		}, ofTemplate},
		"two exports": {map[string]string{
			"dev/iam.yaml": roleStack(exported("app-role-arn")), "prod/iam.yaml": roleStack(exported("app-role-arn")), "app.yaml": functionStack("!ImportValue app-role-arn"),
		}, alone},
		"export with the name of the stack": {map[string]string{
			"iam.yaml": roleStack(exported(`!Sub "${AWS::StackName}-RoleArn"`)), "app.yaml": functionStack(`{"Fn::ImportValue": !Sub "${Network}-RoleArn"}`),
		}, ofTemplate},
		"export with the name of a far stack": {map[string]string{
			"a/b/c/d/iam.yaml": roleStack(exported(`!Sub "${AWS::StackName}-RoleArn"`)), "x/app.yaml": functionStack(`{"Fn::ImportValue": !Sub "${Network}-RoleArn"}`),
		}, alone},
		"stored": {map[string]string{
			"iam.yaml": roleStack("  Role:\n    Type: AWS::SSM::Parameter\n    Properties: {Name: /app/role, Type: String, Value: !GetAtt AppRole.Arn}\n"),
			"app.yaml": functionStack("'{{resolve:ssm:/app/role:1}}'"),
		}, ofTemplate},
		"stored, by a parameter": {map[string]string{
			"iam.yaml": roleStack("  Role:\n    Type: AWS::SSM::Parameter\n    Properties: {Name: /app/role, Type: String, Value: !GetAtt AppRole.Arn}\n"),
			"app.yaml": functionStack("!Ref Stored"),
		}, ofTemplate},
		"stored by Terraform": {map[string]string{
			"iam/main.tf": roleModule + storedRole, "app.yaml": functionStack("!Ref Stored"),
		}, "aws_iam_role.app of Orders"},
		"stored for Terraform": {map[string]string{
			"iam/main.tf": roleModule + storedRole,
			"app/main.tf": functionModule("data \"aws_ssm_parameter\" \"role\" {\n  name = \"/app/role\"\n}", "data.aws_ssm_parameter.role.value"),
		}, ofModule},
		"remote state": {map[string]string{
			"iam/main.tf": backend("s3", s3) + roleModule, "app/main.tf": functionModule(remoteState("s3", s3), roleOfState),
		}, ofModule},
		"another remote state": {map[string]string{
			"iam/main.tf": backend("s3", strings.Replace(s3, "iam/", "net/", 1)) + roleModule, "app/main.tf": functionModule(remoteState("s3", s3), roleOfState),
		}, "aws_iam_role.app"},
		"local state": {map[string]string{
			"iam/main.tf": roleModule, "app/main.tf": functionModule(remoteState("local", "    path = \"${path.module}/../iam/terraform.tfstate\"\n"), roleOfState),
		}, ofModule},
		"named by Terraform": {map[string]string{
			"iam/main.tf": roleModule, "app/main.tf": functionModule("data \"aws_iam_role\" \"app\" {\n  name = \"app-role\"\n}", "data.aws_iam_role.app.arn"),
		}, ofModule},
		"named by Terraform in a template": {map[string]string{
			"iam.yaml": roleStack(""), "app/main.tf": functionModule("data \"aws_iam_role\" \"app\" {\n  name = \"app-role\"\n}", "data.aws_iam_role.app.arn"),
		}, "AppRole of aws_lambda_function.orders"},
		"named in an ARN": {map[string]string{
			"iam.yaml": roleStack(""), "app.yaml": functionStack("arn:aws:iam::123456789012:role/app-role"),
		}, ofTemplate},
		"exports that import each other": {map[string]string{
			"iam.yaml": roleStack(exported("app-role-arn") + "  Function:\n    Value: !ImportValue function\n    Export: {Name: again}\n"),
			"app.yaml": functionStack("!ImportValue app-role-arn") + "Outputs:\n  Function:\n    Value: !ImportValue again\n    Export: {Name: function}\n",
		}, ofTemplate},
	} {
		t.Run(name, func(t *testing.T) {
			o := check(t, workspace.New(), tree(tt.files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{"policy-admin-star"}})
			got := map[string]bool{}
			for _, f := range o.Report.Findings {
				role, rest, _ := strings.Cut(f.Message, " (execution role")
				of, _, _ := strings.Cut(rest, ")")
				got[role+of] = true
			}
			if len(got) != 1 || !got[tt.want] || len(o.Report.Problems) > 0 {
				t.Errorf("got %v and problems %v, want %q", got, o.Report.Problems, tt.want)
			}
		})
	}
}

func TestSettingsOfOtherUnits(t *testing.T) {
	files := map[string]string{
		"iam/iam.yaml": roleStack(exported("app-role-arn")), "app/app.yaml": functionStack("!ImportValue app-role-arn"),
		"iam/.lintel.yaml": "rules:\n  policy-admin-star: {severity: low}\n", "app/.lintel.yaml": "rules:\n  policy-admin-star: {severity: medium}\n",
	}
	o := check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{"policy-admin-star"}})
	if diff := cmp.Diff([]string{"iam/iam.yaml low policy-admin-star!"}, said(o.Report)); diff != "" {
		t.Error(diff)
	}
	files["iam/.lintel.yaml"] = "skip: [policy-admin-star]\n"
	o = check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{})
	if slices.ContainsFunc(o.Report.Findings, func(f finding.Finding) bool { return f.Rule == "policy-admin-star" }) {
		t.Errorf("the finding in a unit that skips the rule is reported: %v", said(o.Report))
	}
}

func TestChangedRoleOfAnotherUnit(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"export":       {"iam/iam.yaml": roleStack(exported("app-role-arn")), "app/app.yaml": functionStack("!ImportValue app-role-arn"), "other/app.yaml": functionStack("!ImportValue other-role")},
		"remote state": {"iam/iam.tf": roleModule, "app/app.tf": functionModule(remoteState("local", "    path = \"../iam/terraform.tfstate\"\n"), "data.terraform_remote_state.iam.outputs.role_arn"), "other/a.tf": functionModule("", `"arn:aws:iam::1:role/other"`)},
		"name":         {"iam/iam.tf": roleModule, "app/app.yaml": functionStack("arn:aws:iam::123456789012:role/app-role"), "other/app.yaml": functionStack("arn:aws:iam::123456789012:role/other")},
	} {
		for _, w := range []*workspace.Workspace{workspace.New(), workspace.NewLasting()} {
			var changed []string
			for file := range files { // any order: there is one
				if strings.HasPrefix(file, "iam/") {
					changed = append(changed, file)
				}
			}
			o := check(t, w, tree(files), settings(t), workspace.Search{Paths: changed, Widen: true}, workspace.Overrides{Only: []string{"policy-admin-star"}})
			if len(o.Report.Findings) != 1 || !strings.Contains(strings.ToLower(o.Report.Findings[0].Message), "orders") || len(o.Report.Checked) != 2 {
				t.Errorf("%s: got %v of %d units", name, o.Report.Findings, len(o.Report.Checked))
			}
		}
	}
}

func TestStacks(t *testing.T) {
	files := map[string]string{
		"infra/network/iam.yaml": roleStack(exported(`!Sub "${AWS::StackName}-RoleArn"`)),
		"infra/copy/iam.yaml":    roleStack(exported(`!Sub "${AWS::StackName}-RoleArn"`)),
		"app/app.yaml":           functionStack(`{"Fn::ImportValue": !Sub "${Network}-RoleArn"}`),
	}
	for configuration, want := range map[string]bool{"": false, "stacks: {network-prod: infra/network}\n": true, "stacks: {network-prod: infra/network/iam.yaml}\n": true, "stacks: {a: infra/network, b: infra/copy}\n": false} {
		files[".lintel.yaml"] = configuration
		o := check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{"policy-admin-star"}})
		if got := strings.Contains(o.Report.Findings[1].Message, "of Orders"); got != want {
			t.Errorf("%q: %s", configuration, o.Report.Findings[1].Message)
		}
	}
}

// A third unit may attach policies to a role.
func TestMissingPermissionsOfRoleElsewhere(t *testing.T) {
	role := strings.Replace(roleStack(exported("app-role-arn")), `Action: "*"`, "Action: s3:GetObject", 1)
	const rule = "role-missing-logs-permission"
	own, _, _ := strings.Cut(role, "Outputs:")
	own += strings.SplitAfter(functionStack("!GetAtt AppRole.Arn"), "Resources:\n")[1]
	for name, tt := range map[string]struct {
		files map[string]string
		want  int
	}{
		"own role":      {map[string]string{"app.yaml": own}, 1},
		"imported role": {map[string]string{"iam.yaml": role, "app.yaml": functionStack("!ImportValue app-role-arn")}, 0},
	} {
		o := check(t, workspace.New(), tree(tt.files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{rule}})
		if got := len(o.Report.Findings); got != tt.want {
			t.Errorf("%s: %v", name, said(o.Report))
		}
	}
}
