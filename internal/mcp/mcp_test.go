package mcp

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"lintel/internal/boundary"
	"lintel/internal/policy"
	"lintel/internal/workspace"
	"lintel/policies"
)

const (
	openURL = "Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties:\n      TargetFunctionArn: f\n      AuthType: NONE\n"
	signed  = "Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties:\n      TargetFunctionArn: f\n      AuthType: AWS_IAM\n"
	rule    = "function-url-auth-none"
)

// files writes files below a new directory.
func files(t *testing.T, texts map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range texts {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// client is a client of the SDK with a session.
type client struct {
	t *testing.T
	*sdk.ClientSession
}

// connect starts a server and a client with roots; nil: the client has none.
func connect(t *testing.T, opt Options, roots []string) client {
	t.Helper()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	opt.Policies, opt.Version = set, "v9.9.9"
	opt.Today = func() time.Time { return time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC) }
	ours, theirs := sdk.NewInMemoryTransports()
	if _, err := newServer(opt).Connect(t.Context(), ours, nil); err != nil {
		t.Fatal(err)
	}
	options := &sdk.ClientOptions{Capabilities: &sdk.ClientCapabilities{}}
	if roots != nil {
		options.Capabilities.RootsV2 = &sdk.RootCapabilities{} //nolint:staticcheck // see roots
	}
	c := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, options)
	for _, root := range roots {
		c.AddRoots(&sdk.Root{URI: boundary.URIOfPath(root, runtime.GOOS == "windows")}) //nolint:staticcheck // see roots
	}
	session, err := c.Connect(t.Context(), theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return client{t, session}
}

type arguments = map[string]any

// call calls a tool and returns the text of the result, and whether it is an error.
func (c client) call(tool string, args arguments) (text string, isError bool) {
	c.t.Helper()
	result, err := c.CallTool(c.t.Context(), &sdk.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		return err.Error(), true
	}
	var out strings.Builder
	for _, content := range result.Content {
		text, ok := content.(*sdk.TextContent)
		if !ok {
			c.t.Fatalf("%T", content)
		}
		out.WriteString(text.Text)
	}
	return out.String(), result.IsError
}

// result calls a tool and decodes its result.
func (c client) result(tool string, args arguments, out any) {
	c.t.Helper()
	text, isError := c.call(tool, args)
	if isError {
		c.t.Fatalf("%s %v: %s", tool, args, text)
	}
	if err := json.Unmarshal([]byte(text), out); err != nil {
		c.t.Fatalf("%v: %s", err, text)
	}
}

// places lists the findings of a result as FILE:LINE RULE.
func places(out checkOutput) []string {
	all := []string{}
	for _, f := range out.Findings {
		all = append(all, strings.Join([]string{f.File, f.Rule}, " "))
	}
	return all
}

func TestCheck(t *testing.T) {
	dir := files(t, map[string]string{"a/t.yaml": openURL, "b/t.yaml": signed})
	for name, tt := range map[string]struct {
		args arguments
		want []string
	}{
		"every root":               {arguments{}, []string{"a/t.yaml " + rule}},
		"a path":                   {arguments{"paths": []string{"a/t.yaml"}}, []string{"a/t.yaml " + rule}},
		"a directory":              {arguments{"paths": []string{"b"}}, []string{}},
		"an absolute path":         {arguments{"paths": []string{filepath.Join(dir, "a", "t.yaml")}}, []string{"a/t.yaml " + rule}},
		"a path that stays inside": {arguments{"paths": []string{"b/../a"}}, []string{"a/t.yaml " + rule}},
		"an unsaved text":          {arguments{"text": signed, "file": "a/t.yaml"}, []string{}},
		"the text of a new file":   {arguments{"text": openURL, "file": "c/new.yaml"}, []string{"c/new.yaml " + rule}},
		"rules":                    {arguments{"rules": []string{"runtime-deprecated"}}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			var out checkOutput
			connect(t, Options{}, []string{dir}).result("check", tt.args, &out)
			if got := places(out); !slices.Equal(got, tt.want) || !out.Complete {
				t.Errorf("%v, want %v: %+v", got, tt.want, out)
			}
		})
	}
	var out checkOutput
	connect(t, Options{}, []string{dir}).result("check", arguments{}, &out)
	found := out.Findings[0]
	if found.Line != 6 || found.Column != 17 || found.Severity != "high" || found.Resource != "U" || out.Severities["high"] != 1 || out.Rules[0].HowToFix == "" {
		t.Errorf("%+v", out)
	}
}

