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

// RuleSet contains the rules that apply to a unit: the built-in ones and those in the directories of the configuration
// and the caller.
type RuleSet struct {
	*policy.Set
	Refused policy.Refused // problems of custom rules

	key     string          // changes with the custom rules; empty: no custom rules
	folders []policy.Folder // directories of custom rules in the tree
}

// All returns the rules and those of lintel itself, about suppressions and changes of access, sorted by id.
func (s RuleSet) All() []finding.Rule {
	all := slices.Concat(s.Rules(), suppress.Rules(), finding.AccessRules())
	slices.SortFunc(all, func(a, b finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// ran returns a function that reports whether a rule ran or no longer exists. A rule that could not be loaded still
// exists.
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

// ruleSet loads the built-in rules and those of directories inside and outside the tree. It reuses a loaded set with
// the same rules.
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

// forgetRules removes the rule sets that no configuration uses.
func (w *Workspace) forgetRules(used map[string]bool) {
	maps.DeleteFunc(w.rules, func(key string, _ RuleSet) bool { return !used[key] })
}

// union returns the distinct strings of lists, in order of occurrence.
func union(lists ...[]string) []string {
	var all []string
	for _, word := range slices.Concat(lists...) {
		if !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}

// withRules adds rules whose ids are missing.
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
