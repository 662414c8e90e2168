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

// Folder is a folder of rules that are not lintel's own. Its rules are below rules, or, where there is no such
// folder, in it.
type Folder struct {
	FS    fs.FS
	Dir   string // in FS
	Shown string // its path in reports; slash-separated, relative to the root of the run
}

// Limits of a folder.
const (
	maxRegoBytes = 256 << 10
	maxRules     = 500
	maxFiles     = 100 // of helpers, and of data
)

// Refused is what is wrong with folders of rules, with the files that it is about.
type Refused struct {
	Problems []finding.Problem
	Files    source.Files
}

// refuse adds a problem at a byte of a file.
func (r *Refused) refuse(name string, offset int, format string, args ...any) {
	p := finding.Problem{Message: fmt.Sprintf(format, args...)}
	p.Range = source.Range{Path: name, Start: offset, End: offset}
	r.Problems = append(r.Problems, p)
}

// text is a file of a folder.
type text struct {
	name    string // as in reports
	content []byte
}

// rulesAt is where the rules are: one folder each.
func (f Folder) rulesAt() (dir string, flat bool) {
	dir = path.Join(f.Dir, rulesDir)
	if info, err := fs.Stat(f.FS, dir); err == nil && info.IsDir() {
		return dir, false
	}
	return f.Dir, true
}

// IDs returns the ids that the rules of the folder have by the names of their folders, without reading
// them.
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

// RuleDir is the folder of the rule with an id, in FS.
func (f Folder) RuleDir(id string) string {
	dir, _ := f.rulesAt()
	return path.Join(dir, strings.ReplaceAll(id, "-", "_"))
}

// packages are the names of the folders of rules, sorted.
func (f Folder) packages() []string {
	dir, flat := f.rulesAt()
	entries, err := fs.ReadDir(f.FS, dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		info, err := fs.Stat(f.FS, path.Join(dir, name)) // the entry may be a link
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

// shown is the path of a file of the folder in reports.
func (f Folder) shown(name string) string {
	if f.Dir == "." {
		return path.Join(f.Shown, name)
	}
	return path.Join(f.Shown, strings.TrimPrefix(name, f.Dir))
}

var errTooLong = fmt.Errorf("it has more than %d KiB", maxRegoBytes>>10)

// read reads one file.
func (f Folder) read(name string, limit int) (text, error) {
	content, err := source.ReadFile(f.FS, name)
	if err == nil && len(content) > limit {
		err = errTooLong
	}
	return text{f.shown(name), content}, err
}

// readAll reads the files with an ending in a folder.
func (f Folder) readAll(dir, ending string, limit int, refused *Refused) []text {
	entries, err := fs.ReadDir(f.FS, path.Join(f.Dir, dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		refused.refuse(f.shown(path.Join(f.Dir, dir)), 0, "not read: %v", err)
	}
	var all []text
	for _, entry := range entries {
		name := path.Join(f.Dir, dir, entry.Name())
		if path.Ext(name) != ending || strings.HasSuffix(name, testEnding) {
			continue
		}
		if len(all) == maxFiles {
			refused.refuse(f.shown(path.Dir(name)), 0, "there are more than %d files; the others are not read", maxFiles)
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
				refused.refuse(f.shown(path.Join(dir, name)), 0, "there is no %s in it, so it is no rule", policyFile)
			}
			continue
		}
		if len(all) == maxRules {
			refused.refuse(f.shown(dir), 0, "there are more than %d rules; the others are not read", maxRules)
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
		refused.refuse(f.Shown, 0, "there are no rules in it: it has neither %s/NAME/%s nor NAME/%s", rulesDir, policyFile, policyFile)
	}
	return all
}

func (f Folder) holdsRego(dir string) bool {
	entries, _ := fs.ReadDir(f.FS, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return path.Ext(e.Name()) == ".rego" })
}

// Sum is equal for folders with equal rules, helpers and data.
func (f Folder) Sum() [sha256.Size]byte {
	var ignored Refused
	sum := sha256.New()
	parts := [][]text{f.policies(&ignored), f.readAll(libDir, ".rego", maxRegoBytes, &ignored), f.readAll(dataDir, ".json", source.MaxFileBytes, &ignored)}
	for _, part := range parts {
		for _, one := range part {
			fmt.Fprintf(sum, "%q %q\n", one.name, one.content) //nolint:errcheck // a hash takes everything
		}
	}
	for _, p := range ignored.Problems {
		fmt.Fprintf(sum, "%q\n", p.Range.Path) //nolint:errcheck // a hash takes everything
	}
	return [sha256.Size]byte(sum.Sum(nil))
}
