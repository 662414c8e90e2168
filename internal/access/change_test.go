package access_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/access"
	"lintel/internal/address"
	"lintel/internal/deployment"
	"lintel/parsers"
	"lintel/policies"
)

// graphOf returns the graph of a template, or of a root module if the text is Terraform.
func graphOf(t *testing.T, text string) *access.Unit {
	t.Helper()
	return graphFor(t, text, access.Options{})
}

// graphFor is graphOf with some options.
func graphFor(t *testing.T, text string, opt access.Options) *access.Unit {
	t.Helper()
	u, name := deployment.Unit{Kind: deployment.Template, Root: "t.yaml"}, "t.yaml"
	if strings.Contains(text, "resource \"") {
		u, name = deployment.Unit{Kind: deployment.TerraformModule, Root: "."}, "main.tf"
	}
	parsed := parsers.Parse(t.Context(), fstest.MapFS{name: &fstest.MapFile{Data: []byte(text)}}, u, deployment.Options{})
	if len(parsed.Problems) > 0 {
		t.Fatalf("%v\n%s", parsed.Problems, text)
	}
	opt.Tables, opt.Files, opt.Show, opt.Oldest = tables(t), parsed.Files, func(path string) string { return path }, address.NewHistory(parsed.Moves).Oldest
	return access.Build(parsed.Stack, u.Root, opt)
}

