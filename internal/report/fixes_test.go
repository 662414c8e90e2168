package report_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/report"
	"lintel/internal/source"
)

// suggesting returns a report with a finding that has a suggested fix.
func suggesting(text string, edits ...source.Edit) finding.Report {
	r := crowd(1, 1)
	r.Findings[0].Fingerprint = "f"
	file := "file000.tf"
	r.Files[file] = source.NewFile(file, []byte("a = 1\n\tmode = \"é\" # x\n"))
	r.Findings[0].Range = source.Range{Path: file, Start: 14, End: 18}
	if edits == nil {
		edits = []source.Edit{{Range: source.Range{Path: file, Start: 14, End: 18}, Text: text}}
	}
	r.Suggested = []finding.Suggestion{{Fingerprint: "f", Title: "Repair it", Edits: edits}}
	return r
}

func TestSARIFFixes(t *testing.T) {
	type log struct {
		Runs []struct {
			Results []struct {
				PartialFingerprints map[string]string
				Locations           []struct {
					PhysicalLocation struct {
						ContextRegion struct{ Snippet struct{ Text string } }
					}
				}
				Fixes []struct {
					Description     struct{ Text string }
					ArtifactChanges []struct {
						ArtifactLocation struct{ URI string }
						Replacements     []struct {
							DeletedRegion   struct{ StartLine, StartColumn, EndLine, EndColumn int }
							InsertedContent struct{ Text string }
						}
					}
				}
			}
		}
	}
	var got log
	if err := json.Unmarshal([]byte(write(t, report.SARIF, suggesting(`"ok"`), report.Options{})), &got); err != nil {
		t.Fatal(err)
	}
	result := got.Runs[0].Results[0]
	if snippet := result.Locations[0].PhysicalLocation.ContextRegion.Snippet.Text; snippet != `  mode = "é" # x` {
		t.Errorf("snippet %q", snippet)
	}
	if want := "[{{Repair it} [{{file000.tf} [{{2 9 2 12} {\"ok\"}}]}]}]"; fmt.Sprint(result.Fixes) != want {
		t.Errorf("fixes %v, not %s", result.Fixes, want)
	}
	if hash := result.PartialFingerprints["primaryLocationLineHash"]; !strings.HasSuffix(hash, ":1") {
		t.Errorf("hash %q", hash)
	}
	r := suggesting(`"ok"`)
	r.Findings[0].Secret = true
	text := write(t, report.SARIF, r, report.Options{})
	if strings.Contains(text, "primaryLocationLineHash") || strings.Contains(text, "mode =") {
		t.Errorf("a secret is disclosed:\n%s", text)
	}
	for _, text := range []string{"\x1b[31m", "\u202e"} {
		if strings.Contains(write(t, report.SARIF, suggesting(text), report.Options{}), "artifactChanges") {
			t.Errorf("an edit with %q is shown", text)
		}
	}
}

func TestRDJSONSuggestions(t *testing.T) {
	want := `"suggestions": [
        {
          "range": {
            "start": {
              "line": 2,
              "column": 9
            },
            "end": {
              "line": 2,
              "column": 13
            }
          },
          "text": "\"ok\""
        }
      ]`
	if got := write(t, report.RDJSON, suggesting(`"ok"`), report.Options{}); !strings.Contains(got, want) {
		t.Errorf("no suggestion:\n%s", got)
	}
	edit := source.Edit{Range: source.Range{Path: "file000.tf"}, Text: "x"}
	if got := write(t, report.RDJSON, suggesting("", edit, edit), report.Options{}); strings.Contains(got, "suggestions") {
		t.Errorf("one of two edits is offered alone:\n%s", got)
	}
}

// TestMarkdownDetails checks the collapsed section of a finding: excerpt, reasons, related places and the fix, with links where
// the addresses are known.
func TestMarkdownDetails(t *testing.T) {
	r := suggesting(`"ok"`)
	r.Rules[0].BuiltIn, r.Rules[0].Description = true, "Set `mode`. More."
	r.Findings[0].Related = []finding.Related{{Range: source.Range{Path: "file000.tf", Start: 0, End: 1}, Message: "the <a>"}}
	got := write(t, report.Markdown, r, report.Options{
		Page: func(rule string) string { return "https://docs.example/" + rule },
		Line: func(path string, line int) string { return fmt.Sprintf("https://git.example/%s#L%d", path, line) },
	})
	const place = "[file000.tf:%d](https://git.example/file000.tf#L%[1]d)"
	want := "| info | [rule-00](https://docs.example/rule-00) | " + fmt.Sprintf(place, 2) + " | resource-0 is wrong in a way that takes some words to explain to the reader |\n" +
		"\n<details>\n<summary>info rule-00 at file000.tf:2</summary>\n\n" +
		"```\n2 |   mode = \"é\" # x\n  |          ^^^\n```\n\n" +
		"**Why:** Set `mode`.\n\n**Fix:** Do this.\n\n* the &#60;a&#62; (" + fmt.Sprintf(place, 1) + ")\n" +
		"\nRepair it:\n\n```diff\n--- a/file000.tf\n+++ b/file000.tf\n@@ -1,2 +1,2 @@\n a = 1\n-\tmode = \"é\" # x\n+\tmode = \"ok\" # x\n```\n\n" +
		"\n</details>\n"
	if _, got, _ := strings.Cut(got, "| --- | --- | --- | --- |\n"); got != want {
		t.Error(cmp.Diff(want, got))
	}
}

