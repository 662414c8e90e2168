package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/workspace"
)

// command is a server command that the client shows.
type command struct {
	Title     string `json:"title"`
	Command   string `json:"command"`
	Arguments []any  `json:"arguments,omitempty"`
}

type codeLens struct {
	Range   textRange `json:"range"`
	Command command   `json:"command"`
}

// The server commands. Their arguments are the URI of the document, the unit and the function.
const (
	explainFindings = "lintel.explainFindings"
	explainAccess   = "lintel.explainAccess"
)

// codeLenses returns two lenses above each function: the number of findings, and who can invoke it.
func (s *server) codeLenses(_ context.Context, p documentParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok {
		return nil, nil //nolint:nilnil // no lenses
	}
	lenses := []codeLens{}
	for _, u := range q.units() {
		for _, fn := range q.latest.Units[u].Functions {
			if fn.At.Path != q.doc.rel || fn.At.End > len(q.doc.text.content) {
				continue
			}
			span := q.doc.text.span(q.encoding, fn.At.Start, fn.At.End)
			span.End = span.Start // some clients require a single line
			arguments := []any{q.doc.uri, u.Root, fn.ID}
			found := q.findings(u.Root, fn)
			lenses = append(lenses,
				codeLens{span, command{"lintel: " + bySeverity(found), explainFindings, arguments}},
				codeLens{span, command{"Who can invoke it, what its role allows", explainAccess, arguments}})
		}
	}
	return lenses, nil
}

// findings returns the findings about a function, its role and the resources that refer to it.
func (q question) findings(root string, fn workspace.Function) []finding.Finding {
	var found []finding.Finding
	for _, f := range q.latest.Report.Findings {
		if f.Suppressed == nil && inUnit(root, f) && (fn.Has(f.Resource) || slices.ContainsFunc(f.Names(), fn.Has)) {
			found = append(found, f)
		}
	}
	return found
}

// bySeverity counts findings by severity, the highest first.
func bySeverity(found []finding.Finding) string {
	n := map[finding.Severity]int{}
	for _, f := range found {
		n[f.Severity]++
	}
	var parts []string
	for s := finding.Critical; ; s-- {
		if n[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[s], s))
		}
		if s == finding.Info {
			break
		}
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}
