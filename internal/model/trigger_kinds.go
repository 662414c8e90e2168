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
//   - the type, the service and whether it queues or waits,
//   - the targets, and in a target the function, the type of invocation, the tenant, the filter, the events and the dead
//     letter,
//   - the source, the bus, and the switch or state.
//
// The places are paths (tree.ParsePath). Targets of "." mean that the resource has one target and is written as
// it; of several alternatives of targets all count. Everything about a kind of trigger derives from its line: the types
// that the model claims, how a resource is read, the docs, and where fixes edit.
//
// Services: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
var triggerKinds = []struct { //nolint:gochecknoglobals // a table, never written
	kind, service string
	async         bool

	targets, function, invocation, tenant, filter, events, deadLetter string
	source, bus, enabled                                              string
}{
	{kind: "aws_s3_bucket_notification", service: "s3", async: queues, targets: "lambda_function", function: "lambda_function_arn", filter: "filter_prefix|filter_suffix", events: "events", source: "bucket"},
	{kind: "aws_sns_topic_subscription", service: "sns", async: queues, targets: ".", function: "endpoint", filter: "filter_policy", source: "topic_arn", deadLetter: "redrive_policy"},
	{kind: "aws_cloudwatch_event_target", service: "events", async: queues, targets: ".", function: "arn", source: "rule", bus: "event_bus_name", deadLetter: "dead_letter_config.arn"},
	{kind: "aws_scheduler_schedule", service: "scheduler", async: queues, targets: "target", function: "arn", deadLetter: "dead_letter_config.arn", enabled: "state"},
	{kind: "aws_cloudwatch_log_subscription_filter", service: "logs", async: queues, targets: ".", function: "destination_arn", source: "log_group_name"},
	{kind: "aws_iot_topic_rule", service: "iot", async: queues, targets: "lambda", function: "function_arn", enabled: "enabled"},
	{kind: "aws_config_config_rule", service: "config", async: queues, targets: ".", function: "source.source_identifier"},
	{kind: "aws_cognito_user_pool", service: "cognito-idp", async: waits, targets: "lambda_config.*", function: "lambda_arn|."},
	{kind: "aws_api_gateway_rest_api", service: "apigateway", async: waits, targets: ".", function: "body"},
	{kind: "aws_api_gateway_integration", service: "apigateway", async: waits, targets: ".", function: "uri"},
	{kind: "aws_api_gateway_authorizer", service: "apigateway", async: waits, targets: ".", function: "authorizer_uri"},
	{kind: "aws_apigatewayv2_api", service: "apigateway", async: waits, targets: ".", function: "target|body"},
	{kind: "aws_apigatewayv2_integration", service: "apigateway", async: waits, targets: ".", function: "integration_uri"},
	{kind: "aws_apigatewayv2_authorizer", service: "apigateway", async: waits, targets: ".", function: "authorizer_uri"},
	{kind: "aws_lb_target_group_attachment", service: "elasticloadbalancing", async: waits, targets: ".", function: "target_id", source: "target_group_arn"},
	{kind: "aws_alb_target_group_attachment", service: "elasticloadbalancing", async: waits, targets: ".", function: "target_id", source: "target_group_arn"},
	{kind: "aws_cloudfront_distribution", service: "edgelambda", async: waits, targets: "default_cache_behavior.lambda_function_association|ordered_cache_behavior[].lambda_function_association", function: "lambda_arn"},
	{kind: "aws_sfn_state_machine", service: workflows, async: waits, targets: ".", function: "definition"},
	{kind: "aws_secretsmanager_secret_rotation", service: "secretsmanager", async: waits, targets: ".", function: "rotation_lambda_arn", source: "secret_id"},
	{kind: "aws_cloudwatch_metric_alarm", service: "lambda.alarms.cloudwatch", async: queues, targets: "alarm_actions|ok_actions|insufficient_data_actions", function: ".", enabled: "actions_enabled"},
	{kind: "aws_cloudwatch_composite_alarm", service: "lambda.alarms.cloudwatch", async: queues, targets: "alarm_actions|ok_actions|insufficient_data_actions", function: ".", enabled: "actions_enabled"},
	{kind: "aws_ses_receipt_rule", service: "ses", async: queues, targets: "lambda_action", function: "function_arn", invocation: "invocation_type", enabled: "enabled"},
	{kind: "aws_pipes_pipe", service: "pipes", async: waits, targets: "target|enrichment", function: ".", source: "source", enabled: "desired_state"},
	{kind: "aws_vpclattice_target_group_attachment", service: "vpc-lattice", async: waits, targets: "target", function: "id"},
	{kind: "aws_appsync_datasource", service: "appsync", async: waits, targets: ".", function: "lambda_config.function_arn"},

	{kind: "AWS::S3::Bucket", service: "s3", async: queues, targets: "NotificationConfiguration.LambdaConfigurations", function: "Function", filter: "Filter", events: "Event"},
	{kind: "AWS::SNS::Subscription", service: "sns", async: queues, targets: ".", function: "Endpoint", filter: "FilterPolicy", source: "TopicArn", deadLetter: "RedrivePolicy"},
	{kind: "AWS::SNS::Topic", service: "sns", async: queues, targets: "Subscription", function: "Endpoint"},
	{kind: "AWS::Events::Rule", service: "events", async: queues, targets: "Targets", function: "Arn", bus: "EventBusName", deadLetter: "DeadLetterConfig.Arn", enabled: "State"},
	{kind: "AWS::Scheduler::Schedule", service: "scheduler", async: queues, targets: "Target", function: "Arn", deadLetter: "DeadLetterConfig.Arn", enabled: "State"},
	{kind: "AWS::Logs::SubscriptionFilter", service: "logs", async: queues, targets: ".", function: "DestinationArn", source: "LogGroupName"},
	{kind: "AWS::IoT::TopicRule", service: "iot", async: queues, targets: "TopicRulePayload.Actions", function: "Lambda.FunctionArn", enabled: "TopicRulePayload.RuleDisabled"},
	{kind: "AWS::Config::ConfigRule", service: "config", async: queues, targets: ".", function: "Source.SourceIdentifier"},
	{kind: "AWS::Cognito::UserPool", service: "cognito-idp", async: waits, targets: "LambdaConfig.*", function: "LambdaArn|."},
	{kind: "AWS::ApiGateway::RestApi", service: "apigateway", async: waits, targets: ".", function: "Body"},
	{kind: "AWS::ApiGateway::Method", service: "apigateway", async: waits, targets: ".", function: "Integration.Uri"},
	{kind: "AWS::ApiGateway::Authorizer", service: "apigateway", async: waits, targets: ".", function: "AuthorizerUri"},
	{kind: "AWS::ApiGatewayV2::Api", service: "apigateway", async: waits, targets: ".", function: "Target|Body"},
	{kind: "AWS::ApiGatewayV2::Integration", service: "apigateway", async: waits, targets: ".", function: "IntegrationUri"},
	{kind: "AWS::ApiGatewayV2::Authorizer", service: "apigateway", async: waits, targets: ".", function: "AuthorizerUri"},
	{kind: "AWS::ElasticLoadBalancingV2::TargetGroup", service: "elasticloadbalancing", async: waits, targets: "Targets", function: "Id"},
	{kind: "AWS::CloudFront::Distribution", service: "edgelambda", async: waits, targets: "DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations|DistributionConfig.CacheBehaviors[].LambdaFunctionAssociations", function: "LambdaFunctionARN"},
	{kind: "AWS::StepFunctions::StateMachine", service: workflows, async: waits, targets: ".", function: "DefinitionSubstitutions.*|DefinitionString|Definition"},
	{kind: "AWS::Serverless::StateMachine", service: workflows, async: waits, targets: ".", function: "DefinitionSubstitutions.*|Definition"},
	{kind: "AWS::SecretsManager::RotationSchedule", service: "secretsmanager", async: waits, targets: ".", function: "RotationLambdaARN", source: "SecretId"},
	{kind: "AWS::CloudWatch::Alarm", service: "lambda.alarms.cloudwatch", async: queues, targets: "AlarmActions|OKActions|InsufficientDataActions", function: ".", enabled: "ActionsEnabled"},
	{kind: "AWS::CloudWatch::CompositeAlarm", service: "lambda.alarms.cloudwatch", async: queues, targets: "AlarmActions|OKActions|InsufficientDataActions", function: ".", enabled: "ActionsEnabled"},
	{kind: "AWS::SES::ReceiptRule", service: "ses", async: queues, targets: "Rule.Actions", function: "LambdaAction.FunctionArn", invocation: "LambdaAction.InvocationType", enabled: "Rule.Enabled"},
	{kind: "AWS::EventsV2::Subscriber", service: "events", async: waits, targets: ".", function: "InvokeConfiguration.TargetArn", invocation: "InvokeConfiguration.LambdaParameters.InvocationType", tenant: "InvokeConfiguration.LambdaParameters.TenantId", source: "EventBusArn", deadLetter: "OnFailureConfiguration.Arn", enabled: "State"},
	{kind: "AWS::Pipes::Pipe", service: "pipes", async: waits, targets: "Target|Enrichment", function: ".", source: "Source", enabled: "DesiredState"},
	{kind: "AWS::VpcLattice::TargetGroup", service: "vpc-lattice", async: waits, targets: "Targets", function: "Id"},
	{kind: "AWS::AppSync::DataSource", service: "appsync", async: waits, targets: ".", function: "LambdaConfig.LambdaFunctionArn"},
	// The invocation is asynchronous, but CloudFormation waits for the response and reports a failure or its absence.
	{kind: "AWS::CloudFormation::CustomResource", service: "cloudformation", async: waits, targets: ".", function: "ServiceToken"},
}

