package cloudformation_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/awslabs/goformation/v7/cloudformation/apigateway"
	"github.com/awslabs/goformation/v7/cloudformation/apigatewayv2"
	"github.com/awslabs/goformation/v7/cloudformation/appconfig"
	"github.com/awslabs/goformation/v7/cloudformation/appflow"
	"github.com/awslabs/goformation/v7/cloudformation/appsync"
	"github.com/awslabs/goformation/v7/cloudformation/ask"
	"github.com/awslabs/goformation/v7/cloudformation/athena"
	"github.com/awslabs/goformation/v7/cloudformation/autoscaling"
	"github.com/awslabs/goformation/v7/cloudformation/bedrock"
	"github.com/awslabs/goformation/v7/cloudformation/cloudformation"
	"github.com/awslabs/goformation/v7/cloudformation/cloudfront"
	"github.com/awslabs/goformation/v7/cloudformation/cloudtrail"
	"github.com/awslabs/goformation/v7/cloudformation/cloudwatch"
	"github.com/awslabs/goformation/v7/cloudformation/codebuild"
	"github.com/awslabs/goformation/v7/cloudformation/codecommit"
	"github.com/awslabs/goformation/v7/cloudformation/codedeploy"
	"github.com/awslabs/goformation/v7/cloudformation/codepipeline"
	"github.com/awslabs/goformation/v7/cloudformation/cognito"
	"github.com/awslabs/goformation/v7/cloudformation/config"
	"github.com/awslabs/goformation/v7/cloudformation/connect"
	"github.com/awslabs/goformation/v7/cloudformation/dynamodb"
	"github.com/awslabs/goformation/v7/cloudformation/ec2"
	"github.com/awslabs/goformation/v7/cloudformation/ecr"
	"github.com/awslabs/goformation/v7/cloudformation/ecs"
	"github.com/awslabs/goformation/v7/cloudformation/efs"
	"github.com/awslabs/goformation/v7/cloudformation/elasticloadbalancingv2"
	"github.com/awslabs/goformation/v7/cloudformation/events"
	"github.com/awslabs/goformation/v7/cloudformation/healthlake"
	"github.com/awslabs/goformation/v7/cloudformation/iam"
	"github.com/awslabs/goformation/v7/cloudformation/iot"
	"github.com/awslabs/goformation/v7/cloudformation/iottwinmaker"
	"github.com/awslabs/goformation/v7/cloudformation/ivschat"
	"github.com/awslabs/goformation/v7/cloudformation/kendra"
	"github.com/awslabs/goformation/v7/cloudformation/kinesis"
	"github.com/awslabs/goformation/v7/cloudformation/kinesisfirehose"
	"github.com/awslabs/goformation/v7/cloudformation/kms"
	"github.com/awslabs/goformation/v7/cloudformation/lambda"
	"github.com/awslabs/goformation/v7/cloudformation/lex"
	"github.com/awslabs/goformation/v7/cloudformation/logs"
	"github.com/awslabs/goformation/v7/cloudformation/msk"
	"github.com/awslabs/goformation/v7/cloudformation/osis"
	"github.com/awslabs/goformation/v7/cloudformation/pipes"
	"github.com/awslabs/goformation/v7/cloudformation/refactorspaces"
	"github.com/awslabs/goformation/v7/cloudformation/s3"
	"github.com/awslabs/goformation/v7/cloudformation/s3objectlambda"
	"github.com/awslabs/goformation/v7/cloudformation/sagemaker"
	"github.com/awslabs/goformation/v7/cloudformation/scheduler"
	"github.com/awslabs/goformation/v7/cloudformation/secretsmanager"
	"github.com/awslabs/goformation/v7/cloudformation/serverless"
	"github.com/awslabs/goformation/v7/cloudformation/ses"
	"github.com/awslabs/goformation/v7/cloudformation/sns"
	"github.com/awslabs/goformation/v7/cloudformation/sqs"
	"github.com/awslabs/goformation/v7/cloudformation/ssm"
	"github.com/awslabs/goformation/v7/cloudformation/stepfunctions"
	"github.com/awslabs/goformation/v7/cloudformation/transfer"
	"github.com/awslabs/goformation/v7/cloudformation/vpclattice"
	"github.com/awslabs/goformation/v7/cloudformation/wafregional"
	"github.com/awslabs/goformation/v7/cloudformation/wafv2"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// published are goformation's types of the resources that the model claims, generated from AWS's schemas in 2024.
