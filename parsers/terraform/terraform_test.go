package terraform_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/internal/tree"
	"lintel/parsers/terraform"
)

// parse reads the module in the directory "." of files, given as name, text, name, text.
func parse(t *testing.T, files ...string) modeltest.View {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return parseAt(t, fsys, ".", deployment.Options{})
}

func parseAt(t *testing.T, fsys fstest.MapFS, root string, opt deployment.Options) modeltest.View {
	t.Helper()
	return modeltest.New(t, terraform.Parse(context.Background(), fsys, deployment.Unit{Kind: deployment.TerraformModule, Root: root}, opt))
}

// TestExpressions evaluates an expression as the runtime of a function.
func TestExpressions(t *testing.T) {
	const rest = `
variable "none" {}
variable "text" { default = "python3.9" }
variable "hidden" {
  default   = "x"
  sensitive = true
}
variable "object" {
  type = object({ a = string, b = optional(string, "filled") })
  default = { a = 1 }
}
variable "list" { default = ["a", "b"] }
locals {
  text   = "l-${var.text}"
  circle = local.square
  square = local.circle
}
data "aws_region" "here" {}
data "template_file" "file" {
  template = file("greeting.tftpl")
  vars     = { name = "x" }
}
data "template_file" "text" {
  count    = 1
  template = "a $${b} c"
  vars     = { b = var.text }
}
data "template_file" "plain" { template = "a" }
data "template_file" "circle" {
  template = "$${b}"
  vars     = { b = data.template_file.circle.rendered }
}
data "local_file" "hello" { filename = "hello.txt" }
data "null_data_source" "values" { inputs = { a = "x" } }
resource "terraform_data" "kept" { input = var.text }
resource "aws_sqs_queue" "q" { name = "jobs" }
resource "aws_sqs_queue" "many" { count = 2 }
resource "aws_sqs_queue" "maybe" { count = var.none ? 1 : 0 }
resource "aws_sqs_queue" "never" { count = 0 }
`
	for _, tt := range []struct{ expression, want, cause string }{
		{`"python3.9"`, `{"value":"python3.9"}`, ""},
		{`null`, `{"absent":true}`, ""},
		{`3`, `{"value":"3"}`, ""},
		{`var.text`, `{"value":"python3.9"}`, ""},
		{`var.none`, `{"unknown":true}`, "var.none has no value"},
		{`var.undeclared`, `{"unknown":true}`, "var.undeclared is not declared"},
		{`"a-${var.none}-b"`, `{"prefix":"a-","suffix":"-b","unknown":true}`, "var.none has no value"},
		{`local.text`, `{"value":"l-python3.9"}`, ""},
		{`local.circle`, `{"unknown":true}`, "local.circle depends on itself"},
		{`var.object.b`, `{"value":"filled"}`, ""},
		{`var.list[1]`, `{"value":"b"}`, ""},
		{`var.none ? "a" : "b"`, `{"value":"a"}`, ""}, // the variant in which it is true
		{`upper(var.none ? "a" : var.none)`, `{"value":"A"}`, ""},
		{`var.text == "python3.9" ? "a" : var.none`, `{"value":"a"}`, ""},
		{`aws_sqs_queue.q.name`, `{"value":"jobs"}`, ""},
		{`aws_sqs_queue.q.arn`, `{"prefix":"arn:","unknown":true}`, "aws_sqs_queue.q.arn is known after apply"},
		{`aws_sqs_queue.q.visibility_timeout_seconds`, `{"unknown":true}`, "aws_sqs_queue.q.visibility_timeout_seconds is known after apply"},
		{`aws_sqs_queue.many[1].arn`, `{"prefix":"arn:","unknown":true}`, "aws_sqs_queue.many[1].arn is known after apply"},
		{`"n${length(aws_sqs_queue.many)}"`, `{"value":"n2"}`, ""},
		{`try(aws_sqs_queue.never[0].arn, "fallback")`, `{"value":"fallback"}`, ""},
		{`try(aws_sqs_queue.maybe[0].arn, "fallback")`, `{"unknown":true}`, ""},
		{`one(aws_sqs_queue.never[*].arn)`, `{"absent":true}`, ""},
		{`data.aws_region.here.name`, `{"unknown":true}`, "data.aws_region.here is read when Terraform runs"},
		{`terraform.workspace`, `{"unknown":true}`, "terraform.workspace is known when Terraform runs"},
		{`path.module`, `{"value":"."}`, ""},
		{`upper("a")`, `{"value":"A"}`, ""},
		{`no_such_function("a")`, `{"unknown":true}`, "the result of no_such_function() is known when Terraform runs"},
		{`provider::aws::arn_build("a")`, `{"unknown":true}`, "the result of provider::aws::arn_build() is known when Terraform runs"},
		{`timestamp()`, `{"unknown":true}`, "the result of timestamp() is known when Terraform runs"},
		{`join("-", [for x in var.list : upper(x)])`, `{"value":"A-B"}`, ""},
		{`lookup({ a = "x" }, "b", "y")`, `{"value":"y"}`, ""},
		{`coalesce("", null, "z")`, `{"value":"z"}`, ""},
		{`startswith("abc", "ab") ? "yes" : "no"`, `{"value":"yes"}`, ""},
		{`replace("a.b", "/[.]/", "-")`, `{"value":"a-b"}`, ""},
		{`"${sum([1, 2])}"`, `{"value":"3"}`, ""},
		{`file("../outside")`, `{"unknown":true}`, "the file ../outside cannot be read"},
		{`file("hello.txt")`, `{"value":"hello"}`, ""},
		{`templatefile("greeting.tftpl", { name = "x" })`, `{"value":"hi x"}`, ""},
		{`data.template_file.file.rendered`, `{"value":"hi x"}`, ""},
		{`data.template_file.text[0].rendered`, `{"value":"a python3.9 c"}`, ""},
		{`data.template_file.plain.rendered`, `{"value":"a"}`, ""},
		{`data.template_file.circle.rendered`, `{"unknown":true}`, "data.template_file.circle.rendered depends on itself"},
		{`data.local_file.hello.content`, `{"value":"hello"}`, ""},
		{`data.local_file.hello.content_base64`, `{"value":"aGVsbG8="}`, ""},
		{`data.null_data_source.values.outputs.a`, `{"value":"x"}`, ""},
		{`data.null_data_source.values.outputs["a"]`, `{"value":"x"}`, ""},
		{`terraform_data.kept.output`, `{"value":"python3.9"}`, ""},
		{`format("%999999999s", "x")`, `{"unknown":true}`, "it cannot be evaluated: Error in function call"},
		{`"${length(setproduct(range(1000), range(1000)))}"`, `{"unknown":true}`, ""},
		{`substr("abc", "x", 1)`, `{"unknown":true}`, "it cannot be evaluated: Invalid function argument"},
		{`each.key`, `{"unknown":true}`, "each.key is unknown here"},
	} {
		t.Run(tt.expression, func(t *testing.T) {
			r := parse(t, "main.tf", rest+"resource \"aws_lambda_function\" \"f\" {\n  runtime = "+tt.expression+"\n}\n",
				"hello.txt", "hello", "greeting.tftpl", "hi ${name}")
			if got := r.Show("functions.0.runtime"); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			node := r.Info("functions.0.runtime")
			if tt.cause != "" && node.Cause != tt.cause {
				t.Errorf("cause %q, want %q", node.Cause, tt.cause)
			}
			if got := r.Text("functions.0.runtime"); !strings.Contains(tt.expression, got) {
				t.Errorf("the place is %q", got)
			}
		})
	}
}

