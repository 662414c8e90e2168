package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"lintel/internal/finding"
)

// JUnit is the format of JUnit test reports.
const JUnit Format = "junit"

// The elements of JUnit XML that Jenkins and GitLab read: https://github.com/testmoapp/junitxml.
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

// junitName returns the name of a finding, which must stay the same from run to run: CI servers compare runs by names, and a
// line number changes with every line above it.
func junitName(f finding.Finding) string {
	parts := []string{f.Rule}
	for _, part := range []string{f.Resource, f.Attribute} {
		if part != "" {
			parts = append(parts, printable(part))
		}
	}
	return strings.Join(parts, " ")
}

func writeJUnit(w io.Writer, r finding.Report, _ Options) error {
	suite := junitSuite{Name: "lintel"}
	rules := rulesByID(r)
	names := map[string]int{}
	for _, f := range r.Findings {
		at := fromRoot(r, f.Range)
		c := junitCase{Class: at.file, Name: junitName(f), File: at.file, Line: at.line}
		if names[c.Class+"\x00"+c.Name]++; names[c.Class+"\x00"+c.Name] > 1 {
			c.Name += fmt.Sprintf(" (%d)", names[c.Class+"\x00"+c.Name])
		}
		if f.Suppressed != nil {
			c.Skipped = &junitResult{Message: printable(f.Suppressed.Reason)}
			suite.Skipped++
		} else {
			c.Failure = &junitResult{Message: printable(factsOf(f)), Type: f.Severity.String(), Text: printableLines(explained(f, rules[f.Rule]))}
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, c)
	}
	for _, u := range allUnchecked(r) {
		at := fromRoot(r, u.at)
		c := junitCase{Class: at.file, Name: u.name, File: at.file, Line: at.line}
		if u.level == levelError {
			c.Error = &junitResult{Message: printable(u.message), Type: u.name}
			suite.Errors++
		} else {
			c.Skipped = &junitResult{Message: printable(u.message)}
			suite.Skipped++
		}
		suite.Cases = append(suite.Cases, c)
	}
	if len(suite.Cases) == 0 { // some CI servers treat an empty suite as a failure
		suite.Cases = []junitCase{{Class: "lintel", Name: count(r.Templates, "file") + " checked"}}
	}
	suite.Tests = len(suite.Cases)
	return xmlDocument(w, junitSuites{Name: "lintel", Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors, Suite: suite})
}
