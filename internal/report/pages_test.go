package report_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
)

// TestHTMLCode checks that backticks in the texts of a rule become code, and that markup in them does not become markup.
func TestHTMLCode(t *testing.T) {
	for text, want := range map[string]string{
		"Set `a` and `<b>`.": "<dd>Set <code>a</code> and <code>&lt;b&gt;</code>.</dd>",
		"One ` alone.":       "<dd>One ` alone.</dd>",
	} {
		r := crowd(1, 1)
		r.Rules[0].Remediation = text
		if got := write(t, report.HTML, r, report.Options{}); !strings.Contains(got, want) {
			t.Errorf("%q: no %s in\n%s", text, want, got)
		}
	}
}

// TestHTML checks that the page is well-formed, that no text of a template becomes markup, and that the page requests
// nothing.
func TestHTML(t *testing.T) {
	tags := strings.Fields("html head meta title style body header h1 h2 h3 p search label input fieldset legend details summary table thead tbody tr th td main section ol li article span code pre dl div dt dd a script")
	attributes := strings.Fields("lang charset name content http-equiv id hidden type autocomplete value checked role scope class aria-labelledby data-severity tabindex href rel")
	for name, r := range map[string]finding.Report{"full": sample(), "hostile": hostile(), "crowd": crowd(40, 20), "empty": {}} {
		text := write(t, report.HTML, r, report.Options{})
		decoder := xml.NewDecoder(strings.NewReader(text))
		articles := 0
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, text)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if start.Name.Local == "article" {
				articles++
			}
			if !slices.Contains(tags, start.Name.Local) {
				t.Errorf("%s: a tag %s", name, start.Name.Local)
			}
			for _, a := range start.Attr {
				isLink := a.Name.Local == "href"
				if !slices.Contains(attributes, a.Name.Local) || isLink && !strings.HasPrefix(a.Value, "https://") {
					t.Errorf("%s: an attribute %s=%q of %s", name, a.Name.Local, a.Value, start.Name.Local)
				}
			}
		}
		active := 0
		for _, f := range r.Findings {
			if f.Suppressed == nil {
				active++
			}
		}
		if want := active + len(r.Problems) + len(r.Gaps); articles != want {
			t.Errorf("%s: %d articles, not %d", name, articles, want)
		}
		if strings.Contains(text, "url(") || strings.Contains(text, "@import") {
			t.Errorf("%s: the page requests something", name)
		}
	}
}

// TestHTMLLinks checks that only links with https become links.
func TestHTMLLinks(t *testing.T) {
	r := crowd(1, 1)
	for url, linked := range map[string]bool{"https://docs.example/x?a=1&b=2": true, "javascript:alert(1)": false, "http://x": false} {
		r.Rules[0].References = []finding.Reference{{URL: url, Title: "T"}}
		if got := strings.Contains(write(t, report.HTML, r, report.Options{}), "<a href="); got != linked {
			t.Errorf("%s: linked is %v", url, got)
		}
	}
}

func TestCSV(t *testing.T) {
	for name, r := range map[string]finding.Report{"full": sample(), "hostile": hostile(), "empty": {}} {
		lines, err := csv.NewReader(strings.NewReader(write(t, report.CSV, r, report.Options{}))).ReadAll()
		if err != nil {
			t.Fatal(name, err)
		}
		for _, line := range lines {
			for _, cell := range line {
				if strings.IndexAny(cell, "=+-@") == 0 {
					t.Errorf("%s: a formula %q", name, cell)
				}
			}
		}
	}
	r := crowd(1, 1)
	r.Findings[0].Message, r.Findings[0].Instances = "=1+1", nil
	got := write(t, report.CSV, r, report.Options{})
	if want := "info,rule-00,file000.tf,1,1,1,2,resource-0,,'=1+1,,Do this.,true,"; !strings.Contains(got, want) {
		t.Errorf("no line %q:\n%s", want, got)
	}
}

