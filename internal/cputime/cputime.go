// Package cputime limits tasks by the time that processors spend on them, so that a busy machine stops nothing that an idle one
// finishes.
package cputime

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// patience is how many times its limit a task may take on the clock: it may wait for something without using a processor.
const patience = 10

// shortest is the shortest time between two looks at a task.
const shortest = 10 * time.Millisecond

// resolution is the shortest time that can be measured. A shorter limit is over at once.
const resolution = time.Microsecond

// running is the number of tasks, without those that are parts of others.
var running atomic.Int64 //nolint:gochecknoglobals // the processors are those of the process, too

type partKey struct{}

// WithLimit returns a context that ends with a cause when a task has used a processor for longer than a limit. The process
// measures the time of all its tasks together, so the time of one is taken for an equal share of it.
func WithLimit(ctx context.Context, limit time.Duration, cause error) (context.Context, context.CancelFunc) {
	if ctx.Value(partKey{}) == nil {
		ctx = context.WithValue(ctx, partKey{}, true)
		running.Add(1)
		return watched(ctx, limit, cause, func() { running.Add(-1) })
	}
	return watched(ctx, limit, cause, func() {})
}

func watched(ctx context.Context, limit time.Duration, cause error, ended func()) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancelCause(ctx)
	begin, used := time.Now(), Used() //nolint:forbidigo // a duration, no date
	var mu sync.Mutex
	var timer *time.Timer
	look := func() {
		mu.Lock()
		defer mu.Unlock()
		left := remaining(limit, since(used), time.Since(begin), running.Load())
		if left <= 0 {
			end(cause)
		} else if ctx.Err() == nil {
			timer.Reset(max(left, shortest))
		}
	}
	if limit < resolution {
		end(cause)
	}
	mu.Lock()
	timer = time.AfterFunc(limit, look) // before, it cannot have used more
	mu.Unlock()
	return ctx, sync.OnceFunc(func() {
		end(nil)
		ended()
		mu.Lock()
		defer mu.Unlock()
		timer.Stop()
	})
}

// remaining returns how long a task may go on at least, if the process has used processors for some time since it began, with a
// number of tasks.
func remaining(limit, used, onClock time.Duration, tasks int64) time.Duration {
	share := used / time.Duration(max(tasks, 1))
	return min(limit-share, patience*limit-onClock)
}

// since returns for how long the process has used processors since then.
func since(then time.Duration) time.Duration { return Used() - then }
