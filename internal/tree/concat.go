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
	var text, inPartition strings.Builder
	known, vague, isPartition := true, false, true
	out.Plain = true
	for _, piece := range pieces {
		out.Refs = append(out.Refs, piece.Refs...)
		out.Sensitive = out.Sensitive || piece.Sensitive
		out.Outside = out.Outside || piece.Outside
		out.Parameters = append(out.Parameters, piece.Parameters...)
		out.Sources = append(out.Sources, piece.Sources...)
		s, ok := Text(piece.Scalar)
		if piece.State == StateKnown && ok {
			text.WriteString(s)
			inPartition.WriteString(s)
			continue
		}
		out.Plain = out.Plain && (piece.Plain || len(piece.Examples) > 0 && !slices.ContainsFunc(piece.Examples, hasWildcard))
		inPartition.WriteString(piece.InPartition)
		isPartition = isPartition && piece.State == StateUnknown && piece.InPartition != ""
		if known {
			known = false
			out.State, out.Cause = StateUnknown, piece.Cause
			out.Prefix = text.String() + piece.Prefix
		}
		if !vague && len(piece.Examples) == 0 {
			vague, out.Cause = true, piece.Cause
		}
		text.Reset()
		text.WriteString(piece.Suffix)
	}
	if known {
		out.Scalar, out.Pieces, out.Plain, out.Outside = text.String(), nil, false, false
		return out
	}
	out.Outside = out.Outside && len(out.Refs) == 0
	out.Suffix = text.String()
	out.Examples = combine(pieces)
	if isPartition {
		out.InPartition = inPartition.String()
	}
	return out
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
		own := piece.Examples
		if len(own) == 0 && inARN(all[0]) {
			if !piece.Plain {
				own = append(own, piece.Prefix+"*"+piece.Suffix)
			}
			own = append(own, piece.Prefix+"example"+piece.Suffix)
		}
		if s, ok := Text(piece.Scalar); ok && piece.State == StateKnown {
			own = []string{s}
		}
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

// inARN reports whether the start of a text is that of an ARN up to its service at least. Of the region, account and
// resource after it rules ask only whether they are wildcards.
func inARN(start string) bool {
	rest, isARN := strings.CutPrefix(start, "arn:")
	parts := strings.SplitN(rest, ":", 3) //nolint:mnd // partition, service, the rest
	return isARN && len(parts) == 3 && parts[1] != "" && !strings.ContainsAny(parts[1], "*?")
}
