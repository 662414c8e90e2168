package tree_test

import (
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
