package model

import (
	"strings"
	"sync"

	"lintel/internal/tree"
)

// How a service invokes.
const (
	queues = true  // it queues the event and does not wait for the result
	waits  = false // it waits for the result
)

// triggerKinds has a line for each kind of resource that invokes functions:
//
//	type, service, queues or waits, targets, function in a target, source, bus, dead letter of a target, enabled or state
//
// The places are paths (tree.ParsePath). Targets of "." mean that the resource has one target and is written as
// it. Everything about a kind of trigger derives from its line: the types that the model claims, how a
// resource is read, the docs, and where fixes edit.
//
// Services: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
var triggerKinds = []struct { //nolint:gochecknoglobals // a table, never written
	kind, service                              string
	async                                      bool
	targets, function, source, bus, deadLetter string
	enabled                                    string
}{
	{"aws_s3_bucket_notification", "s3", queues, "lambda_function", "lambda_function_arn", "bucket", "", "", ""},
	{"aws_sns_topic_subscription", "sns", queues, ".", "endpoint", "topic_arn", "", "redrive_policy", ""},
	{"aws_cloudwatch_event_target", "events", queues, ".", "arn", "rule", "event_bus_name", "dead_letter_config.arn", ""},
	{"aws_scheduler_schedule", "scheduler", queues, "target", "arn", "", "", "dead_letter_config.arn", "state"},
	{"aws_cloudwatch_log_subscription_filter", "logs", queues, ".", "destination_arn", "log_group_name", "", "", ""},
	{"aws_iot_topic_rule", "iot", queues, "lambda", "function_arn", "", "", "", "enabled"},
	{"aws_config_config_rule", "config", queues, ".", "source.source_identifier", "", "", "", ""},
	{"aws_cognito_user_pool", "cognito-idp", waits, "lambda_config.*", "lambda_arn|.", "", "", "", ""},
	{"aws_api_gateway_rest_api", "apigateway", waits, ".", "body", "", "", "", ""},
	{"aws_api_gateway_integration", "apigateway", waits, ".", "uri", "", "", "", ""},
	{"aws_api_gateway_authorizer", "apigateway", waits, ".", "authorizer_uri", "", "", "", ""},
	{"aws_apigatewayv2_api", "apigateway", waits, ".", "target|body", "", "", "", ""},
	{"aws_apigatewayv2_integration", "apigateway", waits, ".", "integration_uri", "", "", "", ""},
	{"aws_apigatewayv2_authorizer", "apigateway", waits, ".", "authorizer_uri", "", "", "", ""},
	{"aws_lb_target_group_attachment", "elasticloadbalancing", waits, ".", "target_id", "target_group_arn", "", "", ""},
	{"aws_alb_target_group_attachment", "elasticloadbalancing", waits, ".", "target_id", "target_group_arn", "", "", ""},
	{"aws_cloudfront_distribution", "edgelambda", waits, "default_cache_behavior.lambda_function_association", "lambda_arn", "", "", "", ""},
	{"aws_sfn_state_machine", "states", waits, ".", "definition", "", "", "", ""},
	{"aws_secretsmanager_secret_rotation", "secretsmanager", waits, ".", "rotation_lambda_arn", "secret_id", "", "", ""},

	{"AWS::S3::Bucket", "s3", queues, "NotificationConfiguration.LambdaConfigurations", "Function", "", "", "", ""},
	{"AWS::SNS::Subscription", "sns", queues, ".", "Endpoint", "TopicArn", "", "RedrivePolicy", ""},
	{"AWS::SNS::Topic", "sns", queues, "Subscription", "Endpoint", "", "", "", ""},
	{"AWS::Events::Rule", "events", queues, "Targets", "Arn", "", "EventBusName", "DeadLetterConfig.Arn", "State"},
	{"AWS::Scheduler::Schedule", "scheduler", queues, "Target", "Arn", "", "", "DeadLetterConfig.Arn", "State"},
	{"AWS::Logs::SubscriptionFilter", "logs", queues, ".", "DestinationArn", "LogGroupName", "", "", ""},
	{"AWS::IoT::TopicRule", "iot", queues, "TopicRulePayload.Actions", "Lambda.FunctionArn", "", "", "", "TopicRulePayload.RuleDisabled"},
	{"AWS::Config::ConfigRule", "config", queues, ".", "Source.SourceIdentifier", "", "", "", ""},
	{"AWS::Cognito::UserPool", "cognito-idp", waits, "LambdaConfig.*", "LambdaArn|.", "", "", "", ""},
	{"AWS::ApiGateway::RestApi", "apigateway", waits, ".", "Body", "", "", "", ""},
	{"AWS::ApiGateway::Method", "apigateway", waits, ".", "Integration.Uri", "", "", "", ""},
	{"AWS::ApiGateway::Authorizer", "apigateway", waits, ".", "AuthorizerUri", "", "", "", ""},
	{"AWS::ApiGatewayV2::Api", "apigateway", waits, ".", "Target|Body", "", "", "", ""},
	{"AWS::ApiGatewayV2::Integration", "apigateway", waits, ".", "IntegrationUri", "", "", "", ""},
	{"AWS::ApiGatewayV2::Authorizer", "apigateway", waits, ".", "AuthorizerUri", "", "", "", ""},
	{"AWS::ElasticLoadBalancingV2::TargetGroup", "elasticloadbalancing", waits, "Targets", "Id", "", "", "", ""},
	{"AWS::CloudFront::Distribution", "edgelambda", waits, "DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations", "LambdaFunctionARN", "", "", "", ""},
	{"AWS::StepFunctions::StateMachine", "states", waits, ".", "DefinitionSubstitutions.*|DefinitionString|Definition", "", "", "", ""},
	{"AWS::Serverless::StateMachine", "states", waits, ".", "DefinitionSubstitutions.*|Definition", "", "", "", ""},
	{"AWS::SecretsManager::RotationSchedule", "secretsmanager", waits, ".", "RotationLambdaARN", "SecretId", "", "", ""},
	// The invocation is asynchronous, but CloudFormation waits for the response and reports a failure or its absence.
	{"AWS::CloudFormation::CustomResource", "cloudformation", waits, ".", "ServiceToken", "", "", "", ""},
}

