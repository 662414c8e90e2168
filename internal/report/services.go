package report

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"lintel/internal/finding"
)

// writeGitHub writes workflow commands, which GitHub shows as annotations of a change
// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
func writeGitHub(w io.Writer, r finding.Report) error {
	var out strings.Builder
	rules := rulesByID(r)
	found := active(r)
	for _, f := range found {
		at := fromRoot(r, f.Range)
		fmt.Fprintf(&out, "::%s %s,title=%s::%s\n", oneOfThree(f.Severity, "error", "warning", "notice"),
			gitHubPlace(at), gitHubProperty(f.Rule), gitHubData(explained(f, rules[f.Rule])))
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&out, "::error %s,title=%s::%s\n", gitHubPlace(fromRoot(r, p.Range)), notChecked, gitHubData(p.Message))
	}
	fmt.Fprintf(&out, "lintel: %s, %d not checked\n", count(len(found), "finding"), len(r.Problems))
	_, err := io.WriteString(w, out.String())
	return err
}

// gitHubPlace is a place in the properties of a command. Columns are meant for one line.
func gitHubPlace(at place) string {
	properties := fmt.Sprintf("file=%s,line=%d,endLine=%d", gitHubProperty(at.file), at.line, at.endLine)
	if at.line == at.endLine && at.endColumn > at.column {
		properties += fmt.Sprintf(",col=%d,endColumn=%d", at.column, at.endColumn)
	}
	return properties
}

// gitHubData keeps a text within its command: a line of its own would be another command.
func gitHubData(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(printableLines(text))
}

// gitHubProperty is gitHubData for the value of a property.
func gitHubProperty(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(gitHubData(text))
}

// printableLines is printable for a text of several lines.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	return strings.Join(lines, "\n")
}

// gitLabIssue is an entry of a Code Quality report
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

func writeGitLab(w io.Writer, r finding.Report) error {
	issues := []gitLabIssue{}
	seen := map[string]int{}
	add := func(at place, check, description, severity, fingerprint string) {
		if seen[fingerprint]++; seen[fingerprint] > 1 {
			fingerprint = hashOf(fingerprint, strconv.Itoa(seen[fingerprint]))
		}
		issues = append(issues, gitLabIssue{
			Description: printable(description), CheckName: check, Fingerprint: fingerprint, Severity: severity,
			Location: gitLabLocation{at.file, gitLabLines{at.line, at.endLine}},
		})
	}
	for _, f := range active(r) {
		severity := map[finding.Severity]string{
			finding.Critical: "blocker", finding.High: "critical", finding.Medium: "major", finding.Low: "minor", finding.Info: "info",
		}[f.Severity]
		add(fromRoot(r, f.Range), f.Rule, f.Message, severity, fingerprintOf(f))
	}
	for _, p := range r.Problems {
		add(fromRoot(r, p.Range), notChecked, p.Message, "blocker", hashOf(p.Range.Path, p.Message))
	}
	return indented(w, issues)
}

