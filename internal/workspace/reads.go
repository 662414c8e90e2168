package workspace

import (
	"errors"
	"io/fs"
	"slices"
	"sync"

	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

// reads is a file system that records the paths that a unit asks for: files, directories, and those that do not exist.
// The report on a unit depends on nothing else in a tree.
type reads struct {
	fs.FS
	mu    sync.Mutex
	asked map[string]bool
}

func readsOf(files fs.FS) *reads { return &reads{FS: files, asked: map[string]bool{}} }

// unlessAsking returns nil if a unit asks for something of other units: its report depends on the whole tree.
func (r *reads) unlessAsking(repository *parsers.Repository, u deployment.Unit) *reads {
	if r == nil || repository.Asks(u) {
		return nil
	}
	return r
}

func (r *reads) note(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked[name] = true
}

// MaxFileBytes returns the limit of the tree.
func (r *reads) MaxFileBytes(name string) int64 { return source.LimitOf(r.FS, name) }

// Open implements fs.FS.
func (r *reads) Open(name string) (fs.File, error) {
	r.note(name)
	return r.FS.Open(name)
}

// ReadFile implements fs.ReadFileFS.
func (r *reads) ReadFile(name string) ([]byte, error) {
	r.note(name)
	return fs.ReadFile(r.FS, name)
}

// ReadDir implements fs.ReadDirFS.
func (r *reads) ReadDir(name string) ([]fs.DirEntry, error) {
	r.note(name)
	return fs.ReadDir(r.FS, name)
}

// Stat implements fs.StatFS.
func (r *reads) Stat(name string) (fs.FileInfo, error) {
	r.note(name)
	return fs.Stat(r.FS, name)
}

// areSame reports whether everything that was asked for is the same in another tree. known are the answers so far.
func (r *reads) areSame(other fs.FS, known map[string]bool) bool {
	r.mu.Lock() // the check of a unit that exceeded its time limit may still read
	defer r.mu.Unlock()
	for name := range r.asked { // any order: all must be the same
		same, ok := known[name]
		if !ok {
			same = isSamePath(r.FS, other, name)
			known[name] = same
		}
		if !same {
			return false
		}
	}
	return true
}

// isSamePath reports whether a path certainly is the same in two trees.
func isSamePath(a, b fs.FS, name string) bool {
	infoA, errA := fs.Stat(a, name)
	infoB, errB := fs.Stat(b, name)
	switch {
	case errA != nil || errB != nil:
		return errors.Is(errA, fs.ErrNotExist) && errors.Is(errB, fs.ErrNotExist)
	case infoA.IsDir() && infoB.IsDir():
		return slices.Equal(listed(a, name), listed(b, name))
	case infoA.Mode().IsRegular() && infoB.Mode().IsRegular():
		return infoA.Size() == infoB.Size() && source.IsSameText(a, b, name)
	}
	return false
}

// listed returns the entries of a directory with their types, without that of git, which no commit contains.
func listed(files fs.FS, name string) []string {
	entries, err := fs.ReadDir(files, name)
	if err != nil {
		return []string{err.Error()}
	}
	var all []string
	for _, entry := range entries {
		if entry.Name() != ".git" {
			all = append(all, entry.Type().String()+entry.Name())
		}
	}
	return all
}

// reusable returns the reports on units that are the same in the tree before the change, because the change reaches
// nothing that they read. A unit with problems is checked again: some depend on the time that it takes.
func (p *Plan) reusable(base fs.FS, units []deployment.Unit, of map[deployment.Unit]*group) map[deployment.Unit]finding.Report {
	reports, same := map[deployment.Unit]finding.Report{}, map[string]bool{}
	for _, u := range units {
		now := p.resolver.units[u]
		if now != nil && now.reads != nil && p.ofUnits[u] == of[u] && len(now.report.Problems) == 0 && now.reads.areSame(base, same) {
			reports[u] = now.report
		}
	}
	return reports
}
