package model

import (
	"slices"
	"strings"

	"lintel/internal/tree"
)

// accountKinds are what an account has besides functions and roles.
type accountKinds struct {
	Users            []User            `json:"users" tf:"aws_iam_user" cfn:"AWS::IAM::User"`
	UserPolicies     []UserPolicy      `json:"user_policies" tf:"aws_iam_user_policy" cfn:"AWS::IAM::UserPolicy"`
	UserAttachments  []UserAttachment  `json:"user_attachments" tf:"aws_iam_user_policy_attachment|aws_iam_user_policy_attachments_exclusive"`
	GroupMemberships []GroupMembership `json:"group_memberships" tf:"aws_iam_user_group_membership|aws_iam_group_membership" cfn:"AWS::IAM::UserToGroupAddition"`
	LoginProfiles    []LoginProfile    `json:"login_profiles" tf:"aws_iam_user_login_profile"`
	PasswordPolicies []PasswordPolicy  `json:"password_policies" tf:"aws_iam_account_password_policy"`
	BuildProjects    []BuildProject    `json:"build_projects" tf:"aws_codebuild_project" cfn:"AWS::CodeBuild::Project"`
}

// User is an IAM user.
type User struct {
	Resource
	Name            Value[string]       `json:"name" tf:"name" cfn:"UserName"`
	Boundary        Ref                 `json:"boundary" tf:"permissions_boundary" cfn:"PermissionsBoundary" to:"policies"`
	Groups          List[Value[string]] `json:"groups" cfn:"Groups"`
	ManagedPolicies List[Ref]           `json:"managed_policies" cfn:"ManagedPolicyArns" to:"policies"`
	Statements      List[Statement]     `json:"statements" cfn:"Policies[].PolicyDocument"` // the user's inline policies
}

// UserPolicy is an inline policy of a user in a resource of its own.
type UserPolicy struct {
	Resource
	Name       Value[string]   `json:"name" tf:"name" cfn:"PolicyName"`
	User       Ref             `json:"user" tf:"user" cfn:"UserName" to:"users"`
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"PolicyDocument"`
}

// UserAttachment attaches managed policies to users. Link adds those of aws_iam_policy_attachment.
type UserAttachment struct {
	Resource
	Users    List[Ref] `json:"users" tf:"user|user_name" to:"users"`
	Policies List[Ref] `json:"policies" tf:"policy_arn|policy_arns" to:"policies"`
}

// GroupMembership puts users into groups.
type GroupMembership struct {
	Resource
	Users List[Ref] `json:"users" tf:"user|users" cfn:"Users" to:"users"`
}

// LoginProfile gives a user a password for the console. CloudFormation writes it in the user,
// whose id it has there.
type LoginProfile struct {
	Resource
	User Ref `json:"user" tf:"user" to:"users"`
}

// PasswordPolicy is what the passwords of an account's users must be like.
// Defaults: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
type PasswordPolicy struct {
	Resource
	MinLength   Value[int]  `json:"min_length" tf:"minimum_password_length" default:"6"`
	Lowercase   Value[bool] `json:"lowercase" tf:"require_lowercase_characters" default:"false"`
	Uppercase   Value[bool] `json:"uppercase" tf:"require_uppercase_characters" default:"false"`
	Numbers     Value[bool] `json:"numbers" tf:"require_numbers" default:"false"`
	Symbols     Value[bool] `json:"symbols" tf:"require_symbols" default:"false"`
	Remembered  Value[int]  `json:"remembered" tf:"password_reuse_prevention" default:"0"` // earlier passwords
	MaxAge      Value[int]  `json:"max_age" tf:"max_password_age" default:"0"`             // days; 0: never expires
	UsersChange Value[bool] `json:"users_change" tf:"allow_users_to_change_password" default:"true"`
}

// BuildProject is a CodeBuild project.
// Defaults: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectEnvironment.html
type BuildProject struct {
	Resource
	Privileged Value[bool]         `json:"privileged" tf:"environment.privileged_mode" cfn:"Environment.PrivilegedMode" default:"false"`
	Variables  List[BuildVariable] `json:"variables" tf:"environment.environment_variable" cfn:"Environment.EnvironmentVariables"`
	BuildSpec  Value[string]       `json:"build_spec" tf:"source.buildspec" cfn:"Source.BuildSpec"` // the text, or the path of a file
}

// BuildVariable is an environment variable of a build.
type BuildVariable struct {
	Block
	Name  Value[string] `json:"name" tf:"name" cfn:"Name"`
	Value Value[string] `json:"value" tf:"value" cfn:"Value" secret:"name"`
	Type  Value[string] `json:"type" tf:"type" cfn:"Type" default:"PLAINTEXT"`
}

// SAMPolicy is an entry of a SAM function's Policies as it is written. Its permissions are in the
// role that SAM creates from it, if SAM creates one.
type SAMPolicy struct {
	Block
	Kind       Value[string] `json:"kind"`       // managed, template or document
	Name       Value[string] `json:"name"`       // of the managed policy or of the template
	Parameters Map           `json:"parameters"` // of the template
}

// attachToUsers makes user attachments of the attachments that name users.
func (s *Stack) attachToUsers() {
	for i := range s.Attachments {
		if a := &s.Attachments[i]; len(a.Users.Items) > 0 {
			s.UserAttachments = append(s.UserAttachments, UserAttachment{Resource: a.Resource, Users: a.Users, Policies: a.Policies})
		}
	}
}

// loseSight makes the policies of a role unknown when there is a policy or an attachment whose role is unknown and may
// be this one.
func (s *Stack) loseSight() {
	const cause = "a policy is attached to an unknown role"
	for i := range s.Attachments {
		a := &s.Attachments[i]
		for _, j := range s.mayBe(a.Roles) {
			s.Roles[j].ManagedPolicies = s.Roles[j].ManagedPolicies.Append(UnknownList[Ref](a.At, cause))
		}
	}
	for i := range s.Policies {
		p := &s.Policies[i]
		for _, j := range s.mayBe(p.Roles) {
			s.Roles[j].Statements = s.Roles[j].Statements.Append(UnknownList[Statement](p.At, cause))
		}
	}
}

// mayBe returns the roles that unknown references may mean. One from outside of the stack means none of its roles.
func (s *Stack) mayBe(refs List[Ref]) []int {
	var lost []Value[string]
	if refs.State == tree.StateUnknown && !refs.outside {
		lost = append(lost, Value[string]{})
	}
	for _, ref := range refs.Items {
		if ref.State == tree.StateUnknown && len(ref.IDs) == 0 && len(ref.targets) == 0 && !ref.outside {
			lost = append(lost, ref.Value)
		}
	}
	var roles []int
	for i := range s.Roles {
		if slices.ContainsFunc(lost, func(name Value[string]) bool { return s.Roles[i].mayBeCalled(name) }) {
			roles = append(roles, i)
		}
	}
	return roles
}

// mayBeCalled reports whether a role may have an unknown name. A role without a written name has one that AWS or
// Terraform generates, which nothing knows that does not refer to the role.
func (r *Role) mayBeCalled(name Value[string]) bool {
	if r.Name.State == tree.StateAbsent {
		return false
	}
	own, ok := r.Name.Get()
	prefix, suffix := name.Ends()
	return !ok || strings.HasPrefix(own, prefix) && strings.HasSuffix(own, suffix)
}
