package config_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/config"
	"lintel/internal/finding"
)

func TestPolicies(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
		wrong      string
	}{
		{"none", "profile: strict\n", nil, ""},
		{"nothing", "", nil, ""},
		{"cleaned", "policies: [./a, b//c/, a/../d]\n", []string{"a", "b/c", "d"}, ""},
		{"the root", "policies: [.]\n", []string{"."}, ""},
		{"outside", "policies:\n  - a\n  - ../b\n", nil, `.lintel.yaml:3: "../b" must be a directory in the repository`},
		{"absolute", "policies: [/etc]\n", nil, `.lintel.yaml:1: "/etc" must be a directory in the repository`},
		{"no text", "policies: [{a: b}]\n", nil, `.lintel.yaml:1: "" must be a directory in the repository`},
		{"no list", "policies: a\n", nil, ".lintel.yaml:1: must be a list"},
		{"other mistakes are those of Load", "skip: [nothing]\npolicies: [a]\n", []string{"a"}, `there is no rule "nothing"`},
		{"no YAML", "policies: [", nil, "did not find"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fsys := fstest.MapFS{config.Name: {Data: []byte(tt.text)}}
			if diff := cmp.Diff(tt.want, config.Policies(fsys, config.Name)); diff != "" {
				t.Error(diff)
			}
			loaded, err := config.Load(fsys, config.Name, config.Name, finding.IDsOf([]finding.Rule{{ID: "a-rule"}}))
			if (err == nil) != (tt.wrong == "") || err != nil && !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("Load says %v, want %q", err, tt.wrong)
			}
			if diff := cmp.Diff(tt.want, loaded.Policies); err == nil && diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPoliciesBelow checks that directories are relative to that of the configuration.
func TestPoliciesBelow(t *testing.T) {
	fsys := fstest.MapFS{"infra/.lintel.yaml": {Data: []byte("policies: [rules]\n")}}
	if diff := cmp.Diff([]string{"infra/rules"}, config.Policies(fsys, "infra/.lintel.yaml")); diff != "" {
		t.Error(diff)
	}
	if got := config.Policies(fsys, ""); got != nil {
		t.Errorf("%v", got)
	}
}
