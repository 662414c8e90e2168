package check_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/source"
)

// retained is a log group whose retention period files beside the configuration set.
const retained = `
variable "days" { type = number }
variable "other" { default = 7 }
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = var.days
}
`

// TestVarFiles checks the values of files that are passed with -var-file: they are those that a variable without a value may have.
func TestVarFiles(t *testing.T) {
	const rule = "log-group-retention-missing"
	testDecided(t, map[string]decidedCase{
		"none with the fault":      {text: retained, rule: rule, files: map[string]string{"dev.tfvars": "days = 7\n", "prod.tfvars": "days = 30\n"}},
		"all with the fault":       {text: retained, rule: rule, found: 2, files: map[string]string{"env/dev.tfvars": "days = 0\n", "env/prod.tfvars": "days = 0\n"}},
		"one with the fault":       {text: retained, rule: rule, found: 1, files: map[string]string{"env/dev.tfvars": "days = 0\n", "env/prod.tfvars": "days = 30\n"}},
		"a single file":            {text: retained, rule: rule, found: 1, files: map[string]string{"prod.tfvars": "days = 0\n"}},
		"in JSON":                  {text: retained, rule: rule, found: 1, files: map[string]string{"dev.tfvars.json": `{"days": 0}`, "prod.tfvars": "days = 30\n"}},
		"a file of something else": {text: retained, rule: rule, files: map[string]string{"dev.tfvars": "days = 7\n", "backend.tfvars": "bucket = \"b\"\n"}},
		"two files, one sets another variable": {
			text: retained + "variable \"more\" {}\n", rule: rule, undetermined: 1,
			files: map[string]string{"dev.tfvars": "days = 7\n", "prod.tfvars": "more = 30\n"},
		},
		"a default":                  {text: retained, rule: rule, undetermined: 1, files: map[string]string{"prod.tfvars": "other = 0\n"}},
		"a value that is read":       {text: retained, rule: rule, files: map[string]string{"terraform.tfvars": "days = 7\n", "prod.tfvars": "days = 0\n"}},
		"a file of another module":   {text: retained, rule: rule, undetermined: 1, files: map[string]string{"m/main.tf": "variable \"days\" { default = 1 }\n", "m/prod.tfvars": "days = 0\n"}},
		"a file two levels down":     {text: retained, rule: rule, undetermined: 1, files: map[string]string{"env/prod/x.tfvars": "days = 0\n"}},
		"an example":                 {text: retained, rule: rule, undetermined: 1, files: map[string]string{"example.tfvars": "days = 7\n"}},
		"a file that is not valid":   {text: retained, rule: rule, undetermined: 1, files: map[string]string{"prod.tfvars": "days = {\n"}},
		"more files than are tried":  {text: retained, rule: rule, undetermined: 1, files: varFilesOf(9)},
		"as many files as are tried": {text: retained, rule: rule, files: varFilesOf(8)},
		"a part of an object": {text: `
variable "log" { type = object({ days = number }) }
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = var.log.days
}
`, rule: rule, found: 1, files: map[string]string{"dev.tfvars": "log = { days = 0 }\n", "prod.tfvars": "log = { days = 3 }\n"}},
		"an argument of a module": {text: `
variable "days" {}
module "m" {
  source = "./m"
  days   = var.days
}
`, rule: rule, found: 1, files: map[string]string{"m/main.tf": retained, "dev.tfvars": "days = 0\n", "prod.tfvars": "days = 3\n"}},
		"a file that excludes the branch with the fault": {text: `
variable "keep" { type = bool }
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = var.keep ? 0 : 7
}
`, rule: rule, found: 1, files: map[string]string{"dev.tfvars": "keep = false\n"}},
		"a file that excludes the resource by a condition": {text: `
variable "keep" { type = bool }
variable "name" { type = string }
resource "aws_cloudwatch_log_group" "g" {
  count             = var.keep ? 1 : 0
  name              = var.name
  retention_in_days = 0
}
`, rule: rule, found: 1, files: map[string]string{"dev.tfvars": "keep = false\nname = \"g\"\n"}},
		"files that exclude the resource by a number": {text: `
variable "n" { type = number }
resource "aws_cloudwatch_log_group" "g" {
  count             = var.n
  name              = "g"
  retention_in_days = 0
}
`, rule: rule, found: 1, files: map[string]string{"dev.tfvars": "n = 0\n", "prod.tfvars": "n = 0\n"}},
		"a condition": {text: `
variable "days" {}
variable "keep" { type = bool }
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = var.keep ? var.days : 1
}
`, rule: rule, files: map[string]string{"dev.tfvars": "days = 0\nkeep = false\n", "prod.tfvars": "days = 3\nkeep = true\n"}},
		"a condition without a value in the file with the fault": {text: `
variable "days" {}
variable "keep" { type = bool }
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = var.keep ? var.days : 1
}
`, rule: rule, found: 1, files: map[string]string{"dev.tfvars": "days = 0\n", "prod.tfvars": "days = 3\nkeep = true\n"}},
		"values of two variables of one file": {text: `
variable "days" {}
variable "class" {}
resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = var.class == "DELIVERY" ? 1 : var.days
}
`, rule: rule, files: map[string]string{"dev.tfvars": "days = 0\nclass = \"DELIVERY\"\n", "prod.tfvars": "days = 3\nclass = \"STANDARD\"\n"}},
	})
}

// varFilesOf returns a number of files with a value of a variable.
func varFilesOf(number int) map[string]string {
	files := map[string]string{}
	for i := range number {
		files["env/"+string(rune('a'+i))+".tfvars"] = "days = " + string(rune('1'+i)) + "\n"
	}
	return files
}

// TestWhenVarFile checks that a finding names the file with the value, and is located there.
func TestWhenVarFile(t *testing.T) {
	got := runOnly(t, fstest.MapFS{
		"t.tf": {Data: []byte(retained)}, "env/dev.tfvars": {Data: []byte("days = 0\n")}, "env/prod.tfvars": {Data: []byte("days = 30\n")},
	}, "log-group-retention-missing")
	if len(got.Findings) != 1 {
		t.Fatalf("%d findings, want 1", len(got.Findings))
	}
	f := got.Findings[0]
	want := []any{"env/dev.tfvars", source.AllOf(source.Literal{Condition: "-var-file", Value: `"env/dev.tfvars"`, Is: true})}
	if diff := cmp.Diff(want, []any{f.Range.Path, f.When}); diff != "" {
		t.Error(diff)
	}
}
