package model

import (
	"slices"
	"strings"

	"lintel/internal/tree"
)

// logKinds are where logs go.
type logKinds struct {
	LogGroups []LogGroup `json:"log_groups" tf:"aws_cloudwatch_log_group" cfn:"AWS::Logs::LogGroup"`
}

// recordKinds are what records and watches functions and what calls them, besides log groups.
type recordKinds struct {
	SubscriptionFilters []SubscriptionFilter `json:"subscription_filters" tf:"aws_cloudwatch_log_subscription_filter" cfn:"AWS::Logs::SubscriptionFilter"`
	LogPolicies         []LogPolicy          `json:"log_policies" tf:"aws_cloudwatch_log_resource_policy" cfn:"AWS::Logs::ResourcePolicy"`
	LogAccountPolicies  []LogAccountPolicy   `json:"log_account_policies" tf:"aws_cloudwatch_log_account_policy" cfn:"AWS::Logs::AccountPolicy"`
	LogSources          []LogSource          `json:"log_sources" tf:"aws_cloudwatch_log_delivery_source" cfn:"AWS::Logs::DeliverySource"`
	LogDestinations     []LogDestination     `json:"log_destinations" tf:"aws_cloudwatch_log_delivery_destination" cfn:"AWS::Logs::DeliveryDestination"`
	DeliveryStreams     []DeliveryStream     `json:"delivery_streams" tf:"aws_kinesis_firehose_delivery_stream" cfn:"AWS::KinesisFirehose::DeliveryStream"`
	Alarms              []Alarm              `json:"alarms" tf:"aws_cloudwatch_metric_alarm" cfn:"AWS::CloudWatch::Alarm"`
	Trails              []Trail              `json:"trails" tf:"aws_cloudtrail" cfn:"AWS::CloudTrail::Trail"`
	StateMachines       []StateMachine       `json:"state_machines" tf:"aws_sfn_state_machine" cfn:"AWS::StepFunctions::StateMachine" sam:"AWS::Serverless::StateMachine"`
	Pipes               []Pipe               `json:"pipes" tf:"aws_pipes_pipe" cfn:"AWS::Pipes::Pipe"`
	ConstantInputs      []ConstantInput      `json:"constant_inputs" tf:"aws_lambda_invocation|aws_cloudwatch_event_target|aws_scheduler_schedule" cfn:"AWS::Events::Rule|AWS::Scheduler::Schedule"`

	// LogDataProtections are resources of their own only in Terraform. Link moves them into their log groups.
	LogDataProtections []LogDataProtection `json:"-" tf:"aws_cloudwatch_log_data_protection_policy"`
}

// LogGroup is a CloudWatch log group.
// Defaults: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
type LogGroup struct {
	Resource
	Name      Value[string] `json:"name" tf:"name" cfn:"LogGroupName" symbol:"true"`
	Function  Ref           `json:"function" tf:"name" cfn:"LogGroupName" to:"functions"`   // whose log it is, from the name
	Retention Value[int]    `json:"retention" tf:"retention_in_days" cfn:"RetentionInDays"` // days; 0 in Terraform: never expires
	KMSKey    Value[string] `json:"kms_key" tf:"kms_key_id" cfn:"KmsKeyId"`
	Class     Value[string] `json:"class" tf:"log_group_class" cfn:"LogGroupClass" default:"STANDARD"`

	// BearerToken says that a token of CloudWatch Logs is enough to write log events.
	// Default: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
	BearerToken Value[bool] `json:"bearer_token" cfn:"BearerTokenAuthenticationEnabled" default:"false"`

	DataProtection DataProtection  `json:"data_protection" tf:"-" cfn:"DataProtectionPolicy"`
	Statements     List[Statement] `json:"statements" cfn:"ResourcePolicyDocument"`

	// DeletionProtection makes CloudWatch Logs reject the deletion.
	// Default: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protecting-log-groups-from-deletion.html
	DeletionProtection Value[bool] `json:"deletion_protection" tf:"deletion_protection_enabled" cfn:"DeletionProtectionEnabled" default:"false"`
	// SkipDestroy and PreventDestroy keep the log group when Terraform destroys the rest.
	// Defaults: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group
	SkipDestroy    Value[bool] `json:"skip_destroy" tf:"skip_destroy" default:"false"`
	PreventDestroy Value[bool] `json:"prevent_destroy" tf:"lifecycle.prevent_destroy" default:"false"`
	// DeletionPolicy says what becomes of the log group when the stack is deleted. It is beside the properties.
	// Default: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
	DeletionPolicy Value[string] `json:"deletion_policy" cfn:"DeletionPolicy" default:"Delete"`
}

// DataProtection is a policy that masks sensitive data in log events.
type DataProtection struct{ Block }

// LogDataProtection is DataProtection as a resource of its own.
type LogDataProtection struct {
	Resource
	Group  Ref            `tf:"log_group_name" to:"log_groups"`
	Policy DataProtection `tf:"."`
}

