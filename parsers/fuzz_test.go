package parsers_test

import (
	"context"
	"io/fs"
	"maps"
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/cputime/cputimetest"
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
	f.Add(".gitmodules", "[submodule \"a\"]\n\tpath = ../a\n\turl = b\n[submodule \"c\"]\n\tpath = c\n", "samconfig.toml", "[default.deploy.parameters]\n")
	f.Add("x.tftest.hcl", "run \"a\" {}\n", "x.tfvars", "a = 1\n")
	f.Add("a.txt", "Resources: {A: {Type: AWS::S3::Bucket}}", "a.template", "\xff\xfe{\x00}\x00")
	f.Fuzz(func(t *testing.T, name, text, other, second string) {
		if !fs.ValidPath(name) || !fs.ValidPath(other) || name == "." || other == "." {
			return
		}
		cputimetest.Limit(t, 4*time.Second)
		fsys := fstest.MapFS{name: {Data: []byte(text)}, other: {Data: []byte(second)}}
		for _, u := range parsers.Search(fsys, []string{"."}).Units {
			parsers.Directives(parsers.Parse(t.Context(), fsys, u, deployment.Options{}).Files)
		}
		parsers.Search(fsys, []string{name})
		parsers.Widen(fsys, []string{name})
	})
}

// FuzzRepository checks that no texts of units that refer to each other, and no change of one, make the readers panic or hang, and
// that a change reaches the unit that it edits.
func FuzzRepository(f *testing.F) {
	const export = "Resources:\n  R: {Type: AWS::IAM::Role, Properties: {RoleName: r}}\nOutputs:\n  O: {Value: !GetAtt R.Arn, Export: {Name: role}}\n"
	const asks = "Resources:\n  F: {Type: AWS::Lambda::Function, Properties: {Role: !ImportValue role}}\n"
	f.Add(export, asks, "data \"aws_iam_role\" \"r\" {\n  name = \"r\"\n}\n", "s", asks)
	f.Add(asks, export+"  P: {Value: !ImportValue role, Export: {Name: !Sub \"${AWS::StackName}-x\"}}\n", "data \"terraform_remote_state\" \"x\" {\n  backend = \"local\"\n  config = { path = \"../x\" }\n}\n", "", export)
	f.Add("Resources:\n  P: {Type: AWS::SSM::Parameter, Properties: {Name: /p, Value: !Ref Q}}\n", "Parameters:\n  Q: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /p}\n"+asks, publicURL, "a/b", "{{ cookiecutter.x }}")
	f.Fuzz(func(t *testing.T, one, two, config, stack, changed string) {
		cputimetest.Limit(t, 4*time.Second)
		before := fstest.MapFS{"a/one.yaml": {Data: []byte(one)}, "b/two.yaml": {Data: []byte(two)}, "c/main.tf": {Data: []byte(config)}}
		now := maps.Clone(before)
		now["a/one.yaml"] = &fstest.MapFile{Data: []byte(changed)}
		repository := parsers.NewRepository(t.Context(), now, parsers.Setting{
			Find:    func(ctx context.Context) parsers.Found { return parsers.SearchWithin(ctx, now, []string{"."}) },
			Options: func(deployment.Unit) deployment.Options { return deployment.Options{} },
			Stacks:  map[string]string{stack: "b/two.yaml"},
		})
		found := parsers.Search(now, []string{"."})
		for _, u := range found.Units {
			repository.Parse(t.Context(), now, u, deployment.Options{})
		}
		reach := parsers.NewIndex().Reach(t.Context(), now, before, []string{"a/one.yaml"})
		for _, u := range found.Units {
			if u.Root == "a/one.yaml" && !reach.IsWhole && !reach.Units[u] {
				t.Error("the edited unit is not reached")
			}
		}
		parsers.NameGaps(t.Context(), now, []string{"a/one.yaml", "c/main.tf"})
	})
}