var published = map[string]any{
	"AWS::ApiGateway::ApiKey":                  apigateway.ApiKey{},
	"AWS::ApiGateway::Authorizer":              apigateway.Authorizer{},
	"AWS::ApiGateway::DomainName":              apigateway.DomainName{},
	"AWS::ApiGateway::Method":                  apigateway.Method{},
	"AWS::ApiGateway::Resource":                apigateway.Resource{},
	"AWS::ApiGateway::RestApi":                 apigateway.RestApi{},
	"AWS::ApiGateway::Stage":                   apigateway.Stage{},
	"AWS::ApiGatewayV2::Api":                   apigatewayv2.Api{},
	"AWS::ApiGatewayV2::Authorizer":            apigatewayv2.Authorizer{},
	"AWS::ApiGatewayV2::DomainName":            apigatewayv2.DomainName{},
	"AWS::ApiGatewayV2::Integration":           apigatewayv2.Integration{},
	"AWS::ApiGatewayV2::Route":                 apigatewayv2.Route{},
	"AWS::ApiGatewayV2::Stage":                 apigatewayv2.Stage{},
	"AWS::AppSync::DataSource":                 appsync.DataSource{},
	"AWS::CloudFront::Distribution":            cloudfront.Distribution{},
	"AWS::CloudWatch::Alarm":                   cloudwatch.Alarm{},
	"AWS::CloudWatch::CompositeAlarm":          cloudwatch.CompositeAlarm{},
	"AWS::CloudTrail::Trail":                   cloudtrail.Trail{},
	"AWS::CodeBuild::Project":                  codebuild.Project{},
	"AWS::CodeDeploy::DeploymentGroup":         codedeploy.DeploymentGroup{},
	"AWS::Cognito::UserPool":                   cognito.UserPool{},
	"AWS::Config::ConfigRule":                  config.ConfigRule{},
	"AWS::DynamoDB::Table":                     dynamodb.Table{},
	"AWS::EC2::FlowLog":                        ec2.FlowLog{},
	"AWS::EC2::InternetGateway":                ec2.InternetGateway{},
	"AWS::EC2::NetworkAcl":                     ec2.NetworkAcl{},
	"AWS::EC2::NetworkAclEntry":                ec2.NetworkAclEntry{},
	"AWS::EC2::Route":                          ec2.Route{},
	"AWS::EC2::RouteTable":                     ec2.RouteTable{},
	"AWS::EC2::SecurityGroup":                  ec2.SecurityGroup{},
	"AWS::EC2::SecurityGroupEgress":            ec2.SecurityGroupEgress{},
	"AWS::EC2::SecurityGroupIngress":           ec2.SecurityGroupIngress{},
	"AWS::EC2::Subnet":                         ec2.Subnet{},
	"AWS::EC2::SubnetNetworkAclAssociation":    ec2.SubnetNetworkAclAssociation{},
	"AWS::EC2::SubnetRouteTableAssociation":    ec2.SubnetRouteTableAssociation{},
	"AWS::EC2::VPC":                            ec2.VPC{},
	"AWS::EC2::VPCEndpoint":                    ec2.VPCEndpoint{},
	"AWS::ECR::Repository":                     ecr.Repository{},
	"AWS::EFS::AccessPoint":                    efs.AccessPoint{},
	"AWS::ElasticLoadBalancingV2::TargetGroup": elasticloadbalancingv2.TargetGroup{},
	"AWS::Events::EventBus":                    events.EventBus{},
	"AWS::Events::EventBusPolicy":              events.EventBusPolicy{},
	"AWS::Events::Rule":                        events.Rule{},
	"AWS::IAM::AccessKey":                      iam.AccessKey{},
	"AWS::IAM::ManagedPolicy":                  iam.ManagedPolicy{},
	"AWS::IAM::Policy":                         iam.Policy{},
	"AWS::IAM::Role":                           iam.Role{},
	"AWS::IAM::RolePolicy":                     iam.RolePolicy{},
	"AWS::IAM::User":                           iam.User{},
	"AWS::IAM::UserPolicy":                     iam.UserPolicy{},
	"AWS::IAM::UserToGroupAddition":            iam.UserToGroupAddition{},
	"AWS::IoT::TopicRule":                      iot.TopicRule{},
	"AWS::Kinesis::Stream":                     kinesis.Stream{},
	"AWS::Kinesis::StreamConsumer":             kinesis.StreamConsumer{},
	"AWS::KinesisFirehose::DeliveryStream":     kinesisfirehose.DeliveryStream{},
	"AWS::KMS::Key":                            kms.Key{},
	"AWS::KMS::ReplicaKey":                     kms.ReplicaKey{},
	"AWS::Lambda::Alias":                       lambda.Alias{},
	"AWS::Lambda::CodeSigningConfig":           lambda.CodeSigningConfig{},
	"AWS::Lambda::EventInvokeConfig":           lambda.EventInvokeConfig{},
	"AWS::Lambda::EventSourceMapping":          lambda.EventSourceMapping{},
	"AWS::Lambda::Function":                    lambda.Function{},
	"AWS::Lambda::LayerVersion":                lambda.LayerVersion{},
	"AWS::Lambda::LayerVersionPermission":      lambda.LayerVersionPermission{},
	"AWS::Lambda::Permission":                  lambda.Permission{},
	"AWS::Lambda::Url":                         lambda.Url{},
	"AWS::Lambda::Version":                     lambda.Version{},
	"AWS::Logs::AccountPolicy":                 logs.AccountPolicy{},
	"AWS::Logs::DeliveryDestination":           logs.DeliveryDestination{},
	"AWS::Logs::DeliverySource":                logs.DeliverySource{},
	"AWS::Logs::LogGroup":                      logs.LogGroup{},
	"AWS::Logs::ResourcePolicy":                logs.ResourcePolicy{},
	"AWS::Logs::SubscriptionFilter":            logs.SubscriptionFilter{},
	"AWS::MSK::Cluster":                        msk.Cluster{},
	"AWS::Pipes::Pipe":                         pipes.Pipe{},
	"AWS::S3::AccessPoint":                     s3.AccessPoint{},
	"AWS::S3::Bucket":                          s3.Bucket{},
	"AWS::S3::BucketPolicy":                    s3.BucketPolicy{},
	"AWS::SES::ReceiptRule":                    ses.ReceiptRule{},
	"AWS::SNS::Subscription":                   sns.Subscription{},
	"AWS::SNS::Topic":                          sns.Topic{},
	"AWS::SNS::TopicInlinePolicy":              sns.TopicInlinePolicy{},
	"AWS::SNS::TopicPolicy":                    sns.TopicPolicy{},
	"AWS::SQS::Queue":                          sqs.Queue{},
	"AWS::SQS::QueueInlinePolicy":              sqs.QueueInlinePolicy{},
	"AWS::SQS::QueuePolicy":                    sqs.QueuePolicy{},
	"AWS::SSM::Parameter":                      ssm.Parameter{},
	"AWS::Scheduler::Schedule":                 scheduler.Schedule{},
	"AWS::SecretsManager::ResourcePolicy":      secretsmanager.ResourcePolicy{},
	"AWS::SecretsManager::RotationSchedule":    secretsmanager.RotationSchedule{},
	"AWS::SecretsManager::Secret":              secretsmanager.Secret{},
	"AWS::Serverless::Api":                     serverless.Api{},
	"AWS::Serverless::Function":                serverless.Function{},
	"AWS::Serverless::HttpApi":                 serverless.HttpApi{},
	"AWS::Serverless::LayerVersion":            serverless.LayerVersion{},
	"AWS::Serverless::StateMachine":            serverless.StateMachine{},
	"AWS::StepFunctions::StateMachine":         stepfunctions.StateMachine{},

	"AWS::S3ObjectLambda::AccessPoint":     s3objectlambda.AccessPoint{},
	"AWS::Config::OrganizationConfigRule":  config.OrganizationConfigRule{},
	"AWS::IoT::Authorizer":                 iot.Authorizer{},
	"AWS::IoT::ProvisioningTemplate":       iot.ProvisioningTemplate{},
	"AWS::IoT::CertificateProvider":        iot.CertificateProvider{},
	"AWS::IoT::DomainConfiguration":        iot.DomainConfiguration{},
	"AWS::IoTTwinMaker::ComponentType":     iottwinmaker.ComponentType{},
	"AWS::Lex::Bot":                        lex.Bot{},
	"AWS::Lex::BotAlias":                   lex.BotAlias{},
	"AWS::Connect::IntegrationAssociation": connect.IntegrationAssociation{},
	"AWS::AppSync::FunctionConfiguration":  appsync.FunctionConfiguration{},
	"AWS::AppSync::Resolver":               appsync.Resolver{},
	"AWS::CodePipeline::Pipeline":          codepipeline.Pipeline{},
	"AWS::CodeCommit::Repository":          codecommit.Repository{},
	"AWS::Transfer::Server":                transfer.Server{},
	"AWS::Transfer::Workflow":              transfer.Workflow{},
	"AWS::Bedrock::Agent":                  bedrock.Agent{},
	"AWS::Bedrock::DataSource":             bedrock.DataSource{},
	"AWS::Kendra::DataSource":              kendra.DataSource{},
	"AWS::Athena::DataCatalog":             athena.DataCatalog{},
	"AWS::SSM::MaintenanceWindowTask":      ssm.MaintenanceWindowTask{},
	"AWS::ECS::Service":                    ecs.Service{},
	"AWS::AutoScaling::AutoScalingGroup":   autoscaling.AutoScalingGroup{},
	"AWS::AutoScaling::LifecycleHook":      autoscaling.LifecycleHook{},
	"AWS::SSM::Document":                   ssm.Document{},
	"AWS::Connect::ContactFlow":            connect.ContactFlow{},
	"AWS::Connect::ContactFlowModule":      connect.ContactFlowModule{},
	"AWS::SageMaker::Pipeline":             sagemaker.Pipeline{},
	"AWS::OSIS::Pipeline":                  osis.Pipeline{},
	"AWS::EC2::ClientVpnEndpoint":          ec2.ClientVpnEndpoint{},
	"AWS::AppConfig::Extension":            appconfig.Extension{},
	"AWS::AppConfig::ConfigurationProfile": appconfig.ConfigurationProfile{},
	"AWS::IVSChat::Room":                   ivschat.Room{},
	"AWS::CloudFormation::Macro":           cloudformation.Macro{},
	"AWS::Cognito::IdentityPool":           cognito.IdentityPool{},
	"AWS::AppFlow::Connector":              appflow.Connector{},
	"AWS::HealthLake::FHIRDatastore":       healthlake.FHIRDatastore{},
	"AWS::RefactorSpaces::Service":         refactorspaces.Service{},
	"Alexa::ASK::Skill":                    ask.Skill{},

	"AWS::ApiGateway::BasePathMapping":                  apigateway.BasePathMapping{},
	"AWS::ApiGateway::Deployment":                       apigateway.Deployment{},
	"AWS::ApiGateway::UsagePlan":                        apigateway.UsagePlan{},
	"AWS::ApiGatewayV2::ApiMapping":                     apigatewayv2.ApiMapping{},
	"AWS::AppSync::GraphQLApi":                          appsync.GraphQLApi{},
	"AWS::ElasticLoadBalancingV2::Listener":             elasticloadbalancingv2.Listener{},
	"AWS::ElasticLoadBalancingV2::ListenerRule":         elasticloadbalancingv2.ListenerRule{},
	"AWS::ElasticLoadBalancingV2::LoadBalancer":         elasticloadbalancingv2.LoadBalancer{},
	"AWS::VpcLattice::Listener":                         vpclattice.Listener{},
	"AWS::VpcLattice::Rule":                             vpclattice.Rule{},
	"AWS::VpcLattice::Service":                          vpclattice.Service{},
	"AWS::VpcLattice::ServiceNetwork":                   vpclattice.ServiceNetwork{},
	"AWS::VpcLattice::ServiceNetworkServiceAssociation": vpclattice.ServiceNetworkServiceAssociation{},
	"AWS::VpcLattice::TargetGroup":                      vpclattice.TargetGroup{},
	"AWS::WAFRegional::WebACLAssociation":               wafregional.WebACLAssociation{},
	"AWS::WAFv2::WebACLAssociation":                     wafv2.WebACLAssociation{},
}

