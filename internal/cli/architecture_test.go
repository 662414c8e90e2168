package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/cli"
)

// TestArchitectureExample checks that docs/ARCHITECTURE.md shows the template of docs/example and the finding that
// lintel reports for it.
func TestArchitectureExample(t *testing.T) {
	page, err := os.ReadFile("../../docs/ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../../docs/example")
	template, err := os.ReadFile("template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(page, append([]byte("```yaml\n"), template...)) {
		t.Error("docs/ARCHITECTURE.md does not show docs/example/template.yaml")
	}
	var shown map[string]any
	_, block, _ := strings.Cut(string(page), "```json\n")
	block, _, _ = strings.Cut(block, "```")
	if err := json.Unmarshal([]byte(block), &shown); err != nil {
		t.Fatal(err)
	}

	var out, errs bytes.Buffer
	cli.Main([]string{"check", "--format=json", "template.yaml"}, strings.NewReader(""), &out, &errs)
	var report struct{ Findings []map[string]any }
	if err := json.Unmarshal(out.Bytes(), &report); err != nil || len(report.Findings) != 1 {
		t.Fatalf("%v, %d findings: %s", err, len(report.Findings), errs.String())
	}
	for key, value := range shown {
		if diff := cmp.Diff(value, report.Findings[0][key]); diff != "" {
			t.Errorf("docs/ARCHITECTURE.md: %q of the finding (-page +program):\n%s", key, diff)
		}
	}
}
