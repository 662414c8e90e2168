package cloudformation_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/modeltest"
	"lintel/parsers/cloudformation"
)

// configured is a template with parameters that a configuration file of the SAM CLI may set.
const configured = `Parameters:
  A: {Type: String, Default: a}
  B: {Type: String}
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Handler: !Ref A, Description: !Ref B}
`

// TestSAMConfig checks in which environments a template has other values, and which.
func TestSAMConfig(t *testing.T) {
	var many strings.Builder
	for i := range 40 {
		fmt.Fprintf(&many, "[e%d.deploy.parameters]\nparameter_overrides = 'B=%d'\n", i, i)
	}
	for name, tt := range map[string]struct {
		file, text string
		want       []string // environment, handler and description
		problems   int
	}{
		"a text":                          {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = \"A=1 B='2 3' C=4\"\n", []string{"x.deploy 1 2 3"}, 0},
		"keys and values":                 {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = 'ParameterKey=A,ParameterValue=\"1 2\" ParameterKey=B,ParameterValue=3,4'\n", []string{"x.deploy 1 2 3,4"}, 0},
		"a list":                          {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = [\n  'A=1', # one\n  \"B=\\\"2 3\\\"\",\n]\n", []string{"x.deploy 1 2 3"}, 0},
		"escaped spaces":                  {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = 'A=1\\ 2'\n", []string{"x.deploy 1 2 -"}, 0},
		"more than one line":              {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = '''\nA=1\nB=2'''\n", []string{"x.deploy 1 2"}, 0},
		"dotted keys and inline tables":   {"samconfig.toml", "x.deploy.parameters.parameter_overrides = 'A=1'\ny = {sync = {parameters = {parameter_overrides = 'A=2'}}}\n", []string{"x.deploy 1 -", "y.sync 2 -"}, 0},
		"a mapping":                       {"samconfig.yaml", "x: {deploy: {parameters: {parameter_overrides: {A: 1, B: [2, 3]}}}}\n", []string{"x.deploy 1 2,3"}, 0},
		"all commands of an environment":  {"samconfig.yml", "x: {global: {parameters: {parameter_overrides: A=1}}}\n", []string{"x.deploy 1 -"}, 0},
		"a command before all commands":   {"samconfig.toml", "[x.global.parameters]\nparameter_overrides = 'A=1'\n[x.sync.parameters]\nparameter_overrides = 'A=2'\n", []string{"x.deploy 1 -", "x.sync 2 -"}, 0},
		"the last value of a name":        {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = 'A=1 A=2'\n", []string{"x.deploy 2 -"}, 0},
		"the same values":                 {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = 'A=1 B=2'\n[y.deploy.parameters]\nparameter_overrides = 'B=2 C=3 A=1'\n", []string{"x.deploy 1 2"}, 0},
		"the defaults":                    {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = 'A=a'\n", nil, 0},
		"commands that deploy nothing":    {"samconfig.toml", "[x.local_invoke.parameters]\nparameter_overrides = 'A=1'\n[x.build.parameters]\nparameter_overrides = 'A=1'\n", nil, 0},
		"another template":                {"samconfig.toml", "[x.deploy.parameters]\ntemplate_file = 'other.yaml'\nparameter_overrides = 'A=1'\n", nil, 0},
		"the output of sam build":         {"samconfig.toml", "[x.deploy.parameters]\ntemplate_file = '.aws-sam/build/template.yaml'\nparameter_overrides = 'A=1'\n", []string{"x.deploy 1 -"}, 0},
		"a template that is missing":      {"samconfig.toml", "[x.deploy.parameters]\ntemplate_file = '../../packaged.yaml'\nparameter_overrides = 'A=1'\n", []string{"x.deploy 1 -"}, 0},
		"an error":                        {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = 'A=1'\n[", nil, 1},
		"an error in YAML":                {"samconfig.yaml", "x: [", nil, 1},
		"a form that the SAM CLI rejects": {"samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = 'A: 1'\n", nil, 1},
		"a large file":                    {"samconfig.toml", strings.Repeat("# a comment\n", 6000) + "[x.deploy.parameters]\nparameter_overrides = 'A=1'\n", nil, 1},
		"values of other types":           {"samconfig.toml", "x = 1\ny.deploy = [2]\nz.deploy.parameters = 1979-05-27\n[[a.deploy.parameters]]\nparameter_overrides = 1\n", nil, 1},
		"many environments":               {"samconfig.toml", many.String(), nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := fstest.MapFS{tt.file: {Data: []byte(tt.text)}, "template.yaml": {Data: []byte(configured)}, "other.yaml": {Data: []byte("Resources: {}")}}
			config := cloudformation.ReadSAMConfig(fsys, tt.file)
			found := cloudformation.EnvironmentsOf(fsys, "template.yaml", []cloudformation.SAMConfig{config})
			if n := len(config.Problems) + len(found.Problems); n != tt.problems {
				t.Errorf("%d problems, want %d: %v %v", n, tt.problems, config.Problems, found.Problems)
			}
			if name == "many environments" {
				if len(found.Names) != 32 {
					t.Errorf("%d environments", len(found.Names))
				}
				return
			}
			var got []string
			for _, e := range found.Names {
				parsed := cloudformation.Parse(t.Context(), fsys, deployment.Unit{Kind: deployment.Template, Root: "template.yaml", Environment: e}, deployment.Options{})
				f := parsed.Stack.Functions[0]
				description := "-"
				if text, ok := f.Description.Get(); ok {
					description = text
				}
				handler, _ := f.Handler.Get()
				got = append(got, e.Section+" "+handler+" "+description)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSAMConfigFile checks that values in another file are a gap.
func TestSAMConfigFile(t *testing.T) {
	fsys := fstest.MapFS{"samconfig.toml": {Data: []byte("[x.deploy.parameters]\nparameter_overrides = ['file://a.json', 'A=1']\n")}, "template.yaml": {Data: []byte(configured)}}
	gaps := cloudformation.ReadSAMConfig(fsys, "samconfig.toml").Gaps
	if len(gaps) != 1 || gaps[0].Cause != finding.GapSkipped || gaps[0].Range.Start == 0 {
		t.Errorf("%+v", gaps)
	}
}

// FuzzSAMConfig checks that no configuration file of the SAM CLI makes the reader panic, hang or point outside of the file.
func FuzzSAMConfig(f *testing.F) {
	f.Add("samconfig.toml", "[x.deploy.parameters]\nparameter_overrides = \"A=1 ParameterKey=B,ParameterValue='2 \\\\'3'\"\n")
	f.Add("samconfig.toml", "x = {deploy = {parameters = {parameter_overrides = ['A=\"1', '=', ''''A=2''']}}}\nx.y = [[]]\n")
	f.Add("samconfig.toml", strings.Repeat("[", 30_000))
	f.Add("samconfig.toml", "x="+strings.Repeat("{a=", 20_000))
	f.Add("samconfig.yaml", "x: &a {deploy: {parameters: {parameter_overrides: {A: *a}}}}\n")
	f.Fuzz(func(t *testing.T, name, text string) {
		cputimetest.Limit(t, 2*time.Second)
		fsys := fstest.MapFS{"template.yaml": {Data: []byte(configured)}}
		if name == "samconfig.toml" || name == "samconfig.yaml" {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		config := cloudformation.ReadSAMConfig(fsys, name)
		for _, p := range config.Problems {
			if p.Range.Start < 0 || p.Range.End > len(text) || p.Range.Start > p.Range.End && p.Range.End != 0 {
				t.Errorf("a problem outside of the file: %+v", p)
			}
		}
		for _, e := range cloudformation.EnvironmentsOf(fsys, "template.yaml", []cloudformation.SAMConfig{config}).Names {
			modeltest.New(t, cloudformation.Parse(t.Context(), fsys, deployment.Unit{Kind: deployment.Template, Root: "template.yaml", Environment: e}, deployment.Options{})).CheckPlaces()
		}
	})
}
