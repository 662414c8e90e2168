package cloudformation

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

// auth is the property Auth of the API that an event names, or of the one that SAM makes for
// events that name none.
func (b *builder) auth(d declaration, named tree.Tree, section string) tree.Tree {
	if named.State == tree.StateAbsent {
		return d.tree(b.globals.get(section).get("Auth"))
	}
	id, ok := b.idOf(named)
	api := b.template.resource(id)
	kind, _ := api.get("Type").text()
	if ok && api == nil && named.State == tree.StateUnknown && len(named.Refs) == 1 {
		return tree.Unknown(named.Range, named.Cause) // a part of a template: the API is not declared
	}
	if !ok || kind != "AWS::Serverless::"+section {
		return tree.Unknown(named.Range, "the API is not a SAM resource of this template")
	}
	return d.tree(b.withGlobals(api, kind).get("Auth"))
}

// apiOf returns the API that an event names, or the one that SAM makes for events that name none. The first such event
// adds it.
func (b *builder) apiOf(named tree.Tree, section string, at source.Range) tree.Tree {
	if named.State != tree.StateAbsent {
		if id, ok := named.String(); ok {
			return refTree(at, b.prefix+id)
		}
		return named
	}
	id := map[string]string{"Api": "ServerlessRestApi", "HttpApi": "ServerlessHttpApi"}[section]
	if b.pending.implicit == nil {
		b.pending.implicit = map[string]bool{}
	}
	if !b.pending.implicit[b.prefix+id] {
		b.pending.implicit[b.prefix+id] = true
		r := model.Resource{
			Block: model.NewBlock(at), ID: b.prefix + id, Type: "AWS::Serverless::" + section, Generated: true,
			Lineage: source.Lineage{When: source.AllOf(b.literals...), Via: b.via}, World: int(b.base),
		}
		properties := b.resolver().tree(b.globals.get(section))
		if properties.State == tree.StateAbsent {
			properties = treeOf(at)
		}
		b.samAPI(r, properties)
	}
	return refTree(at, b.prefix+id)
}

// samAPI adds an API of SAM, which is its stage, too, in CloudFormation's form.
func (b *builder) samAPI(r model.Resource, properties tree.Tree) {
	at := properties.Range
	switch r.Type {
	case "AWS::Serverless::Api":
		properties = with(properties, "RestApiId", refTree(r.At, r.ID))
		endpoint := properties.Field("EndpointConfiguration")
		if kind := endpoint.Field("Type"); endpoint.IsMap {
			endpoint = treeOf(at, "Types", kind)
		} else if endpoint.State != tree.StateAbsent {
			endpoint = treeOf(at, "Types", endpoint)
		}
		properties = with(properties, "EndpointConfiguration", endpoint)
		properties = with(properties, "Policy", resourcePolicy(properties.Field("Auth").Field("ResourcePolicy")))
		properties = with(properties, "CorsConfiguration", corsOf(properties.Field("Cors")))
	case "AWS::Serverless::HttpApi":
		properties = with(with(properties, "ApiId", refTree(r.At, r.ID)), "ProtocolType", treeOf(at, "", "HTTP").Fields[0].Tree)
		if cors := properties.Field("CorsConfiguration"); isTrueTree(cors) {
			properties = with(properties, "CorsConfiguration", treeOf(cors.Range, "AllowOrigins", listOf(cors.Range, "*")))
		}
	default:
		properties = with(with(properties, "ApiId", refTree(r.At, r.ID)), "ProtocolType", treeOf(at, "", "WEBSOCKET").Fields[0].Tree)
	}
	b.stack.Add(model.SAM, r, properties)
	b.samAuthorizers(r, properties.Field("Auth").Field("Authorizers"))
	b.samDomain(r, properties.Field("Domain"))
	b.samUsagePlan(r, properties.Field("Auth").Field("UsagePlan"))
}

