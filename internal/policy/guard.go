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

// limits are what a rule that is not lintel's own may use for one stack.
type limits struct {
	time   time.Duration
	memory uint64 // bytes that are still in use
}

// The limits of custom rules. A rule that has reached one does not run again. Together they may lose
// so much time that a unit, which has 30 seconds, is still checked by all other rules.
const (
	customTime   = 5 * time.Second
	customMemory = 256 << 20
	customLosses = 10 * time.Second       // by rules that had to be stopped
	hurriedTime  = 100 * time.Millisecond // that a rule has when so much is lost
)

// sampling is how often the memory is looked at, grace how long what is stopped may take to end.
const (
	sampling = 10 * time.Millisecond
	grace    = 500 * time.Millisecond
)

// guard runs what is not trusted, one at a time, because memory cannot be told apart by who uses it.
type guard struct {
	allowed limits      // of a rule, for one stack
	turn    *sync.Mutex // held by the one that runs, whichever set it is of; nil: there is one set

	suspect atomic.Pointer[rule] // the one that runs, or that was stopped last and may still run

	mu      sync.Mutex
	lost    time.Duration
	stopped map[*rule]error // rules that do not run again, and why
}

// stoppedError says which limit was reached.
type stoppedError struct{ why string }

func (e stoppedError) Error() string { return e.why }

// run lets a rule do something, unless it had to be stopped before. A rule that fails for a reason of its
// own may go on.
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
	if _, isStopped := err.(stoppedError); isStopped { //nolint:errorlint // limited returns it as it is
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

// Suspect returns the id of a custom rule that may be what uses memory; empty: none may be.
func (s *Set) Suspect() string {
	for _, custom := range s.custom {
		if r := custom.guard.suspect.Load(); r != nil {
			return r.ID
		}
	}
	return ""
}

// limited calls do and takes its context away when it uses too much. What does not end then is left
// behind. A panic is an error. It returns about how long do took.
func limited(ctx context.Context, allowed limits, do func(context.Context) error) (took time.Duration, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	done := make(chan error, 1)
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				done <- fmt.Errorf("it fails with %v", cause)
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
				stop(stoppedError{fmt.Sprintf("it needs more than %d MiB of memory", allowed.memory>>20)})
			}
		case <-end.C:
			took = allowed.time
			stop(stoppedError{fmt.Sprintf("it is not done after %s", allowed.time)})
		case <-ctx.Done():
		}
	}
	select {
	case <-done: //nolint:errcheck // what it says now counts for nothing
	case <-time.After(grace):
	}
	return took, context.Cause(ctx)
}

// grownBy reports whether so much more is in use than before, apart from what nobody needs any more.
func grownBy(before, bytes uint64) bool {
	if inUse() < before+bytes {
		return false
	}
	runtime.GC()
	return inUse() >= before+bytes
}

// inUse is how many bytes of the heap are taken.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// What a rule may say about one stack.
const (
	maxFound        = 10_000
	maxMessageBytes = 4 << 10
)

// excessive says whether a rule says more than anybody can read.
func excessive(found []Violation) error {
	if len(found) > maxFound {
		return fmt.Errorf("it has %d findings in one stack; at most %d are allowed", len(found), maxFound)
	}
	for _, v := range found {
		if len(v.Message) > maxMessageBytes {
			return fmt.Errorf("one of its messages has %d bytes; at most %d are allowed", len(v.Message), maxMessageBytes)
		}
	}
	return nil
}
