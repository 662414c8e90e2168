package cloudformation

import (
	"strings"

	"lintel/internal/model"
)

// apiEvent adds the permission of an API that calls the function.
func (b *builder) apiEvent(d declaration, event model.Field, kind string) {
	at := event.KeyRange
	suffix := "Permission"
	if kind == "Api" {
		suffix += b.stageOf(event.Tree.Field("Properties").Field("RestApiId"))
	}
	b.stack.Add(model.CloudFormation, d.generated(event.Key+suffix, "AWS::Lambda::Permission", at), treeOf(at,
		"FunctionName", refTree(at, d.ID), "Action", "lambda:InvokeFunction", "Principal", "apigateway.amazonaws.com",
		"SourceArn", generatedLater(at)))
}

// stageOf is how SAM names the stage of a REST API in the ids of permissions.
func (b *builder) stageOf(api model.Tree) string {
	if api.State == model.StateAbsent {
		return "Prod"
	}
	id, ok := api.String()
	if len(api.Refs) == 1 {
		id, ok = api.Refs[0], true
	}
	if !ok {
		return "AllStages"
	}
	stage := b.template.resources.get(id).get("Properties").get("StageName")
	if name, ok := stage.text(); ok && !strings.ContainsAny(name, "${}") {
		return name
	}
	return "Stage"
}
