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
