package lsp

import (
	"context"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// queue is what the worker has to do: files that have changed, by the roots of their trees. A new
// change ends the check that is running; what that was about is checked again with it.
type queue struct {
	wake chan struct{} // holds one token when there may be something to do

	mu      sync.Mutex
	pending []*job
	cancel  context.CancelFunc // ends the check that is running; nil: none is
}

// job is what has changed in one tree.
type job struct {
	root    string
	files   map[string]bool // paths within the tree
	all     bool            // everything is to be checked again
	outside bool            // other files may have changed with them: look, when this is done
	refresh bool            // nothing but to look
	due     time.Time       // zero: at once
}

// with is a job with what another one has to do besides.
func (j job) with(other *job) job {
	for file := range other.files {
		j.files[file] = true
	}
	j.all = j.all || other.all
	j.outside = j.outside || other.outside || other.refresh != j.refresh
	j.refresh = j.refresh && other.refresh
	return j
}

func (q *queue) init() { q.wake = make(chan struct{}, 1) }

// typed asks for a check of a file whose text has changed, after a time in which nothing else does.
func (q *queue) typed(root, file string, wait time.Duration) {
	q.put(job{root: root, files: map[string]bool{file: true}}, wait)
}

// touched asks for a check of a file that has changed on disk or is there in another form.
func (q *queue) touched(root, file string) {
	q.put(job{root: root, files: map[string]bool{file: true}, outside: true}, 0)
}

// everything asks for a check of all that is known of a tree.
func (q *queue) everything(root string) {
	q.put(job{root: root, files: map[string]bool{}, all: true}, 0)
}

// put merges a job with what waits for the same tree. The newest comes first.
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

// take returns the newest job that is due, with the context that a newer one ends. Without one it
// returns how long to wait for it, 0 for until something is put.
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
		return j, ctx, 0
	}
	return nil, nil, wait
}

// done ends a job. One that was interrupted goes back, behind what is newer.
func (q *queue) done(j *job, finished bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.cancel()
	q.cancel = nil
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

// clear drops everything.
func (q *queue) clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.pending = nil
	if q.cancel != nil {
		q.cancel()
	}
}

// idle is after which time without work the memory that the last check has needed is given back.
const idle = time.Second

// work does what is put until ctx ends.
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

// now is the time that delays are counted in; no result depends on it.
func now() time.Time { return time.Now() } //nolint:forbidigo // see above

func later(wait time.Duration) time.Time { return now().Add(wait) }
