package workspace_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/workspace"
)

// CDK output refers to exports of other stacks; the template of a nested stack exports what its parent does not declare.
func TestRepositoryOfOtherTools(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"CDK": {map[string]string{
			"cdk.out/Iam.template.json": `{"Resources": {"Role1ABCC5F0": {"Type": "AWS::IAM::Role", "Metadata": {"aws:cdk:path": "Iam/Role/Resource"}, "Properties": {"AssumeRolePolicyDocument": {"Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}, "Policies": [{"PolicyName": "all", "PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}}]}}}, "Outputs": {"ExportsOutputFnGetAttRole1ABCC5F0Arn7A": {"Value": {"Fn::GetAtt": ["Role1ABCC5F0", "Arn"]}, "Export": {"Name": "Iam:ExportsOutputFnGetAttRole1ABCC5F0Arn7A"}}}}`,
			"cdk.out/App.template.json": `{"Resources": {"Orders": {"Type": "AWS::Lambda::Function", "Metadata": {"aws:cdk:path": "App/Orders/Resource"}, "Properties": {"Runtime": "python3.13", "Handler": "a.b", "Code": {"ZipFile": "x"}, "Role": {"Fn::ImportValue": "Iam:ExportsOutputFnGetAttRole1ABCC5F0Arn7A"}}}}}`,
		}, "of Orders"},
		"nested stack": {map[string]string{
			"main.yaml":       "Resources:\n  Iam:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: nested/iam.yaml}\n",
			"nested/iam.yaml": roleStack(exported("app-role-arn")), "app.yaml": functionStack("!ImportValue app-role-arn"),
		}, "of Orders"},
		"SAM": {map[string]string{
			"iam.yaml": roleStack(exported("app-role-arn")),
			"app.yaml": "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders:\n    Type: AWS::Serverless::Function\n    Properties: {Runtime: python3.13, Handler: a.b, InlineCode: x, Role: !ImportValue app-role-arn}\n",
		}, "of Orders"},
		"the stack that a template is named after": {map[string]string{
			"account_resources.yaml": roleStack(exported(`!Sub "${AWS::StackName}:role-arn"`)), "account_resources_bootstrap.yaml": "Resources:\n  T: {Type: AWS::SNS::Topic}\nOutputs:\n  T:\n    Value: !Ref T\n    Export: {Name: !Sub \"${AWS::StackName}:role-arn\"}\n",
			"app.yaml": functionStack("!ImportValue account-resources:role-arn"),
		}, "of Orders"},
		"no stack that a template is named after": {map[string]string{
			"resources.yaml": roleStack(exported(`!Sub "${AWS::StackName}:role-arn"`)), "account_resources_bootstrap.yaml": "Resources:\n  T: {Type: AWS::SNS::Topic}\nOutputs:\n  T:\n    Value: !Ref T\n    Export: {Name: !Sub \"${AWS::StackName}:role-arn\"}\n",
			"app.yaml": functionStack("!ImportValue account-resources:role-arn"),
		}, ""},
		"export to Terraform": {map[string]string{
			"iam.yaml":    roleStack(exported("app-role-arn")),
			"app/main.tf": functionModule("data \"aws_cloudformation_export\" \"role\" {\n  name = \"app-role-arn\"\n}", "data.aws_cloudformation_export.role.value"),
		}, "of aws_lambda_function.orders"},
		"declared state": {map[string]string{
			"iam/main.tf": backend("azurerm", "    storage_account_name = \"s\"\n    container_name = \"c\"\n    key = \"iam\"\n") + roleModule,
			"app/main.tf": functionModule(remoteState("azurerm", "    storage_account_name = \"s\"\n    container_name = \"c\"\n    key = \"iam\"\n"), "data.terraform_remote_state.iam.outputs.role_arn"),
		}, "of aws_lambda_function.orders"},
		"a state that init locates": {map[string]string{
			"live/iam/main.tf": backend("s3", "") + roleModule,
			"app/main.tf":      "variable \"env\" {}\n" + functionModule(remoteState("s3", "    bucket = \"b\"\n    key = \"${var.env}-iam.tfstate\"\n"), "data.terraform_remote_state.iam.outputs.role_arn"),
		}, "of aws_lambda_function.orders"},
		"a state of another name that init locates": {map[string]string{
			"live/iam/main.tf": backend("s3", "") + roleModule,
			"app/main.tf":      "variable \"env\" {}\n" + functionModule(remoteState("s3", "    bucket = \"b\"\n    key = \"${var.env}-users.tfstate\"\n"), "data.terraform_remote_state.iam.outputs.role_arn"),
		}, ""},
		"two states that init locates": {map[string]string{
			"a/iam/main.tf": backend("s3", "") + roleModule, "b/iam/main.tf": backend("s3", "") + roleModule,
			"app/main.tf": "variable \"env\" {}\n" + functionModule(remoteState("s3", "    bucket = \"b\"\n    key = \"${var.env}-iam.tfstate\"\n"), "data.terraform_remote_state.iam.outputs.role_arn"),
		}, ""},
		"two states at one address": {map[string]string{
			"a/main.tf": backend("s3", "    bucket = \"b\"\n    key = \"k\"\n") + roleModule, "b/main.tf": backend("s3", "    bucket = \"b\"\n    key = \"k\"\n") + roleModule,
			"app/main.tf": functionModule(remoteState("s3", "    bucket = \"b\"\n    key = \"k\"\n"), "data.terraform_remote_state.iam.outputs.role_arn"),
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := check(t, workspace.New(), tree(tt.files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{"policy-admin-star"}})
			if len(o.Report.Findings) == 0 || len(o.Report.Problems) > 0 {
				t.Fatalf("got %v and problems %v", o.Report.Findings, o.Report.Problems)
			}
			for _, f := range o.Report.Findings {
				if tt.want != "" && !strings.Contains(f.Message, tt.want) || tt.want == "" && strings.Contains(f.Message, "execution role of") {
					t.Errorf("got %q, want %q", f.Message, tt.want)
				}
			}
		})
	}
}

