// Package workspace is the part that the command line and the language server share: it finds the units of a tree and
// the configuration and rules that apply to each, checks them, and rechecks the units that an edit affects.
//
// A check has three steps. Workspace.Plan finds units, configurations and rules, so that rule ids of the caller can be
// validated. Plan.Prepare applies the overrides of the caller. Plan.Check returns an Outcome, which is immutable and
// can be rechecked in edited trees.
package workspace

import (
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"lintel/internal/artifact"
	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/parsers"
)

// Workspace keeps the state of a tree between checks. It is not safe for concurrent use; its outcomes are.
type Workspace struct {
	search *parsers.Index // index of the search for units; nil: not kept between checks
	units  map[deployment.Unit]*Unit
	confs  map[string]config.Config // last valid configuration of each path
	rules  map[string]RuleSet       // sets with custom rules, by key

	artifacts artifact.Cache
}

// New returns a workspace for one check or a few.
func New() *Workspace {
	return &Workspace{units: map[deployment.Unit]*Unit{}, confs: map[string]config.Config{}, rules: map[string]RuleSet{}}
}

// NewLasting returns a workspace that keeps the search index between checks. Every change must be reported to it with
// Changed.
func NewLasting() *Workspace {
	w := New()
	w.search = parsers.NewIndex()
	return w
}

// Settings are the trees, rules and configurations of a check.
type Settings struct {
	Rules   *policy.Set     // built-in rules
	Named   []string        // directories in the tree with custom rules for all units
	Outside []policy.Folder // directories outside the tree with custom rules for all units

	Given      *source.File // configuration for all units, with paths from the root of the tree; nil: the nearest one
	GivenName  string       // name of Given in messages
	ConfigName string       // path in the tree of the configuration for all units; empty: the nearest one
	Bare       bool         // use no configuration
	Lenient    bool         // report an invalid configuration as a problem and use the last valid version; otherwise it is an error
	Base       *Base        // tree before the change under check; nil: not a check of a change

	// Tracked returns the paths of the tree that version control tracks. It is called only if the search leaves out
	// directories or symlinks, or the tree may be a sparse checkout; nil: such parts are not reported.
	Tracked func(ctx context.Context) (Tracked, error)

	Show         func(path string) string // converts paths for messages; nil: unchanged
	MaxFileBytes int64                    // size above which a file is not read; 0: that of the configuration, else source.MaxFileBytes
	Values       deployment.Options
	Today        time.Time
	UnitTime     time.Duration // see check.Request
	Drain        bool          // see check.Request
	Watch        bool          // collect functions, and the stamps that detect changed files
	Once         bool          // release the reports on units, so that a further check of the workspace checks all
}

// Base is the tree before a change. Its configurations and custom rules apply to the change, which can make
// configurations stricter but not looser.
type Base struct {
	FS    fs.FS
	Trust bool // the configurations and rules of the change apply instead

	// Changed returns the paths of the files that differ between the trees. Units that they do not reach are not checked, see
	// Plan.narrow; nil: all are.
	Changed func(ctx context.Context) ([]string, error)
}

// Search selects the units to check.
type Search struct {
	Paths []string // files or directories; a file selects its unit
	Widen bool     // Paths are changed files, each of which selects the units that contain it, see parsers.Widen

	// Named are the paths that the user names; nil: none, as in an editor. Their configuration is read even if it
	// applies to no unit, and the test templates of custom rules are excluded unless they are named.
	Named []string
	Tests bool // include test templates

	Configs []string // further configurations whose problems are reported
}

// Change describes the files that changed since the last check.
type Change struct {
	Files map[string]bool // changed files, by path in the tree
	All   bool            // any file may have changed
}

// IsKnown reports whether the search index is complete.
func (w *Workspace) IsKnown() bool { return w.search != nil && w.search.IsKnown() }

// Changed updates the search index after files have been changed, created or deleted. Call it before the next Plan.
func (w *Workspace) Changed(files fs.FS, names ...string) { w.search.Changed(files, names...) }

// Stale searches the whole tree for files that changed without a call of Changed.
func (w *Workspace) Stale(ctx context.Context, files fs.FS) ([]string, error) {
	changed, err := w.search.Refresh(ctx, files)
	if err != nil {
		return nil, err
	}
	for _, u := range w.units { // any order: what is collected is sorted
		for name, before := range u.stamps {
			if stampOf(files, name) != before {
				changed = append(changed, name)
			}
		}
	}
	slices.Sort(changed)
	return slices.Compact(changed), nil
}

// Candidates returns the files below some directories that may be a unit or a part of a module. The error is that of ctx.
func (w *Workspace) Candidates(ctx context.Context, files fs.FS, dirs []string) ([]string, error) {
	if !w.IsKnown() {
		if _, err := w.search.Refresh(ctx, files); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(w.search.Names(), func(name string) bool {
		return !slices.ContainsFunc(dirs, func(dir string) bool { return source.Holds(dir, name) })
	}), nil
}

// Skips reports by its base name whether a directory is not searched unless a path names it.
func Skips(name string) bool { return parsers.IsThirdParty(name) }

// near returns the units that changed files belong to.
func (w *Workspace) near(files fs.FS, change Change) []deployment.Unit {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(change.Files)) {
		if !config.IsName(name) { // no unit reads it; a unit that it applies to has another basis then
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	if w.search == nil {
		units, _ := parsers.Widen(files, names)
		return units
	}
	units, _ := w.search.Widen(files, names)
	return units
}

// find searches for units. The index, which may be nil, remembers what it finds. The error is that of ctx.
func (w *Workspace) find(ctx context.Context, files fs.FS, paths []string, widen bool, index *parsers.Index) (parsers.Found, error) {
	var found parsers.Found
	if widen {
		found = w.search.SearchChanged(ctx, files, paths)
	} else {
		found = index.Search(ctx, files, paths)
	}
	return found, ctx.Err()
}

// Unit is the state of a unit since its last check.
type Unit struct {
	Config    config.Config
	Functions []Function // with Settings.Watch
	Resources []Resource // with Settings.Watch

	report finding.Report
	basis  basis
	files  map[string]bool
	stamps map[string]stamp // with Settings.Watch
	reads  *reads           // with Settings.Base
}

// release keeps of the report what later steps of the same check need. The next check must not reuse it.
func (u *Unit) release() {
	u.report, u.basis = finding.Report{Checked: u.report.Checked}, basis{}
}

// basis identifies the settings of a check. When it changes, the unit is checked again.
type basis struct {
	names
	text      string // texts of the configurations
	rules     string // key of the rule set
	overrides string
	today     string
}

// Reads reports whether the unit reads a file.
func (u *Unit) Reads(name string) bool { return u.files[name] }

// ModulesFile is the file in which terraform init records the directories of modules.
const ModulesFile = ".terraform/modules/modules.json"

// reachedBy reports whether a change affects the unit.
func (u *Unit) reachedBy(change Change) bool {
	for name := range change.Files {
		if u.files[name] || strings.HasSuffix(name, ModulesFile) {
			return true
		}
	}
	return change.All
}

// stamp identifies a version of a file.
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

// dirOf returns the directory whose configuration applies to a unit.
func dirOf(u deployment.Unit) string {
	if u.Kind == deployment.TerraformModule {
		return u.Root
	}
	return path.Dir(u.Root)
}
