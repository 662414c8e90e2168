package terraform_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/internal/source"
	"lintel/internal/tree"
	"lintel/parsers/terraform"
)

// terragruntFiles are a root module and the configurations that units of Terragrunt include.
var terragruntFiles = map[string]string{
	"modules/app/main.tf": `variable "name" {}
variable "stage" { default = "none" }
variable "tags" { default = {} }
variable "list" { default = [] }
resource "aws_lambda_function" "f" {
  function_name = var.name
  handler       = var.stage
  runtime       = "${join(",", var.list)} ${join(",", [for k, v in var.tags : "${k}=${v}"])}"
}
`,
	"live/root.hcl": `locals {
  stage = split("/", path_relative_to_include())[0]
  vars  = read_terragrunt_config(find_in_parent_folders("${local.stage}.hcl"))
}
inputs = merge(local.vars.inputs, { stage = local.stage, list = ["root"] })
`,
	"live/prod.hcl":     "locals {\n  tags = { a = 1, b = 2 }\n}\ninputs = {\n  tags = local.tags\n}\n",
	"live/common.json":  `{"name": "from-json"}`,
	"live/ring.hcl":     "locals {\n  a = read_terragrunt_config(\"ring.hcl\")\n}\ninputs = {}\n",
	"live/more/two.hcl": "include {\n  path = \"../root.hcl\"\n}\n",
}

