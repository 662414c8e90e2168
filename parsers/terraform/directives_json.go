package terraform

import (
	"bytes"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/internal/tree"
)

// comment is the property of a JSON object that Terraform does not read
// (https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties).
const comment = "//"

// JSONDirectives returns what the comment properties of a file of JSON syntax ask not to report: a
// text, or a list of texts. Each is about the block or object that it stands in.
func JSONDirectives(file *source.File) []finding.Directive {
	if !bytes.Contains(file.Content, []byte(Marker)) {
		return nil
	}
	whole := source.Range{Path: file.Path, End: len(file.Content)}
	root, err := tree.DecodeJSON(tree.Tree{State: tree.StateKnown, Scalar: string(file.Content), Verbatim: true, Range: whole})
	if err != nil {
		return nil // whoever reads the file says so
	}
	var found []finding.Directive
	for _, f := range root.Fields {
		found = append(found, commentsIn(f.Tree, source.Range{}, levelsAbove(f.Key))...)
	}
	return append(found, commentsAt(root, source.Range{})...)
}

// levelsAbove is how many levels of names there are before the block: its type and its name.
func levelsAbove(section string) int {
	switch section {
	case "resource", "data", "ephemeral":
		return 2 //nolint:mnd // see above
	case "locals", "terraform":
		return 0
	}
	return 1
}

// commentsIn returns the comments in an object and what is below it. scope is what they are about;
// it is zero above the blocks, where no reason can apply to everything.
func commentsIn(t tree.Tree, scope source.Range, levels int) []finding.Directive {
	var found []finding.Directive
	for _, item := range t.Items {
		inside := item.Range
		if levels > 0 || len(t.Items) == 1 {
			inside = scope // a single block may stand in a list
		}
		found = append(found, commentsIn(item, inside, levels)...)
	}
	if !t.IsMap {
		return found
	}
	if levels == 0 {
		found = commentsAt(t, scope)
	} else {
		found = commentsAt(t, source.Range{})
	}
	for _, f := range t.Fields {
		if f.Key == comment {
			continue
		}
		inside := source.Range{Path: f.KeyRange.Path, Start: f.KeyRange.Start, End: f.Tree.Range.End}
		found = append(found, commentsIn(f.Tree, inside, max(0, levels-1))...)
	}
	return found
}

// commentsAt returns the comments that are properties of an object itself.
func commentsAt(object tree.Tree, scope source.Range) []finding.Directive {
	written := object.Field(comment)
	texts := []tree.Tree{written}
	if written.IsList {
		texts = written.Items
	}
	var found []finding.Directive
	for _, t := range texts {
		text, ok := t.String()
		if !ok {
			continue
		}
		if request, ok := asked(text); ok {
			found = append(found, finding.Directive{
				Kind: finding.InComment, At: t.Range, Text: strings.TrimSpace(request), Scope: scope,
			})
		}
	}
	return found
}
