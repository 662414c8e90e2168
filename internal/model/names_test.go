package model

import "testing"

// TestMayBeEqual checks which patterns with unknown parts can stand for the same text.
func TestMayBeEqual(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"a", "a", true},
		{"a", "b", false},
		{"${x}-a", "${x}-a", true},
		{"${x}-a", "${x}-b", false},
		{"${x}-a", "${y}-b", false},
		{"${x}-a", "${y}-a", true},
		{"a-${x}", "b-${x}", false},
		{"a-${x}", "b-${y}", false},
		{"a-${x}-b", "a-${y}-b", true},
		{"${x}", "${x}-a", false},
		{"${x}", "${y}-a", true},
		{"${x}", "a${x}", false},
		{"${x}${y}", "${x}", true}, // y may be empty
		{"${x}a${y}", "${x}b${y}", false},
		{"${x}", "a", true},
		{"${x}-b", "a", false},
		{"${}", "${}", true},
		{"${}-a", "${}-a-b", false},
		{"${}-a", "${}-b-a", true}, // two different unknown parts
		{"a}", "${x}", true},
	} {
		for _, got := range []bool{mayBeEqual(tt.a, tt.b), mayBeEqual(tt.b, tt.a)} {
			if got != tt.want {
				t.Errorf("%s and %s: %v", tt.a, tt.b, got)
			}
		}
	}
}
