package model

import "slices"

// Trigger is something outside of Lambda that invokes functions: a rule, a topic, a bucket, an
// API. Only triggers of which a function of the stack is a target are kept.
type Trigger struct {
	Resource
	// Service is the service that invokes, as the first label of its principal: events, s3.
	Service Value[string] `json:"service"`
	// Async says that the service queues the event and does not wait for the result.
	Async   Value[bool]         `json:"async"`
	Source  Ref                 `json:"source" tf:"rule|topic_arn|bucket|log_group_name|secret_id|target_group_arn|user_pool_id" cfn:"TopicArn|LogGroupName|SecretId" to:"channels"`
	Bus     Ref                 `json:"bus" tf:"event_bus_name" cfn:"EventBusName" to:"channels"`
	Targets List[TriggerTarget] `json:"targets" tf:"lambda_function|target|lambda_config.*|lambda|default_cache_behavior.lambda_function_association|." cfn:"Targets|Target|Subscription|NotificationConfiguration.LambdaConfigurations|TopicRulePayload.Actions|LambdaConfig.*|DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations|."`
}

// TriggerTarget is what a trigger invokes.
type TriggerTarget struct {
	Block
	// Function also names functions that are mentioned in a definition: of an API or a workflow.
	Function   Ref           `json:"function" tf:"lambda_function_arn|function_arn|lambda_arn|arn|endpoint|destination_arn|target_id|uri|integration_uri|authorizer_uri|rotation_lambda_arn|source.source_identifier|definition|body|." cfn:"Arn|Endpoint|Function|DestinationArn|Lambda.FunctionArn|Id|LambdaFunctionARN|RotationLambdaARN|Source.SourceIdentifier|Integration.Uri|IntegrationUri|AuthorizerUri|DefinitionString|DefinitionSubstitutions.*|Definition|Body|ServiceToken|." to:"functions"`
	DeadLetter Value[string] `json:"dead_letter" tf:"dead_letter_config.arn|redrive_policy" cfn:"DeadLetterConfig.Arn|RedrivePolicy"`
}

// invoker is how a kind of resource invokes functions.
type invoker struct {
	service string
	async   bool
}

// invokers tells for each kind of trigger who invokes and whether it waits
// (https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html).
var invokers = map[string]invoker{ //nolint:gochecknoglobals // a table, never written
	"aws_s3_bucket_notification":             {"s3", true},
	"aws_sns_topic_subscription":             {"sns", true},
	"aws_cloudwatch_event_target":            {"events", true},
	"aws_scheduler_schedule":                 {"scheduler", true},
	"aws_cloudwatch_log_subscription_filter": {"logs", true},
	"aws_iot_topic_rule":                     {"iot", true},
	"aws_config_config_rule":                 {"config", true},
	"aws_cognito_user_pool":                  {"cognito-idp", false},
	"aws_api_gateway_rest_api":               {"apigateway", false},
	"aws_api_gateway_integration":            {"apigateway", false},
	"aws_api_gateway_authorizer":             {"apigateway", false},
	"aws_apigatewayv2_api":                   {"apigateway", false},
	"aws_apigatewayv2_integration":           {"apigateway", false},
	"aws_apigatewayv2_authorizer":            {"apigateway", false},
	"aws_lb_target_group_attachment":         {"elasticloadbalancing", false},
	"aws_alb_target_group_attachment":        {"elasticloadbalancing", false},
	"aws_cloudfront_distribution":            {"edgelambda", false},
	"aws_sfn_state_machine":                  {"states", false},
	"aws_secretsmanager_secret_rotation":     {"secretsmanager", false},

	"AWS::S3::Bucket":                          {"s3", true},
	"AWS::SNS::Subscription":                   {"sns", true},
	"AWS::SNS::Topic":                          {"sns", true},
	"AWS::Events::Rule":                        {"events", true},
	"AWS::Scheduler::Schedule":                 {"scheduler", true},
	"AWS::Logs::SubscriptionFilter":            {"logs", true},
	"AWS::IoT::TopicRule":                      {"iot", true},
	"AWS::Config::ConfigRule":                  {"config", true},
	"AWS::Cognito::UserPool":                   {"cognito-idp", false},
	"AWS::ApiGateway::RestApi":                 {"apigateway", false},
	"AWS::ApiGateway::Method":                  {"apigateway", false},
	"AWS::ApiGateway::Authorizer":              {"apigateway", false},
	"AWS::ApiGatewayV2::Api":                   {"apigateway", false},
	"AWS::ApiGatewayV2::Integration":           {"apigateway", false},
	"AWS::ApiGatewayV2::Authorizer":            {"apigateway", false},
	"AWS::ElasticLoadBalancingV2::TargetGroup": {"elasticloadbalancing", false},
	"AWS::CloudFront::Distribution":            {"edgelambda", false},
	"AWS::StepFunctions::StateMachine":         {"states", false},
	"AWS::Serverless::StateMachine":            {"states", false},
	"AWS::SecretsManager::RotationSchedule":    {"secretsmanager", false},
	"AWS::CloudFormation::CustomResource":      {"cloudformation", true},
}

// keepTriggers drops what triggers something else than a function of the stack, and says of the
// others who invokes.
func (s *Stack) keepTriggers() {
	s.Triggers = slices.DeleteFunc(s.Triggers, func(t Trigger) bool {
		return !slices.ContainsFunc(t.Targets.Items, func(target TriggerTarget) bool { return len(target.Function.targets) > 0 })
	})
	for i := range s.Triggers {
		t := &s.Triggers[i]
		by := invokers[t.Type]
		t.Service, t.Async = Known(by.service, t.At), Known(by.async, t.At)
		t.Targets.Items = slices.DeleteFunc(t.Targets.Items, func(target TriggerTarget) bool { return len(target.Function.targets) == 0 })
	}
}
