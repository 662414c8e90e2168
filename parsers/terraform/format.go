package terraform

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// maxJoined is how many definitions and arguments are followed to a call of format or join that is read by its parts. Each call can
// contain the next one several times.
const maxJoined = 8

// formatted is format(pattern, values...): a text that keeps its known parts beside unknown values. A known text stands where it is
// used.
func (s scope) formatted(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	if value, _ := s.value(e).Unmark(); value.IsKnown() || depth > maxJoined {
		return tree.Tree{}, false
	}
	pattern, values := s.formatArguments(e, depth)
	t, ok := formatOf(rangeOf(e.Range()), pattern, values)
	whole := s.whole(e, depth)
	t.Symbol = whole.Symbol
	return examplesAsIn(whole, t), ok
}

// joinedText is join(separator, lists...): a text that keeps its known parts beside unknown elements. It is false if the number of
// elements is unknown. A known text stands where it is used.
func (s scope) joinedText(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	if value, _ := s.value(e).Unmark(); value.IsKnown() || depth > maxJoined {
		return tree.Tree{}, false
	}
	separator, lists := s.formatArguments(e, depth)
	var pieces []tree.Tree
	for _, list := range lists {
		if !list.IsList || list.State != tree.StateKnown {
			return tree.Tree{}, false
		}
		for _, item := range list.Items {
			if len(pieces) > 0 {
				pieces = append(pieces, separator)
			}
			pieces = append(pieces, item)
		}
	}
	t := tree.Concat(rangeOf(e.Range()), pieces...)
	return examplesAsIn(s.whole(e, depth), t), areTexts(pieces)
}

// examplesAsIn returns a text with the examples of its value, which knows that parts of it are equal, if there are any.
func examplesAsIn(whole, t tree.Tree) tree.Tree {
	if whole.Examples != nil {
		t.Examples, t.InPartition = whole.Examples, whole.InPartition
	}
	return t
}

// areTexts reports whether each piece is a text, or unknown.
func areTexts(pieces []tree.Tree) bool {
	return !slices.ContainsFunc(pieces, func(piece tree.Tree) bool {
		return piece.IsList || piece.IsMap || piece.State == tree.StateAbsent
	})
}

// formattedList is formatlist(pattern, values...): a text for each element of the lists among the values. It is false if the number
// of elements is unknown.
func (s scope) formattedList(e *hclsyntax.FunctionCallExpr, depth int) (tree.Tree, bool) {
	pattern, values := s.formatArguments(e, depth)
	list := tree.Tree{State: tree.StateKnown, IsList: true, Range: rangeOf(e.Range())}
	n := -1
	for _, value := range values {
		switch {
		case !value.IsList:
		case value.State != tree.StateKnown, n >= 0 && n != len(value.Items):
			return tree.Tree{}, false
		default:
			n = len(value.Items)
		}
	}
	for i := range n {
		own := make([]tree.Tree, len(values))
		for j, value := range values {
			own[j] = value
			if value.IsList {
				own[j] = value.Items[i]
			}
		}
		text, ok := formatOf(list.Range, pattern, own)
		if !ok {
			return tree.Tree{}, false
		}
		text.Pieces = nil // it stands where it is used
		list.Items = append(list.Items, text)
	}
	return list, n >= 0
}

// formatArguments reads the first argument and the others of format, formatlist or join.
func (s scope) formatArguments(e *hclsyntax.FunctionCallExpr, depth int) (pattern tree.Tree, values []tree.Tree) {
	pattern = s.treeAt(e.Args[0], depth+1)
	for _, arg := range e.Args[1:] {
		values = append(values, s.treeAt(arg, depth+1))
	}
	return pattern, values
}

// formatOf puts a text together from a pattern, of which parts may be unknown, and a value for each %s or %v in it. It is false for
// other verbs, and for values that are no texts.
func formatOf(at source.Range, pattern tree.Tree, values []tree.Tree) (tree.Tree, bool) {
	parts := pattern.Pieces
	if len(parts) == 0 {
		parts = []tree.Tree{pattern}
	}
	var pieces []tree.Tree
	for _, part := range parts {
		literals, ok := literalsOf(part)
		if !ok || len(literals) > len(values)+1 {
			return tree.Tree{}, false
		}
		for i, literal := range literals {
			if i > 0 {
				pieces, values = append(pieces, values[0]), values[1:]
			}
			pieces = append(pieces, literal)
		}
	}
	return tree.Concat(at, pieces...), areTexts(pieces) && len(values) == 0
}

// literalsOf splits a part of a pattern at %s and %v. An unknown part stays as it is. It is false for other verbs.
func literalsOf(part tree.Tree) ([]tree.Tree, bool) {
	text, ok := part.String()
	if !ok {
		return []tree.Tree{part}, true
	}
	var literals []tree.Tree
	for literal := range strings.SplitSeq(strings.ReplaceAll(text, "%v", "%s"), "%s") {
		if strings.Contains(literal, "%") {
			return nil, false
		}
		literals = append(literals, tree.Tree{State: tree.StateKnown, Scalar: literal, Range: part.Range})
	}
	return literals, true
}
