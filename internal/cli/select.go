package cli

import (
	"fmt"
	"slices"

	"github.com/agnivade/levenshtein"

	"lintel/internal/check"
	"lintel/internal/finding"
)

// selectRules turns the flags into a selection; a name that no rule has is an error.
func selectRules(all []finding.Rule, flags checkFlags) (check.Selection, error) {
	profile, err := oneOf("profile", flags.profile, finding.Profiles())
	if err != nil {
		return check.Selection{}, err
	}
	for _, id := range slices.Concat(flags.only, flags.skip) {
		if _, err := findRule(all, id); err != nil {
			return check.Selection{}, err
		}
	}
	return check.Selection{Profile: profile, Only: flags.only, Skip: flags.skip}, nil
}

// findRule returns the rule with an id; the error names the nearest one.
func findRule(all []finding.Rule, id string) (finding.Rule, error) {
	nearest, best := "", len(id)+1
	for _, r := range all {
		if r.ID == id {
			return r, nil
		}
		if distance := levenshtein.ComputeDistance(id, r.ID); distance < best {
			nearest, best = r.ID, distance
		}
	}
	return finding.Rule{}, fmt.Errorf("there is no rule %q; did you mean %s? lintel rules lists them all", id, nearest)
}
