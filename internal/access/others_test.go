package access_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/access"
)

// TestGrantsAndPoints checks grants of KMS keys, and the policies of access points and of repositories of images, in Terraform.
func TestGrantsAndPoints(t *testing.T) {
	const module = `variable "op" {}
resource "aws_iam_role" "r" {
  name               = "reader"
  assume_role_policy = jsonencode({ Statement = [] })
}
resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [IDENTITY] })
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  runtime       = "python3.13"
  handler       = "a.b"
  filename      = "f.zip"
}
resource "aws_kms_key" "k" {}
resource "aws_s3_bucket" "b" {}
`
	const none = `{ Effect = "Allow", Action = "sqs:ListQueues", Resource = "*" }`
	const deny = `{ Effect = "Deny", Action = "kms:*", Resource = "*" }`
	grant := func(grantee, operations, more string) string {
		return "resource \"aws_kms_grant\" \"g\" {\n  key_id = aws_kms_key.k.key_id\n  grantee_principal = " + grantee + "\n  operations = " + operations + "\n" + more + "}\n"
	}
	point := func(effect, principal string) string {
		return `resource "aws_s3_access_point" "p" {
  bucket = aws_s3_bucket.b.id
  name   = "p"
  policy = jsonencode({ Statement = [{ Effect = "` + effect + `", Principal = ` + principal + `, Action = "s3:GetObject", Resource = "*" }] })
}
`
	}
	const through = `{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_access_point.p.arn}/object/*" }`
	const image = `resource "aws_ecr_repository" "e" { name = "e" }
resource "aws_ecr_repository_policy" "e" {
  repository = aws_ecr_repository.e.name
  policy     = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = aws_iam_role.r.arn }, Action = "ecr:PutImage" }] })
}
`
	for name, tt := range map[string]struct {
		identity, more, action string
		want                   access.Certainty
	}{
		"no grant":                       {none, "", "kms:Decrypt", access.No},
		"a grant":                        {none, grant("aws_iam_role.r.arn", `["Decrypt"]`, ""), "kms:Decrypt", access.Yes},
		"a grant of another operation":   {none, grant("aws_iam_role.r.arn", `["Encrypt"]`, ""), "kms:Decrypt", access.No},
		"a grant to the name":            {none, grant(`"arn:aws:iam::111122223333:role/reader"`, `["Decrypt"]`, ""), "kms:Decrypt", access.Yes},
		"a grant to another role":        {none, grant(`"arn:aws:iam::111122223333:role/writer"`, `["Decrypt"]`, ""), "kms:Decrypt", access.No},
		"a grant of unknown operations":  {none, grant("aws_iam_role.r.arn", "var.op", ""), "kms:Decrypt", access.Maybe},
		"a grant with constraints":       {none, grant("aws_iam_role.r.arn", `["Decrypt"]`, "  constraints {\n    encryption_context_equals = { a = \"b\" }\n  }\n"), "kms:Decrypt", access.Conditional},
		"a grant that may not exist":     {none, grant("aws_iam_role.r.arn", `["Decrypt"]`, "  count = var.op\n"), "kms:Decrypt", access.Maybe},
		"a grant and a denial":           {deny, grant("aws_iam_role.r.arn", `["Decrypt"]`, ""), "kms:Decrypt", access.No},
		"an access point":                {none, point("Allow", "{ AWS = aws_iam_role.r.arn }"), "s3:GetObject", access.Conditional},
		"an access point of another":     {none, point("Allow", `{ AWS = "arn:aws:iam::111122223333:role/writer" }`), "s3:GetObject", access.No},
		"an access point that is denied": {through, point("Deny", `"*"`), "s3:GetObject", access.No},
		"an access point that is not":    {through, point("Deny", `{ AWS = "arn:aws:iam::111122223333:role/writer" }`), "s3:GetObject", access.Yes},
		"a repository":                   {none, image, "ecr:PutImage", access.Yes},
		"a repository, another action":   {none, image, "ecr:BatchGetImage", access.No},
	} {
		t.Run(name, func(t *testing.T) {
			u := graphFor(t, strings.ReplaceAll(module, "IDENTITY", tt.identity)+tt.more, access.Options{Action: tt.action})
			if got := u.Functions[0].Allowed; got.Certainty != tt.want {
				t.Errorf("%s, want %s: %v", got.Certainty, tt.want, got.By)
			}
		})
	}
}

// TestPointsAndRepositories checks the same of CloudFormation, which has no grants.
func TestPointsAndRepositories(t *testing.T) {
	const template = `Resources:
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  B: {Type: AWS::S3::Bucket}
  P: {Type: AWS::S3::AccessPoint, Properties: {Bucket: !Ref B, Policy: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt R.Arn}, Action: "s3:GetObject", Resource: "*"}]}}}
  E: {Type: AWS::ECR::Repository, Properties: {RepositoryPolicyText: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt R.Arn}, Action: "ecr:PutImage"}]}}}
`
	for action, want := range map[string]access.Certainty{"s3:GetObject": access.Conditional, "s3:PutObject": access.No, "ecr:PutImage": access.Yes} {
		u := graphFor(t, template, access.Options{Action: action})
		if got := u.Functions[0].Allowed; got.Certainty != want {
			t.Errorf("%s: %s, want %s: %v", action, got.Certainty, want, got.By)
		}
	}
}

