package cli

import (
	"fmt"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/nearest"
)

// ruleIDs resolves words that select rules to ids: names, patterns, categories, and checks of other tools.
func ruleIDs(all []finding.Rule, words []string) ([]string, error) {
	known := finding.IDsOf(all)
	var ids []string
	for _, word := range words {
		selected := known.Select(word)
		if len(selected) == 0 {
			return nil, unknownRule(known, word)
		}
		ids = append(ids, selected...)
	}
	return ids, nil
}

func unknownRule(known finding.IDs, word string) error {
	return fmt.Errorf("there is no rule %q%s", word, nearest.Hint(word, known.All(), "")+" (lintel rules lists all rules)")
}

// findRules returns the rules that a word selects.
func findRules(all []finding.Rule, word string) ([]finding.Rule, error) {
	ids, err := ruleIDs(all, []string{word})
	if err != nil {
		return nil, err
	}
	var found []finding.Rule
	for _, r := range all {
		if slices.Contains(ids, r.ID) {
			found = append(found, r)
		}
	}
	return found, nil
}