// triggerKind is a line of triggerKinds with its paths parsed.
type triggerKind struct {
	service                                    string
	async                                      bool
	targets, function, source, bus, deadLetter tree.Path
	enabled                                    tree.Path
}

// triggerKindsByType are the lines by the type of the resource.
var triggerKindsByType = sync.OnceValue(func() map[string]triggerKind { //nolint:gochecknoglobals // a table, made once
	all := make(map[string]triggerKind, len(triggerKinds))
	for _, k := range triggerKinds {
		all[k.kind] = triggerKind{
			service: k.service, async: k.async,
			targets: tree.ParsePath(k.targets), function: tree.ParsePath(k.function),
			source: tree.ParsePath(k.source), bus: tree.ParsePath(k.bus), deadLetter: tree.ParsePath(k.deadLetter),
			enabled: tree.ParsePath(k.enabled),
		}
	}
	return all
})

// triggerTypes returns the types of triggers in a format, in the order of the table.
func triggerTypes(format Format) []string {
	var types []string
	for _, k := range triggerKinds {
		if FormatOf(k.kind) == format {
			types = append(types, k.kind)
		}
	}
	return types
}

// FormatOf returns the format that has a type of resources.
func FormatOf(kind string) Format {
	switch {
	case strings.HasPrefix(kind, "AWS::Serverless::"):
		return SAM
	case strings.Contains(kind, "::"):
		return CloudFormation
	}
	return Terraform
}

// column returns the path of a column of the table from the resource.
func (k triggerKind) column(name string) tree.Path {
	switch name {
	case "source":
		return k.source
	case "bus":
		return k.bus
	case "enabled":
		return k.enabled
	case "targets":
		return k.targets
	case "function":
		return k.targets.Join(k.function)
	case "dead_letter":
		return k.targets.Join(k.deadLetter)
	}
	panic("model: triggerKinds has no column " + name)
}

// columnOf returns where the kinds of a format have a column, from the resource.
func columnOf(name string, format Format) tree.Path {
	var all tree.Path
	for _, kind := range triggerTypes(format) {
		all = all.Or(triggerKindsByType()[kind].column(name))
	}
	return all
}
