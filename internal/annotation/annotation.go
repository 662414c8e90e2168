// Package annotation represents comments of templates, and metadata for tools.
package annotation

import (
	"lintel/internal/source"
	"lintel/internal/tree"
)

// Comment is a comment of a template.
type Comment struct {
	At    source.Range // with comment markers, without the line break
	Text  string       // without the markers #, // and /* */
	Alone bool         // no code on its lines
	About source.Range // code that starts on its line or, if it is alone, directly below; zero: none
	Whole source.Range // enclosing Terraform block or resource; zero: none
}

// Metadata is the metadata of a resource in a template.
type Metadata struct {
	Resource string       // logical id; empty: metadata of the template
	At       source.Range // range of the resource
	Tree     tree.Tree
	Block    bool // YAML in block style, with a key on each line
}
