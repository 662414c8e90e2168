package model

import "lintel/internal/tree"

// webKinds are the kinds of Lambda beside functions: web functions, MicroVMs, and what connects them to a network.
type webKinds struct {
	WebFunctions      []WebFunction      `json:"web_functions" tf:"aws_lambdaweb_function" cfn:"AWS::Lambda::WebFunction" sam:"AWS::Serverless::WebFunction"`
	WebRevisions      []WebRevision      `json:"web_revisions" tf:"aws_lambdaweb_function_revision" cfn:"AWS::Lambda::WebFunctionRevision" sam:"AWS::Serverless::WebFunction"`
	WebEndpoints      []WebEndpoint      `json:"web_endpoints" tf:"aws_lambdaweb_function_endpoint" cfn:"AWS::Lambda::WebFunctionEndpoint" sam:"AWS::Serverless::WebFunction"`
	MicroVMImages     []MicroVMImage     `json:"microvm_images" tf:"aws_lambdamicrovms_image" cfn:"AWS::Lambda::MicrovmImage" sam:"AWS::Serverless::MicrovmImage"`
	MicroVMs          []MicroVM          `json:"microvms" tf:"aws_lambdamicrovms_microvm"`
	NetworkConnectors []NetworkConnector `json:"network_connectors" tf:"aws_lambdacore_network_connector" cfn:"AWS::Lambda::NetworkConnector" sam:"AWS::Serverless::NetworkConnector"`
	Applications      []Application      `json:"applications" tf:"aws_serverlessapplicationrepository_cloudformation_stack"`
}

// WebFunction is a Lambda function that serves HTTP requests. Its code and settings are in its revisions.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-webfunction.html
type WebFunction struct {
	Resource
	Name Value[string] `json:"name" tf:"function_name" cfn:"FunctionName"`
	Tags Map           `json:"tags" tf:"tags" cfn:"Tags" secret:"form"`
}

// WebRevision is a revision of a web function: its code and settings.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-webfunctionrevision.html
type WebRevision struct {
	Resource
	Function    Ref                `json:"function" tf:"function_name" cfn:"FunctionName" to:"web_functions"`
	Runtime     Value[string]      `json:"runtime" tf:"build_config.runtime_config.runtime" cfn:"BuildConfig.RuntimeConfig.Runtime" sam:"Runtime"`
	Role        Ref                `json:"role" tf:"service_config.execution_role_arn" cfn:"ServiceConfig.ExecutionRoleArn" sam:"ExecutionRoleArn" to:"roles" symbol:"true"`
	Environment ServiceEnvironment `json:"environment" tf:"service_config" cfn:"ServiceConfig" sam:"."`
	KMSKey      Value[string]      `json:"kms_key" tf:"kms_key_arn" cfn:"KmsKeyArn"`
	Timeout     Value[int]         `json:"timeout" tf:"service_config.timeout_seconds" cfn:"ServiceConfig.TimeoutSeconds" sam:"Timeout"` // seconds
	LogGroup    Ref                `json:"log_group" tf:"service_config.telemetry_config.logging_config.log_group" cfn:"ServiceConfig.TelemetryConfig.LoggingConfig.LogGroup" sam:"LoggingConfig.LogGroup" to:"log_groups"`
	Connector   Ref                `json:"connector" tf:"service_config.egress_network_connector_arn" cfn:"ServiceConfig.EgressNetworkConnectorArn" sam:"EgressNetworkConnectorArn" to:"network_connectors"`
	Inline      Value[string]      `json:"inline" cfn:"-" sam:"InlineCode" secret:"text"`
	S3Bucket    Ref                `json:"s3_bucket" tf:"build_config.code_config.s3_object.bucket" cfn:"BuildConfig.CodeConfig.S3Object.Bucket" sam:"CodeUri.Bucket" to:"buckets"`
	S3Key       Value[string]      `json:"s3_key" tf:"build_config.code_config.s3_object.key" cfn:"BuildConfig.CodeConfig.S3Object.Key" sam:"CodeUri.Key"`
	S3Version   Value[string]      `json:"s3_version" tf:"build_config.code_config.s3_object.version_id" cfn:"BuildConfig.CodeConfig.S3Object.VersionId" sam:"CodeUri.Version"`
	Description Value[string]      `json:"description" tf:"description" cfn:"Description" sam:"RevisionDescription" secret:"form"`
}

