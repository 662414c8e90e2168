package cloudformation

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// events adds what the events of a SAM function make SAM generate: a permission and a trigger for
// services that call the function, an event source mapping for those it polls, a route for APIs
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html).
func (b *builder) events(d declaration) {
	for _, event := range d.properties.Field("Events").Fields {
		kind, ok := event.Tree.Field("Type").String()
		if !ok {
			continue
		}
		if sourceKey, polled := polledSource(kind); polled {
			b.eventSource(d, event, kind, sourceKey)
			continue
		}
		switch kind {
		case "Api", "HttpApi":
			b.apiEvent(d, event, kind)
		case "ScheduleV2":
			b.schedule(d, event)
		default:
			b.pushEvent(d, event, kind)
		}
	}
}

// polledSource returns the property that names the source of an event that Lambda polls for;
// it is empty for sources without an ARN.
func polledSource(kind string) (property string, ok bool) {
	switch kind {
	case "SQS":
		return "Queue", true
	case "Kinesis", "DynamoDB", "MSK":
		return "Stream", true
	case "MQ":
		return "Broker", true
	case "DocumentDB":
		return "Cluster", true
	case "SelfManagedKafka":
		return "", true
	}
	return "", false
}

// nestedInMapping are the properties of an event that a mapping has in a block. The block of Kafka has another name for
// MSK, which makes no difference to the model.
var nestedInMapping = map[string]string{ //nolint:gochecknoglobals // a table, never written
	"ConsumerGroupId":       "SelfManagedKafkaEventSourceConfig",
	"ConsumptionMode":       "SelfManagedKafkaEventSourceConfig",
	"SchemaRegistryConfig":  "SelfManagedKafkaEventSourceConfig",
	"DatabaseName":          "DocumentDBEventSourceConfig",
	"CollectionName":        "DocumentDBEventSourceConfig",
	"FullDocument":          "DocumentDBEventSourceConfig",
	"KafkaBootstrapServers": "SelfManagedEventSource",
}

func (b *builder) eventSource(d declaration, event tree.Field, kind, sourceKey string) {
	properties := event.Tree.Field("Properties")
	mapping := tree.Tree{State: tree.StateKnown, IsMap: true, Range: event.KeyRange}
	if properties.State == tree.StateUnknown {
		mapping = properties
	}
	for _, f := range properties.Fields {
		if f.Key == sourceKey {
			f.Key = "EventSourceArn"
		}
		if f.Key == "DestinationConfig" {
			f.Tree = withCreated(f.Tree)
		}
		if block, ok := nestedInMapping[f.Key]; ok {
			if f.Key == "KafkaBootstrapServers" {
				f = tree.Field{Key: "Endpoints", KeyRange: f.KeyRange, Tree: treeOf(f.Tree.Range, f.Key, f.Tree)}
			}
			nested := mapping.Field(block)
			if nested.State == tree.StateAbsent {
				nested = tree.Tree{State: tree.StateKnown, IsMap: true, Range: f.Tree.Range}
			}
			mapping = with(mapping, block, with(nested, f.Key, f.Tree))
			continue
		}
		mapping.Fields = append(mapping.Fields, f)
	}
	mapping = with(mapping, "FunctionName", refTree(event.KeyRange, d.ID))
	b.mapping(d.generated(event.Key, "AWS::Lambda::EventSourceMapping", event.KeyRange), kind, mapping)
}

// mapping adds an event source mapping that SAM makes of an event.
func (b *builder) mapping(r model.Resource, kind string, body tree.Tree) {
	if added, ok := b.stack.Add(model.CloudFormation, r, body).(*model.EventSource); ok {
		added.Kind = model.Known(kind, r.At)
	}
}

