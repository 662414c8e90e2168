package model

import (
	"reflect"
	"strings"

	"lintel/internal/tree"
)

// channelKinds are what events reach functions through.
type channelKinds struct {
	Channels []Channel `json:"channels" tf:"aws_sqs_queue|aws_sns_topic|aws_cloudwatch_event_bus|aws_kinesis_stream|aws_dynamodb_table|aws_msk_cluster|aws_s3_bucket" cfn:"AWS::SQS::Queue|AWS::SNS::Topic|AWS::Events::EventBus|AWS::EventsV2::EventBus|AWS::Kinesis::Stream|AWS::DynamoDB::Table|AWS::MSK::Cluster|AWS::S3::Bucket"`

	ChannelPolicies []ChannelPolicy `json:"channel_policies" tf:"aws_sqs_queue_policy|aws_sns_topic_policy|aws_cloudwatch_event_bus_policy|aws_kinesis_resource_policy|aws_dynamodb_resource_policy" cfn:"AWS::SQS::QueuePolicy|AWS::SQS::QueueInlinePolicy|AWS::SNS::TopicPolicy|AWS::SNS::TopicInlinePolicy|AWS::Events::EventBusPolicy|AWS::EventsV2::ResourcePolicy|AWS::Kinesis::ResourcePolicy"`
	BusPermissions  []BusPermission `json:"bus_permissions" tf:"aws_cloudwatch_event_permission" cfn:"AWS::Events::EventBusPolicy"`

	// QueueRedrives are resources beside their queues only in Terraform. Link moves them into the queues.
	QueueRedrives []QueueRedrive `json:"-" tf:"aws_sqs_queue_redrive_policy|aws_sqs_queue_redrive_allow_policy"`
	// StreamConsumers stand for their streams: Link resolves references to them.
	StreamConsumers []StreamConsumer `json:"-" tf:"aws_kinesis_stream_consumer" cfn:"AWS::Kinesis::StreamConsumer"`
}

// StreamConsumer reads from a stream with a throughput of its own.
type StreamConsumer struct {
	Resource
	Stream Ref `tf:"stream_arn" cfn:"StreamARN"`
}

