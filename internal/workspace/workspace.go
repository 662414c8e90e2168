// Package workspace is what the command line and the language server share: it finds the units of a tree, the
// configuration and the rules that apply to each of them, has them checked, and checks again what an edit reaches.
//
// A check has three steps. Workspace.Plan finds units, configurations and rules; then the rules that the caller names
// are known to exist or not. Plan.Prepare takes the overrides of the caller. Plan.Check returns an Outcome, which never
// changes and can be asked and checked again in edited trees.
package workspace

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"lintel/internal/config"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/source"
	"lintel/parsers"
)

// Workspace is what is known of one tree between checks. It is not safe for concurrent use; its outcomes are.
type Workspace struct {
	search *parsers.Tree // what searches for units have found out; nil: nothing is remembered
	units  map[deployment.Unit]*Unit
	confs  map[string]config.Config // the last valid one of each path
	rules  map[string]RuleSet       // with custom rules, by their keys
}

// New returns a workspace of a tree that is checked once, or a few times.
func New() *Workspace {
	return &Workspace{units: map[deployment.Unit]*Unit{}, confs: map[string]config.Config{}, rules: map[string]RuleSet{}}
}

// NewLasting returns a workspace that remembers searches for units. It must be told of every change.
func NewLasting() *Workspace {
	w := New()
	w.search = parsers.NewTree()
	return w
}

// Settings say what is read, and by which rules and configurations it is judged.
type Settings struct {
	Rules   *policy.Set     // lintel's own
	Named   []string        // directories in the tree with custom rules for all units
	Outside []policy.Folder // those that are not in the tree

	Given      *source.File // a configuration for all units, with paths from the root of the tree; nil: each has the nearest
	GivenName  string       // Given in messages
	ConfigName string       // path in the tree of the configuration for all units; empty: each has the nearest
	Bare       bool         // no configuration applies
	Lenient    bool         // an invalid configuration is a problem, and the last valid one applies; else it is an error
	Base       *Base        // the tree before the change that is checked; nil: no change is checked

	Show     func(path string) string // paths in messages; nil: as they are
	Values   deployment.Options
	Today    time.Time
	UnitTime time.Duration // see check.Request
	Drain    bool          // see check.Request
	Watch    bool          // note what the functions of a unit are and what tells whether its files have changed
}

// Base is the tree before a change. Its configurations and custom rules judge the change, which can make
// configurations stricter but not looser.
type Base struct {
	FS    fs.FS
	Trust bool // the configurations and rules of the change judge all the same
}

// Search says which units are checked.
type Search struct {
	Paths []string // files or directories; a file brings its unit
	Widen bool     // Paths are files that have changed: each brings the units that it is part of, see parsers.Widen

	// Named are the paths that the user names; nil: the user names none, as in an editor. Their configuration is
	// read even when it applies to no unit, and the test templates of custom rules are left out unless they are named.
	Named []string
	Tests bool // leave no test templates out

	Configs []string // further configurations whose problems are reported
}

// Change says what a check has to look at again.
type Change struct {
	Files map[string]bool // what has changed, paths in the tree
	All   bool            // everything
}

// IsKnown reports whether a search has gone through the tree.
func (w *Workspace) IsKnown() bool { return w.search != nil && w.search.IsKnown() }

// Changed tells a lasting workspace which files have changed, came or went, before the plan that takes account of it.
func (w *Workspace) Changed(files fs.FS, names ...string) { w.search.Changed(files, names...) }

// Stale looks at the whole tree and returns the files that have changed without a Change.
func (w *Workspace) Stale(ctx context.Context, files fs.FS) ([]string, error) {
	changed, err := w.search.Refresh(ctx, files)
	if err != nil {
		return nil, err
	}
	for _, u := range w.units {
		for name, before := range u.stamps {
			if stampOf(files, name) != before {
				changed = append(changed, name)
			}
		}
	}
	slices.Sort(changed)
	return slices.Compact(changed), nil
}

// near returns the units that changed files are part of.
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

// find searches for units.
func (w *Workspace) find(files fs.FS, paths []string, widen bool) parsers.Found {
	if !widen {
		return parsers.Search(files, paths)
	}
	return w.search.SearchChanged(files, paths)
}

// Unit is what is known of a unit since it was checked last.
type Unit struct {
	Config    config.Config
	Functions []Function // with Settings.Watch

	report finding.Report
	basis  basis
	files  map[string]bool
	stamps map[string]stamp // with Settings.Watch
}

// basis is what a check depends on besides the files. When it changes, the unit is checked again.
type basis struct {
	names
	text      string // of the configurations
	rules     string // the key of the rule set
	overrides string
	today     string
}

// Reads reports whether a file was read for the unit.
func (u *Unit) Reads(name string) bool { return u.files[name] }

// ModulesFile is where terraform init notes the directories of modules.
const ModulesFile = ".terraform/modules/modules.json"

// reachedBy reports whether the unit has to be checked again after a change.
func (u *Unit) reachedBy(change Change) bool {
	for name := range change.Files {
		if u.files[name] || strings.HasSuffix(name, ModulesFile) {
			return true
		}
	}
	return change.All
}

// stamp changes when a file does.
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

func isGone(files fs.FS, name string) bool {
	_, err := fs.Stat(files, name)
	return errors.Is(err, fs.ErrNotExist)
}
