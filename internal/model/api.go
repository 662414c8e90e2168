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
	Stages          []Stage          `json:"stages" tf:"aws_api_gateway_stage|aws_apigatewayv2_stage|aws_api_gateway_deployment" cfn:"AWS::ApiGateway::Stage|AWS::ApiGatewayV2::Stage|AWS::ApiGateway::Deployment" sam:"AWS::Serverless::Api|AWS::Serverless::HttpApi|AWS::Serverless::WebSocketApi"`
	StageSettings   []StageSettings  `json:"stage_settings" tf:"aws_api_gateway_method_settings"`
	APIKeys         []APIKey         `json:"api_keys" tf:"aws_api_gateway_api_key" cfn:"AWS::ApiGateway::ApiKey"`
	APIDomains      []APIDomain      `json:"api_domains" tf:"aws_api_gateway_domain_name|aws_apigatewayv2_domain_name" cfn:"AWS::ApiGateway::DomainName|AWS::ApiGateway::DomainNameV2|AWS::ApiGatewayV2::DomainName"`
	APIMappings     []APIMapping     `json:"api_mappings" tf:"aws_api_gateway_base_path_mapping|aws_apigatewayv2_api_mapping|aws_apigatewayv2_routing_rule" cfn:"AWS::ApiGateway::BasePathMapping|AWS::ApiGateway::BasePathMappingV2|AWS::ApiGatewayV2::ApiMapping|AWS::ApiGatewayV2::RoutingRule"`
	APIPaths        []APIPath        `json:"-" tf:"aws_api_gateway_resource" cfn:"AWS::ApiGateway::Resource"` // Link moves them into the keys of their routes
	UsagePlans      []UsagePlan      `json:"usage_plans" tf:"aws_api_gateway_usage_plan" cfn:"AWS::ApiGateway::UsagePlan"`
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
	// NoDefaultEndpoint disables the endpoint in the domain execute-api, beside that of a custom domain name.
	NoDefaultEndpoint Value[bool] `json:"default_endpoint_disabled" tf:"disable_execute_api_endpoint" cfn:"DisableExecuteApiEndpoint" default:"false"`
	// CompressionSize is the size in bytes from which a REST API compresses responses. Without it, it compresses none.
	CompressionSize Value[int] `json:"compression_size" tf:"minimum_compression_size" cfn:"MinimumCompressionSize"`
	// CORS is that of an HTTP API. SAM has it for REST APIs, too.
	CORS APICORS `json:"cors" tf:"cors_configuration" cfn:"CorsConfiguration"`
}

