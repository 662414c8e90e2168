package openapi_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/openapi"
)

const inYAML = `openapi: 3.0.1
x-shared: &shared
  uri: "${arn}"
  type: aws_proxy
paths:
  /orders:
    get:
      x-amazon-apigateway-integration: *shared
    "post":
      security: [{token: []}]
      x-amazon-apigateway-integration:
        uri: ${arn}
        type: mock
components:
  securitySchemes:
    token:
      type: apiKey
      x-amazon-apigateway-authtype: custom
`

// inPieces returns a text whose ${arn} are unknown.
func inPieces(text string) tree.Tree {
	t := tree.Unknown(source.Range{Path: "t", End: len(text)}, "it is unknown")
	at := 0
	for i, known := range strings.Split(text, "${arn}") {
		if i > 0 {
			piece := tree.Unknown(source.Range{Path: "t", Start: at, End: at + len("${arn}")}, "it is unknown")
			piece.Prefix, piece.Refs = "arn:", []string{"f"}
			t.Pieces = append(t.Pieces, piece)
			at += len("${arn}")
		}
		t.Pieces = append(t.Pieces, tree.Tree{State: tree.StateKnown, Scalar: known, Verbatim: true, Range: source.Range{Path: "t", Start: at, End: at + len(known)}})
		at += len(known)
	}
	return t
}

// TestRoutesInYAML reads a definition in YAML whose text is known, known in parts, or none.
func TestRoutesInYAML(t *testing.T) {
	type route struct{ Key, At, Authorization, Function string }
	known := tree.Tree{State: tree.StateKnown, Scalar: inYAML}
	deep := "openapi: 3.0.1\npaths: " + strings.Repeat("[", 300) + strings.Repeat("]", 300)
	for name, tt := range map[string]struct {
		definition tree.Tree
		want       []route
	}{
		"known":           {known, []route{{"GET /orders", "", "", "${arn}"}, {"POST /orders", "", "CUSTOM", "${arn}"}}},
		"with unknown":    {inPieces(inYAML), []route{{"GET /orders", "get", "", "arn:…"}, {"POST /orders", `"post"`, "CUSTOM", "arn:…"}}},
		"not YAML":        {tree.Tree{State: tree.StateKnown, Scalar: "openapi: [\npaths: {}"}, nil},
		"no definition":   {tree.Tree{State: tree.StateKnown, Scalar: strings.Replace(inYAML, "openapi", "version", 1)}, nil},
		"nested too deep": {tree.Tree{State: tree.StateKnown, Scalar: deep}, nil},
		"a list":          {tree.Tree{State: tree.StateKnown, Scalar: "- a\n- openapi: 3"}, nil},
	} {
		var got []route
		for _, r := range openapi.Routes(tt.definition) {
			key, _ := r.Key.String()
			authorization, _ := r.Authorization.String()
			function, isKnown := r.Function.String()
			if !isKnown && cmp.Equal(r.Function.Refs, []string{"f"}) {
				function = r.Function.Prefix + "…"
			}
			at := ""
			if r.Key.Range.Path != "" {
				at = inYAML[r.Key.Range.Start:r.Key.Range.End]
			}
			got = append(got, route{key, at, authorization, function})
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestAliasesAreLimited reads a definition in which aliases stand for more nodes than are read.
func TestAliasesAreLimited(t *testing.T) {
	var text strings.Builder
	text.WriteString("openapi: 3.0.1\na0: &a0 [x, x]\n")
	for i := range 40 {
		text.WriteString(strings.NewReplacer("N", string(rune('a'+i%26))+strings.Repeat("b", i), "M", previous(i)).Replace("kN: &N [*M, *M]\n"))
	}
	text.WriteString("paths: {/x: {get: {}}}\n")
	if got := openapi.Routes(tree.Tree{State: tree.StateKnown, Scalar: text.String()}); len(got) != 0 {
		t.Errorf("%d routes", len(got))
	}
}

func previous(i int) string {
	if i == 0 {
		return "a0"
	}
	return string(rune('a'+(i-1)%26)) + strings.Repeat("b", i-1)
}

// TestSettingsOfKinds reads settings that only one kind of API has.
func TestSettingsOfKinds(t *testing.T) {
	definition := tree.Unknown(source.Range{Path: "t"}, "it is unknown")
	for kind, wants := range map[string]struct{ policy, cors tree.State }{
		"aws_api_gateway_rest_api": {policy: tree.StateUnknown}, "AWS::ApiGateway::RestApi": {policy: tree.StateUnknown},
		"AWS::Serverless::Api": {policy: tree.StateUnknown}, "aws_apigatewayv2_api": {cors: tree.StateUnknown},
		"AWS::ApiGatewayV2::Api": {cors: tree.StateUnknown}, "AWS::Serverless::HttpApi": {cors: tree.StateUnknown},
	} {
		r := model.Resource{ID: "a", Type: kind}
		var stack model.Stack
		stack.APIs = []model.API{{Resource: r}}
		openapi.Add(&stack, r, definition)
		if got := stack.APIs[0]; got.Statements.State != wants.policy || got.CORS.State != wants.cors {
			t.Errorf("%s: policy %v, CORS %v", kind, got.Statements.State, got.CORS.State)
		}
	}
}
