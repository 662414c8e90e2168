package cloudformation

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

// apiEvent adds the route of an API that calls the function, and its permission.
func (b *builder) apiEvent(d declaration, event tree.Field, kind string) {
	at, properties := event.KeyRange, event.Tree.Field("Properties")
	named, section, suffix := properties.Field("ApiId"), "HttpApi", "Permission"
	if kind == "Api" {
		named, section = properties.Field("RestApiId"), "Api"
		suffix += b.stageOf(named)
	}
	b.route(d, event, b.apiOf(named, section, at), b.auth(d, named, section), section)
	b.stack.Add(model.CloudFormation, d.generated(event.Key+suffix, "AWS::Lambda::Permission", at), treeOf(at,
		"FunctionName", refTree(at, d.ID), "Action", "lambda:InvokeFunction", "Principal", "apigateway.amazonaws.com",
		"SourceArn", generatedLater(at, exampleARN("execute-api", "a1b2c3d4e5/*/GET/"))))
}

// auth is the property Auth of the API that an event names, or of the one that SAM makes for
// events that name none.
func (b *builder) auth(d declaration, named tree.Tree, section string) tree.Tree {
	if named.State == tree.StateAbsent {
		return d.tree(b.globals.get(section).get("Auth"))
	}
	id, ok := b.idOf(named)
	api := b.template.resource(id)
	kind, _ := api.get("Type").text()
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
	case "AWS::Serverless::HttpApi":
		properties = with(with(properties, "ApiId", refTree(r.At, r.ID)), "ProtocolType", treeOf(at, "", "HTTP").Fields[0].Tree)
	default:
		properties = with(with(properties, "ApiId", refTree(r.At, r.ID)), "ProtocolType", treeOf(at, "", "WEBSOCKET").Fields[0].Tree)
	}
	b.stack.Add(model.SAM, r, properties)
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

// route adds a way into an API with the authorization that is in effect: of the event, else the
// default of the API
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html).
func (b *builder) route(d declaration, event tree.Field, api, auth tree.Tree, section string) {
	at, properties := event.KeyRange, event.Tree.Field("Properties")
	own := properties.Field("Auth")
	authorizer := own.Field("Authorizer")
	if authorizer.State == tree.StateAbsent {
		authorizer = auth.Field("DefaultAuthorizer")
	}
	keyed := own.Field("ApiKeyRequired")
	if keyed.State == tree.StateAbsent {
		keyed = auth.Field("ApiKeyRequired")
	}
	method, path := properties.Field("Method"), properties.Field("Path")
	key := tree.Tree{State: tree.StateKnown, Scalar: "$default", Range: at}
	if path.State != tree.StateAbsent {
		key = tree.Concat(path.Range, method, tree.Tree{State: tree.StateKnown, Scalar: " ", Range: at}, path)
		if text, ok := key.String(); ok {
			name, rest, _ := strings.Cut(text, " ")
			key.Scalar = strings.ToUpper(name) + " " + rest
		}
	}
	b.stack.Add(model.CloudFormation, d.generated(event.Key+"Route", "AWS::ApiGateway::Method", at), treeOf(at,
		"RouteKey", key, "AuthorizationType", authorization(authorizer, auth, section, at), "AuthorizerId", authorizer,
		"ApiKeyRequired", keyed, "RestApiId", api, "Integration", treeOf(at, "Type", "AWS_PROXY", "Uri", refTree(at, d.ID),
			"TimeoutInMillis", properties.Field("TimeoutInMillis"), "ResponseTransferMode", properties.Field("ResponseTransferMode"))))
	b.stack.Routes[len(b.stack.Routes)-1].Statements = model.ParsePolicy(resourcePolicy(own.Field("ResourcePolicy")))
}

// authorization is the kind of an authorizer by its name.
func authorization(authorizer, auth tree.Tree, section string, at source.Range) tree.Tree {
	name, ok := authorizer.String()
	switch {
	case authorizer.State == tree.StateAbsent:
		return tree.Tree{Range: at}
	case !ok:
		return tree.Unknown(authorizer.Range, authorizer.Cause)
	case name == "NONE", name == "AWS_IAM":
		return authorizer
	}
	declared := auth.Field("Authorizers").Field(name)
	kind := "CUSTOM"
	switch {
	case declared.Field("UserPoolArn").State != tree.StateAbsent:
		kind = "COGNITO_USER_POOLS"
	case declared.Field("JwtConfiguration").State != tree.StateAbsent,
		section == "HttpApi" && declared.Field("FunctionArn").State == tree.StateAbsent:
		kind = "JWT"
	}
	authorizer.Scalar = kind
	return authorizer
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
			b.invokedBy(d, authorizer.Key+"AuthorizerPermission", function, authorizer.KeyRange, "apigateway.amazonaws.com")
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
	on, ok := t.Scalar.(bool)
	return ok && on
}

// invokedBy adds a permission for a service, for one of its resources.
func (b *builder) invokedBy(d declaration, suffix string, function tree.Tree, at source.Range, principal string) {
	b.stack.Add(model.CloudFormation, d.generated(suffix, "AWS::Lambda::Permission", at), treeOf(at,
		"FunctionName", function, "Action", "lambda:InvokeFunction", "Principal", principal, "SourceArn", generatedLater(at, exampleARN("execute-api", "a1b2c3d4e5/authorizers/*"))))
}

// webSocketAPI adds the routes of a WebSocket API and the permissions of their functions.
func (b *builder) webSocketAPI(d declaration) {
	b.samAPI(d.Resource, d.properties)
	auth := d.properties.Field("Auth")
	for _, route := range d.properties.Field("Routes").Fields {
		function := route.Tree.Field("FunctionArn")
		kind := tree.Tree{Range: route.KeyRange}
		if route.Key == "$connect" { // only connecting is authorized
			kind = auth.Field("AuthType")
		}
		suffix := strings.ToUpper(alphanumeric(route.Key)[:1]) + alphanumeric(route.Key)[1:]
		b.stack.Add(model.CloudFormation, d.generated(suffix+"Route", "AWS::ApiGatewayV2::Route", route.KeyRange), treeOf(route.KeyRange,
			"RouteKey", route.Key, "AuthorizationType", kind, "ApiId", refTree(route.KeyRange, d.ID), "Integration", treeOf(route.KeyRange, "Uri", function)))
		b.invokedBy(d, suffix+"Permission", function, route.KeyRange, "apigateway.amazonaws.com")
	}
	if arn := auth.Field("AuthArn"); arn.State != tree.StateAbsent {
		b.invokedBy(d, "AuthorizerPermission", arn, auth.Field("AuthArn").Range, "apigateway.amazonaws.com")
	}
}
