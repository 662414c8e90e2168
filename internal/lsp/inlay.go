package lsp

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"lintel/internal/check"
	"lintel/internal/explain"
	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/internal/tree"
)

type inlayHintParams struct {
	TextDocument textDocument `json:"textDocument"`
	Range        textRange    `json:"range"`
}

type inlayHint struct {
	Position    position `json:"position"`
	Label       string   `json:"label"`
	PaddingLeft bool     `json:"paddingLeft"`
}

// Limits of inlay hints.
const (
	maxHints      = 500
	maxHintLength = 60 // characters
	maxHintValues = 3  // values of one expression: a module can be called several times
)

// inlayHints returns the values of expressions behind them, if the settings turn them on. A literal has no hint.
func (s *server) inlayHints(ctx context.Context, p inlayHintParams) (any, error) {
	q, ok := s.about(p.TextDocument.URI)
	if !ok || !q.settings.inlayHints {
		return nil, nil //nolint:nilnil // no hints
	}
	from, to := q.doc.text.offset(q.encoding, p.Range.Start), q.doc.text.offset(q.encoding, p.Range.End)
	values := map[source.Range][]string{}
	for _, u := range q.units()[:min(len(q.units()), maxHoverUnits)] {
		v := q.look(ctx, u)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		q.collect(values, v, from, to)
	}
	return q.hints(values), nil
}

// collect adds the known values of the expressions in a range of the document. A masked value counts as unknown.
func (q question) collect(values map[source.Range][]string, v check.View, from, to int) {
	c := collector{
		values: values, known: explain.Scalars(v.Input),
		first: map[source.Range]string{}, blocks: blocksOf(v.Index), hidden: map[source.Range]bool{},
	}
	for i, node := range v.Index.All() {
		for _, at := range []source.Range{node.Range, node.Through} {
			isInRange := at.Path == q.doc.rel && at.End >= from && at.Start <= to && at.End <= len(q.doc.text.content)
			if isInRange && at.Start < at.End && !c.blocks[at] && node.State != tree.StateAbsent {
				c.add(i, node, at)
			}
		}
	}
	for at := range c.hidden { // any order: all are removed
		delete(values, at)
	}
}

// blocksOf returns the ranges of whole resources.
func blocksOf(index model.Index) map[source.Range]bool {
	blocks := map[source.Range]bool{}
	for _, node := range index.All() {
		if node.Attribute == "" {
			blocks[node.Range] = true
		}
	}
	return blocks
}

// collector collects the values of the expressions of a unit.
type collector struct {
	values map[source.Range][]string
	known  map[int]string          // values by handle
	blocks map[source.Range]bool   // of whole resources, which have computed attributes
	first  map[source.Range]string // attribute of the first node at a range; later ones are computed from it
	hidden map[source.Range]bool   // literals, and what is unknown in some case
}

// add notes the value of a node at a range.
func (c collector) add(handle int, node model.Node, at source.Range) {
	if _, ok := c.first[at]; !ok {
		c.first[at] = node.Attribute
	}
	value, isKnown := c.known[handle]
	switch {
	case at == node.Written || node.State == tree.StateUnknown:
		c.hidden[at] = true
	case isKnown && !node.Sensitive && c.first[at] == node.Attribute && !slices.Contains(c.values[at], value):
		c.values[at] = append(c.values[at], value)
	}
}

// hints returns the hints for values, in their order.
func (q question) hints(values map[source.Range][]string) []inlayHint {
	places := make([]source.Range, 0, len(values))
	for at := range values { // any order: they are sorted
		places = append(places, at)
	}
	slices.SortFunc(places, source.Range.Compare)
	hints := []inlayHint{}
	for _, at := range places {
		if len(hints) == maxHints {
			break
		}
		written := string(q.doc.text.content[at.Start:at.End])
		all := values[at]
		if strings.ContainsAny(written, "\r\n") || len(all) > maxHintValues || isWritten(written, all) {
			continue
		}
		label := []rune("= " + strings.Join(all, " or "))
		if len(label) > maxHintLength {
			label = append(label[:maxHintLength], '…')
		}
		hints = append(hints, inlayHint{q.doc.text.position(q.encoding, at.End), string(label), true})
	}
	return hints
}

// isWritten reports whether a text shows its value itself.
func isWritten(written string, values []string) bool {
	bare := strings.Trim(strings.TrimSpace(written), `"'`)
	return slices.ContainsFunc(values, func(value string) bool {
		text, err := strconv.Unquote(value)
		if err != nil {
			text = value
		}
		return strings.EqualFold(bare, text)
	})
}