func terragruntFS(text string) fstest.MapFS {
	fsys := fstest.MapFS{"live/prod/app/terragrunt.hcl": {Data: []byte(text)}}
	for name, content := range terragruntFiles {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return fsys
}

const appSource = "terraform {\n  source = \"../../../modules//app\"\n}\n"

// TestTerragrunt reads the values that a unit of Terragrunt passes to its module.
func TestTerragrunt(t *testing.T) {
	include := func(more string) string {
		return appSource + "include \"root\" {\n  path = find_in_parent_folders(\"root.hcl\")\n" + more + "}\n"
	}
	for name, test := range map[string]struct {
		text   string
		values string // of the variables name and stage, then of list and tags
		unread string // a part of the reason why not all was read
	}{
		"literals":             {appSource + `inputs = { name = "a", stage = "s" }`, "a | s |  ", ""},
		"local values":         {appSource + "locals {\n  a = \"x\"\n  b = \"${local.a}-y\"\n}\ninputs = { name = local.b }", "x-y | none |  ", ""},
		"no inputs":            {appSource, "? | none |  ", ""},
		"included":             {include("") + `inputs = { name = "a" }`, "a | prod | root a=1,b=2", ""},
		"shallow":              {include("") + `inputs = { name = "a", tags = { c = 3 }, list = ["own"] }`, "a | prod | own c=3", ""},
		"deep":                 {include(`merge_strategy = "deep"`+"\n") + `inputs = { name = "a", tags = { b = 3, c = 4 }, list = ["own"] }`, "a | prod | root,own a=1,b=3,c=4", ""},
		"deep maps":            {include(`merge_strategy = "deep_map_only"`+"\n") + `inputs = { name = "a", tags = { c = 4 }, list = ["own"] }`, "a | prod | own a=1,b=2,c=4", ""},
		"not merged":           {include(`merge_strategy = "no_merge"`+"\n") + `inputs = { name = "a" }`, "a | none |  ", ""},
		"exposed":              {include("expose = true\n") + `inputs = { name = "n-${include.root.locals.stage}" }`, "n-prod | prod | root a=1,b=2", ""},
		"exposed without name": {appSource + "include {\n  path = find_in_parent_folders(\"root.hcl\")\n  expose = true\n}\ninputs = { name = include.locals.stage }", "prod | prod | root a=1,b=2", ""},
		"the last include":     {include("") + "include \"other\" {\n  path = find_in_parent_folders(\"prod.hcl\")\n}\ninputs = { name = \"a\", tags = {} }", "a | prod | root ", ""},
		"directories":          {appSource + `inputs = { name = basename(get_terragrunt_dir()), stage = get_path_from_repo_root() }`, "app | live/prod/app |  ", ""},
		"absolute path":        {appSource + `inputs = { name = get_terragrunt_dir() }`, "? | none |  ", ""},
		"file":                 {appSource + `inputs = jsondecode(file(find_in_parent_folders("common.json")))`, "from-json | none |  ", ""},
		"fallback":             {appSource + `inputs = { name = find_in_parent_folders("no.hcl", "none.hcl") }`, "none.hcl | none |  ", ""},
		"environment":          {appSource + `inputs = { name = get_env("NAME", "a"), stage = "s" }`, "? | s |  ", ""},
		"command":              {appSource + `inputs = { name = run_cmd("touch", "x"), stage = "s" }`, "? | s |  ", ""},
		"dependency":           {appSource + "dependency \"d\" {\n  config_path = \"../d\"\n}\ninputs = { name = dependency.d.outputs.name, stage = \"s\" }", "? | s |  ", ""},
		"unknown map":          {appSource + `inputs = merge(jsondecode(get_env("X")), { stage = "s" })`, "? | s | ?", ""},
		"known after unknown":  {appSource + `inputs = merge({ name = "a" }, jsondecode(get_env("X")))`, "? | ? | ?", ""},
		"cycle of values":      {appSource + "locals {\n  a = local.b\n  b = local.a\n}\ninputs = { name = local.a, stage = \"s\" }", "? | s |  ", "depends on itself"},
		"cycle of files":       {appSource + "locals {\n  r = read_terragrunt_config(find_in_parent_folders(\"ring.hcl\"))\n}\ninputs = { name = local.r.locals.a.x, stage = \"s\" }", "? | s |  ", "reads itself: live/ring.hcl → live/ring.hcl"},
		"missing file":         {appSource + `inputs = { name = read_terragrunt_config("no.hcl").inputs.a, stage = "s" }`, "? | s |  ", "there is no live/prod/app/no.hcl"},
		"file with values":     {"terraform {\n  source = \"../../../modules//app\"\n  extra_arguments \"v\" {\n    optional_var_files = [\"${get_terragrunt_dir()}/v.tfvars\", \"no.tfvars\"]\n  }\n}\ninputs = { name = \"a\", stage = \"s\" }", "a | of-file |  ", ""},
		"a branch":             {"terraform {\n  source = get_env(\"X\") == \"\" ? \"git::https://example.com/x\" : \"../../../modules//app\"\n}\ninputs = { name = \"a\" }", "a | none |  ", "its source can be another one"},
		"generated variable":   {appSource + "generate \"v\" {\n  path = \"v.tf\"\n  contents = \"variable \\\"more\\\" {}\"\n}\ninputs = { name = \"a\" }", "a | none |  ", ""},
		"generated resource":   {appSource + "generate \"v\" {\n  path = \"v.tf\"\n  contents = \"resource \\\"a\\\" \\\"b\\\" {}\"\n}\ninputs = { name = \"a\" }", "a | none |  ", "blocks of the kind resource"},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := terragruntFS(test.text)
			fsys["live/prod/app/v.tfvars"] = &fstest.MapFile{Data: []byte("stage = \"of-file\"\n")}
			unit := terraform.ReadTerragrunt(fsys, "live/prod/app/terragrunt.hcl")
			if unit.Module != "modules/app" || !unit.IsRead || test.unread == "" && unit.Unread != "" || !strings.Contains(unit.Unread, test.unread) {
				t.Errorf("module %q, read: %v, unread: %q", unit.Module, unit.IsRead, unit.Unread)
			}
			parsed := terraform.Parse(t.Context(), fsys, deployment.Unit{Root: unit.Module, Environment: deployment.Environment{File: unit.File}}, deployment.Options{})
			if len(parsed.Problems) > 0 {
				t.Errorf("problems: %v", parsed.Problems)
			}
			view := modeltest.New(t, parsed)
			view.CheckPlaces()
			var got []string
			for _, attribute := range []string{"name", "handler", "runtime"} {
				got = append(got, value(view, "functions.0."+attribute))
			}
			if diff := cmp.Diff(test.values, strings.Join(got, " | ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// value returns a text of the model, "?" if it is unknown.
func value(view modeltest.View, path string) string {
	node, _ := view.Node(path).(map[string]any)
	if text, ok := node["value"].(string); ok {
		return text
	}
	return "?"
}

// TestNotRead reads configurations whose values are not read: the module is checked without, or the unit has none.
func TestNotRead(t *testing.T) {
	for name, test := range map[string]struct{ text, module, unread string }{
		"remote":                {"terraform {\n  source = \"git::https://example.com/x//app\"\n}\n", "", "no module of the repository"},
		"registry":              {"terraform {\n  source = \"tfr:///a/b/aws?version=1\"\n}\n", "", "no module of the repository"},
		"out of the repository": {"terraform {\n  source = \"../../../../x\"\n}\n", "", "no module of the repository"},
		"unknown source":        {"terraform {\n  source = get_env(\"X\")\n}\n", "", "its source is unknown"},
		"no source":             {"inputs = {}\n", "", "it has no source"},
		"malformed":             {"inputs = {\n", "", "cannot be read"},
		"include elsewhere":     {appSource + "include {\n  path = \"../../../../x.hcl\"\n}\n", "", "out of the repository"},
		"include of include":    {appSource + "include {\n  path = \"../../more/two.hcl\"\n}\n", "", "includes another file"},
		"unknown include":       {appSource + "include {\n  path = get_env(\"X\")\n}\n", "", "path of an include is unknown"},
		"includes itself":       {appSource + "include {\n  path = \"terragrunt.hcl\"\n}\n", "", "reads itself"},
		"missing values":        {"terraform {\n  source = \"../../../modules//app\"\n  extra_arguments \"v\" {\n    required_var_files = [\"v.tfvars\"]\n  }\n}\n", "modules/app", "there is no live/prod/app/v.tfvars"},
		"arguments":             {"terraform {\n  source = \"../../../modules//app\"\n  extra_arguments \"v\" {\n    arguments = [\"-var\", \"a=b\"]\n  }\n}\n", "modules/app", "sets variables"},
	} {
		t.Run(name, func(t *testing.T) {
			unit := terraform.ReadTerragrunt(terragruntFS(test.text), "live/prod/app/terragrunt.hcl")
			if unit.IsRead || unit.Module != test.module || !strings.Contains(unit.Unread, test.unread) {
				t.Errorf("%+v", unit)
			}
		})
	}
}

// TestTerragruntBeside reads a configuration in the directory of its module, which precedes no file with values.
func TestTerragruntBeside(t *testing.T) {
	fsys := terragruntFS("")
	fsys["modules/app/terragrunt.hcl"] = &fstest.MapFile{Data: []byte("inputs = {\n  name = \"a\"\n  stage = \"s\"\n}\n")}
	fsys["modules/app/terraform.tfvars"] = &fstest.MapFile{Data: []byte("stage = \"of-file\"\n")}
	unit := terraform.ReadTerragrunt(fsys, "modules/app/terragrunt.hcl")
	view := modeltest.New(t, terraform.Parse(t.Context(), fsys, deployment.Unit{Root: unit.Module, Environment: deployment.Environment{File: unit.File}}, deployment.Options{}))
	if got := value(view, "functions.0.name") + " " + value(view, "functions.0.handler"); got != "a of-file" {
		t.Error(got)
	}
}

// TestOutputsOfUnits asks for the outputs of a dependency as for those in the state of its module.
func TestOutputsOfUnits(t *testing.T) {
	fsys := terragruntFS(appSource + "dependency \"d\" {\n  config_path = \"../data\"\n}\ninputs = { name = dependency.d.outputs.table, stage = dependency.d.outputs.no }\n")
	fsys["live/prod/data/terragrunt.hcl"] = &fstest.MapFile{Data: []byte("terraform {\n  source = \"../../../modules/data\"\n}\n")}
	fsys["modules/data/main.tf"] = &fstest.MapFile{Data: []byte("output \"table\" { value = \"t\" }\n")}
	var asked []deployment.Key
	lookup := func(k deployment.Key, at source.Range) (tree.Tree, bool) {
		asked = append(asked, k)
		return tree.Tree{State: tree.StateKnown, IsMap: true, Range: at, Fields: []tree.Field{{Key: "table", Tree: tree.Tree{State: tree.StateKnown, Scalar: "t", Range: at}}}}, true
	}
	u := deployment.Unit{Root: "modules/app", Environment: deployment.Environment{File: "live/prod/app/terragrunt.hcl"}}
	view := modeltest.New(t, terraform.Parse(t.Context(), fsys, u, deployment.Options{Elsewhere: lookup}))
	if got := value(view, "functions.0.name") + " " + value(view, "functions.0.handler"); got != "t ?" {
		t.Error(got)
	}
	if diff := cmp.Diff(deployment.Key{Kind: deployment.StateOutput, Of: "module:modules/data", Name: "outputs"}, asked[0]); diff != "" {
		t.Error(diff)
	}
}

// TestManyFilesOfTerragrunt reads a configuration that reads more files than the limit.
func TestManyFilesOfTerragrunt(t *testing.T) {
	var locals, inputs strings.Builder
	for i := range 200 {
		fmt.Fprintf(&locals, "  a%d = read_terragrunt_config(find_in_parent_folders(\"prod.hcl\"), %d)\n", i, i)
		fmt.Fprintf(&inputs, "  x%d = local.a%d.inputs\n", i, i)
	}
	unit := terraform.ReadTerragrunt(terragruntFS(appSource+"locals {\n"+locals.String()+"}\ninputs = {\n"+inputs.String()+"}\n"), "live/prod/app/terragrunt.hcl")
	if !strings.Contains(unit.Unread, "exceeds the limit of 100 files") {
		t.Errorf("unread: %q", unit.Unread)
	}
}

// FuzzTerragrunt checks that no configuration of Terragrunt, and none that it includes, makes the reader panic, hang or point outside of
// the files.
func FuzzTerragrunt(f *testing.F) {
	f.Add(appSource+"include \"r\" {\n  path = find_in_parent_folders(\"root.hcl\")\n  expose = true\n}\ninputs = { name = include.r.locals.a }\n", "locals {\n  a = read_terragrunt_config(\"../x.hcl\", 1)\n}\ninputs = { tags = { a = [1] } }\n")
	f.Add(appSource+"include {\n  path = \"../../root.hcl\"\n  merge_strategy = \"deep\"\n}\ninputs = merge({ tags = { a = [2], b = null } }, get_env(\"X\"))\n", "inputs = { tags = { a = \"b\" } }\ngenerate \"g\" {\n  contents = \"variable \\\"x\\\" { default = 1 }\"\n}\n")
	f.Add("locals {\n  a = read_terragrunt_config(\"terragrunt.hcl\")\n}\ninputs = local.a\n", "")
	f.Add("terraform {\n  source = true ? \"/modules/app\" : 1\n  extra_arguments \"a\" {\n    optional_var_files = [\"../../root.hcl\", null]\n  }\n}\ndependency \"d\" {\n  config_path = \".\"\n}\ninputs = { name = dependency.d.outputs, (dependency.d) = 1 }\n", "include {}\n")
	f.Add("inputs = "+strings.Repeat("merge(", 300), strings.Repeat("[", 30_000))
	f.Fuzz(func(t *testing.T, text, root string) {
		start := time.Now()
		fsys := terragruntFS(text)
		fsys["live/root.hcl"] = &fstest.MapFile{Data: []byte(root)}
		unit := terraform.ReadTerragrunt(fsys, "live/prod/app/terragrunt.hcl")
		if unit.Module != "" {
			u := deployment.Unit{Root: unit.Module, Environment: deployment.Environment{File: unit.File}}
			modeltest.New(t, terraform.Parse(t.Context(), fsys, u, deployment.Options{})).CheckPlaces()
		}
		if time.Since(start) > 2*time.Second {
			t.Error("too slow")
		}
	})
}
