package report_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
)

// crowd returns a report with n findings, of some rules of each profile.
func crowd(n, rules int) finding.Report {
	r := finding.Report{Files: source.Files{}, Units: 1, Templates: 1, Functions: n}
	for i := range rules {
		rule := finding.Rule{
			ID: fmt.Sprintf("rule-%02d", i), Title: "A title", Description: "It matters.", Remediation: "Do this.",
			Profile: finding.Profiles()[i%3], Severity: finding.Severity(i % 5),
		}
		if i%2 == 0 {
			rule.Fix = []byte(`{"title": "Repair it", "set": "x"}`)
		}
		r.Rules = append(r.Rules, rule)
	}
	for i := range n {
		path := fmt.Sprintf("file%03d.tf", i%50)
		if r.Files[path] == nil {
			r.Files[path] = source.NewFile(path, []byte(strings.Repeat("x\n", n)))
		}
		f := finding.Finding{Rule: r.Rules[i%rules].ID, Severity: r.Rules[i%rules].Severity}
		f.Range, f.Resource = source.Range{Path: path, Start: 2 * i, End: 2*i + 1}, fmt.Sprintf("resource-%d", i)
		f.Message = f.Resource + " is wrong in a way that takes some words to explain to the reader"
		r.Findings = append(r.Findings, f)
	}
	return finding.Join(r.Rules, []finding.Report{r})
}

// TestManyFindings checks that a report of many findings stays short in text, that it counts all of them and names the
// formats that list them, and that full and concise list all.
func TestManyFindings(t *testing.T) {
	for _, rules := range []int{1, 9, 40, 90} {
		r := crowd(1260, rules)
		text := write(t, report.Text, r, report.Options{})
		if n := strings.Count(text, "\n"); n > 150 {
			t.Errorf("%d rules: %d lines", rules, n)
		}
		if !strings.Contains(text, "1260 findings (") {
			t.Errorf("%d rules: no total:\n%s", rules, text)
		}
		if rules > 9 && !strings.Contains(text, "--format full shows each finding") {
			t.Errorf("%d rules: nothing tells that the report is shortened:\n%s", rules, text)
		}
		if n := strings.Count(write(t, report.Full, r, report.Options{}), "is wrong in a way"); n != 1260 {
			t.Errorf("%d rules: full has %d findings", rules, n)
		}
		if n := strings.Count(write(t, report.Concise, r, report.Options{}), "is wrong in a way"); n != 1260 {
			t.Errorf("%d rules: concise has %d findings", rules, n)
		}
	}
}

// TestWrap checks that no line of words exceeds the width of the terminal, that wrapping loses no word, and that an
// excerpt fits.
func TestWrap(t *testing.T) {
	r := crowd(3, 3)
	long := "main.tf"
	r.Files[long] = source.NewFile(long, []byte(strings.Repeat("長い x ", 50)+"\n"))
	r.Findings[0].Range = source.Range{Path: long, Start: 90, End: 200}
	words := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	plain := write(t, report.Text, r, report.Options{Width: 10_000})
	for width := 40; width < 130; width += 7 {
		text := write(t, report.Text, r, report.Options{Width: width})
		for line := range strings.Lines(text) {
			if n := uniseg.StringWidth(strings.TrimRight(line, "\n")); n > width && !strings.Contains(line, " rule-0") { // a place stays whole
				t.Errorf("%d columns of %d: %q", n, width, line)
			}
		}
		if !strings.Contains(words(text), "resource-0 is wrong in a way that takes some words to explain to the reader") {
			t.Errorf("width %d: words are lost:\n%s", width, text)
		}
	}
	if strings.Contains(plain, "to explain\n") {
		t.Errorf("a wide terminal wraps:\n%s", plain)
	}
	if text := write(t, report.Text, r, report.Options{Width: 40}); !strings.Contains(text, "\n  resource-1 is wrong in a way that\n  takes some words") {
		t.Errorf("not wrapped at a word:\n%s", text)
	}
}