// SubscriptionFilter sends the events of a log group to a function, a stream or a bucket.
type SubscriptionFilter struct {
	Resource
	Group       Ref `json:"group" tf:"log_group_name" cfn:"LogGroupName" to:"log_groups"`
	Source      Ref `json:"source" tf:"log_group_name" cfn:"LogGroupName" to:"functions"` // whose log it is, from the name
	Destination Ref `json:"destination" tf:"destination_arn" cfn:"DestinationArn" to:"functions"`
	Stream      Ref `json:"stream" tf:"destination_arn" cfn:"DestinationArn" to:"delivery_streams"`
	Bucket      Ref `json:"bucket" tf:"destination_arn" cfn:"DestinationArn" to:"buckets"`
}

// LogPolicy is a resource policy of CloudWatch Logs: who may write to log groups, or subscribe to one.
type LogPolicy struct {
	Resource
	Statements List[Statement] `json:"statements" tf:"policy_document" cfn:"PolicyDocument"`
}

// LogAccountPolicy is a policy for all log groups of an account.
type LogAccountPolicy struct {
	Resource
	// Type is SUBSCRIPTION_FILTER_POLICY, DATA_PROTECTION_POLICY, …
	Type Value[string] `json:"policy_type" tf:"policy_type" cfn:"PolicyType"`
}

// LogSource is what CloudWatch Logs delivers logs from.
type LogSource struct {
	Resource
	Group Ref `json:"group" tf:"resource_arn" cfn:"ResourceArn" to:"log_groups"`
}

// LogDestination is what CloudWatch Logs delivers logs to.
type LogDestination struct {
	Resource
	Bucket Ref `json:"bucket" tf:"delivery_destination_configuration.destination_resource_arn" cfn:"DestinationResourceArn" to:"buckets"`
	Stream Ref `json:"stream" tf:"delivery_destination_configuration.destination_resource_arn" cfn:"DestinationResourceArn" to:"delivery_streams"`
}

// DeliveryStream is a stream of Amazon Data Firehose.
type DeliveryStream struct {
	Resource
	Name   Value[string] `json:"name" tf:"name" cfn:"DeliveryStreamName"`
	Bucket Ref           `json:"bucket" tf:"extended_s3_configuration.bucket_arn" cfn:"ExtendedS3DestinationConfiguration.BucketARN|S3DestinationConfiguration.BucketARN" to:"buckets"`
}

// Alarm is a CloudWatch alarm, on one metric or on an expression over several.
type Alarm struct {
	Resource
	Namespace Value[string]     `json:"namespace" tf:"namespace" cfn:"Namespace"` // AWS/Lambda
	Functions List[Ref]         `json:"functions" tf:"dimensions.*" cfn:"Dimensions[].Value" to:"functions"`
	Metrics   List[AlarmMetric] `json:"metrics" tf:"metric_query" cfn:"Metrics"`
}

// AlarmMetric is a metric of an expression.
type AlarmMetric struct {
	Block
	Namespace Value[string] `json:"namespace" tf:"metric.namespace" cfn:"MetricStat.Metric.Namespace"`
	Functions List[Ref]     `json:"functions" tf:"metric.dimensions.*" cfn:"MetricStat.Metric.Dimensions[].Value" to:"functions"`
}

// Trail is a trail of CloudTrail.
type Trail struct {
	Resource
	Selectors         List[EventSelector]         `json:"selectors" tf:"event_selector" cfn:"EventSelectors"`
	AdvancedSelectors List[AdvancedEventSelector] `json:"advanced_selectors" tf:"advanced_event_selector" cfn:"AdvancedEventSelectors"`
}

// EventSelector selects events that a trail records.
type EventSelector struct {
	Block
	DataTypes List[Value[string]] `json:"data_types" tf:"data_resource[].type" cfn:"DataResources[].Type"` // AWS::Lambda::Function
}

// AdvancedEventSelector selects events that a trail records, by their fields.
type AdvancedEventSelector struct {
	Block
	Fields List[FieldSelector] `json:"fields" tf:"field_selector" cfn:"FieldSelectors"`
}

// FieldSelector compares a field of an event.
type FieldSelector struct {
	Block
	Field  Value[string]       `json:"field" tf:"field" cfn:"Field"` // resources.type, eventCategory, …
	Equals List[Value[string]] `json:"equals" tf:"equals" cfn:"Equals"`
}

// StateMachine is a workflow of Step Functions.
// Defaults: https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
type StateMachine struct {
	Resource
	Functions List[Ref]     `json:"functions" tf:"definition" cfn:"DefinitionSubstitutions.*|DefinitionString|Definition" to:"functions"` // that the definition names
	LogLevel  Value[string] `json:"log_level" tf:"logging_configuration.level" cfn:"LoggingConfiguration.Level" sam:"Logging.Level" default:"OFF"`
	LogsData  Value[bool]   `json:"logs_data" tf:"logging_configuration.include_execution_data" cfn:"LoggingConfiguration.IncludeExecutionData" sam:"Logging.IncludeExecutionData" default:"false"`
	Tracing   Value[bool]   `json:"tracing" tf:"tracing_configuration.enabled" cfn:"TracingConfiguration.Enabled" sam:"Tracing.Enabled" default:"false"`
}

