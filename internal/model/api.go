package model

import (
	"slices"
	"strings"

	"lintel/internal/tree"
)

// apiKinds are APIs of API Gateway.
type apiKinds struct {
	APIs            []API            `json:"apis" tf:"aws_api_gateway_rest_api|aws_apigatewayv2_api" cfn:"AWS::ApiGateway::RestApi|AWS::ApiGatewayV2::Api" sam:"AWS::Serverless::Api|AWS::Serverless::HttpApi|AWS::Serverless::WebSocketApi"`
	Routes          []Route          `json:"routes" tf:"aws_api_gateway_method|aws_apigatewayv2_route" cfn:"AWS::ApiGateway::Method|AWS::ApiGatewayV2::Route"`
	APIIntegrations []APIIntegration `json:"api_integrations" tf:"aws_api_gateway_integration|aws_apigatewayv2_integration" cfn:"AWS::ApiGateway::Method|AWS::ApiGatewayV2::Integration"`
	Authorizers     []Authorizer     `json:"authorizers" tf:"aws_api_gateway_authorizer|aws_apigatewayv2_authorizer" cfn:"AWS::ApiGateway::Authorizer|AWS::ApiGatewayV2::Authorizer"`
	APIPolicies     []APIPolicy      `json:"api_policies" tf:"aws_api_gateway_rest_api_policy"`
	Stages          []Stage          `json:"stages" tf:"aws_api_gateway_stage|aws_apigatewayv2_stage|aws_api_gateway_deployment" cfn:"AWS::ApiGateway::Stage|AWS::ApiGatewayV2::Stage" sam:"AWS::Serverless::Api|AWS::Serverless::HttpApi|AWS::Serverless::WebSocketApi"`
	StageSettings   []StageSettings  `json:"stage_settings" tf:"aws_api_gateway_method_settings"`
	APIKeys         []APIKey         `json:"api_keys" tf:"aws_api_gateway_api_key" cfn:"AWS::ApiGateway::ApiKey"`
	APIDomains      []APIDomain      `json:"api_domains" tf:"aws_api_gateway_domain_name|aws_apigatewayv2_domain_name" cfn:"AWS::ApiGateway::DomainName|AWS::ApiGatewayV2::DomainName"`
}

