package lsp

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"lintel/internal/check"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers"
)

// tree is what is known of the files below one root. The worker alone changes it, apart from opened.
type tree struct {
	root   string
	opened map[string]bool // what is or was open in it; guarded by the server's mutex
	known  *parsers.Tree
	units  map[deployment.Unit]*checked
	confs  map[string]config.Config // the last of each name that could be read
	rules  map[string]ruleSet       // those with custom rules, by the names of their configurations

	published map[string][]diagnostic // what the client shows, by path
	latest    *outcome                // of the last check; guarded by the server's mutex
}

// outcome is what a check has come to, for those who ask about it later. It never changes.
type outcome struct {
	units map[deployment.Unit]*checked
	whole finding.Report
	shown map[string][]diagnostic
}

// checked is the outcome of the last check of a unit.
type checked struct {
	report finding.Report
	conf   config.Config
	rules  ruleSet
	basis  basis
	reading
}

// basis is what a check depends on besides the files. When it changes, the unit is checked again.
type basis struct {
	confName, confText string
	rules              string // the key of custom ones
	profile            finding.Profile
	today              string
}

// treeAt returns the tree at a root. The caller holds s.mu.
func (s *server) treeAt(root string) *tree {
	t, ok := s.trees[root]
	if !ok {
		t = &tree{
			root: root, opened: map[string]bool{}, known: parsers.NewTree(),
			units: map[deployment.Unit]*checked{}, confs: map[string]config.Config{}, rules: map[string]ruleSet{}, published: map[string][]diagnostic{},
		}
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
	encoding encoding
	client   capabilities
}

func (s *server) snapshot(root string) snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap := snapshot{
		tree: s.treeAt(root), open: map[string]*document{}, settings: s.settings, encoding: s.encoding, client: s.client,
	}
	for _, doc := range s.documents {
		if doc.root == root {
			snap.open[doc.rel] = doc
		}
	}
	snap.opened = slices.Sorted(maps.Keys(snap.tree.opened))
	return snap
}

// files is the tree with the texts of the editor, and what closes it.
func (s snapshot) files() (source.Overlay, func()) {
	o := source.Overlay{FS: nothing{}, Texts: map[string][]byte{}}
	for rel, doc := range s.open {
		o.Texts[rel] = doc.text.content
	}
	root, err := os.OpenRoot(s.tree.root)
	if err != nil { // the folder is gone
		return o, func() {}
	}
	o.FS = root.FS()
	return o, func() { _ = root.Close() } // only read
}

// nothing is a file system without files.
type nothing struct{}

func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
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
	files, done := snap.files()
	defer done()
	if j.refresh {
		return s.refreshed(ctx, snap, j, files)
	}
	whole, ok := s.update(ctx, snap, j, files)
	if !ok {
		return false
	}
	messages := snap.tree.show(snap, whole)
	s.remember(snap.tree, whole) // who is told may ask at once
	for _, m := range messages {
		s.notify("textDocument/publishDiagnostics", m)
	}
	if j.outside {
		s.queue.put(job{root: j.root, files: map[string]bool{}, refresh: true}, 0)
	}
	return true
}

// remember keeps what a check has come to.
func (s *server) remember(t *tree, whole finding.Report) {
	latest := &outcome{units: maps.Clone(t.units), whole: whole, shown: maps.Clone(t.published)}
	s.mu.Lock()
	ask := s.client.Workspace.CodeLens.RefreshSupport && (t.latest == nil || !reflect.DeepEqual(t.latest.shown, latest.shown))
	t.latest = latest
	if len(t.opened) == 0 && len(t.units) == 0 && len(t.published) == 0 {
		delete(s.trees, t.root)
	}
	s.mu.Unlock()
	if ask {
		s.call("workspace/codeLens/refresh", nil, nil)
	}
}

// refreshed looks whether files have changed without anybody having said so, and has them checked.
func (s *server) refreshed(ctx context.Context, snap snapshot, j *job, files source.Overlay) (finished bool) {
	changed, err := snap.tree.known.Refresh(ctx, files)
	if err != nil {
		return ctx.Err() == nil
	}
	again := job{root: j.root, files: map[string]bool{}}
	for _, name := range changed {
		again.files[name] = true
	}
	for _, u := range snap.tree.units {
		for _, name := range u.stale(files) {
			again.files[name] = true
		}
	}
	if len(again.files) > 0 {
		s.queue.put(again, 0)
	}
	return true
}

// update checks the units that a change is about and forgets those that are none any more.
func (s *server) update(ctx context.Context, snap snapshot, j *job, files source.Overlay) (finding.Report, bool) {
	t := snap.tree
	if !t.known.IsKnown() {
		told := s.startProgress(snap, "lintel reads "+filepath.Base(t.root))
		defer told.end()
	}
	changed := slices.Sorted(maps.Keys(j.files))
	t.known.Changed(files, changed...)
	all, problems := t.known.Widen(files, snap.opened)
	near, _ := t.known.Widen(files, changed)
	groups, broken := s.groups(ctx, snap, files, all)
	for _, g := range groups {
		for _, u := range g.units {
			if known := t.units[u]; j.all || known == nil || known.basis != g.basis || slices.Contains(near, u) || known.has(j.files) {
				g.todo = append(g.todo, u)
			}
		}
	}
	if !s.checkGroups(ctx, snap, groups, files) {
		return finding.Report{}, false
	}
	maps.DeleteFunc(t.units, func(u deployment.Unit, _ *checked) bool { return !slices.Contains(all, u) })
	whole := finding.Report{Files: source.Files{}, Problems: append(problems, broken...), Rules: ruleSet{Set: s.opt.Policies}.all()}
	for _, g := range groups {
		whole = together(whole, t.whole(g))
		maps.Copy(whole.Files, g.rules.refused.Files)
	}
	return whole, true
}

