package lsp

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"lintel/internal/boundary"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/secrets"
	"lintel/internal/source"
	"lintel/internal/workspace"
)

// project is the state of the files below one root. Only the worker modifies it, except for opened.
type project struct {
	root      string
	opened    map[string]bool // documents that are or were open; guarded by the server's mutex
	workspace *workspace.Workspace

	published map[string][]diagnostic // diagnostics of the last check, by path
	pushed    map[string]bool         // files whose diagnostics the client has without a request
	hidden    []string                // secrets of the last outcome; guarded by the server's mutex
	latest    *outcome                // last outcome; guarded by the server's mutex
}

// outcome is the result of a check, for later requests. It is immutable.
type outcome struct {
	*workspace.Outcome
	shown map[string][]diagnostic
}

// projectAt returns the project with a root. The caller holds s.mu.
func (s *server) projectAt(root string) *project {
	t, ok := s.projects[root]
	if !ok {
		t = &project{root: root, opened: map[string]bool{}, workspace: workspace.NewLasting(), published: map[string][]diagnostic{}, pushed: map[string]bool{}}
		s.projects[root] = t
	}
	return t
}

// snapshot is the state for one check.
type snapshot struct {
	project  *project
	open     map[string]*document // by path in the tree
	opened   []string
	settings settings
	encoding encoding
	client   capabilities

	isShallow      bool     // search only the files in the root, not those below it
	pullsWorkspace bool     // the client requests the diagnostics of all files
	whole          []string // directories in the tree to check completely
}

func (s *server) snapshot(root string) snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap := snapshot{
		project: s.projectAt(root), open: map[string]*document{}, settings: s.settingsOf(root), encoding: s.encoding, client: s.client,
		isShallow: s.isShallow(root), pullsWorkspace: s.pullsWorkspace,
	}
	if snap.settings.wholeWorkspace && !snap.isShallow {
		snap.whole = s.foldersIn(root)
	}
	for _, doc := range s.documents { // any order: it fills a map
		if doc.root == root {
			snap.open[doc.rel] = doc
		}
	}
	snap.opened = slices.Sorted(maps.Keys(snap.project.opened))
	return snap
}

// files returns the tree overlaid with the open documents, and a function that closes it.
func (s snapshot) files() (source.Overlay, func()) {
	texts := map[string][]byte{}
	for rel, doc := range s.open {
		texts[rel] = doc.text.content
	}
	root, err := source.OpenRoot(s.project.root)
	if err != nil { // the directory no longer exists
		return source.NewOverlay(nothing{}, texts), func() {}
	}
	done := func() { _ = root.Close() } // opened for reading only
	if s.isShallow {
		return source.NewOverlay(shallow{root}, texts), done
	}
	return source.NewOverlay(root, texts), done
}

// shallow is a directory without the list of its subdirectories. Files in them can be opened by name, such as the modules
// that a configuration calls.
type shallow struct{ source.Root }

func (s shallow) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := s.Root.ReadDir(name)
	if name == "." {
		entries = slices.DeleteFunc(entries, fs.DirEntry.IsDir)
	}
	return entries, err
}

// isShallow reports whether only the files in a root are searched, and not those below it: the root of the disk, a home
// directory, and the directory of a file that is in neither a repository nor a workspace folder may contain anything. The
// caller holds s.mu.
func (s *server) isShallow(root string) bool {
	if home, err := os.UserHomeDir(); root == filepath.Dir(root) || err == nil && root == filepath.Clean(home) {
		return true
	}
	if slices.ContainsFunc(s.folders, func(folder string) bool { return boundary.Contains(folder, root) }) {
		return false
	}
	_, err := os.Stat(filepath.Join(root, ".git"))
	return err != nil
}

// nothing is an empty file system.
type nothing struct{}

func (nothing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// checked runs a job and publishes the diagnostics. It returns false if it was interrupted.
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
	checked, err := s.update(ctx, snap, j, files)
	if err != nil {
		return false
	}
	mask := s.learn(snap.project, checked.Report.Hidden)
	messages := snap.project.show(snap, checked.Report.Shown(mask.Remembering()))
	s.remember(snap.project, checked) // clients may send requests as soon as they receive the diagnostics
	s.publish(snap, messages)
	s.refresh(snap)
	if j.outside {
		s.queue.put(job{root: j.root, files: map[string]bool{}, refresh: true}, 0)
	}
	return true
}

