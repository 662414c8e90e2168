package finding

import (
	"slices"
	"strings"
)

// Conditions are written "IsProd is true and HasVPC is false"; several of them are alternatives.

// either returns the condition under which one of several holds, as short as it can be said: a
// condition that does not matter is left out.
func either(whens []string) string {
	terms := make([][]string, 0, len(whens))
	for _, when := range whens {
		if when == "" {
			return ""
		}
		term := strings.Split(when, " and ")
		slices.Sort(term)
		terms = append(terms, term)
	}
	if len(terms) > maxTerms {
		return common(terms)
	}
	for shorter := true; shorter; {
		terms, shorter = combine(terms)
	}
	var texts []string
	for _, term := range terms {
		if len(term) == 0 {
			return ""
		}
		texts = append(texts, strings.Join(term, " and "))
	}
	slices.Sort(texts)
	return strings.Join(texts, " or ")
}

// maxTerms is how many alternatives are worth being made shorter.
const maxTerms = 64

// common is what many alternatives have in common.
func common(terms [][]string) string {
	shared := slices.DeleteFunc(slices.Clone(terms[0]), func(condition string) bool {
		return slices.ContainsFunc(terms, func(term []string) bool { return !slices.Contains(term, condition) })
	})
	if len(shared) == 0 {
		return "some of the conditions hold"
	}
	return strings.Join(shared, " and ")
}

// combine joins two terms that differ in one condition only, which then does not matter.
func combine(terms [][]string) ([][]string, bool) {
	for i := range terms {
		for j := i + 1; j < len(terms); j++ {
			if common, ok := joint(terms[i], terms[j]); ok {
				rest := slices.Delete(slices.Clone(terms), j, j+1)
				rest[i] = common
				return rest, true
			}
		}
	}
	return terms, false
}

// joint returns what two terms have in common when they are opposite in one condition and the same
// in all others, or when one says all that the other does.
func joint(a, b []string) ([]string, bool) {
	switch {
	case contains(a, b):
		return b, true
	case contains(b, a):
		return a, true
	case len(a) != len(b):
		return nil, false
	}
	var common []string
	differences := 0
	for i := range a {
		switch {
		case a[i] == b[i]:
			common = append(common, a[i])
		case opposite(a[i], b[i]):
			differences++
		default:
			return nil, false
		}
	}
	return common, differences == 1
}

func contains(all, some []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

func opposite(a, b string) bool {
	name, _, _ := strings.Cut(a, " is ")
	other, _, _ := strings.Cut(b, " is ")
	return name == other && a != b
}