func TestSensitive(t *testing.T) {
	r := parse(t, "main.tf", `
variable "password" {
  default   = "hunter2"
  sensitive = true
}
resource "aws_lambda_function" "f" {
  environment { variables = { P = var.password, Q = "x-${var.password}", R = "open" } }
}
`)
	for i, want := range []bool{true, true, false} {
		node := r.Info(fmt.Sprintf("functions.0.environment.variables.items.%d", i))
		if node.Sensitive != want || node.State != tree.StateKnown {
			t.Errorf("%s is sensitive: %t", node.Attribute, node.Sensitive)
		}
	}
}

// TestCausesSurviveConversion sends an object with an unknown element through a typed variable.
func TestCausesSurviveConversion(t *testing.T) {
	r := parse(t, "main.tf", `
resource "aws_sqs_queue" "q" {}
module "m" {
  source = "./m"
  env    = { A = "a", Q = aws_sqs_queue.q.url }
}
`, "m/main.tf", `
variable "env" { type = map(string) }
resource "aws_lambda_function" "f" {
  environment { variables = merge(var.env, { B = "b" }) }
}
`)
	got := map[string]string{}
	for i := range r.Node("functions.0.environment.variables.items").([]any) {
		path := fmt.Sprintf("functions.0.environment.variables.items.%d", i)
		got[r.Node(path).(map[string]any)["key"].(string)] = r.Show(path) + r.Info(path).Cause
	}
	want := map[string]string{
		"A": `{"key":"A","value":"a"}`, "B": `{"key":"B","value":"b"}`,
		"Q": `{"key":"Q","unknown":true}aws_sqs_queue.q.url is known after apply`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRepetition(t *testing.T) {
	for _, tt := range []struct {
		name, meta string
		want       []string
		mayExist   bool
	}{
		{"once", "", []string{"aws_lambda_function.f"}, false},
		{"count", "count = 2", []string{"aws_lambda_function.f[0]", "aws_lambda_function.f[1]"}, false},
		{"count zero", "count = 0", nil, false},
		{"count of text", `count = "1"`, []string{"aws_lambda_function.f[0]"}, false},
		{"count not known", "count = var.on ? 1 : 0", []string{"aws_lambda_function.f"}, true},
		{"map", `for_each = { b = 1, a = 2 }`, []string{`aws_lambda_function.f["a"]`, `aws_lambda_function.f["b"]`}, false},
		{"set", `for_each = toset(["x"])`, []string{`aws_lambda_function.f["x"]`}, false},
		{"for expression", `for_each = { for x in ["p", "q"] : x => x if x != "q" }`, []string{`aws_lambda_function.f["p"]`}, false},
		{"empty", `for_each = {}`, nil, false},
		{"sensitive", `for_each = toset([sensitive("x")])`, []string{"aws_lambda_function.f"}, true},
		{"sensitive keys", `for_each = { (sensitive("x")) = 1 }`, []string{"aws_lambda_function.f"}, true},
		{"not known", `for_each = var.on`, []string{"aws_lambda_function.f"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", "variable \"on\" {}\nresource \"aws_lambda_function\" \"f\" {\n  "+tt.meta+"\n  runtime = \"python3.9\"\n}\n")
			if diff := cmp.Diff(tt.want, r.IDs("functions")); diff != "" {
				t.Error(diff)
			}
			if len(tt.want) > 0 {
				if got := r.Node("functions.0.unknown") == true; got != tt.mayExist {
					t.Errorf("may exist: %t", got)
				}
				if got := r.Show("functions.0.runtime"); got != `{"value":"python3.9"}` {
					t.Errorf("what is literal is %s", got)
				}
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		})
	}
}

func TestKeysReachTheAttributes(t *testing.T) {
	r := parse(t, "main.tf", `
resource "aws_lambda_function" "f" {
  for_each      = { a = { rt = "python3.9" }, b = { rt = null } }
  function_name = each.key
  runtime       = each.value.rt
}
resource "aws_lambda_function" "g" {
  count         = 2
  function_name = "g-${count.index}"
}
`)
	for path, want := range map[string]string{
		"functions.0.name": `{"value":"a"}`, "functions.0.runtime": `{"value":"python3.9"}`,
		"functions.1.runtime": `{"absent":true}`, "functions.3.name": `{"value":"g-1"}`,
	} {
		if got := r.Show(path); got != want {
			t.Errorf("%s = %s, want %s", path, got, want)
		}
	}
}

func TestDynamicBlocks(t *testing.T) {
	for _, tt := range []struct{ name, block, path, want string }{
		{"of a list", `dynamic "tracing_config" {
			for_each = ["Active"]
			content { mode = tracing_config.value }
		}`, "tracing.mode", `{"value":"Active"}`},
		{"with an iterator", `dynamic "tracing_config" {
			for_each = { a = "Active" }
			iterator = it
			content { mode = "${it.key}-${it.value}" }
		}`, "tracing.mode", `{"value":"a-Active"}`},
		{"of nothing", `dynamic "tracing_config" {
			for_each = []
			content { mode = "Active" }
		}`, "tracing.mode", `{"absent":true,"value":"PassThrough"}`},
		{"not known, literal inside", `dynamic "tracing_config" {
			for_each = var.on ? [1] : []
			content { mode = "PassThrough" }
		}`, "tracing.mode", `{"value":"PassThrough"}`},
		{"not known, nothing inside", `dynamic "tracing_config" {
			for_each = var.on
			content {}
		}`, "tracing.mode", `{"absent":true,"value":"PassThrough"}`}, // whether it is there or not
		{"not known, value inside", `dynamic "tracing_config" {
			for_each = var.on
			content { mode = tracing_config.value }
		}`, "tracing.mode", `{"unknown":true}`},
		{"nested", `dynamic "ephemeral_storage" {
			for_each = [1]
			content {
				size = 1024
			}
		}`, "ephemeral_storage", `{"value":1024}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", "variable \"on\" {}\nresource \"aws_lambda_function\" \"f\" {\n"+tt.block+"\n}\n")
			if got := r.Show("functions.0." + tt.path); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestReferencesLink writes the role of a function in the ways people do.
func TestReferencesLink(t *testing.T) {
	const rest = `
variable "on" {}
variable "create" { default = true }
locals { role = aws_iam_role.r.arn }
resource "aws_iam_role" "r" { name = "worker" }
resource "aws_iam_role" "counted" { count = var.create ? 1 : 0 }
resource "aws_iam_role" "maybe" { count = var.on ? 1 : 0 }
resource "aws_iam_role" "each" { for_each = toset(["a", "b"]) }
resource "aws_iam_role" "lower" { name = lower("${var.on}-x") }
resource "aws_iam_role" "cut" { name = substr("${var.on}--${replace("a/b", "/", "--")}", 0, 64) }
module "roles" {
  source = "./roles"
}
module "maybe" {
  source = "./roles"
  count  = var.on ? 1 : 0
}
`
	const module = `
resource "aws_iam_role" "inner" {}
output "arn" { value = aws_iam_role.inner.arn }
`
	for _, tt := range []struct {
		expression string
		want       []string
	}{
		{`aws_iam_role.r.arn`, []string{"aws_iam_role.r"}},
		{`aws_iam_role.r.id`, []string{"aws_iam_role.r"}},
		{`aws_iam_role.r.name`, []string{"aws_iam_role.r"}},
		{`"${aws_iam_role.r.arn}"`, []string{"aws_iam_role.r"}},
		{`local.role`, []string{"aws_iam_role.r"}},
		{`module.roles.arn`, []string{"module.roles.aws_iam_role.inner"}},
		{`"worker"`, []string{"aws_iam_role.r"}},
		{`aws_iam_role.counted[0].arn`, []string{"aws_iam_role.counted[0]"}},
		{`try(aws_iam_role.counted[0].arn, "")`, []string{"aws_iam_role.counted[0]"}},
		{`one(aws_iam_role.counted[*].arn)`, []string{"aws_iam_role.counted[0]"}},
		{`element(concat(aws_iam_role.counted[*].arn, [""]), 0)`, []string{"aws_iam_role.counted[0]"}},
		{`coalesce(one(aws_iam_role.maybe[*].arn), "x")`, []string{"aws_iam_role.maybe"}},
		{`var.on ? aws_iam_role.maybe[0].arn : aws_iam_role.r.arn`, []string{"aws_iam_role.maybe"}}, // the variant in which it is true
		{`var.create ? aws_iam_role.counted[0].arn : aws_iam_role.r.arn`, []string{"aws_iam_role.counted[0]"}},
		{`aws_iam_role.each["b"].arn`, []string{`aws_iam_role.each["b"]`}},
		{`one(aws_iam_role.maybe[*].arn)`, []string{"aws_iam_role.maybe"}},
		{`join("", aws_iam_role.maybe.*.arn)`, []string{"aws_iam_role.maybe"}},
		{`try(module.maybe[0].arn, null)`, []string{"module.maybe.aws_iam_role.inner"}},
		{`module.maybe[0].arn`, []string{"module.maybe.aws_iam_role.inner"}},
		{`element(reverse(split("/", aws_iam_role.r.arn)), 0)`, []string{"aws_iam_role.r"}},
		{`split("/", aws_iam_role.r.arn)[1]`, []string{"aws_iam_role.r"}},
		{`element(split("/", aws_iam_role.r.arn), 1)`, []string{"aws_iam_role.r"}},
		{`reverse(split("/", aws_iam_role.r.arn))[0]`, []string{"aws_iam_role.r"}},
		{`last(split("/", aws_iam_role.r.arn))`, []string{"aws_iam_role.r"}},
		{`regex("[^/]+$", aws_iam_role.r.arn)`, []string{"aws_iam_role.r"}},
		{`basename(aws_iam_role.r.arn)`, []string{"aws_iam_role.r"}},
		{`values(aws_iam_role.each)[0].arn`, []string{`aws_iam_role.each["a"]`}},
		{`lower("${var.on}-x")`, []string{"aws_iam_role.lower"}},
		{`"arn:aws:iam::111122223333:role/${lower("${var.on}-x")}"`, []string{"aws_iam_role.lower"}},
		{`"arn:aws:iam::111122223333:role/${substr("${var.on}--a--b", 0, 64)}"`, []string{"aws_iam_role.cut"}},
		{`substr("${var.on}--a--b", 0, 63)`, nil},
		{`upper("${var.on}-x")`, nil},
		{`lower("${var.on}-y")`, nil},
		{`var.on`, nil},
	} {
		t.Run(tt.expression, func(t *testing.T) {
			r := parse(t, "main.tf", rest+"resource \"aws_lambda_function\" \"f\" {\n  role = "+tt.expression+"\n}\n", "roles/main.tf", module)
			var got []string
			roles := r.IDs("roles")
			for _, i := range r.Node("functions.0.role.targets").([]any) {
				got = append(got, roles[i.(int)])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (problems %v)", diff, r.Problems)
			}
		})
	}
}

const child = `
variable "auth" { default = "AWS_IAM" }
variable "names" { default = null }
resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = var.auth
}
output "url" { value = aws_lambda_function_url.u.authorization_type }
`

func TestModules(t *testing.T) {
	r := parse(t, "main.tf", `
module "a" {
  source = "./modules/url"
  auth   = "NONE"
}
module "b" {
  source = "./modules/url"
}
module "c" {
  source   = "./modules/url"
  for_each = { x = "NONE", y = module.a.url }
  auth     = each.value
}
module "d" {
  source = "./modules/url"
  auth   = module.c["y"].url
}
`, "modules/url/main.tf", child)
	want := map[string]string{
		"module.a.aws_lambda_function_url.u":      `{"value":"NONE"}`,
		"module.b.aws_lambda_function_url.u":      `{"value":"AWS_IAM"}`,
		`module.c["x"].aws_lambda_function_url.u`: `{"value":"NONE"}`,
		`module.c["y"].aws_lambda_function_url.u`: `{"value":"NONE"}`,
		"module.d.aws_lambda_function_url.u":      `{"value":"NONE"}`,
	}
	got := map[string]string{}
	for i, id := range r.IDs("function_urls") {
		got[id] = r.Show(fmt.Sprintf("function_urls.%d.auth_type", i))
		via := r.Info(fmt.Sprintf("function_urls.%d", i)).Via
		if len(via) != 1 || !strings.HasPrefix(r.Files[via[0].Path].Text(via[0]), `module "`) {
			t.Errorf("%s comes via %v", id, via)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(r.Problems) > 0 {
		t.Error(r.Problems)
	}
}

func TestModuleProblems(t *testing.T) {
	for _, tt := range []struct {
		name, call, want string
		files            []string
	}{
		{"from a registry", `source = "org/lambda/aws"`, `main.tf:1: module: module "m" (org/lambda/aws) is not downloaded and was not checked; run "terraform init"`, nil},
		{"with a token", `source = "git::https://oauth2:ghp_x@example.com/a/b.git//c?ref=v1&sshkey=y"`, `m" (git::https://example.com/a/b.git//c?ref=v1) is`, nil},
		{"with a user", `source = "ssh://git@example.com?sshkey=y"`, `m" (ssh://example.com) is`, nil},
		{"no such folder", `source = "./nowhere"`, `main.tf:1: module "m" is not checked: there is no module in nowhere`, nil},
		{"outside", `source = "../other"`, `main.tf:1: module: module "m" was not checked: ../other is outside`, nil},
		{"calls itself", `source = "./self"`, `calls itself`, []string{"self/main.tf", "module \"again\" {\n  source = \"../self\"\n}\noutput \"arn\" {\n  value = module.again.arn\n}\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, append(tt.files, "main.tf", "module \"m\" {\n  "+tt.call+"\n}\nresource \"aws_lambda_function\" \"f\" {\n  role = module.m.arn\n}\n")...)
			if unchecked := slices.Concat(r.Problems, r.Gaps); len(unchecked) != 1 || !strings.Contains(unchecked[0], tt.want) {
				t.Errorf("%v", unchecked)
			}
			if got := r.Show("functions.0.role"); got != `{"targets":[],"unknown":true}` {
				t.Error(got)
			}
		})
	}
}

func TestInstalledModules(t *testing.T) {
	r := parse(t, "main.tf", "module \"m\" {\n  source = \"org/lambda/aws//modules/url\"\n  auth = \"NONE\"\n}\n",
		".terraform/modules/modules.json", `{"Modules": [{"Key": "", "Dir": "."}, {"Key": "m", "Source": "registry.terraform.io/org/lambda/aws//modules/url", "Dir": ".terraform/modules/m/modules/url"}]}`,
		".terraform/modules/m/modules/url/main.tf", child)
	if got := r.Show("function_urls.0.auth_type"); got != `{"value":"NONE"}` || len(r.Problems) > 0 {
		t.Errorf("%s, %v", got, r.Problems)
	}
}

// TestForeignManifest checks that a manifest, which a change can commit, replaces neither a local module nor the download
// of another source.
func TestForeignManifest(t *testing.T) {
	const manifest = `{"Modules": [{"Key": "m", "Source": "%s", "Dir": "%s"}]}`
	for name, tt := range map[string]struct{ source, recorded, dir string }{
		"a local module":        {"./modules/url", "./modules/url", "harmless"},
		"another source":        {"org/lambda/aws", "registry.terraform.io/org/harmless/aws", ".terraform/modules/m"},
		"another version":       {"git::https://example.org/m.git?ref=v2", "git::https://example.org/m.git?ref=v1", ".terraform/modules/m"},
		"a directory elsewhere": {"org/lambda/aws", "registry.terraform.io/org/lambda/aws", "harmless"},
		"no source":             {"org/lambda/aws", "", ".terraform/modules/m"},
	} {
		t.Run(name, func(t *testing.T) {
			const harmless = "variable \"auth\" {}\n"
			r := parse(t, "main.tf", fmt.Sprintf("module \"m\" {\n  source = %q\n  auth = \"NONE\"\n}\n", tt.source),
				".terraform/modules/modules.json", fmt.Sprintf(manifest, tt.recorded, tt.dir),
				".terraform/modules/m/main.tf", harmless, "harmless/main.tf", harmless, "modules/url/main.tf", child)
			if len(r.IDs("function_urls"))+len(r.Gaps) != 1 {
				t.Errorf("the module is hidden: %v, gaps %v", r.IDs("function_urls"), r.Gaps)
			}
		})
	}
}

const role = `
variable "bucket" {}
resource "aws_sqs_queue" "q" {}
resource "aws_iam_role" "r" { name = "r" }
`

// TestPolicies writes the same statement in the ways people do and looks for the action.
func TestPolicies(t *testing.T) {
	for _, tt := range []struct{ name, text, resource string }{
		{"jsonencode", `resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = aws_sqs_queue.q.arn }] })
}`, `{"prefix":"arn:","targets":[0],"unknown":true}`},
		{"heredoc", `resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = <<EOT
{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "x"}]}
EOT
}`, `{"targets":[],"value":"x"}`},
		{"indented heredoc with a hole", `resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = <<-EOT
    {"Statement": [{"Effect": "Allow",
      "Action": "s3:*", "Resource": "arn:aws:s3:::${var.bucket}/*"}]}
  EOT
}`, `{"prefix":"arn:aws:s3:::","suffix":"/*","targets":[],"unknown":true}`},
		{"local", `locals {
  policy = { Statement = { Effect = "Allow", Action = ["s3:*"], Resource = "x" } }
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode(local.policy)
}`, `{"targets":[],"value":"x"}`},
		{"inline block", `resource "aws_iam_role" "other" {
  inline_policy {
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "x" }] })
  }
}`, `{"targets":[],"value":"x"}`},
		{"document", `data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::${var.bucket}/*"]
  }
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.d.json
}`, `{"prefix":"arn:aws:s3:::","suffix":"/*","targets":[],"unknown":true}`},
		{"document through a counted one and a local", `data "aws_iam_policy_document" "d" {
  count = 1
  statement {
    actions   = ["s3:*"]
    resources = ["x"]
  }
}
locals {
  policy = try(data.aws_iam_policy_document.d[0].json, "")
}
resource "aws_iam_policy" "p" { policy = local.policy }
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}`, `{"targets":[],"value":"x"}`},
		{"document with sources", `data "aws_iam_policy_document" "base" {
  statement {
    sid       = "one"
    actions   = ["sqs:*"]
    resources = ["y"]
  }
}
data "aws_iam_policy_document" "d" {
  source_policy_documents = [data.aws_iam_policy_document.base.json, var.bucket]
  statement {
    sid       = "one"
    actions   = ["s3:*"]
    resources = ["x"]
  }
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.d.json
}`, `{"targets":[],"value":"x"}`},
		{"through a module", `module "attach" {
  source = "./attach"
  role   = aws_iam_role.r.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "x" }] })
}`, `{"targets":[],"value":"x"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, "main.tf", role+tt.text, "attach/main.tf", `
variable "role" {}
variable "policy" {}
resource "aws_iam_role_policy" "p" {
  role   = var.role
  policy = var.policy
}`)
			last := fmt.Sprintf("roles.%d.statements.items.0.", len(r.IDs("roles"))-1)
			if got := r.Show(last + "actions.items.0"); got != `{"value":"s3:*"}` {
				t.Fatalf("action %s, problems %v", got, r.Problems)
			}
			if got := r.Text(last + "actions.items.0"); got != `"s3:*"` {
				t.Errorf("the action is at %q", got)
			}
			if got := r.Show(last + "resources.items.0"); got != tt.resource {
				t.Errorf("resource %s, want %s", got, tt.resource)
			}
			if len(r.Problems) > 0 {
				t.Error(r.Problems)
			}
		})
	}
}

func TestDocumentsAroundThemselves(t *testing.T) {
	r := parse(t, "main.tf", role+`
data "aws_iam_policy_document" "a" { source_policy_documents = [data.aws_iam_policy_document.b.json] }
data "aws_iam_policy_document" "b" { source_policy_documents = [data.aws_iam_policy_document.a.json] }
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = data.aws_iam_policy_document.a.json
}`)
	if got := r.Node("roles.0.statements.unknown"); got != true {
		t.Errorf("%v", got)
	}
}

func TestFiles(t *testing.T) {
	const f = "resource \"aws_lambda_function\" \"f\" {\n  runtime = %s\n}\n"
	for _, tt := range []struct {
		name  string
		files []string
		want  string
	}{
		{"JSON", []string{"main.tf.json", `{"resource": {"aws_lambda_function": {"f": {"runtime": "python3.9", "tracing_config": {"mode": "Active"}}}}}`}, `{"value":"python3.9"}`},
		{"OpenTofu replaces", []string{"main.tf", fmt.Sprintf(f, `"old"`), "main.tofu", fmt.Sprintf(f, `"new"`)}, `{"value":"new"}`},
		{"override", []string{"main.tf", fmt.Sprintf(f, `"old"`), "a_override.tf", fmt.Sprintf(f, `"new"`)}, `{"value":"new"}`},
		{"tfvars", []string{"main.tf", fmt.Sprintf(f, "var.r") + "variable \"r\" {}\n", "terraform.tfvars", `r = "one"`, "b.auto.tfvars", `r = "three"`, "a.auto.tfvars", `r = "two"`}, `{"value":"three"}`},
		{"tfvars that are passed", []string{"main.tf", fmt.Sprintf(f, "var.r") + "variable \"r\" {}\n", "prod.tfvars", `r = "one"`}, `{"value":"one"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := parse(t, tt.files...)
			if got := r.Show("functions.0.runtime"); got != tt.want || len(r.Problems) > 0 {
				t.Errorf("%s, want %s; %v", got, tt.want, r.Problems)
			}
			if n := len(r.IDs("functions")); n != 1 {
				t.Errorf("%d functions", n)
			}
		})
	}
}

