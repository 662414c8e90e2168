package parsers_test

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/deployment"
	"lintel/parsers"
)

// FuzzSearch checks that no names and contents of files make the search for units, or the readers that it chooses, panic or
// hang.
func FuzzSearch(f *testing.F) {
	f.Add("a/template.yaml", publicCFN, "b/main.tf", publicURL)
	f.Add("cdk.json", `{"app": "x", "output": "../.."}`, "serverless.yml", "service: a\nprovider: {}\n")
	f.Add("terragrunt.hcl", "terraform {\n  source = \"./a\"\n}\n", "a/x.tofu", "module \"m\" {\n  source = \"..\"\n}\n")
	f.Add("plan.json", `{"format_version": "1.2", "planned_values": {}}`, "s.yaml", "Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: plan.json}}\n")
	f.Add("x.tftest.hcl", "run \"a\" {}\n", "x.tfvars", "a = 1\n")
	f.Add("a.txt", "Resources: {A: {Type: AWS::S3::Bucket}}", "a.template", "\xff\xfe{\x00}\x00")
	f.Fuzz(func(t *testing.T, name, text, other, second string) {
		if !fs.ValidPath(name) || !fs.ValidPath(other) || name == "." || other == "." {
			return
		}
		start := time.Now()
		fsys := fstest.MapFS{name: {Data: []byte(text)}, other: {Data: []byte(second)}}
		for _, u := range parsers.Search(fsys, []string{"."}).Units {
			parsers.Directives(parsers.Parse(t.Context(), fsys, u, deployment.Options{}).Files)
		}
		parsers.Search(fsys, []string{name})
		parsers.Widen(fsys, []string{name})
		if time.Since(start) > 4*time.Second {
			t.Error("too slow")
		}
	})
}
