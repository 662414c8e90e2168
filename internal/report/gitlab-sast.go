package report

import (
	"io"
	"strconv"
	"strings"

	"lintel/internal/finding"
)

// GitLabSAST is the format of GitLab's security reports for static application security testing.
const GitLabSAST Format = "gitlab-sast"

// sastSchema is the version of the schema
// (https://gitlab.com/gitlab-org/security-products/security-report-schemas). All later versions 15 accept such a report, too.
const sastSchema = "15.0.4"

// maxSolution is the number of bytes of a solution that the schema allows; it counts characters.
const maxSolution = 7000

type (
	sastReport struct {
		Version         string              `json:"version"`
		Scan            sastScan            `json:"scan"`
		Vulnerabilities []sastVulnerability `json:"vulnerabilities"`
	}
	sastScan struct {
		Analyzer sastTool      `json:"analyzer"`
		Scanner  sastTool      `json:"scanner"`
		Type     string        `json:"type"`
		Start    string        `json:"start_time"`
		End      string        `json:"end_time"`
		Status   string        `json:"status"`
		Messages []sastMessage `json:"messages"`
	}
	sastTool struct {
		ID      string     `json:"id"`
		Name    string     `json:"name"`
		URL     string     `json:"url,omitempty"`
		Vendor  sastVendor `json:"vendor"`
		Version string     `json:"version"`
	}
	sastVendor struct {
		Name string `json:"name"`
	}
	sastMessage struct {
		Level string `json:"level"`
		Value string `json:"value"`
	}
	sastVulnerability struct {
		ID          string           `json:"id"` // unique within the report
		Name        string           `json:"name"`
		Description string           `json:"description"` // GitLab Flavored Markdown
		Severity    string           `json:"severity"`
		Solution    string           `json:"solution,omitempty"`
		Identifiers []sastIdentifier `json:"identifiers"`
		Links       []sastLink       `json:"links,omitempty"`
		Location    sastLocation     `json:"location"`
	}
	sastIdentifier struct {
		Type  string `json:"type"`
		Name  string `json:"name"`
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
	sastLink struct {
		URL string `json:"url"`
	}
	sastLocation struct {
		File  string `json:"file"`
		Start int    `json:"start_line"`
		End   int    `json:"end_line"`
	}
)

func writeGitLabSAST(w io.Writer, r finding.Report, opt Options) error {
	version := opt.Version
	if version == "" {
		version = "(devel)" // the schema requires one
	}
	tool := sastTool{ID: "lintel", Name: "lintel", URL: opt.Home, Vendor: sastVendor{"lintel"}, Version: version}
	at := opt.Time.UTC().Format("2006-01-02T15:04:05")
	out := sastReport{
		Version: sastSchema,
		Scan: sastScan{
			Analyzer: tool, Scanner: tool, Type: "sast", Status: "success", Messages: []sastMessage{},
			Start: at, End: at, // in seconds; the duration would make each report another one
		},
		Vulnerabilities: []sastVulnerability{},
	}
	if !isSuccessful(r) {
		out.Scan.Status = "failure"
	}
	for _, u := range allUnchecked(r) {
		text := fromRoot(r, u.at).shown(u.at) + ": " + printable(u.message)
		out.Scan.Messages = append(out.Scan.Messages, sastMessage{u.level.of("fatal", "warn", "info"), text})
	}
	known, ids := rulesByID(r), distinct{}
	for _, f := range active(r) {
		out.Vulnerabilities = append(out.Vulnerabilities, sastVulnerabilityOf(r, f, known[f.Rule], ids.of(fingerprintOf(f)), opt))
	}
	return indented(w, out)
}

func sastVulnerabilityOf(r finding.Report, f finding.Finding, rule finding.Rule, id string, opt Options) sastVulnerability {
	severity := map[finding.Severity]string{
		finding.Critical: "Critical", finding.High: "High", finding.Medium: "Medium", finding.Low: "Low", finding.Info: "Info",
	}[f.Severity]
	name := rule.Title
	if name == "" {
		name = f.Rule
	}
	at := fromRoot(r, f.Range)
	out := sastVulnerability{
		ID: id, Name: printable(name), Severity: severity, Description: markdownText(factsOf(f)),
		Solution:    truncated(printableLines(rule.HowToFix()), maxSolution),
		Identifiers: []sastIdentifier{{Type: "lintel_rule", Name: "lintel " + f.Rule, Value: f.Rule, URL: opt.page(f.Rule)}},
		Location:    sastLocation{at.file, at.line, at.endLine},
	}
	for _, cwe := range rule.CWE {
		number := strings.TrimPrefix(cwe, "CWE-")
		out.Identifiers = append(out.Identifiers, sastIdentifier{Type: "cwe", Name: cwe, Value: number, URL: "https://cwe.mitre.org/data/definitions/" + number + ".html"})
	}
	if why := rule.Why(); why != "" {
		out.Description += "\n\n" + markdownText(why)
	}
	for _, ref := range rule.References {
		out.Links = append(out.Links, sastLink{ref.URL})
	}
	return out
}

// distinct makes fingerprints distinct within a report: several findings can have the same.
type distinct map[string]int

func (d distinct) of(fingerprint string) string {
	if d[fingerprint]++; d[fingerprint] > 1 {
		return hashOf(fingerprint, strconv.Itoa(d[fingerprint]))
	}
	return fingerprint
}

// truncated returns at most a number of bytes of a text, which ends with a complete character.
func truncated(text string, most int) string {
	if len(text) <= most {
		return text
	}
	end := most
	for i := range text {
		if i > most {
			break
		}
		end = i
	}
	return text[:end]
}