func TestGivenValues(t *testing.T) {
	fsys := fstest.MapFS{"main.tf": {Data: []byte(`
variable "r" { default = "x" }
variable "n" { type = list(string) }
resource "aws_lambda_function" "f" {
  runtime       = "${var.r}-${terraform.workspace}"
  architectures = var.n
}`)}}
	r := parseAt(t, fsys, ".", deployment.Options{Variables: map[string]string{"r": "given", "n": `["arm64"]`}, Workspace: "prod"})
	if got := r.Show("functions.0.runtime") + r.Show("functions.0.architectures.items.0"); got != `{"value":"given-prod"}{"value":"arm64"}` {
		t.Error(got)
	}
}

func TestBrokenFile(t *testing.T) {
	r := parse(t, "a.tf", "resource \"aws_lambda_function\" \"a\" {\n  runtime = \"x\"\n}\nresource \"aws_lambda_function\" \"b\" {\n",
		"c.tf", "resource \"aws_lambda_function\" \"c\" {}\n")
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "not valid HCL") {
		t.Errorf("%v", r.Problems)
	}
	if ids := r.IDs("functions"); !slices.Contains(ids, "aws_lambda_function.a") || !slices.Contains(ids, "aws_lambda_function.c") {
		t.Errorf("%v", ids)
	}
}

