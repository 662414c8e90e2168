package cli

import (
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
)

// FuzzParameters checks that no file of parameters makes its reader panic or hang.
func FuzzParameters(f *testing.F) {
	f.Add([]byte(`[{"ParameterKey": "A", "ParameterValue": "b"}, {"ParameterKey": "C", "UsePreviousValue": true}]`))
	f.Add([]byte(`["A=b", "C="]`))
	f.Add([]byte(`{"Parameters": {"A": [1, {"b": null}]}}`))
	f.Add([]byte("\xff\xfe[\x00]\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		cputimetest.Limit(t, 2*time.Second)
		_ = parseParameters(content, map[string]string{}) // an error is right for most texts
	})
}
