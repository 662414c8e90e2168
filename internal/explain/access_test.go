package explain_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/explain"
	"lintel/internal/model"
	"lintel/internal/source"
)

var (
	at    = source.Range{Path: "template.yaml", Start: 1, End: 2}
	toF   = model.RefTo(at, "F")
	cause = "it is imported"
)

// declared returns a resource with an ID.
func declared(id, kind string) model.Resource {
	return model.Resource{Block: model.NewBlock(at), ID: id, Type: kind}
}

func known(text string) model.Value[string] { return model.Known(text, at) }

func unknown() model.Value[string] { return model.Unknown[string](at, cause) }

func texts(all ...string) model.List[model.Value[string]] {
	values := make([]model.Value[string], 0, len(all))
	for _, text := range all {
		values = append(values, known(text))
	}
	return model.NewList(at, values...)
}

func principals(texts ...string) model.List[model.Principal] {
	var all []model.Principal
	for _, text := range texts {
		all = append(all, model.Principal{Block: model.NewBlock(at), Kind: known("AWS"), Value: known(text)})
	}
	return model.NewList(at, all...)
}

func ref(value model.Value[string]) model.Ref { return model.Ref{Value: value} }

// encoded returns the input of the rules for a stack with a function F and its role R.
func encoded(add func(s *model.Stack)) model.Object {
	s := &model.Stack{}
	s.Functions = append(s.Functions, model.Function{Resource: declared("F", "AWS::Lambda::Function"), Role: model.RefTo(at, "R")})
	add(s)
	s.Link()
	input, index := model.Encode(s, model.Facts{Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)})
	return model.Mask(input, index)
}

const (
	noGrant = "- only principals whose own policies allow it: no permission or trigger in this stack\n"
	noRole  = "- the role is not in this stack\n"
)

