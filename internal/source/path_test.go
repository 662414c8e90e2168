package source_test

import (
	"testing"
	"testing/fstest"

	"lintel/internal/source"
)

func TestHolds(t *testing.T) {
	for _, tt := range []struct {
		dir, p string
		want   bool
	}{
		{".", "a/b", true},
		{".", ".", true},
		{"a", "a", true},
		{"a", "a/b", true},
		{"a", "ab", false},
		{"a/b", "a", false},
	} {
		if got := source.Holds(tt.dir, tt.p); got != tt.want {
			t.Errorf("Holds(%q, %q) = %v", tt.dir, tt.p, got)
		}
	}
}

func TestIsMissing(t *testing.T) {
	files := fstest.MapFS{"a/b": {}}
	for name, want := range map[string]bool{"a": false, "a/b": false, "c": true} {
		if got := source.IsMissing(files, name); got != want {
			t.Errorf("IsMissing(%q) = %v", name, got)
		}
	}
}