func tables(t *testing.T) *access.Tables {
	t.Helper()
	all, err := access.ReadTables(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// function is a function F with a role R, whose statements and properties follow, and further resources.
func function(statements, more string) string {
	return `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [` + statements + `]}}]
` + more
}

func TestCompare(t *testing.T) {
	const (
		none = `{Effect: Deny, Action: "iam:*", Resource: "*"}`
		url  = "  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !Ref F}}\n"
		iam  = "  U: {Type: AWS::Lambda::Url, Properties: {AuthType: AWS_IAM, TargetFunctionArn: !Ref F}}\n"
	)
	permission := func(rest string) string {
		return "  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: lambda:InvokeFunction, " + rest + "}}\n"
	}
	may := func(action, resource string) string {
		return `{Effect: Allow, Action: [` + action + `], Resource: "` + resource + `"}`
	}
	for name, tt := range map[string]struct {
		before, after string
		want          []string // class and message, + opens and - closes
	}{
		"nothing":      {function(none, url), function(none, url), nil},
		"moved down":   {function(none, url), "# a comment\n" + function(none, "  X: {Type: AWS::SNS::Topic}\n"+url), nil},
		"a public URL": {function(none, ""), function(none, url), []string{"+ public: anyone can now invoke F through the function URL U (authorization NONE)"}},
		"closed":       {function(none, url), function(none, ""), []string{"- public: anyone can no longer invoke F through the function URL U (authorization NONE)"}},
		"another authority": {function(none, url), function(none, iam), []string{
			"+ limited: principals with signed requests can now invoke F through the function URL U (authorization AWS_IAM)",
			"- public: anyone can no longer invoke F through the function URL U (authorization NONE)",
		}},
		"a condition less": {
			function(none, permission(`Principal: s3.amazonaws.com, SourceAccount: "111122223333"`)), function(none, permission(`Principal: s3.amazonaws.com`)),
			[]string{"+ cross-account: s3.amazonaws.com on behalf of any account can now invoke F through P (lambda:InvokeFunction), without [source account 111122223333]"},
		},
		"a condition more": {
			function(none, permission(`Principal: s3.amazonaws.com`)), function(none, permission(`Principal: s3.amazonaws.com, SourceAccount: "111122223333"`)),
			[]string{"- cross-account: s3.amazonaws.com can now invoke F through P (lambda:InvokeFunction) [source account 111122223333], before without [source account 111122223333]"},
		},
		"an unknown principal": {
			"Parameters: {Who: {Type: String}}\n" + function(none, ""), "Parameters: {Who: {Type: String}}\n" + function(none, permission(`Principal: !Ref Who`)),
			[]string{"+ unknown: (unknown) may now be able to invoke F through P (lambda:InvokeFunction)"},
		},
		"every bucket":     {function(may("s3:GetObject", "arn:aws:s3:::b/*"), ""), function(may("s3:GetObject", "*"), ""), []string{"+ data: F may now read every bucket: s3:GetObject"}},
		"narrower":         {function(may(`"s3:*"`, "*"), ""), function(may("s3:GetObject", "*"), ""), []string{"- permissions: F may no longer manage permissions: s3:* on every resource"}},
		"a part of before": {function(may(`"s3:*"`, "*")+","+may("sqs:*", "q"), ""), function(may(`"s3:*"`, "*")+","+may("sqs:SendMessage", "q"), ""), []string{"- permissions: F may no longer manage permissions: sqs:* on q"}},
		"covered":          {function(may(`"sqs:*"`, "arn:aws:sqs:*:*:a*"), ""), function(may(`"sqs:*"`, "arn:aws:sqs:*:*:a*")+","+may(`"sqs:Send*"`, "arn:aws:sqs:*:*:ab?"), ""), nil},
		"an administrator": {function(none, ""), function(may(`"*"`, "*"), ""), []string{
			"+ admin: F is now administrator: every action in R", "+ limited: function F can now invoke every function of t.yaml (statement of R)",
		}},
		"of two functions": {
			function(none, "  G: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}\n"),
			function(may("secretsmanager:GetSecretValue", "*"), "  G: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}\n"),
			[]string{"+ secrets: F, G may now read every secret: secretsmanager:GetSecretValue"},
		},
		"a denial less": {
			function(may("sqs:SendMessage", "*")+`,{Effect: Deny, Action: "sqs:*", Resource: "*"}`, ""), function(may("sqs:SendMessage", "*"), ""),
			[]string{"+ boundary: F is no longer denied sqs:* on every resource"},
		},
		"denied all the same": {function(may("s3:PutObject", "*"), ""), function(may("s3:PutObject", "*")+","+may("sqs:SendMessage", "*")+`,{Effect: Deny, Action: "sqs:*", Resource: "*"}`, ""), nil},
		"a role from elsewhere": {
			function(none, ""), strings.Replace(function(none, ""), "Role: !GetAtt R.Arn", "Role: !ImportValue r", 1),
			[]string{"+ unknown: F has the role (unknown) now, which is not declared here: what it allows cannot be determined"},
		},
		"removed": {function(none, "  G: {Type: AWS::Lambda::Function, Properties: {Role: r, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}\n"), function(none, ""), []string{"- function: G is removed"}},
		"several removed": {
			function(none, "  G: {Type: AWS::Lambda::Function, Properties: {Role: r, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}\n"+
				"  H: {Type: AWS::Lambda::Function, Properties: {Role: r, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}\n"),
			function(none, ""),
			[]string{"- function: G, H are removed"},
		},
		"known now": {
			"Parameters: {Q: {Type: String}}\n" + function(`{Effect: Allow, Action: "sqs:SendMessage", Resource: !Ref Q}`, ""), function(may("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q"), ""),
			[]string{"+ actions: F may now use sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:q"},
		},
		"unknown and gone": {
			"Parameters: {Q: {Type: String}}\n" + function(`{Effect: Allow, Action: "sqs:SendMessage", Resource: !Ref Q}`, ""), function(none, ""),
			[]string{"- actions: F may no longer use sqs:SendMessage on (unknown)"},
		},
		"wider": {function(may("s3:GetObject", "*"), ""), function(may(`"s3:*"`, "*"), ""), []string{"+ permissions: F may now manage permissions: s3:* on every resource"}},
		"a queue lost": {
			strings.Replace(function(none, ""), "Handler: a.b", "Handler: a.b, DeadLetterConfig: {TargetArn: !GetAtt Q.Arn}", 1), function(none, ""),
			[]string{"+ protection: F lost its dead-letter queue"},
		},
		"a moved function": {
			"resource \"aws_lambda_function\" \"f\" {\n  function_name = \"f\"\n  role = \"r\"\n}\n",
			"resource \"aws_lambda_function\" \"g\" {\n  function_name = \"f\"\n  role = \"r\"\n}\nmoved {\n  from = aws_lambda_function.f\n  to = aws_lambda_function.g\n}\n", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range access.Compare([]*access.Unit{graphOf(t, tt.before)}, []*access.Unit{graphOf(t, tt.after)}, tables(t)) {
				sign := "- "
				if c.Opens {
					sign = "+ "
				}
				got = append(got, sign+string(c.Class)+": "+c.Message)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestComparePaths checks that a renamed template has no changes and that an added one is compared with nothing.
func TestComparePaths(t *testing.T) {
	before, now := graphOf(t, function("", "")), graphOf(t, function("", ""))
	now.Path = "renamed.yaml"
	if got := access.Compare([]*access.Unit{before}, []*access.Unit{now}, tables(t)); len(got) > 0 {
		t.Errorf("%+v", got)
	}
	if got := access.Compare(nil, []*access.Unit{now}, tables(t)); len(got) != 1 || got[0].Message != "F is new" {
		t.Errorf("%+v", got)
	}
	if got := access.Compare([]*access.Unit{before}, nil, tables(t)); len(got) != 1 || got[0].Message != "F is removed" {
		t.Errorf("%+v", got)
	}
}
