package config_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/config"
	"lintel/internal/finding"
)

func TestParse(t *testing.T) {
	rules := []string{"tracing-disabled", "role-shared"}
	for _, tt := range []struct {
		name, text string
		want       config.Config
		err        string
	}{
		{"everything", `
profile: strict
fail-on: high
skip: [role-shared]
trusted-accounts: ["012345678901", 111122223333]
rules:
  tracing-disabled: {severity: info}
`, config.Config{
			Profile: finding.Strict, FailOn: "high", Skip: []string{"role-shared"}, TrustedAccounts: []string{"012345678901", "111122223333"},
			Severities: map[string]finding.Severity{"tracing-disabled": finding.Info},
		}, ""},
		{"off", "rules:\n  role-shared: off\n", config.Config{Skip: []string{"role-shared"}, Severities: map[string]finding.Severity{}}, ""},
		{"nothing", "# later\n", config.Config{}, ""},
		{"mistyped key", "a:\nprofil: strict\n", config.Config{}, `.lintel.yaml:1: there is no key "a"; did you mean skip?`},
		{"nearest key", "profil: strict\n", config.Config{}, `.lintel.yaml:1: there is no key "profil"; did you mean profile?`},
		{"nearest rule", "skip:\n  - tracing-disable\n", config.Config{}, `.lintel.yaml:2: there is no rule "tracing-disable"; did you mean tracing-disabled?`},
		{"nearest setting", "rules:\n  role-shared:\n    sevirity: low\n", config.Config{}, `.lintel.yaml:3: there is no key "sevirity"; did you mean severity?`},
		{"value", "profile: paranoid\n", config.Config{}, `.lintel.yaml:1: "paranoid" must be one of default, strict, all`},
		{"info never fails", "fail-on: info\n", config.Config{}, `.lintel.yaml:1: "info" must be one of low, medium, high, critical`},
		{"account", "trusted-accounts: [12]\n", config.Config{}, `.lintel.yaml:1: "12" must be an account: 12 digits, in quotes`},
		{"list", "skip: role-shared\n", config.Config{}, `.lintel.yaml:1: it must be a list`},
		{"no mapping", "- a\n", config.Config{}, `.lintel.yaml:1: it must be a mapping of keys to values`},
		{"broken", "a: [\n", config.Config{}, `.lintel.yaml: line 1: did not find expected node content`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := config.Load(fstest.MapFS{config.Name: {Data: []byte(tt.text)}}, rules)
			message := ""
			if err != nil {
				message, got = err.Error(), config.Config{}
			}
			if message != tt.err {
				t.Errorf("error %q, want %q", message, tt.err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNoFile(t *testing.T) {
	if got, err := config.Load(fstest.MapFS{}, nil); err != nil || got.Profile != "" {
		t.Error(got, err)
	}
}
