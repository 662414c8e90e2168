package access_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/access"
)

// TestBoundariesAndResources checks what a permissions boundary and the policies of resources leave of the abilities of a role.
func TestBoundariesAndResources(t *testing.T) {
	const template = `Parameters: {Outside: {Type: String}}
Resources:
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}
  R:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reader
      BOUNDARY
      AssumeRolePolicyDocument: {Statement: []}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: !Sub "${B.Arn}/*"}]}}]
  B: {Type: AWS::S3::Bucket}
  C: {Type: AWS::S3::Bucket}
  Own: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: [ACTIONS], Resource: "*"}]}}}
  P: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref B, PolicyDocument: {Statement: [STATEMENT]}}}
`
	const harmless = `{Effect: Deny, Principal: "*", Action: "s3:*", Resource: !Sub "${B.Arn}/*", Condition: {Bool: {"aws:SecureTransport": "false"}}}`
	deny := func(principal string) string {
		return `{Effect: Deny, Principal: ` + principal + `, Action: "s3:Get*", Resource: !Sub "${B.Arn}/*"}`
	}
	const boundary = "PermissionsBoundary: !Ref Own"
	for name, tt := range map[string]struct {
		boundary, actions, statement string
		want                         access.Certainty
	}{
		"nothing limits it":             {"Path: /", `"*"`, harmless, access.Yes},
		"a boundary that allows it":     {boundary, `"s3:Get*"`, harmless, access.Yes},
		"a boundary without the action": {boundary, `"sqs:*"`, harmless, access.No},
		"a boundary outside":            {"PermissionsBoundary: !Ref Outside", `"*"`, harmless, access.Maybe},
		"a boundary of AWS":             {`PermissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess"`, `"*"`, harmless, access.Yes},
		"a denial of everyone":          {"Path: /", `"*"`, deny(`"*"`), access.No},
		"a denial of the role":          {"Path: /", `"*"`, deny(`{AWS: !GetAtt R.Arn}`), access.No},
		"a denial of the role by name":  {"Path: /", `"*"`, deny(`{AWS: "arn:aws:iam::111122223333:role/reader"}`), access.No},
		"a denial of another role":      {"Path: /", `"*"`, deny(`{AWS: "arn:aws:iam::111122223333:role/writer"}`), access.Yes},
		"a denial of a service":         {"Path: /", `"*"`, deny(`{Service: s3.amazonaws.com}`), access.Yes},
		"a denial of an unknown":        {"Path: /", `"*"`, deny(`{AWS: !Ref Outside}`), access.Maybe},
		"a grant beyond the boundary":   {boundary, `"sqs:*"`, `{Effect: Allow, Principal: {AWS: !GetAtt R.Arn}, Action: "s3:GetObject", Resource: !Sub "${B.Arn}/*"}`, access.No},
	} {
		t.Run(name, func(t *testing.T) {
			u := graphOf(t, strings.NewReplacer("BOUNDARY", tt.boundary, "ACTIONS", tt.actions, "STATEMENT", tt.statement).Replace(template))
			if diff := cmp.Diff(tt.want, certaintyOf(u, access.Data)); diff != "" {
				t.Errorf("%s\n%+v", diff, u.Roles[0].Risks)
			}
		})
	}
}

