package openapi

import (
	"fmt"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// Fill adds the routes of an API as Terraform's provider names them, in configurations and in plans.
func Fill(stack *model.Stack, api model.Resource, properties tree.Tree) {
	if api.Type == "aws_api_gateway_rest_api" || api.Type == "aws_apigatewayv2_api" {
		Add(stack, api, properties.Field("body"))
	}
}

// Add adds the routes of a definition to a stack, with their integrations, for the API that has it, and the settings of the
// API that the definition contains. It returns the routes, which are valid until the next is added.
func Add(stack *model.Stack, api model.Resource, definition tree.Tree) []model.Route {
	if definition.State == tree.StateAbsent {
		return nil
	}
	first := len(stack.Routes)
	self := tree.Tree{State: tree.StateUnknown, Range: api.At, Refs: []string{api.ID}, Cause: "unknown until deployment"}
	for i, route := range Routes(definition) {
		r := api
		r.ID = fmt.Sprintf("%s/%d", api.ID, i)
		r.At = route.Key.Range
		stack.Routes = append(stack.Routes, model.Route{
			Resource: r, Key: model.StringValue(route.Key), Authorization: model.StringValue(route.Authorization),
			APIKeyRequired: model.BoolValue(route.APIKeyRequired), Function: model.RefValue(route.Function),
			Authorizer: model.RefValue(authorizerOf(api, route)),
			API:        model.RefValue(self), RequestValidator: model.StringValue(route.Validator),
		})
		integration := route.Integration
		if integration.State == tree.StateAbsent {
			continue
		}
		if r.At = integration.Range; r.At.IsZero() {
			r.At = route.Key.Range
		}
		stack.APIIntegrations = append(stack.APIIntegrations, model.APIIntegration{
			Resource: r, API: model.RefValue(self), Type: typeOf(integration),
			URI: model.RefValue(route.Function), Credentials: model.RefValue(integration.Field("credentials")),
			Timeout:        model.IntValue(integration.Field("timeoutInMillis")),
			TransferMode:   model.StringValue(integration.Field("responseTransferMode")),
			Parameters:     model.MapValue(integration.Field("requestParameters")),
			Insecure:       model.BoolValue(integration.Field("tlsConfig").Field("insecureSkipVerification")),
			ConnectionType: model.StringValue(integration.Field("connectionType")),
			TLS: model.IntegrationTLS{
				Block: model.BlockValue(integration.Field("tlsConfig")), ServerName: model.StringValue(integration.Field("tlsConfig").Field("serverNameToVerify")),
			},
			CacheKeyParameters: model.Strings(integration.Field("cacheKeyParameters")),
		})
	}
	for _, f := range Authorizers(definition) {
		r := api
		r.ID = authorizerID(api, f.Key)
		r.At = f.KeyRange
		jwt := f.Tree.Field("jwtConfiguration")
		stack.Authorizers = append(stack.Authorizers, model.Authorizer{
			Resource: r, Name: model.StringValue(tree.Tree{State: tree.StateKnown, Scalar: f.Key, Range: f.KeyRange}),
			API: model.RefValue(self), Type: typeOf(f.Tree), Audience: model.Strings(jwt.Field("audience")),
			Issuer: model.RefValue(jwt.Field("issuer")), Providers: model.Refs(f.Tree.Field("providerARNs")),
			IdentitySources: model.Strings(f.Tree.Field("identitySource")),
		})
	}
	definition = structure(definition)
	for i := range stack.APIs {
		if a := &stack.APIs[i]; a.ID == api.ID && a.World == api.World {
			settings(a, definition)
		}
	}
	return stack.Routes[first:]
}

// authorizerOf returns the authorizer of a route.
func authorizerOf(api model.Resource, r Route) tree.Tree {
	if r.Scheme.Key == "" {
		return tree.Tree{Range: r.Key.Range}
	}
	at := r.Scheme.KeyRange
	return tree.Tree{State: tree.StateUnknown, Range: at, Refs: []string{authorizerID(api, r.Scheme.Key)}, Cause: "unknown until deployment"}
}

// authorizerID returns the id of the authorizer of a security scheme.
func authorizerID(api model.Resource, scheme string) string { return api.ID + "/" + scheme }

// typeOf returns the type of an integration as other templates write it: AWS_PROXY for aws_proxy.
func typeOf(integration tree.Tree) model.Value[string] {
	kind := integration.Field("type")
	if text, ok := kind.String(); ok {
		kind.Scalar = strings.ToUpper(text)
	}
	return model.StringValue(kind)
}
