package lsp

import (
	"context"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// queue contains the work of the worker: changed files, by the root of their tree. A new change cancels the running
// check, whose files are checked again together with the new ones.
type queue struct {
	wake chan struct{} // holds one token if there may be work

	mu      sync.Mutex
	pending []*job
	cancel  context.CancelFunc // cancels the running check; nil: none
	running *job               // nil: none
	changed chan struct{}      // closed when a job ends
}

// job contains the changes in one tree.
type job struct {
	root    string
	files   map[string]bool // paths in the tree
	all     bool            // check everything
	outside bool            // other files may have changed, too; search for them afterwards
	refresh bool            // only search for changed files
	due     time.Time       // zero: immediately
}

// with merges another job into j.
func (j job) with(other *job) job {
	for file := range other.files {
		j.files[file] = true
	}
	j.all = j.all || other.all
	j.outside = j.outside || other.outside || other.refresh != j.refresh
	j.refresh = j.refresh && other.refresh
	return j
}

func (q *queue) init() { q.wake, q.changed = make(chan struct{}, 1), make(chan struct{}) }

// busy reports whether a check of a tree is waiting or running; root is empty for all trees. The channel is closed when a job
// ends.
func (q *queue) busy(root string) (busy bool, changed <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	isBusy := func(j *job) bool { return j != nil && !j.refresh && (root == "" || j.root == root) }
	return isBusy(q.running) || slices.ContainsFunc(q.pending, isBusy), q.changed
}

// typed adds a file whose text changed, after a delay that restarts with each change.
func (q *queue) typed(root, file string, wait time.Duration) {
	q.put(job{root: root, files: map[string]bool{file: true}}, wait)
}

// touched adds a file that changed on disk, or was opened or closed.
func (q *queue) touched(root, file string) {
	q.put(job{root: root, files: map[string]bool{file: true}, outside: true}, 0)
}

// everything adds all units of a tree.
func (q *queue) everything(root string) {
	q.put(job{root: root, files: map[string]bool{}, all: true}, 0)
}

// put merges a job with the waiting one of the same tree. The newest job runs first.
func (q *queue) put(j job, wait time.Duration) {
	if wait > 0 {
		j.due = later(wait)
	}
	q.mu.Lock()
	for _, old := range q.pending {
		if old.root == j.root {
			j = j.with(old)
		}
	}
	q.pending = slices.DeleteFunc(q.pending, func(old *job) bool { return old.root == j.root })
	q.pending = append(q.pending, &j)
	if q.cancel != nil {
		q.cancel()
	}
	q.mu.Unlock()
	q.poke()
}

func (q *queue) poke() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// take returns the newest job that is due, with a context that a newer one cancels. If there is none, it returns the
// time to wait, or 0 to wait until put is called.
func (q *queue) take(ctx context.Context, now time.Time) (*job, context.Context, time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var wait time.Duration
	for i, j := range slices.Backward(q.pending) {
		if rest := j.due.Sub(now); !j.due.IsZero() && rest > 0 {
			if wait == 0 || rest < wait {
				wait = rest
			}
			continue
		}
		q.pending = slices.Delete(q.pending, i, i+1)
		ctx, q.cancel = context.WithCancel(ctx)
		q.running = j
		return j, ctx, 0
	}
	return nil, nil, wait
}

// done ends a job. An interrupted job is put back behind newer ones.
func (q *queue) done(j *job, finished bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.cancel()
	q.cancel, q.running = nil, nil
	close(q.changed)
	q.changed = make(chan struct{})
	if finished {
		return
	}
	for _, newer := range q.pending {
		if newer.root == j.root {
			*newer = newer.with(j)
			return
		}
	}
	q.pending = append([]*job{j}, q.pending...)
}

// clear removes all jobs.
func (q *queue) clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.pending = nil
	if q.cancel != nil {
		q.cancel()
	}
}

// idle is the time without work after which unused memory is returned to the system.
const idle = time.Second

// work runs jobs until ctx ends.
func (s *server) work(ctx context.Context) {
	worked := false
	for ctx.Err() == nil {
		j, running, wait := s.queue.take(ctx, now())
		if j != nil {
			s.queue.done(j, s.checked(running, j))
			worked = true
			continue
		}
		resting := wait == 0 && worked
		if resting {
			wait = idle
		}
		var timer <-chan time.Time
		if wait > 0 {
			timer = time.After(wait)
		}
		select {
		case <-ctx.Done():
		case <-s.queue.wake:
		case <-timer:
			if resting {
				debug.FreeOSMemory()
				worked = false
			}
		}
	}
}

// now returns the time for delays; no result depends on it.
func now() time.Time { return time.Now() } //nolint:forbidigo // see above

func later(wait time.Duration) time.Time { return now().Add(wait) }