// Channel is what events reach functions through: a queue, a topic, an event bus, a stream, a table with a stream, a
// Kafka cluster or a bucket. Attributes that not every kind has say whose they are; a default is that of this kind.
type Channel struct {
	Resource
	Name       Value[string]   `json:"name" tf:"name|cluster_name|bucket" cfn:"QueueName|TopicName|Name|TableName|ClusterName|BucketName"`
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"Policy|ResourcePolicy.PolicyDocument"` // the policy that is written in the resource itself
	// StreamStatements are the policy of the stream of a table.
	StreamStatements List[Statement] `json:"stream_statements" cfn:"StreamSpecification.ResourcePolicy.PolicyDocument"`

	// VisibilityTimeout is how many seconds a received message of a queue is hidden from other receivers.
	// Default: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
	VisibilityTimeout Value[int]  `json:"visibility_timeout" tf:"visibility_timeout_seconds" cfn:"VisibilityTimeout" default:"30"`
	FIFO              Value[bool] `json:"fifo" tf:"fifo_queue|fifo_topic" cfn:"FifoQueue|FifoTopic" default:"false"` // of a queue or topic
	Redrive           Redrive     `json:"redrive" tf:"redrive_policy" cfn:"RedrivePolicy"`                           // of a queue
	// RedriveAllow is there if the queue is meant to be a dead-letter queue.
	RedriveAllow RedriveAllow `json:"redrive_allow" tf:"redrive_allow_policy" cfn:"RedriveAllowPolicy"`

	// KMSKey encrypts the messages of a queue or topic. A queue without one has ManagedSSE, a topic nothing.
	// Default: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
	KMSKey     Value[string] `json:"kms_key" tf:"kms_master_key_id" cfn:"KmsMasterKeyId"`
	ManagedSSE Value[bool]   `json:"managed_sse" tf:"sqs_managed_sse_enabled" cfn:"SqsManagedSseEnabled" default:"true"` // of a queue
	// Encryption is KMS or NONE for a stream.
	// Default: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StreamDescription.html
	Encryption Value[string] `json:"encryption" tf:"encryption_type" cfn:"StreamEncryption.EncryptionType" default:"NONE"`
	// ClientBroker is TLS, TLS_PLAINTEXT or PLAINTEXT for the connections of clients to a Kafka cluster.
	// Default: https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html
	ClientBroker Value[string] `json:"client_broker" tf:"encryption_info.encryption_in_transit.client_broker" cfn:"EncryptionInfo.EncryptionInTransit.ClientBroker" default:"TLS"`
}

// Redrive is where a queue moves messages that were received too often.
type Redrive struct {
	Block
	Target      Ref        `json:"target" any:"deadLetterTargetArn" to:"channels"`
	MaxReceives Value[int] `json:"max_receives" any:"maxReceiveCount"`
}

// RedriveAllow says which queues may use a queue as their dead-letter queue.
type RedriveAllow struct {
	Block
	Permission Value[string] `json:"permission" any:"redrivePermission" default:"allowAll"`
}

// redriveDocument reads a document that is JSON text in Terraform. An empty text is none.
func redriveDocument(t tree.Tree) tree.Tree {
	t = t.Single()
	if text, ok := t.String(); ok && text == "" {
		return tree.Tree{}
	}
	return tree.Document(t)
}

// fill reads the policy.
func (r *Redrive) fill(format Format, t tree.Tree) {
	t = redriveDocument(t)
	r.Block = blockOf(t)
	r.Target.fill(format, t.Field("deadLetterTargetArn"))
	r.MaxReceives.fill(format, t.Field("maxReceiveCount"))
}

// fill reads the policy.
func (r *RedriveAllow) fill(format Format, t tree.Tree) {
	t = redriveDocument(t)
	r.Block = blockOf(t)
	r.Permission.fill(format, t.Field("redrivePermission"))
}

// QueueRedrive are the redrive policies of a queue as resources of their own.
type QueueRedrive struct {
	Resource
	Queue        Ref          `tf:"queue_url" to:"channels"`
	Redrive      Redrive      `tf:"redrive_policy"`
	RedriveAllow RedriveAllow `tf:"redrive_allow_policy"`
}

// redrives moves redrive policies into their queues.
func (l *linker) redrives(s *Stack) {
	l.all(reflect.ValueOf(&s.QueueRedrives).Elem())
	for i := range s.QueueRedrives {
		r := &s.QueueRedrives[i]
		for _, target := range s.queuesOf(r) {
			queue := &s.Channels[target]
			if queue.Redrive.State == tree.StateAbsent {
				queue.Redrive = r.Redrive
			}
			if queue.RedriveAllow.State == tree.StateAbsent {
				queue.RedriveAllow = r.RedriveAllow
			}
		}
	}
}

// queuesOf returns the queue of a redrive policy, or all if it is unknown.
func (s *Stack) queuesOf(r *QueueRedrive) []int {
	if len(r.Queue.targets) > 0 || r.Queue.State != tree.StateUnknown || len(r.Queue.IDs) > 0 {
		return r.Queue.targets
	}
	const cause = "the queue of a redrive policy is unknown"
	if r.Redrive.State != tree.StateAbsent {
		r.Redrive = Redrive{Block: UnknownBlock(r.At, cause)}
	}
	if r.RedriveAllow.State != tree.StateAbsent {
		r.RedriveAllow = RedriveAllow{Block: UnknownBlock(r.At, cause)}
	}
	var all []int
	for i := range s.Channels {
		if serviceOf(s.Channels[i].Type) == "sqs" {
			all = append(all, i)
		}
	}
	return all
}

// serviceOf returns the service of a type of channel, as ARNs write it.
func serviceOf(kind string) string {
	for _, is := range []struct{ in, service string }{
		{"sqs", "sqs"}, {"sns", "sns"}, {"event", "events"}, {"kinesis", "kinesis"}, {"dynamodb", "dynamodb"}, {"msk", "kafka"}, {"s3", "s3"},
	} {
		if strings.Contains(strings.ToLower(kind), is.in) {
			return is.service
		}
	}
	return ""
}

// channelIn returns the service and the name of a channel from a literal ARN of it, or of something in it.
func channelIn(arn string) (service, name string, ok bool) {
	const parts = 6
	part := strings.SplitN(arn, ":", parts)
	if len(part) < parts || part[0] != "arn" {
		return "", "", false
	}
	names := strings.Split(part[parts-1], "/")
	switch service = part[2]; service {
	case "sqs", "sns", "s3":
		return service, names[0], true
	case "events", "kinesis", "dynamodb", "kafka": // event-bus/NAME, stream/NAME, table/NAME/stream/TIME, cluster/NAME/ID
		if len(names) > 1 {
			return service, names[1], true
		}
	}
	return service, "", true
}

// channelAtEnd is channelIn for an ARN of which only the ends are known: the service, and what follows the account.
func channelAtEnd(r *Ref) (service, name string, ok bool) {
	prefix, suffix := r.Ends()
	if r.State != tree.StateUnknown || !strings.HasPrefix(prefix, "arn:") {
		return "", "", false
	}
	if _, bucket, ok := strings.Cut(suffix, ":s3:::"); ok { // arn:${AWS::Partition}:s3:::NAME
		return channelIn("arn:aws:s3:::" + bucket)
	}
	const withService = 4 // arn:aws:SERVICE:
	if parts := strings.Split(prefix, ":"); len(parts) >= withService && strings.HasPrefix(suffix, ":") {
		return channelIn("arn:aws:" + parts[2] + "::" + suffix)
	}
	return "", "", false
}

// ChannelPolicy is the policy of channels in a resource of its own.
type ChannelPolicy struct {
	Resource
	Channels List[Ref] `json:"channels" tf:"queue_url|arn|event_bus_name|resource_arn" cfn:"Queues|Queue|Topics|TopicArn|EventBusName|EventBusArn|ResourceArn" to:"channels"`
	// Statements are those of PolicyDocument; an AWS::Events::EventBusPolicy has one as a property.
	Statements List[Statement] `json:"statements" tf:"policy" cfn:"PolicyDocument|ResourcePolicy|."`
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
