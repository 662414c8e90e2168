package cloudformation

import "testing"

// TestCrossedLoopVariables checks that loop variables whose values contain each other's names are replaced at once: one after the
// other, the result depends on the order of a map.
func TestCrossedLoopVariables(t *testing.T) {
	r := &resolver{loop: map[string]string{"A": "${B}", "B": "${A}", "C": "&{A}"}}
	for range 50 {
		if got, want := r.replaceLoopVariables("${A}-${B}-${C}-&{C}"), "${B}-${A}-&{A}-A"; got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	}
}
