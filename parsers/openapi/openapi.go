// Package openapi reads the routes of an API from its OpenAPI or Swagger definition, with API
// Gateway's extensions
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).
package openapi

import (
	"regexp"
	"strings"

	"lintel/internal/tree"
)

// Route is a method of a path.
type Route struct {
	Key            tree.Tree  // GET /orders
	Authorization  tree.Tree  // NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS or JWT; absent: nothing is asked
	Scheme         tree.Field // the security scheme of the authorization, if it has an authorizer of API Gateway
	APIKeyRequired tree.Tree
	Integration    tree.Tree
	Function       tree.Tree // the URI of the integration
	Validator      tree.Tree // the name of the request validator
}

// methods are the keys of a path that are methods.
var methods = map[string]string{ //nolint:gochecknoglobals // a table, never written
	"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE", "patch": "PATCH", "head": "HEAD",
	"x-amazon-apigateway-any-method": "ANY",
}

// DefaultRoute is the key of the route of an HTTP API for all requests that match no other one.
const DefaultRoute = "$default"

// RouteKey returns the key of the route with a method and a path.
func RouteKey(method, path string) string {
	if strings.TrimPrefix(path, "/") == DefaultRoute {
		return DefaultRoute
	}
	return method + " " + path
}

// Routes returns the routes of a definition, in its order, without OPTIONS: browsers send CORS preflight requests
// without credentials.
func Routes(definition tree.Tree) []Route {
	definition = structure(definition)
	var routes []Route
	for _, path := range definition.Field("paths").Fields {
		for _, method := range path.Tree.Fields {
			name, ok := methods[strings.ToLower(method.Key)]
			if !ok {
				continue
			}
			integration := method.Tree.Field("x-amazon-apigateway-integration")
			r := Route{
				Key:         tree.Tree{State: tree.StateKnown, Scalar: RouteKey(name, path.Key), Range: method.KeyRange},
				Integration: integration, Function: functionOf(integration.Field("uri")),
			}
			r.Validator = method.Tree.Field("x-amazon-apigateway-request-validator")
			if r.Validator.State == tree.StateAbsent {
				r.Validator = definition.Field("x-amazon-apigateway-request-validator")
			}
			r.secure(method, definition)
			routes = append(routes, r)
		}
	}
	return routes
}

// otherService matches the known end of the URI of an integration with another service than Lambda:
// arn:aws:apigateway:REGION:states:action/StartExecution.
var otherService = regexp.MustCompile(`:([a-z0-9.-]+):(?:action|path)/`)

// functionOf returns the URI of an integration as a reference to a function. One that invokes another service names none of the
// stack's functions, although its region is unknown.
func functionOf(uri tree.Tree) tree.Tree {
	if uri.State != tree.StateUnknown {
		return uri
	}
	known := []string{uri.Suffix}
	for _, piece := range uri.Pieces {
		if text, ok := piece.String(); ok {
			known = append(known, text)
		}
	}
	for _, text := range known {
		if m := otherService.FindStringSubmatch(text); m != nil && m[1] != "lambda" {
			uri.Outside = true
		}
	}
	return uri
}

// Authorizers returns the security schemes of a definition that have an authorizer of API Gateway, in its order.
func Authorizers(definition tree.Tree) []tree.Field {
	definition = structure(definition)
	schemes := definition.Field("components").Field("securitySchemes")
	if schemes.State == tree.StateAbsent {
		schemes = definition.Field("securityDefinitions")
	}
	var authorizers []tree.Field
	for _, scheme := range schemes.Fields {
		if authorizer := scheme.Tree.Field(authorizerExtension); authorizer.State != tree.StateAbsent {
			authorizers = append(authorizers, tree.Field{Key: scheme.Key, KeyRange: scheme.KeyRange, Tree: authorizer})
		}
	}
	return authorizers
}

// structure is the definition behind a text.
func structure(t tree.Tree) tree.Tree {
	if t.Decoded != nil {
		return *t.Decoded
	}
	text, ok := t.String()
	if !ok && len(t.Pieces) == 0 {
		return t
	}
	if !ok || strings.HasPrefix(strings.TrimSpace(text), "{") {
		if decoded, err := tree.DecodeJSON(t); err == nil {
			return decoded
		}
	}
	if decoded, ok := decodeYAML(t); ok {
		return decoded
	}
	return t
}

// none is the name of the requirement that stands for no authorization in the definitions that SAM writes. No scheme has it.
const none = "NONE"

// secure finds what a method requires of its callers: its own requirements, else those of the whole definition. API Gateway
// supports no alternatives: an API key in one of them is required beside the authorization of another, which SAM relies on.
func (r *Route) secure(method tree.Field, definition tree.Tree) {
	requirements := method.Tree.Field("security")
	if requirements.State == tree.StateAbsent {
		requirements = definition.Field("security")
	}
	if requirements.State == tree.StateUnknown {
		r.Authorization, r.APIKeyRequired = requirements, requirements
		return
	}
	r.Authorization = tree.Tree{Range: method.KeyRange}
	if kind := method.Tree.Field("x-amazon-apigateway-auth").Field("type"); kind.State != tree.StateAbsent {
		r.Authorization = kind
	}
	for _, alternative := range requirements.Items {
		for _, requirement := range alternative.Fields {
			r.require(requirement, definition)
		}
	}
}

// require adds a requirement. Of several authorizations the first counts.
func (r *Route) require(requirement tree.Field, definition tree.Tree) {
	if requirement.Key == none {
		return
	}
	scheme := definition.Field("components").Field("securitySchemes").Field(requirement.Key)
	if scheme.State == tree.StateAbsent {
		scheme = definition.Field("securityDefinitions").Field(requirement.Key)
	}
	known := tree.Tree{State: tree.StateKnown, Range: requirement.KeyRange}
	kind := kindOf(scheme)
	switch {
	case kind == "" && scheme.State != tree.StateUnknown:
		known.Scalar = true
		r.APIKeyRequired = known
	case r.Authorization.State != tree.StateAbsent:
	case scheme.State == tree.StateUnknown:
		r.Authorization = scheme
	default:
		known.Scalar = kind
		r.Authorization = known
		if scheme.Field(authorizerExtension).State != tree.StateAbsent {
			r.Scheme = requirement
		}
	}
}

// authorizerExtension is the extension of a security scheme for its authorizer.
const authorizerExtension = "x-amazon-apigateway-authorizer"

// kindOf is the kind of authorization that a scheme stands for, empty for an API key.
func kindOf(scheme tree.Tree) string {
	kind, _ := scheme.Field("x-amazon-apigateway-authtype").String()
	switch {
	case strings.EqualFold(kind, "awsSigv4"):
		return "AWS_IAM"
	case strings.EqualFold(kind, "cognito_user_pools"):
		return "COGNITO_USER_POOLS"
	}
	authorizer, _ := scheme.Field(authorizerExtension).Field("type").String()
	general, _ := scheme.Field("type").String()
	switch {
	case strings.EqualFold(authorizer, "cognito_user_pools"):
		return "COGNITO_USER_POOLS"
	case authorizer == "jwt", general == "oauth2", general == "openIdConnect":
		return "JWT"
	case authorizer != "", kind != "":
		return "CUSTOM"
	case general == "apiKey":
		return ""
	}
	return "CUSTOM"
}
