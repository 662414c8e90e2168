package workspace_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

const variableURL = `variable "mode" {}
resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = var.mode
}
`

// TestConfiguredValues checks that the values of a configuration decide like those of the caller, which win.
func TestConfiguredValues(t *testing.T) {
	template := "Parameters: {Mode: {Type: String}}\nResources: {U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, AuthType: !Ref Mode}}}\n"
	byWorkspace := strings.Replace(strings.TrimPrefix(variableURL, "variable \"mode\" {}\n"), "var.mode", "terraform.workspace", 1)
	files := map[string]string{
		"tf/main.tf": variableURL, "cfn/t.yaml": template, "ws/main.tf": byWorkspace,
		"vars/open.tfvars": "mode = \"NONE\"\n", "vars/signed.tfvars": "mode = \"AWS_IAM\"\n",
	}
	const inTF, inCFN, inWS = "tf high function-url-auth-none!", "cfn high function-url-auth-none!", "ws high function-url-auth-none!"
	for name, tt := range map[string]struct {
		configurations map[string]string
		given          deployment.Options
		want           []string
	}{
		"none":                               {want: []string{}},
		"vars":                               {configurations: map[string]string{"tf": "vars: {mode: NONE}\n"}, want: []string{inTF}},
		"var-files":                          {configurations: map[string]string{"tf": "var-files: [../vars/open.tfvars]\n"}, want: []string{inTF}},
		"the last of var-files":              {configurations: map[string]string{"tf": "var-files: [../vars/open.tfvars, ../vars/signed.tfvars]\n"}, want: []string{}},
		"vars over var-files":                {configurations: map[string]string{"tf": "var-files: [../vars/signed.tfvars]\nvars: {mode: NONE}\n"}, want: []string{inTF}},
		"params":                             {configurations: map[string]string{"cfn": "params: {Mode: NONE}\n"}, want: []string{inCFN}},
		"workspace":                          {configurations: map[string]string{"ws": "workspace: NONE\n"}, want: []string{inWS}},
		"of another directory":               {configurations: map[string]string{"cfn": "profile: all\n", "ws": "profile: all\n", "tf": "workspace: open\n"}, want: []string{}},
		"the caller sets the variable":       {configurations: map[string]string{"tf": "vars: {mode: NONE}\n"}, given: deployment.Options{Variables: map[string]string{"mode": "AWS_IAM"}}, want: []string{}},
		"the caller gives a file":            {configurations: map[string]string{"tf": "vars: {mode: NONE}\n"}, given: deployment.Options{VarFiles: []string{"vars/signed.tfvars"}}, want: []string{}},
		"the caller gives another file":      {configurations: map[string]string{"tf": "var-files: [../vars/signed.tfvars]\n"}, given: deployment.Options{VarFiles: []string{"vars/open.tfvars"}}, want: []string{inTF}},
		"the caller sets the parameter":      {configurations: map[string]string{"cfn": "params: {Mode: NONE}\n"}, given: deployment.Options{Parameters: map[string]string{"Mode": "AWS_IAM"}}, want: []string{}},
		"the caller names the workspace":     {configurations: map[string]string{"ws": "workspace: NONE\n"}, given: deployment.Options{Workspace: "other"}, want: []string{}},
		"of a file that they extend":         {configurations: map[string]string{"tf": "extends: ../base.yaml\n"}, want: []string{inTF}},
		"over those of a file they extend":   {configurations: map[string]string{"tf": "extends: ../base.yaml\nvars: {mode: AWS_IAM}\n"}, want: []string{}},
		"the nearest configuration replaces": {configurations: map[string]string{".": "vars: {mode: NONE}\n", "tf": "profile: default\n"}, want: []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			texts := maps.Clone(files)
			texts["base.yaml"] = "vars: {mode: NONE}\n"
			for dir, text := range tt.configurations {
				texts[strings.TrimPrefix(dir+"/.lintel.yaml", "./")] = text
			}
			set := settings(t)
			set.Values = tt.given
			outcome := check(t, workspace.New(), tree(texts), set, everything, workspace.Overrides{Only: []string{"function-url-auth-none"}})
			got := []string{}
			for _, f := range outcome.Report.Findings {
				got = append(got, fmt.Sprintf("%s %s %s!", f.Unit[:strings.IndexByte(f.Unit+"/", '/')], f.Severity, f.Rule))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s%v", diff, outcome.Report.Problems)
			}
		})
	}
}