// samDomain adds the custom domain name of an API and the mapping to it.
func (b *builder) samDomain(r model.Resource, domain tree.Tree) {
	if !domain.IsMap {
		return
	}
	if kind := domain.Field("EndpointConfiguration"); kind.State != tree.StateAbsent {
		domain = with(domain, "EndpointConfiguration", treeOf(kind.Range, "Types", kind))
	}
	own := generatedFor(r, "Domain", "AWS::ApiGateway::DomainName", domain.Range)
	b.stack.Add(model.CloudFormation, own, domain)
	b.stack.Add(model.CloudFormation, generatedFor(r, "Mapping", "AWS::ApiGateway::BasePathMapping", domain.Range),
		treeOf(domain.Range, "RestApiId", refTree(r.At, r.ID), "DomainName", refTree(domain.Range, own.ID)))
}

// samUsagePlan adds the usage plan of an API.
func (b *builder) samUsagePlan(r model.Resource, plan tree.Tree) {
	if kind, _ := plan.Field("CreateUsagePlan").String(); plan.State == tree.StateAbsent || kind == "NONE" {
		return
	}
	self := refTree(r.At, r.ID)
	b.stack.Add(model.CloudFormation, generatedFor(r, "UsagePlan", "AWS::ApiGateway::UsagePlan", plan.Range),
		treeOf(plan.Range, "ApiStages", treeOf(plan.Range, "ApiId", self, "Stage", self)))
}

// SAM takes the settings of a JWT authorizer in both spellings.
var (
	jwtIssuer   = tree.ParsePath("issuer|Issuer")     //nolint:gochecknoglobals // never written
	jwtAudience = tree.ParsePath("audience|Audience") //nolint:gochecknoglobals // never written
)

// samAuthorizers adds the authorizers of an API, in CloudFormation's form.
func (b *builder) samAuthorizers(r model.Resource, declared tree.Tree) {
	for _, f := range declared.Fields {
		jwt := f.Tree.Field("JwtConfiguration")
		if jwt.IsMap {
			jwt = treeOf(jwt.Range, "Issuer", jwt.At(jwtIssuer), "Audience", jwt.At(jwtAudience))
		}
		b.stack.Add(model.CloudFormation, generatedFor(r, f.Key+"Authorizer", "AWS::ApiGateway::Authorizer", f.KeyRange), treeOf(f.KeyRange,
			"Name", f.Key, "RestApiId", refTree(f.KeyRange, r.ID), "Type", authorizerType(r.Type, f), "ProviderARNs", f.Tree.Field("UserPoolArn"),
			"JwtConfiguration", jwt, "AuthorizerUri", f.Tree.Field("FunctionArn"), "IdentitySource", identitySources(r.Type, f.Tree)))
	}
}

// identitySources returns the parts of a request that identify the caller, as API Gateway names them. SAM has a list for
// each kind of part, and one header for authorizers of tokens and user pools
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-lambdarequestauthorizationidentity.html).
func identitySources(api string, authorizer tree.Tree) tree.Tree {
	if source := authorizer.Field("IdentitySource"); source.State != tree.StateAbsent {
		return source
	}
	identity := authorizer.Field("Identity")
	if !identity.IsMap {
		return identity
	}
	request, context := "method.request.", ""
	if api == "AWS::Serverless::HttpApi" {
		request, context = "$request.", "$"
	}
	sources := tree.Tree{State: tree.StateKnown, IsList: true, Range: identity.Range}
	for _, part := range []struct{ property, prefix string }{
		{"Header", request + "header."},
		{"Headers", request + "header."},
		{"QueryStrings", request + "querystring."},
		{"StageVariables", context + "stageVariables."},
		{"Context", context + "context."},
	} {
		for _, name := range identity.Field(part.property).Entries() {
			prefix := tree.Tree{State: tree.StateKnown, Scalar: part.prefix, Range: name.Range}
			sources.Items = append(sources.Items, tree.Concat(name.Range, prefix, name))
		}
	}
	return sources
}

// authorizerType returns the type of an authorizer of SAM, which follows from its other settings.
func authorizerType(api string, f tree.Field) tree.Tree {
	kind := f.Tree.Field("FunctionPayloadType")
	name := "TOKEN"
	switch {
	case f.Tree.State == tree.StateUnknown:
		return f.Tree
	case f.Tree.Field("UserPoolArn").State != tree.StateAbsent:
		name = "COGNITO_USER_POOLS"
	case f.Tree.Field("JwtConfiguration").State != tree.StateAbsent:
		name = "JWT"
	case api == "AWS::Serverless::HttpApi":
		name = "REQUEST"
	case kind.State != tree.StateAbsent:
		return kind
	}
	return tree.Tree{State: tree.StateKnown, Scalar: name, Range: f.KeyRange}
}

