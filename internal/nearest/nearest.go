// Package nearest suggests a known word for a mistyped one.
package nearest

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// A suggestion differs from the word in at most one of every few letters, but always in at least minDistance. maxWord bounds
// the time: no known word is as long.
const (
	few         = 3
	minDistance = 1
	maxWord     = 100
	minPrefix   = 3
)

// Word returns the candidate that is most similar to a word; case does not count. If none is similar enough, it returns the
// first one that begins with the word, or "".
func Word(word string, candidates []string) string {
	if len(word) > maxWord {
		return ""
	}
	word = strings.ToLower(word)
	best, limit := "", max(minDistance, (len(word)+1)/few)+1
	sorted := slices.Sorted(slices.Values(candidates))
	for _, candidate := range sorted {
		if d := levenshtein.ComputeDistance(word, strings.ToLower(candidate)); d < limit {
			best, limit = candidate, d
		}
	}
	if best == "" && len(word) >= minPrefix {
		if i := slices.IndexFunc(sorted, func(c string) bool { return strings.HasPrefix(strings.ToLower(c), word) }); i >= 0 {
			best = sorted[i]
		}
	}
	return best
}

// Hint returns "; did you mean WORD?" with the nearest candidate, or otherwise, if there is none.
func Hint(word string, candidates []string, otherwise string) string {
	if best := Word(word, candidates); best != "" {
		return "; did you mean " + best + "?"
	}
	return otherwise
}
