package openapi

import (
	"slices"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// settings gives an API the settings that its definition contains, where the API has none itself: the resource policy of a REST
// API, CORS of an HTTP API, and whether the default endpoint is disabled
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).
func settings(a *model.API, definition tree.Tree) {
	if isREST(a.Type) && a.Statements.State == tree.StateAbsent {
		a.Statements = model.ParsePolicy(definition.Field("x-amazon-apigateway-policy"))
	}
	if cors := definition.Field("x-amazon-apigateway-cors"); !isREST(a.Type) && a.CORS.State == tree.StateAbsent && cors.State != tree.StateAbsent {
		a.CORS = model.APICORS{
			Block: model.BlockValue(cors), AllowOrigins: model.Strings(cors.Field("allowOrigins")),
			AllowCredentials: model.BoolValue(cors.Field("allowCredentials")),
		}
	}
	endpoint := definition.Field(endpointConfiguration)
	if servers := definition.Field("servers").Items; endpoint.State == tree.StateAbsent && len(servers) > 0 {
		endpoint = servers[0].Field(endpointConfiguration)
	}
	if disabled := endpoint.Field("disableExecuteApiEndpoint"); a.NoDefaultEndpoint.State == tree.StateAbsent && disabled.State != tree.StateAbsent {
		a.NoDefaultEndpoint = model.BoolValue(disabled)
	}
}

// isREST reports whether a type is that of REST APIs. Only these have resource policies, and only HTTP APIs have settings of CORS.
func isREST(kind string) bool {
	return slices.Contains([]string{"aws_api_gateway_rest_api", "AWS::ApiGateway::RestApi", "AWS::Serverless::Api"}, kind)
}

// endpointConfiguration is the extension for the endpoint of an API. Swagger has it at the top, OpenAPI in its servers.
const endpointConfiguration = "x-amazon-apigateway-endpoint-configuration"
