package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"lintel/internal/finding"
)

// SARIF is the format of GitHub code scanning and other services.
const SARIF Format = "sarif"

// The parts of SARIF 2.1.0 that lintel writes, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Lists
// are never null, because consumers reject null.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                    `json:"tool"`
		ColumnKind  string                       `json:"columnKind"`
		BaseIDs     map[string]sarifBaseLocation `json:"originalUriBaseIds"`
		Automation  sarifID                      `json:"automationDetails"`
		Invocations []sarifInvocation            `json:"invocations"`
		Results     []sarifResult                `json:"results"`
	}
	sarifID           struct{ ID string } // ends with a slash, which makes it a category
	sarifBaseLocation struct {
		Description sarifText `json:"description"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifRule struct {
		ID         string              `json:"id"`
		Short      sarifText           `json:"shortDescription"`
		Full       sarifText           `json:"fullDescription"`
		Help       sarifText           `json:"help"`
		HelpURI    string              `json:"helpUri,omitempty"`
		Default    sarifConfiguration  `json:"defaultConfiguration"`
		Properties sarifRuleProperties `json:"properties"`
	}
	sarifConfiguration struct {
		Level string `json:"level"`
	}
	sarifRuleProperties struct {
		Tags      []string `json:"tags"`
		Severity  string   `json:"security-severity,omitempty"`
		Precision string   `json:"precision"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		CodeFlows    []sarifCodeFlow    `json:"codeFlows,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Fixes        []sarifFix         `json:"fixes,omitempty"`
	}
	sarifCodeFlow struct {
		Threads []sarifThread `json:"threadFlows"`
	}
	sarifThread struct {
		Locations []sarifStep `json:"locations"`
	}
	sarifStep struct {
		Location sarifLocation `json:"location"`
	}
	sarifFix struct {
		Description sarifPlainText        `json:"description"`
		Changes     []sarifArtifactChange `json:"artifactChanges"`
	}
	sarifArtifactChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion     `json:"deletedRegion"`
		Inserted *sarifPlainText `json:"insertedContent,omitempty"`
	}
	sarifLocation struct {
		ID       *int            `json:"id,omitempty"`
		Physical sarifPhysical   `json:"physicalLocation"`
		Logical  []sarifLogical  `json:"logicalLocations,omitempty"`
		Message  *sarifPlainText `json:"message,omitempty"`
	}
	sarifPlainText struct {
		Text string `json:"text"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
		Context  *sarifRegion  `json:"contextRegion,omitempty"`
	}
	sarifArtifact struct {
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int             `json:"startLine"`
		StartColumn int             `json:"startColumn,omitempty"`
		EndLine     int             `json:"endLine"`
		EndColumn   int             `json:"endColumn,omitempty"`
		Snippet     *sarifPlainText `json:"snippet,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
		Kind string `json:"kind"`
	}
	sarifSuppression struct {
		Kind          string         `json:"kind"`
		Status        string         `json:"status"`
		Justification string         `json:"justification,omitempty"`
		Location      *sarifLocation `json:"location,omitempty"`
	}
)

// MarshalJSON returns the id in an object, as the specification requires.
func (i sarifID) MarshalJSON() ([]byte, error) { return json.Marshal(map[string]string{"id": i.ID}) }

// sourceRoot is the base of all paths.
const sourceRoot = "%SRCROOT%"

// maxResults is the number of results that GitHub accepts in a run
// (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
const maxResults = 25_000

func writeSARIF(w io.Writer, r finding.Report, opt Options) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "lintel", Version: opt.Version, URI: opt.Home, Rules: []sarifRule{}}},
		ColumnKind: "utf16CodeUnits", Automation: sarifID{"lintel/"},
		BaseIDs: map[string]sarifBaseLocation{sourceRoot: {sarifText{Text: "the root of the repository"}}},
		Results: []sarifResult{},
	}
	results := sarifResults{report: r, opt: opt, index: map[string]int{}, hashes: hasher{}, suggested: suggestions(r), secrets: secretsOf(r)}
	for _, rule := range r.Rules {
		if _, there := results.index[rule.ID]; !there {
			results.index[rule.ID] = len(results.index)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(rule, r.Rules, opt.page(rule.ID)))
		}
	}
	for _, f := range worst(r.Findings, maxResults) {
		run.Results = append(run.Results, results.of(f))
	}
	if notes := results.sarifAccess(); len(notes) > 0 {
		run.Results = append(run.Results, notes[:min(len(notes), maxResults-len(run.Results))]...)
	}
	invocation := sarifInvocation{Successful: isSuccessful(r), Notifications: []sarifNotification{}}
	for _, u := range allUnchecked(r) {
		invocation.Notifications = append(invocation.Notifications, sarifNotification{
			Level: u.level.of("error", "warning", "note"), Message: sarifMessage(u.message), Locations: []sarifLocation{sarifPlace(r, u.at)},
		})
	}
	if line := gapsLine(r); line != "" {
		invocation.Notifications = append(invocation.Notifications, sarifNotification{Level: "note", Message: sarifMessage(line), Locations: []sarifLocation{}})
	}
	if n := len(r.Findings) - maxResults; n > 0 {
		invocation.Notifications = append(invocation.Notifications, sarifNotification{
			Level: "warning", Message: sarifMessage(fmt.Sprintf("%d more findings are left out, the least severe ones: the number of results exceeds the limit of GitHub", n)), Locations: []sarifLocation{},
		})
	}
	run.Invocations = []sarifInvocation{invocation}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

// sarifMessage escapes brackets: SARIF interprets [text](target) as a link.
func sarifMessage(text string) sarifText {
	return sarifText{Text: printable(strings.ReplaceAll(text, "](", "] ("))}
}

// securitySeverity returns the score that GitHub maps to critical, high, medium or low.
func securitySeverity(s finding.Severity) string {
	return map[finding.Severity]string{finding.Critical: "9.5", finding.High: "8.0", finding.Medium: "5.5", finding.Low: "3.0"}[s]
}

func sarifLevel(s finding.Severity) string { return oneOfThree(s, "error", "warning", "note") }

// helpOf returns the address of the page of a rule or, if there is none, its first reference.
func helpOf(rule finding.Rule, page string) string {
	if page == "" && len(rule.References) > 0 {
		return rule.References[0].URL
	}
	return page
}

func sarifRuleOf(rule finding.Rule, all []finding.Rule, page string) sarifRule {
	tags := []string{"security", "lambda", rule.Category, "profile/" + string(rule.Profile)}
	for _, cwe := range rule.CWE {
		tags = append(tags, "external/cwe/"+strings.ToLower(cwe))
	}
	for _, p := range finding.PracticesOf(rule) {
		tags = append(tags, "practice/"+p.Slug)
	}
	return sarifRule{
		ID: rule.ID, Short: sarifText{Text: rule.Title}, Full: sarifText{Text: strings.Join(strings.Fields(rule.Description), " ")},
		Help:    sarifText{Text: rule.Description + "\n" + rule.Remediation, Markdown: RulePage(rule, all)},
		HelpURI: helpOf(rule, page), Default: sarifConfiguration{sarifLevel(rule.Severity)},
		Properties: sarifRuleProperties{Tags: tags, Severity: securitySeverity(rule.Severity), Precision: "high"},
	}
}
