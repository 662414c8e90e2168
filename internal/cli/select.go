package cli

import (
	"fmt"
	"slices"

	"github.com/agnivade/levenshtein"

	"lintel/internal/check"
	"lintel/internal/config"
	"lintel/internal/finding"
)

// selectRules turns the flags and the configuration into a selection; a name that no rule has is
// an error.
func selectRules(all []finding.Rule, flags checkFlags, conf config.Config) (check.Selection, error) {
	profile, err := oneOf("profile", flags.profile, finding.Profiles())
	if err != nil {
		return check.Selection{}, err
	}
	if conf.Profile != "" && !flags.given("profile") {
		profile = conf.Profile
	}
	for _, id := range slices.Concat(flags.only, flags.skip) {
		if _, err := findRule(all, id); err != nil {
			return check.Selection{}, err
		}
	}
	skip := flags.skip
	if len(flags.only) == 0 { // who asks for a rule gets it
		skip = slices.Concat(skip, conf.Skip)
	}
	return check.Selection{Profile: profile, Only: flags.only, Skip: skip, Severities: conf.Severities}, nil
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
	if nearest == "" {
		return finding.Rule{}, fmt.Errorf("there is no rule %q; lintel rules lists them all", id)
	}
	return finding.Rule{}, fmt.Errorf("there is no rule %q; did you mean %s? lintel rules lists them all", id, nearest)
}

func ids(all []finding.Rule) []string {
	out := make([]string, len(all))
	for i := range all {
		out[i] = all[i].ID
	}
	return out
}