// event adds what a polled event makes SAM allow to the function's role.
func (g *grants) event(event tree.Field) { //nolint:cyclop,funlen // a case for each kind
	kind, _ := event.Tree.Field("Type").String()
	properties := event.Tree.Field("Properties")
	at := event.KeyRange
	secrets := func(kinds ...string) {
		for _, access := range properties.Field("SourceAccessConfigurations").Items {
			name, _ := access.Field("Type").String()
			for _, wanted := range kinds {
				if name == wanted {
					g.allow(at, access.Field("URI"), "secretsmanager:GetSecretValue")
				}
			}
		}
	}
	switch kind {
	case "SQS":
		g.attach(at, "service-role/AWSLambdaSQSQueueExecutionRole")
	case "Kinesis":
		g.attach(at, "service-role/AWSLambdaKinesisExecutionRole")
	case "DynamoDB":
		g.attach(at, "service-role/AWSLambdaDynamoDBExecutionRole")
	case "MSK":
		g.attach(at, "service-role/AWSLambdaMSKExecutionRole")
		secrets("CLIENT_CERTIFICATE_TLS_AUTH")
	case "MQ":
		secrets("BASIC_AUTH")
		g.allow(at, properties.Field("Broker"), "mq:DescribeBroker")
		g.decrypt(at, properties)
	case "SelfManagedKafka":
		secrets("SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH", "BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH")
		secrets("SERVER_ROOT_CA_CERTIFICATE")
		if hasAccess(properties, "VPC_SUBNET") {
			g.network(at)
		}
		g.decrypt(at, properties)
	case "DocumentDB":
		secrets("BASIC_AUTH")
		g.allow(at, rdsARN(at, "cluster-pg"), "rds:DescribeDBClusterParameters")
		g.allow(at, rdsARN(at, "subgrp"), "rds:DescribeDBSubnetGroups")
		g.allow(at, properties.Field("Cluster"), "rds:DescribeDBClusters")
		g.network(at)
		g.decrypt(at, properties)
	case "SNS":
		if usesQueue(properties.Field("SqsSubscription")) {
			g.attach(at, "service-role/AWSLambdaSQSQueueExecutionRole")
		}
	}
	if _, polled := polledSource(kind); polled {
		g.destinations(properties.Field("DestinationConfig"))
	}
}

// rdsARN is the ARN of all resources of a kind in the account.
func rdsARN(at source.Range, kind string) tree.Tree {
	return tree.Tree{
		State: tree.StateUnknown, Range: at, Prefix: "arn:", Suffix: ":" + kind + ":*", Cause: "the account is unknown until deployment",
		Examples: []string{exampleARN("rds", kind+":*")},
	}
}

func hasAccess(properties tree.Tree, kind string) bool {
	for _, access := range properties.Field("SourceAccessConfigurations").Items {
		if name, _ := access.Field("Type").String(); name == kind {
			return true
		}
	}
	return false
}

func (g *grants) network(at source.Range) {
	g.allow(at, tree.Tree{State: tree.StateKnown, Scalar: "*", Range: at},
		"ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface",
		"ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups")
}

func (g *grants) decrypt(at source.Range, properties tree.Tree) {
	if key := properties.Field("SecretsManagerKmsKeyId"); key.State != tree.StateAbsent {
		g.allow(at, tree.Tree{
			State: tree.StateUnknown, Range: at, Prefix: "arn:", Cause: "the account is unknown until deployment",
			Examples: []string{arnOf("AWS::KMS::Key", "example")},
		}, "kms:Decrypt")
	}
}

// push is how a service that calls a function appears in CloudFormation.
type push struct {
	principal string
	kind      string // type of the resource that triggers; empty: none
}

// pushes are the events of services that call the function.
var pushes = map[string]push{ //nolint:gochecknoglobals // a table, never written
	"S3":              {"s3.amazonaws.com", "AWS::S3::Bucket"},
	"SNS":             {"sns.amazonaws.com", "AWS::SNS::Subscription"},
	"Schedule":        {"events.amazonaws.com", "AWS::Events::Rule"},
	"CloudWatchEvent": {"events.amazonaws.com", "AWS::Events::Rule"},
	"EventBridgeRule": {"events.amazonaws.com", "AWS::Events::Rule"},
	"CloudWatchLogs":  {"logs.amazonaws.com", "AWS::Logs::SubscriptionFilter"},
	"IoTRule":         {"iot.amazonaws.com", "AWS::IoT::TopicRule"},
	"Cognito":         {"cognito-idp.amazonaws.com", "AWS::Cognito::UserPool"},
	"AlexaSkill":      {"alexa-appkit.amazon.com", ""},
}

