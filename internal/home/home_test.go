package home

import "testing"

func TestPageOf(t *testing.T) {
	for _, tt := range []struct{ docs, url, want string }{
		{"", "", ""},
		{"", "https://code.example/o/lintel", "https://code.example/o/lintel/blob/main/docs/rules/a-rule.md"},
		{"https://docs.example/lintel", "https://code.example/o/lintel", "https://docs.example/lintel/rules/a-rule/"},
	} {
		if got := pageOf(tt.docs, tt.url, "a-rule"); got != tt.want {
			t.Errorf("%q, %q: %q, want %q", tt.docs, tt.url, got, tt.want)
		}
	}
}