// TestKeyAndSecretPolicies checks that a key policy decides whether policies of the account count, and that the policy of a secret
// is enough to read it.
func TestKeyAndSecretPolicies(t *testing.T) {
	const template = `Parameters: {Outside: {Type: String}}
Resources:
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt R.Arn, Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}}}
  R:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reader
      AssumeRolePolicyDocument: {Statement: []}
      Policies: [{PolicyName: p, PolicyDocument: {Statement: [IDENTITY]}}]
  K: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [KEY]}}}
  S: {Type: AWS::SecretsManager::Secret}
  P: {Type: AWS::SecretsManager::ResourcePolicy, Properties: {SecretId: !Ref S, ResourcePolicy: {Statement: [SECRET]}}}
`
	const (
		none     = `{Effect: Allow, Action: "sqs:ListQueues", Resource: "*"}`
		decrypt  = `{Effect: Allow, Action: "kms:Decrypt", Resource: !GetAtt K.Arn}`
		root     = `{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}`
		read     = `{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref S}`
		harmless = `{Effect: Deny, Principal: "*", Action: "secretsmanager:DeleteSecret", Resource: "*"}`
	)
	key := func(effect, principal, action string) string {
		return `{Effect: ` + effect + `, Principal: ` + principal + `, Action: "` + action + `", Resource: "*"}`
	}
	for name, tt := range map[string]struct {
		identity, key, secret string
		kind                  access.RiskKind
		want                  access.Certainty
	}{
		"a key that leaves it to the account":        {decrypt, root, harmless, access.Decrypt, access.Yes},
		"a key that leaves it to another role":       {decrypt, key("Allow", `{AWS: "arn:aws:iam::111122223333:role/writer"}`, "kms:*"), harmless, access.Decrypt, access.No},
		"a key that leaves it to a service":          {decrypt, key("Allow", "{Service: sns.amazonaws.com}", "kms:*"), harmless, access.Decrypt, access.No},
		"a key that leaves other actions":            {decrypt, key("Allow", `{AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}`, "kms:Describe*"), harmless, access.Decrypt, access.No},
		"a key for an unknown principal":             {decrypt, key("Allow", "{AWS: !Ref Outside}", "kms:*"), harmless, access.Decrypt, access.Yes},
		"a key for the role":                         {decrypt, key("Allow", "{AWS: !GetAtt R.Arn}", "kms:Decrypt"), harmless, access.Decrypt, access.Yes},
		"a key for the role, without its own policy": {none, key("Allow", "{AWS: !GetAtt R.Arn}", "kms:Decrypt"), harmless, access.Decrypt, access.Yes},
		"a key for the account is not enough":        {none, root, harmless, access.Decrypt, access.No},
		"a key that denies it":                       {decrypt, root + ", " + key("Deny", "{AWS: !GetAtt R.Arn}", "kms:Decrypt"), harmless, access.Decrypt, access.No},
		"every key, one of which does not leave it":  {`{Effect: Allow, Action: "kms:Decrypt", Resource: ["*", !GetAtt K.Arn]}`, key("Allow", "{Service: sns.amazonaws.com}", "kms:*"), harmless, access.Decrypt, access.Yes},
		"a secret":                                 {read, root, harmless, access.Secrets, access.Yes},
		"a secret that only its policy opens":      {none, root, key("Allow", "{AWS: !GetAtt R.Arn}", "secretsmanager:GetSecretValue"), access.Secrets, access.Yes},
		"a secret that its policy opens by a name": {none, root, key("Allow", `{AWS: "arn:aws:iam::111122223333:role/reader"}`, "secretsmanager:GetSecretValue"), access.Secrets, access.Yes},
		"a secret for another role":                {none, root, key("Allow", `{AWS: "arn:aws:iam::111122223333:role/writer"}`, "secretsmanager:GetSecretValue"), access.Secrets, access.No},
		"a secret that its policy denies":          {read, root, key("Deny", `"*"`, "secretsmanager:*"), access.Secrets, access.No},
	} {
		t.Run(name, func(t *testing.T) {
			u := graphOf(t, strings.NewReplacer("IDENTITY", tt.identity, "KEY", tt.key, "SECRET", tt.secret).Replace(template))
			if diff := cmp.Diff(tt.want, certaintyOf(u, tt.kind)); diff != "" {
				t.Errorf("%s\n%+v", diff, u.Roles[0].Risks)
			}
		})
	}
}

// TestKeyAndSecretPoliciesOfTerraform is TestKeyAndSecretPolicies for the places where Terraform has policies.
func TestKeyAndSecretPoliciesOfTerraform(t *testing.T) {
	const module = `resource "aws_iam_role" "r" {
  name               = "reader"
  assume_role_policy = jsonencode({ Statement = [] })
}
resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.k.arn }] })
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  runtime       = "python3.13"
  handler       = "a.b"
  filename      = "f.zip"
}
`
	const strict = `jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "kms:*", Resource = "*" }] })`
	const open = `jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = aws_iam_role.r.arn }, Action = "secretsmanager:GetSecretValue", Resource = "*" }] })`
	for name, tt := range map[string]struct {
		more string
		kind access.RiskKind
		want access.Certainty
	}{
		"key":           {"resource \"aws_kms_key\" \"k\" {}\n", access.Decrypt, access.Yes},
		"inline policy": {"resource \"aws_kms_key\" \"k\" {\n  policy = " + strict + "\n}\n", access.Decrypt, access.No},
		"key policy":    {"resource \"aws_kms_key\" \"k\" {}\nresource \"aws_kms_key_policy\" \"k\" {\n  key_id = aws_kms_key.k.id\n  policy = " + strict + "\n}\n", access.Decrypt, access.No},
		"secret":        {"resource \"aws_kms_key\" \"k\" {}\nresource \"aws_secretsmanager_secret\" \"s\" {\n  policy = " + open + "\n}\n", access.Secrets, access.Yes},
		"secret policy": {"resource \"aws_kms_key\" \"k\" {}\nresource \"aws_secretsmanager_secret\" \"s\" {}\nresource \"aws_secretsmanager_secret_policy\" \"s\" {\n  secret_arn = aws_secretsmanager_secret.s.arn\n  policy = " + open + "\n}\n", access.Secrets, access.Yes},
	} {
		t.Run(name, func(t *testing.T) {
			u := graphOf(t, module+tt.more)
			if got := certaintyOf(u, tt.kind); got != tt.want {
				t.Errorf("got %s, want %s\n%+v", got, tt.want, u.Roles[0].Risks)
			}
		})
	}
}

// certaintyOf returns the certainty of an ability of the only role.
func certaintyOf(u *access.Unit, kind access.RiskKind) access.Certainty {
	for _, risk := range u.Roles[0].Risks {
		if risk.Kind == kind {
			return risk.Certainty
		}
	}
	return access.No
}
