package lsp

import (
	"cmp"
	"context"
	"slices"

	"lintel/internal/check"
	"lintel/internal/deployment"
	"lintel/internal/finding"
)

// question is a question about an open document, with what is known to answer it.
type question struct {
	snapshot
	doc    *document
	latest outcome // empty before the first check
}

// about returns a question about a document. It is false for one that is not open.
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
	s.mu.Lock()
	defer s.mu.Unlock()
	if q.tree.latest != nil {
		q.latest = *q.tree.latest
	}
	return q, true
}

// units are those that the document is part of, in their order.
func (q question) units() []deployment.Unit {
	var all []deployment.Unit
	for u, known := range q.latest.units {
		if _, ok := known.members[q.doc.rel]; ok {
			all = append(all, u)
		}
	}
	slices.SortFunc(all, func(a, b deployment.Unit) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Kind, b.Kind))
	})
	return all
}

// look reads a unit with the texts of the editor.
func (s *server) look(ctx context.Context, q question, u deployment.Unit) check.View {
	files, done := q.files()
	defer done()
	known := q.latest.units[u]
	_, req := s.request(q.snapshot, known.rules, known.conf, files)
	return check.Look(ctx, req, u)
}

// rule returns the rule with an id.
func (q question) rule(id string) (finding.Rule, bool) {
	all := q.latest.whole.Rules
	i := slices.IndexFunc(all, func(r finding.Rule) bool { return r.ID == id })
	if i < 0 {
		return finding.Rule{}, false
	}
	return all[i], true
}

// inUnit reports whether a finding is one of the unit with a root.
func inUnit(root string, f finding.Finding) bool {
	return f.Unit == root || slices.ContainsFunc(f.Identities, func(i finding.Identity) bool { return i.Unit == root })
}
