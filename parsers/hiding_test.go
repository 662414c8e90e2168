package parsers_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

const (
	publicURL  = "resource \"aws_lambda_function_url\" \"u\" {\n  function_name = \"f\"\n  authorization_type = \"NONE\"\n}\nvariable \"x\" { default = 1 }\n"
	call       = "module \"m\" {\n  source = \"../app\"\n%s}\n"
	publicCFN  = "Resources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}\n"
	publicJSON = `{"Resources": {"U": {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE", "TargetFunctionArn": "f"}}}}`
	stackOf    = "Parameters:\n  P: {Type: String, Default: a}\nConditions:\n  C: !Equals [a, %s]\nResources:\n  S: {Type: AWS::CloudFormation::Stack, Condition: C, Properties: {TemplateURL: %s}}\n"
)

// seen returns what is checked of a tree: the files that declare function URLs, problems and gaps.
func seen(t *testing.T, files map[string]string) []string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	found := parsers.Search(fsys, []string{"."})
	all := map[string]bool{}
	for _, p := range found.Problems {
		all["problem "+p.Range.Path] = true
	}
	for _, u := range found.Units {
		parsed := parsers.Parse(context.Background(), fsys, u, deployment.Options{})
		for _, url := range parsed.Stack.FunctionURLs {
			all[url.At.Path] = true
		}
		for _, p := range parsed.Problems {
			all["problem "+p.Range.Path] = true
		}
		for _, g := range parsed.Gaps {
			all["gap "+g.Range.Path] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// TestHiding adds files to a tree that do not change what is deployed: they must not hide a function URL.
func TestHiding(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"a call that is never made":         {map[string]string{"app/a.tf": publicURL, "z/a.tf": fmt.Sprintf(call, "  count = 0\n")}, []string{"app/a.tf"}},
		"a call in JSON that is never made": {map[string]string{"app/a.tf": publicURL, "z/a.tf.json": `{"module":{"m":{"source":"../app","count":0}}}`}, []string{"app/a.tf"}},
		"a call for no elements":            {map[string]string{"app/a.tf": publicURL, "z/a.tf": fmt.Sprintf(call, "  for_each = toset([])\n")}, []string{"app/a.tf"}},
		"a call by a variable that is off":  {map[string]string{"app/a.tf": publicURL, "z/a.tf": fmt.Sprintf(call, "  count = var.on ? 1 : 0\n") + "variable \"on\" { default = false }\n"}, []string{"app/a.tf"}},
		"a call that an override replaces":  {map[string]string{"app/a.tf": publicURL, "o/a.tf": "locals { a = 1 }\n", "z/a.tf": fmt.Sprintf(call, ""), "z/b_override.tf": "module \"m\" {\n  source = \"../o\"\n}\n"}, []string{"app/a.tf"}},
		"a call in a module that is never called": {map[string]string{
			"app/a.tf": publicURL, "y/a.tf": fmt.Sprintf(call, ""), "z/a.tf": "module \"m\" {\n  source = \"../y\"\n  count = 0\n}\n",
		}, []string{"app/a.tf"}},
		"a cycle":                       {map[string]string{"app/a.tf": publicURL + "module \"b\" {\n  source = \"../b\"\n}\n", "b/a.tf": fmt.Sprintf(call, "")}, []string{"app/a.tf", "problem b/a.tf"}},
		"a call in a test":              {map[string]string{"app/a.tf": publicURL, "app/a.tftest.hcl": "run \"a\" {\n  module {\n    source = \"./\"\n  }\n}\n"}, []string{"app/a.tf"}},
		"a call in a skipped directory": {map[string]string{"app/a.tf": publicURL, "node_modules/z/a.tf": "module \"m\" {\n  source = \"../../app\"\n}\n"}, []string{"app/a.tf"}},
		"a call with harmless arguments of a root module with a backend": {map[string]string{
			"app/a.tf": strings.Replace(publicURL, `"NONE"`, "var.auth", 1) + "variable \"auth\" { default = \"NONE\" }\nterraform {\n  backend \"s3\" {}\n}\n",
			"z/a.tf":   fmt.Sprintf(call, "  auth = \"AWS_IAM\"\n"),
		}, []string{"app/a.tf"}},
		"a nested stack that is never deployed": {map[string]string{"app.yaml": publicCFN, "z.yaml": fmt.Sprintf(stackOf, "b", "app.yaml")}, []string{"app.yaml"}},
		"a nested stack in one that is never deployed": {map[string]string{
			"app.yaml": publicCFN, "y.yaml": fmt.Sprintf(stackOf, "a", "app.yaml"), "z.yaml": fmt.Sprintf(stackOf, "b", "y.yaml"),
		}, []string{"app.yaml"}},
		"a file of OpenTofu beside it":            {map[string]string{"a.tf": publicURL, "a.tofu": "locals { a = 1 }\n"}, []string{"a.tf"}},
		"an override of OpenTofu":                 {map[string]string{"a.tf": publicURL, "override.tofu": "resource \"aws_lambda_function_url\" \"u\" {\n  authorization_type = \"AWS_IAM\"\n}\n"}, []string{"a.tf"}},
		"a large template":                        {map[string]string{"a.yaml": strings.Repeat("# comment\n", source.MaxFileBytes/10+1) + publicCFN}, []string{"problem a.yaml"}},
		"a large plan":                            {map[string]string{"a.json": `{"planned_values":"` + strings.Repeat("x", source.MaxFileBytes) + `","format_version":"1.2"}`}, []string{"problem a.json"}},
		"a large file of data":                    {map[string]string{"a.json": `{"x":"` + strings.Repeat("x", source.MaxFileBytes) + `"}`}, nil},
		"a text file with prose":                  {map[string]string{"a.txt": "About AWS:: types.\nResources: see [below\n"}, nil},
		"resources that a duplicate key replaces": {map[string]string{"a.json": `{"Resources": {"U": {"Type": "AWS::Lambda::Url"}}, "Resources": {}}`}, []string{"problem a.json"}},
		"a comment at the start of JSON":          {map[string]string{"a.json": "// comment\n" + publicJSON}, []string{"a.json", "problem a.json"}},
		"a comment before a key of JSON":          {map[string]string{"a.json": strings.Replace(publicJSON, "{", "{ /* comment */", 1)}, []string{"a.json", "problem a.json"}},
		"a comment before a property in JSON":     {map[string]string{"a.json": strings.Replace(publicJSON, `"AuthType"`, "// comment\n\"AuthType\"", 1)}, []string{"a.json", "problem a.json"}},
		"a comment in a template of any name":     {map[string]string{"a.template": strings.Replace(publicJSON, "{", "{ // comment\n", 1)}, []string{"a.template", "problem a.template"}},
		"comments in JSON that allows them":       {map[string]string{"a.jsonc": "// comment\n" + strings.Replace(publicJSON, "{", "{ // comment\n", 2)}, []string{"a.jsonc"}},
		"a comma after the last item of JSON":     {map[string]string{"a.json": strings.TrimSuffix(publicJSON, "}") + ",}"}, []string{"a.json"}},
		"a comment in a plan":                     {map[string]string{"a.json": "// comment\n{\"format_version\": \"1.2\", \"planned_values\": {}, \"resource_changes\": []}"}, []string{"problem a.json"}},
		"a URL in JSON":                           {map[string]string{"a.json": strings.Replace(publicJSON, "{", `{"Description": "http://example.com /* a */ // b",`, 1)}, []string{"a.json"}},
		"too many blocks":                         {map[string]string{"a.tf": "resource \"aws_lambda_function_url\" \"u\" {\n  dynamic \"cors\" {\n    for_each = setproduct(range(0, 101), range(0, 101))\n    content {\n      max_age = 1\n    }\n  }\n}\n"}, []string{"a.tf", "problem a.tf"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, seen(t, tt.files)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDeployedBySAM checks that a template that a configuration file of the SAM CLI deploys is a unit of its own, whatever its name
// is and whatever deploys it as a nested stack.
func TestDeployedBySAM(t *testing.T) {
	const caller = "Resources:\n  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a/template.yaml}}\n"
	for name, tt := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"a nested stack":              {map[string]string{"a/template.yaml": publicCFN, "z.yaml": caller}, []string{"z.yaml"}},
		"one that is deployed":        {map[string]string{"a/template.yaml": publicCFN, "z.yaml": caller, "a/samconfig.toml": "[default.deploy.parameters]\nstack_name = \"a\"\n"}, []string{"a/template.yaml", "z.yaml"}},
		"one that is built":           {map[string]string{"a/template.yaml": publicCFN, "z.yaml": caller, "samconfig.yaml": "default: {build: {parameters: {template_file: a/template.yaml}}}\n"}, []string{"a/template.yaml", "z.yaml"}},
		"a file of any name":          {map[string]string{"a/stack.j2": publicCFN, "a/samconfig.toml": "[default.global.parameters]\ntemplate_file = \"stack.j2\"\n"}, []string{"a/stack.j2"}},
		"a file without an extension": {map[string]string{"a/stack": publicCFN, "a/samconfig.toml": "[prod.deploy.parameters]\ntemplate = \"stack\"\n"}, []string{"a/stack"}},
		"a file that is no template":  {map[string]string{"a/stack": "x", "a/samconfig.toml": "[prod.deploy.parameters]\ntemplate = \"stack\"\n"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			var names []string
			for name, text := range tt.files {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
				names = append(names, name)
			}
			roots := func(units []deployment.Unit, problems []finding.Problem) (roots []string) {
				if len(problems) > 0 {
					t.Error(problems)
				}
				for _, u := range units {
					roots = append(roots, u.Root)
				}
				return roots
			}
			if diff := cmp.Diff(tt.want, roots(parsers.Find(fsys, []string{"."}))); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.want, roots(parsers.Widen(fsys, names))); diff != "" {
				t.Errorf("of changed files: %s", diff)
			}
		})
	}
}

// TestRecognised writes a template in unusual ways and under unusual names.
func TestRecognised(t *testing.T) {
	for name, text := range map[string]string{
		"alias as a key.yaml":    "k: &k Resources\nt: &t AWS::Lambda::Url\n*k :\n  U: {Type: *t, Properties: {AuthType: NONE, TargetFunctionArn: f}}\n",
		"merge at the root.yaml": "<<: {Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}}}\n",
		"merge of a list.yaml":   "<<: [{a: 1}, {Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}}}]\n",
		"escapes.yaml":           "\"\\U00000052esources\": {U: {\"\\x54ype\": \"\\u0041WS::Lambda::Url\", Properties: {AuthType: NONE, TargetFunctionArn: f}}}\n",
		"a folded type.yaml":     "{? \"Resources\" : {U: {Type: \"AWS:\\\n  :Lambda::Url\", Properties: {AuthType: NONE, TargetFunctionArn: f}}}}\n",
		"upper case.YAML":        publicCFN,
		"other.cfn":              publicCFN,
		"other.template":         publicCFN,
		"other.tpl":              publicCFN,
		"other.txt":              publicCFN,
		"other.jsonc":            publicCFN,
	} {
		if got := seen(t, map[string]string{name: text}); !slices.Equal(got, []string{name}) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestSubmodules checks that submodules that are not checked out are one gap, and that others are checked.
func TestSubmodules(t *testing.T) {
	const template = "Resources: {U: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: f}}}\n"
	fsys := fstest.MapFS{
		".gitmodules":          {Data: []byte("[submodule \"a\"]\n\tpath = libs/a\n\turl = https://example.com/a\n[submodule \"b\"]\n\tpath = \"libs/b\"\n[submodule \"c\"]\n\tPath=c\n[submodule \"out\"]\n\tpath = ../x\n")},
		"libs/b/.git":          {Data: []byte("gitdir: ../../.git/modules/b\n")},
		"libs/b/template.yaml": {Data: []byte(template)},
		"c":                    {Mode: fs.ModeDir | 0o755},
		"template.yaml":        {Data: []byte(template)},
	}
	found := parsers.Search(fsys, []string{"."})
	if len(found.Units) != 2 || len(found.Gaps) != 1 {
		t.Fatalf("%+v", found)
	}
	gap := found.Gaps[0]
	if gap.Cause != finding.GapSkipped || gap.Range.Path != ".gitmodules" || !strings.Contains(gap.Message, ": c, libs/a; run") {
		t.Errorf("%+v", gap)
	}
	fsys["c/x"], fsys["libs/a/x"] = &fstest.MapFile{}, &fstest.MapFile{}
	if found := parsers.Search(fsys, []string{"."}); len(found.Gaps) != 0 {
		t.Errorf("%+v", found.Gaps)
	}
}
