package policies_test

import (
	"flag"
	"os"
	"testing"

	"lintel/internal/ruletest"
)

var unread = flag.Bool("unread", false, "make also attributes unknown that a rule does not read, which must not change its result")

// TestOneUnknown makes every single attribute that a rule reads unknown in turn, in every template. Exceptions are in the directory of
// the rule.
func TestOneUnknown(t *testing.T) {
	tester := ruletest.Tester{Set: compiled(t), Today: today, Unread: *unread}
	for _, rule := range tester.Set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			for _, failure := range tester.OneUnknown(t.Context(), rule.ID, os.DirFS("."), folder(rule.ID)) {
				t.Errorf("%s/%s", folder(rule.ID), failure)
			}
		})
	}
}