// TestWriters checks who may write to what invokes a function.
func TestWriters(t *testing.T) {
	const sam = `Resources:
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Q: {Type: AWS::SQS::Queue}
  Map: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref F, EventSourceArn: !GetAtt Q.Arn}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [orders]}, Targets: [{Id: f, Arn: !GetAtt F.Arn}]}}
`
	const terraform = `resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/r"
  runtime       = "python3.13"
  handler       = "a.b"
  filename      = "f.zip"
}
resource "aws_cloudwatch_event_bus" "b" { name = "orders" }
resource "aws_cloudwatch_event_rule" "r" {
  name           = "r"
  event_bus_name = aws_cloudwatch_event_bus.b.name
  event_pattern  = jsonencode({ source = ["orders"] })
}
resource "aws_cloudwatch_event_target" "t" {
  rule           = aws_cloudwatch_event_rule.r.name
  event_bus_name = aws_cloudwatch_event_bus.b.name
  arn            = aws_lambda_function.f.arn
}
`
	queue := func(principal, condition string) string {
		return "  P: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Q], PolicyDocument: {Statement: [{Effect: Allow, Principal: " + principal + ", Action: \"sqs:SendMessage\", Resource: \"*\"" + condition + "}]}}}\n"
	}
	bus := func(properties string) string {
		return "  P: {Type: AWS::Events::EventBusPolicy, Properties: {StatementId: s, EventBusName: !Ref Bus, " + properties + "}}\n"
	}
	permission := func(principal, more string) string {
		return "resource \"aws_cloudwatch_event_permission\" \"p\" {\n  statement_id = \"s\"\n  event_bus_name = aws_cloudwatch_event_bus.b.name\n  principal = \"" + principal + "\"\n" + more + "}\n"
	}
	const other = `{AWS: "arn:aws:iam::123456789012:root"}`
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"nobody":                    {sam, nil},
		"anyone":                    {sam + queue(`"*"`, ""), []string{"public anyone, by writing to Q"}},
		"another account":           {sam + queue(other, ""), []string{"cross-account arn:aws:iam::123456789012:root, by writing to Q"}},
		"the account":               {sam + queue(`{AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}`, ""), nil},
		"a service for any account": {sam + queue("{Service: sns.amazonaws.com}", ""), []string{"cross-account sns.amazonaws.com, by writing to Q"}},
		"a service for a source":    {sam + queue("{Service: sns.amazonaws.com}", `, Condition: {ArnEquals: {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t"}}`), nil},
		"bus permission":            {sam + bus(`Action: "events:PutEvents", Principal: "123456789012"`), []string{"cross-account 123456789012, by writing to Bus"}},
		"bus permission of anyone":  {sam + bus(`Action: "events:PutEvents", Principal: "*"`), []string{"public anyone, by writing to Bus"}},
		"bus organization":          {sam + bus(`Action: "events:PutEvents", Principal: "*", Condition: {Type: StringEquals, Key: "aws:PrincipalOrgID", Value: o-a}`), []string{"cross-account *, by writing to Bus"}},
		"bus statement":             {sam + bus(`Statement: {Effect: Allow, Principal: `+other+`, Action: "events:PutEvents", Resource: !GetAtt Bus.Arn}`), []string{"cross-account arn:aws:iam::123456789012:root, by writing to Bus"}},
		"terraform":                 {terraform, nil},
		"terraform permission":      {terraform + permission("123456789012", ""), []string{"cross-account 123456789012, by writing to aws_cloudwatch_event_bus.b"}},
		"terraform organization":    {terraform + permission("*", "  condition {\n    key = \"aws:PrincipalOrgID\"\n    type = \"StringEquals\"\n    value = \"o-a\"\n  }\n"), []string{"cross-account *, by writing to aws_cloudwatch_event_bus.b"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range graphOf(t, tt.text).Functions[0].Callers {
				if c.Kind == access.Writer {
					got = append(got, string(c.Reach)+" "+c.Who.String())
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPrincipalsOfPermissions checks principals whose values are known in parts.
func TestPrincipalsOfPermissions(t *testing.T) {
	const template = `Resources:
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Other: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  B: {Type: AWS::S3::Bucket}
  P: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref F, Action: "lambda:InvokeFunction", MORE}}
`
	for name, tt := range map[string]struct{ more, want string }{
		"a role of the stack":               {"Principal: !GetAtt Other.Arn", "limited role Other"},
		"a service of the region":           {`Principal: !Sub "logs.${AWS::Region}.amazonaws.com"`, "cross-account logs.….amazonaws.com"},
		"a service of the region, a source": {`Principal: !Sub "logs.${AWS::Region}.amazonaws.com", SourceAccount: !Ref AWS::AccountId`, "limited logs.….amazonaws.com"},
		"not a principal":                   {"Principal: !GetAtt B.Arn", "unknown arn:…"},
	} {
		t.Run(name, func(t *testing.T) {
			c := graphOf(t, strings.ReplaceAll(template, "MORE", tt.more)).Functions[0].Callers[0]
			if diff := cmp.Diff(tt.want, string(c.Reach)+" "+c.Who.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A caller that exists under another condition than the function is none of its callers.
func TestCallersOfVariants(t *testing.T) {
	const template = `Parameters: {P: {Type: String}}
Conditions: {A: !Equals [!Ref P, a], B: !Not [!Condition A]}
Resources:
  F: {Type: AWS::Lambda::Function, Condition: A, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}
  R: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Own: {Type: AWS::IAM::Role, Condition: A, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt F.Arn}]}}]}}
  Other: {Type: AWS::IAM::Role, Condition: B, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt F.Arn}]}}]}}
`
	text := access.Text([]*access.Unit{graphOf(t, template)})
	if !strings.Contains(text, "role Own: statement of Own (Own)") || strings.Contains(text, "role Other") {
		t.Error(text)
	}
}
