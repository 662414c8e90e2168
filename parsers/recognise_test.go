package parsers_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/parsers"
)

// authOf returns the authorization type of the first function URL.
func authOf(parsed deployment.Parsed) string {
	text, _ := parsed.Stack.FunctionURLs[0].AuthType.Get()
	return text
}

// TestNotations checks that a template is found and read however it is legally written.
func TestNotations(t *testing.T) {
	for name, text := range map[string]string{
		"a.yaml block":                "Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties:\n      AuthType: NONE\n",
		"a.yaml quoted key":           "'Resources' :\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n",
		"a.yaml flow":                 "{Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}}}\n",
		"a.yaml flow after a marker":  "--- {Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}}}\n",
		"a.yaml flow after a comment": "# a comment\n{ Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}}}\n",
		"a.yaml indented":             "  Description: x\n  Resources:\n    U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n",
		"a.yaml anchor":               "&top\nResources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n",
		"a.yaml key with an anchor":   "&r Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n",
		"a.yaml key with a tag":       "!!str Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n",
		"a.yaml explicit key":         "? Resources\n: U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n",
		"a.yaml escaped key":          "\"Resour\\x63es\":\n  U: {Type: \"AWS\\u003a:Lambda::Url\", Properties: {AuthType: NONE}}\n",
		"a.yaml alias":                "Metadata:\n  x: &r\n    U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\nResources: *r\n",
		"a.yaml version 1.2":          "%YAML 1.2\n---\nResources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n...\n",
		"a.yaml after an empty one":   "---\n---\nResources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n",
		"a.yaml carriage returns":     "Description: x\r\nResources:\r\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\r\n",
		"a.json":                      `{"Resources": {"U": {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE"}}}}`,
		"a.json white space":          "\n\t{\n\t\"Resources\"\n:\n{\"U\": {\"Type\": \"AWS::Lambda::Url\", \"Properties\": {\"AuthType\": \"NONE\"}}}}",
		"a.json escapes":              `{"Description": "\" \\", "R\u0065sources": {"U": {"Type": "AWS\u003a\u003aLambda::Url", "Properties": {"AuthType": "N\u004fNE"}}}}`,
		"a.json as YAML":              "Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE}}\n",
		"a.template":                  `{"Resources": {"U": {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE"}}}}`,
	} {
		for _, mark := range []string{"", "\ufeff"} {
			file, _, _ := strings.Cut(name, " ")
			fsys := fstest.MapFS{file: {Data: []byte(mark + text), Mode: 0o644}}
			found := parsers.Search(fsys, []string{"."})
			if len(found.Units) != 1 {
				t.Errorf("%s, mark %q: %+v", name, mark, found)
				continue
			}
			parsed := parsers.Parse(t.Context(), fsys, found.Units[0], deployment.Options{})
			if len(parsed.Problems) > 1 || len(parsed.Stack.FunctionURLs) != 1 || authOf(parsed) != "NONE" {
				t.Errorf("%s, mark %q: %v, %+v", name, mark, parsed.Problems, parsed.Stack.FunctionURLs)
				continue
			}
			at := parsed.Stack.FunctionURLs[0].AuthType.At
			if got := parsed.Files[file].Text(at); !strings.Contains(got, "NONE") && !strings.Contains(got, `N\u004fNE`) {
				t.Errorf("%s, mark %q: the value is at %q", name, mark, got)
			}
			if named := parsers.Search(fsys, []string{file}); len(named.Unread) > 0 {
				t.Errorf("%s is not read when it is named", name)
			}
		}
	}
}

// TestOtherFiles checks that files that only look like templates are none.
func TestOtherFiles(t *testing.T) {
	for name, text := range map[string]string{
		"a.json": `{"tree": {"Resources": {"Type": "AWS::Lambda::Url"}}}`,
		"b.json": `["Resources", "AWS::Lambda::Url"]`,
		"a.yaml": "text: |\n  Resources:\n    U: {Type: AWS::Lambda::Url}\n",
		"b.yaml": "# Resources: AWS::Lambda::Url\nname: x\n",
		"c.json": `{"format_version": "1.0", "values": {"root_module": {}}}`,
		"d.yaml": "Transform: AWS::X\n",
	} {
		fsys := fstest.MapFS{name: {Data: []byte(text), Mode: 0o644}}
		if found := parsers.Search(fsys, []string{name}); len(found.Units) != 0 || len(found.Unread) != 1 {
			t.Errorf("%s: %+v", name, found)
		}
	}
	taken := fstest.MapFS{
		"m/main.tf": {Data: []byte("# a module\n")}, "m/x.tfvars": {Data: []byte("a = 1\n")}, "v/x.tfvars": {Data: []byte("a = 1\n")},
		"empty.yaml": {Data: []byte("Resources:\n  A: AWS::Lambda::Url\n")},
	}
	found := parsers.Search(taken, []string{"m/main.tf", "m/x.tfvars", "v/x.tfvars", "empty.yaml"})
	if diff := cmp.Diff([]string{"v/x.tfvars", "empty.yaml"}, found.Unread); diff != "" {
		t.Error(diff)
	}
}

