package lsp

import (
	"context"
	"slices"

	"lintel/internal/finding"
	"lintel/internal/source"
)

type locationLink struct {
	OriginSelectionRange textRange   `json:"originSelectionRange"`
	TargetURI            documentURI `json:"targetUri"`
	TargetRange          textRange   `json:"targetRange"`
	TargetSelectionRange textRange   `json:"targetSelectionRange"`
}

// maxDefinitions limits the places that a finding leads to.
const maxDefinitions = 50

// definition leads from a finding to what causes it: the place where the value takes effect, the module calls, the policy
// statement, and the role, policies and triggers of its function, or the functions of its role.
func (s *server) definition(_ context.Context, p positionParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok {
		return nil, nil //nolint:nilnil // no definition
	}
	offset := q.doc.text.offset(q.encoding, p.Position)
	c := newConverter(q.snapshot, q.latest.Report)
	locations, links := []location{}, []locationLink{}
	var known []source.Range
	for _, f := range q.latest.Report.Findings {
		at, ok := q.under(f, offset)
		if !ok {
			continue
		}
		origin := q.doc.text.span(q.encoding, at.Start, at.End)
		for _, to := range q.causes(f) {
			isHere := to.Path == q.doc.rel && c.text(to.Path).lineOf(to.Start) == c.text(to.Path).lineOf(offset)
			if isHere || to.IsZero() || slices.Contains(known, to) || len(known) == maxDefinitions {
				continue
			}
			known = append(known, to)
			target := c.location(to)
			locations = append(locations, target)
			_, end := c.text(to.Path).lineAt(to.Start)
			first := c.span(source.Range{Path: to.Path, Start: to.Start, End: min(end, to.End)})
			links = append(links, locationLink{origin, target.URI, target.Range, first})
		}
	}
	if q.client.TextDocument.Definition.LinkSupport {
		return links, nil
	}
	return locations, nil
}

// under returns the range of a finding in the document that contains an offset.
func (q question) under(f finding.Finding, offset int) (source.Range, bool) {
	if f.Suppressed != nil {
		return source.Range{}, false
	}
	for r := range f.Ranges() {
		if r.Path == q.doc.rel && r.Start <= offset && offset <= r.End {
			return r, true
		}
	}
	return source.Range{}, false
}

// causes returns the places that explain a finding.
func (q question) causes(f finding.Finding) []source.Range {
	all := append(uses(f), f.Range, f.Through)
	all = append(all, f.Via...)
	for _, r := range f.Related {
		all = append(all, r.Range)
	}
	for _, u := range q.units() {
		if !inUnit(u.Root, f) {
			continue
		}
		for _, fn := range q.latest.Units[u].Functions {
			if f.Resource == fn.ID || slices.Contains(f.Names(), fn.ID) {
				for _, part := range fn.Parts {
					all = append(all, part.At)
				}
			} else if fn.Has(f.Resource) {
				all = append(all, fn.At)
			}
		}
	}
	return all
}