// APICORS are the websites whose scripts may read the responses of an API.
// Defaults: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-cors.html
type APICORS struct {
	Block
	AllowOrigins     List[Value[string]] `json:"allow_origins" tf:"allow_origins" cfn:"AllowOrigins"`
	AllowCredentials Value[bool]         `json:"allow_credentials" tf:"allow_credentials" cfn:"AllowCredentials" default:"false"`
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
	Key Value[string] `json:"key" tf:"route_key|http_method" cfn:"RouteKey|HttpMethod"` // GET /orders, or the method alone where the path is unknown
	// Authorization is NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS or JWT.
	Authorization  Value[string] `json:"authorization" tf:"authorization|authorization_type" cfn:"AuthorizationType" default:"NONE"`
	Authorizer     Ref           `json:"authorizer" tf:"authorizer_id" cfn:"AuthorizerId" to:"authorizers"`
	APIKeyRequired Value[bool]   `json:"api_key_required" tf:"api_key_required" cfn:"ApiKeyRequired" default:"false"`
	API            Ref           `json:"api" tf:"rest_api_id|api_id" cfn:"RestApiId|ApiId" to:"apis"`
	Path           Ref           `json:"-" tf:"resource_id" cfn:"ResourceId"`
	Target         Ref           `json:"-" tf:"target" cfn:"Target" to:"api_integrations"`
	Function       Ref           `json:"function" tf:"-" cfn:"Integration.Uri" to:"functions"` // where the route names it itself
	// RequestValidator validates the requests of a method before they reach its backend. Without one, request models
	// and required parameters only document the method.
	RequestValidator Value[string] `json:"request_validator" tf:"request_validator_id" cfn:"RequestValidatorId"`
	RequestModels    Map           `json:"request_models" tf:"request_models" cfn:"RequestModels"`

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
	// Timeout is how long the API waits for the backend, in milliseconds. Its default depends on the kind of API: 29 s, 30 s for HTTP APIs.
	// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
	Timeout      Value[int]    `json:"timeout" tf:"timeout_milliseconds" cfn:"Integration.TimeoutInMillis|TimeoutInMillis"`
	TransferMode Value[string] `json:"transfer_mode" tf:"response_transfer_mode" cfn:"Integration.ResponseTransferMode" default:"BUFFERED"`
	Parameters   Map           `json:"parameters" tf:"request_parameters" cfn:"Integration.RequestParameters|RequestParameters"`
	// ConnectionType is INTERNET or VPC_LINK.
	ConnectionType Value[string] `json:"connection_type" tf:"connection_type" cfn:"Integration.ConnectionType|ConnectionType" default:"INTERNET"`
	// TLS makes an HTTP API use HTTPS through a VPC link. Without it, it uses HTTP.
	// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
	TLS IntegrationTLS `json:"tls" tf:"tls_config" cfn:"TlsConfig"`
	// CacheKeyParameters are the parameters of a request that a cached response depends on.
	CacheKeyParameters List[Value[string]] `json:"cache_key_parameters" tf:"cache_key_parameters" cfn:"Integration.CacheKeyParameters"`
}

// IntegrationTLS is the TLS configuration of a private integration.
type IntegrationTLS struct {
	Block
	ServerName Value[string] `json:"server_name" tf:"server_name_to_verify" cfn:"ServerNameToVerify"`
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
	Issuer    Ref                 `json:"issuer" tf:"jwt_configuration.issuer" cfn:"JwtConfiguration.Issuer" to:"user_pools"`
	Providers List[Ref]           `json:"providers" tf:"provider_arns" cfn:"ProviderARNs" to:"user_pools"`
	// IdentitySources are the parts of a request that identify the caller: method.request.header.Authorization for REST
	// APIs, $request.header.Authorization for HTTP APIs. One text of a REST API can contain several, separated by commas.
	IdentitySources List[Value[string]] `json:"identity_sources" tf:"identity_source|identity_sources" cfn:"IdentitySource"`
}

// Stage is a stage of an API. A deployment that names a stage creates it; another is no stage.
// Defaults: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
type Stage struct {
	Resource
	Name      Value[string]  `json:"name" tf:"stage_name|name" cfn:"StageName" plain:"true"`
	API       Ref            `json:"api" tf:"rest_api_id|api_id" cfn:"RestApiId|ApiId" to:"apis"`
	Variables Map            `json:"variables" tf:"variables|stage_variables" cfn:"Variables|StageVariables|StageDescription.Variables" secret:"key"`
	Functions StageFunctions `json:"-" tf:"variables|stage_variables" cfn:"Variables|StageVariables|StageDescription.Variables"`
	// Settings are those of methods or, for HTTP and WebSocket APIs, of all routes.
	Settings List[MethodSetting] `json:"settings" tf:"default_route_settings" cfn:"MethodSettings|DefaultRouteSettings|StageDescription.MethodSettings|StageDescription"`
	// RouteLimits are the throttling rates of single routes of an HTTP or WebSocket API.
	RouteLimits List[Value[int]] `json:"route_limits" tf:"route_settings[].throttling_rate_limit" cfn:"RouteSettings.*.ThrottlingRateLimit"`
	AccessLog   AccessLog        `json:"access_log" tf:"access_log_settings" cfn:"AccessLogSetting|AccessLogSettings|StageDescription.AccessLogSetting"`
	// Tracing is that of REST APIs.
	Tracing      Value[bool] `json:"tracing" tf:"xray_tracing_enabled" cfn:"TracingEnabled|StageDescription.TracingEnabled" default:"false"`
	CacheCluster Value[bool] `json:"cache_cluster" tf:"cache_cluster_enabled" cfn:"CacheClusterEnabled|StageDescription.CacheClusterEnabled" default:"false"`
	// ClientCertificate is the certificate that the API presents to HTTP backends.
	ClientCertificate Value[string] `json:"client_certificate" tf:"client_certificate_id" cfn:"ClientCertificateId|StageDescription.ClientCertificateId"`
}

