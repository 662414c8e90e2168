package policy

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Folder is a directory with custom rules, in the subdirectory rules if it exists.
type Folder struct {
	FS    fs.FS
	Dir   string // path in FS
	Shown string // path for reports; slash-separated, relative to the root of the run
}

// Limits of a directory.
const (
	maxRegoBytes = 256 << 10
	maxRules     = 500
	maxFiles     = 100 // of helpers and of data each
)

// Refused contains the problems of directories with rules, and their files.
type Refused struct {
	Problems []finding.Problem
	Files    source.Files
}

// refuse adds a problem at an offset in a file.
func (r *Refused) refuse(name string, offset int, format string, args ...any) {
	p := finding.Problem{Message: fmt.Sprintf(format, args...)}
	p.Range = source.Range{Path: name, Start: offset, End: offset}
	r.Problems = append(r.Problems, p)
}

// text is a file of a directory.
type text struct {
	name    string // path for reports
	content []byte
}

// rulesAt returns the directory that contains a directory per rule.
func (f Folder) rulesAt() (dir string, flat bool) {
	dir = path.Join(f.Dir, rulesDir)
	if info, err := fs.Stat(f.FS, dir); err == nil && info.IsDir() {
		return dir, false
	}
	return f.Dir, true
}

// IDs returns the ids of the rules, from the names of their directories.
func (f Folder) IDs() []string {
	var ids []string
	dir, _ := f.rulesAt()
	for _, name := range f.packages() {
		if f.has(path.Join(dir, name, policyFile)) {
			ids = append(ids, strings.ReplaceAll(name, "_", "-"))
		}
	}
	return ids
}

// RuleDir returns the directory in FS of the rule with an id.
func (f Folder) RuleDir(id string) string {
	dir, _ := f.rulesAt()
	return path.Join(dir, strings.ReplaceAll(id, "-", "_"))
}

// packages returns the sorted names of the directories with rules.
func (f Folder) packages() []string {
	dir, flat := f.rulesAt()
	entries, err := fs.ReadDir(f.FS, dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		info, err := fs.Stat(f.FS, path.Join(dir, name)) // the entry may be a symlink
		isOther := flat && (name == libDir || name == dataDir)
		if err == nil && info.IsDir() && !strings.HasPrefix(name, ".") && !isOther {
			names = append(names, name)
		}
	}
	return names
}

func (f Folder) has(name string) bool {
	_, err := fs.Stat(f.FS, name)
	return err == nil
}

// shown returns the path of a file for reports.
func (f Folder) shown(name string) string {
	if f.Dir == "." {
		return path.Join(f.Shown, name)
	}
	return path.Join(f.Shown, strings.TrimPrefix(name, f.Dir))
}

var errTooLong = fmt.Errorf("exceeds the limit of %d KiB", maxRegoBytes>>10)

// read reads one file.
func (f Folder) read(name string, limit int) (text, error) {
	content, err := source.ReadFile(f.FS, name)
	if err == nil && len(content) > limit {
		err = errTooLong
	}
	return text{f.shown(name), content}, err
}

// readAll reads the files in a directory that have an extension.
func (f Folder) readAll(dir, ending string, limit int, refused *Refused) []text {
	entries, err := fs.ReadDir(f.FS, path.Join(f.Dir, dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		refused.refuse(f.shown(path.Join(f.Dir, dir)), 0, "cannot be read: %v", err)
	}
	var all []text
	for _, entry := range entries {
		name := path.Join(f.Dir, dir, entry.Name())
		if path.Ext(name) != ending || strings.HasSuffix(name, testEnding) {
			continue
		}
		if len(all) == maxFiles {
			refused.refuse(f.shown(path.Dir(name)), 0, "exceeds the limit of %d files; the others are not read", maxFiles)
			break
		}
		one, err := f.read(name, limit)
		if err != nil {
			refused.refuse(f.shown(name), 0, "%v", err)
			continue
		}
		all = append(all, one)
	}
	return all
}

// policies reads the policies of the rules.
func (f Folder) policies(refused *Refused) []text {
	dir, flat := f.rulesAt()
	var all []text
	for _, name := range f.packages() {
		file := path.Join(dir, name, policyFile)
		if !f.has(file) {
			if !flat || f.holdsRego(path.Join(dir, name)) {
				refused.refuse(f.shown(path.Join(dir, name)), 0, "not a rule: %s is missing", policyFile)
			}
			continue
		}
		if len(all) == maxRules {
			refused.refuse(f.shown(dir), 0, "exceeds the limit of %d rules; the others are not read", maxRules)
			break
		}
		one, err := f.read(file, maxRegoBytes)
		if err != nil {
			refused.refuse(f.shown(file), 0, "%v", err)
			continue
		}
		all = append(all, one)
	}
	if len(all) == 0 && len(refused.Problems) == 0 {
		refused.refuse(f.Shown, 0, "contains no rules: neither %s/NAME/%s nor NAME/%s exists", rulesDir, policyFile, policyFile)
	}
	return all
}

func (f Folder) holdsRego(dir string) bool {
	entries, _ := fs.ReadDir(f.FS, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return path.Ext(e.Name()) == ".rego" })
}

// Sum returns a hash of the rules, helpers and data.
func (f Folder) Sum() [sha256.Size]byte {
	var ignored Refused
	sum := sha256.New()
	parts := [][]text{f.policies(&ignored), f.readAll(libDir, ".rego", maxRegoBytes, &ignored), f.readAll(dataDir, ".json", source.MaxFileBytes, &ignored)}
	for _, part := range parts {
		for _, one := range part {
			fmt.Fprintf(sum, "%q %q\n", one.name, one.content) //nolint:errcheck // writing to a hash cannot fail
		}
	}
	for _, p := range ignored.Problems {
		fmt.Fprintf(sum, "%q\n", p.Range.Path) //nolint:errcheck // writing to a hash cannot fail
	}
	return [sha256.Size]byte(sum.Sum(nil))
}