// links are options with an address of the project.
func links() report.Options {
	return report.Options{
		Version: "v1.2.3", Home: "https://code.example/o/lintel", Time: time.Date(2026, 11, 29, 1, 2, 3, 0, time.UTC),
		Page: func(rule string) string { return "https://code.example/o/lintel/" + rule },
	}
}

// TestHome checks that reports link to the project and the pages of its rules where there is an address, and to nothing else without.
func TestHome(t *testing.T) {
	for format, want := range map[report.Format][]string{
		report.SARIF:      {`"informationUri": "https://code.example/o/lintel"`, `"helpUri": "https://code.example/o/lintel/a-rule"`},
		report.RDJSON:     {`"url": "https://code.example/o/lintel/a-rule"`},
		report.GitLabSAST: {`"url": "https://code.example/o/lintel"`, `"url": "https://code.example/o/lintel/a-rule"`},
		report.OCSF:       {`"url_string": "https://code.example/o/lintel"`, `"src_url": "https://code.example/o/lintel/a-rule"`},
	} {
		text := write(t, format, sample(), links())
		for _, want := range want {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %s:\n%s", format, want, text)
			}
		}
		if text := write(t, format, sample(), report.Options{}); strings.Contains(text, `"informationUri"`) || strings.Contains(text, `rl": ""`) {
			t.Errorf("%s without an address has one, or an empty value:\n%s", format, text)
		}
	}
}

// TestGitLabSAST checks the rules of the schema of GitLab that do not follow from the types.
func TestGitLabSAST(t *testing.T) {
	for name, r := range map[string]finding.Report{"sample": sample(), "hostile": hostile(), "crowd": crowd(30, 3), "empty": {}} {
		var got struct {
			Scan struct {
				Start    string `json:"start_time"`
				Status   string
				Messages []struct{ Level, Value string }
			}
			Vulnerabilities []struct {
				ID, Name, Description, Severity, Solution string
				Identifiers                               []struct{ Type, Name, Value string }
				Location                                  struct {
					File  string
					Start int `json:"start_line"`
				}
			}
		}
		text := write(t, report.GitLabSAST, r, links())
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if strings.Contains(text, "null") || got.Scan.Start != "2026-11-29T01:02:03" {
			t.Errorf("%s: null, or another time: %s", name, text)
		}
		if want := map[bool]string{true: "success", false: "failure"}[r.Units > 0 && len(r.Problems) == 0]; got.Scan.Status != want {
			t.Errorf("%s: status %s, want %s", name, got.Scan.Status, want)
		}
		for _, m := range got.Scan.Messages {
			if !slices.Contains([]string{"info", "warn", "fatal"}, m.Level) || m.Value == "" {
				t.Errorf("%s: message %v", name, m)
			}
		}
		if len(got.Scan.Messages) != len(r.Problems)+len(r.Gaps) {
			t.Errorf("%s: %d messages", name, len(got.Scan.Messages))
		}
		ids := map[string]bool{}
		for _, v := range got.Vulnerabilities {
			if ids[v.ID] || v.ID == "" || v.Name == "" || len(v.Name) > 255 || len(v.Solution) > 7000 {
				t.Errorf("%s: id, name or solution of %+v", name, v)
			}
			ids[v.ID] = true
			if !slices.Contains([]string{"Info", "Low", "Medium", "High", "Critical"}, v.Severity) || v.Location.Start < 1 || v.Location.File == "" {
				t.Errorf("%s: severity or location of %+v", name, v)
			}
			if len(v.Identifiers) == 0 || v.Identifiers[0].Type != "lintel_rule" || v.Identifiers[0].Value == "" {
				t.Errorf("%s: the first identifier of %+v", name, v)
			}
			if strings.ContainsAny(v.Description, "<>[]`@") {
				t.Errorf("%s: markup in %q", name, v.Description)
			}
		}
	}
}

