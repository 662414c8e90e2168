package parsers

import "testing"

func TestComputesPaths(t *testing.T) {
	for text, want := range map[string]bool{
		`policy = file("${path.module}/policy.json")`:                              false,
		`policy = file( "policy.json" )`:                                           false,
		`policy = templatefile("${path.root}/p.tpl", { a = var.a })`:               false,
		`policy = file("${path.module}/${var.name}.json")`:                         true,
		`policy = file("p/%{ if var.a }a%{ endif }.json")`:                         true,
		`policy = file(var.path)`:                                                  true,
		`policy = file(format("%s.json", var.name))`:                               true,
		`policy = jsondecode(templatefile(local.path, {}))`:                        true,
		`"policy": "${file(\"p.json\")}"`:                                          false,
		`"policy": "${file(\"${var.p}.json\")}"`:                                   true,
		`for_each = fileset(path.module, "*.json")`:                                true,
		`data "local_file" "p" {}`:                                                 true,
		`source_dir = "${path.module}/src"`:                                        false,
		`source_dir = "${path.module}/${var.name}"`:                                true,
		`source_dir = var.dir`:                                                     true,
		`source_path = ["src", "lib"]`:                                             false,
		`filename = data.archive_file.code.output_path`:                            false,
		`filename = "${path.module}/x.zip"`:                                        false,
		`filename = "${var.dir}/x.zip"`:                                            true,
		`profile("x")`:                                                             false,
		"CodeUri: src/":                                                            false,
		"CodeUri: {Bucket: !Ref B, Key: k}":                                        false,
		"CodeUri: !Sub '${Dir}/src'":                                               true,
		"CodeUri:\n  Fn::Sub: '${Dir}/src'":                                        true,
		`{"TemplateURL": {"Fn::Sub": "${N}.yaml"}}`:                                true,
		`{"TemplateURL": "child.yaml"}`:                                            false,
		"Properties: {DefinitionUri: !FindInMap [M, !Ref Stage, Definition]}":      true,
		"Parameters: {CodeUri: {Type: String}}":                                    false,
		"Fn::Transform: {Name: AWS::Include, Parameters: {Location: swagger.yml}}": false,
	} {
		if got := computesPaths([]byte(text)); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
