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

// codeLenses returns one lens above each function, with the number of its findings. Its command describes the findings and
// the access. A function of several units, or of several calls of a module, has one lens.
func (s *server) codeLenses(_ context.Context, p documentParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok {
		return nil, nil //nolint:nilnil // no lenses
	}
	type place struct{ start, end int }
	number := map[place]int{} // indices in the lenses
	found := map[place][]finding.Finding{}
	lenses := []codeLens{}
	for _, u := range q.units() {
		for _, fn := range q.latest.Units[u].Functions {
			if fn.At.Path != q.doc.rel || fn.At.End > len(q.doc.text.content) {
				continue
			}
			at := place{fn.At.Start, fn.At.End}
			found[at] = append(found[at], q.findings(u.Root, fn)...)
			if _, isKnown := number[at]; !isKnown {
				span := q.doc.text.span(q.encoding, fn.At.Start, fn.At.End)
				span.End = span.Start // some clients require a single line
				number[at] = len(lenses)
				lenses = append(lenses, codeLens{span, command{Command: accessCommand, Arguments: []any{q.doc.uri, u.Root, fn.ID}}})
			}
			lenses[number[at]].Command.Title = "lintel: " + bySeverity(found[at]) + ", show access"
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

// bySeverity counts findings by severity, the highest first, each once.
func bySeverity(found []finding.Finding) string {
	n := map[finding.Severity]int{}
	known := map[string]bool{}
	for _, f := range found {
		if f.Fingerprint == "" || !known[f.Fingerprint] {
			n[f.Severity]++
		}
		known[f.Fingerprint] = true
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