func TestLimit(t *testing.T) {
	dir := files(t, map[string]string{"a.yaml": openURL, "b.yaml": openURL, "c.yaml": openURL})
	var out checkOutput
	connect(t, Options{}, []string{dir}).result("check", arguments{"limit": 2}, &out)
	if len(out.Findings) != 2 || out.LeftOut != 1 || out.Severities["high"] != 3 {
		t.Errorf("%+v", out)
	}
}

// TestIncomplete checks that a file that cannot be read and a path without templates are problems.
func TestIncomplete(t *testing.T) {
	dir := files(t, map[string]string{"bad.tf": "resource \"aws_lambda_function\" {", "empty/x.txt": "nothing"})
	for _, p := range []string{"bad.tf", "empty"} {
		var out checkOutput
		connect(t, Options{}, []string{dir}).result("check", arguments{"paths": []string{p}}, &out)
		if out.Complete || len(out.Problems) == 0 || out.Problems[0].Message == "" {
			t.Errorf("%s: %+v", p, out)
		}
	}
}

// TestOutside checks that no call reads a file outside of the roots.
func TestOutside(t *testing.T) {
	secret := files(t, map[string]string{"t.yaml": openURL, "m/main.tf": "resource \"aws_lambda_function_url\" \"u\" {\n  function_name = \"f\"\n  authorization_type = \"NONE\"\n}\n"})
	dir := files(t, map[string]string{"ok.yaml": signed, "tf/main.tf": "module \"m\" {\n  source = \"../link/m\"\n}\n"})
	for name, to := range map[string]string{"file.yaml": filepath.Join(secret, "t.yaml"), "link": secret} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	up, err := filepath.Rel(dir, filepath.Join(secret, "t.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	c := connect(t, Options{}, []string{dir})
	for _, p := range []string{up, "..", "../", filepath.Join(secret, "t.yaml"), "a/../../" + filepath.Base(secret), "/", "~/x", "file.yaml", "link", "link/t.yaml", "link/m", "tf", "."} {
		for _, tool := range []string{"check", "fix", "access"} {
			text, _ := c.call(tool, arguments{"paths": []string{p}})
			if strings.Contains(text, rule) || strings.Contains(text, "NONE") {
				t.Errorf("%s %s read a file outside: %s", tool, p, text)
			}
		}
	}
	for _, p := range []string{up, "..", filepath.Join(secret, "t.yaml")} {
		for _, args := range []arguments{{"paths": []string{p}}, {"file": p, "text": openURL}} {
			if text, isError := c.call("check", args); !isError || !strings.Contains(text, "outside of the roots") {
				t.Errorf("%v: %s", args, text)
			}
		}
	}
}

func TestRoots(t *testing.T) {
	one, two := files(t, map[string]string{"a/t.yaml": openURL, "same.yaml": openURL}), files(t, map[string]string{"b/t.yaml": openURL, "same.yaml": openURL})
	for name, tt := range map[string]struct {
		limits, roots []string
		args          arguments
		files         []string // of findings; nil: an error
		text          string   // substring of the error
	}{
		"none":                              {args: arguments{}, text: "provides no roots"},
		"none, and a path":                  {args: arguments{"paths": []string{"t.yaml"}}, text: "provides no roots"},
		"none, and a text":                  {args: arguments{"text": openURL, "file": "t.yaml"}, files: []string{"t.yaml"}},
		"the client has none to give":       {roots: []string{}, args: arguments{}, text: "provides no roots"},
		"of the command line":               {limits: []string{one}, args: arguments{"paths": []string{"a"}}, files: []string{"a/t.yaml"}},
		"of the command line alone":         {limits: []string{one}, roots: []string{}, args: arguments{"paths": []string{"a"}}, files: []string{"a/t.yaml"}},
		"of both":                           {limits: []string{filepath.Join(one, "a")}, roots: []string{one}, args: arguments{}, files: []string{"t.yaml"}},
		"of both, the inner of the client":  {limits: []string{one}, roots: []string{filepath.Join(one, "a")}, args: arguments{}, files: []string{"t.yaml"}},
		"of both, without a common part":    {limits: []string{two}, roots: []string{one}, args: arguments{}, text: "provides no roots"},
		"two":                               {roots: []string{one, two}, args: arguments{"paths": []string{"a", "b"}}, files: []string{filepath.Join(one, "a", "t.yaml"), filepath.Join(two, "b", "t.yaml")}},
		"two with the same file":            {roots: []string{one, two}, args: arguments{"paths": []string{"same.yaml"}}, text: "pass an absolute path"},
		"two without the file":              {roots: []string{one, two}, args: arguments{"paths": []string{"none.yaml"}}, text: "exists in none of the roots"},
		"the root of the disk, as a whole":  {roots: []string{"/"}, args: arguments{}, text: "pass paths"},
		"the root of the disk, with a path": {roots: []string{"/"}, args: arguments{"paths": []string{filepath.Join(one, "a")}}, files: []string{strings.TrimPrefix(filepath.Join(one, "a/t.yaml"), "/")}},
		"one that does not exist":           {roots: []string{filepath.Join(one, "gone")}, args: arguments{}, text: "no such file"},
		"text without a file":               {roots: []string{one}, args: arguments{"text": openURL}, text: "text and file"},
		"text and paths":                    {roots: []string{one}, args: arguments{"text": openURL, "file": "t.yaml", "paths": []string{"a"}}, text: "text and file"},
		"text in place of a directory":      {roots: []string{one}, args: arguments{"text": openURL, "file": "a"}, text: "not a regular file"},
		"text alone outside":                {args: arguments{"text": openURL, "file": "../t.yaml"}, text: "provides no roots"},
		"unknown argument":                  {roots: []string{one}, args: arguments{"path": "a"}, text: "path"},
		"unknown profile":                   {roots: []string{one}, args: arguments{"profile": "none"}, text: `there is no profile "none"`},
		"unknown rule":                      {roots: []string{one}, args: arguments{"rules": []string{"none"}}, text: `there is no rule "none"`},
	} {
		t.Run(name, func(t *testing.T) {
			c := connect(t, Options{Roots: tt.limits}, tt.roots)
			if tt.files == nil {
				if text, isError := c.call("check", tt.args); !isError || !strings.Contains(text, tt.text) {
					t.Errorf("%v, want %q: %s", isError, tt.text, text)
				}
				return
			}
			var out checkOutput
			c.result("check", tt.args, &out)
			var got []string
			for _, f := range out.Findings {
				got = append(got, f.File)
			}
			slices.Sort(got)
			slices.Sort(tt.files)
			if !slices.Equal(got, tt.files) {
				t.Errorf("%v, want %v: %+v", got, tt.files, out)
			}
		})
	}
}

// TestFix checks that fix returns a diff and writes nothing.
func TestFix(t *testing.T) {
	const text = "resource \"aws_lambda_function_url\" \"u\" {\n  function_name      = \"f\"\n  authorization_type = \"NONE\"\n}\n"
	dir := files(t, map[string]string{"main.tf": text})
	c := connect(t, Options{}, []string{dir})
	var safe, all, none fixOutput
	c.result("fix", arguments{}, &safe)
	if safe.Diff != "" || len(safe.NotFixed) != 1 || !safe.NotFixed[0].Unsafe || safe.NotFixed[0].Reason == "" || safe.NotFixed[0].Line != 3 {
		t.Errorf("%+v", safe)
	}
	c.result("fix", arguments{"unsafe": true}, &all)
	if !strings.Contains(all.Diff, "--- a/main.tf") || !strings.Contains(all.Diff, `+  authorization_type = "AWS_IAM"`) || len(all.Fixed) != 1 || all.Fixed[0].Title == "" || all.Masked {
		t.Errorf("%+v", all)
	}
	c.result("fix", arguments{"unsafe": true, "fingerprints": []string{"another"}}, &none)
	if none.Diff != "" || len(none.Fixed)+len(none.NotFixed) > 0 {
		t.Errorf("%+v", none)
	}
	var unsaved fixOutput
	c.result("fix", arguments{"unsafe": true, "file": "sub/other.tf", "text": text}, &unsaved)
	if !strings.Contains(unsaved.Diff, "+++ b/sub/other.tf") {
		t.Errorf("%+v", unsaved)
	}
	if after, err := fs.ReadFile(os.DirFS(dir), "main.tf"); err != nil || string(after) != text {
		t.Errorf("the file is %q, %v", after, err)
	}
}

func TestAccess(t *testing.T) {
	example, err := os.ReadFile("../../docs/example/template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := files(t, map[string]string{"t.yaml": string(example)})
	c := connect(t, Options{}, []string{dir})
	for _, args := range []arguments{{}, {"function": "Api"}, {"text": string(example), "file": "t.yaml"}} {
		text, isError := c.call("access", args)
		for _, want := range []string{"## `Api` in `t.yaml`", "**public**: `anyone`: authorization NONE (url `ApiUrl`)", "AWSLambdaBasicExecutionRole"} {
			if isError || !strings.Contains(text, want) {
				t.Errorf("%v lacks %q: %s", args, want, text)
			}
		}
	}
	if text, isError := c.call("access", arguments{"function": "Other"}); !isError || !strings.Contains(text, "its functions are Api") {
		t.Error(text)
	}
	if text, isError := c.call("access", arguments{"text": openURL, "file": "u.yaml"}); isError || !strings.Contains(text, "There is no function") {
		t.Error(text)
	}
}

func TestRules(t *testing.T) {
	own, err := os.ReadFile("../../testdata/runs-policies/rules/acme_fails/policy.rego")
	if err != nil {
		t.Fatal(err)
	}
	dir := files(t, map[string]string{".lintel.yaml": "policies: [own]\n", "own/rules/acme_fails/policy.rego": string(own)})
	c := connect(t, Options{}, []string{dir})
	for _, tt := range []struct {
		tool    string
		args    arguments
		want    string
		isError bool
	}{
		{"explain", arguments{"rule": rule}, "## How to fix it", false},
		{"explain", arguments{"rule": "acme-fails"}, "# acme-fails", false},
		{"rules", arguments{"search": "acme"}, "acme-fails", false},
		{"explain", arguments{"rule": "CKV_AWS_258"}, "# " + rule, false},
		{"explain", arguments{"rule": "AKIAIOSFODNN7EXAMPLQ"}, "there is no rule", true},
		{"explain", arguments{}, "rule", true},
		{"rules", arguments{"search": "function url"}, rule, false},
		{"rules", arguments{"search": "no such text"}, "no rule matches", false},
		{"rules", arguments{"category": "secrets"}, "env-hardcoded-secret", false},
		{"rules", arguments{"profile": "other"}, "there is no profile", true},
	} {
		if text, isError := c.call(tt.tool, tt.args); isError != tt.isError || !strings.Contains(text, tt.want) {
			t.Errorf("%s %v: %v, %.500s", tt.tool, tt.args, isError, text)
		}
	}
	all, _ := c.call("rules", arguments{})
	few, _ := c.call("rules", arguments{"profile": "default"})
	if n, m := strings.Count(all, "\n"), strings.Count(few, "\n"); n <= m || m < 50 {
		t.Errorf("%d rules, %d in the default profile", n, m)
	}
}

func TestResources(t *testing.T) {
	c := connect(t, Options{}, nil)
	for uri, want := range map[string]string{"lintel://rules": rule + " ", "lintel://rules/" + rule: "# " + rule} {
		result, err := c.ReadResource(t.Context(), &sdk.ReadResourceParams{URI: uri})
		if err != nil || len(result.Contents) != 1 || !strings.Contains(result.Contents[0].Text, want) {
			t.Errorf("%s: %+v, %v", uri, result, err)
		}
	}
	if _, err := c.ReadResource(t.Context(), &sdk.ReadResourceParams{URI: "lintel://rules/none"}); err == nil {
		t.Error("a rule that does not exist has a page")
	}
	listed, err := c.ListResourceTemplates(t.Context(), nil)
	if err != nil || len(listed.ResourceTemplates) != 1 {
		t.Errorf("%+v, %v", listed, err)
	}
}

// TestMasked checks that no result contains a secret of a template, a path or an argument.
func TestMasked(t *testing.T) {
	const key, password = "AKIAQX7L5DNW3ZKTREM2", "tr0ub4dor&3-horse"
	text := "Parameters:\n  Password: {Type: String, NoEcho: true, Default: " + password + "}\n" +
		"Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: a.b\n      Runtime: python3.13\n      CodeUri: s\n" +
		"      FunctionUrlConfig: {AuthType: NONE}\n      Environment: {Variables: {KEY: " + key + ", DB: \"" + password + "\"}}\n"
	dir := files(t, map[string]string{"t.yaml": text, key + "/t.yaml": openURL})
	c := connect(t, Options{}, []string{dir})
	for _, tt := range []struct {
		tool string
		args arguments
	}{
		{"check", arguments{"profile": "all"}},
		{"check", arguments{"text": text, "file": "x.yaml"}},
		{"check", arguments{"paths": []string{"/" + key}}},
		{"check", arguments{"rules": []string{password}}},
		{"fix", arguments{"unsafe": true}},
		{"access", arguments{}},
		{"access", arguments{"function": password}},
		{"explain", arguments{"rule": key}},
		{key, arguments{}},
	} {
		got, _ := c.call(tt.tool, tt.args)
		for _, secret := range []string{key, password} {
			if strings.Contains(got, secret) {
				t.Errorf("%s %v shows %s: %s", tt.tool, tt.args, secret, got)
			}
		}
		if strings.HasPrefix(got, "{") && !json.Valid([]byte(got)) {
			t.Errorf("%s %v is not JSON: %s", tt.tool, tt.args, got)
		}
	}
}

// TestMaskedDiff checks that a diff that cannot be applied because of masked secrets is marked.
func TestMaskedDiff(t *testing.T) {
	text := "resource \"aws_lambda_function_url\" \"u\" {\n  function_name      = \"f\"\n  # AKIAQX7L5DNW3ZKTREM2\n  authorization_type = \"NONE\"\n}\n"
	var out fixOutput
	connect(t, Options{}, nil).result("fix", arguments{"text": text, "file": "main.tf", "unsafe": true}, &out)
	if !out.Masked || !strings.Contains(out.Diff, "# ********************") {
		t.Errorf("%+v", out)
	}
}

// TestResultsAreMasked checks that every text of a result is masked, whatever the tools mask.
func TestResultsAreMasked(t *testing.T) {
	const password, stars = "tr0ub4dor&3-horse", "*****************"
	m := &masks{}
	m.learn("", []string{password})
	written, err := m.result(&sdk.CallToolResult{
		Content:           []sdk.Content{&sdk.TextContent{Text: `{"message":"` + password + `"}`}, &sdk.TextContent{Text: "is " + password}},
		StructuredContent: json.RawMessage(`{"list":["` + password + `",1],"in":{"value":"` + password + `"}}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(written)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(got), "tr0ub4dor") || strings.Count(string(got), stars) != 4 {
		t.Errorf("%s", got)
	}
}

// TestServe checks the transport: a session over pipes that ends with the input.
func TestServe(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- Serve(context.Background(), in, out, Options{Policies: set, Today: time.Now}) }()
	c := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil)
	session, err := c.Connect(t.Context(), &sdk.IOTransport{Reader: fromServer, Writer: toServer}, nil)
	if err != nil {
		t.Fatal(err)
	}
	tools, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range tools.Tools {
		names = append(names, tool.Name)
		if !tool.Annotations.ReadOnlyHint {
			t.Errorf("%s is not read-only", tool.Name)
		}
		schemas, err := json.Marshal([]any{tool.InputSchema, tool.OutputSchema})
		if err != nil || strings.Contains(string(schemas), `"null"`) {
			t.Errorf("%s has members that can be null, which several clients reject: %s, %v", tool.Name, schemas, err)
		}
	}
	if want := []string{"access", "check", "explain", "fix", "rules"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
	if err := toServer.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestOlderProtocol checks that a client of an older version of the protocol, in which the server asks for the roots with a
// request, can use them.
func TestOlderProtocol(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	dir := files(t, map[string]string{"t.yaml": openURL})
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	go func() { _ = Serve(context.Background(), in, out, Options{Policies: set, Today: time.Now}) }()
	defer toServer.Close() //nolint:errcheck // ends the server
	received := json.NewDecoder(fromServer)
	type message struct {
		ID     any
		Method string
		Result struct{ StructuredContent checkOutput }
	}
	exchange := func(messages ...string) (answer message) {
		for _, m := range messages {
			if _, err := io.WriteString(toServer, m+"\n"); err != nil {
				t.Fatal(err)
			}
		}
		if err := received.Decode(&answer); err != nil {
			t.Fatal(err)
		}
		return answer
	}
	exchange(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"roots":{}},"clientInfo":{"name":"t","version":"1"}}}`)
	asked := exchange(`{"jsonrpc":"2.0","method":"notifications/initialized"}`, `{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"check","arguments":{}}}`)
	if asked.Method != "roots/list" {
		t.Fatalf("%+v", asked)
	}
	id, err := json.Marshal(asked.ID)
	if err != nil {
		t.Fatal(err)
	}
	found := exchange(`{"jsonrpc":"2.0","id":` + string(id) + `,"result":{"roots":[{"uri":"` + boundary.URIOfPath(dir, runtime.GOOS == "windows") + `"}]}}`)
	if got := places(found.Result.StructuredContent); !slices.Equal(got, []string{"t.yaml " + rule}) {
		t.Errorf("%v: %+v", got, found)
	}
}

// TestUnchecked checks that every tool that reads templates names what was not checked: a template that cannot be read, and
// one in a directory that is not searched.
func TestUnchecked(t *testing.T) {
	dir := files(t, map[string]string{"template.yaml": openURL, "malformed.yaml": openURL + "  [", "node_modules/x/template.yaml": openURL})
	tracked := func(_ context.Context, root string) (workspace.Tracked, error) {
		if root != dir {
			t.Errorf("asked for %s", root)
		}
		return workspace.Tracked{Paths: []string{"template.yaml", "malformed.yaml", "node_modules/x/template.yaml"}}, nil
	}
	c := connect(t, Options{Roots: []string{dir}, Tracked: tracked}, nil)
	for _, tool := range []string{"check", "fix", "access"} {
		result, err := c.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: map[string]any{}})
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(result)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"malformed.yaml", "node_modules/x/template.yaml"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s does not name %s: %s", tool, want, text)
			}
		}
	}
}

// TestAcrossStacks checks that the unsaved text of one stack is checked with the stack that it imports from.
func TestAcrossStacks(t *testing.T) {
	const function = "Resources:\n  Orders:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: python3.13\n      Handler: a.b\n      Code: {ZipFile: x}\n      Role: !ImportValue app-role-arn\n"
	dir := files(t, map[string]string{"iam/iam.yaml": "Resources:\n  AppRole:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]\n" +
		"      Policies:\n        - PolicyName: app\n          PolicyDocument:\n            Statement: [{Effect: Allow, Action: '*', Resource: '*'}]\n" +
		"Outputs:\n  Role:\n    Value: !GetAtt AppRole.Arn\n    Export: {Name: app-role-arn}\n"})
	c := connect(t, Options{}, []string{dir})
	var out checkOutput
	c.result("check", arguments{"text": function, "file": "app/app.yaml", "rules": []string{"policy-admin-star"}}, &out)
	if want := []string{"iam/iam.yaml policy-admin-star"}; !slices.Equal(places(out), want) {
		t.Errorf("got %v, want %v", places(out), want)
	}
	text, isError := c.call("access", arguments{"text": function, "file": "app/app.yaml"})
	if want := "iam/iam.yaml:AppRole"; isError || !strings.Contains(text, want) {
		t.Errorf("the access lacks %q: %s", want, text)
	}
}
