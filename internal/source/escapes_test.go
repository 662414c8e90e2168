package source_test

import (
	"testing"

	"lintel/internal/source"
)

func TestUnescaped(t *testing.T) {
	for text, want := range map[string]string{
		`plain`: `plain`, `\u0052esources`: `Resources`, `\x52esources`: `Resources`, `\U00000052esources`: `Resources`,
		"Res\\\n   ources": "Resources", "Res\\\r\n\tources": "Resources", `\\u0052`: `\\u0052`, `\u00`: `\u00`, `\`: `\`, `a\n`: `a\n`, `\uzzzz`: `\uzzzz`,
	} {
		if got := string(source.Unescaped([]byte(text))); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
