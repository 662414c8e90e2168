// Package annotation holds what a template says beside what it declares: comments, and metadata for tools.
package annotation

import (
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Comment is a comment of a template.
type Comment struct {
	At    source.Range // with its marks, without the end of the line
	Text  string       // without the marks #, // and /* */
	Alone bool         // nothing but comments stands on its lines
	About source.Range // what begins on its line, or directly below a comment that is alone; zero: nothing
	Whole source.Range // the block of Terraform, or the resource of a template, that it stands in; zero: none
}

// Metadata is what a resource of a template says about itself to tools.
type Metadata struct {
	Resource string       // its logical id; empty: the metadata of the whole template
	At       source.Range // the resource
	Tree     tree.Tree
	Block    bool // YAML in block style: a key on each line
}
