package workspace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lintel/internal/workspace"
)

// stateIn is the data source of the local state of the root module in a directory beside.
func stateIn(dir string) string {
	return remoteState("local", "    path = \"../"+dir+"/terraform.tfstate\"\n")
}

const roleOfState = "data.terraform_remote_state.iam.outputs.role_arn"

// passing is a root module that passes the role of another state on.
func passing(dir, value string) string {
	return stateIn(dir) + "output \"role_arn\" {\n  value = " + value + "\n}\n"
}

// exporting is a template that exports a value.
func exporting(name, value string) string {
	return "Parameters:\n  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /app/role}\nResources:\n  Topic: {Type: AWS::SNS::Topic}\nOutputs:\n  Role:\n    Value: " + value + "\n    Export: {Name: " + name + "}\n"
}

// storing is a template that stores a value.
func storing(value string) string {
	return "Resources:\n  Stored:\n    Type: AWS::SSM::Parameter\n    Properties: {Name: /app/role, Type: String, Value: " + value + "}\n"
}

// A value that one unit passes on to another is the one of the unit that it is from.
func TestChains(t *testing.T) {
	const ofTemplate, alone = "AppRole of Orders", "AppRole"
	first, last := roleStack(exported("first")), functionStack("!ImportValue last")
	nested := "Resources:\n  Iam:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: nested/iam.yaml}\nOutputs:\n  Role:\n    Value: !GetAtt Iam.Outputs.RoleArn\n    Export: {Name: last}\n"
	const output = "Outputs:\n  RoleArn:\n    Value: !GetAtt AppRole.Arn\n"
	exportData := "data \"aws_cloudformation_export\" \"role\" {\n  name = \"first\"\n}\n"
	sam := "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties: {Runtime: python3.13, Handler: a.b, InlineCode: x, Role: !ImportValue last}\n"
	for name, tt := range map[string]struct {
		files map[string]string
		want  string // the role and its function, as the finding about the role names them
	}{
		"exported again": {map[string]string{"a.yaml": first, "b.yaml": exporting("last", "!ImportValue first"), "c.yaml": last}, ofTemplate},
		"three times": {map[string]string{
			"a.yaml": first, "b.yaml": exporting("second", "!ImportValue first"), "b2.yaml": exporting("third", "!ImportValue second"),
			"b3.yaml": exporting("last", "!ImportValue third"), "c.yaml": last,
		}, ofTemplate},
		"for SAM":              {map[string]string{"a.yaml": first, "b.yaml": exporting("last", "!ImportValue first"), "c.yaml": sam}, ofTemplate},
		"stored":               {map[string]string{"a.yaml": first, "b.yaml": storing("!ImportValue first"), "c.yaml": functionStack("!Ref Stored")}, ofTemplate},
		"stored, then export":  {map[string]string{"a.yaml": roleStack("  Stored:\n    Type: AWS::SSM::Parameter\n    Properties: {Name: /app/role, Type: String, Value: !GetAtt AppRole.Arn}\n"), "b.yaml": exporting("last", "!Ref Stored"), "c.yaml": last}, ofTemplate},
		"nested":               {map[string]string{"a.yaml": nested, "nested/iam.yaml": roleStack(output), "c.yaml": last}, "Iam.AppRole of Orders"},
		"nested, passed on":    {map[string]string{"a.yaml": strings.Replace(nested, "last", "first", 1), "nested/iam.yaml": roleStack(output), "b.yaml": exporting("last", "!ImportValue first"), "c.yaml": last}, "Iam.AppRole of Orders"},
		"by a nested stack":    {map[string]string{"a.yaml": first, "b.yaml": strings.ReplaceAll(nested, "iam.yaml", "b.yaml"), "nested/b.yaml": "Resources:\n  T: {Type: AWS::SNS::Topic}\nOutputs:\n  RoleArn: {Value: !ImportValue first}\n", "c.yaml": last}, ofTemplate},
		"remote states":        {map[string]string{"a/m.tf": roleModule, "b/m.tf": passing("a", roleOfState), "c/m.tf": functionModule(stateIn("b"), roleOfState)}, "aws_iam_role.app of aws_lambda_function.orders"},
		"by a local":           {map[string]string{"a/m.tf": roleModule, "b/m.tf": "locals {\n  role = " + roleOfState + "\n}\n" + passing("a", "local.role"), "c/m.tf": functionModule(stateIn("b"), roleOfState)}, "aws_iam_role.app of aws_lambda_function.orders"},
		"by a module":          {map[string]string{"a/m.tf": roleModule, "b/m.tf": "module \"m\" {\n  source = \"../mod\"\n  role = " + roleOfState + "\n}\n" + passing("a", "module.m.role"), "mod/m.tf": "variable \"role\" {}\noutput \"role\" {\n  value = var.role\n}\n", "c/m.tf": functionModule(stateIn("b"), roleOfState)}, "aws_iam_role.app of aws_lambda_function.orders"},
		"export to a state":    {map[string]string{"a.yaml": first, "b/m.tf": exportData + "output \"role_arn\" {\n  value = data.aws_cloudformation_export.role.value\n}\n", "c/m.tf": functionModule(stateIn("b"), roleOfState)}, "AppRole of aws_lambda_function.orders"},
		"state to a parameter": {map[string]string{"a/m.tf": roleModule, "b/m.tf": stateIn("a") + "resource \"aws_ssm_parameter\" \"r\" {\n  name = \"/app/role\"\n  type = \"String\"\n  value = " + roleOfState + "\n}\n", "c.yaml": functionStack("!Ref Stored")}, "aws_iam_role.app of Orders"},
		"CDK": {map[string]string{
			"cdk.out/Iam.template.json":   `{"Resources": {"AppRole": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}, "Policies": [{"PolicyName": "all", "PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}}]}}}, "Outputs": {"ExportsOutputFnGetAttAppRoleArn7A": {"Value": {"Fn::GetAtt": ["AppRole", "Arn"]}, "Export": {"Name": "Iam:ExportsOutputFnGetAttAppRoleArn7A"}}}}`,
			"cdk.out/Mid.template.json":   `{"Resources": {"P": {"Type": "AWS::SSM::Parameter", "Properties": {"Name": "/app/role", "Type": "String", "Value": {"Fn::ImportValue": "Iam:ExportsOutputFnGetAttAppRoleArn7A"}}}}}`,
			"cdk.out/Fn.template.json":    `{"Parameters": {"P": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/app/role"}}, "Resources": {"Orders": {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "python3.13", "Handler": "a.b", "Code": {"ZipFile": "x"}, "Role": {"Ref": "P"}}}}}`,
			"cdk.out/manifest.json":       `{"version": "36.0.0"}`,
			"cdk.out/tree.json":           `{}`,
			"cdk.out/Other.template.json": `{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}`,
		}, ofTemplate},
		"two of one name": {map[string]string{"a.yaml": first, "b.yaml": exporting("last", "!ImportValue first"), "b2.yaml": exporting("last", "!ImportValue first"), "c.yaml": last}, alone},
		"two first":       {map[string]string{"a.yaml": first, "d/a.yaml": first, "b.yaml": exporting("last", "!ImportValue first"), "c.yaml": last}, alone},
		"a setting":       {map[string]string{"a.yaml": roleStack("Outputs:\n  Name: {Value: on, Export: {Name: first}}\n"), "b.yaml": storing("!ImportValue first"), "c.yaml": functionStack("!Ref Stored")}, alone},
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

// Units that pass values on in a cycle end, with the same result whatever is checked and read first.
func TestCycles(t *testing.T) {
	const units = 12
	files := map[string]string{"iam.yaml": roleStack(exported("first"))}
	for i := range units { // each passes on to the next one, and the last one to the first
		outputs := exporting(fmt.Sprintf("v%d", i), fmt.Sprintf("!ImportValue v%d", (i+1)%units))
		files[fmt.Sprintf("s%02d.yaml", i)] = outputs + fmt.Sprintf("  Other:\n    Value: !ImportValue %s\n    Export: {Name: w%d}\n", []string{"first", fmt.Sprintf("w%d", i-1)}[min(i, 1)], i)
		files[fmt.Sprintf("f%02d.yaml", i)] = functionStack(fmt.Sprintf("!ImportValue w%d", i))
	}
	only := workspace.Overrides{Only: []string{"policy-admin-star"}}
	for i, want := range []int{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0} { // a unit of a cycle is taken without what it asks the others for
		o := check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{fmt.Sprintf("f%02d.yaml", i)}}, only)
		if len(o.Report.Findings) != want {
			t.Errorf("f%02d.yaml: %v, want %d", i, said(o.Report), want)
		}
	}
	for range 6 {
		o := check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"."}}, only)
		if got := said(o.Report); len(got) != 1 {
			t.Errorf("all: %v", got)
		}
	}
}

