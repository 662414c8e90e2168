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
	named, suffix := properties.Field("ApiId"), "Permission"
	if kind == "Api" {
		named = properties.Field("RestApiId")
		suffix += b.stageOf(named)
	}
	b.route(d, event, named, kind, treeOf(at, "Type", "AWS_PROXY", "Uri", refTree(at, d.ID),
		"CacheKeyParameters", cacheKeys(properties.Field("RequestParameters")), "TimeoutInMillis", properties.Field("TimeoutInMillis"),
		"ResponseTransferMode", properties.Field("ResponseTransferMode")))
	b.stack.Add(model.CloudFormation, d.generated(event.Key+suffix, "AWS::Lambda::Permission", at), treeOf(at,
		"FunctionName", refTree(at, d.ID), "Action", "lambda:InvokeFunction", "Principal", "apigateway.amazonaws.com",
		"SourceArn", generatedFrom(at, exampleARN("execute-api", "a1b2c3d4e5/*/GET/"), b.apiOf(named, kind, at).Refs...)))
}

// definition is where the routes of an API come from.
type definition struct {
	by author

	// complete are the methods and paths that the template writes with an integration or an authorization. SAM leaves them
	// as they are and adds the others of events.
	complete map[string]bool
}

// author is who writes the routes of an API.
type author int

const (
	managed author = iota // SAM, for the events of functions
	written               // the template: SAM leaves them as they are
	opaque                // the template, where lintel does not read them
)

// definition returns where the routes of the API that an event names come from. SAM adds those of events to an HTTP
// API, and to a REST API without a definition or with MergeDefinitions.
func (b *builder) definition(named tree.Tree, section string) definition {
	if named.State == tree.StateAbsent {
		return definition{}
	}
	id, ok := b.idOf(named)
	api := b.template.resource(id)
	if kind, _ := api.get("Type").text(); !ok || kind != "AWS::Serverless::"+section {
		return definition{}
	}
	known, ok := b.pending.definitions[b.prefix+id]
	if !ok {
		known = b.definitionOf(b.withGlobals(api, "AWS::Serverless::"+section), section)
		if b.pending.definitions == nil {
			b.pending.definitions = map[string]definition{}
		}
		b.pending.definitions[b.prefix+id] = known
	}
	return known
}

func (b *builder) definitionOf(properties *node, section string) definition {
	body := properties.get("DefinitionBody")
	switch {
	case isTrueTree(b.resolver().tree(properties.get("MergeDefinitions"))):
		return definition{}
	case body != nil:
		read := b.resolver().tree(body)
		switch {
		case !read.Known() && len(read.Fields) == 0:
			return definition{by: opaque}
		case section == "Api":
			return definition{by: written}
		}
		return definition{complete: complete(read)}
	case properties.get("DefinitionUri") != nil:
		return definition{by: opaque}
	}
	return definition{}
}

// complete returns the methods and paths of a definition that have an integration or an authorization.
func complete(body tree.Tree) map[string]bool {
	routes := map[string]bool{}
	for _, route := range openapi.Routes(body) {
		key, _ := route.Key.String()
		routes[key] = route.Integration.State != tree.StateAbsent || route.Authorization.State != tree.StateAbsent
	}
	return routes
}

// route adds the way into an API that an event names, unless the definition of the API has it. Its authorization is that of
// the event, else the default of the API
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html).
func (b *builder) route(d declaration, event tree.Field, named tree.Tree, section string, integration tree.Tree) {
	at, properties := event.KeyRange, event.Tree.Field("Properties")
	api, auth := b.apiOf(named, section, at), tree.Tree{}
	key, own := routeKey(properties, at), properties.Field("Auth")
	switch from := b.definition(named, section); from.by {
	case managed:
		if text, ok := key.String(); ok && from.complete[text] {
			return
		}
		auth = b.auth(d, named, section)
	case opaque:
		auth = tree.Unknown(at, "the definition of the API is not in the repository")
	case written:
		if !isTrueTree(own.Field("OverrideApiAuth")) {
			return
		}
		auth = b.auth(d, named, section)
	}
	authorizer := own.Field("Authorizer")
	if authorizer.State == tree.StateAbsent {
		authorizer = auth.Field("DefaultAuthorizer")
		if name, ok := authorizer.String(); ok && name == "NONE" { // the event overrides nothing
			authorizer = tree.Tree{}
		}
	}
	keyed := own.Field("ApiKeyRequired")
	if keyed.State == tree.StateAbsent {
		keyed = auth.Field("ApiKeyRequired")
	}
	if role := invokeRole(own, auth); role.State != tree.StateAbsent {
		integration = with(integration, "Credentials", role)
	}
	validator, models := validation(properties.Field("RequestModel"), at)
	b.stack.Add(model.CloudFormation, d.generated(event.Key+"Route", "AWS::ApiGateway::Method", at), treeOf(at,
		"RouteKey", key, "AuthorizationType", authorization(authorizer, auth, section, at), "AuthorizerId", authorizerID(authorizer),
		"ApiKeyRequired", keyed, "RestApiId", api, "Integration", integration,
		"RequestValidatorId", validator, "RequestModels", models))
	b.stack.Routes[len(b.stack.Routes)-1].Statements = model.ParsePolicy(resourcePolicy(own.Field("ResourcePolicy")))
}

