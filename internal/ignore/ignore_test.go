package ignore_test

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/finding"
	"lintel/internal/ignore"
	"lintel/internal/source"
)

// TestPlaces checks where the comment is written, and that text in which a comment has no effect is not edited.
func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		name, file, text, mark, want string // want: the comment and the line below it; empty: none
	}{
		{"attribute", "a.tf", "resource \"x\" \"y\" {\n\tmode = \"bad\"\n}\n", "\"bad\"", "\t# C\n\tmode = \"bad\"\n"},
		{"line ends", "a.tf", "resource \"x\" \"y\" {\r\n  mode = \"bad\"\r\n}\r\n", "\"bad\"", "  # C\r\n  mode = \"bad\"\r\n"},
		{"heredoc", "a.tf", "resource \"x\" \"y\" {\n  policy = <<EOT\n    bad\nEOT\n}\n", "bad", "  # C\n  policy = <<EOT\n"},
		{"flush heredoc", "a.tf", "resource \"x\" \"y\" {\n  policy = <<EOT\nx\nbad\nEOT\n}\n", "bad", "  # C\n  policy = <<EOT\n"},
		{"block scalar", "a.yaml", "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Code: |\n        bad\n", "bad", "      # C\n      Code: |\n"},
		{"section", "a.yaml", "Resources: {F: {Type: AWS::Lambda::Function, X: bad}}\n", "bad", ""},
		{"first line", "a.tf", "resource \"x\" \"y\" { mode = \"bad\" }", "\"bad\"", "# C\nresource"},
		{"json", "a.json", "{\"Resources\": {\"F\": {\"Type\": \"AWS::Lambda::Function\", \"X\": \"bad\"}}}", "bad", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := source.NewFile(tt.file, []byte(tt.text))
			f := finding.Finding{Rule: "a-rule", Fingerprint: "f"}
			start := strings.Index(tt.text, tt.mark)
			f.Range = source.Range{Path: tt.file, Start: start, End: start + len(tt.mark)}
			report := finding.Report{Findings: []finding.Finding{f}, Files: source.Files{tt.file: file}}
			files := fstest.MapFS{tt.file: {Data: []byte(tt.text)}}
			result, err := ignore.Add(t.Context(), files, report, "why", none)
			if err != nil {
				t.Fatal(err)
			}
			got := string(result.Files[tt.file])
			want := strings.ReplaceAll(tt.want, "# C", "# lintel:ignore a-rule -- why")
			if tt.want == "" && (got != "" || len(result.Left) != 1) || !strings.Contains(got, want) {
				t.Errorf("got %q, left %v", got, result.Left)
			}
			if tt.want != "" && strings.Replace(got, want[:strings.LastIndex(strings.TrimRight(want, "\r\n"), "\n")+1], "", 1) != tt.text {
				t.Errorf("more than a comment is added: %q", got)
			}
		})
	}
}

// none is the report on a tree in which everything is suppressed.
func none(context.Context, fs.FS, []string) (finding.Report, error) { return finding.Report{}, nil }

// TestManyComments checks that many findings of one file take no quadratic time.
func TestManyComments(t *testing.T) {
	const n = 5000
	var text strings.Builder
	report := finding.Report{Files: source.Files{}}
	for range n {
		text.WriteString("resource \"x\" \"y\" {\n  policy = <<EOT\n")
		at := text.Len()
		text.WriteString("bad\nEOT\n}\n")
		f := finding.Finding{Rule: "a-rule"}
		f.Range = source.Range{Path: "a.tf", Start: at, End: at + len("bad")}
		report.Findings = append(report.Findings, f)
	}
	report.Files["a.tf"] = source.NewFile("a.tf", []byte(text.String()))
	start := time.Now()
	result, err := ignore.Add(t.Context(), fstest.MapFS{}, report, "why", none)
	if err != nil || result.Added != n || strings.Count(string(result.Files["a.tf"]), "# lintel:ignore a-rule -- why") != n {
		t.Errorf("%d comments, left %d, %v", result.Added, len(result.Left), err)
	}
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("%v", d)
	}
}

func TestValidReason(t *testing.T) {
	for reason, ok := range map[string]bool{
		"why": true, "a demo (until 2027-03-01)": true, "": false, " \t": false, "a\nb": false, "a\rb": false, "a\u2028b": false, "(until 2027-03-01)": false,
	} {
		if got := ignore.ValidReason(reason) == nil; got != ok {
			t.Errorf("%q: %v", reason, got)
		}
	}
}