// corsOf returns the origins of a REST API, which SAM takes as a quoted text or with other settings
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html).
func corsOf(written tree.Tree) tree.Tree {
	origin := written
	if written.IsMap {
		origin = written.Field("AllowOrigin")
	}
	if text, ok := origin.String(); ok {
		origin.Scalar = strings.Trim(text, "'")
	}
	if !written.IsMap {
		if written.State == tree.StateAbsent {
			return written
		}
		return treeOf(written.Range, "AllowOrigins", origin)
	}
	return treeOf(written.Range, "AllowOrigins", origin, "AllowCredentials", written.Field("AllowCredentials"))
}

// resourcePolicy returns the policy that SAM makes of lists of accounts, addresses and networks
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html).
func resourcePolicy(written tree.Tree) tree.Tree {
	if written.State != tree.StateKnown {
		return written
	}
	statements := tree.Tree{State: tree.StateKnown, IsList: true, Range: written.Range}
	add := func(at source.Range, effect string, principal any, condition tree.Tree) {
		statements.Items = append(statements.Items, treeOf(at, "Effect", effect, "Principal", principal, "Action", "execute-api:Invoke", "Resource", "execute-api:/*", "Condition", condition))
	}
	for _, f := range written.Fields {
		at := f.KeyRange
		switch f.Key {
		case "CustomStatements":
			items := f.Tree.Items
			if !f.Tree.IsList {
				items = []tree.Tree{f.Tree}
			}
			statements.Items = append(statements.Items, items...)
		case "AwsAccountWhitelist":
			add(at, "Allow", treeOf(at, "AWS", f.Tree), tree.Tree{})
		case "IpRangeWhitelist":
			add(at, "Allow", "*", tree.Tree{})
			add(at, "Deny", "*", treeOf(at, "NotIpAddress", treeOf(at, "aws:SourceIp", f.Tree)))
		case "AwsAccountBlacklist": // SAM adds no statement that allows the others
			add(at, "Deny", treeOf(at, "AWS", f.Tree), tree.Tree{})
		case "SourceVpcWhitelist", "IntrinsicVpcWhitelist", "IntrinsicVpceWhitelist":
			add(at, "Allow", "*", tree.Tree{})
			add(at, "Deny", "*", treeOf(at, "StringNotEquals", treeOf(at, "aws:SourceVpce", f.Tree)))
		default: // lists of callers to deny: everyone else is allowed
			add(at, "Allow", "*", tree.Tree{})
		}
	}
	return treeOf(written.Range, "Statement", statements)
}

// idOf is the id of the resource that a value names, within its template.
func (t *template) idOf(named tree.Tree) (string, bool) {
	if len(named.Refs) == 1 {
		return strings.TrimPrefix(named.Refs[0], t.prefix), true
	}
	return named.String()
}

// stageOf is how SAM names the stage of a REST API in the ids of permissions.
func (b *builder) stageOf(api tree.Tree) string {
	if api.State == tree.StateAbsent {
		return "Prod"
	}
	id, ok := b.idOf(api)
	if !ok {
		return "AllStages"
	}
	stage := b.template.resource(id).get("Properties").get("StageName")
	if name, ok := stage.text(); ok && !strings.ContainsAny(name, "${}") {
		return name
	}
	return "Stage"
}

// api adds the stage of an API and the permissions of the functions that authorize requests to an API. For HTTP APIs SAM
// adds them only when it is told to.
func (b *builder) api(d declaration) {
	b.samAPI(d.Resource, d.properties)
	d.secure(openapi.Add(b.stack, d.Resource, d.properties.Field("DefinitionBody")))
	for _, authorizer := range d.properties.Field("Auth").Field("Authorizers").Fields {
		function := authorizer.Tree.Field("FunctionArn")
		if function.State == tree.StateAbsent {
			continue
		}
		granted := !isTrueTree(authorizer.Tree.Field("DisableFunctionDefaultPermissions"))
		if d.Type == "AWS::Serverless::HttpApi" {
			granted = isTrueTree(authorizer.Tree.Field("EnableFunctionDefaultPermissions"))
		}
		if granted {
			b.invokedBy(d, authorizer.Key+"AuthorizerPermission", function, authorizer.KeyRange)
		}
	}
}

