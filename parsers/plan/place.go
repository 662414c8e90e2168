package plan

import (
	"slices"

	"lintel/internal/source"
	"lintel/internal/tree"
)

// place puts what the plan knows where the files write it. Where the plan has no value, that of
// the files stays: a policy with one unknown ARN is still a policy.
func place(planned, written tree.Tree, at source.Range) tree.Tree {
	if written.Range.IsZero() {
		written.Range = at
	}
	if planned.State == tree.StateUnknown && written.State != tree.StateAbsent {
		return stillUnknown(planned, written)
	}
	if document := structureOf(written); document != nil {
		if decoded := tree.Document(planned); decoded.IsMap {
			inside := place(decoded, *document, written.Range)
			planned.Decoded = &inside
		}
	}
	planned.Range, planned.Through, planned.Written = written.Range, written.Through, written.Written
	planned.Parameters, planned.Sources = written.Parameters, written.Sources
	planned.Refs = union(written.Refs, planned.Refs)
	planned.Verbatim, planned.Pieces = false, nil
	planned.Items = placeItems(planned.Items, written)
	planned.Fields = slices.Clone(planned.Fields)
	keys := written.Keys()
	for i, f := range planned.Fields {
		inFile := keys.Get(f.Key)
		planned.Fields[i] = tree.Field{Key: f.Key, KeyRange: written.Range, Tree: place(f.Tree, inFile.Tree, written.Range)}
		if !inFile.KeyRange.IsZero() {
			planned.Fields[i].KeyRange = inFile.KeyRange
		}
	}
	return planned
}

// stillUnknown is what the files tell about a value that the plan does not know.
func stillUnknown(planned, written tree.Tree) tree.Tree {
	written.Sensitive = written.Sensitive || planned.Sensitive
	written.Refs = union(written.Refs, planned.Refs)
	if written.State == tree.StateKnown && written.Decoded == nil && !written.IsMap && !written.IsList {
		written.State, written.Scalar, written.Cause = tree.StateUnknown, nil, planned.Cause
	}
	return written
}

func placeItems(items []tree.Tree, written tree.Tree) []tree.Tree {
	placed := make([]tree.Tree, len(items))
	for i := range items {
		var inFile tree.Tree
		switch {
		case i < len(written.Items):
			inFile = written.Items[i]
		case len(written.Items) == 0 && len(items) == 1:
			inFile = written // a single value where a list may stand
		}
		placed[i] = place(items[i], inFile, written.Range)
	}
	return placed
}

// structureOf is the document that a text in the files is made from.
func structureOf(t tree.Tree) *tree.Tree {
	if t.Decoded != nil {
		return t.Decoded
	}
	if decoded := tree.Document(t); len(t.Pieces) > 0 && decoded.IsMap {
		return &decoded
	}
	return nil
}

// union returns a and what of b is not in it.
func union(a, b []string) []string {
	out := slices.Clone(a)
	has := make(map[string]bool, len(a))
	for _, id := range a {
		has[id] = true
	}
	for _, id := range b {
		if !has[id] {
			has[id] = true
			out = append(out, id)
		}
	}
	return out
}