// API is a REST, an HTTP or a WebSocket API.
// Defaults: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html
type API struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"Name"`
	// Protocol is HTTP or WEBSOCKET; REST APIs have none.
	Protocol Value[string] `json:"protocol" tf:"protocol_type" cfn:"ProtocolType"`
	// EndpointTypes are EDGE, REGIONAL or PRIVATE. Without one a REST API is edge-optimized.
	EndpointTypes List[Value[string]] `json:"endpoint_types" tf:"endpoint_configuration.types" cfn:"EndpointConfiguration.Types"`
	Target        Ref                 `json:"target" tf:"target" cfn:"Target" to:"functions"` // quick create: the integration of a route for all requests
	Statements    List[Statement]     `json:"statements" tf:"policy" cfn:"Policy"`
	DefaultAuth   Value[string]       `json:"default_authorizer" sam:"Auth.DefaultAuthorizer"`
}

// APIPolicy is the resource policy of a REST API in a resource of its own.
type APIPolicy struct {
	Resource
	API        Ref             `json:"api" tf:"rest_api_id" to:"apis"`
	Statements List[Statement] `json:"statements" tf:"policy"`
}

// Route is a way into an API of API Gateway: a method of a REST API, a route of an HTTP or a
// WebSocket API.
type Route struct {
	Resource
	Key Value[string] `json:"key" tf:"route_key|http_method" cfn:"RouteKey|HttpMethod"` // GET /orders, or the method alone where the path is a resource of its own
	// Authorization is NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS or JWT.
	Authorization  Value[string] `json:"authorization" tf:"authorization|authorization_type" cfn:"AuthorizationType" default:"NONE"`
	Authorizer     Ref           `json:"authorizer" tf:"authorizer_id" cfn:"AuthorizerId" to:"authorizers"`
	APIKeyRequired Value[bool]   `json:"api_key_required" tf:"api_key_required" cfn:"ApiKeyRequired" default:"false"`
	API            Ref           `json:"api" tf:"rest_api_id|api_id" cfn:"RestApiId|ApiId" to:"apis"`
	Path           Ref           `json:"-" tf:"resource_id" cfn:"ResourceId"`
	Target         Ref           `json:"-" tf:"target" cfn:"Target" to:"api_integrations"`
	Function       Ref           `json:"function" tf:"-" cfn:"Integration.Uri" to:"functions"` // where the route names it itself

	// Integrations are those of the route, filled by Link.
	Integrations BackRef `json:"integrations"`
	// Statements are the resource policy that SAM makes for one route.
	Statements List[Statement] `json:"statements"`
}

// APIIntegration is the backend of a route.
type APIIntegration struct {
	Resource
	API    Ref `json:"api" tf:"rest_api_id|api_id" cfn:"RestApiId|ApiId" to:"apis"`
	Path   Ref `json:"-" tf:"resource_id" cfn:"ResourceId"`
	Method Ref `json:"-" tf:"http_method" cfn:"HttpMethod" to:"routes"`
	// Type is AWS_PROXY, AWS, HTTP_PROXY, HTTP or MOCK.
	Type        Value[string] `json:"type" tf:"type|integration_type" cfn:"Integration.Type|IntegrationType"`
	URI         Ref           `json:"uri" tf:"uri|integration_uri" cfn:"Integration.Uri|IntegrationUri" to:"functions"`
	Credentials Ref           `json:"credentials" tf:"credentials|credentials_arn" cfn:"Integration.Credentials|CredentialsArn" to:"roles"`
	Insecure    Value[bool]   `json:"insecure_skip_verification" tf:"tls_config.insecure_skip_verification" default:"false"`
}

// Authorizer decides which requests an API accepts.
type Authorizer struct {
	Resource
	Name Value[string] `json:"name" tf:"name" cfn:"Name"`
	API  Ref           `json:"api" tf:"rest_api_id|api_id" cfn:"RestApiId|ApiId" to:"apis"`
	// Type is TOKEN, REQUEST, COGNITO_USER_POOLS or JWT. Only Terraform has a default:
	// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_authorizer
	Type      Value[string]       `json:"type" tf:"type|authorizer_type" cfn:"Type|AuthorizerType" default:"TOKEN"`
	Audience  List[Value[string]] `json:"audience" tf:"jwt_configuration.audience" cfn:"JwtConfiguration.Audience"`
	Providers List[Value[string]] `json:"providers" tf:"provider_arns" cfn:"ProviderARNs"`
}

// Stage is a stage of an API.
type Stage struct {
	Resource
	Name      Value[string]       `json:"name" tf:"stage_name|name" cfn:"StageName"`
	API       Ref                 `json:"api" tf:"rest_api_id|api_id" cfn:"RestApiId|ApiId" to:"apis"`
	Variables Map                 `json:"variables" tf:"variables|stage_variables" cfn:"Variables|StageVariables" secret:"key"`
	Settings  List[MethodSetting] `json:"settings" tf:"default_route_settings" cfn:"MethodSettings|DefaultRouteSettings"`
}

// MethodSetting configures the methods or routes of a stage.
// Defaults: https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html
type MethodSetting struct {
	Block
	LoggingLevel   Value[string] `json:"logging_level" tf:"logging_level" cfn:"LoggingLevel" default:"OFF"`
	DataTrace      Value[bool]   `json:"data_trace" tf:"data_trace_enabled" cfn:"DataTraceEnabled" default:"false"`
	Caching        Value[bool]   `json:"caching" tf:"caching_enabled" cfn:"CachingEnabled" default:"false"`
	CacheEncrypted Value[bool]   `json:"cache_encrypted" tf:"cache_data_encrypted" cfn:"CacheDataEncrypted" default:"false"`
}

// StageSettings are settings of methods in a resource of their own.
type StageSettings struct {
	Resource
	API      Ref           `json:"api" tf:"rest_api_id" to:"apis"`
	Stage    Ref           `json:"stage" tf:"stage_name" to:"stages"`
	Path     Value[string] `json:"path" tf:"method_path"`
	Settings MethodSetting `json:"settings" tf:"settings"`
}

// APIKey is a key that clients of a REST API send.
type APIKey struct {
	Resource
	Value Value[string] `json:"value" tf:"value" cfn:"Value" secret:"itself"`
}

// APIDomain is a custom domain name of APIs.
type APIDomain struct {
	Resource
	Name           Value[string]       `json:"name" tf:"domain_name" cfn:"DomainName"`
	EndpointTypes  List[Value[string]] `json:"endpoint_types" tf:"endpoint_configuration.types|domain_name_configuration.endpoint_type" cfn:"EndpointConfiguration.Types|DomainNameConfigurations.EndpointType"`
	SecurityPolicy Value[string]       `json:"security_policy" tf:"security_policy|domain_name_configuration.security_policy" cfn:"SecurityPolicy|DomainNameConfigurations.SecurityPolicy"`
}

// joinIntegrations gives each route its integrations: those that it names, those that are part of it, and those of the
// same method and path.
func (s *Stack) joinIntegrations() {
	within, beside := map[string][]int{}, map[string][]int{}
	for i := range s.APIIntegrations {
		integration := &s.APIIntegrations[i]
		within[integration.ID] = append(within[integration.ID], i)
		if place := placeOf(integration.Path); place != "" {
			beside[place] = append(beside[place], i)
		}
	}
	for i := range s.Routes {
		r := &s.Routes[i]
		found := slices.Clone(r.Target.targets)
		for _, j := range within[r.ID] {
			if s.APIIntegrations[j].World == r.World {
				found = append(found, j)
			}
		}
		if len(found) == 0 {
			found = slices.DeleteFunc(slices.Clone(beside[placeOf(r.Path)]), func(j int) bool {
				return !s.APIIntegrations[j].of(r, i)
			})
		}
		r.Integrations.targets = found
	}
}

// of reports whether an integration is, or may be, that of a route at the same path.
func (a *APIIntegration) of(r *Route, index int) bool {
	if len(a.Method.targets) > 0 {
		return slices.Contains(a.Method.targets, index)
	}
	own, known := a.Method.Get()
	method, also := r.Key.Get()
	return !known || !also || own == method
}

// placeOf returns the resource of a path, empty if nothing is known of it.
func placeOf(path Ref) string {
	if len(path.IDs) > 0 {
		return strings.Join(path.IDs, " ")
	}
	id, _ := path.Get()
	if path.State != tree.StateKnown {
		return ""
	}
	return id
}
