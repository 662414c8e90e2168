package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"lintel/internal/finding"
	"lintel/internal/nearest"
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
	var all, names []string
	for _, p := range finding.Practices() {
		all = append(all, fmt.Sprintf("%d %s", p.Number, p.Slug))
		names = append(names, p.Slug)
	}
	return fmt.Errorf("there is no practice %q%s the practices are %s", word, nearest.Hint(word, names, ";"), strings.Join(all, ", "))
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
