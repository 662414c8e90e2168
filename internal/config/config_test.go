package config_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/suppress"
)

// TestGapsOption checks the values of --gaps, and that of two configurations the stricter one counts.
func TestGapsOption(t *testing.T) {
	all := func(fails bool) map[finding.GapCause]bool {
		gaps := map[finding.GapCause]bool{}
		for _, cause := range finding.GapCauses() {
			gaps[cause] = fails
		}
		return gaps
	}
	butModule := all(true)
	butModule[finding.GapModule] = false
	for text, want := range map[string]map[finding.GapCause]bool{
		"": {}, "warn": all(false), "fail": all(true), "module=fail": {finding.GapModule: true}, "fail,module=warn": butModule,
		"always": nil, "modules=fail": nil, "module=": nil, "=fail": nil,
	} {
		got, err := config.ParseGaps(slices.DeleteFunc(strings.Split(text, ","), func(s string) bool { return s == "" }))
		if diff := cmp.Diff(want, got); diff != "" || (err == nil) != (want != nil) {
			t.Errorf("%q: %v %s", text, err, diff)
		}
	}
	strict := config.Strictest(config.Config{Gaps: map[finding.GapCause]bool{finding.GapModule: true}}, config.Config{Gaps: map[finding.GapCause]bool{finding.GapMacro: true}}, nil)
	if !strict.Gaps[finding.GapModule] || !strict.Gaps[finding.GapMacro] || strict.Gaps[finding.GapCDK] {
		t.Errorf("%v", strict.Gaps)
	}
}

func TestParse(t *testing.T) {
	rules := finding.IDsOf([]finding.Rule{{ID: "tracing-disabled", Aliases: []string{"no-xray"}}, {ID: "role-shared"}})
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
		{"former ids, in any case", "skip: [No-XRay]\nno-ignore: [ROLE-SHARED]\nrules:\n  no-xray: {severity: low}\n", config.Config{
			Skip: []string{"tracing-disabled"}, NoIgnore: []string{"role-shared"},
			Severities: map[string]finding.Severity{"tracing-disabled": finding.Low},
		}, ""},
		{"suppression", "max-ignore-days: 90\nthird-party: false\nignore:\n- {constructs: [S/Log*/**], rules: [no-xray], reason: not ours, until: 2027-03-01}\n", config.Config{
			MaxIgnoreDays: 90, NoThirdParty: true,
			Ignore: []suppress.Pattern{{
				Constructs: []string{"S/Log*/**"}, Rules: []string{"tracing-disabled"}, Reason: "not ours",
				Until: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), Line: 4,
			}},
		}, ""},
		{"days", "max-ignore-days: 0\n", config.Config{}, `.lintel.yaml:1: "0" must be a number of days, at least 1`},
		{"yes", "third-party: no\n", config.Config{}, `.lintel.yaml:1: "no" must be one of true, false`},
		{"nowhere", "ignore:\n- reason: x\n", config.Config{}, `.lintel.yaml:2: must have paths (patterns such as vendor/**) or constructs (patterns such as Stack/LogRetention*/**)`},
		{"gaps of a cause", "gaps: {module: fail, macro: warn}\n", config.Config{Gaps: map[finding.GapCause]bool{finding.GapModule: true, finding.GapMacro: false}}, ""},
		{"gaps of no cause", "gaps: {modules: fail}\n", config.Config{}, `.lintel.yaml:1: unknown key "modules"; did you mean module?`},
		{"gaps of no kind", "gaps: always\n", config.Config{}, `.lintel.yaml:1: "always" must be one of warn, fail`},
		{"duplicate key", "skip: []\nprofile: all\nskip: []\n", config.Config{}, `.lintel.yaml:3: duplicate key "skip"; the first one is on line 1`},
		{"duplicate rule", "rules:\n  role-shared: off\n  role-shared: off\n", config.Config{}, `.lintel.yaml:3: duplicate key "role-shared"; the first one is on line 2`},
		{"second document", "skip: []\n---\nprofile: all\n", config.Config{}, `.lintel.yaml:3: the file has more than one YAML document; keep one`},
		{"mistyped key", "a:\nprofil: strict\n", config.Config{}, `.lintel.yaml:1: unknown key "a"; the keys are access, extend-rules, extends, fail-on, gaps, ignore, max-file-size, max-ignore-days, no-ignore, params, policies, profile, rules, skip, stacks, third-party, trusted-accounts, var-files, vars, workspace`},
		{"nearest key", "profil: strict\n", config.Config{}, `.lintel.yaml:1: unknown key "profil"; did you mean profile?`},
		{"nearest rule", "skip:\n  - tracing-disable\n", config.Config{}, `.lintel.yaml:2: there is no rule "tracing-disable"; did you mean tracing-disabled?`},
		{"nearest setting", "rules:\n  role-shared:\n    sevirity: low\n", config.Config{}, `.lintel.yaml:3: unknown key "sevirity"; did you mean severity?`},
		{"value", "profile: paranoid\n", config.Config{}, `.lintel.yaml:1: "paranoid" must be one of default, strict, all`},
		{"info never fails", "fail-on: info\n", config.Config{}, `.lintel.yaml:1: "info" must be one of low, medium, high, critical`},
		{"account", "trusted-accounts: [12]\n", config.Config{}, `.lintel.yaml:1: "12" must be an AWS account ID: 12 digits, in quotes`},
		{"list", "skip: role-shared\n", config.Config{}, `.lintel.yaml:1: must be a list`},
		{"no mapping", "- a\n", config.Config{}, `.lintel.yaml:1: must be a mapping of keys to values`},
		{"broken", "a: [\n", config.Config{}, `.lintel.yaml: line 1: did not find expected node content`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := config.Parse(config.Name, source.NewFile(config.Name, []byte(tt.text)), rules)
			message := ""
			if err != nil {
				message, got = err.Error(), config.Config{}
			}
			if message != tt.err {
				t.Errorf("error %q, want %q", message, tt.err)
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreFields(config.Config{}, "File")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestStrictestExtends checks that a change can add rules to the profile and cannot remove them.
func TestStrictestExtends(t *testing.T) {
	base, changed := config.Config{Extend: []string{"b", "a"}}, config.Config{Extend: []string{"c", "a"}}
	if diff := cmp.Diff([]string{"a", "b", "c"}, config.Strictest(base, changed, nil).Extend); diff != "" {
		t.Error(diff)
	}
}
