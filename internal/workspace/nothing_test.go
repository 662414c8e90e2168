package workspace_test

import (
	"strings"
	"testing"

	"lintel/internal/workspace"
)

func TestNothingToCheck(t *testing.T) {
	files := tree(map[string]string{
		"app/cdk.json": "{}", "app/lib/stack.ts": "", "sls/serverless.yml": "", "sls/src/a/handler.py": "",
		"live/terragrunt.hcl": "", "live/scripts/x.sh": "", "plain/src/x.py": "",
	})
	for p, want := range map[string]string{
		"app/lib":              `; app/cdk.json is that of a CDK application: run "cdk synth" there and check cdk.out`,
		"app/lib/stack.ts":     `; app/cdk.json is that of a CDK application: run "cdk synth" there and check cdk.out`,
		"sls/src/a/handler.py": `; sls/serverless.yml is that of the Serverless Framework: run "serverless package" there and check .serverless`,
		"live/scripts":         `; live/terragrunt.hcl is that of Terragrunt: run "terragrunt plan -out=tfplan"`,
		"plain/src":            "Terraform plan in JSON",
		".":                    "Terraform plan in JSON",
		"../outside":           "Terraform plan in JSON",
	} {
		problem := workspace.NothingToCheck(files, p)
		if !strings.HasPrefix(problem.Message, "nothing to check: ") || !strings.Contains(problem.Message, want) || problem.Range.Path != p ||
			strings.HasPrefix(want, "Terraform") != strings.HasSuffix(problem.Message, "in JSON") {
			t.Errorf("%s: %+v", p, problem)
		}
	}
}
