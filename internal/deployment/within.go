package deployment

import (
	"context"
	"fmt"
	"time"

	"lintel/internal/cputime"
)

// Limits bound a task of a run.
type Limits struct {
	Name  string        // of the directory or file that the task is about
	Time  time.Duration // of processors, see package cputime; 0: only the caller limits it
	Drain bool          // wait for the function if the caller ends it, for Time at most
}

// Within calls a function as a task, with a context that ends at its limits, at those of the run, or with the caller. If the
// context ends before the function, Within returns without its result, and the function goes on in the background. why is
// the reason for which the context has ended; then a result may be incomplete.
func Within[T any](caller context.Context, l Limits, do func(context.Context) T) (result T, finished bool, why error) {
	ctx, end := Begin(caller, l.Name)
	stop := context.CancelFunc(func() {})
	if l.Time > 0 {
		ctx, stop = cputime.WithLimit(ctx, l.Time, fmt.Errorf("the unit exceeds the time limit of %s", l.Time))
	}
	type outcome struct {
		result T
		why    error
	}
	done := make(chan outcome, 1)
	go func() {
		defer end()
		defer stop()
		result := do(ctx)
		done <- outcome{result, context.Cause(ctx)}
	}()
	select {
	case o := <-done:
		return o.result, true, o.why
	case <-ctx.Done():
	}
	if l.Drain && caller.Err() != nil {
		select {
		case o := <-done:
			return o.result, true, o.why
		case <-time.After(l.Time):
		}
	}
	select {
	case o := <-done: // the end of the function has ended the context
		return o.result, true, o.why
	default:
		return result, false, context.Cause(ctx)
	}
}
