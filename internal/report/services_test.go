package report_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
)

// evil is a string that tries to break out of every format.
const evil = "x\x1b[31m\r\n::error::y %0A ]]> </failure> <b onclick=1> [a](http://e.x) @all `c` | \"q\" & \u202e\x00"

// hostile returns a report in which every string from templates is evil.
func hostile() finding.Report {
	r := sample()
	path := "a b/<&\"'%[x](y)\n::error::.tf"
	r.Files[path] = source.NewFile(path, []byte("é😀 secret-value\n"))
	at := source.Range{Path: path, Start: len("é😀 "), End: len("é😀 secret-value")}
	r.Findings = append(r.Findings,
		finding.Finding{
			Place: source.Place{
				Range: at, Resource: evil, Through: at,
				Lineage: source.Lineage{When: source.AllOf(source.Literal{Condition: evil, Is: true})},
			},
			Rule: "a-rule", Severity: finding.Critical, Message: evil, Instances: []finding.Instance{{Resource: evil, Message: evil}, {Resource: evil + "2", Message: evil}},
			Secret: true, Related: []finding.Related{{Range: at, Message: evil}},
		},
		finding.Finding{Rule: "gone", Severity: finding.Info, Message: "at the root", Place: source.Place{Range: source.Range{Path: "not/read.tf"}}},
		finding.Finding{
			Place: source.Place{Range: at}, Rule: "a-rule", Message: "known", Fingerprint: "aa",
			Suppressed: &finding.Suppression{Kind: finding.InComment, Reason: evil, Until: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Range: at},
		},
	)
	r.Problems = append(r.Problems, finding.Problem{Range: source.Range{Path: path}, Message: evil})
	r.Notes = []string{evil}
	return r
}

func TestHostile(t *testing.T) {
	for _, format := range report.Formats() {
		text := write(t, format, hostile(), report.Options{})
		if format == report.JSON {
			continue // JSON formats contain it, escaped
		}
		if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == '\u202e' }); i >= 0 {
			t.Errorf("%s: a control character: %q", format, text[max(0, i-20):i+20])
		}
		if strings.Contains(text, "secret-value") {
			t.Errorf("%s prints a secret", format)
		}
	}
}

func TestSARIF(t *testing.T) {
	for name, r := range map[string]finding.Report{"full": sample(), "hostile": hostile(), "fixes": suggesting("x"), "empty": {}} {
		text := write(t, report.SARIF, r, report.Options{Version: "v1.2.3"})
		if strings.Contains(text, "null") {
			t.Errorf("%s: something is null:\n%s", name, text)
		}
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(name, err)
		}
		if err := schema(t, "testdata/sarif-schema-2.1.0.json").Validate(document); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI, URIBaseID string }
						Region           *struct{ StartLine, StartColumn, EndLine, EndColumn int }
					}
				}
				RelatedLocations    []any
				PartialFingerprints map[string]string
				Suppressions        []struct{ Kind, Status string }
			}
			Invocations []struct {
				ExecutionSuccessful        bool
				ToolExecutionNotifications []any
			}
		}
	}
	if err := json.Unmarshal([]byte(write(t, report.SARIF, hostile(), report.Options{})), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if run.Invocations[0].ExecutionSuccessful || len(run.Invocations[0].ToolExecutionNotifications) != 2 {
		t.Errorf("problems: %+v", run.Invocations)
	}
	second := run.Results[1]
	if diff := cmp.Diff(&struct{ StartLine, StartColumn, EndLine, EndColumn int }{1, 5, 1, 17}, second.Locations[0].PhysicalLocation.Region); diff != "" {
		t.Errorf("columns in UTF-16 units: %s", diff)
	}
	if uri := second.Locations[0].PhysicalLocation.ArtifactLocation.URI; uri != "a%20b/%3C&%22%27%25%5Bx%5D%28y%29%0A%3A%3Aerror%3A%3A.tf" {
		t.Errorf("uri %s", uri)
	}
	if run.Results[2].Locations[0].PhysicalLocation.Region != nil || run.Results[2].RuleIndex != -1 {
		t.Errorf("a file that was not read: %+v", run.Results[2])
	}
	if s := run.Results[3].Suppressions; len(s) != 1 || s[0].Kind != "inSource" {
		t.Errorf("suppressions: %+v", s)
	}
	if len(run.Results[0].RelatedLocations) != 2 {
		t.Errorf("related: %+v", run.Results[0])
	}
}

