package cputime

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestRemaining(t *testing.T) {
	const limit = 10 * time.Second
	for name, tt := range map[string]struct {
		used, onClock time.Duration
		tasks         int64
		want          time.Duration
	}{
		"nothing used":                      {0, 10 * time.Second, 1, limit},
		"a busy machine":                    {time.Second, 50 * time.Second, 1, 9 * time.Second},
		"all used":                          {limit, limit, 1, 0},
		"with another task":                 {limit, limit, 2, 5 * time.Second},
		"no task":                           {limit, limit, 0, 0},
		"a task that waits for too long":    {0, 100 * time.Second, 1, 0},
		"a task that waits for almost that": {0, 99 * time.Second, 1, time.Second},
	} {
		if got := remaining(limit, tt.used, tt.onClock, tt.tasks); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// TestWithLimit checks that a task that works ends at its limit, one that waits does not, and neither after a long time.
func TestWithLimit(t *testing.T) {
	cause := errors.New("too long")
	ctx, stop := WithLimit(t.Context(), 20*time.Millisecond, cause)
	defer stop()
	for ctx.Err() == nil {
		part, stopPart := WithLimit(ctx, time.Minute, cause)
		if part.Err() != nil && ctx.Err() == nil {
			t.Error("a part ends before its limit")
		}
		stopPart()
	}
	if !errors.Is(context.Cause(ctx), cause) {
		t.Errorf("cause %v", context.Cause(ctx))
	}
	stop()
	if n := running.Load(); n != 0 {
		t.Errorf("%d tasks run", n)
	}
	synctest.Test(t, func(t *testing.T) { // the processor is almost idle, whatever this clock shows
		ctx, stop := WithLimit(t.Context(), 30*time.Second, cause)
		defer stop()
		time.Sleep(patience*30*time.Second - time.Second)
		if ctx.Err() != nil {
			t.Error("a task that waits is stopped")
		}
		time.Sleep(2 * time.Second)
		if !errors.Is(context.Cause(ctx), cause) {
			t.Error("a task that waits for too long is not stopped")
		}
	})
}
