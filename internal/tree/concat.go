package tree

import (
	"strings"

	"lintel/internal/source"
)

// Concat is a string that is put together from pieces, as a template or a Join writes it. It is
// known when all pieces are. Otherwise it keeps how it begins and ends, what it refers to, and
// the pieces themselves.
func Concat(at source.Range, pieces ...Tree) Tree {
	out := Tree{State: StateKnown, Range: at, Pieces: pieces}
	var text strings.Builder
	known := true
	for _, piece := range pieces {
		out.Refs = append(out.Refs, piece.Refs...)
		out.Sensitive = out.Sensitive || piece.Sensitive
		out.Parameters = append(out.Parameters, piece.Parameters...)
		out.Sources = append(out.Sources, piece.Sources...)
		s, ok := Text(piece.Scalar)
		if piece.State == StateKnown && ok {
			text.WriteString(s)
			continue
		}
		if known {
			known = false
			out.State, out.Cause = StateUnknown, piece.Cause
			out.Prefix = text.String() + piece.Prefix
		}
		text.Reset()
		text.WriteString(piece.Suffix)
	}
	if known {
		out.Scalar, out.Pieces = text.String(), nil
		return out
	}
	out.Suffix = text.String()
	return out
}
