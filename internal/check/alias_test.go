package check_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"lintel/internal/baseline"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/workspace"
)

const renamedRule = `# METADATA
# title: A title
# description: Why.
# related_resources:
#   - ref: https://example.com
#     description: A page
# schemas:
#   - input: schema.stack
# custom:
#   id: url-open
#   severity: high
#   category: invocation
#   profile: default
#   since: v0.1.0
#   aliases: [url-public, url-anonymous]
#   remediation: Close it.
package rules.url_open

deny contains {"at": url.auth_type.at, "message": $"{url.id} is open"} if {
	some url in input.function_urls
	url.auth_type.value == "NONE"
}
`

// TestFormerIDs checks that suppressions and baselines with a former id of a renamed rule stay in effect, in any case.
func TestFormerIDs(t *testing.T) {
	run := func(policies, template string) finding.Report {
		set, err := policy.Compile(fstest.MapFS{"rules/" + folderOf(policies) + "/policy.rego": {Data: []byte(policies)}})
		if err != nil {
			t.Fatal(err)
		}
		report, err := workspace.Run(context.Background(), fstest.MapFS{"main.tf": {Data: []byte(template)}},
			workspace.Settings{Rules: set, Bare: true, Today: today}, []string{"."}, workspace.Overrides{})
		if err != nil || len(report.Problems) > 0 {
			t.Fatal(err, report.Problems)
		}
		return report
	}
	for _, id := range []string{"url-open", "url-public", "URL-Anonymous"} {
		report := run(renamedRule, "# lintel:ignore "+id+" -- a demo\n"+openURL)
		if len(report.Findings) != 1 || report.Findings[0].Suppressed == nil {
			t.Errorf("%s: %+v", id, report.Findings)
		}
	}
	everything := baseline.Scope(func(string, string) bool { return true })
	for _, id := range []string{"url-public", "url-anonymous"} {
		before := strings.NewReplacer("url-open", id, "url_open", strings.ReplaceAll(id, "-", "_"), "#   aliases: [url-public, url-anonymous]\n", "").Replace(renamedRule)
		known := baseline.Of(run(before, openURL).Findings)
		report := run(renamedRule, openURL)
		stale := known.Apply(report.Findings, everything)
		if len(stale) > 0 || len(report.Findings) != 1 || report.Findings[0].Suppressed == nil {
			t.Errorf("%s: stale %+v, found %+v", id, stale, report.Findings)
		}
	}
}

// folderOf returns the directory of a policy.
func folderOf(policy string) string {
	_, rest, _ := strings.Cut(policy, "package rules.")
	name, _, _ := strings.Cut(rest, "\n")
	return name
}
