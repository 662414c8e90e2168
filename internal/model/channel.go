package model

// channelKinds are what delivers messages to functions.
type channelKinds struct {
	Channels        []Channel       `json:"channels" tf:"aws_sqs_queue|aws_sns_topic|aws_cloudwatch_event_bus" cfn:"AWS::SQS::Queue|AWS::SNS::Topic|AWS::Events::EventBus"`
	ChannelPolicies []ChannelPolicy `json:"channel_policies" tf:"aws_sqs_queue_policy|aws_sns_topic_policy|aws_cloudwatch_event_bus_policy" cfn:"AWS::SQS::QueuePolicy|AWS::SQS::QueueInlinePolicy|AWS::SNS::TopicPolicy|AWS::SNS::TopicInlinePolicy|AWS::Events::EventBusPolicy"`
	BusPermissions  []BusPermission `json:"bus_permissions" tf:"aws_cloudwatch_event_permission" cfn:"AWS::Events::EventBusPolicy"`
}

// Channel is a queue, a topic or an event bus: what others put messages into for functions.
type Channel struct {
	Resource
	Name       Value[string]   `json:"name" tf:"name" cfn:"QueueName|TopicName|Name"`
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"Policy"` // the policy that is written in the resource itself
}

// ChannelPolicy is the policy of channels in a resource of its own.
type ChannelPolicy struct {
	Resource
	Channels List[Ref] `json:"channels" tf:"queue_url|arn|event_bus_name" cfn:"Queues|Queue|Topics|TopicArn|EventBusName" to:"channels"`
	// Statements are those of PolicyDocument; an AWS::Events::EventBusPolicy has one as a property.
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"PolicyDocument|."`
}

// BusPermission lets one principal send events to an event bus. No bus means the default one.
type BusPermission struct {
	Resource
	Principal Value[string] `json:"principal" tf:"principal" cfn:"Principal"`
	Bus       Ref           `json:"bus" tf:"event_bus_name" cfn:"EventBusName" to:"channels"`
	Condition BusCondition  `json:"condition" tf:"condition" cfn:"Condition"`
}

// BusCondition limits a BusPermission.
type BusCondition struct {
	Block
	Key Value[string] `json:"key" tf:"key" cfn:"Key"`
}
