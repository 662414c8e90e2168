package deployment_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/deployment"
)

func TestWork(t *testing.T) {
	var work deployment.Work
	ctx := work.With(t.Context())
	a, endA := deployment.Begin(ctx, "a")
	b, endB := deployment.Begin(ctx, "b")
	defer endB()
	if diff := cmp.Diff([]string{"a", "b"}, work.Names()); diff != "" {
		t.Error(diff)
	}
	endA()
	if diff := cmp.Diff([]string{"b"}, work.Names()); diff != "" {
		t.Error(diff)
	}
	if !errors.Is(context.Cause(a), context.Canceled) {
		t.Errorf("a task that has ended: %v", context.Cause(a))
	}
	work.Stop("too large")
	if why, ok := errors.AsType[deployment.StoppedError](context.Cause(b)); !ok || why != "too large" {
		t.Errorf("a task that was stopped: %v", context.Cause(b))
	}
	if c, end := deployment.Begin(ctx, "c"); c.Err() != nil {
		t.Error("a task that begins afterwards is stopped, too")
	} else {
		end()
	}
	work.End("over")
	d, endD := deployment.Begin(ctx, "d")
	defer endD()
	if why, ok := errors.AsType[deployment.StoppedError](context.Cause(d)); !ok || why != "over" {
		t.Errorf("a task that begins after the end: %v", context.Cause(d))
	}
	if outside, end := deployment.Begin(t.Context(), "e"); outside.Err() != nil || len(work.Names()) != 2 {
		t.Errorf("a task of no work: %v, %v", outside.Err(), work.Names())
	} else {
		end()
	}
}
