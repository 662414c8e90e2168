package openapi_test

import (
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

// FuzzRoutes checks that no definition of an API makes its reader panic or hang.
func FuzzRoutes(f *testing.F) {
	f.Add(`{"openapi": "3.0.1", "paths": {"/a": {"get": {"security": [{"k": []}], "x-amazon-apigateway-integration": {"uri": "arn"}}}}, "components": {"securitySchemes": {"k": {"type": "apiKey", "x-amazon-apigateway-authtype": "custom"}}}}`)
	f.Add(`{"swagger": "2.0", "paths": {"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}}, "security": [1], "securityDefinitions": []}`)
	f.Add(`{"paths": [{"get": null}]}`)
	f.Add("openapi: 3.0.1\npaths:\n  /a: &p {get: {x-amazon-apigateway-integration: {uri: arn}}}\n  /b: *p\n  \"/c\": {post: *missing}\n")
	f.Add("swagger: '2.0'\npaths: &p\n  /a: {get: *p}\n")
	f.Fuzz(func(t *testing.T, text string) {
		cputimetest.Limit(t, 2*time.Second)
		whole := source.Range{Path: "f", End: len(text)}
		definition := tree.Tree{State: tree.StateKnown, Scalar: text, Verbatim: true, Range: whole}
		openapi.Routes(definition)
		if decoded, err := tree.DecodeJSON(definition); err == nil {
			openapi.Routes(decoded)
			var s model.Stack
			openapi.Add(&s, model.Resource{Block: model.NewBlock(whole), ID: "a", Type: "AWS::ApiGateway::RestApi"}, decoded)
			s.Link()
		}
	})
}
