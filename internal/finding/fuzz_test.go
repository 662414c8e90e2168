package finding_test

import (
	"testing"

	"lintel/internal/finding"
)

// FuzzParseFix checks that no declaration of a fix makes its reader panic.
func FuzzParseFix(f *testing.F) {
	f.Add([]byte(`{"set": "AWS_IAM", "unsafe": false}`))
	f.Add([]byte(`{"set": {"a": [1, null]}, "remove": true}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(_ *testing.T, text []byte) {
		_, _ = finding.ParseFix(text) // an error is right for most texts
	})
}
