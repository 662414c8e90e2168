package policies_test

import (
	"os"
	"strings"
	"testing"

	"lintel/internal/finding"
	"lintel/internal/suppress"
)

// TestReleased holds that every id that a release ever had still names a rule: suppressions,
// configurations and baselines have it. At a release the new ids are added; none is ever removed.
func TestReleased(t *testing.T) {
	content, err := os.ReadFile("released.txt")
	if err != nil {
		t.Fatal(err)
	}
	ids := finding.IDsOf(append(compiled(t).Rules(), suppress.Rules()...))
	names := strings.Fields(string(content))
	if len(names) < 92 {
		t.Errorf("released.txt has %d ids; v0.1.0 alone had 92", len(names))
	}
	for _, name := range names {
		if _, ok := ids.Resolve(name); !ok {
			t.Errorf("%s names no rule any more; make it one of the aliases of the rule that it has become", name)
		}
	}
}
