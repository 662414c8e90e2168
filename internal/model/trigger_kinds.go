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
//   - the type, the service, whether it queues or waits, and whether the answer of the function decides what is allowed,
//   - the targets, and in a target the function, the type of invocation, the tenant, the filter, the events and the dead
//     letter,
//   - the source, the bus, and the switch or state.
//
// The places are paths (tree.ParsePath). Targets of "." mean that the resource has one target and is written as
// it; of several alternatives of targets all count. Everything about a kind of trigger derives from its line: the types
// that the model claims, how a resource is read, the docs, and where fixes edit.
//
// Services: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html. Missing are services that have ended (IoT
// Analytics, IoT Events, Kinesis Data Analytics for SQL, Pinpoint), those whose configuration of it is no resource (Alexa
// outside of templates, Aurora, Redshift, S3 Batch Operations, labeling jobs of SageMaker, WorkMail), and Greengrass, which
// runs copies.
var triggerKinds = []struct { //nolint:gochecknoglobals // a table, never written
	kind, service     string
	async, authorizes bool
	defines           bool // the function is in a definition, see invokedIn

	targets, function, invocation, tenant, filter, events, deadLetter string
	source, bus, enabled                                              string
}{
	{kind: "aws_s3_bucket_notification", service: "s3", async: queues, targets: "lambda_function", function: "lambda_function_arn", filter: "filter_prefix|filter_suffix", events: "events", source: "bucket"},
	{kind: "aws_sns_topic_subscription", service: "sns", async: queues, targets: ".", function: "endpoint", filter: "filter_policy", source: "topic_arn", deadLetter: "redrive_policy"},
	{kind: "aws_cloudwatch_event_target", service: "events", async: queues, targets: ".", function: "arn", source: "rule", bus: "event_bus_name", deadLetter: "dead_letter_config.arn"},
	{kind: "aws_scheduler_schedule", service: "scheduler", async: queues, targets: "target", function: "arn", deadLetter: "dead_letter_config.arn", enabled: "state"},
	{kind: "aws_cloudwatch_log_subscription_filter", service: "logs", async: queues, targets: ".", function: "destination_arn", source: "log_group_name"},
	{kind: "aws_iot_topic_rule", service: "iot", async: queues, targets: "lambda|error_action.lambda", function: "function_arn", enabled: "enabled"},
	{kind: "aws_config_config_rule", service: "config", async: queues, targets: ".", function: "source.source_identifier"},
	{kind: "aws_cognito_user_pool", service: "cognito-idp", async: waits, targets: "lambda_config.*", function: "lambda_arn|."},
	{kind: "aws_api_gateway_rest_api", service: "apigateway", async: waits, targets: ".", function: "body"},
	{kind: "aws_api_gateway_integration", service: "apigateway", async: waits, targets: ".", function: "uri"},
	{kind: "aws_api_gateway_authorizer", service: "apigateway", async: waits, authorizes: true, targets: ".", function: "authorizer_uri"},
	{kind: "aws_apigatewayv2_api", service: "apigateway", async: waits, targets: ".", function: "target|body"},
	{kind: "aws_apigatewayv2_integration", service: "apigateway", async: waits, targets: ".", function: "integration_uri"},
	{kind: "aws_apigatewayv2_authorizer", service: "apigateway", async: waits, authorizes: true, targets: ".", function: "authorizer_uri"},
	{kind: "aws_lb_target_group_attachment", service: "elasticloadbalancing", async: waits, targets: ".", function: "target_id", source: "target_group_arn"},
	{kind: "aws_alb_target_group_attachment", service: "elasticloadbalancing", async: waits, targets: ".", function: "target_id", source: "target_group_arn"},
	{kind: "aws_cloudfront_distribution", service: "edgelambda", async: waits, targets: "default_cache_behavior.lambda_function_association|ordered_cache_behavior[].lambda_function_association", function: "lambda_arn"},
	{kind: "aws_cloudfront_multitenant_distribution", service: "edgelambda", async: waits, targets: "default_cache_behavior.lambda_function_association|cache_behavior[].lambda_function_association", function: "lambda_function_arn"},
	{kind: "aws_sfn_state_machine", service: "states", async: waits, defines: true, targets: ".", function: "definition"},
	{kind: "aws_secretsmanager_secret_rotation", service: "secretsmanager", async: waits, targets: ".", function: "rotation_lambda_arn", source: "secret_id"},
	{kind: "aws_cloudwatch_metric_alarm", service: "lambda.alarms.cloudwatch", async: queues, targets: "alarm_actions|ok_actions|insufficient_data_actions", function: ".", enabled: "actions_enabled"},
	{kind: "aws_cloudwatch_composite_alarm", service: "lambda.alarms.cloudwatch", async: queues, targets: "alarm_actions|ok_actions|insufficient_data_actions", function: ".", enabled: "actions_enabled"},
	{kind: "aws_ses_receipt_rule", service: "ses", async: queues, targets: "lambda_action", function: "function_arn", invocation: "invocation_type", enabled: "enabled"},
	{kind: "aws_pipes_pipe", service: "pipes", async: waits, targets: "target|enrichment", function: ".", source: "source", enabled: "desired_state"},
	{kind: "aws_vpclattice_target_group_attachment", service: "vpc-lattice", async: waits, targets: "target", function: "id"},
	{kind: "aws_appsync_datasource", service: "appsync", async: waits, targets: ".", function: "lambda_config.function_arn"},
	{kind: "aws_s3control_object_lambda_access_point", service: "s3-object-lambda", async: waits, targets: "configuration.transformation_configuration", function: "content_transformation.aws_lambda.function_arn"},
	{kind: "aws_config_organization_custom_rule", service: "config", async: queues, targets: ".", function: "lambda_function_arn"},
	{kind: "aws_iot_authorizer", service: "iot", async: waits, authorizes: true, targets: ".", function: "authorizer_function_arn"},
	{kind: "aws_iot_provisioning_template", service: "iot", async: waits, authorizes: true, targets: ".", function: "pre_provisioning_hook.target_arn"},
	{kind: "aws_lex_intent", service: "lex", async: waits, targets: "dialog_code_hook|fulfillment_activity.code_hook", function: "uri"},
	{kind: "aws_connect_lambda_function_association", service: "connect", async: waits, targets: ".", function: "function_arn"},
	{kind: "aws_kinesis_firehose_delivery_stream", service: "firehose", async: waits, targets: eachOf("extended_s3 redshift elasticsearch opensearch opensearchserverless http_endpoint splunk snowflake iceberg", "_configuration.processing_configuration.processors[].parameters"), function: "parameter_value", source: "kinesis_source_configuration.kinesis_stream_arn|msk_source_configuration.msk_cluster_arn"},
	{kind: "aws_appsync_graphql_api", service: "appsync", async: waits, authorizes: true, targets: "lambda_authorizer_config|additional_authentication_provider[].lambda_authorizer_config", function: "authorizer_uri"},
	{kind: "aws_appsync_api", service: "appsync", async: waits, authorizes: true, targets: "event_config.auth_provider[].lambda_authorizer_config", function: "authorizer_uri"},
	{kind: "aws_appsync_function", service: "appsync", async: waits, targets: ".", function: "sync_config.lambda_conflict_handler_config.lambda_conflict_handler_arn"},
	{kind: "aws_appsync_resolver", service: "appsync", async: waits, targets: ".", function: "sync_config.lambda_conflict_handler_config.lambda_conflict_handler_arn"},
	{kind: "aws_codepipeline", service: "codepipeline", async: waits, targets: "stage[].action[].configuration|" + eachOf("stage[].before_entry stage[].on_success stage[].on_failure", ".condition[].rule[].configuration"), function: "FunctionName"},
	{kind: "aws_codecommit_trigger", service: "codecommit", async: queues, targets: "trigger", function: "destination_arn"},
	{kind: "aws_transfer_server", service: "transfer", async: waits, authorizes: true, targets: ".", function: "function"},
	{kind: "aws_transfer_workflow", service: "transfer", async: waits, targets: "steps|on_exception_steps", function: "custom_step_details.target"},
	{kind: "aws_bedrockagent_agent", service: "bedrock", async: waits, targets: ".", function: "prompt_override_configuration.override_lambda"},
	{kind: "aws_bedrockagent_agent_action_group", service: "bedrock", async: waits, targets: ".", function: "action_group_executor.lambda"},
	{kind: "aws_bedrockagent_data_source", service: "bedrock", async: waits, targets: "vector_ingestion_configuration.custom_transformation_configuration.transformation", function: "transformation_function.transformation_lambda_configuration.lambda_arn"},
	{kind: "aws_bedrockagent_flow", service: "bedrock", async: waits, targets: "definition.node", function: "configuration.lambda_function.lambda_arn"},
	{kind: "aws_bedrockagentcore_gateway", service: "bedrock-agentcore", async: waits, targets: "interceptor_configuration", function: "interceptor.lambda.arn"},
	{kind: "aws_bedrockagentcore_gateway_target", service: "bedrock-agentcore", async: waits, targets: ".", function: "target_configuration.mcp.lambda.lambda_arn"},
	{kind: "aws_kendra_data_source", service: "kendra", async: waits, targets: "custom_document_enrichment_configuration.pre_extraction_hook_configuration|custom_document_enrichment_configuration.post_extraction_hook_configuration", function: "lambda_arn"},
	{kind: "aws_athena_data_catalog", service: "athena", async: waits, targets: "parameters.*", function: "."},
	{kind: "aws_ssm_maintenance_window_task", service: "ssm", async: waits, targets: ".", function: "task_arn"},
	{kind: "aws_ecs_service", service: "ecs", async: waits, targets: "deployment_configuration.lifecycle_hook", function: "hook_target_arn"},
	{kind: "aws_autoscaling_group", service: "autoscaling", async: waits, targets: "termination_policies|initial_lifecycle_hook[].notification_target_arn", function: "."},
	{kind: "aws_ec2_client_vpn_endpoint", service: "clientvpn", async: waits, authorizes: true, targets: ".", function: "client_connect_options.lambda_function_arn"},
	{kind: "aws_appconfig_extension", service: "appconfig", async: waits, targets: "action_point[].action", function: "uri"},
	{kind: "aws_appconfig_configuration_profile", service: "appconfig", async: waits, targets: "validator", function: "content"},
	{kind: "aws_arcregionswitch_plan", service: "arc-region-switch", async: waits, targets: "workflow[].step[].custom_action_lambda_config.lambda|workflow[].step[].parallel_config.step[].custom_action_lambda_config.lambda", function: "arn"},
	{kind: "aws_chimesdkvoice_sip_media_application", service: "voiceconnector.chime", async: waits, targets: ".", function: "endpoints.lambda_arn"},
	{kind: "aws_chimesdkmediapipelines_media_insights_pipeline_configuration", service: "mediapipelines.chime", async: waits, targets: "elements", function: "lambda_function_sink_configuration.insights_target"},
	{kind: "aws_ivschat_room", service: "ivschat", async: waits, authorizes: true, targets: ".", function: "message_review_handler.uri"},
	{kind: "aws_cloudwatch_log_account_policy", service: "logs", async: queues, targets: ".", function: "policy_document"},
	{kind: "aws_lambda_function_event_invoke_config", service: "lambda", async: queues, targets: "destination_config.on_success|destination_config.on_failure", function: "destination"},
	{kind: "aws_autoscaling_lifecycle_hook", service: "autoscaling", async: waits, targets: ".", function: "notification_target_arn"},
	{kind: "aws_ssm_document", service: "ssm", async: waits, defines: true, targets: ".", function: "content"},
	{kind: "aws_connect_contact_flow", service: "connect", async: waits, defines: true, targets: ".", function: "content"},
	{kind: "aws_connect_contact_flow_module", service: "connect", async: waits, defines: true, targets: ".", function: "content"},
	{kind: "aws_sagemaker_pipeline", service: "sagemaker", async: waits, defines: true, targets: ".", function: "pipeline_definition"},
	{kind: "aws_osis_pipeline", service: "osis-pipelines", async: waits, defines: true, targets: ".", function: "pipeline_configuration_body"},

	{kind: "AWS::S3::Bucket", service: "s3", async: queues, targets: "NotificationConfiguration.LambdaConfigurations", function: "Function", filter: "Filter", events: "Event"},
	{kind: "AWS::SNS::Subscription", service: "sns", async: queues, targets: ".", function: "Endpoint", filter: "FilterPolicy", source: "TopicArn", deadLetter: "RedrivePolicy"},
	{kind: "AWS::SNS::Topic", service: "sns", async: queues, targets: "Subscription", function: "Endpoint"},
	{kind: "AWS::Events::Rule", service: "events", async: queues, targets: "Targets", function: "Arn", bus: "EventBusName", deadLetter: "DeadLetterConfig.Arn", enabled: "State"},
	{kind: "AWS::Scheduler::Schedule", service: "scheduler", async: queues, targets: "Target", function: "Arn", deadLetter: "DeadLetterConfig.Arn", enabled: "State"},
	{kind: "AWS::Logs::SubscriptionFilter", service: "logs", async: queues, targets: ".", function: "DestinationArn", source: "LogGroupName"},
	{kind: "AWS::IoT::TopicRule", service: "iot", async: queues, targets: "TopicRulePayload.Actions|TopicRulePayload.ErrorAction", function: "Lambda.FunctionArn", enabled: "TopicRulePayload.RuleDisabled"},
	{kind: "AWS::Config::ConfigRule", service: "config", async: queues, targets: ".", function: "Source.SourceIdentifier"},
	{kind: "AWS::Cognito::UserPool", service: "cognito-idp", async: waits, targets: "LambdaConfig.*", function: "LambdaArn|."},
	{kind: "AWS::ApiGateway::RestApi", service: "apigateway", async: waits, targets: ".", function: "Body"},
	{kind: "AWS::ApiGateway::Method", service: "apigateway", async: waits, targets: ".", function: "Integration.Uri"},
	{kind: "AWS::ApiGateway::Authorizer", service: "apigateway", async: waits, authorizes: true, targets: ".", function: "AuthorizerUri"},
	{kind: "AWS::ApiGatewayV2::Api", service: "apigateway", async: waits, targets: ".", function: "Target|Body"},
	{kind: "AWS::ApiGatewayV2::Integration", service: "apigateway", async: waits, targets: ".", function: "IntegrationUri"},
	{kind: "AWS::ApiGatewayV2::Authorizer", service: "apigateway", async: waits, authorizes: true, targets: ".", function: "AuthorizerUri"},
	{kind: "AWS::ElasticLoadBalancingV2::TargetGroup", service: "elasticloadbalancing", async: waits, targets: "Targets", function: "Id"},
	{kind: "AWS::CloudFront::Distribution", service: "edgelambda", async: waits, targets: "DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations|DistributionConfig.CacheBehaviors[].LambdaFunctionAssociations", function: "LambdaFunctionARN"},
	{kind: "AWS::StepFunctions::StateMachine", service: "states", async: waits, defines: true, targets: ".", function: "DefinitionSubstitutions.*|DefinitionString|Definition"},
	{kind: "AWS::Serverless::StateMachine", service: "states", async: waits, defines: true, targets: ".", function: "DefinitionSubstitutions.*|Definition"},
	{kind: "AWS::SecretsManager::RotationSchedule", service: "secretsmanager", async: waits, targets: ".", function: "RotationLambdaARN", source: "SecretId"},
	{kind: "AWS::CloudWatch::Alarm", service: "lambda.alarms.cloudwatch", async: queues, targets: "AlarmActions|OKActions|InsufficientDataActions", function: ".", enabled: "ActionsEnabled"},
	{kind: "AWS::CloudWatch::CompositeAlarm", service: "lambda.alarms.cloudwatch", async: queues, targets: "AlarmActions|OKActions|InsufficientDataActions", function: ".", enabled: "ActionsEnabled"},
	{kind: "AWS::SES::ReceiptRule", service: "ses", async: queues, targets: "Rule.Actions", function: "LambdaAction.FunctionArn", invocation: "LambdaAction.InvocationType", enabled: "Rule.Enabled"},
	{kind: "AWS::EventsV2::Subscriber", service: "events", async: waits, targets: ".", function: "InvokeConfiguration.TargetArn", invocation: "InvokeConfiguration.LambdaParameters.InvocationType", tenant: "InvokeConfiguration.LambdaParameters.TenantId", source: "EventBusArn", deadLetter: "OnFailureConfiguration.Arn", enabled: "State"},
	{kind: "AWS::Pipes::Pipe", service: "pipes", async: waits, targets: "Target|Enrichment", function: ".", source: "Source", enabled: "DesiredState"},
	{kind: "AWS::VpcLattice::TargetGroup", service: "vpc-lattice", async: waits, targets: "Targets", function: "Id"},
	{kind: "AWS::AppSync::DataSource", service: "appsync", async: waits, targets: ".", function: "LambdaConfig.LambdaFunctionArn"},
	{kind: "AWS::S3ObjectLambda::AccessPoint", service: "s3-object-lambda", async: waits, targets: "ObjectLambdaConfiguration.TransformationConfigurations", function: "ContentTransformation.AwsLambda.FunctionArn"},
	{kind: "AWS::Config::OrganizationConfigRule", service: "config", async: queues, targets: ".", function: "OrganizationCustomRuleMetadata.LambdaFunctionArn"},
	{kind: "AWS::IoT::Authorizer", service: "iot", async: waits, authorizes: true, targets: ".", function: "AuthorizerFunctionArn"},
	{kind: "AWS::IoT::ProvisioningTemplate", service: "iot", async: waits, authorizes: true, targets: ".", function: "PreProvisioningHook.TargetArn"},
	{kind: "AWS::IoT::CertificateProvider", service: "iot", async: waits, targets: ".", function: "LambdaFunctionArn"},
	{kind: "AWS::IoT::DomainConfiguration", service: "iot", async: waits, targets: ".", function: "ServerCertificateConfig.OcspLambdaArn"},
	{kind: "AWS::IoTTwinMaker::ComponentType", service: "iottwinmaker", async: waits, targets: "Functions.*", function: "ImplementedBy.Lambda.Arn"},
	{kind: "AWS::Lex::Bot", service: "lexv2", async: waits, targets: "TestBotAliasSettings.BotAliasLocaleSettings", function: "BotAliasLocaleSetting.CodeHookSpecification.LambdaCodeHook.LambdaArn"},
	{kind: "AWS::Lex::BotAlias", service: "lexv2", async: waits, targets: "BotAliasLocaleSettings", function: "BotAliasLocaleSetting.CodeHookSpecification.LambdaCodeHook.LambdaArn"},
	{kind: "AWS::Connect::IntegrationAssociation", service: "connect", async: waits, targets: ".", function: "IntegrationArn"},
	{kind: "AWS::KinesisFirehose::DeliveryStream", service: "firehose", async: waits, targets: eachOf("ExtendedS3 Redshift Elasticsearch Amazonopensearchservice AmazonOpenSearchServerless HttpEndpoint Splunk Snowflake Iceberg", "DestinationConfiguration.ProcessingConfiguration.Processors[].Parameters"), function: "ParameterValue", source: "KinesisStreamSourceConfiguration.KinesisStreamARN|MSKSourceConfiguration.MSKClusterARN"},
	{kind: "AWS::AppSync::GraphQLApi", service: "appsync", async: waits, authorizes: true, targets: "LambdaAuthorizerConfig|AdditionalAuthenticationProviders[].LambdaAuthorizerConfig", function: "AuthorizerUri"},
	{kind: "AWS::Serverless::GraphQLApi", service: "appsync", async: waits, authorizes: true, targets: "Auth.LambdaAuthorizer|Auth.Additional[].LambdaAuthorizer", function: "AuthorizerUri"},
	{kind: "AWS::AppSync::Api", service: "appsync", async: waits, authorizes: true, targets: "EventConfig.AuthProviders[].LambdaAuthorizerConfig", function: "AuthorizerUri"},
	{kind: "AWS::AppSync::FunctionConfiguration", service: "appsync", async: waits, targets: ".", function: "SyncConfig.LambdaConflictHandlerConfig.LambdaConflictHandlerArn"},
	{kind: "AWS::AppSync::Resolver", service: "appsync", async: waits, targets: ".", function: "SyncConfig.LambdaConflictHandlerConfig.LambdaConflictHandlerArn"},
	{kind: "AWS::CodePipeline::Pipeline", service: "codepipeline", async: waits, targets: "Stages[].Actions[].Configuration|" + eachOf("Stages[].BeforeEntry Stages[].OnSuccess Stages[].OnFailure", ".Conditions[].Rules[].Configuration"), function: "FunctionName"},
	{kind: "AWS::CodeCommit::Repository", service: "codecommit", async: queues, targets: "Triggers", function: "DestinationArn"},
	{kind: "AWS::Transfer::Server", service: "transfer", async: waits, authorizes: true, targets: ".", function: "IdentityProviderDetails.Function"},
	{kind: "AWS::Transfer::Workflow", service: "transfer", async: waits, targets: "Steps|OnExceptionSteps", function: "CustomStepDetails.Target"},
	{kind: "AWS::Bedrock::Agent", service: "bedrock", async: waits, targets: "ActionGroups[].ActionGroupExecutor.Lambda|PromptOverrideConfiguration.OverrideLambda|CustomOrchestration.Executor.Lambda", function: "."},
	{kind: "AWS::Bedrock::DataSource", service: "bedrock", async: waits, targets: "VectorIngestionConfiguration.CustomTransformationConfiguration.Transformations", function: "TransformationFunction.TransformationLambdaConfiguration.LambdaArn"},
	{kind: "AWS::Bedrock::Flow", service: "bedrock", async: waits, targets: "Definition.Nodes[].Configuration.LambdaFunction.LambdaArn|DefinitionSubstitutions.*|DefinitionString", function: "."},
	{kind: "AWS::BedrockAgentCore::Gateway", service: "bedrock-agentcore", async: waits, targets: "InterceptorConfigurations", function: "Interceptor.Lambda.Arn"},
	{kind: "AWS::BedrockAgentCore::GatewayTarget", service: "bedrock-agentcore", async: waits, targets: ".", function: "TargetConfiguration.Mcp.Lambda.LambdaArn"},
	{kind: "AWS::BedrockAgentCore::Evaluator", service: "bedrock-agentcore", async: waits, targets: ".", function: "EvaluatorConfig.CodeBased.LambdaConfig.LambdaArn"},
	{kind: "AWS::Kendra::DataSource", service: "kendra", async: waits, targets: "CustomDocumentEnrichmentConfiguration.PreExtractionHookConfiguration|CustomDocumentEnrichmentConfiguration.PostExtractionHookConfiguration", function: "LambdaArn"},
	{kind: "AWS::QBusiness::DataSource", service: "qbusiness", async: waits, targets: "DocumentEnrichmentConfiguration.PreExtractionHookConfiguration|DocumentEnrichmentConfiguration.PostExtractionHookConfiguration", function: "LambdaArn"},
	{kind: "AWS::Athena::DataCatalog", service: "athena", async: waits, targets: "Parameters.*", function: "."},
	{kind: "AWS::SSM::MaintenanceWindowTask", service: "ssm", async: waits, targets: ".", function: "TaskArn"},
	{kind: "AWS::ECS::Service", service: "ecs", async: waits, targets: "DeploymentConfiguration.LifecycleHooks", function: "HookTargetArn"},
	{kind: "AWS::AutoScaling::AutoScalingGroup", service: "autoscaling", async: waits, targets: "TerminationPolicies|LifecycleHookSpecificationList[].NotificationTargetARN", function: "."},
	{kind: "AWS::EC2::ClientVpnEndpoint", service: "clientvpn", async: waits, authorizes: true, targets: ".", function: "ClientConnectOptions.LambdaFunctionArn"},
	{kind: "AWS::AppConfig::Extension", service: "appconfig", async: waits, targets: "Actions.*", function: "Uri"},
	{kind: "AWS::AppConfig::ConfigurationProfile", service: "appconfig", async: waits, targets: "Validators", function: "Content"},
	{kind: "AWS::ARCRegionSwitch::Plan", service: "arc-region-switch", async: waits, targets: "Workflows[].Steps[].ExecutionBlockConfiguration.CustomActionLambdaConfig.Lambdas|Workflows[].Steps[].ExecutionBlockConfiguration.ParallelConfig.Steps[].ExecutionBlockConfiguration.CustomActionLambdaConfig.Lambdas", function: "Arn"},
	{kind: "AWS::IVSChat::Room", service: "ivschat", async: waits, authorizes: true, targets: ".", function: "MessageReviewHandler.Uri"},
	{kind: "AWS::Logs::AccountPolicy", service: "logs", async: queues, targets: ".", function: "PolicyDocument"},
	{kind: "AWS::Lambda::EventInvokeConfig", service: "lambda", async: queues, targets: "DestinationConfig.OnSuccess|DestinationConfig.OnFailure", function: "Destination"},
	{kind: "AWS::Lambda::Alias", service: "codedeploy", async: waits, targets: "UpdatePolicy.CodeDeployLambdaAliasUpdate.BeforeAllowTrafficHook|UpdatePolicy.CodeDeployLambdaAliasUpdate.AfterAllowTrafficHook", function: "."},
	{kind: "AWS::AutoScaling::LifecycleHook", service: "autoscaling", async: waits, targets: ".", function: "NotificationTargetARN"},
	{kind: "AWS::SSM::Document", service: "ssm", async: waits, defines: true, targets: ".", function: "Content"},
	{kind: "AWS::Connect::ContactFlow", service: "connect", async: waits, defines: true, targets: ".", function: "Content"},
	{kind: "AWS::Connect::ContactFlowModule", service: "connect", async: waits, defines: true, targets: ".", function: "Content"},
	{kind: "AWS::SageMaker::Pipeline", service: "sagemaker", async: waits, defines: true, targets: ".", function: "PipelineDefinition.PipelineDefinitionBody"},
	{kind: "AWS::OSIS::Pipeline", service: "osis-pipelines", async: waits, defines: true, targets: ".", function: "PipelineConfigurationBody"},
	{kind: "AWS::CloudFormation::Macro", service: "cloudformation", async: waits, targets: ".", function: "FunctionName"},
	{kind: "AWS::CloudFormation::LambdaHook", service: "cloudformation", async: waits, authorizes: true, targets: ".", function: "LambdaFunction"},
	{kind: "AWS::Cognito::IdentityPool", service: "cognito-sync", async: waits, targets: "CognitoEvents.*", function: "."},
	{kind: "AWS::SES::MailManagerRuleSet", service: "ses", async: waits, targets: "Rules[].Actions[].InvokeLambda", function: "FunctionArn", invocation: "InvocationType"},
	{kind: "AWS::AppFlow::Connector", service: "appflow", async: waits, targets: ".", function: "ConnectorProvisioningConfig.Lambda.LambdaArn"},
	{kind: "AWS::HealthLake::FHIRDatastore", service: "healthlake", async: waits, authorizes: true, targets: ".", function: "IdentityProviderConfiguration.IdpLambdaArn"},
	{kind: "AWS::RefactorSpaces::Service", service: "apigateway", async: waits, targets: ".", function: "LambdaEndpoint.Arn"},
	{kind: "Alexa::ASK::Skill", service: "alexa-appkit", async: waits, targets: "SkillPackage.Overrides.Manifest.apis.*", function: "endpoint.uri"},
	// The invocation is asynchronous, but CloudFormation waits for the response and reports a failure or its absence. So does
	// CodePipeline.
	{kind: "AWS::CloudFormation::CustomResource", service: "cloudformation", async: waits, targets: ".", function: "ServiceToken"},
}