func TestNewSyntaxIsPassedOver(t *testing.T) {
	r := parse(t, "main.tf", `
moved {
  from = aws_lambda_function.old
  to   = aws_lambda_function.f
}
removed { from = aws_lambda_function.gone }
import {
  to = aws_lambda_function.f
  id = "f"
}
check "c" {
  assert {
    condition     = true
    error_message = "x"
  }
}
ephemeral "random_password" "p" {}
action "x" "y" {}
resource "aws_lambda_function" "f" {
  lifecycle { ignore_changes = [runtime] }
}
`)
	if len(r.Problems) > 0 || len(r.IDs("functions")) != 1 {
		t.Errorf("%v %v", r.Problems, r.IDs("functions"))
	}
}

// TestNeighbours holds that adding something unrelated changes nothing about the rest.
func TestNeighbours(t *testing.T) {
	const main = "module \"m\" {\n  source = \"./modules/url\"\n  auth = \"NONE\"\n}\nresource \"aws_lambda_function\" \"f\" {\n  runtime = \"x\"\n}\n"
	alone := parse(t, "main.tf", main, "modules/url/main.tf", child)
	together := parse(t, "main.tf", main, "modules/url/main.tf", child, "other.tf", `
module "z" { source = "./modules/url" }
resource "aws_sqs_queue" "q" {}
`)
	for _, path := range []string{"functions.0.runtime", "function_urls.0.auth_type", "function_urls.0.function"} {
		if a, b := alone.Show(path), together.Show(path); a != b {
			t.Errorf("%s: alone %s, together %s", path, a, b)
		}
	}
}

