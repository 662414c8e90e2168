package model

// secretKinds are what contains secrets.
type secretKinds struct {
	AccessKeys      []AccessKey      `json:"access_keys" tf:"aws_iam_access_key" cfn:"AWS::IAM::AccessKey"`
	Secrets         []Secret         `json:"secrets" tf:"aws_secretsmanager_secret" cfn:"AWS::SecretsManager::Secret"`
	SecretValues    []SecretValue    `json:"secret_values" tf:"aws_secretsmanager_secret_version"`
	SecretRotations []SecretRotation `json:"secret_rotations" tf:"aws_secretsmanager_secret_rotation" cfn:"AWS::SecretsManager::RotationSchedule"`
	SSMParameters   []SSMParameter   `json:"ssm_parameters" tf:"aws_ssm_parameter" cfn:"AWS::SSM::Parameter"`
	Credentials     []Credentials    `json:"credentials" tf:"provider.aws" cfn:"AWS::CloudFormation::Authentication"`
	Distributions   []Distribution   `json:"distributions" tf:"aws_cloudfront_distribution" cfn:"AWS::CloudFront::Distribution"`
}

// AccessKey is an access key of an IAM user.
// Defaults: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html
type AccessKey struct {
	Resource
	User   Value[string] `json:"user" tf:"user" cfn:"UserName"`
	Status Value[string] `json:"status" tf:"status" cfn:"Status" default:"Active"`
	PGPKey Value[string] `json:"pgp_key" tf:"pgp_key"` // the secret is encrypted with it before it is stored
}

// Secret is a secret of Secrets Manager.
type Secret struct {
	Resource
	Name     Value[string]  `json:"name" tf:"name|name_prefix" cfn:"Name"`
	KMSKey   Value[string]  `json:"kms_key" tf:"kms_key_id" cfn:"KmsKeyId"`
	Value    Value[string]  `json:"value" cfn:"SecretString" secret:"itself"`
	Replicas List[SecretIn] `json:"replicas" tf:"replica" cfn:"ReplicaRegions"`
}

// SecretIn is a copy of a secret in another region.
type SecretIn struct {
	Block
	Region Value[string] `json:"region" tf:"region" cfn:"Region"`
	KMSKey Value[string] `json:"kms_key" tf:"kms_key_id" cfn:"KmsKeyId"`
}

// SecretValue is a value of a secret in a resource of its own.
type SecretValue struct {
	Resource
	Secret Ref           `json:"of" tf:"secret_id" cfn:"SecretId" to:"secrets"`
	Value  Value[string] `json:"value" tf:"secret_string" secret:"itself"`
}

// SecretRotation says how often a secret is replaced.
type SecretRotation struct {
	Resource
	Secret   Ref           `json:"of" tf:"secret_id" cfn:"SecretId" to:"secrets"`
	Days     Value[int]    `json:"days" tf:"rotation_rules.automatically_after_days" cfn:"RotationRules.AutomaticallyAfterDays"`
	Schedule Value[string] `json:"schedule" tf:"rotation_rules.schedule_expression" cfn:"RotationRules.ScheduleExpression"`
}

// SSMParameter is a parameter of the Systems Manager parameter store.
type SSMParameter struct {
	Resource
	Name   Value[string] `json:"name" tf:"name" cfn:"Name"`
	Type   Value[string] `json:"type" tf:"type" cfn:"Type"`
	Value  Value[string] `json:"value" tf:"value|insecure_value" cfn:"Value" secret:"name"`
	KMSKey Value[string] `json:"kms_key" tf:"key_id"`
}

// Credentials are what a template logs in with: the configuration of a Terraform provider, or a
// CloudFormation resource's Metadata AWS::CloudFormation::Authentication.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-authentication.html
type Credentials struct {
	Resource
	AccessKey Value[string] `json:"access_key" tf:"access_key" cfn:"accessKeyId" secret:"itself"`
	SecretKey Value[string] `json:"secret_key" tf:"secret_key" cfn:"secretKey" secret:"itself"`
	Token     Value[string] `json:"token" tf:"token" secret:"itself"`
	Password  Value[string] `json:"password" cfn:"password" secret:"itself"`

	// SkipsCheck and Endpoints say that the provider speaks to a stand-in for AWS.
	SkipsCheck Value[bool] `json:"skips_check" tf:"skip_credentials_validation" default:"false"`
	Endpoints  Endpoints   `json:"endpoints" tf:"endpoints"`
}

// Endpoints are addresses that stand in for those of AWS.
type Endpoints struct {
	Block
	Lambda Value[string] `json:"lambda" tf:"lambda"`
}

// Distribution is a CloudFront distribution.
type Distribution struct {
	Resource
	Origins List[Origin] `json:"origins" tf:"origin" cfn:"DistributionConfig.Origins"`

	DefaultBehavior CacheBehavior       `json:"default_behavior" tf:"default_cache_behavior" cfn:"DistributionConfig.DefaultCacheBehavior"`
	Behaviors       List[CacheBehavior] `json:"behaviors" tf:"ordered_cache_behavior" cfn:"DistributionConfig.CacheBehaviors"`
}

// CacheBehavior says what CloudFront does with requests, by their path.
type CacheBehavior struct {
	Block
	Edge List[EdgeFunction] `json:"edge" tf:"lambda_function_association" cfn:"LambdaFunctionAssociations"`
}

// EdgeFunction is a function that CloudFront runs for requests or responses.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
type EdgeFunction struct {
	Block
	Event    Value[string] `json:"event" tf:"event_type" cfn:"EventType"` // viewer-request, origin-request, …
	Function Ref           `json:"function" tf:"lambda_arn" cfn:"LambdaFunctionARN" to:"functions"`

	// Qualifier is the version or alias in Function, filled by Link: absent if there is certainly none.
	Qualifier Value[string] `json:"qualifier"`
}

// eachEdge calls do with each Lambda@Edge function.
func (d *Distribution) eachEdge(do func(edge *EdgeFunction)) {
	lists := []*List[EdgeFunction]{&d.DefaultBehavior.Edge}
	for i := range d.Behaviors.Items {
		lists = append(lists, &d.Behaviors.Items[i].Edge)
	}
	for _, list := range lists {
		for i := range list.Items {
			do(&list.Items[i])
		}
	}
}

// Origin is where a distribution gets its content from.
type Origin struct {
	Block
	Domain        Ref           `json:"domain" tf:"domain_name" cfn:"DomainName" to:"function_urls"`
	AccessControl Value[string] `json:"access_control" tf:"origin_access_control_id" cfn:"OriginAccessControlId"`
}
