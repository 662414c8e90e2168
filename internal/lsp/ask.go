package lsp

import (
	"context"
	"slices"

	"lintel/internal/check"
	"lintel/internal/deployment"
	"lintel/internal/finding"
	"lintel/internal/workspace"
)

// question is a request about an open document with the state that is needed to answer it.
type question struct {
	snapshot
	doc    *document
	latest outcome // has no units before the first check
}

// about returns the question about a document and reports whether it is open.
func (s *server) about(uri documentURI) (question, bool) {
	path, ok := pathOf(uri)
	if !ok {
		return question{}, false
	}
	s.mu.Lock()
	doc := s.documents[path]
	s.mu.Unlock()
	if doc == nil {
		return question{}, false
	}
	q := question{snapshot: s.snapshot(doc.root), doc: doc}
	q.latest.Outcome = &workspace.Outcome{}
	s.mu.Lock()
	defer s.mu.Unlock()
	if q.project.latest != nil {
		q.latest = *q.project.latest
	}
	return q, true
}

// units returns the units that read the document, in a fixed order.
func (q question) units() []deployment.Unit { return q.latest.Reading(q.doc.rel) }

// look reads a unit, with the texts of open documents.
func (q question) look(ctx context.Context, u deployment.Unit) check.View {
	files, done := q.files()
	defer done()
	return q.latest.View(ctx, files, u)
}

// rule returns the rule with an id.
func (q question) rule(id string) (finding.Rule, bool) {
	all := q.latest.Report.Rules
	i := slices.IndexFunc(all, func(r finding.Rule) bool { return r.ID == id })
	if i < 0 {
		return finding.Rule{}, false
	}
	return all[i], true
}

// inUnit reports whether a finding belongs to the unit with a root.
func inUnit(root string, f finding.Finding) bool {
	return f.Unit == root || slices.ContainsFunc(f.Identities, func(i finding.Identity) bool { return i.Unit == root })
}
