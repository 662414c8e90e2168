package finding_test

import (
	"testing"

	"lintel/internal/finding"
)

func TestIDs(t *testing.T) {
	ids := finding.IDsOf([]finding.Rule{{ID: "tracing-disabled", Aliases: []string{"tracing-off", "No-XRay"}}, {ID: "role-shared"}})
	for word, want := range map[string]string{
		"tracing-disabled": "tracing-disabled",
		"Tracing-Disabled": "tracing-disabled",
		"TRACING-OFF":      "tracing-disabled",
		"no-xray":          "tracing-disabled",
		"role-shared":      "role-shared",
		"role-shard":       "",
		"":                 "",
	} {
		if got, ok := ids.Resolve(word); got != want || ok != (want != "") {
			t.Errorf("%q names %q, %v", word, got, ok)
		}
	}
	if _, ok := (finding.IDs{}).Resolve("role-shared"); ok {
		t.Error("the zero IDs know a rule")
	}
}
