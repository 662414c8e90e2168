package finding

import (
	"slices"
	"strings"
)

// IDs resolves names of rules. The name of a rule is its id or a former id; case does not count. The zero IDs resolves
// none.
type IDs struct {
	byName map[string]string // keys in lower case
	all    []string
}

// IDsOf returns the names of rules.
func IDsOf(rules []Rule) IDs {
	ids := IDs{byName: map[string]string{}}
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
