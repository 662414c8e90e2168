package tree

import (
	"slices"
	"strings"

	"lintel/internal/source"
)

// Concat is a string that is put together from pieces, as a template or a Join writes it. It is
// known when all pieces are. Otherwise it keeps how it begins and ends, what it refers to, examples
// where all pieces have some, and the pieces themselves. The cause is that of a piece of which nothing is known, if
// there is one.
func Concat(at source.Range, pieces ...Tree) Tree {
	out := Tree{State: StateKnown, Range: at, Pieces: pieces}
	out.comesFrom(pieces)
	var text, inPartition strings.Builder
	known, vague, isPartition := true, false, true
	for _, piece := range pieces {
		s, ok := Text(piece.Scalar)
		if piece.State == StateKnown && ok {
			text.WriteString(s)
			inPartition.WriteString(s)
			continue
		}
		inPartition.WriteString(piece.InPartition)
		isPartition = isPartition && piece.State == StateUnknown && piece.InPartition != ""
		if known {
			known = false
			out.State, out.Cause = StateUnknown, piece.Cause
			out.Prefix = text.String() + piece.Prefix
		}
		if !vague && (len(piece.Examples) == 0 || piece.Maybe != "") {
			vague, out.Cause = true, piece.Cause
		}
		text.Reset()
		text.WriteString(piece.Suffix)
	}
	if known {
		out.Scalar, out.Pieces, out.Outside = text.String(), nil, false
		return out
	}
	out.Symbol = symbolOf(pieces)
	out.Plain = !slices.ContainsFunc(pieces, mayBePattern)
	out.Suffix = text.String()
	out.Examples = combine(pieces)
	if isPartition {
		out.InPartition = inPartition.String()
	}
	return out
}

// MaxSymbol is the length up to which an unknown text has a symbol, in bytes. Names and ARNs are shorter.
const MaxSymbol = 1 << 10

// Symbol returns the symbol of a value that a reference stands for. Two references with one text have the same value.
func Symbol(reference string) string { return "${" + reference + "}" }

// symbolOf returns the symbol of a text that pieces make together. There is none if a piece has none, or reads like one.
func symbolOf(pieces []Tree) string {
	var symbol strings.Builder
	for _, piece := range pieces {
		own := piece.Symbol
		if s, ok := Text(piece.Scalar); ok && piece.State == StateKnown {
			if own = s; strings.Contains(s, "${") {
				return ""
			}
		} else if own == "" {
			return ""
		}
		if symbol.Len()+len(own) > MaxSymbol {
			return ""
		}
		symbol.WriteString(own)
	}
	return symbol.String()
}

// comesFrom adds what the pieces of a text come from. One from outside of the stack makes it lead there, unless another refers
// to a resource of it.
func (t *Tree) comesFrom(pieces []Tree) {
	hasOwn := false
	for _, piece := range pieces {
		hasOwn = hasOwn || !piece.Outside && len(piece.Refs) > 0 // those of a piece from outside lead to other units
		t.Refs = append(t.Refs, piece.Refs...)
		t.Sensitive = t.Sensitive || piece.Sensitive
		t.Outside = t.Outside || piece.Outside
		t.Parameters = append(t.Parameters, piece.Parameters...)
		t.Sources = append(t.Sources, piece.Sources...)
	}
	t.Outside = t.Outside && !hasOwn
}

// mayBePattern reports whether a piece is unknown and may contain a wildcard.
func mayBePattern(piece Tree) bool {
	return piece.State == StateUnknown && !piece.Plain && (len(piece.Examples) == 0 || slices.ContainsFunc(piece.Examples, hasWildcard))
}

func hasWildcard(s string) bool { return strings.ContainsAny(s, "*?") }

// maxExamples is how many values stand for an unknown one. With more it may be anything.
const maxExamples = 16

// maxCombined is the number of pieces above which a text has no examples: each copies the text before it.
const maxCombined = 1000

// combine returns the strings that pieces make together, each for one combination of their examples.
func combine(pieces []Tree) []string {
	if len(pieces) > maxCombined {
		return nil
	}
	all := []string{""}
	for _, piece := range pieces {
		own := piece.texts(all[0])
		if len(own) == 0 || len(own)*len(all) > maxExamples {
			return nil
		}
		next := make([]string, 0, len(own)*len(all))
		for _, before := range all {
			for _, s := range own {
				next = append(next, before+s)
			}
		}
		all = next
	}
	return all
}

// texts returns the strings that a piece may be after the start of a text, nil if it may be any.
func (t Tree) texts(start string) []string {
	if s, ok := Text(t.Scalar); ok && t.State == StateKnown {
		return []string{s}
	}
	own := t.Examples
	if t.Maybe != "" {
		own = nil // without the piece, the text is another
	}
	if len(own) == 0 && inARN(start) {
		if !t.Plain {
			own = append(own, t.Prefix+"*"+t.Suffix)
		}
		own = append(own, t.Prefix+"example"+t.Suffix)
	}
	return own
}

// inARN reports whether the start of a text is that of an ARN up to its service at least. Of the region, account and
// resource after it rules ask only whether they are wildcards.
func inARN(start string) bool {
	rest, isARN := strings.CutPrefix(start, "arn:")
	parts := strings.SplitN(rest, ":", 3) //nolint:mnd // partition, service, the rest
	return isARN && len(parts) == 3 && parts[1] != "" && !strings.ContainsAny(parts[1], "*?")
}
