package cloudformation

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
)

// events adds what the events of a SAM function make SAM generate: a permission for services
// that call the function, an event source mapping for those it polls
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html).
func (b *builder) events(d declaration) {
	for _, event := range d.properties.Field("Events").Fields {
		kind, ok := event.Tree.Field("Type").String()
		if !ok {
			continue
		}
		if sourceKey, polled := polledSource(kind); polled {
			b.eventSource(d, event, sourceKey)
		} else if principal := pushPrincipal(kind); principal != "" {
			b.eventPermission(d, event, kind, principal)
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

func (b *builder) eventSource(d declaration, event model.Field, sourceKey string) {
	properties := event.Tree.Field("Properties")
	mapping := model.Tree{State: model.StateKnown, IsMap: true, Range: event.KeyRange}
	if properties.State == model.StateUnknown {
		mapping = properties
	}
	for _, f := range properties.Fields {
		if f.Key == sourceKey {
			f.Key = "EventSourceArn"
		}
		mapping.Fields = append(mapping.Fields, f)
	}
	mapping = with(mapping, "FunctionName", refTree(event.KeyRange, d.ID))
	b.stack.Add(model.CloudFormation, d.generated(event.Key, "AWS::Lambda::EventSourceMapping", event.KeyRange), mapping)
}

// pushPrincipal returns the service that calls the function for an event, empty for events
// that need no permission.
func pushPrincipal(kind string) string {
	switch kind {
	case "Api", "HttpApi":
		return "apigateway.amazonaws.com"
	case "S3":
		return "s3.amazonaws.com"
	case "SNS":
		return "sns.amazonaws.com"
	case "Schedule", "CloudWatchEvent", "EventBridgeRule":
		return "events.amazonaws.com"
	case "CloudWatchLogs":
		return "logs.amazonaws.com"
	case "IoTRule":
		return "iot.amazonaws.com"
	case "Cognito":
		return "cognito-idp.amazonaws.com"
	case "AlexaSkill":
		return "alexa-appkit.amazon.com"
	}
	return ""
}

func (b *builder) eventPermission(d declaration, event model.Field, kind, principal string) {
	at := event.KeyRange
	if kind == "SNS" && b.throughQueue(d, event, at) {
		return
	}
	permission := treeOf(at, "FunctionName", refTree(at, d.ID), "Action", "lambda:InvokeFunction", "Principal", principal)
	switch kind {
	case "S3":
		permission = with(permission, "SourceAccount", generatedLater(at))
	case "IoTRule":
		permission = with(with(permission, "SourceArn", generatedLater(at)), "SourceAccount", generatedLater(at))
	case "AlexaSkill":
		if skill := event.Tree.Field("Properties").Field("SkillId"); skill.State != model.StateAbsent {
			permission = with(permission, "EventSourceToken", skill)
		}
	case "SNS":
		topic := event.Tree.Field("Properties").Field("Topic")
		if topic.State == model.StateAbsent {
			topic = generatedLater(at)
		}
		permission = with(permission, "SourceArn", topic)
	default:
		permission = with(permission, "SourceArn", generatedLater(at))
	}
	b.stack.Add(model.CloudFormation, d.generated(event.Key+"Permission", "AWS::Lambda::Permission", at), permission)
}

// throughQueue adds the mapping of an SNS event that goes through a queue of its own, so that
// the topic does not call the function. It is false for an event that does not.
func (b *builder) throughQueue(d declaration, event model.Field, at source.Range) bool {
	queue := event.Tree.Field("Properties").Field("SqsSubscription")
	if queue.State == model.StateAbsent {
		return false
	}
	if on, ok := queue.Scalar.(bool); ok && !on || strings.EqualFold(scalarText(queue), "false") {
		return false
	}
	arn := queue.Field("QueueArn")
	if arn.State == model.StateAbsent {
		arn = generatedLater(at)
	}
	b.stack.Add(model.CloudFormation, d.generated(event.Key+"EventSourceMapping", "AWS::Lambda::EventSourceMapping", at),
		treeOf(at, "FunctionName", refTree(at, d.ID), "EventSourceArn", arn))
	return true
}

func scalarText(t model.Tree) string {
	text, _ := t.String()
	return text
}
