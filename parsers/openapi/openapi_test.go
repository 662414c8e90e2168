package openapi_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

func text(document string) tree.Tree {
	return tree.Tree{State: tree.StateKnown, Scalar: document, Verbatim: true, Range: source.Range{Path: "api.json", End: len(document)}}
}

// shown is a route as KEY AUTHORIZATION KEY-REQUIRED FUNCTION.
func shown(r openapi.Route) string {
	one := func(t tree.Tree) any {
		switch t.State {
		case tree.StateAbsent:
			return "-"
		case tree.StateUnknown:
			return "?"
		default:
			return t.Scalar
		}
	}
	return fmt.Sprint(one(r.Key), " ", one(r.Authorization), " ", one(r.APIKeyRequired), " ", one(r.Function))
}

func TestRoutes(t *testing.T) {
	const schemes = `"components": {"securitySchemes": {
		"iam": {"type": "apiKey", "x-amazon-apigateway-authtype": "awsSigv4"},
		"pool": {"type": "apiKey", "x-amazon-apigateway-authtype": "cognito_user_pools"},
		"pool2": {"type": "apiKey", "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools"}},
		"jwt": {"type": "oauth2", "x-amazon-apigateway-authorizer": {"type": "jwt"}},
		"oauth": {"type": "oauth2"},
		"oidc": {"type": "openIdConnect"},
		"custom": {"type": "apiKey", "x-amazon-apigateway-authorizer": {"type": "request"}},
		"custom2": {"type": "apiKey", "x-amazon-apigateway-authtype": "custom"},
		"basic": {"type": "http"},
		"key": {"type": "apiKey", "name": "x-api-key"}}}`
	uri := func(more string) string {
		return `{"get": {"x-amazon-apigateway-integration": {"uri": "arn"}` + more + `}}`
	}
	secured := func(scheme string) string {
		return `{"paths": {"/a": ` + uri(`, "security": [{"`+scheme+`": []}]`) + `}, ` + schemes + `}`
	}
	for _, tt := range []struct {
		name, definition string
		want             []string
	}{
		{"no paths", `{"openapi": "3.0.1"}`, nil},
		{"nothing asked", `{"paths": {"/a": ` + uri("") + `}}`, []string{"GET /a - - arn"}},
		{
			"methods", `{"paths": {"/a": {"parameters": [], "GET": {}, "put": {}, "post": {}, "delete": {}, "patch": {}, "head": {}, "options": {}, "x-amazon-apigateway-any-method": {}}}}`,
			[]string{"GET /a - - -", "PUT /a - - -", "POST /a - - -", "DELETE /a - - -", "PATCH /a - - -", "HEAD /a - - -", "ANY /a - - -"},
		},
		{"IAM", secured("iam"), []string{"GET /a AWS_IAM - arn"}},
		{"user pool by its type", secured("pool"), []string{"GET /a COGNITO_USER_POOLS - arn"}},
		{"user pool by its authorizer", secured("pool2"), []string{"GET /a COGNITO_USER_POOLS - arn"}},
		{"JWT", secured("jwt"), []string{"GET /a JWT - arn"}},
		{"OAuth", secured("oauth"), []string{"GET /a JWT - arn"}},
		{"OpenID Connect", secured("oidc"), []string{"GET /a JWT - arn"}},
		{"custom by its authorizer", secured("custom"), []string{"GET /a CUSTOM - arn"}},
		{"custom by its type", secured("custom2"), []string{"GET /a CUSTOM - arn"}},
		{"another scheme", secured("basic"), []string{"GET /a CUSTOM - arn"}},
		{"API key", secured("key"), []string{"GET /a - true arn"}},
		{"a scheme that is not there", secured("none"), []string{"GET /a CUSTOM - arn"}},
		{"of the whole definition", `{"paths": {"/a": ` + uri("") + `}, "security": [{"iam": []}], ` + schemes + `}`, []string{"GET /a AWS_IAM - arn"}},
		{"its own before that of the whole", `{"paths": {"/a": ` + uri(`, "security": []`) + `}, "security": [{"iam": []}], ` + schemes + `}`, []string{"GET /a - - arn"}},
		{"key and scheme together", `{"paths": {"/a": ` + uri(`, "security": [{"key": [], "iam": []}]`) + `}, ` + schemes + `}`, []string{"GET /a AWS_IAM true arn"}},
		{"the first of several authorizations", `{"paths": {"/a": ` + uri(`, "security": [{"iam": []}, {"jwt": []}]`) + `}, ` + schemes + `}`, []string{"GET /a AWS_IAM - arn"}},
		{"key as an alternative", `{"paths": {"/a": ` + uri(`, "security": [{"iam": []}, {"key": []}]`) + `}, ` + schemes + `}`, []string{"GET /a AWS_IAM true arn"}},
		{"NONE, as SAM writes it", secured("NONE"), []string{"GET /a - - arn"}},
		{"NONE and a key", `{"paths": {"/a": ` + uri(`, "security": [{"NONE": []}, {"key": []}]`) + `}, ` + schemes + `}`, []string{"GET /a - true arn"}},
		{"default route", `{"paths": {"$default": {"x-amazon-apigateway-any-method": {}}, "/$default": {"x-amazon-apigateway-any-method": {}}}}`, []string{"$default - - -", "$default - - -"}},
		{
			"Swagger", `{"swagger": "2.0", "paths": {"/a": ` + uri(`, "security": [{"iam": []}]`) + `}, "securityDefinitions": {"iam": {"x-amazon-apigateway-authtype": "awsSigv4"}}}`,
			[]string{"GET /a AWS_IAM - arn"},
		},
		{
			"authorization by its extension", `{"paths": {"/a": ` + uri(`, "x-amazon-apigateway-auth": {"type": "AWS_IAM"}`) + `}}`,
			[]string{"GET /a AWS_IAM - arn"},
		},
		{"a text that is no JSON", `openapi: 3.0.1`, nil},
		{"a text that is not all", `{"paths": `, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range openapi.Routes(text(tt.definition)) {
				got = append(got, shown(r))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestUnknown has parts of a definition that cannot be determined: what they say is unknown, not absent.
func TestUnknown(t *testing.T) {
	const document = `{"paths": {"/a": {"get": {"x-amazon-apigateway-integration": {"uri": "arn"}}}}}`
	root, err := tree.DecodeJSON(text(document))
	if err != nil {
		t.Fatal(err)
	}
	unknown := tree.Unknown(source.Range{Path: "api.json"}, "var.x has no value")

	whole := root
	whole.Fields = append(whole.Fields[:1:1], tree.Field{Key: "security", Tree: unknown})
	if got := shown(openapi.Routes(whole)[0]); got != "GET /a ? ? arn" {
		t.Errorf("unknown requirements: %s", got)
	}
	if got := openapi.Routes(unknown); len(got) != 0 {
		t.Errorf("an unknown definition: %v", got)
	}
	decoded := unknown
	decoded.Decoded = &root
	if got := openapi.Routes(decoded); len(got) != 1 {
		t.Errorf("a definition that the template builds from a structure: %v", got)
	}

	requirement := tree.Tree{State: tree.StateKnown, IsMap: true, Fields: []tree.Field{{Key: "s", Tree: tree.Tree{State: tree.StateKnown, IsList: true}}}}
	scheme := root
	scheme.Fields = append(scheme.Fields[:1:1],
		tree.Field{Key: "security", Tree: tree.Tree{State: tree.StateKnown, IsList: true, Items: []tree.Tree{requirement}}},
		tree.Field{Key: "components", Tree: unknown})
	if got := shown(openapi.Routes(scheme)[0]); got != "GET /a ? - arn" {
		t.Errorf("an unknown scheme: %s", got)
	}
}

func TestFill(t *testing.T) {
	properties := tree.Tree{State: tree.StateKnown, IsMap: true, Fields: []tree.Field{
		{Key: "body", Tree: text(`{"paths": {"/a": {"get": {}, "post": {}}}}`)},
	}}
	for kind, want := range map[string][]string{
		"aws_api_gateway_rest_api": {"api/0", "api/1"},
		"aws_apigatewayv2_api":     {"api/0", "api/1"},
		"aws_s3_object":            nil,
	} {
		var stack model.Stack
		openapi.Fill(&stack, model.Resource{ID: "api", Type: kind}, properties)
		var got []string
		for _, r := range stack.Routes {
			got = append(got, r.ID)
			if r.At.IsZero() {
				t.Errorf("%s: the route %s has no place", kind, r.ID)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", kind, diff)
		}
	}
	var stack model.Stack
	openapi.Add(&stack, model.Resource{ID: "api"}, tree.Tree{})
	if len(stack.Routes) != 0 {
		t.Errorf("an absent definition has routes: %v", stack.Routes)
	}
}

func TestAuthorizers(t *testing.T) {
	const jwt = `{"x-amazon-apigateway-authorizer": {"type": "jwt", "jwtConfiguration": {"issuer": "https://login.example.com", "audience": ["shop"]}}}`
	for name, document := range map[string]string{
		"OpenAPI": `{"components": {"securitySchemes": {"people": ` + jwt + `, "key": {"type": "apiKey"}}}}`,
		"Swagger": `{"securityDefinitions": {"people": ` + jwt + `, "key": {"type": "apiKey"}}}`,
	} {
		var stack model.Stack
		openapi.Add(&stack, model.Resource{ID: "api"}, text(document))
		if len(stack.Authorizers) != 1 {
			t.Errorf("%s: %d authorizers, want the one of people", name, len(stack.Authorizers))
			continue
		}
		a := stack.Authorizers[0]
		kind, _ := a.Type.Get()
		issuer, _ := a.Issuer.Get()
		if a.ID != "api/people" || kind != "JWT" || issuer != "https://login.example.com" || len(a.Audience.Items) != 1 || a.At.IsZero() {
			t.Errorf("%s: %s of type %s and issuer %s, %d audiences", name, a.ID, kind, issuer, len(a.Audience.Items))
		}
	}
}

// TestRouteAuthorizer checks that a route refers to the authorizer of its scheme.
func TestRouteAuthorizer(t *testing.T) {
	const schemes = `"components": {"securitySchemes": {
		"people": {"type": "apiKey", "x-amazon-apigateway-authorizer": {"type": "request", "identitySource": "method.request.querystring.tag"}},
		"iam": {"type": "apiKey", "x-amazon-apigateway-authtype": "awsSigv4"}}}`
	for security, want := range map[string]string{
		`[{"iam": []}]`:                 "",
		`[]`:                            "",
		`[{"people": []}]`:              "method.request.querystring.tag",
		`[{"people": []}, {"iam": []}]`: "method.request.querystring.tag",
		`[{"iam": []}, {"people": []}]`: "",
	} {
		var stack model.Stack
		stack.Add(model.CloudFormation, model.Resource{ID: "api", Type: "AWS::ApiGateway::RestApi"}, tree.Tree{})
		openapi.Add(&stack, stack.APIs[0].Resource, text(`{"paths": {"/a": {"get": {"security": `+security+`}}}, `+schemes+`}`))
		stack.Link()
		got := ""
		for _, i := range stack.Routes[0].Authorizer.Targets() {
			got, _ = stack.Authorizers[i].IdentitySources.Items[0].Get()
		}
		if got != want {
			t.Errorf("%s: identity source %q, want %q", security, got, want)
		}
	}
}

// TestValidator has the request validator of a method before that of the whole definition.
func TestValidator(t *testing.T) {
	const key = `"x-amazon-apigateway-request-validator"`
	for document, want := range map[string]string{
		`{"paths": {"/a": {"post": {}}}}`:                                        "",
		`{` + key + `: "all", "paths": {"/a": {"post": {}}}}`:                    "all",
		`{` + key + `: "all", "paths": {"/a": {"post": {` + key + `: "body"}}}}`: "body",
	} {
		if got, _ := openapi.Routes(text(document))[0].Validator.String(); got != want {
			t.Errorf("%s: validator %q, want %q", document, got, want)
		}
	}
}
