package parsers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// searchTime is the time limit of a search. A tree of 200,000 files, of which a tenth may be templates, is searched in 1.3 to
// 2.4 seconds with two busy processors, so one of maxEntries files in 12. The limit leaves ten times that for slower disks.
const searchTime = 2 * time.Minute

// limit bounds the time of a search, together with the searches that it starts in the rest of the tree. It is safe for
// concurrent use.
type limit struct {
	ctx    context.Context // ends with the caller or at the time limit
	walk   context.Context // ends when half of the time is over, so that the files that were found are still read
	caller context.Context

	mu      sync.Mutex
	where   string            // directory or file that the search has reached at the time limit; empty: none
	stopped []finding.Problem // directories and files that exceed another limit
}

// newLimit returns the limit of a search that starts now, and a function that releases it.
func newLimit(caller context.Context) (*limit, context.CancelFunc) {
	ctx, stop := context.WithTimeout(caller, searchTime)
	walk, stopWalk := context.WithTimeout(ctx, searchTime/2)
	return &limit{ctx: ctx, walk: walk, caller: caller}, func() { stopWalk(); stop() }
}

// isOver reports whether a search that has reached a directory or file must end there.
func (l *limit) isOver(where string) bool { return l.ended(l.ctx, where) }

// isWalked reports whether a walk that has reached a directory must end there.
func (l *limit) isWalked(where string) bool { return l.ended(l.walk, where) }

func (l *limit) ended(ctx context.Context, where string) bool {
	if ctx.Err() == nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.where == "" && l.caller.Err() == nil {
		l.where = where
	}
	return true
}

// within calls a function of a search, and returns without its result if it takes longer than the search may, or more memory than the
// run. The function then goes on in the background.
func within[T any](l *limit, where string, do func() T) (result T, finished bool) {
	if l.isOver(where) {
		return result, false
	}
	result, finished, why := deployment.Within(l.ctx, deployment.Limits{Name: where}, func(context.Context) (result T) {
		defer func() { _ = recover() }() // the check of the unit fails in the same way and reports it
		return do()
	})
	if finished {
		return result, true
	}
	if why, ok := errors.AsType[deployment.StoppedError](why); ok {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.stopped = append(l.stopped, problemAt(where, why.Error()))
	} else {
		l.isOver(where)
	}
	return result, false
}

// overtime returns the problems with a search that has exceeded the limit of time or memory.
func (l *limit) overtime() []finding.Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := slices.Clone(l.stopped)
	slices.SortFunc(all, func(a, b finding.Problem) int { return cmp.Compare(a.Range.Path, b.Range.Path) })
	if l.where == "" {
		return all
	}
	return append(all, problemAt(l.where, fmt.Sprintf("the search exceeds the time limit of %s; what it has not reached is not checked", searchTime)))
}

func problemAt(p, message string) finding.Problem {
	problem := finding.Problem{Message: message}
	problem.Range.Path = p
	return problem
}

// Limits of the files and directories below a directory, and of the levels of directories.
const (
	maxEntries = 1_000_000
	maxLevels  = 100
)

// Walk calls visit with each file below a directory, except in third-party code, and with each directory that cannot be
// read. It returns a problem for each limit of a search that it exceeds.
func Walk(fsys fs.FS, root string, visit func(p string, entry fs.DirEntry, err error)) []finding.Problem {
	limit, stop := newLimit(context.Background())
	defer stop()
	short := limit.folder(fsys, root, visit, func(string) {}, func(string) {})
	return append(short, limit.overtime()...)
}

// folder is Walk as a part of a search, which reports the time limit itself. Links to directories are not followed, so a walk
// always ends. skipped is called with the directories of third-party code, and empty with those that contain nothing.
func (l *limit) folder(
	fsys fs.FS, root string, visit func(p string, entry fs.DirEntry, err error), skipped, empty func(dir string),
) (short []finding.Problem) {
	entries := 0
	last := lastDirectory{empty: empty}
	_ = fs.WalkDir(fsys, root, func(p string, entry fs.DirEntry, err error) error {
		dir := path.Dir(p)
		if entry != nil && entry.IsDir() {
			dir = p
		}
		entries++
		last.leave(p)
		switch {
		case l.isWalked(dir):
			return fs.SkipAll
		case entries > maxEntries:
			short = append(short, problemAt(root, fmt.Sprintf("the search exceeds the limit of %d files and directories; the rest is not checked", maxEntries)))
			return fs.SkipAll
		case err != nil || !entry.IsDir():
			visit(p, entry, err)
		case p != root && IsThirdParty(entry.Name()):
			skipped(p)
			return fs.SkipDir
		case strings.Count(p, "/") >= maxLevels:
			short = append(short, problemAt(p, fmt.Sprintf("not searched: exceeds the limit of %d levels of directories", maxLevels)))
			return fs.SkipDir
		default:
			last.path = p
		}
		return nil
	}) // the function returns no other errors
	last.leave("")
	return short
}

// lastDirectory is the directory that a walk entered last, until something in it follows.
type lastDirectory struct {
	path  string // empty: something in it followed
	empty func(dir string)
}

// leave calls empty if the path that follows is not in the directory. It is empty at the end of the walk.
func (l *lastDirectory) leave(next string) {
	if l.path != "" && next != l.path && (next == "" || !source.Holds(l.path, next)) {
		l.empty(l.path)
	}
	l.path = ""
}
