package access

import (
	"slices"
	"strings"
)

// key returns the content of a statement.
func (g *Grant) key() string {
	parts := [][]string{{g.Effect}, g.Actions, g.NotActions, g.Resources, g.NotResources, g.Conditions}
	all := make([]string, len(parts))
	for i := range parts {
		sorted := slices.Clone(parts[i])
		slices.Sort(sorted)
		all[i] = strings.Join(sorted, "\x01")
	}
	return strings.Join(all, "\x00")
}

// open returns the resources of a statement on which the other side does not allow an action. Of what closes, it leaves out a
// resource that cannot be determined if the action stays allowed on any: it may be that one.
func (d *difference) open(g *Grant, action string, without, with *powers, opens bool) []string {
	var open []string
	resources := g.Resources
	if len(resources) == 0 {
		resources = []string{""}
	}
	for _, resource := range resources {
		if d.allowed(without, action, resource, g.Conditions) || denies(with, action, resource) {
			continue
		}
		if resource == "" {
			resource = unknownText
		}
		if resource == unknownText && !opens && slices.ContainsFunc(without.grants, func(o *Grant) bool { return o.Effect == allow && o.hasAction(action) }) {
			continue
		}
		open = append(open, resource)
	}
	return open
}

// allowed reports whether a statement of a side allows an action on a resource under the same conditions, or fewer.
func (d *difference) allowed(p *powers, action, resource string, conditions []string) bool {
	for _, g := range p.grants {
		if d.budget--; d.budget < 0 {
			return false
		}
		if g.Effect == allow && g.isAbout(action, resource) && !slices.ContainsFunc(g.Conditions, func(x string) bool { return !slices.Contains(conditions, x) }) {
			return !denies(p, action, resource)
		}
	}
	return false
}

// denies reports whether a statement of a side denies an action on a resource without conditions.
func denies(p *powers, action, resource string) bool {
	return slices.ContainsFunc(p.grants, func(g *Grant) bool {
		return g.Effect == deny && len(g.Conditions) == 0 && g.isAbout(action, resource)
	})
}

// isAbout reports whether a statement covers every action and resource that two patterns match.
func (g *Grant) isAbout(action, resource string) bool {
	if !g.hasAction(action) {
		return false
	}
	if len(g.NotResources) > 0 {
		return resource != "" && !strings.ContainsAny(resource, "*?(…") && strings.HasPrefix(resource, "arn:") &&
			!slices.ContainsFunc(g.NotResources, func(p string) bool { return !strings.HasPrefix(p, "arn:") || glob(p, resource) })
	}
	return resource == "" && len(g.Resources) == 0 || slices.ContainsFunc(g.Resources, func(p string) bool { return covers(p, resource) })
}

// hasAction reports whether a statement covers every action that a pattern matches.
func (g *Grant) hasAction(action string) bool {
	action = strings.ToLower(action)
	if len(g.NotActions) > 0 {
		return !strings.ContainsAny(action, "*?(") && !slices.ContainsFunc(g.NotActions, func(p string) bool { return p == unknownText || glob(strings.ToLower(p), action) })
	}
	return slices.ContainsFunc(g.Actions, func(p string) bool { return covers(strings.ToLower(p), action) })
}
