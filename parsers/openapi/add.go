package openapi

import (
	"fmt"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// Fill adds the routes of an API as Terraform's provider names them, in configurations and in plans.
func Fill(stack *model.Stack, api model.Resource, properties tree.Tree) {
	if api.Type == "aws_api_gateway_rest_api" || api.Type == "aws_apigatewayv2_api" {
		Add(stack, api, properties.Field("body"))
	}
}

// Add adds the routes of a definition to a stack, for the API that has it.
func Add(stack *model.Stack, api model.Resource, definition tree.Tree) {
	if definition.State == tree.StateAbsent {
		return
	}
	for i, route := range Routes(definition) {
		r := api
		r.ID = fmt.Sprintf("%s/%d", api.ID, i)
		r.At = route.Key.Range
		stack.Routes = append(stack.Routes, model.Route{
			Resource: r, Key: model.StringValue(route.Key), Authorization: model.StringValue(route.Authorization),
			APIKeyRequired: model.BoolValue(route.APIKeyRequired), Function: model.RefValue(route.Function),
			API: model.StringValue(tree.Tree{State: tree.StateKnown, Scalar: api.ID, Range: api.At}),
		})
	}
}