// secure gives the routes of a definition that have no authorization the default of their API, as SAM does.
func (d declaration) secure(routes []model.Route) {
	auth := d.properties.Field("Auth")
	section := strings.TrimPrefix(d.Type, "AWS::Serverless::")
	for i := range routes {
		r := &routes[i]
		if r.Authorization.State == tree.StateAbsent {
			r.Authorization = model.StringValue(authorization(auth.Field("DefaultAuthorizer"), auth, section, r.At))
		}
		if r.APIKeyRequired.State == tree.StateAbsent {
			r.APIKeyRequired = model.BoolValue(auth.Field("ApiKeyRequired"))
		}
	}
}

func isTrueTree(t tree.Tree) bool {
	on, ok := model.BoolValue(t).Get() // CloudFormation takes a text for a truth value, too
	return ok && on
}

// invokedBy adds a permission for an API.
func (b *builder) invokedBy(d declaration, suffix string, function tree.Tree, at source.Range) {
	b.stack.Add(model.CloudFormation, d.generated(suffix, "AWS::Lambda::Permission", at), treeOf(at,
		"FunctionName", function, "Action", "lambda:InvokeFunction", "Principal", "apigateway.amazonaws.com",
		"SourceArn", generatedFrom(at, exampleARN("execute-api", "a1b2c3d4e5/authorizers/*"), d.ID)))
}

// webSocketAPI adds the routes of a WebSocket API and the permissions of their functions.
func (b *builder) webSocketAPI(d declaration) {
	b.samAPI(d.Resource, d.properties)
	auth := d.properties.Field("Auth")
	for _, route := range d.properties.Field("Routes").Fields {
		function := route.Tree.Field("FunctionArn")
		kind, authorizer := tree.Tree{Range: route.KeyRange}, tree.Tree{Range: route.KeyRange}
		if route.Key == "$connect" { // only connecting is authorized
			kind, authorizer = auth.Field("AuthType"), b.webSocketAuthorizer(d, auth)
		}
		suffix := strings.ToUpper(alphanumeric(route.Key)[:1]) + alphanumeric(route.Key)[1:]
		api, integration := refTree(route.KeyRange, d.ID), d.generated(suffix+"Integration", "AWS::ApiGatewayV2::Integration", route.KeyRange)
		b.stack.Add(model.CloudFormation, integration, treeOf(route.KeyRange, "ApiId", api, "IntegrationType", "AWS_PROXY", "IntegrationUri", function,
			"TimeoutInMillis", route.Tree.Field("IntegrationTimeout")))
		b.stack.Add(model.CloudFormation, d.generated(suffix+"Route", "AWS::ApiGatewayV2::Route", route.KeyRange), treeOf(route.KeyRange,
			"RouteKey", route.Key, "AuthorizationType", kind, "AuthorizerId", authorizer, "ApiId", api, "ApiKeyRequired", route.Tree.Field("ApiKeyRequired"),
			"Target", refTree(route.KeyRange, integration.ID)))
		b.invokedBy(d, suffix+"Permission", function, route.KeyRange)
	}
	if arn := auth.Field("AuthArn"); arn.State != tree.StateAbsent {
		b.invokedBy(d, "AuthorizerPermission", arn, auth.Field("AuthArn").Range)
	}
}

// webSocketAuthorizer adds the authorizer of a WebSocket API, and returns a reference to it. There is none without a function
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-websocketapi-websocketapiauth.html).
func (b *builder) webSocketAuthorizer(d declaration, auth tree.Tree) tree.Tree {
	function := auth.Field("AuthArn")
	if function.State == tree.StateAbsent {
		return tree.Tree{Range: auth.Range}
	}
	own := d.generated("Authorizer", "AWS::ApiGatewayV2::Authorizer", function.Range)
	b.stack.Add(model.CloudFormation, own, treeOf(function.Range, "Name", auth.Field("Name"), "ApiId", refTree(function.Range, d.ID),
		"AuthorizerType", "REQUEST", "AuthorizerUri", function, "IdentitySource", auth.Field("IdentitySource")))
	return refTree(function.Range, own.ID)
}
