package access

import (
	"slices"
	"strings"
)

// abilities returns the sensitive abilities of a function.
func (s *pathSearch) abilities(f *Function) string {
	var all []string
	for _, i := range f.Roles {
		for _, risk := range s.unit.Roles[i].Risks {
			word := ability(risk.Kind) + risk.Certainty.suffix()
			all = add(all, word)
			if risk.Kind == Admin && risk.Certainty == Yes {
				return word
			}
		}
	}
	return strings.Join(all, ", ")
}

// goal is why a function is what is asked for.
type goal struct {
	step    *Step // nil: the function itself is asked for
	what    string
	certain bool
}

// goals returns the functions that lead to what is asked for.
func (s *pathSearch) goals() map[int]*goal {
	found := map[int]*goal{}
	for i := range s.unit.Functions {
		f := &s.unit.Functions[i]
		switch {
		case f.Allowed != nil && f.Allowed.Certainty != No:
			found[i] = s.grant(f, s.q.To, f.Allowed.Certainty, f.Allowed.By)
		case f.Allowed != nil:
		case slices.Contains(roleKinds(), RiskKind(s.q.To)):
			if risk := s.risk(f, RiskKind(s.q.To)); risk != nil {
				found[i] = s.grant(f, ability(risk.Kind), risk.Certainty, risk.Details)
			}
		case f.Match(s.q.To):
			found[i] = &goal{certain: true}
		default:
			if g := s.resource(f); g != nil {
				found[i] = g
			}
		}
		if found[i] == nil {
			delete(found, i)
		}
	}
	return found
}

func (s *pathSearch) risk(f *Function, kind RiskKind) *Risk {
	for _, i := range f.Roles {
		for j := range s.unit.Roles[i].Risks {
			if risk := &s.unit.Roles[i].Risks[j]; risk.Kind == kind {
				return risk
			}
		}
	}
	return nil
}

// grant returns the goal of an ability or action of a function.
func (s *pathSearch) grant(f *Function, what string, certainty Certainty, by []string) *goal {
	step := Step{Place: f.Place, Via: f.RoleName, Text: f.ID + " " + what}
	if IsAction(what) {
		step.Text = f.ID + " may use " + what
	}
	if len(f.Roles) > 0 {
		r := &s.unit.Roles[f.Roles[0]]
		step.Place, step.Via = r.Place, r.ID
	}
	step.Text += certainty.suffix()
	if len(by) > 0 {
		step.Text += ": " + listed(by, maxActions)
	}
	return &goal{step: &step, what: what, certain: certainty == Yes || certainty == Conditional}
}

// resource returns the goal if a statement allows actions on a resource that is asked for.
func (s *pathSearch) resource(f *Function) *goal {
	for _, i := range f.Roles {
		r := &s.unit.Roles[i]
		for j := range r.Grants {
			g := &r.Grants[j]
			if g.Effect != allow {
				continue
			}
			for _, resource := range g.Resources {
				if !isResource(s.q.To, resource) {
					continue
				}
				what := listed(g.Actions, maxActions) + " on " + resource
				return &goal{step: &Step{g.Place, g.Policy, f.ID + " may use " + what + strings.TrimPrefix(onText(g, nil), " on ")}, what: what, certain: true}
			}
		}
	}
	return nil
}

// isResource reports whether the resource of a statement is, or contains, one that is asked for.
func isResource(asked, resource string) bool {
	name, _, _ := strings.Cut(resource, "…")
	return glob(asked, resource) || glob(asked, name) || strings.HasPrefix(asked, "arn:") && !isStars(resource) && glob(resource, asked)
}
