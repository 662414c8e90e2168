package terraform

import (
	"slices"

	"lintel/internal/tree"
)

// either is a value that is one of two, and which of the two is unknown. A list, a map or a
// document keeps everything that either has, each part as one that may be there. Of plain values
// it is whole: what is common to both.
func either(whole, a, b tree.Tree) tree.Tree {
	a.Decoded, b.Decoded = decoded(a), decoded(b)
	switch {
	case a.Decoded != nil || b.Decoded != nil:
		whole.Decoded = eitherDocument(whole, a, b)
	case a.IsList && b.IsList:
		whole.IsList, whole.Items = true, maybeAll(whole.Cause, a.Items, b.Items)
	case a.IsMap && b.IsMap:
		whole.IsMap, whole.Fields = true, eitherFields(whole, a, b)
	case isStructure(a) && b.State == tree.StateAbsent:
		return maybe(whole, a)
	case isStructure(b) && a.State == tree.StateAbsent:
		return maybe(whole, b)
	}
	return whole
}

func isStructure(t tree.Tree) bool { return t.IsList || t.IsMap }

// eitherDocument is what two texts say of which at least one is a document.
func eitherDocument(whole, a, b tree.Tree) *tree.Tree {
	var left, right tree.Tree
	if a.Decoded != nil {
		left = *a.Decoded
	}
	if b.Decoded != nil {
		right = *b.Decoded
	}
	document := either(tree.Unknown(whole.Range, whole.Cause), left, right)
	document.Maybe = ""
	if isOpaque(a) || isOpaque(b) {
		document.State = tree.StateUnknown
	}
	return &document
}

// isOpaque reports whether t is a text with unknown content.
func isOpaque(t tree.Tree) bool { return t.State != tree.StateAbsent && t.Decoded == nil }

// decoded is the document that a text is, if it is one.
func decoded(t tree.Tree) *tree.Tree {
	if t.Decoded != nil {
		return t.Decoded
	}
	if _, isText := t.String(); !isText && len(t.Pieces) == 0 {
		return nil
	}
	if document := tree.Document(t); document.IsMap {
		return &document
	}
	return nil
}

// maybe is a list or a map that is there or not.
func maybe(whole, t tree.Tree) tree.Tree {
	t.Maybe = whole.Cause
	if t.IsList {
		t.State, t.Cause, t.Items = tree.StateUnknown, whole.Cause, maybeAll(whole.Cause, t.Items)
	}
	return t
}

func maybeAll(cause string, lists ...[]tree.Tree) []tree.Tree {
	all := slices.Concat(lists...)
	for i := range all {
		all[i].Maybe = cause
	}
	return all
}

func eitherFields(whole, a, b tree.Tree) []tree.Field {
	fields := slices.Clone(a.Fields)
	for _, f := range b.Fields {
		i := slices.IndexFunc(fields, func(g tree.Field) bool { return g.Key == f.Key })
		if i < 0 {
			fields = append(fields, f)
			continue
		}
		value, hasText := f.Tree.String()
		if other, ok := fields[i].Tree.String(); ok && hasText && other == value {
			continue
		}
		unknown := tree.Unknown(fields[i].Tree.Range, whole.Cause)
		unknown.Refs = slices.Concat(fields[i].Tree.Refs, f.Tree.Refs)
		fields[i].Tree = either(unknown, fields[i].Tree, f.Tree)
	}
	return fields
}
