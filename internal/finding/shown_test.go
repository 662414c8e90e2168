package finding_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// secretIn returns findings of which those with a true contain a text to mask, each in another place.
func secretIn(secret ...bool) []finding.Finding {
	when := func(condition string) source.When {
		return source.AllOf(source.Literal{Condition: condition, Is: true})
	}
	var all []finding.Finding
	for i, isSecret := range secret {
		text := "public"
		if isSecret {
			text = "secret"
		}
		f := finding.Finding{Rule: "r", Instances: []finding.Instance{{Resource: "r"}}, Related: []finding.Related{{Message: "m"}}}
		switch i {
		case 0:
			f.Message = text
		case 1:
			f.Instances[0].Message = text
		case 2:
			f.When, f.Instances[0].When = when(text), when("X")
		case 3:
			f.Suppressed = &finding.Suppression{Reason: text}
		case 4:
			f.Related[0].Message = text
		}
		all = append(all, f)
	}
	return all
}

func TestShown(t *testing.T) {
	for name, secret := range map[string][]bool{
		"none":     {false, false, false, false, false},
		"message":  {true, false, false, false, false},
		"instance": {false, true, false, false, false},
		"when":     {false, false, true, false, false},
		"reason":   {false, false, false, true, false},
		"related":  {false, false, false, false, true},
		"all":      {true, true, true, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			report := finding.Report{Findings: secretIn(secret...)}
			shown := report.Shown(func(text string) string { return strings.ReplaceAll(text, "secret", "***") })
			if diff := cmp.Diff(secretIn(secret...), report.Findings); diff != "" {
				t.Errorf("the report changes: %s", diff)
			}
			want := strings.ReplaceAll(cmp.Diff(nil, secretIn(secret...)), "secret", "***")
			if diff := cmp.Diff(want, cmp.Diff(nil, shown.Findings)); diff != "" {
				t.Error(diff)
			}
			if isShared := &shown.Findings[0] == &report.Findings[0]; isShared != (name == "none") {
				t.Errorf("the findings are shared: %t", isShared)
			}
		})
	}
}