func indented(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// The Reviewdog Diagnostic Format, of which columns count bytes
// (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf).
type (
	rdjson struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource     struct{ Name string }
	rdDiagnostic struct {
		Message  string      `json:"message"`
		Location rdLocation  `json:"location"`
		Severity string      `json:"severity"`
		Code     rdCode      `json:"code"`
		Related  []rdRelated `json:"relatedLocations,omitempty"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
	rdLocation struct {
		Path  string   `json:"path"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdRange struct {
		Start jsonPosition `json:"start"`
		End   jsonPosition `json:"end"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
)

// MarshalJSON writes the name of the source in small letters.
func (s rdSource) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"name": s.Name})
}

func rdPlace(at place) rdLocation {
	location := rdLocation{Path: at.file}
	if at.text != nil {
		location.Range = &rdRange{jsonPosition{at.line, at.column}, jsonPosition{at.endLine, at.endColumn}}
	}
	return location
}

// rdRelatedOf are the places that explain a finding: calls of modules, where it takes effect, and
// what else is known.
func rdRelatedOf(r finding.Report, f finding.Finding) []rdRelated {
	var all []rdRelated
	for _, other := range places(f) {
		all = append(all, rdRelated{printable(other.Message), rdPlace(fromRoot(r, other.Range))})
	}
	return all
}

func writeRDJSON(w io.Writer, r finding.Report) error {
	out := rdjson{Source: rdSource{"lintel"}, Diagnostics: []rdDiagnostic{}}
	rules := rulesByID(r)
	for _, f := range active(r) {
		code := rdCode{Value: f.Rule}
		if references := rules[f.Rule].References; len(references) > 0 {
			code.URL = references[0].URL
		}
		out.Diagnostics = append(out.Diagnostics, rdDiagnostic{
			Message: printableLines(explained(f, rules[f.Rule])), Location: rdPlace(fromRoot(r, f.Range)),
			Severity: oneOfThree(f.Severity, "ERROR", "WARNING", "INFO"), Code: code, Related: rdRelatedOf(r, f),
		})
	}
	for _, p := range r.Problems {
		out.Diagnostics = append(out.Diagnostics, rdDiagnostic{
			Message: printable(p.Message), Location: rdPlace(fromRoot(r, p.Range)), Severity: "ERROR", Code: rdCode{Value: notChecked},
		})
	}
	return indented(w, out)
}

// xmlDocument writes a value as an XML document. encoding/xml escapes markup and replaces
// characters that XML 1.0 cannot have.
func xmlDocument(w io.Writer, value any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// JUnit's XML as Jenkins and GitLab read it: https://github.com/testmoapp/junitxml.
type (
	junitSuites struct {
		XMLName  xml.Name   `xml:"testsuites"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Errors   int        `xml:"errors,attr"`
		Suite    junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string       `xml:"classname,attr"`
		Name    string       `xml:"name,attr"`
		File    string       `xml:"file,attr,omitempty"`
		Line    int          `xml:"line,attr,omitempty"`
		Failure *junitResult `xml:"failure"`
		Error   *junitResult `xml:"error"`
		Skipped *junitResult `xml:"skipped"`
	}
	junitResult struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

func writeJUnit(w io.Writer, r finding.Report) error {
	suite := junitSuite{Name: "lintel"}
	rules := rulesByID(r)
	for _, f := range r.Findings {
		at := fromRoot(r, f.Range)
		c := junitCase{Class: at.file, Name: fmt.Sprintf("%s %s line %d", f.Rule, printable(f.Resource), at.line), File: at.file, Line: at.line}
		if f.Suppressed != nil {
			c.Skipped = &junitResult{Message: printable(f.Suppressed.Reason)}
			suite.Skipped++
		} else {
			c.Failure = &junitResult{Message: printable(f.Message), Type: f.Severity.String(), Text: printableLines(explained(f, rules[f.Rule]))}
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, c)
	}
	for _, p := range r.Problems {
		at := fromRoot(r, p.Range)
		suite.Cases = append(suite.Cases, junitCase{
			Class: at.file, Name: notChecked, File: at.file, Line: at.line, Error: &junitResult{Message: printable(p.Message), Type: notChecked},
		})
		suite.Errors++
	}
	if len(suite.Cases) == 0 { // an empty suite counts as a failure of the job
		suite.Cases = []junitCase{{Class: "lintel", Name: count(r.Templates, "file") + " checked"}}
	}
	suite.Tests = len(suite.Cases)
	return xmlDocument(w, junitSuites{Name: "lintel", Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors, Suite: suite})
}

// Checkstyle's XML, as its readers expect it.
type (
	checkstyle struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

func writeCheckstyle(w io.Writer, r finding.Report) error {
	out := checkstyle{Version: "4.3"}
	add := func(at place, e checkstyleError) {
		e.Line, e.Column = at.line, at.column
		for i := range out.Files {
			if out.Files[i].Name == at.file {
				out.Files[i].Errors = append(out.Files[i].Errors, e)
				return
			}
		}
		out.Files = append(out.Files, checkstyleFile{at.file, []checkstyleError{e}})
	}
	for _, f := range active(r) {
		add(fromRoot(r, f.Range), checkstyleError{Severity: oneOfThree(f.Severity, "error", "warning", "info"), Message: printable(f.Message), Source: "lintel." + f.Rule})
	}
	for _, p := range r.Problems {
		add(fromRoot(r, p.Range), checkstyleError{Severity: "error", Message: printable(p.Message), Source: "lintel." + notChecked})
	}
	return xmlDocument(w, out)
}