// routeKey is the key of the route of an event: GET /orders, or $default for all other requests.
func routeKey(properties tree.Tree, at source.Range) tree.Tree {
	method, path := properties.Field("Method"), properties.Field("Path")
	if path.State == tree.StateAbsent {
		return tree.Tree{State: tree.StateKnown, Scalar: openapi.DefaultRoute, Range: at}
	}
	key := tree.Concat(path.Range, method, tree.Tree{State: tree.StateKnown, Scalar: " ", Range: at}, path)
	if text, ok := key.String(); ok {
		name, rest, _ := strings.Cut(text, " ")
		key.Scalar = openapi.RouteKey(strings.ToUpper(name), rest)
	}
	return key
}

// invokeRole returns the credentials with which an API invokes the function of an event, where the template sets them. By default,
// SAM sets those of the caller for routes with the authorizer AWS_IAM
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-apifunctionauth.html).
func invokeRole(own, auth tree.Tree) tree.Tree {
	role := own.Field("InvokeRole")
	if role.State == tree.StateAbsent && auth.IsMap { // SAM reads no settings of an API that is not its own
		role = auth.Field("InvokeRole")
	}
	switch name, _ := role.String(); name {
	case "NONE":
		return tree.Tree{Range: role.Range}
	case "CALLER_CREDENTIALS":
		role.Scalar = "arn:aws:iam::*:user/*"
	}
	return role
}

// cacheKeys returns the parameters of an event that are part of the key of a cached response: those with Caching, of a list
// of names and of maps with one name each.
func cacheKeys(parameters tree.Tree) tree.Tree {
	if !parameters.IsList {
		return parameters
	}
	keys := tree.Tree{State: parameters.State, IsList: true, Range: parameters.Range, Cause: parameters.Cause}
	for _, item := range parameters.Items {
		for _, parameter := range item.Fields {
			if caching := parameter.Tree.Field("Caching"); caching.State == tree.StateUnknown || isTrueTree(caching) {
				keys.Items = append(keys.Items, tree.Tree{State: tree.StateKnown, Scalar: parameter.Key, Range: parameter.KeyRange})
			}
		}
	}
	return keys
}

// validation returns the validator and the models that SAM makes of the request model of an event
// (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-requestmodel.html).
func validation(written tree.Tree, at source.Range) (validator, models tree.Tree) {
	validator, models = tree.Tree{Range: at}, tree.Tree{Range: at}
	if written.State == tree.StateAbsent {
		return validator, models
	}
	if written.State == tree.StateUnknown {
		return written, written
	}
	if name := written.Field("Model"); name.State != tree.StateAbsent {
		models = treeOf(written.Range, "application/json", name)
	}
	for _, what := range []string{"ValidateBody", "ValidateParameters"} {
		switch validates := written.Field(what); {
		case validates.State == tree.StateUnknown:
			validator = validates
		case isTrueTree(validates):
			return generatedLater(validates.Range, "body"), models
		}
	}
	return validator, models
}

// authorizerID is the authorizer of a route. NONE and AWS_IAM are kinds of authorization without one.
func authorizerID(authorizer tree.Tree) tree.Tree {
	if name, _ := authorizer.String(); name == "NONE" || name == "AWS_IAM" {
		return tree.Tree{Range: authorizer.Range}
	}
	return authorizer
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
