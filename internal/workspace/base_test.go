package workspace_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/workspace"
)

// TestBase checks that a change cannot loosen the configuration that applies to it.
func TestBase(t *testing.T) {
	const off, strict = "skip: [function-url-auth-none]\n", "rules: {function-url-auth-none: {severity: critical}}\n"
	fails, critical := []string{"a/main.tf high function-url-auth-none!"}, []string{"a/main.tf critical function-url-auth-none!"}
	for name, tt := range map[string]struct {
		before, after map[string]string
		want          []string
		notes         string // substring of the first note; empty: no note
	}{
		"none":                            {want: fails},
		"one as it was":                   {before: map[string]string{"a": off}, after: map[string]string{"a": off}, want: []string{}},
		"a looser one is added":           {after: map[string]string{"a": off}, want: fails, notes: "a/.lintel.yaml is changed"},
		"a looser one is added above":     {after: map[string]string{".": off}, want: fails, notes: ".lintel.yaml is changed"},
		"a looser one is added below":     {after: map[string]string{"a/b": off}, want: fails},
		"a looser one is added elsewhere": {after: map[string]string{"c": off}, want: fails},
		"a looser one is nearer":          {before: map[string]string{".": strict}, after: map[string]string{".": strict, "a": off}, want: critical, notes: "a/.lintel.yaml is changed"},
		"a looser one is edited":          {before: map[string]string{"a": strict}, after: map[string]string{"a": off}, want: critical, notes: "a/.lintel.yaml is changed"},
		"a strict one is removed":         {before: map[string]string{"a": strict, ".": off}, after: map[string]string{".": off}, want: critical, notes: "a/.lintel.yaml is changed"},
		"a strict one moves up":           {before: map[string]string{"a": strict}, after: map[string]string{".": strict}, want: critical, notes: "a/.lintel.yaml is changed"},
		"a strict one moves away":         {before: map[string]string{"a": strict}, after: map[string]string{"c": strict}, want: critical, notes: "a/.lintel.yaml is changed"},
		"a loose one moves here":          {before: map[string]string{"c": off}, after: map[string]string{"a": off}, want: fails, notes: "a/.lintel.yaml is changed"},
		"a loose one is removed":          {before: map[string]string{"a": off}, want: fails, notes: "a/.lintel.yaml is changed"},
		"a stricter one is added":         {after: map[string]string{"a": strict}, want: critical, notes: "a/.lintel.yaml is changed"},
		"the severity that fails":         {after: map[string]string{"a": "fail-on: critical\n"}, want: fails, notes: "a/.lintel.yaml is changed"},
		"the severity of a rule":          {after: map[string]string{"a": "rules: {function-url-auth-none: {severity: info}}\n"}, want: fails, notes: "a/.lintel.yaml is changed"},
		"the paths": {
			after: map[string]string{"a": "ignore: [{paths: [\"**\"], reason: I say so}]\n"}, want: fails, notes: "a/.lintel.yaml is changed",
		},
		"the paths, in a nearer one": {
			before: map[string]string{".": "ignore: [{paths: [\"b/**\"], reason: of the test}]\n"},
			after:  map[string]string{".": "ignore: [{paths: [\"b/**\"], reason: of the test}]\n", "a": "ignore: [{paths: [\"b/**\"], reason: of the test}, {paths: [main.tf], reason: I say so}]\n"},
			want:   fails, notes: "a/.lintel.yaml is changed",
		},
		"one that is not valid was there": {before: map[string]string{"a": "nothing: 1\n"}, after: map[string]string{"a": off}, want: fails, notes: "a/.lintel.yaml is changed"},
	} {
		t.Run(name, func(t *testing.T) {
			at := func(configurations map[string]string) map[string]string {
				texts := map[string]string{"a/main.tf": openURL}
				for dir, text := range configurations {
					texts[strings.TrimPrefix(dir+"/.lintel.yaml", "./")] = text
				}
				return texts
			}
			set := settings(t)
			set.Base = &workspace.Base{FS: tree(at(tt.before))}
			search := workspace.Search{Paths: []string{"a"}, Named: []string{"a"}}
			report := check(t, workspace.New(), tree(at(tt.after)), set, search, workspace.Overrides{}).Report
			if diff := cmp.Diff(tt.want, said(report)); diff != "" {
				t.Error(diff)
			}
			if got := strings.Join(report.Notes, "\n"); !strings.HasPrefix(got, tt.notes) || (got == "") != (tt.notes == "") {
				t.Errorf("%q, want %q", got, tt.notes)
			}
			set.Base.Trust = true
			trusted := check(t, workspace.New(), tree(at(tt.after)), set, search, workspace.Overrides{}).Report
			set.Base = nil
			alone := check(t, workspace.New(), tree(at(tt.after)), set, search, workspace.Overrides{}).Report
			if diff := cmp.Diff(said(alone), said(trusted)); diff != "" {
				t.Errorf("alone (-) and when the change is trusted (+): %s", diff)
			}
		})
	}
}

// TestCovered checks that a unit of the base is still checked by itself, with its configuration, when the change makes it part of
// a unit that passes other values or has another configuration.
func TestCovered(t *testing.T) {
	before := map[string]string{"prod/main.tf": openURL, "a.yaml": "Resources:\n  T: {Type: AWS::SNS::Topic}\n", "sandbox/main.tf": "# nothing\n", "sandbox/.lintel.yaml": "skip: [function-url-auth-none]\n"}
	for name, tt := range map[string]struct {
		changes map[string]string
		want    []string
	}{
		"it is called":         {map[string]string{"sandbox/main.tf": "module \"p\" {\n  source = \"../prod\"\n}\n"}, []string{"prod/main.tf high function-url-auth-none!"}},
		"it is gone":           {map[string]string{"prod/main.tf": ""}, []string{}},
		"it was called before": {map[string]string{"sandbox/more.tf": "# nothing\n"}, []string{"prod/main.tf high function-url-auth-none!"}},
		"it is called with harmless arguments": {map[string]string{
			"prod/main.tf": strings.Replace(openURL, `"NONE"`, "var.auth", 1) + "variable \"auth\" { default = \"NONE\" }\n",
			"live/main.tf": "module \"p\" {\n  source = \"../prod\"\n  auth = \"AWS_IAM\"\n}\n",
		}, []string{"prod/main.tf high function-url-auth-none!"}},
		"it is a nested stack with harmless parameters": {map[string]string{
			"prod/main.tf": "", "a.yaml": "Parameters: {Auth: {Type: String, Default: NONE}}\nResources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: !Ref Auth, TargetFunctionArn: f}}\n",
			"b.yaml": "Resources:\n  S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: a.yaml, Parameters: {Auth: AWS_IAM}}}\n",
		}, []string{"a.yaml high function-url-auth-none!"}},
		"it is no longer a module":         {map[string]string{"prod/main.tf": "", "prod/README": "x"}, []string{}},
		"it is called by one like it once": {map[string]string{"live/main.tf": "module \"p\" {\n  source = \"../prod\"\n}\n"}, []string{"prod/main.tf high function-url-auth-none!"}},
	} {
		t.Run(name, func(t *testing.T) {
			after := maps.Clone(before)
			for name, text := range tt.changes {
				if after[name] = text; text == "" {
					delete(after, name)
				}
			}
			set := settings(t)
			set.Base = &workspace.Base{FS: tree(before)}
			report := check(t, workspace.New(), tree(after), set, everything, workspace.Overrides{}).Report
			if diff := cmp.Diff(tt.want, said(report)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