// What a unit asks for can depend on what it finds: two units whose questions lead to each other only then do not wait for each other.
func TestCyclesOfFoundNames(t *testing.T) {
	files := map[string]string{"z.yaml": "Resources:\n  T: {Type: AWS::SNS::Topic}\nOutputs:\n  A: {Value: ofa, Export: {Name: to-a}}\n  B: {Value: ofb, Export: {Name: to-b}}\n  S: {Value: s, Export: {Name: s}}\n"}
	for _, u := range [][2]string{{"a", "b"}, {"b", "a"}} {
		files[u[0]+".yaml"] = exporting("of"+u[0], "!ImportValue s") + "  Next:\n    Value: {'Fn::ImportValue': !ImportValue to-" + u[1] + "}\n    Export: {Name: next-" + u[0] + "}\n"
		files["f"+u[0]+".yaml"] = functionStack("!ImportValue next-" + u[0])
	}
	for range 20 {
		check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{})
	}
}

// A chain that is longer than the limit ends as unknown.
func TestLongChain(t *testing.T) {
	const units = 130
	files := map[string]string{"iam.yaml": roleStack(exported("v0"))}
	for i := range units {
		files[fmt.Sprintf("s%03d.yaml", i)] = exporting(fmt.Sprintf("v%d", i+1), fmt.Sprintf("!ImportValue v%d", i))
	}
	for at, want := range map[int]bool{90: true, units: false} {
		files["app.yaml"] = functionStack(fmt.Sprintf("!ImportValue v%d", at))
		o := check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"app.yaml"}}, workspace.Overrides{Only: []string{"policy-admin-star"}})
		if got := len(o.Report.Findings) > 0; got != want {
			t.Errorf("through %d units: %v", at, said(o.Report))
		}
	}
}

