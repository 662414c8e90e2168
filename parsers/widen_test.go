package parsers_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/parsers"
)

// TestWiden asks which units a change of files brings.
func TestWiden(t *testing.T) {
	const (
		function = "Resources: {F: {Type: AWS::Lambda::Function}}\n"
		nested   = "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested/child.yaml}}}\n"
		api      = "Resources: {A: {Type: AWS::Serverless::Api, Properties: {DefinitionUri: ../apis/open.yaml}}}\n"
	)
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"stacks/prod/main.tf": `module "u" { source = "../../modules/outer" }`, "stacks/prod/prod.tfvars": "a = 1",
		"stacks/dev/main.tf":    `module "u" { source = "../../modules/url" }`,
		"stacks/other/main.tf":  `locals { a = file("${path.module}/../../policies/deploy.json") }`,
		"stacks/gone/main.tf":   `module "g" { source = "../../modules/removed" }`,
		"stacks/json/x.tf.json": `{}`, "stacks/tofu/main.tofu": "",
		"modules/outer/main.tf": `module "u" { source = "../url" }`,
		"modules/url/main.tf":   "", "modules/url/src/app.py": "x", "modules/url/text.tftpl": "",
		"policies/deploy.json": "{}", "policies/unused.json": "{}",
		"sam/template.yaml": api, "sam/src/handler/app.py": "x", "sam/data.yaml": "a: 1", "apis/open.yaml": "openapi: 3.0.1",
		"cfn/root.yaml": nested, "cfn/nested/child.yaml": function, "cfn/second.template": function,
		"lost/root.yaml":           strings.ReplaceAll(nested, "child", "removed"),
		"deploy/aws/template.yaml": "Resources: {F: {Type: AWS::Serverless::Function, Properties: {CodeUri: ../../code/orders/}}}\n", "code/orders/lib/a.py": "x", "code/b.py": "x",
		"infra/main.tf": `data "archive_file" "a" { source_dir = "${path.module}/../lambdas" }`, "lambdas/app.js": "x", "lambdas2/app.js": "x",
		"web/app.py": "x", "web/package.json": "{}", "docs/config.yaml": "a: 1", ".github/workflows/ci.yaml": "on: push",
		"node_modules/x/template.yaml": function, "plan/plan.json": `{"format_version":"1.2","planned_values":{},"terraform_version":"1.9.0","resource_changes":[]}`,
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, tt := range []struct{ name, changed, want string }{
		{"a root module", "stacks/prod/main.tf", "stacks/prod"},
		{"values of a root module", "stacks/prod/prod.tfvars", "stacks/prod"},
		{"values as JSON that are gone", "stacks/prod/x.auto.tfvars.json", "stacks/prod"},
		{"JSON syntax", "stacks/json/x.tf.json", "stacks/json"},
		{"OpenTofu", "stacks/tofu/main.tofu", "stacks/tofu"},
		{"a module, through another", "modules/url/main.tf", "stacks/dev stacks/prod"},
		{"a file of a module that is gone", "modules/url/old.tf", "stacks/dev stacks/prod"},
		{"a module that is gone", "modules/removed/main.tf", "stacks/gone"},
		{"a handler below a module", "modules/url/src/app.py", "stacks/dev stacks/prod"},
		{"a text of a module", "modules/url/text.tftpl", "stacks/dev stacks/prod"},
		{"a template of a text in a module", "modules/url/text.tpl", "stacks/dev stacks/prod"},
		{"notes in a module", "modules/url/notes.txt", ""},
		{"a policy elsewhere", "policies/deploy.json", "stacks/other"},
		{"a policy that nothing reads", "policies/unused.json", ""},
		{"a template", "cfn/second.template", "cfn/second.template"},
		{"a nested template", "cfn/nested/child.yaml", "cfn/root.yaml"},
		{"a nested template that is gone", "lost/nested/removed.yaml", "lost/root.yaml"},
		{"a handler below a template", "sam/src/handler/app.py", "sam/template.yaml"},
		{"a handler beside the directory of a template", "code/orders/lib/a.py", "deploy/aws/template.yaml"},
		{"code that no template names", "code/b.py lambdas2/app.js", ""},
		{"a handler beside the directory of a module", "lambdas/app.js", "infra"},
		{"data beside a template", "sam/data.yaml", "sam/template.yaml"},
		{"a definition elsewhere", "apis/open.yaml", "sam/template.yaml"},
		{"a plan", "plan/plan.json", "plan/plan.json"},
		{"code of something else", "web/app.py", ""},
		{"what other tools keep", "web/package.json .github/workflows/ci.yaml docs/config.yaml", ""},
		{"what others wrote", "node_modules/x/template.yaml", ""},
		{"a text", "README.md", ""},
		{"a folder, as git names a submodule", "modules", "stacks/dev stacks/prod"},
		{"several", "stacks/dev/main.tf sam/template.yaml stacks/dev/main.tf", "sam/template.yaml stacks/dev"},
		{"nothing", "", ""},
	} {
		units, problems := parsers.Widen(fsys, strings.Fields(tt.changed))
		var roots []string
		for _, u := range units {
			roots = append(roots, u.Root)
		}
		if diff := cmp.Diff(tt.want, strings.Join(roots, " ")); diff != "" || len(problems) > 0 {
			t.Errorf("%s: %s %v", tt.name, diff, problems)
		}
	}
}

// TestWidenUnreadable says of a changed file that it cannot tell whose it is.
func TestWidenUnreadable(t *testing.T) {
	_, problems := parsers.Widen(fstest.MapFS{}, []string{"main\xff.tf", "photo\xff.jpg"})
	if len(problems) != 1 || problems[0].Range.Path != "main\xff.tf" {
		t.Errorf("%v", problems)
	}
}