// The properties of events of services that call the function, which each have one of them.
var (
	eventSources = tree.ParsePath("Topic|LogGroupName|Bucket") //nolint:gochecknoglobals // never written
	eventFilters = tree.ParsePath("Filter|FilterPolicy")       //nolint:gochecknoglobals // never written
)

// pushEvent adds the permission and the trigger of a service that calls the function.
func (b *builder) pushEvent(d declaration, event tree.Field, kind string) {
	by, ok := pushes[kind]
	if !ok {
		return
	}
	at, properties := event.KeyRange, event.Tree.Field("Properties")
	if kind == "SNS" && usesQueue(properties.Field("SqsSubscription")) {
		b.throughQueue(d, event)
		return
	}
	self := refTree(at, d.ID)
	if by.kind != "" {
		deadLetter := deadLetterOf(properties.Field("DeadLetterConfig")).Field("Arn")
		if deadLetter.State == tree.StateAbsent {
			deadLetter = properties.Field("RedrivePolicy")
		}
		trigger := model.Trigger{
			Resource: d.generated(event.Key, by.kind, at), Source: model.RefValue(properties.At(eventSources)),
			Targets: model.NewList(at, model.TriggerTarget{
				Block: model.NewBlock(at), Function: model.RefValue(self), DeadLetter: model.RefValue(deadLetter),
				Filter: model.FilterOf(properties.At(eventFilters)), Events: model.Strings(properties.Field("Events")),
			}),
		}
		trigger.Enable(stateOf(properties))
		b.stack.Triggers = append(b.stack.Triggers, trigger)
		if kind == "CloudWatchLogs" {
			b.stack.SubscriptionFilters = append(b.stack.SubscriptionFilters, model.SubscriptionFilter{
				Resource: trigger.Resource, Group: trigger.Source, Source: trigger.Source, Destination: model.RefValue(self),
			})
		}
		b.constantInput(trigger.Resource, properties)
	}
	b.stack.Add(model.CloudFormation, d.generated(event.Key+"Permission", "AWS::Lambda::Permission", at),
		permission(treeOf(at, "FunctionName", self, "Action", "lambda:InvokeFunction", "Principal", by.principal), kind, d.ID+event.Key, at, properties))
}

// constantInput adds the text that an event of a rule passes on.
func (b *builder) constantInput(r model.Resource, properties tree.Tree) {
	inputs := model.List[model.Value[string]]{}
	for _, input := range []tree.Tree{properties.Field("Input"), properties.Field("InputTransformer").Field("InputTemplate")} {
		if input.State != tree.StateAbsent {
			inputs = inputs.Append(model.Strings(input))
		}
	}
	if len(inputs.Items) > 0 {
		b.stack.ConstantInputs = append(b.stack.ConstantInputs, model.ConstantInput{Resource: r, Inputs: inputs})
	}
}

// stateOf returns what switches an event of a rule or schedule off.
func stateOf(properties tree.Tree) tree.Tree {
	if state := properties.Field("State"); state.State != tree.StateAbsent {
		return state
	}
	return properties.Field("Enabled")
}

