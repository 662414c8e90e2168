package finding_test

import (
	"strings"
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

func TestSelect(t *testing.T) {
	ids := finding.IDsOf([]finding.Rule{
		{ID: "env-secret", Category: "secrets", Peers: []string{"CKV_AWS_45", "Trivy AWS-0066"}, Aliases: []string{"old-secret"}},
		{ID: "env-size", Category: "reliability", Peers: []string{"Config SAME", "Regula size_*"}},
		{ID: "log-secret", Category: "secrets", Peers: []string{"Guard SAME", "CKV_AWS_45"}},
	})
	for word, want := range map[string]string{
		"env-secret": "env-secret", "OLD-Secret": "env-secret", "env-*": "env-secret env-size", "*": "env-secret env-size log-secret",
		"ENV-s???": "env-size", "category:secrets": "env-secret log-secret", "Secrets/*": "env-secret log-secret", "secrets/env-*": "env-secret",
		"secrets/env-size": "", "ckv_aws_45": "env-secret log-secret", "AVD-AWS-0066": "env-secret", "aws-0066": "env-secret", "trivy aws-0066": "env-secret",
		"SAME": "env-size log-secret", "size_*": "env-size", "guard same": "log-secret", "nothing": "", "": "", "env-[": "", "category:": "", "/": "", "x*": "",
	} {
		if got := strings.Join(ids.Select(word), " "); got != want {
			t.Errorf("%q selects %q, not %q", word, got, want)
		}
	}
}
