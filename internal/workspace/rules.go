package workspace

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"lintel/internal/check"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/suppress"
	"lintel/policies"
)

// RuleSet is the rules that apply to a unit: lintel's own, and those in the directories that its configuration or the
// caller names.
type RuleSet struct {
	*policy.Set
	Refused policy.Refused // what is wrong with custom rules

	key     string          // changes when custom rules do; empty: there are none
	folders []policy.Folder // of custom rules in the tree
}

// All returns the rules and those about suppressions, by their ids.
func (s RuleSet) All() []finding.Rule {
	all := append(s.Rules(), suppress.Rules()...)
	slices.SortFunc(all, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// ran reports whether a rule ran, or no longer exists. A rule that could not be loaded still exists.
func (s RuleSet) ran(selection check.Selection) func(id string) bool {
	runs := sync.OnceValue(func() map[string]bool {
		runs := map[string]bool{}
		for _, rule := range s.All() {
			runs[rule.ID] = selection.Enabled(rule)
		}
		return runs
	})
	gone := len(s.Refused.Problems) == 0
	return func(id string) bool {
		is, ok := runs()[id]
		return is || !ok && gone
	}
}

// ruleSet loads lintel's rules with those of directories in a tree and outside. What has been loaded is taken if the
// rules are the same.
func (w *Workspace) ruleSet(ctx context.Context, set Settings, inTree []policy.Folder) RuleSet {
	folders := slices.Concat(set.Outside, inTree)
	if len(folders) == 0 {
		return RuleSet{Set: set.Rules}
	}
	var key strings.Builder
	for _, folder := range folders {
		fmt.Fprintf(&key, "%q %x\n", folder.Shown, folder.Sum())
	}
	if known, ok := w.rules[key.String()]; ok {
		return known
	}
	loaded := RuleSet{key: key.String(), folders: inTree}
	loaded.Set, loaded.Refused = set.Rules.Extend(ctx, policies.Text, suppress.IDs(), folders...)
	if ctx.Err() == nil {
		w.rules[loaded.key] = loaded
	}
	return loaded
}

// forgetRules drops the rule sets that no longer belong to a configuration.
func (w *Workspace) forgetRules(used map[string]bool) {
	maps.DeleteFunc(w.rules, func(key string, _ RuleSet) bool { return !used[key] })
}

// union returns every word once, in the order in which they come.
func union(lists ...[]string) []string {
	var all []string
	for _, word := range slices.Concat(lists...) {
		if !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}

// withRules adds to rules those that they do not have.
func withRules(all, more []finding.Rule) []finding.Rule {
	known := map[string]bool{}
	for _, r := range all {
		known[r.ID] = true
	}
	for _, r := range more {
		if !known[r.ID] {
			all = append(all, r)
		}
	}
	return all
}

// folderIn returns a directory of custom rules in a tree.
func folderIn(files fs.FS, dir string) policy.Folder {
	return policy.Folder{FS: files, Dir: dir, Shown: dir}
}

func isFolder(f policy.Folder) bool {
	info, err := fs.Stat(f.FS, f.Dir)
	return err == nil && info.IsDir()
}
