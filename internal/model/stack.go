package model

// Stack is everything that one unit declares. The order within a collection is the order of
// the source. A resource belongs to every collection that claims its type.
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
	Channels         []Channel         `json:"channels" tf:"aws_sqs_queue|aws_sns_topic|aws_cloudwatch_event_bus" cfn:"AWS::SQS::Queue|AWS::SNS::Topic|AWS::Events::EventBus"`
	ChannelPolicies  []ChannelPolicy   `json:"channel_policies" tf:"aws_sqs_queue_policy|aws_sns_topic_policy|aws_cloudwatch_event_bus_policy" cfn:"AWS::SQS::QueuePolicy|AWS::SQS::QueueInlinePolicy|AWS::SNS::TopicPolicy|AWS::SNS::TopicInlinePolicy|AWS::Events::EventBusPolicy"`
	BusPermissions   []BusPermission   `json:"bus_permissions" tf:"aws_cloudwatch_event_permission" cfn:"AWS::Events::EventBusPolicy"`
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
	Triggers         []Trigger         `json:"triggers"` // types: triggerKinds

	ResourcePolicies []ResourcePolicy `json:"resource_policies" tf:"awscc_lambda_resource_policy|aws_lambda_resource_policy|aws_lambdaweb_resource_policy" cfn:"AWS::Lambda::ResourcePolicy"`
	Archives         []Archive        `json:"archives" tf:"data.archive_file"`
	AccessKeys       []AccessKey      `json:"access_keys" tf:"aws_iam_access_key" cfn:"AWS::IAM::AccessKey"`
	Secrets          []Secret         `json:"secrets" tf:"aws_secretsmanager_secret" cfn:"AWS::SecretsManager::Secret"`
	SecretValues     []SecretValue    `json:"secret_values" tf:"aws_secretsmanager_secret_version"`
	SecretRotations  []SecretRotation `json:"secret_rotations" tf:"aws_secretsmanager_secret_rotation" cfn:"AWS::SecretsManager::RotationSchedule"`
	SSMParameters    []SSMParameter   `json:"ssm_parameters" tf:"aws_ssm_parameter" cfn:"AWS::SSM::Parameter"`
	Stages           []Stage          `json:"stages" tf:"aws_api_gateway_stage|aws_apigatewayv2_stage|aws_api_gateway_deployment" cfn:"AWS::ApiGateway::Stage|AWS::ApiGatewayV2::Stage" sam:"AWS::Serverless::Api|AWS::Serverless::HttpApi"`
	Credentials      []Credentials    `json:"credentials" tf:"provider.aws" cfn:"AWS::CloudFormation::Authentication"`
	Distributions    []Distribution   `json:"distributions" tf:"aws_cloudfront_distribution" cfn:"AWS::CloudFront::Distribution"`

	Routes []Route `json:"routes" tf:"aws_api_gateway_method|aws_apigatewayv2_route" cfn:"AWS::ApiGateway::Method|AWS::ApiGatewayV2::Route"`

	ProvisionedConcurrency []ProvisionedConcurrency `json:"provisioned_concurrency" tf:"aws_lambda_provisioned_concurrency_config" cfn:"AWS::Lambda::Alias|AWS::Lambda::Version"`

	// RuntimeUpdates and Recursions are resources of their own only in Terraform. Link moves
	// them into their functions.
	RuntimeUpdates []RuntimeUpdates `json:"-" tf:"aws_lambda_runtime_management_config"`
	Recursions     []Recursion      `json:"-" tf:"aws_lambda_function_recursion_config"`

	// Attachments are written only in Terraform. Link turns them into managed policies of
	// their roles, so that rules see one form.
	Attachments []Attachment `json:"-" tf:"aws_iam_role_policy_attachment|aws_iam_policy_attachment|aws_iam_role_policy_attachments_exclusive"`
}
