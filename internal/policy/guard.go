package policy

import (
	"context"
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"
)

// limits are the limits of a custom rule for one stack.
type limits struct {
	time   time.Duration
	memory uint64 // bytes of live memory
}

// The limits of custom rules. A rule that exceeded one is not evaluated again. The total keeps enough of the 30 seconds
// of a unit for all other rules.
const (
	customTime   = 5 * time.Second
	customMemory = 256 << 20
	customLosses = 10 * time.Second       // total time of interrupted rules
	hurriedTime  = 100 * time.Millisecond // limit of a rule after that
)

// sampling is the interval of memory checks; grace is how long an interrupted rule may take to end.
const (
	sampling = 10 * time.Millisecond
	grace    = 500 * time.Millisecond
)

// guard evaluates untrusted rules, one at a time, because memory use cannot be attributed to concurrent rules.
type guard struct {
	allowed limits      // per rule and stack
	turn    *sync.Mutex // held during an evaluation, shared by several sets; nil: one set

	suspect atomic.Pointer[rule] // rule that is running, or was interrupted last and may still be running

	mu      sync.Mutex
	lost    time.Duration
	stopped map[*rule]error // rules that are not evaluated again, with the reason
}

// stoppedError is the error of a rule that exceeded a limit.
type stoppedError struct{ why string }

func (e stoppedError) Error() string { return e.why }

// run evaluates a rule, unless it was interrupted before. A rule that fails with another error may be evaluated again.
func (g *guard) run(ctx context.Context, r *rule, do func(context.Context) error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.stopped[r]; err != nil {
		return err
	}
	if g.turn != nil {
		g.turn.Lock()
		defer g.turn.Unlock()
	}
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	allowed := g.allowed
	if g.lost >= customLosses {
		allowed.time = hurriedTime
	}
	before := g.suspect.Swap(r)
	took, err := limited(ctx, allowed, do)
	if _, isStopped := err.(stoppedError); isStopped { //nolint:errorlint // limited returns it unwrapped
		g.lost += took
		if g.stopped == nil {
			g.stopped = map[*rule]error{}
		}
		g.stopped[r] = err
	} else {
		g.suspect.Store(before)
	}
	return err
}

// Suspect returns the id of a custom rule that may cause high memory use, or "".
func (s *Set) Suspect() string {
	for _, custom := range s.custom {
		if r := custom.guard.suspect.Load(); r != nil {
			return r.ID
		}
	}
	return ""
}

// limited calls do and cancels its context when it exceeds a limit. If do does not end then, limited returns anyway. A
// panic becomes an error. It returns the approximate duration of do.
func limited(ctx context.Context, allowed limits, do func(context.Context) error) (took time.Duration, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	done := make(chan error, 1)
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				done <- fmt.Errorf("failed with an internal error: %v", cause)
			}
		}()
		done <- do(ctx)
	}()
	end := time.NewTimer(allowed.time)
	defer end.Stop()
	ticks := time.NewTicker(sampling)
	defer ticks.Stop()
	before := inUse()
	for ctx.Err() == nil {
		select {
		case err := <-done:
			return took, err
		case <-ticks.C:
			took += sampling
			if grownBy(before, allowed.memory) {
				stop(stoppedError{fmt.Sprintf("exceeds the limit of %d MiB of memory", allowed.memory>>20)})
			}
		case <-end.C:
			took = allowed.time
			stop(stoppedError{fmt.Sprintf("exceeds the time limit of %s", allowed.time)})
		case <-ctx.Done():
		}
	}
	select {
	case <-done: //nolint:errcheck // the result after an interruption is ignored
	case <-time.After(grace):
	}
	return took, context.Cause(ctx)
}

// grownBy reports whether live memory has grown by a number of bytes; it collects garbage to be sure.
func grownBy(before, bytes uint64) bool {
	if inUse() < before+bytes {
		return false
	}
	runtime.GC()
	return inUse() >= before+bytes
}

// inUse returns the bytes of the heap in use.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// Limits of the result of a rule for one stack.
const (
	maxFound        = 10_000
	maxMessageBytes = 4 << 10
)

// excessive returns an error if a result exceeds a limit.
func excessive(found []Violation) error {
	if len(found) > maxFound {
		return fmt.Errorf("%d findings in one stack exceed the limit of %d", len(found), maxFound)
	}
	for _, v := range found {
		if len(v.Message) > maxMessageBytes {
			return fmt.Errorf("a message of %d bytes exceeds the limit of %d", len(v.Message), maxMessageBytes)
		}
	}
	return nil
}
