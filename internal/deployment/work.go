package deployment

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// Work contains the tasks of a run: the units that it checks, and the directories and files that it searches. The zero Work
// has none. It is safe for concurrent use.
type Work struct {
	mu    sync.Mutex
	tasks map[*task]bool
	ended error
}

type task struct {
	name string
	stop context.CancelCauseFunc
}

// StoppedError is the cause of a context that Stop or End has ended.
type StoppedError string

func (e StoppedError) Error() string { return string(e) }

type workKey struct{}

// With returns a context whose tasks Begin adds to w.
func (w *Work) With(ctx context.Context) context.Context { return context.WithValue(ctx, workKey{}, w) }

// Begin adds a task to the work of a context, if it has one. It returns the context of the task, and a function to call
// when nothing of the task runs any longer.
func Begin(ctx context.Context, name string) (context.Context, func()) {
	ctx, stop := context.WithCancelCause(ctx)
	w, _ := ctx.Value(workKey{}).(*Work)
	if w == nil {
		return ctx, func() { stop(nil) }
	}
	t := &task{name, stop}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.tasks == nil {
		w.tasks = map[*task]bool{}
	}
	w.tasks[t] = true
	if w.ended != nil {
		stop(w.ended)
	}
	return ctx, func() {
		stop(nil)
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.tasks, t)
	}
}

// Names returns the names of the tasks that still run, sorted.
func (w *Work) Names() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	names := make([]string, 0, len(w.tasks))
	for t := range maps.Keys(w.tasks) {
		names = append(names, t.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Stop ends the contexts of the tasks that run.
func (w *Work) Stop(cause StoppedError) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for t := range w.tasks { // any order: all are stopped
		t.stop(cause)
	}
}

// End is Stop, also for all tasks that begin later.
func (w *Work) End(cause StoppedError) {
	w.mu.Lock()
	w.ended = cause
	w.mu.Unlock()
	w.Stop(cause)
}
