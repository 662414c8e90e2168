package finding

import (
	"slices"

	"lintel/internal/source"
)

// Shown returns a report for display, with mask applied to every text in it that a template, a file name or a custom rule
// can contribute to. Identities, and the files and places that they are computed from, are unchanged. It shares with r the
// lists in which mask changes nothing: large trees have a hundred thousand findings, and few contain a secret.
func (r Report) Shown(mask func(string) string) Report {
	s := &shower{of: mask}
	r.ShownPath = mask
	r.Rules = mapped(s, r.Rules, s.rule)
	r.Findings = mapped(s, r.Findings, s.finding)
	r.Undecided = mapped(s, r.Undecided, func(u Undecided) Undecided {
		u.Resource, u.Attribute, u.Cause = s.mask(u.Resource), s.mask(u.Attribute), s.mask(u.Cause)
		return u
	})
	r.Unread = mapped(s, r.Unread, func(u Unread) Unread { u.Resource, u.Cause = s.mask(u.Resource), s.mask(u.Cause); return u })
	r.Problems = mapped(s, r.Problems, func(p Problem) Problem { p.Message = s.mask(p.Message); return p })
	r.Gaps = mapped(s, r.Gaps, func(g Gap) Gap { g.Message = s.mask(g.Message); return g })
	r.Fixed = mapped(s, r.Fixed, func(f Fixed) Fixed {
		return Fixed{Finding: s.finding(f.Finding), Title: s.mask(f.Title)}
	})
	r.Unfixed = mapped(s, r.Unfixed, func(f Unfixed) Unfixed {
		return Unfixed{Finding: s.finding(f.Finding), Reason: s.mask(f.Reason), Unsafe: f.Unsafe}
	})
	r.Ending = mapped(s, r.Ending, func(e Ending) Ending { e.What = s.mask(e.What); return e })
	r.Access = mapped(s, r.Access, func(a Access) Access {
		a.Message, a.Functions = s.mask(a.Message), mapped(s, a.Functions, s.mask)
		return a
	})
	r.Notes = mapped(s, r.Notes, s.mask)
	return r
}

// shower applies a function to the texts of the parts of a report.
type shower struct {
	of      func(string) string
	changes int // number of texts that it changed
}

func (s *shower) mask(text string) string {
	shown := s.of(text)
	if shown != text {
		s.changes++
	}
	return shown
}

func (s *shower) when(w source.When) source.When {
	if w == (source.When{}) {
		return w
	}
	return w.Shown(s.mask)
}

// mapped returns the list with f applied to its items, which is all itself if that changes no text.
func mapped[T any](s *shower, all []T, f func(T) T) []T {
	out := all
	isCopy := false
	for i := range all {
		before := s.changes
		shown := f(all[i])
		if s.changes == before {
			continue
		}
		if !isCopy {
			out, isCopy = slices.Clone(all), true
		}
		out[i] = shown
	}
	return out
}

func (s *shower) rule(r Rule) Rule {
	if r.BuiltIn { // lintel's own texts contain no secret
		return r
	}
	r.Title, r.Description, r.Remediation = s.mask(r.Title), s.mask(r.Description), s.mask(r.Remediation)
	r.References = mapped(s, r.References, func(ref Reference) Reference {
		return Reference{URL: s.mask(ref.URL), Title: s.mask(ref.Title)}
	})
	return r
}

func (s *shower) finding(f Finding) Finding {
	f.Message, f.Resource, f.Attribute = s.mask(f.Message), s.mask(f.Resource), s.mask(f.Attribute)
	f.Unsafe, f.Construct, f.Source, f.When = s.mask(f.Unsafe), s.mask(f.Construct), s.mask(f.Source), s.when(f.When)
	f.Related = mapped(s, f.Related, func(r Related) Related { r.Message = s.mask(r.Message); return r })
	f.Instances = mapped(s, f.Instances, func(i Instance) Instance {
		i.Resource, i.Message, i.Construct, i.When = s.mask(i.Resource), s.mask(i.Message), s.mask(i.Construct), s.when(i.When)
		return i
	})
	if f.Suppressed != nil {
		by := *f.Suppressed
		by.Reason = s.mask(by.Reason)
		f.Suppressed = &by
	}
	return f
}