// TestEncodings checks that a text in another encoding is read, or is a problem that names it.
func TestEncodings(t *testing.T) {
	wide := func(text string, big bool, mark bool) []byte {
		if mark {
			text = "\ufeff" + text
		}
		var out []byte
		for _, unit := range utf16.Encode([]rune(text)) {
			pair := []byte{byte(unit), byte(unit >> 8)} //nolint:gosec // the halves
			if big {
				slices.Reverse(pair)
			}
			out = append(out, pair...)
		}
		return out
	}
	const plan = `{"format_version": "1.2", "planned_values": {}, "resource_changes": [{"address": "aws_lambda_function_url.ü", "mode": "managed", "type": "aws_lambda_function_url", "change": {"actions": ["create"], "after": {"authorization_type": "NONE"}}}]}`
	for name, tt := range map[string]struct {
		text   string
		isRead bool // in UTF-16
	}{
		"plan.json":          {plan, true},
		"logged.json":        {"Warning: {deprecated} \"format_version\"\n\n\x1b[33m╷\x1b[0m\n{\n" + plan, true},
		"pretty.json":        {"Warning: deprecated\r\n{\n  " + plan[1:] + "\n", true},
		"main.tf":            {"resource \"aws_lambda_function_url\" \"u\" {\n  authorization_type = \"NONE\"\n}\n", false},
		"main.tf.json":       {`{"resource": {"aws_lambda_function_url": {"u": {"authorization_type": "NONE"}}}}`, false},
		"template.yaml":      {"Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}\n", false},
		"template.json":      {`{"Resources": {"U": {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE", "TargetFunctionArn": "f"}}}}`, false},
		"terraform.tfvars":   {"auth = \"NONE\"\n", false},
		"x.auto.tfvars.json": {`{"auth": "NONE"}`, false},
	} {
		for encoding, content := range map[string][]byte{
			"UTF-8": []byte(tt.text), "UTF-8 with a mark": []byte("\ufeff" + tt.text),
			"UTF-16LE": wide(tt.text, false, true), "UTF-16BE": wide(tt.text, true, true), "UTF-16LE without a mark": wide(tt.text, false, false),
		} {
			fsys := fstest.MapFS{name: {Data: content, Mode: 0o644}}
			if strings.Contains(name, "tfvars") {
				fsys["main.tf"] = &fstest.MapFile{Data: []byte("variable \"auth\" {}\nresource \"aws_lambda_function_url\" \"u\" {\n  authorization_type = var.auth\n}\n")}
			}
			found := parsers.Search(fsys, []string{"."})
			if len(found.Units) != 1 {
				t.Errorf("%s in %s: %+v", name, encoding, found)
				continue
			}
			parsed := parsers.Parse(t.Context(), fsys, found.Units[0], deployment.Options{})
			if strings.HasPrefix(encoding, "UTF-16") && !tt.isRead {
				if len(parsed.Problems) != 1 || parsed.Problems[0].Range.Path != name || !strings.Contains(parsed.Problems[0].Message, "UTF-16") {
					t.Errorf("%s in %s: %v", name, encoding, parsed.Problems)
				}
				continue
			}
			if len(parsed.Problems) > 0 || len(parsed.Stack.FunctionURLs) != 1 || authOf(parsed) != "NONE" {
				t.Errorf("%s in %s: %v, %+v", name, encoding, parsed.Problems, parsed.Stack.FunctionURLs)
			}
		}
	}
}

// TestMarkBeforeComment checks that a byte order mark does not hide the comment after it.
func TestMarkBeforeComment(t *testing.T) {
	const comment = "\ufeff# lintel:ignore function-url-auth-none -- a demo\n"
	for name, text := range map[string]string{
		"t.yaml":  comment + "Resources: {U: {Type: AWS::Lambda::Url}}\n",
		"main.tf": comment + "resource \"aws_lambda_function_url\" \"u\" {}\n",
	} {
		found := parsers.Directives(source.Files{name: source.NewFile(name, []byte(text))})
		if len(found) != 1 || !strings.Contains(found[0].Text, "a demo") {
			t.Errorf("%s: %+v", name, found)
		}
	}
}