// Pipe is a pipe of EventBridge.
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_PipeLogConfigurationParameters.html
type Pipe struct {
	Resource
	LogLevel Value[string]       `json:"log_level" tf:"log_configuration.level" cfn:"LogConfiguration.Level"`
	LogsData List[Value[string]] `json:"logs_data" tf:"log_configuration.include_execution_data" cfn:"LogConfiguration.IncludeExecutionData"` // ALL
}

// ConstantInput is a text that a template writes as the input of invocations.
type ConstantInput struct {
	Resource
	Inputs List[Value[string]] `json:"inputs" tf:"input|input_transformer.input_template|target.input" cfn:"Targets[].Input|Target.Input" secret:"text"`
	// Templates are those of the input transformers of a rule.
	Templates List[Value[string]] `json:"templates" cfn:"Targets[].InputTransformer.InputTemplate" secret:"text"`
}

// logs finds the functions of log groups whose names are unknown, but made of the same parts. A log group that is certainly named
// otherwise is none of a function.
func (l *linker) logs(s *Stack) {
	for i := range s.LogGroups {
		group := &s.LogGroups[i]
		if group.Function.State != tree.StateUnknown || len(group.Function.targets) > 0 {
			continue
		}
		if group.Function.targets = l.calledInAll(group); group.Function.targets != nil {
			continue
		}
		start, _ := group.Function.Ends()
		prefix, isOfFunction := strings.CutPrefix(start, logGroupOfFunction)
		if !isOfFunction {
			group.Function.outside = group.Function.outside || !strings.HasPrefix(logGroupOfFunction, start) || !l.mayBeOfFunction(group)
			continue
		}
		if _, end := group.Function.Ends(); strings.Contains(prefix+end, "/") { // no name of a function has one
			group.Function.outside = true
			continue
		}
		group.Function.targets = l.called(s.Functions, group, prefix)
		group.Function.outside = len(group.Function.targets) == 0 && !l.mayBeOfFunction(group)
	}
}

// calledInAll returns the functions that a log group is named like, if there is one for each name that it may have.
func (l *linker) calledInAll(group *LogGroup) (found []int) {
	for _, name := range group.Function.examples() {
		functions := l.named("functions", name)
		if len(functions) == 0 {
			return nil
		}
		for _, f := range functions {
			if l.together(f.world, group.World) {
				found = append(found, f.index)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// mayBeOfFunction reports whether a log group with an unknown part in its name may be named like one of a function. The
// generated name of a function is in no other name.
func (l *linker) mayBeOfFunction(group *LogGroup) bool {
	whole, names := patternOf(group.Name), l.patterns["functions"]
	return len(names) > maxCompared || slices.ContainsFunc(names, func(name string) bool { return mayBeEqual(logGroupOfFunction+name, whole) })
}

// called returns the functions whose unknown names are made of the same parts as that of a log group, in all variants: under a
// condition, more is known of the same name.
func (l *linker) called(functions []Function, group *LogGroup, prefix string) []int {
	ids := map[string]bool{}
	for f := range functions {
		if fn := &functions[f]; isCalled(fn, group, prefix) {
			ids[fn.ID] = true
		}
	}
	var found []int
	for f := range functions {
		if fn := &functions[f]; ids[fn.ID] && l.together(fn.World, group.World) {
			found = append(found, f)
		}
	}
	return found
}

// isCalled reports whether the unknown name of a function is made of the same parts as that of a log group, after the known
// prefix of the latter.
func isCalled(fn *Function, group *LogGroup, prefix string) bool {
	start, end := fn.Name.Ends()
	_, groupEnd := group.Function.Ends()
	return fn.Name.State == tree.StateUnknown && start == prefix && end == groupEnd &&
		fn.Name.Cause() == group.Function.Cause() && slices.Equal(fn.Via, group.Via)
}

// logGroupOfFunction is how the names of log groups of functions begin.
const logGroupOfFunction = "/aws/lambda/"

// protectData moves what Terraform sets in resources of their own into the log groups. A policy for an unknown log group
// may be that of any.
func (s *Stack) protectData() {
	for i := range s.LogDataProtections {
		p := &s.LogDataProtections[i]
		for _, target := range p.Group.targets {
			s.LogGroups[target].DataProtection = p.Policy
		}
		if p.Group.State != tree.StateUnknown || len(p.Group.targets) > 0 {
			continue
		}
		for j := range s.LogGroups {
			if group := &s.LogGroups[j]; group.DataProtection.State == tree.StateAbsent {
				group.DataProtection.Block = UnknownBlock(p.At, "a data protection policy is for an unknown log group")
			}
		}
	}
}
