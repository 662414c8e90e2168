package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"lintel/internal/boundary"
	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/suppress"
	"lintel/policies"
)

// policyFlags say where rules are that are not lintel's own.
type policyFlags struct{ dirs []string }

func (f *policyFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.dirs, "policies", nil, "`DIR` with rules of your own, as lintel rule new makes them; repeatable")
}

// ruleSet is the rules of a run.
type ruleSet struct {
	*policy.Set
	refused policy.Refused  // what is wrong with custom rules
	later   []string        // ids that only the change has; its configuration may name them
	folders []policy.Folder // in the tree that is checked
}

// all are the rules, and those about suppressions, by their ids.
func (s ruleSet) all() []finding.Rule { return allRules(s.Set) }

// ran tells whether a rule ran, or is no longer there. A rule that could not be loaded is still there.
func (s ruleSet) ran(selection check.Selection) func(id string) bool {
	rules := s.all()
	ran := enabled(rules, selection)
	if len(s.refused.Problems) == 0 {
		return ran
	}
	return func(id string) bool {
		return ran(id) && slices.ContainsFunc(rules, func(r finding.Rule) bool { return r.ID == id })
	}
}

// addTo adds what could not be used to a report.
func (s ruleSet) addTo(found *finding.Report) {
	if len(s.refused.Problems) == 0 {
		return
	}
	found.Problems = append(slices.Clone(s.refused.Problems), found.Problems...)
	for _, p := range s.refused.Problems {
		if file := s.refused.Files[p.Range.Path]; file != nil {
			found.Files[p.Range.Path] = file
		}
	}
}

// load loads the built-in rules and those that the flag and the configuration name. now is the tree that is
// checked. With a base, what is inside of the tree is read from there, so that a change cannot bring the rules
// that judge it.
func (f *policyFlags) load(ctx context.Context, now fs.FS, where location, against *comparison, tree *treeFlags) (ruleSet, error) {
	set, err := rules()
	if err != nil {
		return ruleSet{}, err
	}
	judge, ofBase := against.judge(now)
	named, folders, err := f.places(where)
	if err != nil {
		return ruleSet{}, err
	}
	for _, dir := range named {
		if !isFolder(inside(judge, dir)) && !isFolder(inside(now, dir)) {
			return ruleSet{}, fmt.Errorf("--policies %s: there is no such folder%s", where.show(dir), against.sourceOf(ofBase))
		}
	}
	configured := tree.policies(judge, where)
	result := ruleSet{Set: set}
	if ofBase {
		result.later = against.compareFolders(now, named, configured, tree.policies(now, where))
	}
	for _, dir := range union(named, configured) {
		if folder := inside(judge, dir); !ofBase || isFolder(folder) { // else the change adds it, and that is said
			folders, result.folders = append(folders, folder), append(result.folders, folder)
		}
	}
	if len(folders) > 0 {
		result.Set, result.refused = set.Extend(ctx, policies.Text, suppress.IDs(), folders...)
	}
	return result, nil
}

// judge is the tree whose rules judge, and whether it is that of the base.
func (c *comparison) judge(now fs.FS) (judge fs.FS, ofBase bool) {
	if c == nil || c.base == nil || c.flags.trust {
		return now, false
	}
	return c.base, true
}

// places are the folders of the flag: those in the root by their paths, and the others.
func (f *policyFlags) places(where location) (named []string, outside []policy.Folder, err error) {
	for _, dir := range f.dirs {
		absolute := resolve(where.cwd, dir)
		relative := boundary.Rel(where.root, absolute)
		if fs.ValidPath(relative) {
			if !slices.Contains(named, relative) {
				named = append(named, relative)
			}
			continue
		}
		root, err := os.OpenRoot(absolute)
		if err != nil {
			if pathError, ok := errors.AsType[*fs.PathError](err); ok {
				err = pathError.Err
			}
			return nil, nil, fmt.Errorf("--policies %s: %w", dir, err)
		}
		folder := policy.Folder{FS: root.FS(), Dir: ".", Shown: filepath.ToSlash(relative)}
		if !slices.ContainsFunc(outside, func(other policy.Folder) bool { return other.Shown == folder.Shown }) {
			outside = append(outside, folder)
		}
	}
	return named, outside, nil
}

func inside(fsys fs.FS, dir string) policy.Folder {
	return policy.Folder{FS: fsys, Dir: dir, Shown: dir}
}

func isFolder(f policy.Folder) bool {
	info, err := fs.Stat(f.FS, f.Dir)
	return err == nil && info.IsDir()
}

// sourceOf says where folders are looked for, when it is not on disk.
func (c *comparison) sourceOf(ofBase bool) string {
	switch {
	case c == nil:
		return ""
	case ofBase:
		return " before the change, nor in it"
	case c.flags.staged:
		return " in the index, where --staged looks for it; git add it"
	}
	return ""
}

// compareFolders says what the change does to custom rules. It returns the ids of those that only the
// change has.
func (c *comparison) compareFolders(now fs.FS, named, configured, wanted []string) []string {
	var later []string
	for _, dir := range union(named, configured, wanted) {
		before, after := inside(c.base, dir), inside(now, dir)
		known := before.IDs()
		for _, id := range after.IDs() {
			if !slices.Contains(known, id) {
				later = append(later, id)
			}
		}
		isUsed := slices.Contains(named, dir) || slices.Contains(configured, dir)
		switch {
		case !isUsed || !isFolder(before):
			c.notes = append(c.notes, dir+": the change adds these rules, and they are not used (--trust-config uses them)")
		case before.Sum() != after.Sum():
			c.notes = append(c.notes, dir+": the change touches these rules; those before the change are used (--trust-config uses the new ones)")
		case !slices.Contains(named, dir) && !slices.Contains(wanted, dir):
			c.notes = append(c.notes, dir+": the change no longer asks for these rules; they are used all the same (--trust-config leaves them out)")
		}
	}
	return later
}

// union has every word once, in the order in which they come.
func union(lists ...[]string) []string {
	var all []string
	for _, word := range slices.Concat(lists...) {
		if !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}
