package lsp_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pulling makes a client one that requests diagnostics.
func pulling(params object) {
	can := params["capabilities"].(object)
	can["textDocument"].(object)["diagnostic"] = object{}
	can["workspace"].(object)["diagnostics"] = object{"refreshSupport": true}
}

// pull requests the diagnostics of a file.
func (c *client) pull(path, previous string) (codes []string, kind, id string) {
	c.tb.Helper()
	result := c.call("textDocument/diagnostic", object{"textDocument": object{"uri": c.uri(path)}, "previousResultId": previous}).(object)
	items, _ := result["items"].([]any)
	for _, item := range items {
		codes = append(codes, item.(object)["code"].(string))
	}
	return codes, result["kind"].(string), result["resultId"].(string)
}

// pullAll requests the diagnostics of the workspace and returns the codes by file, and the result ids.
func (c *client) pullAll(previous map[string]string) (codes map[string]string, ids map[string]string) {
	c.tb.Helper()
	known := []any{}
	for _, path := range slices.Sorted(maps.Keys(previous)) {
		known = append(known, object{"uri": c.uri(path), "value": previous[path]})
	}
	codes, ids = map[string]string{}, map[string]string{}
	for _, item := range c.call("workspace/diagnostic", object{"previousResultIds": known}).(object)["items"].([]any) {
		one := item.(object)
		path := c.pathOf(one["uri"].(string))
		ids[path] = one["resultId"].(string)
		if one["kind"] == "unchanged" {
			codes[path] = "unchanged"
			continue
		}
		var all []string
		for _, d := range one["items"].([]any) {
			all = append(all, d.(object)["code"].(string))
		}
		codes[path] = strings.Join(all, " ")
	}
	return codes, ids
}

// count returns the number of messages of the server with a method.
func (c *client) count(method string) int {
	n := 0
	for _, m := range c.received {
		if m["method"] == method {
			n++
		}
	}
	return n
}

func TestPullDiagnostics(t *testing.T) {
	c := session(t, map[string]string{
		"main.tf":   "module \"m\" {\n  source = \"./m\"\n}\n",
		"m/main.tf": openURL,
	}, pulling)
	c.open("main.tf")
	codes, kind, id := c.pull("main.tf", "")
	if len(codes) != 1 || kind != "full" { // at the call of the module, which is not open
		t.Errorf("%s %v", kind, codes)
	}
	c.shows("m/main.tf", "function-url-auth-none") // closed: pushed
	if c.times["main.tf"] > 0 {
		t.Error("an open document is pushed")
	}
	if _, kind, again := c.pull("main.tf", id); kind != "unchanged" || again != id {
		t.Errorf("%s %s", kind, again)
	}
	c.open("m/main.tf")
	codes, _, id = c.pull("m/main.tf", "")
	if diff := cmp.Diff([]string{"function-url-auth-none"}, codes); diff != "" {
		t.Error(diff)
	}
	c.shows("m/main.tf") // what was pushed is cleared
	c.change("m/main.tf", closedURL)
	codes, kind, id = c.pull("m/main.tf", id)
	if len(codes) > 0 || kind != "full" {
		t.Errorf("%s %v", kind, codes)
	}
	c.change("m/main.tf", "variable \"auth\" {}\n"+strings.Replace(openURL, `"NONE"`, "var.auth", 1))
	c.pull("m/main.tf", id)
	before := c.count("workspace/diagnostic/refresh")
	c.change("main.tf", "module \"m\" {\n  source = \"./m\"\n  auth   = \"NONE\"\n}\n") // causes a finding in both
	c.until("a request to refresh", func() bool { return c.count("workspace/diagnostic/refresh") > before })
	if codes, _, _ := c.pull("main.tf", ""); len(codes) != 1 {
		t.Errorf("%v", codes)
	}
	c.close("m/main.tf")
	c.close("main.tf")
	c.shows("m/main.tf", "function-url-auth-none")
}

// TestPushWithoutRefresh checks that a client that cannot be asked to refresh gets pushed diagnostics.
func TestPushWithoutRefresh(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL}, func(params object) {
		params["capabilities"].(object)["textDocument"].(object)["diagnostic"] = object{}
	})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none")
}

func TestWorkspaceDiagnostics(t *testing.T) {
	c := session(t, map[string]string{
		"main.tf": "module \"m\" {\n  source = \"./m\"\n}\n", "m/main.tf": openURL, "other/t.yaml": "Resources: {}\n",
	}, pulling)
	c.open("main.tf")
	c.shows("m/main.tf", "function-url-auth-none")
	codes, ids := c.pullAll(nil)
	if diff := cmp.Diff(map[string]string{"main.tf": "function-url-auth-none", "m/main.tf": "function-url-auth-none"}, codes); diff != "" {
		t.Error(diff)
	}
	c.shows("m/main.tf") // no longer pushed
	waiting := c.ask("workspace/diagnostic", object{"previousResultIds": []any{
		object{"uri": c.uri("m/main.tf"), "value": ids["m/main.tf"]}, object{"uri": c.uri("main.tf"), "value": ids["main.tf"]},
	}})
	if codes, _, _ := c.pull("main.tf", ""); len(codes) != 1 { // other requests are answered
		t.Errorf("%v", codes)
	}
	c.mu.Lock()
	isAnswered := c.answers[waiting] != nil
	c.mu.Unlock()
	if isAnswered {
		t.Error("a request is answered without news")
	}
	c.change("main.tf", "# nothing\n")
	items := c.answerTo(waiting)["result"].(object)["items"].([]any)
	if len(items) == 0 {
		t.Error("no news")
	}
	if codes, _ = c.pullAll(nil); len(codes) > 0 { // the module is no longer part of the open configuration
		t.Errorf("%v", codes)
	}
	c.change("main.tf", openURL)
	codes, _ = c.pullAll(map[string]string{"m/main.tf": ids["m/main.tf"], "gone.tf": "x"})
	if codes["main.tf"] != "function-url-auth-none" || codes["gone.tf"] != "" {
		t.Errorf("%v", codes)
	}
}

// TestWholeWorkspace checks everything in the workspace folder without an open document, if the settings ask for it.
func TestWholeWorkspace(t *testing.T) {
	files := map[string]string{
		"main.tf": "module \"m\" {\n  source = \"./m\"\n}\n", "m/main.tf": openURL,
		"a/t.yaml": "Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties: {TargetFunctionArn: f, AuthType: NONE}\n",
	}
	for name, options := range map[string][]func(object){
		"push": {whole}, "pull": {whole, pulling},
	} {
		t.Run(name, func(t *testing.T) {
			c := session(t, files, options...)
			if name == "pull" {
				codes, _ := c.pullAll(nil)
				if diff := cmp.Diff(map[string]string{"m/main.tf": "function-url-auth-none", "a/t.yaml": "function-url-auth-none"}, codes); diff != "" {
					t.Error(diff)
				}
				return
			}
			c.shows("m/main.tf", "function-url-auth-none")
			c.shows("a/t.yaml", "function-url-auth-none")
			c.open("a/t.yaml")
			c.change("a/t.yaml", "Resources: {}\n")
			c.shows("a/t.yaml")
		})
	}
}

func whole(params object) { params["initializationOptions"] = object{"wholeWorkspace": true} }
