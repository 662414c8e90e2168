package cli

import (
	"testing"
	"time"
)

// FuzzParameters checks that no file of parameters makes its reader panic or hang.
func FuzzParameters(f *testing.F) {
	f.Add([]byte(`[{"ParameterKey": "A", "ParameterValue": "b"}, {"ParameterKey": "C", "UsePreviousValue": true}]`))
	f.Add([]byte(`["A=b", "C="]`))
	f.Add([]byte(`{"Parameters": {"A": [1, {"b": null}]}}`))
	f.Add([]byte("\xff\xfe[\x00]\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		start := time.Now()
		_ = parseParameters(content, map[string]string{}) // an error is right for most texts
		if time.Since(start) > 2*time.Second {
			t.Error("too slow")
		}
	})
}
