// Package cputimetest measures how long something takes in tests, on machines that do other work, too.
package cputimetest

import (
	"testing"
	"time"

	"lintel/internal/cputime"
)

// A Watch measures time from a moment on.
type Watch struct {
	began time.Time
	used  time.Duration // time of processors until then
}

// Start returns a watch that measures from now on.
func Start() Watch {
	return Watch{began: time.Now(), used: cputime.Used()} //nolint:forbidigo // a duration, no date
}

// Took returns the time since the start, on the clock or of processors, whichever is less: waiting for a processor does not
// count, nor do other tests of the process.
func (w Watch) Took() time.Duration { return min(time.Since(w.began), cputime.Used()-w.used) }

// Limit fails a test that takes longer than a limit from now to its end.
func Limit(tb testing.TB, limit time.Duration) {
	tb.Helper()
	watch := Start()
	tb.Cleanup(func() {
		tb.Helper()
		if took := watch.Took(); took > limit {
			tb.Errorf("too slow: %s, the limit is %s", took.Round(time.Millisecond), limit)
		}
	})
}
