package report

import (
	"io"

	"lintel/internal/finding"
)

// GitLab is the format of GitLab Code Quality.
const GitLab Format = "gitlab"

// gitLabIssue is an issue in a Code Quality report
// (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
type gitLabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"` // unique within the report
	Severity    string         `json:"severity"`
	Location    gitLabLocation `json:"location"`
}

type gitLabLocation struct {
	Path  string      `json:"path"`
	Lines gitLabLines `json:"lines"`
}

type gitLabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

func writeGitLab(w io.Writer, r finding.Report, _ Options) error {
	issues := []gitLabIssue{}
	ids := distinct{}
	add := func(at place, check, description, severity, fingerprint string) {
		issues = append(issues, gitLabIssue{
			Description: printable(description), CheckName: check, Fingerprint: ids.of(fingerprint), Severity: severity,
			Location: gitLabLocation{at.file, gitLabLines{at.line, at.endLine}},
		})
	}
	for _, f := range active(r) {
		severity := map[finding.Severity]string{
			finding.Critical: "blocker", finding.High: "critical", finding.Medium: "major", finding.Low: "minor", finding.Info: "info",
		}[f.Severity]
		add(fromRoot(r, f.Range), f.Rule, factsOf(f), severity, fingerprintOf(f))
	}
	for _, u := range allUnchecked(r) {
		add(fromRoot(r, u.at), u.name, u.message, u.level.of("blocker", "minor", "info"), hashOf(u.at.Path, u.message))
	}
	return indented(w, issues)
}