// TestUndeclaredValues checks that a name in a configuration that nothing declares is a problem at its place, if all units are
// checked to which the configuration applies.
func TestUndeclaredValues(t *testing.T) {
	texts := map[string]string{"tf/main.tf": variableURL, "tf/.lintel.yaml": "vars:\n  mode: NONE\n  mods: 1\nparams: {Size: 1}\n", "other/main.tf": openURL}
	for _, named := range []string{".", "tf", "tf/main.tf", "other"} {
		var got []string
		for _, p := range check(t, workspace.New(), tree(texts), settings(t), workspace.Search{Paths: []string{named}, Named: []string{named}}, workspace.Overrides{}).Report.Problems {
			got = append(got, fmt.Sprintf("%s:%d %s", p.Range.Path, p.Range.Start, p.Message))
		}
		var want []string
		if named == "." || named == "tf" {
			want = []string{
				`tf/.lintel.yaml:21 vars sets "mods", and nothing that the configuration applies to declares this variable; did you mean mode?`,
				`tf/.lintel.yaml:38 params sets "Size", and nothing that the configuration applies to declares this parameter`,
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", named, got)
		}
	}
}

// TestBaseOfExtended checks that a change of a file that a configuration extends cannot loosen it, nor its values.
func TestBaseOfExtended(t *testing.T) {
	before := map[string]string{"a/main.tf": variableURL, "a/.lintel.yaml": "extends: ../base.yaml\n", "base.yaml": "vars: {mode: NONE}\n", "other.yaml": "skip: [function-url-auth-none]\n"}
	for name, tt := range map[string]struct {
		changes map[string]string
		note    string
	}{
		"nothing":                {nil, ""},
		"a rule is skipped":      {map[string]string{"base.yaml": "vars: {mode: NONE}\nskip: [function-url-auth-none]\n"}, "base.yaml is changed"},
		"another value":          {map[string]string{"base.yaml": "vars: {mode: AWS_IAM}\n"}, "base.yaml is changed"},
		"another file":           {map[string]string{"a/.lintel.yaml": "extends: ../other.yaml\n"}, "a/.lintel.yaml is changed"},
		"a value of its own":     {map[string]string{"a/.lintel.yaml": "extends: ../base.yaml\nvars: {mode: AWS_IAM}\n"}, "a/.lintel.yaml is changed"},
		"a file that is missing": {map[string]string{"a/.lintel.yaml": "profile: default\n", "base.yaml": ""}, "a/.lintel.yaml is changed"},
	} {
		t.Run(name, func(t *testing.T) {
			after := maps.Clone(before)
			maps.Copy(after, tt.changes)
			set := settings(t)
			set.Base = &workspace.Base{FS: tree(before)}
			report := check(t, workspace.New(), tree(after), set, workspace.Search{Paths: []string{"a"}, Named: []string{"a"}}, workspace.Overrides{}).Report
			if diff := cmp.Diff([]string{"a/main.tf high function-url-auth-none!"}, said(report)); diff != "" {
				t.Error(diff)
			}
			if got := strings.Join(report.Notes, "\n"); !strings.HasPrefix(got, tt.note) || (got == "") != (tt.note == "") {
				t.Errorf("%q, want %q", got, tt.note)
			}
		})
	}
}

// TestExtendedAgain checks that an editor checks again after a change of a file that a configuration extends.
func TestExtendedAgain(t *testing.T) {
	texts := map[string]string{"a/main.tf": openURL, "a/.lintel.yaml": "extends: ../base.yaml\n", "base.yaml": "profile: default\n"}
	w := workspace.New()
	for _, tt := range []struct {
		base string
		want int
	}{{"profile: default\n", 1}, {"skip: [function-url-auth-none]\n", 0}, {"profile: all\n", 1}} {
		texts["base.yaml"] = tt.base
		report := check(t, w, tree(texts), settings(t), everything, workspace.Overrides{}).Report
		n := 0
		for _, f := range report.Findings {
			if f.Rule == "function-url-auth-none" {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%s: %d findings", tt.base, n)
		}
		if diff := cmp.Diff([]string{"a/.lintel.yaml", "base.yaml"}, report.Configs); diff != "" {
			t.Error(diff)
		}
	}
}

// TestGivenExtends checks that a change cannot edit what the configuration of the caller extends.
func TestGivenExtends(t *testing.T) {
	set := settings(t)
	set.Given, set.GivenName = source.NewFile("../ci.yaml", []byte("extends: base.yaml\n")), "ci.yaml"
	before := tree(map[string]string{"a/main.tf": openURL, "base.yaml": "rules: {function-url-auth-none: {severity: critical}}\n"})
	after := tree(map[string]string{"a/main.tf": openURL, "base.yaml": "skip: [function-url-auth-none]\n"})
	set.Base = &workspace.Base{FS: before}
	for _, tt := range []struct {
		trust bool
		want  []string
	}{{false, []string{"a/main.tf critical function-url-auth-none!"}}, {true, []string{}}} {
		set.Base.Trust = tt.trust
		if diff := cmp.Diff(tt.want, said(check(t, workspace.New(), after, set, everything, workspace.Overrides{}).Report)); diff != "" {
			t.Error(diff)
		}
	}
}