// unpublished are the types and paths that goformation does not have, with the reason. Keys are a type, or
// COLLECTION PATH.
var unpublished = map[string]string{
	"AWS::CloudFormation::Authentication":  "it is metadata",
	"AWS::CloudFormation::CustomResource":  "goformation has no properties of it",
	"AWS::Serverless::WebSocketApi":        "newer than goformation",
	"AWS::Lambda::NetworkConnector":        "newer than goformation",
	"AWS::Serverless::NetworkConnector":    "newer than goformation",
	"AWS::Lambda::CapacityProvider":        "newer than goformation",
	"AWS::Lambda::ResourcePolicy":          "newer than goformation",
	"AWS::Serverless::CapacityProvider":    "newer than goformation",
	"AWS::Lambda::MicrovmImage":            "newer than goformation",
	"AWS::Lambda::WebFunction":             "newer than goformation",
	"AWS::Lambda::WebFunctionEndpoint":     "newer than goformation",
	"AWS::Lambda::WebFunctionRevision":     "newer than goformation",
	"AWS::Serverless::MicrovmImage":        "newer than goformation",
	"AWS::Serverless::WebFunction":         "newer than goformation",
	"AWS::Serverless::GraphQLApi":          "newer than goformation",
	"AWS::AppSync::Api":                    "newer than goformation",
	"AWS::Bedrock::Flow":                   "newer than goformation",
	"AWS::BedrockAgentCore::Gateway":       "newer than goformation",
	"AWS::BedrockAgentCore::GatewayTarget": "newer than goformation",
	"AWS::BedrockAgentCore::Evaluator":     "newer than goformation",
	"AWS::QBusiness::DataSource":           "newer than goformation",
	"AWS::ARCRegionSwitch::Plan":           "newer than goformation",
	"AWS::CloudFormation::LambdaHook":      "newer than goformation",
	"AWS::SES::MailManagerRuleSet":         "newer than goformation",

	"event_sources KmsKeyArn":                              "newer than goformation",
	"event_sources ProvisionedPollerConfig.MaximumPollers": "newer than goformation",
	"functions Code.SourceKMSKeyArn":                       "newer than goformation",
	"functions RecursiveLoop":                              "newer than goformation",
	"functions SourceKMSKeyArn":                            "newer than goformation",
	"functions Code.S3ObjectStorageMode":                   "newer than goformation",
	"functions CodeUri.StorageMode":                        "newer than goformation",
	"functions RuntimeConfig.RuntimeArn":                   "newer than goformation",
	"functions DurableConfig":                              "newer than goformation",
	"functions DurableConfig.ExecutionTimeout":             "newer than goformation",
	"functions DurableConfig.RetentionPeriodInDays":        "newer than goformation",
	"functions DurableConfig.KMSKeyArn":                    "newer than goformation",
	"functions TenancyConfig":                              "newer than goformation",
	"functions TenancyConfig.TenantIsolationMode":          "newer than goformation",
	"functions CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn": "newer than goformation",
	"functions CapacityProviderConfig.Arn":                     "newer than goformation",
	"functions FunctionScalingConfig":                          "newer than goformation",
	"functions FunctionScalingConfig.MinExecutionEnvironments": "newer than goformation",
	"functions FunctionScalingConfig.MaxExecutionEnvironments": "newer than goformation",
	"functions PublishToLatestPublished":                       "newer than goformation",
	"api_integrations Integration.ResponseTransferMode":        "newer than goformation",
	"layers Content.S3ObjectStorageMode":                       "newer than goformation",
	"layers ContentUri.StorageMode":                            "newer than goformation",
	"permissions InvokedViaFunctionUrl":                        "newer than goformation",

	"event_sources ProvisionedPollerConfig.MinimumPollers":                                                     "newer than goformation",
	"event_sources ProvisionedPollerConfig.PollerGroupName":                                                    "newer than goformation",
	"event_sources MetricsConfig.Metrics":                                                                      "newer than goformation",
	"event_sources LoggingConfig.SystemLogLevel":                                                               "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.ConsumptionMode":                                        "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.ConsumptionMode":                                          "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig":                                   "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig":                                     "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaRegistryURI":                 "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaRegistryURI":                   "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.EventRecordFormat":                 "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.EventRecordFormat":                   "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs":                     "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs":                       "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs.Type":                "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs.Type":                  "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs.URI":                 "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs.URI":                   "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaValidationConfigs":           "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaValidationConfigs":             "newer than goformation",
	"event_sources AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaValidationConfigs.Attribute": "newer than goformation",
	"event_sources SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaValidationConfigs.Attribute":   "newer than goformation",

	"AWS::EventsV2::EventBus":         "newer than goformation",
	"AWS::EventsV2::ResourcePolicy":   "newer than goformation",
	"AWS::Kinesis::ResourcePolicy":    "newer than goformation",
	"channel_policies EventBusArn":    "newer than goformation",
	"channel_policies ResourceArn":    "newer than goformation",
	"channel_policies ResourcePolicy": "newer than goformation",
	"AWS::EventsV2::Subscriber":       "newer than goformation",

	"AWS::KinesisFirehose::DeliveryStream IcebergDestinationConfiguration.ProcessingConfiguration.Processors[].Parameters":                                                       "newer than goformation",
	"AWS::KinesisFirehose::DeliveryStream IcebergDestinationConfiguration.ProcessingConfiguration.Processors[].Parameters.ParameterValue":                                        "newer than goformation",
	"AWS::Bedrock::Agent CustomOrchestration.Executor.Lambda":                                                                                                                    "newer than goformation",
	"AWS::Bedrock::DataSource VectorIngestionConfiguration.CustomTransformationConfiguration.Transformations":                                                                    "newer than goformation",
	"AWS::Bedrock::DataSource VectorIngestionConfiguration.CustomTransformationConfiguration.Transformations.TransformationFunction.TransformationLambdaConfiguration.LambdaArn": "newer than goformation",
	"AWS::ECS::Service DeploymentConfiguration.LifecycleHooks":                                                                                                                   "newer than goformation",
	"AWS::ECS::Service DeploymentConfiguration.LifecycleHooks.HookTargetArn":                                                                                                     "newer than goformation",
	"AWS::IoT::DomainConfiguration ServerCertificateConfig.OcspLambdaArn":                                                                                                        "newer than goformation",
	"AWS::ApiGateway::DomainNameV2":        "newer than goformation",
	"AWS::ApiGateway::BasePathMappingV2":   "newer than goformation",
	"AWS::ApiGatewayV2::RoutingRule":       "newer than goformation",
	"api_mappings DomainNameArn":           "newer than goformation",
	"api_mappings Actions.InvokeApi.ApiId": "newer than goformation",

	"log_groups BearerTokenAuthenticationEnabled":                                                      "newer than goformation",
	"AWS::Lambda::Alias UpdatePolicy.CodeDeployLambdaAliasUpdate.BeforeAllowTrafficHook":               "an attribute beside the properties",
	"AWS::Lambda::Alias UpdatePolicy.CodeDeployLambdaAliasUpdate.AfterAllowTrafficHook":                "an attribute beside the properties",
	"AWS::CodePipeline::Pipeline Stages[].BeforeEntry.Conditions[].Rules[].Configuration":              "newer than goformation",
	"AWS::CodePipeline::Pipeline Stages[].BeforeEntry.Conditions[].Rules[].Configuration.FunctionName": "newer than goformation",
	"AWS::CodePipeline::Pipeline Stages[].OnSuccess.Conditions[].Rules[].Configuration":                "newer than goformation",
	"AWS::CodePipeline::Pipeline Stages[].OnSuccess.Conditions[].Rules[].Configuration.FunctionName":   "newer than goformation",
	"AWS::CodePipeline::Pipeline Stages[].OnFailure.Conditions[].Rules[].Configuration":                "newer than goformation",
	"AWS::CodePipeline::Pipeline Stages[].OnFailure.Conditions[].Rules[].Configuration.FunctionName":   "newer than goformation",
	"log_groups DeletionPolicy":            "an attribute beside the properties",
	"log_groups DeletionProtectionEnabled": "newer than goformation",
	"log_groups ResourcePolicyDocument":    "newer than goformation",

	"functions ContentUri.Bucket":                    "the struct Code is shared with layers",
	"functions ContentUri.Key":                       "the struct Code is shared with layers",
	"functions ContentUri.StorageMode":               "the struct Code is shared with layers",
	"layers CodeUri.StorageMode":                     "the struct Code is shared with functions",
	"functions ContentUri.Version":                   "the struct Code is shared with layers",
	"layers CodeUri.Bucket":                          "the struct Code is shared with functions",
	"layers CodeUri.Key":                             "the struct Code is shared with functions",
	"layers CodeUri.Version":                         "the struct Code is shared with functions",
	"layers Content.ImageUri":                        "the struct Code is shared with functions",
	"layers Content.SourceKMSKeyArn":                 "the struct Code is shared with functions",
	"layers Content.ZipFile":                         "the struct Code is shared with functions",
	"layers ImageUri":                                "the struct Code is shared with functions",
	"layers InlineCode":                              "the struct Code is shared with functions",
	"layers SourceKMSKeyArn":                         "the struct Code is shared with functions",
	"stages DefaultRouteSettings.CacheDataEncrypted": "the struct MethodSetting is shared with REST APIs",
	"stages DefaultRouteSettings.CachingEnabled":     "the struct MethodSetting is shared with REST APIs",

	"stages DefaultRouteSettings.MetricsEnabled":                    "the struct MethodSetting is shared with REST APIs",
	"stages DefaultRouteSettings.ResourcePath":                      "the struct MethodSetting is shared with REST APIs",
	"stages StageDescription.ResourcePath":                          "the settings in StageDescription itself are for all methods",
	"stages DefaultRouteSettings.HttpMethod":                        "the struct MethodSetting is shared with REST APIs",
	"stages StageDescription.HttpMethod":                            "the settings in StageDescription itself are for all methods",
	"stages StageDescription.DetailedMetricsEnabled":                "the struct MethodSetting is shared with HTTP APIs",
	"stages StageDescription.MethodSettings.DetailedMetricsEnabled": "the struct MethodSetting is shared with HTTP APIs",
}

