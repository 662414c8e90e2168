package baseline_test

import (
	"bytes"
	"testing"
	"time"

	"lintel/internal/baseline"
	"lintel/internal/cputime/cputimetest"
)

// FuzzParse checks that no text makes the reader of baselines panic or hang, and that a valid one is read as it is written.
func FuzzParse(f *testing.F) {
	f.Add(string(baseline.Baseline{}.Marshal()))
	f.Add("{\"version\": 2, \"entries\": [\n{\"rule\": \"a\", \"unit\": \"b\", \"facts\": \"c\"},\n{}\n]}")
	f.Add("{\"version\": 1}")
	f.Fuzz(func(t *testing.T, text string) {
		cputimetest.Limit(t, 2*time.Second)
		b, err := baseline.Parse("b", []byte(text))
		if err == nil {
			written := b.Marshal()
			again, err := baseline.Parse("b", written)
			if err != nil || !bytes.Equal(again.Marshal(), written) {
				t.Errorf("%v: %s", err, written)
			}
		}
	})
}
