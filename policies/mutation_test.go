package policies_test

import (
	"os"
	"testing"

	"lintel/internal/ruletest"
)

// TestOneUnknown makes every single attribute of every template unknown in turn. Exceptions are in the directory of
// the rule.
func TestOneUnknown(t *testing.T) {
	tester := ruletest.Tester{Set: compiled(t), Today: today}
	for _, rule := range tester.Set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			for _, failure := range tester.OneUnknown(t.Context(), rule.ID, os.DirFS("."), folder(rule.ID)) {
				t.Errorf("%s/%s", folder(rule.ID), failure)
			}
		})
	}
}
