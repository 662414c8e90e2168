package check_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/workspace"
	"lintel/policies"
)

// TestPlans checks that a configuration with its plan has the same findings at the same locations as without, and that
// the plan alone has no others.
func TestPlans(t *testing.T) {
	plans, err := filepath.Glob("../../testdata/plan/*/plan.json")
	if err != nil || len(plans) == 0 {
		t.Fatal("no plans", err)
	}
	for _, file := range plans {
		dir := filepath.Dir(file)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			sources := findings(t, os.DirFS(dir), "main.tf")
			if len(sources) < 5 {
				t.Fatalf("only %d findings in the sources", len(sources))
			}
			if diff := gocmp.Diff(sources, findings(t, os.DirFS(dir), "plan.json")); diff != "" {
				t.Errorf("sources (-) and plan (+) differ:\n%s", diff)
			}
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			alone := findings(t, fstest.MapFS{"plan.json": {Data: content}}, "plan.json")
			known := withoutPlace(sources)
			if len(alone) < len(known)-1 { // a policy that contains an unknown ARN is unknown as a whole in a plan
				t.Errorf("the plan alone has only %d findings", len(alone))
			}
			for _, f := range withoutPlace(alone) {
				if !slices.Contains(known, f) {
					t.Errorf("the plan alone has %v", f)
				}
			}
		})
	}
}

// placed is the comparable part of a finding, sorted by place.
type placed struct{ Rule, Resource, Message, Place string }

func findings(t *testing.T, fsys fs.FS, path string) []placed {
	t.Helper()
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		t.Fatal(err)
	}
	report, err := workspace.Run(context.Background(), fsys, workspace.Settings{Rules: set, Bare: true, Today: today}, []string{path}, workspace.Overrides{Profile: finding.All})
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(err, report.Problems)
	}
	var found []placed
	for _, f := range report.Findings {
		found = append(found, placed{f.Rule, f.Resource, f.Message, fmt.Sprint(f.Range)})
	}
	return found
}

func withoutPlace(found []placed) []placed {
	out := slices.Clone(found)
	for i := range out {
		out[i].Place = ""
	}
	return out
}