// whole is the report on the units of a group, of which each has been checked.
func (t *tree) whole(g *group) finding.Report {
	var parts []finding.Report
	for _, u := range g.units {
		parts = append(parts, t.units[u].report)
	}
	return g.checker.Whole(g.request, parts)
}

// together is what two runs have found.
func together(a, b finding.Report) finding.Report {
	a.Findings = append(a.Findings, b.Findings...)
	a.Problems = append(a.Problems, b.Problems...)
	a.Rules = withRules(a.Rules, b.Rules)
	maps.Copy(a.Files, b.Files)
	finding.Sort(a.Findings)
	return a
}

// group are units that have the same configuration: what is checked in one run.
type group struct {
	basis   basis
	conf    config.Config
	rules   ruleSet
	units   []deployment.Unit
	todo    []deployment.Unit // those that have to be checked
	checker *check.Checker
	request check.Request
}

// groups sorts units by their configurations. Those that are broken are problems.
func (s *server) groups(ctx context.Context, snap snapshot, files source.Overlay, units []deployment.Unit) (groups []*group, broken []finding.Problem) {
	byName := map[string]*group{}
	names := map[string]bool{}
	for _, u := range units {
		name := snap.configOf(files, u)
		g := byName[name]
		if g == nil {
			rules := s.rulesOf(ctx, snap.tree, files, name)
			conf, text, problems := configuration(snap, files, name, rules)
			broken = slices.Concat(broken, problems, rules.refused.Problems)
			g = &group{conf: conf, rules: rules, basis: basis{name, text, rules.key, snap.settings.profile, s.opt.Today().Format(time.DateOnly)}}
			g.checker, g.request = s.request(snap, rules, conf, files)
			byName[name], groups = g, append(groups, g)
			names[name] = true
		}
		g.units = append(g.units, u)
	}
	return groups, append(broken, s.otherConfigs(ctx, snap, files, names)...)
}

// checkGroups checks what has to be. It is false when it was interrupted.
func (s *server) checkGroups(ctx context.Context, snap snapshot, groups []*group, files source.Overlay) bool {
	todo, done := 0, 0
	for _, g := range groups {
		todo += len(g.todo)
	}
	var told *progress
	if todo >= manyUnits {
		told = s.startProgress(snap, "lintel checks "+filepath.Base(snap.tree.root))
		defer told.end()
	}
	for _, g := range groups {
		if !g.check(ctx, snap.tree, files, func(n, _ int) { told.report(done+n, todo) }) {
			return false
		}
		done += len(g.todo)
	}
	return true
}

func (g *group) check(ctx context.Context, t *tree, files source.Overlay, report func(done, total int)) bool {
	read := &readings{of: map[deployment.Unit]reading{}, files: files}
	req := g.request
	req.Read, req.Progress = read.note, report
	parts, err := g.checker.Parts(ctx, req, g.todo)
	if err != nil {
		return false
	}
	for i, u := range g.todo {
		t.units[u] = &checked{report: parts[i], reading: read.of[u], conf: g.conf, rules: g.rules, basis: g.basis}
	}
	return true
}

// unitTime is how long one unit may take. Nobody waits longer for an editor.
const unitTime = 10 * time.Second

// request is what the command line would check, apart from the paths.
func (s *server) request(snap snapshot, rules ruleSet, conf config.Config, files source.Overlay) (*check.Checker, check.Request) {
	profile := conf.Profile
	if snap.settings.profile != "" {
		profile = snap.settings.profile
	}
	checker := check.New(rules.Set, check.Selection{Profile: profile, Skip: conf.Skip, Severities: conf.Severities})
	req := check.Request{FS: files, Today: s.opt.Today(), UnitTime: unitTime, Drain: true}
	return checker, req.Configured(conf)
}

// reading is what was read for a unit: its files, with what tells whether they have changed.
type reading struct {
	members   map[string]stamp
	functions []function
}

type stamp struct {
	size     int64
	modified time.Time
}

func stampOf(files fs.FS, name string) stamp {
	info, err := fs.Stat(files, name)
	if err != nil {
		return stamp{size: -1}
	}
	return stamp{info.Size(), info.ModTime()}
}

// has reports whether one of some files was read for the unit.
func (r reading) has(files map[string]bool) bool {
	for file := range files {
		if _, ok := r.members[file]; ok {
			return true
		}
		if strings.HasSuffix(file, modulesFile) {
			return true
		}
	}
	return false
}

// stale are the files that have changed since they were read.
func (r reading) stale(files fs.FS) []string {
	var changed []string
	for name, before := range r.members {
		if stampOf(files, name) != before {
			changed = append(changed, name)
		}
	}
	return changed
}

// modulesFile is where terraform init says which folders it has put modules into.
const modulesFile = ".terraform/modules/modules.json"

// readings note what is read for units.
type readings struct {
	files fs.FS
	mu    sync.Mutex
	of    map[deployment.Unit]reading
}

func (r *readings) note(u deployment.Unit, parsed deployment.Parsed) {
	members := make(map[string]stamp, len(parsed.Files))
	for name := range parsed.Files {
		members[path.Clean(name)] = stampOf(r.files, name)
	}
	functions := functionsOf(parsed)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.of[u] = reading{members: members, functions: functions}
}