func TestGitHub(t *testing.T) {
	text := write(t, report.GitHub, hostile(), report.Options{})
	commands := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "::") {
			commands++
			if !regexp.MustCompile(`^::(error|warning|notice) file=[^:,\s]+( [^:,\s]+)*,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[a-z-]+::`).MatchString(line) {
				t.Errorf("malformed: %s", line)
			}
		}
	}
	if commands != 5 { // three findings and two problems
		t.Errorf("%d commands:\n%s", commands, text)
	}
}

func TestGitLab(t *testing.T) {
	r := sample()
	r.Findings = append(r.Findings, r.Findings[0]) // the same fingerprint
	var issues []struct {
		Description, Fingerprint, Severity string
		CheckName                          string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin, End int }
		}
	}
	if err := json.Unmarshal([]byte(write(t, report.GitLab, r, report.Options{})), &issues); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, issue := range issues {
		if seen[issue.Fingerprint] || issue.Location.Lines.Begin < 1 || issue.Location.Path == "" || issue.Description == "" {
			t.Errorf("%+v", issue)
		}
		seen[issue.Fingerprint] = true
	}
	if len(issues) != 3 || issues[0].Severity != "critical" || issues[2].CheckName != "not-checked" {
		t.Errorf("%+v", issues)
	}
	if text := write(t, report.GitLab, finding.Report{}, report.Options{}); text != "[]\n" {
		t.Errorf("an empty report is %q", text)
	}
}

func TestXML(t *testing.T) {
	for _, format := range []report.Format{report.JUnit, report.Checkstyle} {
		for name, r := range map[string]finding.Report{"hostile": hostile(), "empty": {}} {
			decoder := xml.NewDecoder(strings.NewReader(write(t, format, r, report.Options{})))
			failures := 0
			for {
				token, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(format, name, err)
				}
				if start, ok := token.(xml.StartElement); ok && (start.Name.Local == "failure" || start.Name.Local == "error") {
					failures++
				}
			}
			if want := map[string]int{"hostile": 5, "empty": 0}[name]; failures != want {
				t.Errorf("%s, %s: %d failures, not %d", format, name, failures, want)
			}
		}
	}
	if text := write(t, report.JUnit, finding.Report{}, report.Options{}); !strings.Contains(text, `tests="1"`) {
		t.Errorf("an empty suite fails a job:\n%s", text)
	}
}

func TestMarkdown(t *testing.T) {
	text := write(t, report.Markdown, hostile(), report.Options{})
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "|") && strings.Count(line, "|") != 5 && strings.Count(line, "|") != 3 {
			t.Errorf("another number of columns: %s", line)
		}
	}
	for _, markup := range []string{"<b", "](", "@all", "`c`"} {
		if strings.Contains(text, markup) {
			t.Errorf("%q gets through:\n%s", markup, text)
		}
	}
	r := sample()
	for range 2000 {
		r.Findings = append(r.Findings, r.Findings[0])
	}
	if text := write(t, report.Markdown, r, report.Options{}); len(text) > 65_536 || !strings.Contains(text, "more are not shown") {
		t.Errorf("%d bytes", len(text))
	}
}

func TestRDJSON(t *testing.T) {
	var got struct {
		Source      struct{ Name string }
		Diagnostics []struct {
			Message, Severity string
			Location          struct {
				Path  string
				Range *struct{ Start, End struct{ Line, Column int } }
			}
			Code struct{ Value string }
		}
	}
	if err := json.Unmarshal([]byte(write(t, report.RDJSON, sample(), report.Options{})), &got); err != nil {
		t.Fatal(err)
	}
	first := got.Diagnostics[0]
	if got.Source.Name != "lintel" || first.Severity != "ERROR" || first.Location.Range.Start.Column != 9 || first.Location.Range.End.Column != 19 {
		t.Errorf("%+v", got)
	}
	if last := got.Diagnostics[1]; last.Code.Value != "not-checked" || last.Location.Range != nil {
		t.Errorf("%+v", last)
	}
}
