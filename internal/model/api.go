package model

// apiKinds are APIs of API Gateway.
type apiKinds struct {
	Routes []Route `json:"routes" tf:"aws_api_gateway_method|aws_apigatewayv2_route" cfn:"AWS::ApiGateway::Method|AWS::ApiGatewayV2::Route"`
}

// Route is a way into an API of API Gateway: a method of a REST API, a route of an HTTP or a
// WebSocket API.
type Route struct {
	Resource
	Key Value[string] `json:"key" tf:"route_key|http_method" cfn:"RouteKey|HttpMethod"` // GET /orders, or the method alone where the path is a resource of its own
	// Authorization is NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS or JWT.
	Authorization  Value[string] `json:"authorization" tf:"authorization|authorization_type" cfn:"AuthorizationType" default:"NONE"`
	Authorizer     Value[string] `json:"authorizer" tf:"authorizer_id" cfn:"AuthorizerId"`
	APIKeyRequired Value[bool]   `json:"api_key_required" tf:"api_key_required" cfn:"ApiKeyRequired" default:"false"`
	API            Value[string] `json:"api" tf:"rest_api_id|api_id" cfn:"RestApiId|ApiId"`
	Function       Ref           `json:"function" tf:"-" cfn:"Integration.Uri" to:"functions"` // where the route names it itself
}
