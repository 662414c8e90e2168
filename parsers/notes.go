package parsers

import (
	"lintel/internal/annotation"
	"lintel/internal/source"
	"lintel/parsers/cloudformation"
	"lintel/parsers/terraform"
)

// Notes returns the comments of a file, and what its resources say in their metadata.
func Notes(file *source.File) ([]annotation.Comment, []annotation.Metadata) {
	switch syntax := source.SyntaxOf(file.Path); {
	case syntax.IsNativeHCL():
		return terraform.Comments(file), nil
	case syntax.HasComments() && cloudformation.Looks(file.Content):
		return cloudformation.Comments(file), cloudformation.Metadata(file)
	}
	return nil, nil
}

// HasNotes reports by its name whether a file may have comments or metadata.
func HasNotes(name string) bool { return source.SyntaxOf(name).HasComments() }