// TestOCSF checks the identifiers of events and that they are distinct. .ci/outputs checks the schema.
func TestOCSF(t *testing.T) {
	for name, r := range map[string]finding.Report{"sample": sample(), "hostile": hostile(), "crowd": crowd(30, 3)} {
		var events []struct {
			Class    int `json:"class_uid"`
			Type     int `json:"type_uid"`
			Activity int `json:"activity_id"`
			Severity int `json:"severity_id"`
			Time     int64
			Finding  struct{ UID string } `json:"finding_info"`
		}
		if err := json.Unmarshal([]byte(write(t, report.OCSF, r, links())), &events); err != nil {
			t.Fatal(err)
		}
		active := 0
		for _, f := range r.Findings {
			if f.Suppressed == nil {
				active++
			}
		}
		if len(events) != active+len(r.Problems)+len(r.Gaps) {
			t.Errorf("%s: %d events", name, len(events))
		}
		ids := map[string]bool{}
		for _, e := range events {
			if ids[e.Finding.UID] || e.Type != 100*e.Class+e.Activity || e.Severity < 1 || e.Severity > 5 || e.Time != 1795914123000 {
				t.Errorf("%s: %+v", name, e)
			}
			ids[e.Finding.UID] = true
		}
	}
	if text := write(t, report.OCSF, finding.Report{}, links()); text != "[]\n" {
		t.Errorf("an empty report is %s", text)
	}
}

// TestSonar checks the rules of the generic issue format: every issue has a rule, known words, and a range of columns that
// is not empty.
func TestSonar(t *testing.T) {
	for name, r := range map[string]finding.Report{"full": sample(), "hostile": hostile(), "crowd": crowd(40, 20), "empty": {}} {
		var out struct {
			Rules []struct {
				ID, Name, Description, EngineID, CleanCodeAttribute string
				Impacts                                             []struct{ SoftwareQuality, Severity string }
			}
			Issues []struct {
				RuleID          string
				PrimaryLocation struct {
					Message, FilePath string
					TextRange         struct {
						StartLine, EndLine     int
						StartColumn, EndColumn *int
					}
				}
			}
		}
		text := write(t, report.Sonar, r, report.Options{})
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			t.Fatal(name, err)
		}
		known := map[string]bool{}
		for _, rule := range out.Rules {
			if known[rule.ID] || rule.Name == "" || rule.EngineID != "lintel" || rule.CleanCodeAttribute == "" || len(rule.Impacts) != 1 {
				t.Errorf("%s: rule %+v", name, rule)
				continue
			}
			known[rule.ID] = true
			if i := rule.Impacts[0]; !slices.Contains([]string{"SECURITY", "RELIABILITY", "MAINTAINABILITY"}, i.SoftwareQuality) ||
				!slices.Contains([]string{"BLOCKER", "HIGH", "MEDIUM", "LOW", "INFO"}, i.Severity) {
				t.Errorf("%s: impact %+v", name, i)
			}
		}
		for _, issue := range out.Issues {
			at := issue.PrimaryLocation
			isEmpty := at.TextRange.StartColumn != nil && at.TextRange.StartLine == at.TextRange.EndLine && *at.TextRange.EndColumn <= *at.TextRange.StartColumn
			if !known[issue.RuleID] || at.Message == "" || at.FilePath == "" || at.TextRange.StartLine < 1 || isEmpty {
				t.Errorf("%s: issue %+v", name, issue)
			}
		}
		if strings.Contains(text, "null") {
			t.Errorf("%s: something is null", name)
		}
	}
	r := crowd(1, 1)
	r.Files["file000.tf"] = source.NewFile("file000.tf", []byte("é😀x\n"))
	r.Findings[0].Range = source.Range{Path: "file000.tf", Start: len("é😀"), End: len("é😀x")}
	if got := write(t, report.Sonar, r, report.Options{}); !strings.Contains(got, "\"startColumn\": 3,\n          \"endColumn\": 4") {
		t.Errorf("columns are not UTF-16 units from 0:\n%s", got)
	}
}
