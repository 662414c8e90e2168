package cloudformation

import (
	"bytes"
	"fmt"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// marker begins what a comment asks of lintel.
const marker = "lintel:ignore"

// Directives returns what the comments and the metadata of a template ask not to report. A comment
// is about what begins on its line, or else on the next line that is no comment, unless that is
// further left; metadata is about its resource.
func Directives(file *source.File) []finding.Directive {
	if !bytes.Contains(file.Content, []byte("lintel")) {
		return nil
	}
	root, _, _ := parse(file)
	if root == nil {
		return nil
	}
	var found []finding.Directive
	if !source.StartsAsJSON(file.Content) && bytes.Contains(file.Content, []byte(marker)) {
		found = comments(file, root)
	}
	resources := root.get("Resources")
	if resources == nil {
		return found
	}
	for i, f := range resources.fields {
		found = append(found, metadata(f, extent(file, resources, i))...)
	}
	return found
}

// extent is a resource from its key to the next one.
func extent(file *source.File, resources *node, i int) source.Range {
	f := resources.fields[i]
	end := min(len(file.Content), max(f.value.at.End, f.keyAt.End))
	if i+1 < len(resources.fields) {
		end = resources.fields[i+1].keyAt.Start
	}
	return source.Range{Path: file.Path, Start: f.keyAt.Start, End: max(f.keyAt.Start, end)}
}

// metadata reads Metadata.lintel.ignore of a resource: texts as comments have them, or objects of
// rule, reason and until.
func metadata(resource field, scope source.Range) []finding.Directive {
	ignore := resource.value.get("Metadata").get("lintel").get("ignore")
	if ignore == nil {
		return nil
	}
	entries := ignore.items
	if ignore.kind != listNode {
		entries = []*node{ignore}
	}
	var found []finding.Directive
	for _, entry := range entries {
		text, ok := entry.text()
		if entry.kind == mapNode {
			text, ok = inWordsOf(entry), true
		}
		if ok {
			found = append(found, finding.Directive{Kind: finding.InMetadata, At: entry.at, Text: text, Scope: scope, Resource: resource.key})
		}
	}
	return found
}

// inWordsOf writes an object as a comment has it.
func inWordsOf(entry *node) string {
	text, _ := entry.get("rule").text()
	if reason, ok := entry.get("reason").text(); ok {
		text += " -- " + reason
	}
	if until := entry.get("until"); until != nil {
		text += fmt.Sprintf(" (until %v)", until.scalar)
	}
	return text
}

// comments finds the comments with the marker.
func comments(file *source.File, root *node) []finding.Directive {
	var found []finding.Directive
	for _, c := range commentsOf(file, root) {
		if text, ok := asked(c.Text); ok {
			found = append(found, finding.Directive{Kind: finding.InComment, At: c.At, Text: text, Scope: c.About})
		}
	}
	return found
}

// asked returns what a comment says after the marker, which it begins with.
func asked(comment string) (string, bool) {
	text, ok := strings.CutPrefix(comment, marker)
	if !ok || text != "" && text[0] != ' ' && text[0] != '\t' {
		return "", false
	}
	return strings.TrimSpace(text), true
}
