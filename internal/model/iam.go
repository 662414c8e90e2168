package model

// roleKinds are roles and what they may do.
type roleKinds struct {
	Roles    []Role   `json:"roles" tf:"aws_iam_role" cfn:"AWS::IAM::Role"`
	Policies []Policy `json:"policies" tf:"aws_iam_role_policy|aws_iam_policy" cfn:"AWS::IAM::Policy|AWS::IAM::ManagedPolicy|AWS::IAM::RolePolicy"`

	// Attachments are written only in Terraform. Link turns them into managed policies of
	// their roles, so that rules see one form.
	Attachments []Attachment `json:"-" tf:"aws_iam_role_policy_attachment|aws_iam_policy_attachment|aws_iam_role_policy_attachments_exclusive"`
}

// Role is an IAM role.
type Role struct {
	Resource
	Name            Value[string] `json:"name" tf:"name" cfn:"RoleName"`
	Path            Value[string] `json:"path" tf:"path" cfn:"Path" default:"/"`
	Boundary        Ref           `json:"boundary" tf:"permissions_boundary" cfn:"PermissionsBoundary" to:"policies"`
	ManagedPolicies List[Ref]     `json:"managed_policies" tf:"managed_policy_arns" cfn:"ManagedPolicyArns" to:"policies"`

	// Inline are the inline policies in the role itself. Statements contains what they allow.
	Inline List[InlinePolicy] `json:"inline_policies" tf:"inline_policy" cfn:"Policies"`

	// Functions are those that run with the role, filled by Link.
	Functions BackRef `json:"functions"`
	// Referenced is true if something but its policies refers to the role, filled by Link.
	Referenced Value[bool] `json:"referenced"`
	// WebRevisions, MicroVMImages and MicroVMs are the others that run, or are built, with the role, filled by Link.
	WebRevisions  BackRef `json:"web_revisions"`
	MicroVMImages BackRef `json:"microvm_images"`
	MicroVMs      BackRef `json:"microvms"`

	Trust List[Statement] `json:"trust" tf:"assume_role_policy" cfn:"AssumeRolePolicyDocument"`
	// Statements are what the role may do: its inline policies, and the statements of the stack's own
	// policies that are attached to it, added by Link.
	Statements List[Statement] `json:"statements" tf:"inline_policy[].policy" cfn:"Policies[].PolicyDocument"`

	// OtherActions and OtherManagedPolicies are what the role may have in addition with other values of Terraform variables
	// that have a default, added by AllowOtherwise.
	OtherActions         List[Value[string]] `json:"other_actions"`
	OtherManagedPolicies List[Ref]           `json:"other_managed_policies"`
}

// InlinePolicy is an inline policy of a role.
type InlinePolicy struct {
	Block
	Name Value[string] `json:"name" tf:"name" cfn:"PolicyName"`
}

// Policy is a policy that is declared on its own: managed, or inline in a separate resource.
type Policy struct {
	Resource
	Name       Value[string]   `json:"name" tf:"name" cfn:"PolicyName|ManagedPolicyName"`
	Roles      List[Ref]       `json:"roles" tf:"role" cfn:"Roles|RoleName" to:"roles"`
	Users      List[Ref]       `json:"users" cfn:"Users" to:"users"`
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"PolicyDocument"`
}

// Attachment attaches managed policies to roles. Link moves it into Role.ManagedPolicies.
type Attachment struct {
	Resource
	Roles    List[Ref] `tf:"role|roles|role_name" to:"roles"`
	Users    List[Ref] `tf:"users" to:"users"`
	Policies List[Ref] `tf:"policy_arn|policy_arns" to:"policies"`
}

// Statement is one statement of an IAM policy document.
// ParsePolicy fills it; its tags are the places for the docs.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
type Statement struct {
	Block
	Sid           Value[string]       `json:"sid" any:"Statement.Sid"`
	Effect        Value[string]       `json:"effect" any:"Statement.Effect"`
	Actions       List[Value[string]] `json:"actions" any:"Statement.Action"`
	NotActions    List[Value[string]] `json:"not_actions" any:"Statement.NotAction"`
	Resources     List[Ref]           `json:"resources" any:"Statement.Resource" to:"channels" plain:"true"`
	NotResources  List[Value[string]] `json:"not_resources" any:"Statement.NotResource"`
	Principals    List[Principal]     `json:"principals" any:"Statement.Principal"`
	NotPrincipals List[Principal]     `json:"not_principals" any:"Statement.NotPrincipal"`
	Conditions    List[Condition]     `json:"conditions" any:"Statement.Condition"`

	owner  *Resource // whose document it is, when that is not the resource that holds it
	number int       // its index in the owner's document
}

// Owner returns the resource whose document the statement is in, if it is not the resource that holds the statement; else nil.
func (s *Statement) Owner() *Resource { return s.owner }

// Principal is one principal of a statement. {"AWS": "*"} and "*" both have the value "*".
type Principal struct {
	Block
	Kind  Value[string] `json:"kind"` // AWS, Service, Federated, CanonicalUser, or * for "*"
	Value Value[string] `json:"value"`
}

// Condition is one line of a statement's condition block.
type Condition struct {
	Block
	Operator Value[string]       `json:"operator"` // StringEquals, ArnLike, …
	Key      Value[string]       `json:"key"`      // aws:SourceArn, …, as written
	Values   List[Value[string]] `json:"values"`
}
