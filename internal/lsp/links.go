package lsp

import (
	"bytes"
	"context"
	"regexp"
)

type documentLink struct {
	Range   textRange `json:"range"`
	Target  string    `json:"target"`
	Tooltip string    `json:"tooltip,omitempty"`
}

// documentLinks links rule ids in suppression comments to the references of the rules.
func (s *server) documentLinks(_ context.Context, p documentParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok {
		return nil, nil //nolint:nilnil // no links
	}
	links := []documentLink{}
	for _, m := range mentions(q.doc.text.content) {
		rule, ok := q.rule(m.id)
		if !ok || pageOf(rule) == "" {
			continue
		}
		links = append(links, documentLink{
			Range: q.doc.text.span(q.encoding, m.start, m.end), Target: pageOf(rule), Tooltip: rule.Title,
		})
	}
	return links, nil
}

// mention is the id of a rule in a comment.
type mention struct {
	id         string
	start, end int
}

var (
	directive = regexp.MustCompile(`lintel:ignore[ \t]+([^\r\n]*)`)
	ruleName  = regexp.MustCompile(`[a-z0-9]+(?:-[a-z0-9]+)*`)
)

// mentions returns the rule ids in the suppression comments of a text.
func mentions(content []byte) []mention {
	var all []mention
	for _, m := range directive.FindAllSubmatchIndex(content, -1) {
		names := content[m[2]:m[3]]
		if end := bytes.Index(append(bytes.Clone(names), ' '), []byte(" -- ")); end >= 0 {
			names = names[:end]
		}
		for _, at := range ruleName.FindAllIndex(names, -1) {
			all = append(all, mention{string(names[at[0]:at[1]]), m[2] + at[0], m[2] + at[1]})
		}
	}
	return all
}
