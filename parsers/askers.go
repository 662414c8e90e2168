package parsers

import (
	"context"
	"slices"

	"lintel/internal/deployment"
	"lintel/internal/source"
)

// withAskers adds to units those that refer to what they offer: a change of a role is judged with the functions that run with
// it, whatever unit they are in. It also adds the units that write a name whose mention changes.
func (f *finder) withAskers(units []deployment.Unit) []deployment.Unit {
	r := NewRepository(f.limit.ctx, f.fsys, Setting{
		Find: func(context.Context) Found {
			if f.tree != nil {
				return Found{Units: f.tree.units(), parts: f.tree.parts()}
			}
			return Whole(f.limit.ctx, f.fsys, f.index)
		},
		Options: func(deployment.Unit) deployment.Options { return deployment.Options{} },
	})
	known := map[string][]deployment.Unit{} // by root
	add := func(units []deployment.Unit) (roots []string) {
		for _, u := range units {
			known[u.Root] = append(known[u.Root], u)
			roots = append(roots, u.Root)
		}
		return roots
	}
	all, passed := units, false
	spread(add(units), func(roots []string) []string {
		var changed []deployment.Unit
		for _, root := range roots {
			changed = append(changed, known[root]...)
		}
		if !slices.ContainsFunc(r.survey().units, func(u deployment.Unit) bool { return mayBeAsker(u, known) }) {
			return nil // what they offer, for which they are read, is of no use
		}
		offers := f.offersOf(r, changed, passed)
		if passed = true; len(offers) == 0 {
			return nil
		}
		asking := f.asking(r, offers, known)
		all = slices.Concat(all, asking)
		return add(asking)
	}, func(string) bool { return true })
	if len(f.renamed) > 0 {
		all = slices.Concat(all, f.mentioned(r))
	}
	if len(all) == len(units) {
		return units
	}
	return sorted(all)
}

// asking returns the units that ask for one of some offers, without those with roots that are known.
func (f *finder) asking(r *Repository, offers map[deployment.KeyKind]*offersOf, known map[string][]deployment.Unit) []deployment.Unit {
	others := r.survey().units
	asks := make([]bool, len(others))
	parallel(len(others), func(i int) {
		u := others[i]
		if !mayBeAsker(u, known) || f.limit.isOver(u.Root) || !f.mayAsk(r, u, offers) {
			return
		}
		asks[i] = f.isRough || slices.ContainsFunc(r.exchange(u).asks, func(k deployment.Key) bool { return offers[k.Kind] != nil && offers[k.Kind].match(u.Root, k) })
	})
	var found []deployment.Unit
	for i, is := range asks {
		if is {
			found = append(found, r.survey().checked(others[i])...)
		}
	}
	return found
}

// mayBeAsker reports whether a unit may refer to others and is not among those with roots that are known.
func mayBeAsker(u deployment.Unit, known map[string][]deployment.Unit) bool {
	return len(known[u.Root]) == 0 && u.Kind != deployment.Plan
}

// mentioned returns the units that write a name whose mention changes.
func (f *finder) mentioned(r *Repository) []deployment.Unit {
	var units []deployment.Unit
	for name := range f.renamed { // any order: the caller sorts them
		for _, u := range r.survey().unitsWriting(name) {
			units = append(units, r.survey().checked(u)...)
		}
	}
	return units
}

// sorted sorts units and removes repetitions.
func sorted(units []deployment.Unit) []deployment.Unit {
	slices.SortFunc(units, deployment.Unit.Compare)
	return slices.Compact(units)
}

// offersOf returns what units offer, by its kind. With passed, it returns only values that they may pass on from others.
func (f *finder) offersOf(r *Repository, units []deployment.Unit, passed bool) map[deployment.KeyKind]*offersOf {
	offers := map[deployment.KeyKind]*offersOf{}
	for _, u := range units {
		if u = u.Plain(); !isOffering(u) || f.limit.isOver(u.Root) || passed && !r.survey().offersValues(u) {
			continue
		}
		for _, o := range r.exchange(u).offers {
			if passed && (o.Kind == deployment.NamedResource || !o.IsPassedOn()) {
				continue
			}
			if offers[o.Kind] == nil {
				offers[o.Kind] = &offersOf{newOffers(), map[string]bool{}}
			}
			offers[o.Kind].add(u.Root, o)
		}
	}
	return offers
}

// offersOf are the offers of one kind of changed units.
type offersOf struct {
	*offers
	words map[string]bool // one of them is in the text of each unit that asks for an offer
}

func (o *offersOf) add(root string, one deployment.Offer) {
	o.offers.add(root, one, nil)
	switch one.Kind {
	case deployment.StateOutput:
		o.words[lastWord(deployment.Key{Name: one.Of})] = true
	case deployment.NamedResource:
		o.words[one.Name] = true
	default:
		o.words[lastWord(one.Key)] = true
	}
}

// match reports whether a unit with a key may mean an offer.
func (o *offersOf) match(root string, k deployment.Key) bool {
	if k.Kind == deployment.StateOutput || k.Kind == deployment.NamedResource {
		return slices.ContainsFunc(o.known[k.Name], func(other offer) bool { return other.Key == k })
	}
	_, isKnown := o.known[k.Name]
	_, ok := o.one(root, k, nil)
	return ok || isKnown
}

// askWords are the words with which units ask for something by its kind, one of which their texts contain.
func askWords(kind deployment.KeyKind) []string {
	switch kind {
	case deployment.StackExport:
		return []string{"ImportValue", "aws_cloudformation_export"}
	case deployment.StoreParameter:
		return []string{"resolve:ssm:", "AWS::SSM::Parameter::Value<", "aws_ssm_parameter"}
	case deployment.StateOutput:
		return []string{"terraform_remote_state"}
	case deployment.NamedResource:
	}
	return nil
}

// mayAsk reports whether the text of a unit contains the words of a question for an offer.
func (f *finder) mayAsk(r *Repository, u deployment.Unit, offers map[deployment.KeyKind]*offersOf) bool {
	texts := filesOf(f.fsys, u, r.survey().parts)
	for kind, of := range offers { // any order: one is enough
		words := make([]string, 0, len(of.words))
		for word := range of.words { // any order: one is enough
			words = append(words, word)
		}
		if asking := askWords(kind); (asking == nil || f.contain(texts, asking)) && f.contain(texts, words) {
			return true
		}
	}
	return false
}

// contain reports whether one of some files contains one of some words.
func (f *finder) contain(names, words []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return f.index.mentions(name, words, func() []byte {
			text, _ := source.ReadText(f.fsys, name) // what cannot be read asks for nothing
			return text
		})
	})
}
