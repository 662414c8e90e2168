package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lintel/internal/check"
	"lintel/internal/explain"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

type positionParams struct {
	TextDocument textDocument `json:"textDocument"`
	Position     position     `json:"position"`
}

type hover struct {
	Contents markupContent `json:"contents"`
	Range    *textRange    `json:"range,omitempty"`
}

type markupContent struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// maxHoverUnits is the maximum number of units that contribute to the hover text of a file.
const maxHoverUnits = 5

// hover describes the value under the cursor, and the rules of findings and suppression comments there.
func (s *server) hover(ctx context.Context, p positionParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok {
		return nil, nil //nolint:nilnil // no hover text
	}
	offset := q.doc.text.offset(q.encoding, p.Position)
	var parts []string
	at := source.Range{}
	for _, u := range q.units()[:min(len(q.units()), maxHoverUnits)] {
		v := q.look(ctx, u)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		text, r := describe(v, q.doc.rel, q.doc.text, offset)
		if text != "" && !slices.Contains(parts, text) {
			parts, at = append(parts, text), r
		}
	}
	for _, id := range q.rulesAt(p.Position, offset) {
		if rule, ok := q.rule(id); ok {
			parts = append(parts, briefly(rule))
		}
	}
	if len(parts) == 0 {
		return nil, nil //nolint:nilnil // no hover text
	}
	h := hover{Contents: q.contents(strings.Join(parts, "\n\n---\n\n"))}
	if !at.IsZero() {
		span := q.doc.text.span(q.encoding, at.Start, at.End)
		h.Range = &span
	}
	return h, nil
}

// briefly describes a rule in a few lines of Markdown: its severity and title, why it matters, how to fix it and a link.
func briefly(r finding.Rule) string {
	parts := []string{fmt.Sprintf("**%s** %s: %s", r.Severity, explain.Code(r.ID), strings.TrimSuffix(r.Title, "."))}
	if why := r.Why(); why != "" {
		parts = append(parts, why)
	}
	if fix := r.HowToFix(); fix != "" {
		parts = append(parts, "**Fix:** "+fix)
	}
	if page := pageOf(r); page != "" {
		parts = append(parts, fmt.Sprintf("[%s](%s)", r.References[0].Title, page))
	}
	return strings.Join(parts, "\n\n")
}

// contents returns a Markdown text in the format that the client prefers for hover texts.
func (s snapshot) contents(text string) markupContent {
	return markup(text, s.client.TextDocument.Hover.ContentFormat, true)
}

// markup returns a Markdown text in one of the formats that a client supports. otherwise is whether a client supports
// Markdown that lists no formats.
func markup(text string, formats []string, otherwise bool) markupContent {
	if slices.Contains(formats, "markdown") || len(formats) == 0 && otherwise {
		return markupContent{Kind: "markdown", Value: text}
	}
	return markupContent{Kind: "plaintext", Value: withoutMarkup(text)}
}

// rulesAt returns the rules of the diagnostics and findings at a position and of the suppression comment there, each once.
func (q question) rulesAt(at position, offset int) []string {
	var ids []string
	for _, id := range slices.Concat(q.diagnosedAt(at), q.usedAt(offset), q.mentionedAt(offset)) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// diagnosedAt returns the rules of the published diagnostics at a position.
func (q question) diagnosedAt(at position) []string {
	var ids []string
	for _, d := range q.latest.shown[q.doc.rel] {
		if d.Range.has(at) {
			ids = append(ids, d.Code)
		}
	}
	return ids
}

// usedAt returns the rules of the findings whose value is used at an offset: a module can use an argument elsewhere.
func (q question) usedAt(offset int) []string {
	var ids []string
	for _, f := range q.latest.Report.Findings {
		isUsed := slices.ContainsFunc(uses(f), func(r source.Range) bool {
			return r.Path == q.doc.rel && r.Start <= offset && offset <= r.End
		})
		if isUsed && f.Suppressed == nil {
			ids = append(ids, f.Rule)
		}
	}
	return ids
}

// mentionedAt returns the rule that a suppression comment names at an offset.
func (q question) mentionedAt(offset int) []string {
	var ids []string
	for _, m := range mentions(q.doc.text.content) {
		if m.start <= offset && offset <= m.end {
			ids = append(ids, m.id)
		}
	}
	return ids
}

// has reports whether a range contains a position or ends there.
func (r textRange) has(at position) bool { return !at.before(r.Start) && !r.End.before(at) }

func (p position) before(other position) bool {
	return p.Line < other.Line || p.Line == other.Line && p.Character < other.Character
}

// describe describes in Markdown the node at an offset and returns its range. The text is empty if there is no node.
func describe(v check.View, name string, t text, offset int) (string, source.Range) {
	nodes, at := under(v.Index, name, t, offset)
	if len(nodes) == 0 {
		return "", at
	}
	return explain.Nodes(v.Input, v.Index, v.Files, nodes), at
}

// under returns the nodes with the narrowest range that contains an offset; there are several if a module is called
// several times. If no attribute contains it, it returns those that start next on the line.
func under(index model.Index, name string, t text, offset int) ([]int, source.Range) {
	around, behind := map[source.Range][]int{}, map[source.Range][]int{}
	_, lineEnd := t.lineAt(offset)
	for i, node := range index.All() {
		isWritten := node.Attribute != "" && node.State != tree.StateAbsent
		for _, at := range []source.Range{node.Range, node.Through} {
			switch {
			case at.Path != name || at.End > len(t.content):
			case at.Start <= offset && offset <= at.End:
				around[at] = append(around[at], i)
			case isWritten && at.Start > offset && at.Start <= lineEnd:
				behind[at] = append(behind[at], i)
			}
		}
	}
	all := around
	if len(around) == 0 {
		all = behind
	}
	best := nearest(all, offset)
	return narrowed(index, all[best]), best
}

// nearest returns the narrowest range that contains an offset, or else the next one after it.
func nearest(all map[source.Range][]int, offset int) source.Range {
	var best source.Range
	for at := range all { // any order: the nearest one
		if best.IsZero() || nearer(at, best, offset) {
			best = at
		}
	}
	return best
}

// nearer reports whether a range contains an offset more narrowly than another, or starts sooner after it.
func nearer(a, b source.Range, offset int) bool {
	switch {
	case a.Start > offset && a.Start != b.Start:
		return a.Start < b.Start
	case a.End-a.Start != b.End-b.Start:
		return a.End-a.Start < b.End-b.Start
	}
	return a.Start > b.Start
}

// narrowed selects, from the nodes at one range, those that are written there, and of each resource the resource itself
// or its innermost attribute.
func narrowed(index model.Index, nodes []int) []int {
	written := slices.DeleteFunc(slices.Clone(nodes), func(i int) bool {
		node, _ := index.Node(i)
		return node.State == tree.StateAbsent
	})
	if len(written) == 0 {
		return nil
	}
	type instance struct {
		resource, when string
		via            string
	}
	last, isResource := map[instance]int{}, map[instance]bool{}
	var order []instance
	for _, i := range written {
		n, _ := index.Node(i)
		key := instance{n.Resource, n.When.String(), fmt.Sprint(n.Via)}
		if _, ok := last[key]; !ok {
			order = append(order, key)
		}
		if !isResource[key] { // a node with the range of the resource is the resource
			last[key], isResource[key] = i, n.Attribute == ""
		}
	}
	out := make([]int, 0, len(order))
	for _, key := range order {
		out = append(out, last[key])
	}
	return out
}
