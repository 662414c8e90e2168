package parsers

import (
	"path"
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/model"
	"lintel/internal/tree"
)

// offer is what the unit with a root offers.
type offer struct {
	root string
	deployment.Offer
}

// only returns the one offer of a list. Several are ambiguous, unless they are variants of the same resource of one unit.
func only(found []offer) (offer, bool) {
	if len(found) == 0 {
		return offer{}, false
	}
	for _, other := range found[1:] {
		if other.root != found[0].root || found[0].Value.Known() || !slices.Equal(other.Value.Refs, found[0].Value.Refs) {
			return offer{}, false
		}
	}
	return found[0], true
}

// offers are those of one kind, by their keys.
type offers struct {
	known map[string][]offer
	open  map[ends][]offer
}

// ends are the known parts of a name.
type ends struct{ prefix, suffix string }

func newOffers() *offers { return &offers{map[string][]offer{}, map[ends][]offer{}} }

// add adds an offer of the unit with a root, which is deployed as stacks with some names.
func (o *offers) add(root string, one deployment.Offer, stacks []string) {
	if !one.IsOpen() {
		o.known[one.Name] = with(o.known[one.Name], offer{root, one})
		return
	}
	at := ends{one.Prefix, one.Suffix}
	o.open[at] = with(o.open[at], offer{root, one})
	if one.Of == deployment.StackName && one.Prefix == "" {
		for _, name := range stacks {
			o.known[name+one.Suffix] = with(o.known[name+one.Suffix], offer{root, one})
		}
	}
}

// with returns a list of offers with a further one, unless it is ambiguous without: for each unit that asks, it has then offers of two
// others, or several of one. Units are added one after the other.
func with(all []offer, one offer) []offer {
	const roots, ofOne = 3, 2 // the unit that asks may be one of the three
	known, same := 0, 0
	for i := range all {
		if i == 0 || all[i].root != all[i-1].root {
			known++
		}
		if all[i].root == one.root {
			if slices.Equal(all[i].Value.Refs, one.Value.Refs) && !all[i].Value.Known() {
				return all // a variant of the same resource
			}
			same++
		}
	}
	if same == 0 && known >= roots || same >= ofOne {
		return all
	}
	return append(all, one)
}

// one returns the only offer that a key can mean, except for those of the unit with a root. stacks are the names of stacks
// that are declared.
func (o *offers) one(root string, k deployment.Key, stacks map[string]string) (offer, bool) {
	var found []offer
	take := func(all []offer) {
		for _, other := range all {
			if other.root != root {
				found = append(found, other)
			}
		}
	}
	if !k.IsOpen() {
		if take(o.known[k.Name]); len(found) > 0 {
			return only(found)
		}
		return near(root, o.below(root, k.Name))
	}
	if k.Prefix == "" {
		for name := range stacks { // any order: only one may be found
			take(o.known[name+k.Suffix])
		}
	}
	if len(found) > 0 {
		return only(found)
	}
	take(o.open[ends{k.Prefix, k.Suffix}])
	return near(root, found)
}

// below returns the exports of other units than that with a root whose names end like one that begins with the name of a stack. Those of
// a file with this name come before all others.
func (o *offers) below(root, name string) []offer {
	var all, named []offer
	for i := 1; i < len(name); i++ { // NAME of the stack, then a separator
		if strings.IndexByte("-:/._", name[i]) < 0 {
			continue
		}
		for _, other := range o.open[ends{"", name[i:]}] {
			if other.root == root {
				continue
			}
			all = append(all, other)
			if isNamedAfter(name[:i], other.root) {
				named = append(named, other)
			}
		}
	}
	if len(named) > 0 {
		return named
	}
	return all
}

// isNamedAfter reports whether a stack has the name of the file of a unit, as account-resources and account_resources.yaml.
func isNamedAfter(stack, root string) bool {
	base := path.Base(root)
	return plainName(stack) == plainName(strings.TrimSuffix(base, path.Ext(base)))
}

func plainName(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "-")) }

// near returns the one offer of a list if its unit is near that with a root. The names of which the ends are equal may be
// different ones: those of units that are deployed together are near each other.
func near(root string, found []offer) (offer, bool) {
	one, ok := only(found)
	return one, ok && distance(root, one.root) <= maxDistance
}

// maxDistance is the number of directories to go up from one of two units to the directory that contains both.
const maxDistance = 2

func distance(a, b string) int {
	a, b = path.Dir(a), path.Dir(b)
	up := 0
	for ; a != "." && b != a && !strings.HasPrefix(b, a+"/"); a = path.Dir(a) {
		up++
	}
	if a == "." {
		return max(up, strings.Count(b, "/")+1)
	}
	return max(up, strings.Count(strings.TrimPrefix(b, a), "/"))
}

// keyOf returns the key of a resource with a literal name.
func keyOf(n model.Named) deployment.Key {
	return deployment.Key{Kind: deployment.NamedResource, Of: n.Collection, Name: n.Name}
}

// offerOf returns a resource with a literal name as an offer.
func offerOf(n model.Named) deployment.Offer {
	return deployment.Offer{Key: keyOf(n), Value: tree.Tree{State: tree.StateUnknown, Cause: "unknown until deployment", Refs: []string{n.ID}}}
}
