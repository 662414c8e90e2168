package tree_test

import (
	"strings"
	"testing"

	"lintel/internal/tree"
)

func TestExcludesWildcard(t *testing.T) {
	for pattern, want := range map[string]bool{ // any order: each is a test of its own
		"": false, ".*": false, ".+": false, `\d{12}`: true, `^[0-9]{12}$`: true, "[a-zA-Z0-9-_]*": true, "^[^*]+$": false, "[^*?]+": true,
		`arn:aws:iam::\d{12}:role/[\w+=,.@-]+`: true, `arn:aws:s3:::.*`: false, `[ -~]*`: false, `\*`: false, `\S+`: false, "a|b": true,
		"a|[*]": false, "(a": false, `(?=a)b`: false, "^$|^https://[a-z]+$": true, "^$|^https?://[a-z]+$": true,
	} {
		if got := tree.ExcludesWildcard(pattern); got != want {
			t.Errorf("%q excludes wildcards: %v", pattern, got)
		}
	}
}

func TestAlternatives(t *testing.T) {
	for pattern, want := range map[string]string{ // any order: each is a test of its own
		"": "", "a|b": "a b", "^(a|b)$": "a b", "^(?:dev|prod)-eu$": "dev-eu prod-eu", "^a|b$": "", "(^a|b$)": "", "x[12]?": "x x1 x2",
		"^only$": "", "a+": "", "(?i)a|b": "A B a b", "(?i)ab|cd": "", "[a-z]{2}": "", "(a": "", "dev|test|prod": "dev prod test", "(a|b)(c|d)": "ac ad bc bd",
		"[a-z][a-z]": "", "^$": "", "^": "", strings.Repeat("a|", 5000): "",
	} {
		if got := strings.Join(tree.Alternatives(pattern), " "); got != want {
			t.Errorf("%.20q stands for %q, want %q", pattern, got, want)
		}
	}
}
