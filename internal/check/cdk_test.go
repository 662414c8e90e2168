package check_test

import (
	"context"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/workspace"
	"lintel/policies"
)

// TestCDK checks that findings in CDK output are reported at the line of the user's code with the construct, and that
// resources that the CDK generates for its own purposes are left out.
func TestCDK(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	rules := []string{"runtime-deprecated", "function-url-auth-none", "tracing-disabled"}
	run := func(framework bool) finding.Report {
		report, err := workspace.Run(context.Background(), os.DirFS("../../testdata/cdk"),
			workspace.Settings{Rules: set, Bare: true, Today: today}, []string{"cdk.out"}, workspace.Overrides{Only: rules, Framework: framework})
		if err != nil || len(report.Problems) > 0 {
			t.Fatal(err, report.Problems)
		}
		return report
	}
	report := run(false)
	type shown struct{ Rule, Construct, Text, Through string }
	var got []shown
	for _, f := range report.Findings {
		got = append(got, shown{f.Rule, f.Construct, report.Files[f.Range.Path].Text(f.Range), report.Files[f.Through.Path].Text(f.Through)})
	}
	want := []shown{
		{"runtime-deprecated", "Orders/Api/Resource", "new lambda.Function(this, 'Api', {", `"nodejs16.x"`},
		{"tracing-disabled", "Orders/Api/Resource", "new lambda.Function(this, 'Api', {", `"ApiF70053CD"`},
		{"function-url-auth-none", "Orders/Api/FunctionUrl/Resource", "addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });", `"NONE"`},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if all := run(true); len(all.Findings) != len(report.Findings)+4 {
		t.Errorf("%d findings with what the CDK made (that of the log retention shares a line), %d without", len(all.Findings), len(report.Findings))
	}
}

// TestCDKWithoutSources checks output of the CDK alone: findings are in the template and name the construct and its line.
func TestCDKWithoutSources(t *testing.T) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	report, err := workspace.Run(t.Context(), os.DirFS("../../testdata/cdk/cdk.out"),
		workspace.Settings{Rules: set, Bare: true, Today: today}, []string{"."}, workspace.Overrides{Only: []string{"runtime-deprecated"}})
	if err != nil || len(report.Findings) != 1 {
		t.Fatal(err, report.Findings)
	}
	f := report.Findings[0]
	if f.Range.Path != "Orders.template.json" || f.Construct != "Orders/Api/Resource" || f.Source != "/home/dev/orders/lib/stack.js:10:16" {
		t.Errorf("%s, construct %q, source %q", f.Range.Path, f.Construct, f.Source)
	}
}
