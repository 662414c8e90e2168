package cloudformation

import (
	"slices"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// Limits of the values of a unit. Functions can make values that are much larger than the template.
const (
	maxValues    = 300_000 // nodes of trees, iterations of loops, and blocks of textPerValue bytes of text
	textPerValue = 256
	maxText      = 4 << 20 // bytes of a text
)

const tooMuch = "the values of the template are too large"

// meter counts the values of a unit.
type meter struct{ spent int }

func (m *meter) exceeded() bool { return m.spent > maxValues }

// spend counts n values and reports whether they are within the limit. The first time that they are not is a problem.
func (t *template) spend(at source.Range, n int) bool {
	m := &t.reader.meter
	if m.exceeded() {
		return false
	}
	if m.spent += n; m.exceeded() {
		t.problem(at, "the values exceed the limit of %d; those that remain count as unknown", maxValues)
		return false
	}
	return true
}

// spendText counts a text of n bytes and reports whether it is within the limits.
func (t *template) spendText(at source.Range, n int) bool {
	if n > maxText {
		t.problem(at, "a text exceeds the limit of %d MiB and counts as unknown", maxText>>20)
		return false
	}
	return t.spend(at, n/textPerValue)
}

// concat puts pieces of a text together, if the result is within the limits.
func (r *resolver) concat(whole *node, pieces []tree.Tree) tree.Tree {
	if !r.spendText(whole.at, lengthOf(pieces)) {
		return unknown(whole, tooMuch, refsOf(pieces)...)
	}
	return tree.Concat(whole.at, pieces...)
}

// lengthOf returns the number of bytes that pieces make together, including their examples.
func lengthOf(pieces []tree.Tree) int {
	n := 0
	for _, piece := range pieces {
		if text, ok := tree.Text(piece.Scalar); ok {
			n += len(text)
		}
		n += len(piece.Prefix) + len(piece.Suffix)
		for _, example := range piece.Examples {
			n += len(example)
		}
	}
	return n
}

func refsOf(pieces []tree.Tree) []string {
	var refs []string
	for _, piece := range pieces {
		refs = append(refs, piece.Refs...)
	}
	slices.Sort(refs)
	return slices.Compact(refs)
}
