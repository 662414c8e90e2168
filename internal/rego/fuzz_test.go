package rego_test

import (
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/rego"
)

// FuzzParseJSON checks that no text makes the reader of JSON in rules panic or hang.
func FuzzParseJSON(f *testing.F) {
	f.Add(`{"a": [1, 2.5e300, "x", null, true, {}]}`)
	f.Add(`[1e999999999]`)
	f.Add(`[[[[`)
	f.Fuzz(func(t *testing.T, text string) {
		cputimetest.Limit(t, 2*time.Second)
		_, _ = rego.ParseJSON(text) // an error is right for most texts
	})
}
