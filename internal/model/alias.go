package model

import (
	"lintel/internal/source"
	"lintel/internal/tree"
)

// The values that readers hand over, by the names that readers use.
type (
	Tree      = tree.Tree
	Field     = tree.Field
	State     = tree.State
	Parameter = tree.Parameter
)

// The states of package tree.
const (
	StateAbsent  = tree.StateAbsent
	StateKnown   = tree.StateKnown
	StateUnknown = tree.StateUnknown
)

// UnknownTree is tree.Unknown.
func UnknownTree(at source.Range, cause string) Tree { return tree.Unknown(at, cause) }

// Concat is tree.Concat.
func Concat(at source.Range, pieces ...Tree) Tree { return tree.Concat(at, pieces...) }