func TestAccess(t *testing.T) {
	url := func(auth model.Value[string]) func(s *model.Stack) {
		return func(s *model.Stack) {
			s.FunctionURLs = append(s.FunctionURLs, model.FunctionURL{Resource: declared("U", "AWS::Lambda::Url"), Function: toF, AuthType: auth})
		}
	}
	permission := func(p model.Permission) func(s *model.Stack) {
		return func(s *model.Stack) {
			p.Resource, p.Function = declared("P", "AWS::Lambda::Permission"), toF
			s.Permissions = append(s.Permissions, p)
		}
	}
	role := func(r model.Role) func(s *model.Stack) {
		return func(s *model.Stack) {
			r.Resource = declared("R", "AWS::IAM::Role")
			s.Roles = append(s.Roles, r)
		}
	}
	block := model.NewBlock(at)
	for _, tt := range []struct {
		name    string
		add     func(s *model.Stack)
		invoke  string // items below the first title
		allowed string // items below the second title
	}{
		{"nothing", func(*model.Stack) {}, noGrant, noRole},
		{"public URL", url(known("NONE")), "- **everyone**, through the URL `U` without authorization\n", noRole},
		{"URL with authorization", url(known("AWS_IAM")), "- principals with permission, through the URL `U` with signed requests\n", noRole},
		{"URL with unknown authorization", url(unknown()), "- requests through the URL `U`, whose authorization cannot be determined\n", noRole},
		{"URL of another function", func(s *model.Stack) {
			s.FunctionURLs = append(s.FunctionURLs, model.FunctionURL{Resource: declared("U", "AWS::Lambda::Url"), Function: model.RefTo(at, "G"), AuthType: known("NONE")})
		}, noGrant, noRole},
		{
			"service principal with a source ARN",
			permission(model.Permission{Principal: known("s3.amazonaws.com"), Action: known("lambda:InvokeFunction"), SourceARN: ref(known("arn:aws:s3:::orders")), SourceAccount: known("123456789012")}),
			"- `s3.amazonaws.com` may `lambda:InvokeFunction`, from `arn:aws:s3:::orders`, from the account `123456789012` (`P`)\n", noRole,
		},
		{
			"service principal without conditions",
			permission(model.Permission{Principal: known("events.amazonaws.com"), Action: known("lambda:InvokeFunction")}),
			"- `events.amazonaws.com` may `lambda:InvokeFunction` (`P`)\n", noRole,
		},
		{
			"public permission in an organization",
			permission(model.Permission{Principal: known("*"), Action: known("lambda:InvokeFunctionUrl"), PrincipalOrgID: known("o-1"), FunctionURLAuthType: known("NONE")}),
			"- **everyone** may `lambda:InvokeFunctionUrl`, from the organization `o-1`, through a function URL with authorization `NONE` (`P`)\n", noRole,
		},
		{
			"unknown permission",
			permission(model.Permission{Principal: unknown(), Action: known("lambda:InvokeFunction"), SourceARN: ref(model.Partly("arn:aws:s3:::", "-orders", at, cause))}),
			"- (unknown) may `lambda:InvokeFunction`, from `arn:aws:s3:::…-orders` (`P`)\n", noRole,
		},
		{"resource-based policy", func(s *model.Stack) {
			s.ResourcePolicies = append(s.ResourcePolicies, model.ResourcePolicy{
				Resource: declared("D", "AWS::Lambda::ResourcePolicy"), Function: toF,
				Statements: model.NewList(at, model.Statement{Block: block, Effect: known("Allow"), Principals: principals("123456789012", "*"), Actions: texts("lambda:InvokeFunction")}),
			})
		}, "- **Allow** `123456789012`, `*` `lambda:InvokeFunction` (`D`)\n", noRole},
		{"event source", func(s *model.Stack) {
			s.EventSources = append(s.EventSources, model.EventSource{Resource: declared("E", "AWS::Lambda::EventSourceMapping"), Function: toF, Source: ref(known("arn:aws:sqs:eu-west-1:123456789012:q"))})
		}, "- Lambda, with records from `arn:aws:sqs:eu-west-1:123456789012:q` (`E`)\n", noRole},
		{"trigger that names the function twice", func(s *model.Stack) {
			target := model.TriggerTarget{Block: block, Function: toF}
			s.Triggers = append(s.Triggers, model.Trigger{Resource: declared("T", "AWS::Events::Rule"), Targets: model.NewList(at, target, target)})
		}, "- `events` (`T`)\n", noRole},
		{"route", func(s *model.Stack) {
			s.Routes = append(s.Routes, model.Route{Resource: declared("G", "AWS::ApiGatewayV2::Route"), Key: known("GET /orders"), Function: toF})
		}, "- requests to `GET /orders` of an API, with authorization `NONE` (`G`)\n", noRole},
		{"route with unknown authorization", func(s *model.Stack) {
			s.Routes = append(s.Routes, model.Route{Resource: declared("G", "AWS::ApiGatewayV2::Route"), Key: known("GET /orders"), Authorization: unknown(), Function: toF})
		}, "- requests to `GET /orders` of an API, with authorization (unknown) (`G`)\n", noRole},
		{"role with statements", role(model.Role{
			Boundary:        known("arn:aws:iam::123456789012:policy/b"),
			ManagedPolicies: model.NewList(at, ref(known("arn:aws:iam::aws:policy/ReadOnlyAccess"))),
			Statements: model.NewList(at,
				model.Statement{Block: block, Effect: known("Allow"), Actions: texts("s3:GetObject", "s3:PutObject"), Resources: model.NewList(at, ref(known("arn:aws:s3:::orders/*")))},
				model.Statement{Block: block, Effect: known("Deny"), NotActions: texts("s3:*"), NotResources: texts("arn:aws:s3:::logs"), Conditions: model.NewList(at, model.Condition{Block: block})},
			),
		}), noGrant, "- role `R`\n" +
			"- at most what the permissions boundary `arn:aws:iam::123456789012:policy/b` allows\n" +
			"- managed policy `arn:aws:iam::aws:policy/ReadOnlyAccess`\n" +
			"- **Allow** `s3:GetObject`, `s3:PutObject` on `arn:aws:s3:::orders/*`\n" +
			"- **Deny** everything except `s3:*` on everything except `arn:aws:s3:::logs`, with 1 condition\n"},
		{"role with unknown values", role(model.Role{
			Statements: model.UnknownList(at, cause, model.Statement{Block: block, Effect: unknown(), Actions: model.NewList(at, unknown()), Resources: model.UnknownList[model.Ref](at, cause)}),
		}), noGrant, "- role `R`\n- **(unknown)** (unknown)\n- further permissions that are unknown until deployment\n"},
		{"role with many actions", role(model.Role{
			Statements: model.NewList(at, model.Statement{Block: block, Effect: known("Allow"), Actions: texts("a:1", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7", "a:8", "a:9", "a:10", "a:11", "a:12", "a:13", "a:14")}),
		}), noGrant, "- role `R`\n- **Allow** `a:1`, `a:2`, `a:3`, `a:4`, `a:5`, `a:6`, `a:7`, `a:8`, `a:9`, `a:10`, `a:11`, `a:12`, 2 more\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := fmt.Sprintf("### Who can invoke `F`\n\n%s\n### What the role allows\n\n%s", tt.invoke, tt.allowed)
			if diff := cmp.Diff(want, explain.Access(encoded(tt.add), "F")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAccessOfAnotherFunction checks that the text contains nothing about the functions with other IDs.
func TestAccessOfAnotherFunction(t *testing.T) {
	input := encoded(func(s *model.Stack) {
		s.FunctionURLs = append(s.FunctionURLs, model.FunctionURL{Resource: declared("U", "AWS::Lambda::Url"), Function: toF, AuthType: known("NONE")})
		s.Roles = append(s.Roles, model.Role{Resource: declared("R", "AWS::IAM::Role")})
	})
	want := "### Who can invoke `G`\n\n" + noGrant + "\n### What the role allows\n\n" + noRole
	if diff := cmp.Diff(want, explain.Access(input, "G")); diff != "" {
		t.Error(diff)
	}
}
