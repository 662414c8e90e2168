package lsp

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"sync"

	"lintel/internal/check"
	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/suppress"
	"lintel/internal/unit"
	"lintel/parsers"
)

// tree is what is known of the files below one root. Only the worker changes it.
type tree struct {
	root   string
	opened map[string]bool // what is or was open in it
	units  map[unit.Unit]*checked
	conf   config.Config // the last that could be read

	published map[string][]diagnostic // what the client shows, by path
}

// checked is the outcome of the last check of a unit.
type checked struct {
	report  finding.Report
	members map[string]bool // the files that were read for it
}

// treeAt returns the tree at a root. The caller holds s.mu.
func (s *server) treeAt(root string) *tree {
	t, ok := s.trees[root]
	if !ok {
		t = &tree{root: root, opened: map[string]bool{}, units: map[unit.Unit]*checked{}, published: map[string][]diagnostic{}}
		s.trees[root] = t
	}
	return t
}

// snapshot is the state that one check is made of.
type snapshot struct {
	tree     *tree
	open     map[string]*document // by path within the tree
	opened   []string
	settings settings
}

func (s *server) snapshot(root string) snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap := snapshot{tree: s.treeAt(root), open: map[string]*document{}, settings: s.settings}
	for _, doc := range s.documents {
		if doc.root == root {
			snap.open[doc.rel] = doc
		}
	}
	snap.opened = slices.Sorted(maps.Keys(snap.tree.opened))
	return snap
}

// files is the tree with the texts of the editor.
func (s snapshot) files(base fs.FS) overlay {
	o := overlay{FS: base, texts: map[string][]byte{}}
	for rel, doc := range s.open {
		o.texts[rel] = doc.text.content
	}
	return o
}

// checked checks what a job asks for and tells the client. It is false when it was interrupted.
func (s *server) checked(ctx context.Context, j *job) (finished bool) {
	defer func() {
		if cause := recover(); cause != nil {
			s.logPanic("the check", cause)
			finished = true
		}
	}()
	snap := s.snapshot(j.root)
	root, err := os.OpenRoot(j.root)
	if err != nil { // the folder is gone
		s.publish(snap, finding.Report{})
		return true
	}
	defer root.Close() //nolint:errcheck // only read
	whole, ok := s.update(ctx, snap, j, snap.files(root.FS()))
	if !ok {
		return false
	}
	s.publish(snap, whole)
	return true
}

// update checks the units that a change is about and forgets those that are none any more.
func (s *server) update(ctx context.Context, snap snapshot, j *job, files overlay) (finding.Report, bool) {
	t := snap.tree
	var about []finding.Problem
	if conf, err := config.Load(files, s.ruleIDs()); err == nil {
		t.conf = conf
	} else {
		about = append(about, configProblem(err))
	}
	all, problems := parsers.Widen(files, snap.opened)
	changed, _ := parsers.Widen(files, slices.Sorted(maps.Keys(j.files)))
	var todo []unit.Unit
	for _, u := range all {
		known := t.units[u]
		if j.all || known == nil || slices.Contains(changed, u) || known.reads(j.files) {
			todo = append(todo, u)
		}
	}
	if ctx.Err() != nil {
		return finding.Report{}, false
	}
	read := reading{files: map[unit.Unit]map[string]bool{}}
	checker := check.New(s.opt.Policies, check.Selection{Profile: t.conf.Profile, Skip: t.conf.Skip, Severities: t.conf.Severities})
	req := check.Request{
		FS: files, Today: s.opt.Today(), TrustedAccounts: t.conf.TrustedAccounts,
		Ignore: t.conf.Ignore, IgnoreFile: config.Name, NoIgnore: t.conf.NoIgnore, Read: read.note,
	}
	parts, err := checker.Parts(ctx, req, todo)
	if err != nil {
		return finding.Report{}, false
	}
	for i, u := range todo {
		t.units[u] = &checked{report: parts[i], members: read.of(u)}
	}
	maps.DeleteFunc(t.units, func(u unit.Unit, _ *checked) bool { return !slices.Contains(all, u) })
	reports := []finding.Report{{Problems: append(about, problems...)}}
	for _, u := range all {
		reports = append(reports, t.units[u].report)
	}
	return checker.Whole(req, reports), true
}

// reads reports whether one of the files was read for the unit.
func (c *checked) reads(files map[string]bool) bool {
	for file := range files {
		if c.members[file] {
			return true
		}
	}
	return false
}

// reading notes which files are read for units.
type reading struct {
	mu    sync.Mutex
	files map[unit.Unit]map[string]bool
}

func (r *reading) note(u unit.Unit, parsed unit.Parsed) {
	members := make(map[string]bool, len(parsed.Files))
	for name := range parsed.Files {
		members[path.Clean(name)] = true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files[u] = members
}

func (r *reading) of(u unit.Unit) map[string]bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.files[u]
}

// ruleIDs are the ids that a configuration may name.
func (s *server) ruleIDs() []string {
	var ids []string
	for _, r := range append(s.opt.Policies.Rules(), suppress.Rules()...) {
		ids = append(ids, r.ID)
	}
	return ids
}

// configProblem is what is wrong with the configuration.
func configProblem(err error) finding.Problem {
	p := finding.Problem{Message: err.Error()}
	p.Range.Path = config.Name
	return p
}
