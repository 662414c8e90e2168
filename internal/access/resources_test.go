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
			got := access.No
			for _, risk := range u.Roles[0].Risks {
				if risk.Kind == access.Data {
					got = risk.Certainty
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\n%+v", diff, u.Roles[0].Risks)
			}
		})
	}
}