// TestPathsArePublished checks that every alternative of every path that the model has for CloudFormation and SAM is a
// property in the published schema of a type that the model claims, so that a misspelled one does not go unnoticed.
func TestPathsArePublished(t *testing.T) {
	used := map[string]bool{}
	fail := func(key, message string) {
		if unpublished[key] == "" && !used[key] {
			t.Errorf("%s: %s", key, message)
		}
		used[key] = true
	}
	for _, attribute := range model.Declared() {
		found := map[string]bool{} // alternatives; for a trigger those of its kind
		for _, kind := range slices.Concat(attribute.Types[model.CloudFormation], attribute.Types[model.SAM]) {
			resource, ok := published[kind]
			if !ok {
				fail(kind, "goformation's type is missing in the test")
				continue
			}
			for _, steps := range attribute.For(kind).Alternatives() {
				if strings.Contains(steps.String(), "Statement.") {
					continue // every policy document is parsed by model.ParsePolicy
				}
				key := attribute.Collection + " " + steps.String()
				if attribute.Collection == "triggers" {
					key = kind + " " + steps.String()
				}
				found[key] = found[key] || has(reflect.TypeOf(resource), steps)
			}
		}
		for key, is := range found {
			if !is {
				fail(key, "no type has it, for the attribute "+attribute.Path)
			}
		}
	}
	for key := range unpublished {
		if !used[key] {
			t.Errorf("the exception %q is not needed", key)
		}
	}
}

// has reports whether a type has the property at the end of the steps. A property of any JSON has all.
func has(of reflect.Type, steps tree.Steps) bool {
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	switch {
	case len(steps) == 0 || of.Kind() == reflect.Interface:
		return true
	case steps[0] == tree.Items:
		return of.Kind() == reflect.Slice && has(of.Elem(), steps[1:])
	case of.Kind() == reflect.Slice:
		return has(of.Elem(), steps)
	case of.Kind() == reflect.Map:
		return has(of.Elem(), steps[1:])
	case of.Kind() != reflect.Struct:
		return false
	}
	for field := range of.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" && field.IsExported() && has(field.Type, steps) {
			return true // one of several types
		}
		if (steps[0] == tree.Each || name == steps[0]) && has(field.Type, steps[1:]) {
			return true
		}
	}
	return false
}