// A change of a role is judged with the units that a value of it is passed on to.
func TestChangedRoleOfChain(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"exports": {"iam/a.yaml": roleStack(exported("first")), "b.yaml": exporting("last", "!ImportValue first"), "app/c.yaml": functionStack("!ImportValue last"), "d.yaml": exporting("d", "!ImportValue e")},
		"states":  {"iam/m.tf": roleModule, "b/m.tf": passing("iam", roleOfState), "app/m.tf": functionModule(stateIn("b"), roleOfState)},
	} {
		for _, w := range []*workspace.Workspace{workspace.New(), workspace.NewLasting()} {
			var changed []string
			for file := range files { // any order: there is one
				if strings.HasPrefix(file, "iam/") {
					changed = append(changed, file)
				}
			}
			o := check(t, w, tree(files), settings(t), workspace.Search{Paths: changed, Widen: true}, workspace.Overrides{Only: []string{"policy-admin-star"}})
			if len(o.Report.Findings) != 1 || !strings.Contains(strings.ToLower(o.Report.Findings[0].Message), "orders") || len(o.Report.Checked) != 3 {
				t.Errorf("%s: got %v of %d units", name, said(o.Report), len(o.Report.Checked))
			}
		}
	}
}

// The result is the same whichever unit is checked.
func TestChainFromEachUnit(t *testing.T) {
	files := tree(map[string]string{"a.yaml": roleStack(exported("first")), "b.yaml": exporting("last", "!ImportValue first"), "c.yaml": functionStack("!ImportValue last")})
	for _, paths := range [][]string{{"c.yaml"}, {"c.yaml", "a.yaml"}, {"b.yaml", "c.yaml"}, {"."}} {
		o := check(t, workspace.New(), files, settings(t), workspace.Search{Paths: paths}, workspace.Overrides{Only: []string{"policy-admin-star"}})
		if want := []string{"a.yaml critical policy-admin-star!"}; !slices.Equal(said(o.Report), want) {
			t.Errorf("%q: got %v, want %v", paths, said(o.Report), want)
		}
	}
}
