package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Find returns the path of the configuration of a run: of the nearest folder that holds all its
// paths, or of the next one above that has one, up to the root of the file system. It is empty
// when none has.
func Find(fsys fs.FS, paths []string) string {
	for dir := holder(fsys, paths); ; dir = path.Dir(dir) {
		name := path.Join(dir, Name)
		if _, err := fs.Stat(fsys, name); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return name // one that cannot be read is an error, and not none
		}
		if dir == "." {
			return ""
		}
	}
}

// holder is the nearest folder that holds all paths. Of a path that is not there it may be the path
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
		for !Holds(dir, p) {
			dir = path.Dir(dir)
		}
	}
	if dir == "" {
		return "."
	}
	return dir
}

// Holds reports whether a folder holds a path, or is it.
func Holds(dir, p string) bool { return dir == "." || p == dir || strings.HasPrefix(p, dir+"/") }

// Load reads the configuration that Find has found. shown is how people know the file. Of an empty
// path the Config is zero.
func Load(fsys fs.FS, name, shown string, rules finding.IDs) (Config, error) {
	if name == "" {
		return Config{}, nil
	}
	content, err := source.ReadFile(fsys, name)
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", shown, err)
	}
	conf, err := Parse(shown, source.NewFile(name, content), rules)
	conf.Base = path.Dir(name)
	return conf, err
}
