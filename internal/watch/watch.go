// Package watch reports changes of the files below directories. It is the only importer of fsnotify.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A change is reported after nothing else has changed for quiet, because editors and git write a file in several steps, but at the
// latest after patience.
const (
	quiet    = 100 * time.Millisecond
	patience = time.Second
)

// Watcher collects the changes below directories from its creation on.
type Watcher struct {
	notify  *fsnotify.Watcher
	skip    func(name string) bool
	changed chan struct{} // has an element after a change
	failed  chan error    // has at most one element
}

// New returns a watcher. It does not watch directories below others whose base name skip reports. The caller closes it.
func New(skip func(name string) bool) (*Watcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch files: %w", err)
	}
	w := &Watcher{notify: notify, skip: skip, changed: make(chan struct{}, 1), failed: make(chan error, 1)}
	go w.collect()
	return w, nil
}

// Close ends the watcher.
func (w *Watcher) Close() error { return w.notify.Close() }

// Add watches a directory and those below it, also those that are created later. It does not follow symlinks.
func (w *Watcher) Add(dir string) error {
	return filepath.WalkDir(dir, func(p string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && p == dir && !errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("watch %s: %w", p, err)
		case err != nil:
			return nil //nolint:nilerr // deleted since, or not readable, which the check reports
		case !entry.IsDir():
			return nil
		case p != dir && w.skip(entry.Name()):
			return fs.SkipDir
		}
		return explain(p, w.notify.Add(p))
	})
}

// AddFile watches the directory of a file.
func (w *Watcher) AddFile(name string) error {
	return explain(filepath.Dir(name), w.notify.Add(filepath.Dir(name)))
}

// explain adds the cause to an error of the system for a directory. The directory may be deleted or not readable.
func explain(dir string, err error) error {
	switch {
	case err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission):
		return nil
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("watch %s: the system does not allow more watched directories (fs.inotify.max_user_watches)", dir)
	case errors.Is(err, syscall.EMFILE):
		return fmt.Errorf("watch %s: the system does not allow more open files (ulimit -n)", dir)
	}
	return fmt.Errorf("watch %s: %w", dir, err)
}

// Wait returns after a change since the last call, when the files are quiet, or with the error of ctx or of the system.
func (w *Watcher) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-w.failed:
		return err
	case <-w.changed:
	}
	latest := time.After(patience)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-w.changed:
		case <-latest:
			return nil
		case <-time.After(quiet):
			return nil
		}
	}
}

// collect turns events into changes until the watcher is closed.
func (w *Watcher) collect() {
	for {
		select {
		case event, ok := <-w.notify.Events:
			if !ok {
				return
			}
			if !w.skip(filepath.Base(event.Name)) && event.Op != fsnotify.Chmod {
				w.event(event)
			}
		case err, ok := <-w.notify.Errors:
			if !ok {
				return
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // events were lost: something has changed
				w.fail(fmt.Errorf("watch files: %w", err))
			}
			w.change()
		}
	}
}

// event watches a new directory and notes the change.
func (w *Watcher) event(event fsnotify.Event) {
	if event.Has(fsnotify.Create) {
		if info, err := os.Lstat(event.Name); err == nil && info.IsDir() {
			w.fail(w.Add(event.Name))
		}
	}
	w.change()
}

func (w *Watcher) change() {
	select {
	case w.changed <- struct{}{}:
	default: // the last change is not reported yet
	}
}

func (w *Watcher) fail(err error) {
	if err == nil {
		return
	}
	select {
	case w.failed <- err:
	default: // the first error counts
	}
}
