package nearest_test

import (
	"strings"
	"testing"

	"lintel/internal/nearest"
)

func TestWord(t *testing.T) {
	known := []string{"tracing-disabled", "tracing-missing", "module", "macro", "rule", "rules"}
	for word, want := range map[string]string{
		"tracing-disable": "tracing-disabled", "TRACING-DISABLED": "tracing-disabled", "modules": "module", "rul": "rule", "rulse": "rule",
		"nothing": "", "x": "", "": "", "tracing": "tracing-disabled", "tr": "", "macor": "macro", "makro": "macro",
		strings.Repeat("rule", 1000): "",
	} {
		if got := nearest.Word(word, known); got != want {
			t.Errorf("%q: %q, not %q", word, got, want)
		}
	}
	if got := nearest.Hint("zzz", known, "; none"); got != "; none" {
		t.Error(got)
	}
	if got := nearest.Hint("modul", known, ""); got != "; did you mean module?" {
		t.Error(got)
	}
}
