package config

import (
	"fmt"
	"io/fs"
	"path"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Find returns the path of the configuration of a run: the nearest one in or above the common directory of its paths,
// up to the root of the file system. It is empty if there is none.
func Find(fsys fs.FS, paths []string) string { return NewFinder(fsys).Above(holder(fsys, paths)) }

// Finder finds the configurations that apply to directories. It caches results.
type Finder struct {
	fsys  fs.FS
	above map[string]string // results for directories and their ancestors
}

// NewFinder returns a finder for a file system that does not change.
func NewFinder(fsys fs.FS) *Finder { return &Finder{fsys: fsys, above: map[string]string{}} }

// Above returns the path of the nearest configuration in or above a directory, or "".
func (f *Finder) Above(dir string) string {
	if name, ok := f.above[dir]; ok {
		return name
	}
	name := path.Join(dir, Name)
	if source.IsMissing(f.fsys, name) { // one that cannot be read is an error, and not none
		name = path.Join(dir, otherName)
	}
	if source.IsMissing(f.fsys, name) || !isIn(f.fsys, dir) {
		name = ""
		if dir != "." {
			name = f.Above(path.Dir(dir))
		}
	}
	f.above[dir] = name
	return name
}

// isIn reports whether a directory is in a file system: it may be a symlink that leads out of it.
func isIn(fsys fs.FS, dir string) bool {
	_, err := fs.Stat(fsys, dir)
	return err == nil
}

// holder returns the nearest directory that contains all paths. If a path does not exist, the result may be the path
// itself.
func holder(fsys fs.FS, paths []string) string {
	dir := ""
	for _, p := range paths {
		if info, err := fs.Stat(fsys, p); err == nil && !info.IsDir() {
			p = path.Dir(p)
		}
		if dir == "" {
			dir = p
		}
		for !source.Holds(dir, p) {
			dir = path.Dir(dir)
		}
	}
	if dir == "" {
		return "."
	}
	return dir
}

// Load parses the configuration that Find returned. shown is the file name for messages. For an empty name the Config
// is zero.
func Load(fsys fs.FS, name, shown string, rules finding.IDs) (Config, error) {
	if name == "" {
		return Config{}, nil
	}
	if other := path.Join(path.Dir(name), otherName); name != other && !source.IsMissing(fsys, other) {
		return Config{}, fmt.Errorf("%s: %s in the same directory is a configuration, too; keep one of them", shown, otherName)
	}
	content, err := source.ReadText(fsys, name)
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", shown, err)
	}
	conf, err := LoadIn(fsys, path.Dir(name), shown, source.NewFile(name, content), rules)
	conf.Base = path.Dir(name)
	return conf, err
}