// queueStack is a stack with a queue.
const queueStack = "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: jobs}\nOutputs:\n  Jobs:\n    Value: !GetAtt Jobs.Arn\n    Export: {Name: jobs-arn}\n"

// worker is a stack with a function that reads from a queue to which its role allows to write.
func worker(queue string) string {
	return `Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: python3.13
      Handler: app.handler
      Code: {ZipFile: x}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]
      Policies:
        - PolicyName: worker
          PolicyDocument:
            Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: ` + queue + `}]
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Worker
      EventSourceArn: ` + queue + "\n"
}

const queueModule = "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \"jobs\"\n}\noutput \"arn\" {\n  value = aws_sqs_queue.jobs.arn\n}\n"

const workerModule = `data "terraform_remote_state" "jobs" {
  backend = "local"
  config  = { path = "../jobs/terraform.tfstate" }
}
resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = aws_iam_role.worker.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}
resource "aws_iam_role" "worker" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
resource "aws_iam_role_policy" "worker" {
  role   = aws_iam_role.worker.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = data.terraform_remote_state.jobs.outputs.arn }] })
}
resource "aws_lambda_event_source_mapping" "jobs" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = data.terraform_remote_state.jobs.outputs.arn
}
`

func TestRecursionAcrossUnits(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"templates":         {map[string]string{"queue.yaml": queueStack, "worker.yaml": worker("!ImportValue jobs-arn")}, []string{"worker.yaml medium recursive-trigger!"}},
		"root modules":      {map[string]string{"jobs/main.tf": queueModule, "worker/main.tf": workerModule}, []string{"worker/main.tf medium recursive-trigger!"}},
		"without the queue": {map[string]string{"worker.yaml": worker("!ImportValue jobs-arn")}, []string{}},
	} {
		o := check(t, workspace.New(), tree(tt.files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{"recursive-trigger"}})
		if diff := cmp.Diff(tt.want, said(o.Report)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A function that another unit names is used. Copies of a stack, which declare a function with the same name, do not use it.
func TestUnusedAcrossUnits(t *testing.T) {
	const template = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {FunctionName: nightly-report, Runtime: python3.13, Handler: a.b, Code: {ZipFile: x}, Role: arn}\n" +
		"  Used:\n    Type: AWS::Lambda::Function\n    Properties: {FunctionName: other-report, Runtime: python3.13, Handler: a.b, Code: {ZipFile: x}, Role: arn}\n" +
		"  Url:\n    Type: AWS::Lambda::Url\n    Properties: {TargetFunctionArn: !Ref Used, AuthType: AWS_IAM}\n"
	const rule = "resource \"aws_cloudwatch_event_target\" \"t\" {\n  rule = \"daily\"\n  arn  = \"arn:aws:lambda:eu-west-1:123456789012:function:nightly-report\"\n}\n"
	const module = "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"nightly-report\"\n  runtime = \"python3.13\"\n  handler = \"a.b\"\n  filename = \"a.zip\"\n  role = \"arn\"\n}\n" +
		"resource \"aws_lambda_function\" \"used\" {\n  function_name = \"other-report\"\n  runtime = \"python3.13\"\n  handler = \"a.b\"\n  filename = \"a.zip\"\n  role = \"arn\"\n}\n" +
		"resource \"aws_lambda_function_url\" \"u\" {\n  function_name = aws_lambda_function.used.function_name\n  authorization_type = \"AWS_IAM\"\n}\n"
	for name, tt := range map[string]struct {
		files map[string]string
		want  int
	}{
		"alone":                          {map[string]string{"app.yaml": template}, 1},
		"alone, in Terraform":            {map[string]string{"app/main.tf": module}, 1},
		"named by a root module":         {map[string]string{"app.yaml": template, "events/main.tf": rule}, 0},
		"named for Terraform":            {map[string]string{"app/main.tf": module, "events/main.tf": rule}, 0},
		"copies":                         {map[string]string{"dev/app.yaml": template, "prod/app.yaml": template}, 2},
		"copies, one of which is called": {map[string]string{"dev/app.yaml": template, "prod/app.yaml": template, "events/main.tf": rule}, 0},
		"a longer name":                  {map[string]string{"app.yaml": template, "events/main.tf": strings.ReplaceAll(rule, "nightly-report", "nightly-report-2")}, 1},
	} {
		o := check(t, workspace.New(), tree(tt.files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{"function-unused"}})
		if len(o.Report.Findings) != tt.want {
			t.Errorf("%s: got %v", name, said(o.Report))
		}
	}
}

func TestDeletedExporter(t *testing.T) {
	files := tree(map[string]string{"iam.yaml": roleStack(exported("app-role-arn")), "app.yaml": functionStack("!ImportValue app-role-arn")})
	w := workspace.NewLasting()
	only := workspace.Overrides{Only: []string{"policy-admin-star"}}
	o := check(t, w, files, settings(t), workspace.Search{Paths: []string{"app.yaml"}}, only)
	if want := []string{"iam.yaml critical policy-admin-star!"}; !slices.Equal(said(o.Report), want) {
		t.Errorf("got %v, want %v", said(o.Report), want)
	}
	delete(files, "iam.yaml")
	o = check(t, workspace.New(), files, settings(t), workspace.Search{Paths: []string{"."}}, only)
	if len(o.Report.Findings)+len(o.Report.Problems) > 0 {
		t.Errorf("after the deletion: %v, %v", said(o.Report), o.Report.Problems)
	}
}

// The answer does not depend on the order in which units are read, nor on which are checked.
func TestSameOrder(t *testing.T) {
	files := map[string]string{}
	for i := range 12 {
		files[fmt.Sprintf("s%02d/iam.yaml", i)] = roleStack(exported(fmt.Sprintf("role-%d", i)))
		files[fmt.Sprintf("s%02d/app.yaml", i)] = functionStack(fmt.Sprintf("!ImportValue role-%d", (i+5)%12))
	}
	var first []string
	for range 5 {
		o := check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{})
		var all []string
		for _, f := range o.Report.Findings {
			all = append(all, fmt.Sprint(f.Rule, f.Range, f.Message, f.Fingerprint))
		}
		if first == nil {
			first = all
		}
		if diff := cmp.Diff(first, all); diff != "" {
			t.Fatal(diff)
		}
	}
}

// Outputs are evaluated for other units only: what they refer to is no gap, whether or not another unit asks for something first.
func TestOutputsAddNoGaps(t *testing.T) {
	files := map[string]string{
		"iam/main.tf": roleModule + "output \"other\" {\n  value = aws_iam_role.missing.arn\n}\n",
		"app.yaml":    functionStack("!ImportValue app-role-arn"),
	}
	o := check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{"policy-admin-star"}})
	if len(o.Report.Gaps) > 0 {
		t.Errorf("got %v", o.Report.Gaps)
	}
}

// Of a large tree, not all readings are kept for others. Units that others refer to are read again.
func TestRepositoryLarge(t *testing.T) {
	t.Parallel()
	const half = 2 << 20 // of the texts of the units whose readings are kept
	files := map[string]string{"0/iam.yaml": roleStack(exported("app-role-arn")), "app.yaml": functionStack("!ImportValue app-role-arn")}
	for _, name := range []string{"0/a.yaml", "0/b.yaml"} {
		line := "# " + strings.Repeat(".", 1000) + "\n"
		files[name] = (queueStack + strings.Repeat(line, half/len(line)+1))[:half-1] + "\n"
	}
	o := check(t, workspace.New(), tree(files), settings(t), workspace.Search{Paths: []string{"."}}, workspace.Overrides{Only: []string{"policy-admin-star"}})
	if len(o.Report.Findings) != 1 || !strings.Contains(o.Report.Findings[0].Message, "of Orders") {
		t.Errorf("got %v and problems %v, want a finding about the role of Orders", o.Report.Findings, o.Report.Problems)
	}
}
