package terraform_test

import (
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/deployment"
	"lintel/internal/modeltest"
	"lintel/parsers/terraform"
)

// FuzzFiles checks that no files of values, manifests, texts and configurations in JSON beside a configuration make the
// reader panic, hang or point outside of the files.
func FuzzFiles(f *testing.F) {
	f.Add("v = [\"a\", { b = 1 }]\n", `{"v": ["${a}", null]}`, `{"Modules": [{"Key": "m", "Source": "./m", "Dir": "m"}]}`, `{"resource": {"aws_lambda_function": {"g": [{"function_name": "${var.v}"}]}}}`, "%{ for a in v }${a}%{ endfor }")
	f.Add("v = <<EOT\n${a}\nEOT\n", `[`, `{"Modules": [null, {"Key": "m.n", "Dir": "../.."}]}`, `{"//": [1], "module": {"m": {"source": "."}}, "variable": [{"v": {}}]}`, "${")
	f.Add("v = v\nv = 1\n", `{"": 1}`, ``, `{"locals": {"a": "${local.a}"}, "output": null, "resource": []}`, "\xff")
	f.Fuzz(func(t *testing.T, values, valuesJSON, manifest, config, text string) {
		cputimetest.Limit(t, 2*time.Second)
		fsys := fstest.MapFS{
			"main.tf": {Data: []byte("variable \"v\" {}\nvariable \"w\" { default = {} }\nmodule \"m\" {\n  source = \"org/m/aws\"\n  v = var.v\n}\n" +
				"resource \"aws_lambda_function\" \"f\" {\n  function_name = var.v\n  description = templatefile(\"t.tpl\", { v = var.v, a = 1 })\n  environment {\n    variables = var.w\n  }\n}\n" +
				"resource \"aws_iam_role\" \"r\" {\n  assume_role_policy = file(\"t.tpl\")\n  name = jsondecode(file(\"t.tpl\"))\n  path = yamldecode(file(\"t.tpl\"))\n}\n")},
			"m/main.tf": {Data: []byte("variable \"v\" {}\n")}, "terraform.tfvars": {Data: []byte(values)}, "x.auto.tfvars.json": {Data: []byte(valuesJSON)},
			".terraform/modules/modules.json": {Data: []byte(manifest)}, "more.tf.json": {Data: []byte(config)}, "t.tpl": {Data: []byte(text)},
		}
		modeltest.New(t, terraform.Parse(t.Context(), fsys, deployment.Unit{Kind: deployment.TerraformModule, Root: "."}, deployment.Options{})).CheckPlaces()
		terraform.RoleOf(fsys, ".")
		terraform.Instantiated(fsys, ".")
	})
}
