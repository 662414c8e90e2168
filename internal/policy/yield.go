package policy

import (
	"iter"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// cause is a node at which a rule reports.
type cause struct{ rule, resource, attribute string }

// causes are causes with the conditions under which a rule reports them.
type causes map[cause][]source.When

func (c causes) add(at cause, when source.When) {
	if !c.under(at, when) {
		c[at] = append(c[at], when)
	}
}

// under reports whether a cause is reported under a condition, or always.
func (c causes) under(at cause, when source.When) bool {
	return slices.ContainsFunc(c[at], func(other source.When) bool { return other.IsAlways() || other.Equal(when) })
}

// speaking returns the findings without those of rules that yield to another one with a finding at the same node, at one
// inside of it or at one that contains it: one cause is one finding. A finding yields only under the conditions of the
// other one.
func speaking(all []finding.Finding, rules iter.Seq[*finding.Rule]) []finding.Finding {
	reporting := map[string]bool{}
	for _, f := range all {
		reporting[f.Rule] = true
	}
	if len(reporting) < 2 { //nolint:mnd // one that yields and one that it yields to
		return all
	}
	yields := map[string][]string{}
	heard := map[string]bool{}
	for r := range rules {
		if len(r.YieldsTo) == 0 || !reporting[r.ID] {
			continue
		}
		yields[r.ID] = r.YieldsTo
		for _, id := range r.YieldsTo {
			heard[id] = true
		}
	}
	at, inside := causes{}, causes{}
	for _, f := range all {
		if !heard[f.Rule] {
			continue
		}
		c := cause{f.Rule, f.Resource, f.Attribute}
		at.add(c, f.When)
		for c.attribute != "" {
			c.attribute = parentOf(c.attribute)
			inside.add(c, f.When)
		}
	}
	if len(at) == 0 {
		return all
	}
	yielded := func(f finding.Finding) bool {
		return slices.ContainsFunc(yields[f.Rule], func(id string) bool {
			return reported(at, inside, cause{id, f.Resource, f.Attribute}, f.When)
		})
	}
	return slices.DeleteFunc(all, yielded)
}

// reported reports whether a cause, one inside of it or one that contains it is reported.
func reported(at, inside causes, c cause, when source.When) bool {
	if inside.under(c, when) || at.under(c, when) {
		return true
	}
	for c.attribute != "" {
		c.attribute = parentOf(c.attribute)
		if at.under(c, when) {
			return true
		}
	}
	return false
}

// parentOf returns the path of the attribute that contains another one; empty: the resource.
func parentOf(attribute string) string {
	return attribute[:max(strings.LastIndexByte(attribute, '/'), 0)]
}
