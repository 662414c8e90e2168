package finding

import (
	"slices"
	"strings"
)

// IDs tell which rule a word names. A rule is named by its id or by one it had before a rename, in
// whatever case. The zero IDs know no rule.
type IDs struct {
	byName map[string]string // by names in lower case
	all    []string
}

// IDsOf are the names of rules.
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

// Resolve returns the id of the rule that a word names.
func (ids IDs) Resolve(word string) (id string, ok bool) {
	id, ok = ids.byName[strings.ToLower(word)]
	return id, ok
}

// All returns the ids that the rules have now, in their order.
func (ids IDs) All() []string { return slices.Clone(ids.all) }
