package cli

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"lintel/internal/finding"
)

// TestPeersSelect checks that --rule and explain accept every check in docs/peers.json, with and without the name of its
// tool, and that it selects at least the rules that the table names.
func TestPeersSelect(t *testing.T) {
	content, err := os.ReadFile("../../docs/peers.json")
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Checks []struct {
			Tool, Check string
			Rules       map[string][]string
		}
	}
	if err := json.Unmarshal(content, &table); err != nil {
		t.Fatal(err)
	}
	set, err := rules()
	if err != nil {
		t.Fatal(err)
	}
	ids := finding.IDsOf(allRules(set))
	if len(table.Checks) == 0 {
		t.Error("the table is empty")
	}
	for _, check := range table.Checks {
		selected := ids.Select(check.Check)
		for rule := range check.Rules {
			if _, exists := ids.Resolve(rule); exists && !slices.Contains(selected, rule) {
				t.Errorf("%s %s selects %v, not %s", check.Tool, check.Check, selected, rule)
			}
		}
	}
}
