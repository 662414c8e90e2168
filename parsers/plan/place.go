package plan

import (
	"slices"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/iampolicy"
)

// place puts what the plan knows where the files write it. What the plan does not know keeps what
// the files tell: a policy with one unknown ARN is still a policy.
func place(planned, written model.Tree, at source.Range) model.Tree {
	if written.Range.IsZero() {
		written.Range = at
	}
	if planned.State == model.StateUnknown && written.State != model.StateAbsent {
		return stillUnknown(planned, written)
	}
	if document := structureOf(written); document != nil {
		if decoded := iampolicy.Document(planned); decoded.IsMap {
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
	for i, f := range planned.Fields {
		inFile := fieldOf(written, f.Key)
		planned.Fields[i] = model.Field{Key: f.Key, KeyRange: written.Range, Tree: place(f.Tree, inFile.Tree, written.Range)}
		if !inFile.KeyRange.IsZero() {
			planned.Fields[i].KeyRange = inFile.KeyRange
		}
	}
	return planned
}

// stillUnknown is what the files tell about a value that the plan does not know.
func stillUnknown(planned, written model.Tree) model.Tree {
	written.Sensitive = written.Sensitive || planned.Sensitive
	written.Refs = union(written.Refs, planned.Refs)
	if written.State == model.StateKnown && written.Decoded == nil && !written.IsMap && !written.IsList {
		written.State, written.Scalar, written.Cause = model.StateUnknown, nil, planned.Cause
	}
	return written
}

func placeItems(items []model.Tree, written model.Tree) []model.Tree {
	placed := make([]model.Tree, len(items))
	for i := range items {
		var inFile model.Tree
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

// fieldOf is a field as it is written, the zero Field when it is not.
func fieldOf(t model.Tree, key string) model.Field {
	for _, f := range t.Fields {
		if f.Key == key {
			return f
		}
	}
	return model.Field{}
}

// structureOf is the document that a text in the files is made from.
func structureOf(t model.Tree) *model.Tree {
	if t.Decoded != nil {
		return t.Decoded
	}
	if decoded := iampolicy.Document(t); len(t.Pieces) > 0 && decoded.IsMap {
		return &decoded
	}
	return nil
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, id := range b {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