func TestCalls(t *testing.T) {
	fsys := fstest.MapFS{
		"stacks/a/main.tf": {Data: []byte("module \"m\" {\n  source = \"../../modules/x\"\n}\nmodule \"r\" {\n  source = \"org/y/aws\"\n}\nmodule \"o\" {\n  source = \"../../../out\"\n}\n")},
	}
	if diff := cmp.Diff([]string{"modules/x"}, terraform.RoleOf(fsys, "stacks/a").Calls); diff != "" {
		t.Error(diff)
	}
}

// FuzzParse holds that no text makes the reader panic, hang or point outside a file.
func FuzzParse(f *testing.F) {
	f.Add(role + `resource "aws_iam_role_policy" "p" { policy = <<EOT
{"Statement": "${var.bucket}"}
EOT
}`) // a document with a hole
	f.Add("resource \"aws_lambda_function\" \"f\" {\n  for_each = { for k, v in local.a : k => v }\n  dynamic \"x\" {\n    for_each = each.value\n    content { y = x.value }\n  }\n}\nlocals { a = { b = [1] } }\n")
	f.Add("module \"m\" {\n  source = \".\"\n}\n")                         // calls itself
	f.Add("locals {\n  a = local.b[*].c\n  b = [local.a]\n}\n")            // a cycle
	f.Add("variable \"x\" {\n  type = object({ a = optional(any) })\n}\n") // types
	f.Fuzz(func(t *testing.T, text string) {
		cputimetest.Limit(t, 2*time.Second)
		r := parse(t, "main.tf", text)
		r.CheckPlaces()
	})
}