func TestOrder(t *testing.T) {
	order := func(format report.Format, o report.Order) string {
		var ids []string
		for line := range strings.Lines(write(t, format, crowd(6, 6), report.Options{Order: o})) {
			for field := range strings.FieldsSeq(line) {
				if strings.HasPrefix(field, "rule-0") {
					ids = append(ids, strings.TrimSuffix(field, ":")[len("rule-0"):])
				}
			}
		}
		return strings.Join(ids, "")
	}
	for o, want := range map[report.Order]string{"": "432105", report.BySeverity: "432105", report.ByFile: "012345", report.ByRule: "012345"} {
		if got := order(report.Concise, o); got != want {
			t.Errorf("order %q: %s, not %s", o, got, want)
		}
	}
	for format, worstFirst := range map[report.Format]bool{
		report.Text: true, report.Full: true, report.Markdown: true, report.HTML: true, report.GitHub: true, report.CSV: false, report.RDJSON: false,
	} {
		text := write(t, format, crowd(6, 6), report.Options{})
		if got := strings.Index(text, "resource-4 is wrong") < strings.Index(text, "resource-0 is wrong"); got != worstFirst {
			t.Errorf("%s: the worst finding first: %t", format, got)
		}
	}
}

func TestLeast(t *testing.T) {
	r := crowd(10, 5)
	for _, format := range report.Formats() {
		text := write(t, format, r, report.Options{Least: finding.High})
		if !strings.Contains(text, "resource-4 is wrong") && format != report.Markdown || strings.Contains(text, "resource-0 is wrong") {
			t.Errorf("%s: not the findings from high on:\n%s", format, text)
		}
	}
	if text := write(t, report.Text, r, report.Options{Least: finding.High}); !strings.Contains(text, "note: 6 findings below severity high not shown") {
		t.Errorf("no note:\n%s", text)
	}
}

// TestReportIsUnchanged checks that orders and selections of one output do not reach the next one.
func TestReportIsUnchanged(t *testing.T) {
	r := crowd(60, 9)
	for _, order := range report.Orders() {
		if err := report.Write(io.Discard, report.JSON, r, report.Options{Order: order, Least: finding.Medium}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(crowd(60, 9).Findings, r.Findings); diff != "" {
			t.Errorf("%s: %s", order, diff)
		}
	}
}

func TestQuiet(t *testing.T) {
	r := crowd(30, 3)
	r.Gaps = []finding.Gap{{Cause: "module", Message: "a gap"}, {Cause: "macro", Message: "a failing gap", Fails: true}}
	r.Problems = []finding.Problem{{Message: "a problem"}}
	r.Notes = []string{"a note"}
	text := write(t, report.Concise, r, report.Options{Quiet: true})
	for _, want := range []string{"resource-0 is wrong", "a failing gap", "a problem"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q:\n%s", want, text)
		}
	}
	if n := strings.Count(text, "\n"); n != 32 {
		t.Errorf("%d lines, not 30 findings, a gap and a problem:\n%s", n, text)
	}
	if text := write(t, report.Text, finding.Report{Units: 1}, report.Options{Quiet: true}); text != "" {
		t.Errorf("a clean report: %q", text)
	}
}

func TestStatistics(t *testing.T) {
	text := write(t, report.Text, crowd(40, 20), report.Options{Statistics: true})
	if want := "findings  severity  rule      fixable\n       2  critical  rule-04         2\n       2  critical  rule-09\n"; !strings.HasPrefix(text, want) {
		t.Errorf("the table begins otherwise:\n%s", text)
	}
	if n := strings.Count(text, "rule-"); n != 20 {
		t.Errorf("%d rules of 20", n)
	}
}

// TestSee checks that the functions with a role are in the line of the role.
func TestSee(t *testing.T) {
	r := crowd(1, 1)
	at := func(line int) source.Range { return source.Range{Path: "file000.tf", Start: 0, End: line} }
	r.Findings[0].Range = source.Range{Path: "other.tf"}
	r.Findings[0].Related = []finding.Related{
		{Range: at(0), Message: "the role a"},
		{Range: at(1), Message: "the function f runs with this role"},
		{Range: at(2), Message: "the function g runs with this role"},
		{Range: at(0), Message: "the role b"},
	}
	text := write(t, report.Text, r, report.Options{})
	if want := "  see: file000.tf:1, the role a of f (file000.tf:1), g (file000.tf:1)\n  see: file000.tf:1, the role b\n"; !strings.Contains(text, want) {
		t.Errorf("the text lacks %q:\n%s", want, text)
	}
}
