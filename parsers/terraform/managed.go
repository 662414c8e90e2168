package terraform

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// managedKey is the field of a document that has the ARN of the AWS managed policy that the document is the text of. IAM
// has no element of this name.
const managedKey = "lintel:ManagedPolicy"

// isOfAWS reports whether an ARN is that of an AWS managed policy.
func isOfAWS(arn tree.Tree) bool {
	text, ok := arn.String()
	if !ok {
		text = arn.InPartition
	}
	return strings.Contains(text, ":iam::aws:policy/")
}

// managedDocument is the text of an AWS managed policy, which a data source reads.
func managedDocument(arn tree.Tree, cause string) *tree.Tree {
	text := tree.Unknown(arn.Range, cause)
	text.Decoded = &tree.Tree{
		State: tree.StateKnown, IsMap: true, Range: arn.Range,
		Fields: []tree.Field{
			{Key: "Statement", KeyRange: arn.Range, Tree: tree.Unknown(arn.Range, cause)},
			{Key: managedKey, KeyRange: arn.Range, Tree: arn},
		},
	}
	return &text
}

// managedCopy turns an inline policy with the text of an AWS managed policy into the attachment of that policy: the role
// gets the same permissions, and rules judge a managed policy by its ARN.
func managedCopy(r model.Resource, t tree.Tree) (model.Resource, tree.Tree) {
	policy := t.Field("policy")
	if r.Type != "aws_iam_role_policy" || policy.Decoded == nil {
		return r, t
	}
	arn := policy.Decoded.Field(managedKey)
	if arn.State == tree.StateAbsent {
		return r, t
	}
	arn.Range = policy.Range
	r.Type = "aws_iam_role_policy_attachment"
	attachment := tree.Tree{State: tree.StateKnown, IsMap: true, Range: t.Range}
	for _, f := range t.Fields {
		switch f.Key {
		case "policy":
			attachment.Fields = append(attachment.Fields, tree.Field{Key: "policy_arn", KeyRange: f.KeyRange, Tree: arn})
		case "role":
			attachment.Fields = append(attachment.Fields, f)
		}
	}
	return r, attachment
}
