package finding

import "slices"

// Shown returns a copy of a report for display, with mask applied to every text in it that a template, a file name or a
// custom rule can contribute to. Identities, and the files and places that they are computed from, are unchanged.
func (r Report) Shown(mask func(string) string) Report {
	s := shower{mask}
	r.ShownPath = mask
	r.Rules = mapped(r.Rules, s.rule)
	r.Findings = mapped(r.Findings, s.finding)
	r.Undecided = mapped(r.Undecided, func(u Undecided) Undecided {
		u.Resource, u.Attribute, u.Cause = mask(u.Resource), mask(u.Attribute), mask(u.Cause)
		return u
	})
	r.Unread = mapped(r.Unread, func(u Unread) Unread { u.Resource, u.Cause = mask(u.Resource), mask(u.Cause); return u })
	r.Problems = mapped(r.Problems, func(p Problem) Problem { p.Message = mask(p.Message); return p })
	r.Gaps = mapped(r.Gaps, func(g Gap) Gap { g.Message = mask(g.Message); return g })
	r.Fixed = mapped(r.Fixed, func(f Fixed) Fixed {
		return Fixed{Finding: s.finding(f.Finding), Title: mask(f.Title)}
	})
	r.Unfixed = mapped(r.Unfixed, func(f Unfixed) Unfixed {
		return Unfixed{Finding: s.finding(f.Finding), Reason: mask(f.Reason), Unsafe: f.Unsafe}
	})
	r.Ending = mapped(r.Ending, func(e Ending) Ending { e.What = mask(e.What); return e })
	r.Access = mapped(r.Access, func(a Access) Access {
		a.Message, a.Functions = mask(a.Message), mapped(a.Functions, mask)
		return a
	})
	r.Notes = mapped(r.Notes, mask)
	return r
}

// shower applies a function to the texts of the parts of a report.
type shower struct{ mask func(string) string }

func mapped[T any](all []T, f func(T) T) []T {
	out := slices.Clone(all)
	for i := range out {
		out[i] = f(out[i])
	}
	return out
}

func (s shower) rule(r Rule) Rule {
	if r.BuiltIn { // lintel's own texts contain no secret
		return r
	}
	r.Title, r.Description, r.Remediation = s.mask(r.Title), s.mask(r.Description), s.mask(r.Remediation)
	r.References = mapped(r.References, func(ref Reference) Reference {
		return Reference{URL: s.mask(ref.URL), Title: s.mask(ref.Title)}
	})
	return r
}

func (s shower) finding(f Finding) Finding {
	f.Message, f.Resource, f.Attribute = s.mask(f.Message), s.mask(f.Resource), s.mask(f.Attribute)
	f.Unsafe, f.Construct, f.Source, f.When = s.mask(f.Unsafe), s.mask(f.Construct), s.mask(f.Source), f.When.Shown(s.mask)
	f.Related = mapped(f.Related, func(r Related) Related { r.Message = s.mask(r.Message); return r })
	f.Instances = mapped(f.Instances, func(i Instance) Instance {
		i.Resource, i.Message, i.Construct, i.When = s.mask(i.Resource), s.mask(i.Message), s.mask(i.Construct), i.When.Shown(s.mask)
		return i
	})
	if f.Suppressed != nil {
		by := *f.Suppressed
		by.Reason = s.mask(by.Reason)
		f.Suppressed = &by
	}
	return f
}
