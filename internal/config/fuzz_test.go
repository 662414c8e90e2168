package config_test

import (
	"testing"
	"time"

	"lintel/internal/config"
	"lintel/internal/cputime/cputimetest"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// FuzzParse checks that no text makes the reader of configurations panic or hang, and that the text of a valid one merges
// with itself.
func FuzzParse(f *testing.F) {
	f.Add("profile: strict\nrules:\n  function-url-auth-none: high\nskip: [a]\n")
	f.Add("ignore:\n  - rule: a\n    path: \"**/*.tf\"\n    reason: b\n    until: 2026-01-01\n")
	f.Add("trusted-accounts: [123456789012, \"x\"]\nno-ignore: &a [*a]\nmax-ignore-days: -1\n")
	f.Add("gaps: {module: fail}\nfail-on: low\npolicies: [../x]\nthird-party: false\n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		cputimetest.Limit(t, 2*time.Second)
		ids := finding.IDsOf([]finding.Rule{{ID: "function-url-auth-none"}, {ID: "a"}})
		conf, err := config.Parse("c", source.NewFile(".lintel.yaml", []byte(text)), ids)
		if err == nil {
			config.Strictest(conf, conf, nil)
		}
	})
}
