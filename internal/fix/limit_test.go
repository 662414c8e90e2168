package fix_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lintel/internal/finding"
	"lintel/internal/fix"
	"lintel/internal/workspace"
)

// TestTextLimit checks that edits that are all refused are not all checked one by one, and that the findings are withheld with the
// limit as the reason.
func TestTextLimit(t *testing.T) {
	const n = 100
	var text strings.Builder
	text.WriteString("Resources:\n")
	for i := range n {
		fmt.Fprintf(&text, "  U%d:\n    Type: AWS::Lambda::Url\n    Properties: {TargetFunctionArn: f%d, AuthType: NONE}\n", i, i)
	}
	tree := fstest.MapFS{"template.yaml": {Data: []byte(text.String()), Mode: 0o644}}
	settings := workspace.Settings{Rules: rules(t), Bare: true, Today: time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)}
	outcome, err := workspace.Once(context.Background(), tree, settings, []string{"."}, workspace.Overrides{Only: []string{open}})
	if err != nil {
		t.Fatal(err)
	}
	checks := 0
	refuse := func(context.Context, fs.FS, []string) (finding.Report, error) {
		checks++
		return outcome.Report, nil
	}
	result, err := fix.Apply(context.Background(), tree, outcome.Report, fix.Options{Unsafe: true, Text: 5 * text.Len()}, refuse)
	if err != nil {
		t.Fatal(err)
	}
	limited := 0
	for _, w := range result.Withheld {
		if strings.Contains(w.Reason, "exceed the limit") {
			limited++
		}
	}
	if checks != 5 || len(result.Fixed) > 0 || len(result.Withheld) != n || limited == 0 {
		t.Errorf("%d checks, %d fixed, %d withheld, %d of them by the limit", checks, len(result.Fixed), len(result.Withheld), limited)
	}
}
