package cli

import (
	"fmt"

	"github.com/agnivade/levenshtein"

	"lintel/internal/finding"
)

// ruleIDs resolves rule ids and aliases to ids.
func ruleIDs(all []finding.Rule, words []string) ([]string, error) {
	var ids []string
	for _, word := range words {
		r, err := findRule(all, word)
		if err != nil {
			return nil, err
		}
		ids = append(ids, r.ID)
	}
	return ids, nil
}

// findRule returns the rule with an id or alias. The error suggests the most similar id.
func findRule(all []finding.Rule, word string) (finding.Rule, error) {
	id, known := finding.IDsOf(all).Resolve(word)
	nearest, best := "", len(word)+1
	for _, r := range all {
		if known && r.ID == id {
			return r, nil
		}
		if distance := levenshtein.ComputeDistance(word, r.ID); distance < best {
			nearest, best = r.ID, distance
		}
	}
	if nearest == "" {
		return finding.Rule{}, fmt.Errorf("there is no rule %q; lintel rules lists all rules", word)
	}
	return finding.Rule{}, fmt.Errorf("there is no rule %q; did you mean %s? lintel rules lists all rules", word, nearest)
}
