package compare_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"lintel/internal/access"
	"lintel/internal/address"
	"lintel/internal/check"
	"lintel/internal/workspace"
	"lintel/policies"
)

// accessOf returns the access that a change opens and closes. changed are the paths that count as changed.
func accessOf(t *testing.T, before, after map[string]string, changed []string) []access.Change {
	t.Helper()
	tables, err := access.ReadTables(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	base := &workspace.Base{FS: tree(before), Changed: func(context.Context) ([]string, error) { return slices.Clone(changed), nil }}
	var units [2][]*access.Unit
	err = planOf(t, tree(after), base, workspace.Overrides{}).Reached(t.Context(), base.FS, func(v check.View, isBefore bool) error {
		at := 1
		if isBefore {
			at = 0
		}
		units[at] = append(units[at], access.Build(v.Stack, v.Unit.Root, access.Options{
			Reading: v.Unit.Reading(), Tables: tables, Files: v.Files, Show: func(name string) string { return name }, Trusted: access.Trusted(v.Input), Oldest: address.NewHistory(v.Moves).Oldest,
		}))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return access.Compare(units[0], units[1], tables)
}

// permission is a permission to invoke the function of functionStack.
func permission(principal string) string {
	return "  P:\n    Type: AWS::Lambda::Permission\n    Properties: {FunctionName: !Ref Fn, Action: lambda:InvokeFunction, Principal: '" + principal + "'}\n"
}

// trusting is a role that may invoke the function of functionStack and that a principal may assume.
func trusting(principal string) string {
	return "  Caller:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: '" + principal + "'}, Action: sts:AssumeRole}]}\n" +
		"      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Fn.Arn}]}}]\n"
}

const (
	queueOfAnyone = "  Q: {Type: AWS::SQS::Queue}\n  E:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties: {FunctionName: !Ref Fn, EventSourceArn: !GetAtt Q.Arn}\n" +
		"  QP:\n    Type: AWS::SQS::QueuePolicy\n    Properties: {Queues: [!Ref Q], PolicyDocument: {Statement: [{Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: !GetAtt Q.Arn}]}}\n"
	importedARN = "!ImportValue app-role-arn"
)

// route is a route of an HTTP API to the function of functionStack.
func route(authorization string) string {
	return "  A: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP}}\n" +
		"  I:\n    Type: AWS::ApiGatewayV2::Integration\n    Properties: {ApiId: !Ref A, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Fn.Arn}\n" +
		"  R:\n    Type: AWS::ApiGatewayV2::Route\n    Properties: {ApiId: !Ref A, RouteKey: GET /x, Target: !Sub 'integrations/${I}', AuthorizationType: " + authorization + "}\n"
}

func moduleFunction(role string) string {
	return "resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  runtime = \"python3.13\"\n  handler = \"a.b\"\n  filename = \"a.zip\"\n  role = " + role + "\n}\n"
}

// moduleRole is a module with an execution role that allows an action.
func moduleRole(action string) string {
	return "resource \"aws_iam_role\" \"r\" {\n  name = \"app-role\"\n  assume_role_policy = jsonencode({Statement = [{Effect = \"Allow\", Principal = {Service = \"lambda.amazonaws.com\"}, Action = \"sts:AssumeRole\"}]})\n}\n" +
		"resource \"aws_iam_role_policy\" \"p\" {\n  role = aws_iam_role.r.id\n  policy = jsonencode({Statement = [{Effect = \"Allow\", Action = \"" + action + "\", Resource = \"*\"}]})\n}\noutput \"arn\" { value = aws_iam_role.r.arn }\n"
}

// Each way in which a change opens access of a kind is found, whichever unit it is in.
func TestOpenedAccess(t *testing.T) {
	const role = "arn:aws:iam::111122223333:role/app-role"
	stack := functionStack(role, "orders")
	module := moduleFunction("aws_iam_role.r.arn") + moduleRole("s3:GetObject")
	remote := "data \"terraform_remote_state\" \"s\" {\n  backend = \"local\"\n  config = { path = \"../iam/terraform.tfstate\" }\n}\n" + moduleFunction("data.terraform_remote_state.s.outputs.arn")
	sam := "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: python3.13\n      Handler: a.b\n      InlineCode: x\n"
	for name, tt := range map[string]struct {
		before, after map[string]string // the files that differ
		both          map[string]string
		want          access.Class // empty: nothing that anyone, another account or an administrator gains
	}{
		"URL":                       {map[string]string{"a.yaml": stack}, map[string]string{"a.yaml": stack + "  U:\n    Type: AWS::Lambda::Url\n    Properties: {TargetFunctionArn: !Ref Fn, AuthType: NONE}\n"}, nil, "public"},
		"permission":                {map[string]string{"a.yaml": stack}, map[string]string{"a.yaml": stack + permission("*")}, nil, "public"},
		"account":                   {map[string]string{"a.yaml": stack}, map[string]string{"a.yaml": stack + permission("999988887777")}, nil, "cross-account"},
		"service without a source":  {map[string]string{"a.yaml": stack}, map[string]string{"a.yaml": stack + permission("s3.amazonaws.com")}, nil, "cross-account"},
		"route":                     {map[string]string{"a.yaml": stack + route("AWS_IAM")}, map[string]string{"a.yaml": stack + route("NONE")}, nil, "public"},
		"route with an authorizer":  {map[string]string{"a.yaml": stack}, map[string]string{"a.yaml": stack + route("AWS_IAM")}, nil, ""},
		"queue":                     {map[string]string{"a.yaml": stack}, map[string]string{"a.yaml": stack + queueOfAnyone}, nil, "public"},
		"trust of anyone":           {map[string]string{"a.yaml": stack + trusting("arn:aws:iam::111122223333:root")}, map[string]string{"a.yaml": stack + trusting("*")}, nil, "public"},
		"trust of an account":       {map[string]string{"a.yaml": stack}, map[string]string{"a.yaml": stack + trusting("999988887777")}, nil, "cross-account"},
		"policy of a named role":    {map[string]string{"r.yaml": roleStack("s3:GetObject", "x", "app-role")}, map[string]string{"r.yaml": roleStack("*", "x", "app-role")}, map[string]string{"a.yaml": stack}, "admin"},
		"policy of an import":       {map[string]string{"r.yaml": roleStack("s3:GetObject", "app-role-arn", "x")}, map[string]string{"r.yaml": roleStack("*", "app-role-arn", "x")}, map[string]string{"a.yaml": functionStack(importedARN, "orders")}, "admin"},
		"policy through a third":    {map[string]string{"r.yaml": roleStack("s3:GetObject", "first", "x")}, map[string]string{"r.yaml": roleStack("*", "first", "x")}, map[string]string{"b.yaml": passing("first", "app-role-arn"), "a.yaml": functionStack(importedARN, "orders")}, "admin"},
		"another export":            {map[string]string{"b.yaml": passing("other", "app-role-arn")}, map[string]string{"b.yaml": passing("first", "app-role-arn")}, map[string]string{"r.yaml": roleStack("*", "first", "x"), "a.yaml": functionStack(importedARN, "orders")}, "admin"},
		"URL in SAM":                {map[string]string{"a.yaml": sam}, map[string]string{"a.yaml": sam + "      FunctionUrlConfig: {AuthType: NONE}\n"}, nil, "public"},
		"event in SAM":              {map[string]string{"a.yaml": sam}, map[string]string{"a.yaml": sam + "      Events: {G: {Type: Api, Properties: {Path: /x, Method: GET}}}\n"}, nil, "public"},
		"managed policy in SAM":     {map[string]string{"a.yaml": sam}, map[string]string{"a.yaml": sam + "      Policies: AdministratorAccess\n"}, nil, "admin"},
		"URL in Terraform":          {map[string]string{"m/a.tf": module}, map[string]string{"m/a.tf": module + "resource \"aws_lambda_function_url\" \"u\" {\n  function_name = aws_lambda_function.f.function_name\n  authorization_type = \"NONE\"\n}\n"}, nil, "public"},
		"permission in Terraform":   {map[string]string{"m/a.tf": module}, map[string]string{"m/a.tf": module + "resource \"aws_lambda_permission\" \"p\" {\n  function_name = aws_lambda_function.f.function_name\n  action = \"lambda:InvokeFunction\"\n  principal = \"*\"\n}\n"}, nil, "public"},
		"policy in Terraform":       {map[string]string{"m/a.tf": module}, map[string]string{"m/a.tf": strings.Replace(module, "s3:GetObject", "*", 1)}, nil, "admin"},
		"policy in a state":         {map[string]string{"iam/a.tf": moduleRole("s3:GetObject")}, map[string]string{"iam/a.tf": moduleRole("*")}, map[string]string{"m/a.tf": remote}, "admin"},
		"role of Terraform, in CFN": {map[string]string{"iam/a.tf": moduleRole("s3:GetObject")}, map[string]string{"iam/a.tf": moduleRole("*")}, map[string]string{"a.yaml": stack}, "admin"},
	} {
		t.Run(name, func(t *testing.T) {
			before, after := maps.Clone(tt.before), maps.Clone(tt.after)
			maps.Copy(before, tt.both)
			maps.Copy(after, tt.both)
			var got []access.Class
			for _, change := range accessOf(t, before, after, differences(before, after)) {
				if change.Opens && change.Certain && slices.Contains([]access.Class{"public", "cross-account", "admin"}, change.Class) {
					got = append(got, change.Class)
				}
			}
			if len(got) > 1 || len(got) == 1 && got[0] != tt.want || len(got) == 0 && tt.want != "" {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}

// textsOf returns the access that a change opens and closes as texts.
func textsOf(changes []access.Change) []string {
	all := make([]string, len(changes))
	for i, c := range changes {
		all[i] = fmt.Sprint(c.Unit, c.Opens, c.Class, c.Certain, c.Functions, c.Message)
	}
	return all
}
