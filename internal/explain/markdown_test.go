package explain_test

import (
	"strings"
	"testing"

	"lintel/internal/explain"
)

func TestMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"a":             "`a`",
		"a`b":           "``a`b``",
		"`":             "`` ` ``",
		"":              "`  `",
		"a\nb\x00\x1b[": "`a b[`",
	} {
		if got := explain.Code(text); got != want {
			t.Errorf("%q is %s, not %s", text, got, want)
		}
	}
	if got, want := explain.Plain("<b> [x](javascript:1) *y* a_b"), `\<b\> \[x\]\(javascript\:1\) \*y\* a\_b`; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if got := explain.Plain(strings.Repeat("x", 500)); len([]rune(got)) != 201 {
		t.Errorf("%d characters, not 200 and an ellipsis", len([]rune(got)))
	}
}