// triggerKind is a line of triggerKinds with its paths parsed.
type triggerKind struct {
	service string
	async   bool

	targets, function, invocation, tenant, filter, events, deadLetter tree.Path
	source, bus, enabled                                              tree.Path
}

// triggerKindsByType are the lines by the type of the resource.
var triggerKindsByType = sync.OnceValue(func() map[string]triggerKind { //nolint:gochecknoglobals // a table, made once
	all := make(map[string]triggerKind, len(triggerKinds))
	for _, k := range triggerKinds {
		all[k.kind] = triggerKind{
			service: k.service, async: k.async,
			targets: tree.ParsePath(k.targets), function: tree.ParsePath(k.function), invocation: tree.ParsePath(k.invocation),
			tenant: tree.ParsePath(k.tenant),
			filter: tree.ParsePath(k.filter), events: tree.ParsePath(k.events), deadLetter: tree.ParsePath(k.deadLetter),
			source: tree.ParsePath(k.source), bus: tree.ParsePath(k.bus), enabled: tree.ParsePath(k.enabled),
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
	case "invocation":
		return k.targets.Join(k.invocation)
	case "tenant":
		return k.targets.Join(k.tenant)
	case "filter":
		return k.targets.Join(k.filter)
	case "events":
		return k.targets.Join(k.events)
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
