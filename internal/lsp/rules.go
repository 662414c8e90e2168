package lsp

import (
	"context"
	"io/fs"
	"slices"
	"strings"

	"lintel/internal/config"
	"lintel/internal/finding"
	"lintel/internal/policy"
	"lintel/internal/suppress"
	"lintel/policies"
)

// ruleSet is the rules of a configuration: lintel's own, and those in the folders that it names.
type ruleSet struct {
	*policy.Set
	refused policy.Refused // what is wrong with custom rules
	key     string         // changes when the rules do
}

// all are the rules, and those about suppressions.
func (s ruleSet) all() []finding.Rule { return append(s.Rules(), suppress.Rules()...) }

// rulesOf loads the rules of a configuration; those of the last check are taken if they are the same. Only the
// worker asks.
func (s *server) rulesOf(ctx context.Context, t *tree, files fs.FS, conf string) ruleSet {
	var folders []policy.Folder
	var key strings.Builder
	for _, dir := range config.Policies(files, conf) {
		folder := policy.Folder{FS: files, Dir: dir, Shown: dir}
		sum := folder.Sum()
		key.WriteString(dir + "\x00" + string(sum[:]))
		folders = append(folders, folder)
	}
	if len(folders) == 0 {
		return ruleSet{Set: s.opt.Policies}
	}
	if known, ok := t.rules[conf]; ok && known.key == key.String() {
		return known
	}
	set, refused := s.opt.Policies.Extend(ctx, policies.Text, suppress.IDs(), folders...)
	loaded := ruleSet{Set: set, refused: refused, key: key.String()}
	if ctx.Err() == nil {
		t.rules[conf] = loaded
	}
	return loaded
}

// withRules puts the rules of a report together with others.
func withRules(all, more []finding.Rule) []finding.Rule {
	for _, r := range more {
		if !slices.ContainsFunc(all, func(other finding.Rule) bool { return other.ID == r.ID }) {
			all = append(all, r)
		}
	}
	return all
}