// TestMarkdownFence checks that no text of a template ends a code block.
func TestMarkdownFence(t *testing.T) {
	r := suggesting("\"````\"\n````\n# big")
	file := "file000.tf"
	r.Files[file] = source.NewFile(file, []byte("a = 1\n```` <b> @all\n"))
	r.Findings[0].Range = source.Range{Path: file, Start: 6, End: 10}
	got := write(t, report.Markdown, r, report.Options{})
	if n := strings.Count(got, "`````"); n != 4 {
		t.Errorf("%d fences of the two code blocks are long enough:\n%s", n, got)
	}
}

// TestMarkdownLimit checks that details make way for what was not checked.
func TestMarkdownLimit(t *testing.T) {
	r := crowd(400, 4)
	for i := range 100 {
		r.Gaps = append(r.Gaps, finding.Gap{Range: source.Range{Path: fmt.Sprintf("cdk%d.json", i)}, Cause: finding.GapCDK, Message: "no output"})
	}
	got := write(t, report.Markdown, r, report.Options{})
	if n := strings.Count(got, "| cdk | no output |"); n != 100 || len(got) > 60_500 {
		t.Errorf("%d gaps in %d bytes", n, len(got))
	}
	if !strings.Contains(got, "<summary>100 gaps</summary>") || !strings.Contains(got, "The details of 3") {
		t.Errorf("gaps are not collapsed, or nothing tells of the missing details:\n%s", got)
	}
}

// TestSARIFLimit checks that the least severe results are left out.
func TestSARIFLimit(t *testing.T) {
	r := crowd(25_010, 5)
	r.Files = source.Files{}
	text := write(t, report.SARIF, r, report.Options{})
	if !strings.Contains(text, "10 more findings are left out, the least severe ones") {
		t.Error("no notification")
	}
	if critical, info := strings.Count(text, `"ruleId": "rule-04"`), strings.Count(text, `"ruleId": "rule-00"`); critical != 5002 || info != 4992 {
		t.Errorf("%d critical and %d info results", critical, info)
	}
}

// TestGitHubOrder checks that the worst annotations come first: GitHub shows ten of each level.
func TestGitHubOrder(t *testing.T) {
	text := write(t, report.GitHub, crowd(6, 6), report.Options{})
	if want := "::error file=file004.tf"; !strings.HasPrefix(text, want) {
		t.Errorf("the first annotation is not %q:\n%s", want, text)
	}
	if !strings.HasPrefix(write(t, report.GitHub, crowd(6, 6), report.Options{Order: report.ByFile}), "::notice file=file000.tf") {
		t.Error("--sort file has no effect")
	}
}

// TestJUnitNames checks that names stay the same when lines move, and differ within a file.
func TestJUnitNames(t *testing.T) {
	r := crowd(1, 1)
	r.Findings[0].Resource, r.Findings[0].Attribute = "f", "mode"
	r.Findings = append(r.Findings, r.Findings[0])
	r.Findings[1].Range.Start = 1
	text := write(t, report.JUnit, r, report.Options{})
	for _, want := range []string{`name="rule-00 f mode" file=`, `name="rule-00 f mode (2)" file=`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s:\n%s", want, text)
		}
	}
}

// TestSARIFContext checks that a context has more text than the region, which consumers require.
func TestSARIFContext(t *testing.T) {
	for text, want := range map[string]bool{"mode = 1\n": false, "  mode = 1\n": true, "mode = 1 # x\n": true, "mode = [\n1]\n": false} {
		r := crowd(1, 1)
		r.Files["file000.tf"] = source.NewFile("file000.tf", []byte(text))
		start := strings.Index(text, "mode")
		r.Findings[0].Range = source.Range{Path: "file000.tf", Start: start, End: strings.Index(text, "1") + 1}
		if got := strings.Contains(write(t, report.SARIF, r, report.Options{}), "contextRegion"); got != want {
			t.Errorf("%q: context is %v", text, got)
		}
	}
}