// ServiceEnvironment holds the environment variables of a web function or MicroVM image.
type ServiceEnvironment struct {
	Block
	Variables Map `json:"variables" tf:"environment_variables" cfn:"EnvironmentVariables" secret:"key"`
}

// WebEndpoint is an HTTPS address of a web function.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-webfunctionendpoint.html
type WebEndpoint struct {
	Resource
	Function        Ref           `json:"function" tf:"function_name" cfn:"FunctionName" to:"web_functions"`
	Name            Value[string] `json:"name" tf:"endpoint_name" cfn:"EndpointName"`
	AuthType        Value[string] `json:"auth_type" tf:"auth_type" cfn:"AuthType"`                                                   // ApplicationManaged or IamAuth
	RateLimit       Value[int]    `json:"rate_limit" tf:"throttle_config.rate_limit" cfn:"ThrottleConfig.RateLimit"`                 // requests a second
	MaxEnvironments Value[int]    `json:"max_environments" tf:"scaling_config.max_environments" cfn:"ScalingConfig.MaxEnvironments"` // that run at the same time

	// AutoDeployment is LatestRevision or Disabled. Only SAM has it: CloudFormation and Terraform always name revisions.
	AutoDeployment Value[string] `json:"auto_deployment" cfn:"-" sam:"AutoDeploymentMode"`
}

// MicroVMImage is what MicroVMs are started from.
// Default: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-microvmimage.html
type MicroVMImage struct {
	Resource
	Name            Value[string]       `json:"name" tf:"name" cfn:"Name"`
	BuildRole       Ref                 `json:"build_role" tf:"build_role_arn" cfn:"BuildRoleArn" to:"roles"`
	Environment     ServiceEnvironment  `json:"environment" tf:"." cfn:"."`
	Capabilities    List[Value[string]] `json:"capabilities" tf:"additional_os_capabilities" cfn:"AdditionalOsCapabilities"`
	Connectors      List[Ref]           `json:"connectors" tf:"egress_network_connectors" cfn:"EgressNetworkConnectors" to:"network_connectors"`
	LoggingDisabled Value[bool]         `json:"logging_disabled" cfn:"Logging.Disabled" default:"false"`
	LogGroup        Ref                 `json:"log_group" tf:"logging.cloudwatch.log_group" cfn:"Logging.CloudWatch.LogGroup" to:"log_groups"`
	Description     Value[string]       `json:"description" tf:"description" cfn:"Description" secret:"form"`
	Tags            Map                 `json:"tags" tf:"tags" cfn:"Tags" secret:"form"`

	// NoLogging is LoggingDisabled in Terraform: an empty block that is there or not. Link moves it.
	NoLogging Marker `json:"-" tf:"logging.disabled"`
}

// Marker is a block without attributes: all that counts is whether it is there.
type Marker struct{ Block }

// markers moves the switches that are blocks in Terraform into those that rules see.
func (s *Stack) markers() {
	for i := range s.MicroVMImages {
		image := &s.MicroVMImages[i]
		if marker := image.NoLogging.state; marker.State != tree.StateAbsent {
			image.LoggingDisabled = Value[bool]{state: marker, value: marker.State == tree.StateKnown}
		}
	}
}

// MicroVM is a running MicroVM. Only Terraform declares it.
// https://docs.aws.amazon.com/lambda/latest/dg/microvms-networking.html
type MicroVM struct {
	Resource
	Image   Ref                 `json:"image" tf:"image_arn|image_identifier" to:"microvm_images"`
	Role    Ref                 `json:"role" tf:"execution_role_arn" to:"roles"`
	Ingress List[Value[string]] `json:"ingress" tf:"ingress_network_connectors"`
	Payload Value[string]       `json:"payload" tf:"run_hook_payload" secret:"text"`
}

// NetworkConnector attaches web functions and MicroVMs to a VPC.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-networkconnector.html
type NetworkConnector struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"Name"`
	Role Ref           `json:"role" tf:"operator_role" cfn:"OperatorRole" to:"roles"`
	VPC  VPC           `json:"vpc" tf:"configuration.vpc_egress_configuration" cfn:"Configuration.VpcEgressConfiguration" sam:"VpcConfig"` // without ipv6
}

// Application is a stack of the AWS Serverless Application Repository. SAM rejects one without a version.
type Application struct {
	Resource
	Application Value[string] `json:"application" tf:"application_id"`
	Version     Value[string] `json:"version" tf:"semantic_version"`
}
