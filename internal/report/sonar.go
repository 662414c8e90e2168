package report

import (
	"io"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Sonar is the format of SonarQube for issues of other analysers.
const Sonar Format = "sonar"

// The parts of the generic issue format, of SonarQube 10.8 and later and SonarQube Cloud
// (https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/importing-external-issues/generic-issue-import-format).
type (
	sonarReport struct {
		Rules  []sonarRule  `json:"rules"`
		Issues []sonarIssue `json:"issues"`
	}
	sonarRule struct {
		ID          string        `json:"id"`
		Name        string        `json:"name"`
		Description string        `json:"description"`
		Engine      string        `json:"engineId"`
		Attribute   string        `json:"cleanCodeAttribute"`
		Type        string        `json:"type"`     // for instances without clean code attributes
		Severity    string        `json:"severity"` // likewise
		Impacts     []sonarImpact `json:"impacts"`
	}
	sonarImpact struct {
		Quality  string `json:"softwareQuality"`
		Severity string `json:"severity"`
	}
	sonarIssue struct {
		Rule      string          `json:"ruleId"`
		Primary   sonarLocation   `json:"primaryLocation"`
		Secondary []sonarLocation `json:"secondaryLocations,omitempty"`
	}
	sonarLocation struct {
		Message string      `json:"message"`
		File    string      `json:"filePath"`
		Range   *sonarRange `json:"textRange,omitempty"`
	}
	// sonarRange counts lines from 1 and columns, in UTF-16 code units, from 0. An empty range of columns is refused.
	sonarRange struct {
		StartLine   int  `json:"startLine"`
		EndLine     int  `json:"endLine"`
		StartColumn *int `json:"startColumn,omitempty"`
		EndColumn   *int `json:"endColumn,omitempty"`
	}
)

func writeSonar(w io.Writer, r finding.Report, _ Options) error {
	out := sonarReport{Rules: []sonarRule{}, Issues: []sonarIssue{}}
	known := rulesByID(r)
	found := active(r)
	for _, rule := range sonarSeverities(found) {
		out.Rules = append(out.Rules, sonarRuleOf(known[rule.rule], rule))
	}
	for _, f := range found {
		issue := sonarIssue{Rule: f.Rule, Primary: sonarPlace(r, f.Range, explained(f, known[f.Rule]))}
		for _, related := range places(f) {
			issue.Secondary = append(issue.Secondary, sonarPlace(r, related.Range, related.Message))
		}
		out.Issues = append(out.Issues, issue)
	}
	seen := map[string]bool{}
	for _, u := range allUnchecked(r) {
		if !seen[u.name] {
			seen[u.name] = true
			severity := finding.Info
			if u.level == levelError {
				severity = finding.High
			}
			out.Rules = append(out.Rules, sonarRuleOf(finding.Rule{Title: "Not checked", Category: "suppression"}, row{rule: u.name, severity: severity}))
		}
		out.Issues = append(out.Issues, sonarIssue{Rule: u.name, Primary: sonarPlace(r, u.at, u.message)})
	}
	return indented(w, out)
}

// sonarSeverities returns the rules of findings in the order of the findings, each with its highest severity: an issue has
// the severity of its rule.
func sonarSeverities(found []finding.Finding) []row {
	index := map[string]int{}
	var rows []row
	for _, f := range found {
		i, ok := index[f.Rule]
		if !ok {
			i = len(rows)
			index[f.Rule] = i
			rows = append(rows, row{rule: f.Rule})
		}
		rows[i].severity = max(rows[i].severity, f.Severity)
	}
	return rows
}

func sonarRuleOf(rule finding.Rule, as row) sonarRule {
	quality, kind := "SECURITY", "VULNERABILITY"
	switch rule.Category {
	case "reliability":
		quality, kind = "RELIABILITY", "BUG"
	case "observability", "suppression":
		quality, kind = "MAINTAINABILITY", "CODE_SMELL"
	}
	impact := map[finding.Severity]string{
		finding.Critical: "BLOCKER", finding.High: "HIGH", finding.Medium: "MEDIUM", finding.Low: "LOW", finding.Info: "INFO",
	}[as.severity]
	severity := map[finding.Severity]string{
		finding.Critical: "BLOCKER", finding.High: "CRITICAL", finding.Medium: "MAJOR", finding.Low: "MINOR", finding.Info: "INFO",
	}[as.severity]
	out := sonarRule{
		ID: as.rule, Name: printable(rule.Title), Description: printableLines(rule.Description + "\n" + rule.Remediation), Engine: "lintel",
		Attribute: "TRUSTWORTHY", Type: kind, Severity: severity, Impacts: []sonarImpact{{quality, impact}},
	}
	if out.Name == "" {
		out.Name = as.rule
	}
	return out
}

func sonarPlace(r finding.Report, at source.Range, message string) sonarLocation {
	location := sonarLocation{Message: printableLines(message), File: fromRoot(r, at).file, Range: &sonarRange{StartLine: 1, EndLine: 1}}
	file := r.Files[at.Path]
	if file == nil {
		return location
	}
	line, start := file.PositionUTF16(at.Start)
	endLine, end := file.PositionUTF16(max(at.Start, at.End))
	location.Range = &sonarRange{StartLine: line + 1, EndLine: endLine + 1}
	if endLine > line && end > 0 || endLine == line && end > start {
		location.Range.StartColumn, location.Range.EndColumn = &start, &end
	}
	return location
}