// TestResourcesAsArguments passes a role to a module as a whole. The type of the variable leaves out its trust policy, which says
// nothing of the attributes that remain.
func TestResourcesAsArguments(t *testing.T) {
	const rest = `
resource "aws_iam_role" "r" {
  name               = "worker"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role" "each" {
  for_each           = toset(["a"])
  name               = each.key
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}
`
	for _, tt := range []struct{ kind, argument, role, want string }{
		{`object({ arn = string, id = string })`, `aws_iam_role.r`, `var.role.arn`, "aws_iam_role.r is known after apply"},
		{`object({ arn = string, id = string })`, `aws_iam_role.r`, `var.role.id`, "aws_iam_role.r is known after apply"},
		{`object({ arn = string, path = optional(string) })`, `aws_iam_role.r`, `var.role.arn`, "aws_iam_role.r is known after apply"},
		{`object({ name = string })`, `aws_iam_role.r`, `var.role.name`, "aws_iam_role.r"},
		{`map(object({ arn = string }))`, `aws_iam_role.each`, `var.role["a"].arn`, `aws_iam_role.each["a"] is known after apply`},
		{`list(object({ arn = string }))`, `[aws_iam_role.r]`, `var.role[0].arn`, "aws_iam_role.r is known after apply"},
		{`object({ role = object({ arn = string }) })`, `{ role = aws_iam_role.r }`, `var.role.role.arn`, "aws_iam_role.r is known after apply"},
		{`any`, `aws_iam_role.r`, `var.role.arn`, "aws_iam_role.r is known after apply"},
	} {
		t.Run(tt.kind+" "+tt.role, func(t *testing.T) {
			r := parse(t, "main.tf", rest+"module \"m\" {\n  source = \"./m\"\n  role = "+tt.argument+"\n}\n", "m/main.tf",
				"variable \"role\" { type = "+tt.kind+" }\nresource \"aws_lambda_function\" \"f\" {\n  role = "+tt.role+"\n}\n")
			var got string
			if targets := r.Node("functions.0.role.targets").([]any); len(targets) == 1 {
				got = r.IDs("roles")[targets[0].(int)]
			}
			if cause := r.Info("functions.0.role").Cause; cause != "" {
				got += strings.TrimPrefix(strings.ReplaceAll(strings.ReplaceAll(cause, ".arn is", " is"), ".id is", " is"), got)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (problems %v)", diff, r.Problems)
			}
		})
	}
}

