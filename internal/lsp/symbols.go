package lsp

import (
	"context"
	"slices"

	"lintel/internal/workspace"
)

type documentSymbol struct {
	Name           string    `json:"name"`
	Detail         string    `json:"detail,omitempty"`
	Kind           int       `json:"kind"`
	Range          textRange `json:"range"`
	SelectionRange textRange `json:"selectionRange"`
}

type symbolInformation struct {
	Name     string   `json:"name"`
	Kind     int      `json:"kind"`
	Location location `json:"location"`
}

// Kinds of symbols.
const (
	symbolInterface = 11
	symbolFunction  = 12
	symbolKey       = 20
)

// symbolKind returns the kind of the symbols of a collection.
func symbolKind(collection string) int {
	switch collection {
	case "functions":
		return symbolFunction
	case "roles":
		return symbolKey
	}
	return symbolInterface
}

// documentSymbols lists the functions, roles and APIs in a document, in their order.
func (s *server) documentSymbols(_ context.Context, p documentParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok {
		return nil, nil //nolint:nilnil // no symbols
	}
	nested, flat := []documentSymbol{}, []symbolInformation{}
	for _, r := range q.resources() {
		at := q.doc.text.span(q.encoding, r.At.Start, r.At.End)
		_, end := q.doc.text.lineAt(r.At.Start)
		first := q.doc.text.span(q.encoding, r.At.Start, min(end, r.At.End))
		nested = append(nested, documentSymbol{r.ID, r.Type, symbolKind(r.Collection), at, first})
		flat = append(flat, symbolInformation{r.ID, symbolKind(r.Collection), location{q.doc.uri, at}})
	}
	if !q.client.TextDocument.DocumentSymbol.HierarchicalDocumentSymbolSupport {
		return flat, nil
	}
	return nested, nil
}

// resources returns the resources of an outline that the document declares, in their order.
func (q question) resources() []workspace.Resource {
	var all []workspace.Resource
	known := map[workspace.Resource]bool{}
	for _, u := range q.units() {
		for _, r := range q.latest.Units[u].Resources {
			if r.ID != "" && r.At.Path == q.doc.rel && r.At.End <= len(q.doc.text.content) && !known[r] {
				known[r] = true
				all = append(all, r)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b workspace.Resource) int { return a.At.Compare(b.At) })
	return all
}
