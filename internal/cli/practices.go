package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/pflag"

	"lintel/internal/finding"
)

func registerPractices(flags *pflag.FlagSet, practices *[]string, usage string) {
	flags.StringSliceVar(practices, "practice", nil, usage)
}

// findPractices resolves numbers and names of practices. The error suggests the most similar name and lists all.
func findPractices(words []string) ([]finding.Practice, error) {
	var found []finding.Practice
	for _, word := range words {
		p, ok := finding.ParsePractice(word)
		if !ok {
			return nil, unknownPractice(word)
		}
		found = append(found, p)
	}
	return found, nil
}

func unknownPractice(word string) error {
	nearest, best := "", len(word)+1
	var all []string
	for _, p := range finding.Practices() {
		all = append(all, fmt.Sprintf("%d %s", p.Number, p.Slug))
		if distance := levenshtein.ComputeDistance(word, p.Slug); distance < best {
			nearest, best = p.Slug, distance
		}
	}
	hint := ""
	if _, err := strconv.Atoi(word); err != nil && nearest != "" {
		hint = fmt.Sprintf(" did you mean %s?", nearest)
	}
	return fmt.Errorf("there is no practice %q;%s the practices are %s", word, hint, strings.Join(all, ", "))
}

// ofPractices reports whether a rule checks a sentence of one of the practices.
func ofPractices(practices []finding.Practice, r finding.Rule) bool {
	return slices.ContainsFunc(practices, func(p finding.Practice) bool { return p.Covers(r) })
}

// rulesOf returns the ids of the rules of the practices.
func rulesOf(practices []finding.Practice, all []finding.Rule) []string {
	var ids []string
	for _, r := range all {
		if ofPractices(practices, r) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}
