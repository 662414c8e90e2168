package lsp_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const orders = `Parameters:
  Auth: {Type: String, Default: NONE}
  Stage: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub "orders-${Auth}"
      Handler: app.handler
      Role: !GetAtt Role.Arn
      Runtime: nodejs16.x
      Code: {S3Bucket: b, S3Key: k}
      Environment: {Variables: {ACCOUNT: !Ref AWS::AccountId}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: "*", Resource: "*"}
  Url:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !Ref Orders, AuthType: !Ref Auth}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: orders}
`

// lines returns the first lines of the ranges in a result, with some members of each.
func lines(result any, members ...string) []string {
	var all []string
	items, _ := result.([]any)
	for _, item := range items {
		one := item.(object)
		var parts []string
		for _, member := range members {
			parts = append(parts, fmt.Sprint(one[member]))
		}
		for _, name := range []string{"range", "targetRange", "location"} {
			at, ok := one[name].(object)
			if name == "location" && ok {
				at = at["range"].(object)
			}
			if at != nil {
				parts = append(parts, fmt.Sprint(at["start"].(object)["line"]))
			}
		}
		all = append(all, strings.Join(parts, " "))
	}
	return all
}

func TestDocumentSymbols(t *testing.T) {
	for _, tt := range []struct {
		name    string
		nested  bool
		members []string
		want    []string
	}{
		{"nested", true, []string{"name", "detail", "kind"}, []string{"Orders AWS::Lambda::Function 12 6", "Role AWS::IAM::Role 20 15", "Api AWS::ApiGateway::RestApi 11 27"}},
		{"flat", false, []string{"name", "kind"}, []string{"Orders 12 6", "Role 20 15", "Api 11 27"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := session(t, map[string]string{"t.yaml": orders}, func(params object) {
				params["capabilities"].(object)["textDocument"].(object)["documentSymbol"] = object{"hierarchicalDocumentSymbolSupport": tt.nested}
			})
			c.open("t.yaml")
			c.until("findings", func() bool { return len(c.shown["t.yaml"]) > 0 })
			got := lines(c.call("textDocument/documentSymbol", object{"textDocument": object{"uri": c.uri("t.yaml")}}), tt.members...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDefinition(t *testing.T) {
	for _, tt := range []struct {
		at   string
		want []string
	}{
		{"nodejs16.x", []string{"15", "23", "24"}}, // the role, its statement, the URL
		{`"*", Resource`, []string{"6"}},           // the function with the role
		{"Api:", nil},
	} {
		for _, links := range []bool{false, true} {
			c := session(t, map[string]string{"t.yaml": orders}, func(params object) {
				params["capabilities"].(object)["textDocument"].(object)["definition"] = object{"linkSupport": links}
			})
			c.open("t.yaml")
			c.until("findings", func() bool { return len(c.shown["t.yaml"]) > 0 })
			got := lines(c.call("textDocument/definition", object{"textDocument": object{"uri": c.uri("t.yaml")}, "position": at(t, orders, tt.at)}))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s, links %t: %s", tt.at, links, diff)
			}
		}
	}
}

// TestDefinitionInModule leads from a call to the module.
func TestDefinitionInModule(t *testing.T) {
	c := session(t, map[string]string{"main.tf": moduleCall, "m/main.tf": module})
	c.open("main.tf")
	c.until("findings", func() bool { return len(c.shown["main.tf"]) > 0 })
	result, _ := c.call("textDocument/definition", object{"textDocument": object{"uri": c.uri("main.tf")}, "position": at(t, moduleCall, "NONE")}).([]any)
	found := false
	for _, one := range result {
		found = found || one.(object)["uri"] == c.uri("m/main.tf")
	}
	if !found {
		t.Errorf("%v", result)
	}
}

func TestInlayHints(t *testing.T) {
	hints := func(c *client, path, text string) []string {
		result, _ := c.call("textDocument/inlayHint", object{"textDocument": object{"uri": c.uri(path)}, "range": span(0, 0, 1000, 0)}).([]any)
		var all []string
		for _, item := range result {
			hint := item.(object)
			at := hint["position"].(object)
			line := strings.Split(text, "\n")[int(at["line"].(float64))]
			all = append(all, strings.TrimSpace(line[:int(at["character"].(float64))])+" "+hint["label"].(string))
		}
		return all
	}
	for _, tt := range []struct {
		path, text string
		want       []string
	}{
		{"t.yaml", orders, []string{`FunctionName: !Sub "orders-${Auth}" = "orders-NONE"`, `Properties: {TargetFunctionArn: !Ref Orders, AuthType: !Ref Auth = "NONE"`}},
		{"m/main.tf", module, []string{`function_name      = aws_lambda_function.f.function_name = "orders"`, `authorization_type = var.auth = "NONE"`}},
		{"main.tf", moduleCall, []string{`auth   = var.auth = "NONE"`}},
	} {
		t.Run(tt.path, func(t *testing.T) {
			c := session(t, map[string]string{"main.tf": moduleCall, "m/main.tf": module, "t.yaml": orders})
			c.open(tt.path)
			c.until("findings", func() bool { return len(c.shown[tt.path]) > 0 })
			if got := hints(c, tt.path, tt.text); len(got) > 0 {
				t.Errorf("without the setting: %v", got)
			}
			c.notify("workspace/didChangeConfiguration", object{"settings": object{"lintel": object{"inlayHints": true}}})
			if diff := cmp.Diff(tt.want, hints(c, tt.path, tt.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSettingsOfFolders checks that each workspace folder has its own variable files.
func TestSettingsOfFolders(t *testing.T) {
	text := "variable \"auth\" {}\n" + strings.Replace(openURL, `"NONE"`, "var.auth", 1)
	c := start(t, t.TempDir())
	for _, dir := range []string{"a", "b", "c"} {
		write(t, c.dir+"/"+dir+"/main.tf", text)
		write(t, c.dir+"/"+dir+"/example.tfvars", "auth = \"NONE\"\n")
	}
	c.answer = func(method string) any {
		if method == "workspace/configuration" {
			return []any{object{}, object{"varFiles": []string{"example.tfvars"}}, object{}, object{"varFiles": []string{"none.tfvars", "../x"}}}
		}
		return nil
	}
	c.call("initialize", object{
		"capabilities":     object{"workspace": object{"configuration": true}},
		"workspaceFolders": []any{object{"uri": c.uri("a"), "name": "a"}, object{"uri": c.uri("b"), "name": "b"}, object{"uri": c.uri("c"), "name": "c"}},
	})
	c.notify("initialized", object{})
	c.until("a message", func() bool {
		for _, m := range c.received {
			if m["method"] == "window/showMessage" && strings.Contains(fmt.Sprint(m["params"]), `lintel.varFiles has "../x"`) {
				return true
			}
		}
		return false
	})
	for _, name := range []string{"a/main.tf", "b/main.tf", "c/main.tf"} {
		c.open(name)
	}
	c.shows("a/example.tfvars", "function-url-auth-none")
	c.shows("b/main.tf")
	c.until("a problem", func() bool { return strings.Contains(fmt.Sprint(c.shown), "none.tfvars") })
}

func TestRuleCommands(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL}, func(params object) {
		params["initializationOptions"] = object{"showsMarkdown": true}
	})
	page := c.call("workspace/executeCommand", object{"command": "lintel.explainRule", "arguments": []string{"function-url-auth-none"}}).(string)
	if !strings.HasPrefix(page, "# function-url-auth-none\n") || !strings.Contains(page, "## How to fix it") {
		t.Errorf("%s", page)
	}
	all := c.call("workspace/executeCommand", object{"command": "lintel.rules"}).([]any)
	if len(all) < 200 || all[0].(object)["id"] == "" || all[0].(object)["title"] == "" {
		t.Errorf("%v", all)
	}
	if n := c.count("window/showMessage"); n > 0 {
		t.Errorf("%d messages", n)
	}
	c.fails("workspace/executeCommand", object{"command": "lintel.explainRule", "arguments": []string{"no-such-rule"}})
	c.fails("workspace/executeCommand", object{"command": "lintel.explainRule", "arguments": []any{1}})
	c.fails("workspace/executeCommand", object{"command": "lintel.access", "arguments": []any{}})
}
