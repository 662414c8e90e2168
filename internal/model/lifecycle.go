package model

// lifecycleKinds are what functions run on and how new versions of them are deployed.
type lifecycleKinds struct {
	CapacityProviders []CapacityProvider `json:"capacity_providers" tf:"aws_lambda_capacity_provider" cfn:"AWS::Lambda::CapacityProvider" sam:"AWS::Serverless::CapacityProvider"`
	DeploymentGroups  []DeploymentGroup  `json:"deployment_groups" tf:"aws_codedeploy_deployment_group" cfn:"AWS::CodeDeploy::DeploymentGroup"`
}

// CapacityProvider provides the instances that functions run on (Lambda Managed Instances).
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateCapacityProvider.html
type CapacityProvider struct {
	Resource
	Name         Value[string] `json:"name" tf:"name" cfn:"CapacityProviderName"`
	OperatorRole Ref           `json:"operator_role" tf:"permissions_config.capacity_provider_operator_role_arn" cfn:"PermissionsConfig.CapacityProviderOperatorRoleArn" sam:"OperatorRole" to:"roles"`
	KMSKey       Value[string] `json:"kms_key" tf:"kms_key_arn" cfn:"KmsKeyArn"`
	VPC          VPC           `json:"vpc" tf:"vpc_config" cfn:"VpcConfig"` // without ipv6
	MaxVCPUs     Value[int]    `json:"max_vcpus" tf:"capacity_provider_scaling_config.max_vcpu_count" cfn:"CapacityProviderScalingConfig.MaxVCpuCount" sam:"ScalingConfig.MaxVCpuCount"`
}

// DeploymentGroup is a deployment group of CodeDeploy. SAM generates one from DeploymentPreference.
// https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html
type DeploymentGroup struct {
	Resource
	Config Value[string]       `json:"config" tf:"deployment_config_name" cfn:"DeploymentConfigName"` // CodeDeployDefault.LambdaAllAtOnce
	Alarms List[Value[string]] `json:"alarms" tf:"alarm_configuration.alarms" cfn:"AlarmConfiguration.Alarms[].Name"`
}

// Durable makes the executions of a function durable. Absent: they are not.
// Defaults: https://docs.aws.amazon.com/lambda/latest/api/API_DurableConfig.html,
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-durableconfig.html
type Durable struct {
	Block
	ExecutionTimeout Value[int]    `json:"execution_timeout" tf:"execution_timeout" cfn:"ExecutionTimeout"`          // seconds
	Retention        Value[int]    `json:"retention" tf:"retention_period" cfn:"RetentionPeriodInDays" default:"14"` // days
	KMSKey           Value[string] `json:"kms_key" cfn:"KMSKeyArn"`
}

// Tenancy isolates the tenants of a function from each other. Absent: they share execution environments.
// https://docs.aws.amazon.com/lambda/latest/api/API_TenancyConfig.html
type Tenancy struct {
	Block
	Mode Value[string] `json:"mode" tf:"tenant_isolation_mode" cfn:"TenantIsolationMode"` // PER_TENANT
}

// Scaling limits the execution environments of a function on managed instances.
// https://docs.aws.amazon.com/lambda/latest/api/API_FunctionScalingConfig.html
type Scaling struct {
	Block
	Min Value[int] `json:"min" cfn:"MinExecutionEnvironments"`
	Max Value[int] `json:"max" cfn:"MaxExecutionEnvironments"`
}

// Routing sends a part of the traffic of an alias to a second version.
type Routing struct{ Block }