// permission adds the source ARN or source account to a permission for an event of a kind, which makes a trigger with an ID.
func permission(t tree.Tree, kind, trigger string, at source.Range, properties tree.Tree) tree.Tree {
	switch kind {
	case "S3":
		return with(t, "SourceAccount", generatedLater(at, exampleAccount))
	case "IoTRule":
		return with(with(t, "SourceArn", generatedFrom(at, exampleARN("iot", "rule/example"), trigger)), "SourceAccount", generatedLater(at, exampleAccount))
	case "CloudWatchLogs":
		return with(t, "SourceArn", generatedFrom(at, arnOf("AWS::Logs::LogGroup", "example"), properties.Field("LogGroupName").Refs...))
	case "Cognito":
		return with(t, "SourceArn", generatedFrom(at, arnOf("AWS::Cognito::UserPool", "example"), properties.Field("UserPool").Refs...))
	case "AlexaSkill":
		if skill := properties.Field("SkillId"); skill.State != tree.StateAbsent {
			t = with(t, "EventSourceToken", skill)
		}
		return t
	case "SNS":
		if topic := properties.Field("Topic"); topic.State != tree.StateAbsent {
			return with(t, "SourceArn", topic)
		}
	}
	return with(t, "SourceArn", generatedFrom(at, arnOf(pushes[kind].kind, "example"), trigger))
}

// deadLetterOf is the dead-letter queue of an event, which SAM can create.
func deadLetterOf(config tree.Tree) tree.Tree {
	if config.State == tree.StateKnown && config.Field("Arn").State == tree.StateAbsent {
		return with(config, "Arn", generatedLater(config.Range, exampleARN("sqs", "example")))
	}
	return config
}

// usesQueue reports whether an SNS event goes through a queue of its own, so that the topic does
// not call the function.
func usesQueue(subscription tree.Tree) bool {
	if subscription.State == tree.StateAbsent {
		return false
	}
	text, _ := subscription.String()
	on, isBool := subscription.Scalar.(bool)
	return (!isBool || on) && !strings.EqualFold(text, "false")
}

func (b *builder) throughQueue(d declaration, event tree.Field) {
	at := event.KeyRange
	queue := event.Tree.Field("Properties").Field("SqsSubscription")
	own := d.generated(event.Key+"Queue", "AWS::SQS::Queue", at)
	if !queue.IsMap || queue.Field("QueueArn").State == tree.StateAbsent {
		b.stack.Add(model.CloudFormation, own, treeOf(at))
	}
	mapping := treeOf(at, "FunctionName", refTree(at, d.ID), "EventSourceArn", refTree(at, own.ID), "BatchSize", 10, "Enabled", true)
	for _, property := range [][2]string{{"QueueArn", "EventSourceArn"}, {"BatchSize", "BatchSize"}, {"Enabled", "Enabled"}} {
		if given := queue.Field(property[0]); queue.IsMap && given.State != tree.StateAbsent {
			mapping = with(mapping, property[1], given)
		}
	}
	b.mapping(d.generated(event.Key+"EventSourceMapping", "AWS::Lambda::EventSourceMapping", at), "SQS", mapping)
}

// schedule adds a schedule of EventBridge Scheduler, which invokes through a role.
func (b *builder) schedule(d declaration, event tree.Field) {
	at, properties := event.KeyRange, event.Tree.Field("Properties")
	self := refTree(at, d.ID)
	b.stack.Add(model.CloudFormation, d.generated(event.Key, "AWS::Scheduler::Schedule", at), treeOf(at,
		"Target", treeOf(at, "Arn", self, "Input", properties.Field("Input"), "DeadLetterConfig", deadLetterOf(properties.Field("DeadLetterConfig"))), "State", stateOf(properties)))
	if properties.Field("RoleArn").State != tree.StateAbsent {
		return
	}
	var g grants
	g.allow(at, self, invokeAction(d.Type))
	if config := properties.Field("DeadLetterConfig"); config.State == tree.StateKnown {
		g.allow(at, deadLetterOf(config).Field("Arn"), "sqs:SendMessage")
	}
	own := d
	own.At = at
	own.properties = treeOf(at, "PermissionsBoundary", properties.Field("PermissionsBoundary"))
	b.role(own, event.Key+"Role", trustOf(at, "scheduler.amazonaws.com"), g)
}

// invokeAction is what starts a function or a state machine.
func invokeAction(kind string) string {
	if kind == "AWS::Serverless::StateMachine" {
		return "states:StartExecution"
	}
	return "lambda:InvokeFunction"
}