// learn makes the server mask the secrets of a project, beside those of the others.
func (s *server) learn(t *project, hidden []string) *secrets.Mask {
	s.mu.Lock()
	t.hidden = hidden
	var all []string
	for _, root := range slices.Sorted(maps.Keys(s.projects)) {
		all = append(all, s.projects[root].hidden...)
	}
	s.mu.Unlock()
	mask := secrets.NewMask(all)
	s.stream.mask.Store(mask)
	return mask
}

// remember stores the outcome of a check.
func (s *server) remember(t *project, checked *workspace.Outcome) {
	latest := &outcome{Outcome: checked, shown: maps.Clone(t.published)}
	s.mu.Lock()
	isNew := t.latest == nil || !reflect.DeepEqual(t.latest.shown, latest.shown)
	ask := s.client.Workspace.CodeLens.RefreshSupport && isNew
	askHints := s.client.Workspace.InlayHint.RefreshSupport && s.settingsOf(t.root).inlayHints && isNew
	t.latest = latest
	if len(t.opened) == 0 && len(checked.Units) == 0 && len(t.published) == 0 {
		delete(s.projects, t.root)
	}
	s.mu.Unlock()
	if ask {
		s.call("workspace/codeLens/refresh", nil, nil)
	}
	if askHints {
		s.call("workspace/inlayHint/refresh", nil, nil)
	}
}

// refreshed searches for files that changed without a notification, and adds them to the queue.
func (s *server) refreshed(ctx context.Context, snap snapshot, j *job, files source.Overlay) (finished bool) {
	changed, err := snap.project.workspace.Stale(ctx, files)
	if err != nil {
		return ctx.Err() == nil
	}
	if len(changed) > 0 {
		again := job{root: j.root, files: map[string]bool{}}
		for _, name := range changed {
			again.files[name] = true
		}
		s.queue.put(again, 0)
	}
	return true
}

// update checks the units that a change affects. The error is that of ctx.
func (s *server) update(ctx context.Context, snap snapshot, j *job, files source.Overlay) (*workspace.Outcome, error) {
	t := snap.project
	if !t.workspace.IsKnown() {
		told := s.startProgress(snap, "Reading "+filepath.Base(t.root))
		defer told.end()
	}
	t.workspace.Changed(files, slices.Sorted(maps.Keys(j.files))...)
	paths := snap.opened
	if len(snap.whole) > 0 {
		below, err := t.workspace.Candidates(ctx, files, snap.whole)
		if err != nil {
			return nil, err
		}
		paths = append(below, paths...)
	}
	plan, err := t.workspace.Plan(ctx, files, s.checkedBy(snap), workspace.Search{Paths: paths, Widen: true, Configs: snap.configs()})
	if err != nil {
		return nil, err
	}
	var told *progress
	if plan.Prepare(workspace.Overrides{Profile: snap.settings.profile}, workspace.Change{Files: j.files, All: j.all}) >= manyUnits {
		told = s.startProgress(snap, "Checking "+filepath.Base(t.root))
		defer told.end()
	}
	return plan.Check(ctx, told.report)
}

// unitTime is the time limit of a unit. Users of an editor do not wait longer.
const unitTime = 10 * time.Second

// checkedBy returns the settings of a check.
func (s *server) checkedBy(snap snapshot) workspace.Settings {
	set := workspace.Settings{
		Rules: s.opt.Policies, ConfigName: snap.settings.config, Lenient: true, Watch: true,
		Today: s.opt.Today(), UnitTime: unitTime, Drain: true, Values: deployment.Options{VarFiles: snap.varFiles()},
	}
	if s.opt.Tracked != nil {
		set.Tracked = func(ctx context.Context) (workspace.Tracked, error) { return s.opt.Tracked(ctx, snap.project.root) }
	}
	return set
}

// varFiles returns the variable files of the settings, as paths in the tree. Those in other trees are left out.
func (s snapshot) varFiles() []string {
	var names []string
	for _, name := range s.settings.varFiles {
		p := filepath.Join(cmp.Or(s.settings.folder, s.project.root), filepath.FromSlash(name))
		if boundary.Contains(s.project.root, p) {
			names = append(names, boundary.Rel(s.project.root, p))
		}
	}
	return names
}

// configs returns the open configurations.
func (s snapshot) configs() []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(s.open)) {
		if config.IsName(name) {
			names = append(names, name)
		}
	}
	return names
}
