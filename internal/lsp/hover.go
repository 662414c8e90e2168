package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lintel/internal/check"
	"lintel/internal/model"
	"lintel/internal/report"
	"lintel/internal/source"
	values "lintel/internal/tree"
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

// Bounds of what is shown.
const (
	maxHoverUnits    = 5  // of a file that several units have
	maxHoverValues   = 5  // of an attribute that has several: one for each call of its module
	maxHoverDefaults = 12 // of a block
)

// hover shows the value of what is under the cursor, and the pages of the rules that find something
// there or are named there.
func (s *server) hover(ctx context.Context, p positionParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok {
		return nil, nil //nolint:nilnil // there is nothing to show
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
			parts = append(parts, report.RulePage(rule))
		}
	}
	if len(parts) == 0 {
		return nil, nil //nolint:nilnil // there is nothing to show
	}
	h := hover{Contents: q.contents(strings.Join(parts, "\n\n---\n\n"))}
	if !at.IsZero() {
		span := q.doc.text.span(q.encoding, at.Start, at.End)
		h.Range = &span
	}
	return h, nil
}

// contents are a text in Markdown as the client shows it best.
func (s snapshot) contents(text string) markupContent {
	formats := s.client.TextDocument.Hover.ContentFormat
	if len(formats) == 0 || slices.Contains(formats, "markdown") {
		return markupContent{Kind: "markdown", Value: text}
	}
	return markupContent{Kind: "plaintext", Value: withoutMarkup(text)}
}

// rulesAt are the rules of the diagnostics at a position, and of the comment there.
func (q question) rulesAt(at position, offset int) []string {
	var ids []string
	for _, d := range q.latest.shown[q.doc.rel] {
		if d.Range.has(at) && !slices.Contains(ids, d.Code) {
			ids = append(ids, d.Code)
		}
	}
	for _, f := range q.latest.Report.Findings {
		isUsed := slices.ContainsFunc(uses(f), func(r source.Range) bool {
			return r.Path == q.doc.rel && r.Start <= offset && offset <= r.End
		})
		if isUsed && f.Suppressed == nil && !slices.Contains(ids, f.Rule) {
			ids = append(ids, f.Rule)
		}
	}
	for _, m := range mentions(q.doc.text.content) {
		if m.start <= offset && offset <= m.end {
			ids = append(ids, m.id)
		}
	}
	return ids
}

// has reports whether a position lies in a range or at its end.
func (r textRange) has(at position) bool { return !at.before(r.Start) && !r.End.before(at) }

func (p position) before(other position) bool {
	return p.Line < other.Line || p.Line == other.Line && p.Character < other.Character
}

// describe says in Markdown what the node is that is under an offset, and where it stands. It says
// nothing where there is none.
func describe(v check.View, name string, t text, offset int) (string, source.Range) {
	nodes, at := under(v.Index, name, t, offset)
	if len(nodes) == 0 {
		return "", at
	}
	values := valuesOf(v.Input)
	d := describer{view: v, values: values}
	var out []string
	for _, i := range nodes {
		if text := d.node(i); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	more := len(out) - maxHoverValues
	if more > 0 {
		out = append(out[:maxHoverValues], fmt.Sprintf("and %s more", count(more, "value")))
	}
	return strings.Join(out, "\n\n"), at
}

// under returns the nodes whose text is the narrowest that an offset lies in: several where a module is
// called several times. Where there is no attribute, those that begin behind the offset in its line.
func under(index model.Index, name string, t text, offset int) ([]int, source.Range) {
	around, behind := map[source.Range][]int{}, map[source.Range][]int{}
	_, lineEnd := t.lineAt(offset)
	for i := range index {
		isWritten := index[i].Attribute != "" && index[i].State != values.StateAbsent
		for _, at := range []source.Range{index[i].Range, index[i].Through} {
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

// nearest returns the range that is narrowest around an offset, or begins soonest behind it.
func nearest(all map[source.Range][]int, offset int) source.Range {
	var best source.Range
	for at := range all {
		if best.IsZero() || nearer(at, best, offset) {
			best = at
		}
	}
	return best
}

// nearer reports whether a range is narrower around an offset than another, or begins sooner behind it.
func nearer(a, b source.Range, offset int) bool {
	switch {
	case a.Start > offset && a.Start != b.Start:
		return a.Start < b.Start
	case a.End-a.Start != b.End-b.Start:
		return a.End-a.Start < b.End-b.Start
	}
	return a.Start > b.Start
}

// narrowed leaves of the nodes that stand at one place those that are written there, and of each
// resource itself or its innermost attribute.
func narrowed(index model.Index, nodes []int) []int {
	written := slices.DeleteFunc(slices.Clone(nodes), func(i int) bool { return index[i].State == values.StateAbsent })
	if len(written) == 0 {
		return nil
	}
	type instance struct {
		resource, when string
		via            string
	}
	last := map[instance]int{}
	var order []instance
	for _, i := range written {
		n := index[i]
		key := instance{n.Resource, n.When.String(), fmt.Sprint(n.Via)}
		first, ok := last[key]
		if !ok {
			order = append(order, key)
		}
		if !ok || index[first].Attribute != "" { // what stands where the resource does is the resource
			last[key] = i
		}
	}
	out := make([]int, 0, len(order))
	for _, key := range order {
		out = append(out, last[key])
	}
	return out
}

// valuesOf returns the objects of a policy input by their handles.
func valuesOf(input model.Object) map[int]model.Object {
	all := map[int]model.Object{}
	var walk func(value any)
	walk = func(value any) {
		switch x := value.(type) {
		case model.Object:
			if at, ok := x.Get("at").(int); ok {
				all[at] = x
			}
			for _, m := range x {
				walk(m.Value)
			}
		case []any:
			for _, item := range x {
				walk(item)
			}
		}
	}
	walk(input)
	return all
}
