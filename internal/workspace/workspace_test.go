package workspace_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/internal/workspace"
	"lintel/policies"
)

var today = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)

const openURL = `resource "aws_lambda_function_url" "u" {
  function_name      = "f"
  authorization_type = "NONE"
}
`

func settings(tb testing.TB) workspace.Settings {
	tb.Helper()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		tb.Fatal(err)
	}
	return workspace.Settings{Rules: set, Today: today}
}

// tree returns a file system with text files.
func tree(texts map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range texts {
		files[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return files
}

func check(tb testing.TB, w *workspace.Workspace, files fs.FS, set workspace.Settings, search workspace.Search, overrides workspace.Overrides) *workspace.Outcome {
	tb.Helper()
	plan, err := w.Plan(tb.Context(), files, set, search)
	if err != nil {
		tb.Fatal(err)
	}
	plan.Prepare(overrides, workspace.Change{})
	outcome, err := plan.Check(tb.Context(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return outcome
}

// said lists findings as FILE SEVERITY RULE. Findings that fail the run have a !, suppressed ones parentheses.
func said(report finding.Report) []string {
	all := []string{}
	for _, f := range report.Findings {
		text := fmt.Sprintf("%s %s %s", f.Range.Path, f.Severity, f.Rule)
		if f.Fails {
			text += "!"
		}
		if f.Suppressed != nil {
			text = "(" + text + ")"
		}
		all = append(all, text)
	}
	return all
}

var everything = workspace.Search{Paths: []string{"."}, Named: []string{"."}}

func TestNearestConfiguration(t *testing.T) {
	files := map[string]string{
		"main.tf": openURL, "a/main.tf": openURL, "a/b/main.tf": openURL, "ab/main.tf": openURL,
		"a/t.yaml":   "Resources: {U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, AuthType: NONE}}}\n",
		"a/b/c/x.tf": openURL,
	}
	low, high := finding.Low, finding.High
	for name, tt := range map[string]struct {
		configurations map[string]string
		given          string
		overrides      workspace.Overrides
		want           []string
		configs        []string
	}{
		"none": {want: []string{
			"a/b/c/x.tf high function-url-auth-none!", "a/b/main.tf high function-url-auth-none!", "a/main.tf high function-url-auth-none!",
			"a/t.yaml high function-url-auth-none!", "ab/main.tf high function-url-auth-none!", "main.tf high function-url-auth-none!",
		}},
		"nested": {
			configurations: map[string]string{
				".":     "rules: {function-url-auth-none: {severity: critical}}\nfail-on: critical\n",
				"a":     "rules: {function-url-auth-none: {severity: medium}}\nfail-on: high\n",
				"a/b/c": "ignore: [{paths: [x.tf], reason: of the test}]\n",
			},
			want: []string{
				"(a/b/c/x.tf high function-url-auth-none!)", "a/b/main.tf medium function-url-auth-none", "a/main.tf medium function-url-auth-none",
				"a/t.yaml medium function-url-auth-none", "ab/main.tf critical function-url-auth-none!", "main.tf critical function-url-auth-none!",
			},
			configs: []string{".lintel.yaml", "a/.lintel.yaml", "a/b/c/.lintel.yaml"},
		},
		"patterns of one say nothing about another": {
			configurations: map[string]string{".": "ignore: [{paths: [\"**\"], reason: of the test}]\n", "a": "skip: []\n", "ab": "ignore: [{paths: [\"a/**\"], reason: of the test}]\n"},
			want: []string{
				"a/b/c/x.tf high function-url-auth-none!", "a/b/main.tf high function-url-auth-none!", "a/main.tf high function-url-auth-none!",
				"a/t.yaml high function-url-auth-none!", "ab/.lintel.yaml low ignore-unused!", "ab/main.tf high function-url-auth-none!",
				"(main.tf high function-url-auth-none!)",
			},
			configs: []string{".lintel.yaml", "a/.lintel.yaml", "ab/.lintel.yaml"},
		},
		"the caller gives one": {
			configurations: map[string]string{"a": "no such key: 1\n"},
			given:          "fail-on: critical\nskip: [runtime-deprecated]\n",
			want: []string{
				"a/b/c/x.tf high function-url-auth-none", "a/b/main.tf high function-url-auth-none", "a/main.tf high function-url-auth-none",
				"a/t.yaml high function-url-auth-none", "ab/main.tf high function-url-auth-none", "main.tf high function-url-auth-none",
			},
			configs: []string{"given.yaml"},
		},
		"the caller overrides all": {
			configurations: map[string]string{".": "skip: [function-url-auth-none]\nfail-on: critical\n", "a": "rules: {function-url-auth-none: off}\n"},
			overrides:      workspace.Overrides{Only: []string{"function-url-auth-none"}, FailOn: &high},
			want: []string{
				"a/b/c/x.tf high function-url-auth-none!", "a/b/main.tf high function-url-auth-none!", "a/main.tf high function-url-auth-none!",
				"a/t.yaml high function-url-auth-none!", "ab/main.tf high function-url-auth-none!", "main.tf high function-url-auth-none!",
			},
			configs: []string{".lintel.yaml", "a/.lintel.yaml"},
		},
		"the caller skips, too": {
			configurations: map[string]string{"a": "profile: all\n"},
			overrides:      workspace.Overrides{Skip: []string{"function-url-auth-none"}, Profile: finding.Default, FailOn: &low},
			want:           []string{},
			configs:        []string{"a/.lintel.yaml"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			all := maps.Clone(files)
			for dir, text := range tt.configurations {
				all[strings.TrimPrefix(dir+"/.lintel.yaml", "./")] = text
			}
			set := settings(t)
			if tt.given != "" {
				set.Given, set.GivenName = source.NewFile("given.yaml", []byte(tt.given)), "given.yaml"
			}
			report := check(t, workspace.New(), tree(all), set, everything, tt.overrides).Report
			if diff := cmp.Diff(tt.want, said(report)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.configs, report.Configs); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestInvalidConfiguration checks that an invalid configuration anywhere is an error on the command line, and that an
// editor keeps the last valid version.
func TestInvalidConfiguration(t *testing.T) {
	texts := map[string]string{"main.tf": openURL, "a/main.tf": openURL, "a/.lintel.yaml": "skip: [function-url-auth-none]\n", "b/.lintel.yaml": "nothing: 1\n"}
	set := settings(t)
	set.Lenient = true
	search := workspace.Search{Paths: []string{"main.tf", "a/main.tf"}, Widen: true, Configs: []string{"b/.lintel.yaml"}}
	w := workspace.NewLasting()
	for _, text := range []string{texts["a/.lintel.yaml"], "skip: [function-url-auth-none]\nnothing: 1\n"} {
		texts["a/.lintel.yaml"] = text
		report := check(t, w, tree(texts), set, search, workspace.Overrides{}).Report
		if diff := cmp.Diff([]string{"main.tf high function-url-auth-none!"}, said(report)); diff != "" {
			t.Error(diff)
		}
		var wrong []string
		for _, p := range report.Problems {
			wrong = append(wrong, fmt.Sprintf("%s:%d: %s", p.Range.Path, p.Range.Start, p.Message))
		}
		want := []string{`b/.lintel.yaml:0: unknown key "nothing"; the keys are access, extend-rules, extends, fail-on, gaps, ignore, max-file-size, max-ignore-days, no-ignore, params, policies, profile, rules, skip, stacks, third-party, trusted-accounts, var-files, vars, workspace`}
		if strings.Contains(text, "nothing") {
			want = append([]string{`a/.lintel.yaml:31: unknown key "nothing"; the keys are access, extend-rules, extends, fail-on, gaps, ignore, max-file-size, max-ignore-days, no-ignore, params, policies, profile, rules, skip, stacks, third-party, trusted-accounts, var-files, vars, workspace`}, want...)
		}
		if diff := cmp.Diff(want, wrong); diff != "" {
			t.Error(diff)
		}
	}
	set.Lenient = false
	set.Show = func(name string) string { return "shown/" + name }
	_, err := workspace.New().Plan(t.Context(), tree(texts), set, everything)
	if err == nil || !strings.HasPrefix(err.Error(), "shown/a/.lintel.yaml:2: unknown key") {
		t.Error(err)
	}
}

// TestReach checks that a check after a change only checks the affected units.
func TestReach(t *testing.T) {
	before := map[string]string{
		"a/main.tf": "module \"m\" {\n  source = \"../m\"\n}\n", "b/main.tf": "module \"m\" {\n  source = \"../m\"\n}\n", "m/main.tf": openURL,
		"c/main.tf": openURL, "c/d/main.tf": openURL, "c/.lintel.yaml": "fail-on: low\n", "t.yaml": "Resources: {}\nDescription: AWS::Lambda::Url\n",
	}
	for name, tt := range map[string]struct {
		changes   map[string]string
		overrides workspace.Overrides
		all       bool
		want      int
	}{
		"nothing":                             {want: 0},
		"everything is asked for":             {all: true, want: 5},
		"one unit":                            {changes: map[string]string{"a/main.tf": openURL}, want: 1},
		"a module that two call":              {changes: map[string]string{"m/main.tf": "# nothing\n"}, want: 2},
		"a configuration":                     {changes: map[string]string{"c/.lintel.yaml": "fail-on: high\n"}, want: 2},
		"a configuration is nearer":           {changes: map[string]string{"c/d/.lintel.yaml": "fail-on: high\n"}, want: 1},
		"a configuration of no unit":          {changes: map[string]string{"m/.lintel.yaml": "fail-on: high\n"}, want: 0},
		"the caller wants another profile":    {overrides: workspace.Overrides{Profile: finding.All}, want: 5},
		"a new unit":                          {changes: map[string]string{"n/main.tf": openURL}, want: 1},
		"a rule that one configuration names": {changes: map[string]string{"c/.lintel.yaml": "policies: [own]\n"}, want: 2},
	} {
		t.Run(name, func(t *testing.T) {
			texts := maps.Clone(before)
			w := workspace.New()
			set := settings(t)
			search := workspace.Search{Paths: []string{"."}}
			check(t, w, tree(texts), set, search, workspace.Overrides{})
			maps.Copy(texts, tt.changes)
			changed := map[string]bool{}
			for name := range tt.changes {
				changed[name] = true
			}
			plan, err := w.Plan(t.Context(), tree(texts), set, search)
			if err != nil {
				t.Fatal(err)
			}
			if got := plan.Prepare(tt.overrides, workspace.Change{Files: changed, All: tt.all}); got != tt.want {
				t.Errorf("%d units are checked again, want %d", got, tt.want)
			}
			outcome, err := plan.Check(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			cold := check(t, workspace.New(), tree(texts), set, search, tt.overrides)
			if diff := cmp.Diff(said(cold.Report), said(outcome.Report)); diff != "" {
				t.Errorf("cold (-) and after the change (+): %s", diff)
			}
		})
	}
}

// TestInterrupted checks that units that were finished before an interruption are not checked again.
func TestInterrupted(t *testing.T) {
	texts := map[string]string{}
	for i := range 40 {
		texts[fmt.Sprintf("%02d/main.tf", i)] = openURL
		texts[fmt.Sprintf("%02d/.lintel.yaml", i)] = "fail-on: low\n"
	}
	w := workspace.New()
	plan, err := w.Plan(t.Context(), tree(texts), settings(t), everything)
	if err != nil {
		t.Fatal(err)
	}
	if n := plan.Prepare(workspace.Overrides{}, workspace.Change{}); n != 40 {
		t.Fatalf("%d units", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if outcome, err := plan.Check(ctx, func(done, _ int) {
		if done == 20 {
			cancel()
		}
	}); err == nil {
		t.Fatalf("an interrupted check has an outcome: %+v", outcome)
	}
	plan, err = w.Plan(t.Context(), tree(texts), settings(t), everything)
	if err != nil {
		t.Fatal(err)
	}
	if n := plan.Prepare(workspace.Overrides{}, workspace.Change{}); n > 25 || n == 0 {
		t.Errorf("%d units are left", n)
	}
	outcome, err := plan.Check(t.Context(), nil)
	if err != nil || len(outcome.Report.Findings) != 40 {
		t.Errorf("%d findings, %v", len(outcome.Report.Findings), err)
	}
}

// TestOnce checks that a workspace that releases its reports checks all units again, and that fixes can be tested.
func TestOnce(t *testing.T) {
	texts := map[string]string{"a/main.tf": openURL, "b/main.tf": openURL, "b/.lintel.yaml": "fail-on: critical\n"}
	w, set := workspace.New(), settings(t)
	set.Once = true
	first := check(t, w, tree(texts), set, everything, workspace.Overrides{})
	report, err := first.Recheck(t.Context(), tree(texts), []string{"a"})
	if err != nil || len(report.Findings) != 1 {
		t.Errorf("%v, %v", said(report), err)
	}
	if known := first.Reading("b/main.tf"); len(known) != 1 {
		t.Errorf("%v", known)
	}
	plan, err := w.Plan(t.Context(), tree(texts), set, everything)
	if err != nil {
		t.Fatal(err)
	}
	if n := plan.Prepare(workspace.Overrides{}, workspace.Change{}); n != 2 {
		t.Errorf("%d units are checked again", n)
	}
	second, err := plan.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(said(first.Report), said(second.Report)); diff != "" || len(first.Report.Findings) != 2 {
		t.Error(diff)
	}
}

// TestRecheck checks that Recheck checks each unit with its own configuration.
func TestRecheck(t *testing.T) {
	texts := map[string]string{
		"a/main.tf": openURL, "a/.lintel.yaml": "skip: [function-url-auth-none]\n", "b/main.tf": openURL, "c/main.tf": openURL, "c/.lintel.yaml": "fail-on: critical\n",
	}
	files := tree(texts)
	outcome := check(t, workspace.New(), files, settings(t), everything, workspace.Overrides{})
	edited := source.NewOverlay(files, map[string][]byte{
		"a/main.tf": []byte(openURL + openURL), "c/main.tf": []byte("# a line\n" + openURL), "c/.lintel.yaml": []byte("skip: [function-url-auth-none]\n"),
	})
	report, err := outcome.Recheck(t.Context(), edited, []string{"a", "c", "gone"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"c/main.tf high function-url-auth-none"}, said(report)); diff != "" {
		t.Error(diff)
	}
	if line, _ := report.Files["c/main.tf"].Position(report.Findings[0].Range.Start); line != 4 {
		t.Errorf("line %d: it is not the edited text", line)
	}
	if empty, err := (&workspace.Outcome{}).Recheck(t.Context(), edited, []string{"a"}); err != nil || len(empty.Findings) > 0 {
		t.Errorf("before the first check: %+v, %v", empty, err)
	}
	if units := outcome.Reading("c/main.tf"); len(units) != 1 || units[0] != (deployment.Unit{Kind: deployment.TerraformModule, Root: "c"}) {
		t.Errorf("%v", units)
	}
}

// TestSharedModule checks that a module of units with different configurations is reported once for each combination of
// severity and suppression.
func TestSharedModule(t *testing.T) {
	template := "Resources: {U: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: f, AuthType: NONE}}}\n"
	parent := "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../shared/child.yaml}}}\n"
	texts := map[string]string{
		"shared/child.yaml": template, "a/p.yaml": parent, "b/p.yaml": parent, "c/p.yaml": parent,
		"a/.lintel.yaml": "rules: {function-url-auth-none: {severity: low}}\n", "b/.lintel.yaml": "rules: {function-url-auth-none: {severity: critical}}\n",
	}
	for range 10 { // detect a dependence on the order of maps
		var got []string
		for _, f := range check(t, workspace.New(), tree(texts), settings(t), everything, workspace.Overrides{}).Report.Findings {
			got = append(got, fmt.Sprint(f.Range.Path, " ", f.Severity))
		}
		slices.Sort(got)
		if diff := cmp.Diff([]string{"shared/child.yaml critical", "shared/child.yaml high", "shared/child.yaml low"}, got); diff != "" {
			t.Fatal(diff)
		}
	}
}

// leaving is a file system whose user leaves while a search lists a directory.
type leaving struct {
	fstest.MapFS
	leave  context.CancelFunc
	listed *int
}

func (l leaving) ReadDir(name string) ([]fs.DirEntry, error) {
	if *l.listed++; *l.listed == 10 {
		l.leave()
	}
	return l.MapFS.ReadDir(name)
}

// TestSearchEndsWithItsCaller ends a search of the command line and one of an editor while they list directories.
func TestSearchEndsWithItsCaller(t *testing.T) {
	texts := map[string]string{"a/main.tf": openURL}
	for i := range 1000 {
		texts[fmt.Sprintf("d%d/main.tf", i)] = openURL
	}
	for name, tt := range map[string]struct {
		workspace *workspace.Workspace
		search    workspace.Search
	}{
		"command line": {workspace.New(), everything},
		"editor":       {workspace.NewLasting(), workspace.Search{Paths: []string{"a/main.tf"}, Widen: true}},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			listed := 0
			_, err := tt.workspace.Plan(ctx, leaving{tree(texts), leave, &listed}, settings(t), tt.search)
			if !errors.Is(err, context.Canceled) || listed > 20 {
				t.Errorf("%v after %d directories", err, listed)
			}
		})
	}
}
