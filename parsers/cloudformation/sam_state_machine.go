package cloudformation

import (
	"lintel/internal/tree"
)

// stateMachine adds the role that SAM makes for a state machine without one, and the roles through
// which its events start it
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html).
func (b *builder) stateMachine(d declaration) {
	if d.properties.Field("Role").State == tree.StateAbsent {
		g := grants{managed: []tree.Tree{}}
		g.policies(d.properties.Field("Policies"))
		if on, ok := d.properties.Field("Tracing").Field("Enabled").Scalar.(bool); ok && on {
			g.attach(d.At, "AWSXrayWriteOnlyAccess")
		}
		b.role(d, "Role", trustOf(d.At, "states.amazonaws.com"), g)
	}
	for _, event := range d.properties.Field("Events").Fields {
		kind, _ := event.Tree.Field("Type").String()
		service := map[string]string{
			"Schedule": "events", "CloudWatchEvent": "events", "EventBridgeRule": "events", "Api": "apigateway",
		}[kind]
		if service == "events" {
			b.constantInput(d.generated(event.Key, "AWS::Events::Rule", event.KeyRange), event.Tree.Field("Properties"))
		}
		switch {
		case kind == "ScheduleV2":
			b.schedule(d, event)
		case service != "" && event.Tree.Field("Properties").Field("RoleArn").State == tree.StateAbsent:
			own := d
			own.At = event.KeyRange
			own.properties = treeOf(own.At, "PermissionsBoundary", d.properties.Field("PermissionsBoundary"))
			var g grants
			g.allow(own.At, refTree(own.At, d.ID), invokeAction(d.Type))
			b.role(own, event.Key+"Role", trustOf(own.At, service+".amazonaws.com"), g)
		}
		if kind == "Api" {
			at := event.KeyRange
			b.route(d, event, event.Tree.Field("Properties").Field("RestApiId"), kind, treeOf(at, "Type", "AWS",
				"Uri", generatedLater(at, exampleARN("apigateway", "states:action/StartExecution")), "Credentials", refTree(at, d.ID+event.Key+"Role")))
		}
	}
}
