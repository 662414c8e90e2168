package model

// Stack is everything that one unit declares. The order within a collection is the order of
// the source. A type that several collections claim in one format does not exist.
type Stack struct {
	Functions        []Function        `json:"functions" tf:"aws_lambda_function" cfn:"AWS::Lambda::Function" sam:"AWS::Serverless::Function"`
	FunctionURLs     []FunctionURL     `json:"function_urls" tf:"aws_lambda_function_url" cfn:"AWS::Lambda::Url"`
	Permissions      []Permission      `json:"permissions" tf:"aws_lambda_permission" cfn:"AWS::Lambda::Permission"`
	EventSources     []EventSource     `json:"event_sources" tf:"aws_lambda_event_source_mapping" cfn:"AWS::Lambda::EventSourceMapping"`
	AsyncConfigs     []AsyncConfig     `json:"async_configs" tf:"aws_lambda_function_event_invoke_config" cfn:"AWS::Lambda::EventInvokeConfig"`
	Aliases          []Alias           `json:"aliases" tf:"aws_lambda_alias" cfn:"AWS::Lambda::Alias"`
	Versions         []Version         `json:"versions" cfn:"AWS::Lambda::Version"`
	Layers           []Layer           `json:"layers" tf:"aws_lambda_layer_version" cfn:"AWS::Lambda::LayerVersion" sam:"AWS::Serverless::LayerVersion"`
	LayerPermissions []LayerPermission `json:"layer_permissions" tf:"aws_lambda_layer_version_permission" cfn:"AWS::Lambda::LayerVersionPermission"`
	Users            []User            `json:"users" tf:"aws_iam_user" cfn:"AWS::IAM::User"`
	UserPolicies     []UserPolicy      `json:"user_policies" tf:"aws_iam_user_policy" cfn:"AWS::IAM::UserPolicy"`
	UserAttachments  []UserAttachment  `json:"user_attachments" tf:"aws_iam_user_policy_attachment|aws_iam_user_policy_attachments_exclusive"`
	GroupMemberships []GroupMembership `json:"group_memberships" tf:"aws_iam_user_group_membership|aws_iam_group_membership" cfn:"AWS::IAM::UserToGroupAddition"`
	LoginProfiles    []LoginProfile    `json:"login_profiles" tf:"aws_iam_user_login_profile"`
	PasswordPolicies []PasswordPolicy  `json:"password_policies" tf:"aws_iam_account_password_policy"`
	BuildProjects    []BuildProject    `json:"build_projects" tf:"aws_codebuild_project" cfn:"AWS::CodeBuild::Project"`
	SigningConfigs   []SigningConfig   `json:"signing_configs" tf:"aws_lambda_code_signing_config" cfn:"AWS::Lambda::CodeSigningConfig"`
	Roles            []Role            `json:"roles" tf:"aws_iam_role" cfn:"AWS::IAM::Role"`
	Policies         []Policy          `json:"policies" tf:"aws_iam_role_policy|aws_iam_policy" cfn:"AWS::IAM::Policy|AWS::IAM::ManagedPolicy|AWS::IAM::RolePolicy"`
	LogGroups        []LogGroup        `json:"log_groups" tf:"aws_cloudwatch_log_group" cfn:"AWS::Logs::LogGroup"`

	// Attachments are written only in Terraform. Link turns them into managed policies of
	// their roles, so that rules see one form.
	Attachments []Attachment `json:"-" tf:"aws_iam_role_policy_attachment|aws_iam_policy_attachment|aws_iam_role_policy_attachments_exclusive"`
}
