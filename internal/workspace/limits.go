package workspace

import (
	"cmp"
	"io/fs"
	"path"
	"sync"

	"lintel/internal/config"
	"lintel/internal/source"
)

// sized is a tree in which the configuration of each directory limits the size of files.
type sized struct {
	source.Limited
	of func(dir string) int64 // in bytes

	mu    *sync.Mutex
	known map[string]int64 // by directory
}

// MaxFileBytes returns the limit for a file.
func (s sized) MaxFileBytes(name string) int64 {
	dir := path.Dir(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	limit, ok := s.known[dir]
	if !ok {
		limit = s.of(dir)
		s.known[dir] = limit
	}
	return limit
}

// ReadFile reads a file.
func (s sized) ReadFile(name string) ([]byte, error) { return source.ReadFile(s, name) }

// limiter returns a function that gives a tree the limits for the size of files that apply: that of the caller, else that of
// the nearest configuration. With a base that is not to be trusted, the smaller one of both configurations applies.
func limiter(files fs.FS, set Settings) func(fs.FS) fs.FS {
	of := func(string) int64 { return cmp.Or(set.MaxFileBytes, source.MaxFileBytes) }
	switch {
	case set.MaxFileBytes > 0, set.Bare:
	case set.Given != nil:
		from := files
		if set.Base != nil && !set.Base.Trust { // the change does not decide about the files that it extends
			from = set.Base.FS
		}
		limit := cmp.Or(config.MaxFileBytesIn(from, ".", set.Given.Content), source.MaxFileBytes)
		of = func(string) int64 { return limit }
	case set.ConfigName != "":
		limit := cmp.Or(config.MaxFileBytes(files, set.ConfigName), source.MaxFileBytes)
		of = func(string) int64 { return limit }
	default:
		of = nearestLimit(files)
		if set.Base != nil && !set.Base.Trust {
			now, before := of, nearestLimit(set.Base.FS)
			of = func(dir string) int64 { return min(now(dir), before(dir)) }
		}
	}
	mu, known := &sync.Mutex{}, map[string]int64{} // the same for all trees
	return func(files fs.FS) fs.FS {
		return sized{Limited: source.Limited{FS: files}, of: of, mu: mu, known: known}
	}
}

// nearestLimit returns the function of the limit in the nearest configuration. It is not safe for concurrent use.
func nearestLimit(files fs.FS) func(dir string) int64 {
	finder := config.NewFinder(files)
	known := map[string]int64{} // by configuration
	return func(dir string) int64 {
		name := finder.Above(dir)
		limit, ok := known[name]
		if !ok {
			limit = cmp.Or(config.MaxFileBytes(files, name), source.MaxFileBytes)
			known[name] = limit
		}
		return limit
	}
}