// AccessLog is the log of the requests to a stage.
type AccessLog struct {
	Block
	Destination Value[string] `json:"destination" tf:"destination_arn" cfn:"DestinationArn"`
	Format      Value[string] `json:"format" tf:"format" cfn:"Format"` // with $context variables
}

// MethodSetting configures the methods or routes of a stage.
// Defaults: https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html
type MethodSetting struct {
	Block
	// Path and Method are those of a REST API that the setting is for: /* and * for all.
	Path           Value[string] `json:"path" cfn:"ResourcePath"`
	Method         Value[string] `json:"method" cfn:"HttpMethod"`
	LoggingLevel   Value[string] `json:"logging_level" tf:"logging_level" cfn:"LoggingLevel" default:"OFF"`
	DataTrace      Value[bool]   `json:"data_trace" tf:"data_trace_enabled" cfn:"DataTraceEnabled" default:"false"`
	Caching        Value[bool]   `json:"caching" tf:"caching_enabled" cfn:"CachingEnabled" default:"false"`
	CacheEncrypted Value[bool]   `json:"cache_encrypted" tf:"cache_data_encrypted" cfn:"CacheDataEncrypted" default:"false"`
	// CacheAuthorization says whether a client needs a permission to make the API ignore and replace a cached response.
	CacheAuthorization Value[bool] `json:"cache_authorization" tf:"require_authorization_for_cache_control"`
	Metrics            Value[bool] `json:"metrics" tf:"metrics_enabled|detailed_metrics_enabled" cfn:"MetricsEnabled|DetailedMetricsEnabled" default:"false"`
	// The throttling limits are requests and requests a second. Without them, or with -1, those of the account apply.
	ThrottlingBurst Value[int] `json:"throttling_burst" tf:"throttling_burst_limit" cfn:"ThrottlingBurstLimit"`
	ThrottlingRate  Value[int] `json:"throttling_rate" tf:"throttling_rate_limit" cfn:"ThrottlingRateLimit"`
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
	MutualTLS      MutualTLS           `json:"mutual_tls" tf:"mutual_tls_authentication" cfn:"MutualTlsAuthentication"`
}

// MutualTLS makes a custom domain name require certificates of clients.
type MutualTLS struct {
	Block
	Truststore        Value[string] `json:"truststore" tf:"truststore_uri" cfn:"TruststoreUri"` // s3://BUCKET/KEY
	TruststoreVersion Value[string] `json:"truststore_version" tf:"truststore_version" cfn:"TruststoreVersion"`
}

// APIMapping makes an API reachable at a custom domain name: a base path or a routing rule.
type APIMapping struct {
	Resource
	API    Ref `json:"api" tf:"api_id|action.invoke_api.api_id" cfn:"RestApiId|ApiId|Actions.InvokeApi.ApiId" to:"apis"`
	Domain Ref `json:"domain" tf:"domain_name_id|domain_name" cfn:"DomainName|DomainNameArn" to:"api_domains"`
}

// UsagePlan limits the requests of customers, whom their API keys identify.
type UsagePlan struct {
	Resource
	Stages List[PlanStage] `json:"stages" tf:"api_stages" cfn:"ApiStages"`
}

// PlanStage is a stage that a usage plan is for.
type PlanStage struct {
	Block
	API   Ref `json:"api" tf:"api_id" cfn:"ApiId" to:"apis"`
	Stage Ref `json:"stage" tf:"stage" cfn:"Stage" to:"stages"`
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
