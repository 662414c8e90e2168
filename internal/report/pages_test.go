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

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
)

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