// triggerKind is a line of triggerKinds with its paths parsed.
type triggerKind struct {
	service                    string
	async, authorizes, defines bool

	targets, function, invocation, tenant, filter, events, deadLetter tree.Path
	source, bus, enabled                                              tree.Path
}

// triggerKindsByType are the lines by the type of the resource.
var triggerKindsByType = sync.OnceValue(func() map[string]triggerKind { //nolint:gochecknoglobals // a table, made once
	all := make(map[string]triggerKind, len(triggerKinds))
	for _, k := range triggerKinds {
		all[k.kind] = triggerKind{
			service: k.service, async: k.async, authorizes: k.authorizes, defines: k.defines,
			targets: tree.ParsePath(k.targets), function: tree.ParsePath(k.function), invocation: tree.ParsePath(k.invocation),
			tenant: tree.ParsePath(k.tenant),
			filter: tree.ParsePath(k.filter), events: tree.ParsePath(k.events), deadLetter: tree.ParsePath(k.deadLetter),
			source: tree.ParsePath(k.source), bus: tree.ParsePath(k.bus), enabled: tree.ParsePath(k.enabled),
		}
	}
	return all
})

// TriggerParts returns, for a type whose resources the model only has as triggers, the arguments or properties of which each
// that invokes something has one. It is nil for other types, and if all resources may invoke something.
func TriggerParts(kind string) []string { return triggerParts()[kind] }

var triggerParts = sync.OnceValue(func() map[string][]string { //nolint:gochecknoglobals // a table, made once
	all := map[string][]string{}
	for _, k := range triggerKinds {
		if len(claims(FormatOf(k.kind), k.kind)) == 1 {
			all[k.kind] = firstWords(k.targets, k.function)
		}
	}
	return all
})

// firstWords returns the first words of the alternatives of a path, or, if it is ".", of the one below it; nil: one has none.
func firstWords(path, below string) []string {
	if path == "." {
		path = below
	}
	var words []string
	for alternative := range strings.SplitSeq(path, "|") {
		word := alternative
		if i := strings.IndexAny(word, ".["); i >= 0 {
			word = word[:i]
		}
		if word == "" || strings.Contains(word, "*") {
			return nil
		}
		words = append(words, word)
	}
	return words
}

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

// eachOf returns alternatives of a path that differ in their first word.
func eachOf(words, rest string) string {
	return strings.ReplaceAll(words, " ", rest+"|") + rest
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
