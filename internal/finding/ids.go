package finding

import (
	"path"
	"slices"
	"strings"
)

// IDs resolves names of rules. The name of a rule is its id or a former id; case does not count. The zero IDs resolves
// none.
type IDs struct {
	byName map[string]string // keys in lower case
	all    []string
	rules  []Rule
}

// IDsOf returns the names of rules.
func IDsOf(rules []Rule) IDs {
	ids := IDs{byName: map[string]string{}, rules: rules}
	for _, r := range rules {
		ids.all = append(ids.all, r.ID)
		for _, name := range append([]string{r.ID}, r.Aliases...) {
			ids.byName[strings.ToLower(name)] = r.ID
		}
	}
	slices.Sort(ids.all)
	return ids
}

// Resolve returns the id of the rule with a name.
func (ids IDs) Resolve(word string) (id string, ok bool) {
	id, ok = ids.byName[strings.ToLower(word)]
	return id, ok
}

// All returns the current ids, in the order of the rules.
func (ids IDs) All() []string { return slices.Clone(ids.all) }

// categoryPrefix begins a word that selects the rules of a category.
const categoryPrefix = "category:"

// Select returns the ids of the rules that a word selects, sorted; nil: none. The word is the name of a rule, a pattern
// such as env-*, category:secrets, a category and a pattern such as secrets/*, or an equivalent check of another tool, such
// as CKV_AWS_258 or, where tools share a name, Config LAMBDA_INSIDE_VPC. Case does not count.
func (ids IDs) Select(word string) []string {
	if id, ok := ids.Resolve(word); ok {
		return []string{id}
	}
	word = strings.ToLower(word)
	isPeer := func(r Rule) bool { return r.isPeer(word) }
	matches := isPeer
	if category, ok := strings.CutPrefix(word, categoryPrefix); ok {
		matches = func(r Rule) bool { return r.Category == category }
	} else if category, pattern, ok := strings.Cut(word, "/"); ok {
		matches = func(r Rule) bool { return r.Category == category && matchesID(pattern, r.ID) }
	} else if strings.ContainsAny(word, "*?[") {
		matches = func(r Rule) bool { return matchesID(word, r.ID) }
	}
	selected := ids.where(matches)
	if selected == nil {
		selected = ids.where(isPeer) // names of checks can look like patterns
	}
	return selected
}

// where returns the ids of the rules with a property, sorted.
func (ids IDs) where(has func(Rule) bool) []string {
	var selected []string
	for _, r := range ids.rules {
		if has(r) && !slices.Contains(selected, r.ID) {
			selected = append(selected, r.ID)
		}
	}
	slices.Sort(selected)
	return selected
}

// matchesID reports whether a pattern matches an id. A malformed pattern matches none.
func matchesID(pattern, id string) bool {
	ok, err := path.Match(pattern, id)
	return ok && err == nil
}

// isPeer reports whether a word in lower case is an equivalent check of another tool, with or without the name of the tool.
func (r Rule) isPeer(word string) bool {
	word = strings.TrimPrefix(word, "avd-") // the former prefix of Trivy
	return slices.ContainsFunc(r.Peers, func(peer string) bool {
		peer = strings.ToLower(peer)
		return peer == word || peer[strings.LastIndexByte(peer, ' ')+1:] == word
	})
}