// TestFoundElsewhere reads IDs that data sources find. They are those of other deployments unless an argument comes from the
// configuration.
func TestFoundElsewhere(t *testing.T) {
	for _, tt := range []struct {
		data, group string
		want        bool
	}{
		{`data "aws_security_groups" "d" { tags = { Name = "vpn" } }`, `data.aws_security_groups.d.ids[0]`, true},
		{"data \"aws_security_groups\" \"d\" {\n  filter {\n    name = \"group-name\"\n    values = [\"${var.x}-vpn\"]\n  }\n}", `data.aws_security_groups.d.ids[0]`, true},
		{"data \"aws_security_groups\" \"d\" {\n  filter {\n    name = \"vpc-id\"\n    values = [data.aws_vpc.v.id]\n  }\n}", `data.aws_security_groups.d.ids[0]`, true},
		{"data \"aws_security_groups\" \"d\" {\n  filter {\n    name = \"vpc-id\"\n    values = [data.aws_vpc.own.id]\n  }\n}", `data.aws_security_groups.d.ids[0]`, false},
		{"data \"aws_security_groups\" \"d\" {\n  filter {\n    name = \"vpc-id\"\n    values = [aws_vpc.v.id]\n  }\n}", `data.aws_security_groups.d.ids[0]`, false},
		{"data \"aws_security_groups\" \"d\" {\n  filter {\n    name = \"group-name\"\n    values = [\"default\"]\n  }\n}", `data.aws_security_groups.d.ids[0]`, false},
		{"data \"aws_security_groups\" \"d\" {\n  tags = { Name = \"vpn\" }\n  depends_on = [aws_vpc.v]\n}", `data.aws_security_groups.d.ids[0]`, false},
		{`data "aws_instance" "d" { instance_id = "i-1" }`, `tolist(data.aws_instance.d.vpc_security_group_ids)[0]`, false},
	} {
		t.Run(tt.data+tt.group, func(t *testing.T) {
			r := parse(t, "main.tf", tt.data+`
variable "x" {}
data "aws_vpc" "v" { tags = { Name = "shared" } }
data "aws_vpc" "own" { id = aws_vpc.v.id }
resource "aws_vpc" "v" {}
resource "aws_security_group" "own" {}
resource "aws_lambda_function" "f" {
  vpc_config {
    security_group_ids = [`+tt.group+`]
  }
}
`)
			group, _ := r.Node("functions.0.vpc.security_groups.items.0").(map[string]any)
			if got := group["outside"] == true; got != tt.want {
				t.Errorf("%t: %s (problems %v)", got, r.Show("functions.0.vpc.security_groups"), r.Problems)
			}
		})
	}
}
