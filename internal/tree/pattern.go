package tree

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// maxPattern is the length of a pattern that is read.
const maxPattern = 4096

// ExcludesWildcard reports whether no text that a regular expression matches as a whole contains a wildcard of IAM. It is
// false for a pattern that Go does not parse.
func ExcludesWildcard(pattern string) bool {
	if pattern == "" || len(pattern) > maxPattern {
		return false
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	return err == nil && !matchesWildcard(parsed)
}

// matchesWildcard reports whether a part of a pattern may match a text with a wildcard. Its depth is limited by the parser.
func matchesWildcard(re *syntax.Regexp) bool {
	switch re.Op { //nolint:exhaustive // the others match no character themselves
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return true
	case syntax.OpLiteral:
		return hasWildcard(string(re.Rune))
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			low, high := re.Rune[i], re.Rune[i+1]
			if strings.ContainsFunc("*?", func(r rune) bool { return low <= r && r <= high }) {
				return true
			}
		}
	}
	return slices.ContainsFunc(re.Sub, matchesWildcard)
}

// maxAlternatives is the number of texts that a pattern may stand for to be read as their list.
const maxAlternatives = 32

// Alternatives returns the texts that a regular expression matches as a whole, nil if they are many or no list. Anchors may stand
// at its ends only: ^a|b$ has two ends.
func Alternatives(pattern string) []string {
	if pattern == "" || len(pattern) > maxPattern {
		return nil
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	parts := []*syntax.Regexp{parsed}
	if parsed.Op == syntax.OpConcat {
		parts = parsed.Sub
	}
	if parts[0].Op == syntax.OpBeginText {
		parts = parts[1:]
	}
	if last := len(parts) - 1; last >= 0 && parts[last].Op == syntax.OpEndText {
		parts = parts[:last]
	}
	texts, ok := sequences(parts)
	if !ok || len(texts) < 2 {
		return nil
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

// alternatives returns the texts of a part of a pattern. Its depth is limited by the parser.
func alternatives(re *syntax.Regexp) (texts []string, ok bool) {
	switch re.Op { //nolint:exhaustive // the others match too much
	case syntax.OpLiteral:
		return []string{string(re.Rune)}, re.Flags&syntax.FoldCase == 0
	case syntax.OpEmptyMatch:
		return []string{""}, true
	case syntax.OpCharClass:
		return charactersOf(re.Rune)
	case syntax.OpCapture:
		return alternatives(re.Sub[0])
	case syntax.OpQuest:
		texts, ok = alternatives(re.Sub[0])
		return append(texts, ""), ok
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			more, ok := alternatives(sub)
			if texts = append(texts, more...); !ok || len(texts) > maxAlternatives {
				return nil, false
			}
		}
		return texts, true
	case syntax.OpConcat:
		return sequences(re.Sub)
	}
	return nil, false
}

// charactersOf returns the characters in pairs of the first and last of a range.
func charactersOf(ranges []rune) (texts []string, ok bool) {
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if texts = append(texts, string(r)); len(texts) > maxAlternatives {
				return nil, false
			}
		}
	}
	return texts, true
}

// sequences returns the texts of parts of a pattern that follow each other.
func sequences(parts []*syntax.Regexp) (texts []string, ok bool) {
	texts = []string{""}
	for _, part := range parts {
		more, ok := alternatives(part)
		if !ok || len(texts)*len(more) > maxAlternatives {
			return nil, false
		}
		var longer []string
		for _, text := range texts {
			for _, next := range more {
				longer = append(longer, text+next)
			}
		}
		texts = longer
	}
	return texts, true
}
