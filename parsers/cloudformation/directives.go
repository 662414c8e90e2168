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
	root, _, _ := parse(file, isJSON(file.Path, file.Content))
	if root == nil {
		return nil
	}
	var found []finding.Directive
	if !isJSON(file.Path, file.Content) && bytes.Contains(file.Content, []byte(marker)) {
		found = comments(file, root)
	}
	resources := root.get("Resources")
	if resources == nil {
		return found
	}
	for i, f := range resources.fields {
		end := len(file.Content)
		if i+1 < len(resources.fields) {
			end = resources.fields[i+1].keyAt.Start
		} else {
			end = min(end, max(f.value.at.End, f.keyAt.End))
		}
		scope := source.Range{Path: file.Path, Start: f.keyAt.Start, End: max(f.keyAt.Start, end)}
		found = append(found, metadata(f, scope)...)
	}
	return found
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

// comments finds the comments with the marker. What looks like one within a text is none.
func comments(file *source.File, root *node) []finding.Directive {
	s := spans{file: file, starts: map[int]source.Range{}, text: map[int]bool{}}
	for i, section := range root.fields { // a whole section is more than anybody can have a reason for
		end := len(file.Content)
		if i+1 < len(root.fields) {
			end = root.fields[i+1].keyAt.Start
		}
		s.fill(section.value, end)
	}
	var found []finding.Directive
	lines := strings.SplitAfter(string(file.Content), "\n")
	next := make([]int, len(lines)+1) // by line from 0: the first from there on that is no comment, from 1
	next[len(lines)] = len(lines) + 1
	for i := len(lines) - 1; i >= 0; i-- {
		if next[i] = i + 1; isComment(lines[i]) {
			next[i] = next[i+1]
		}
	}
	offset := 0
	for i, line := range lines {
		start := commentIn(line)
		at := source.Range{Path: file.Path, Start: offset + max(start, 0), End: offset + len(strings.TrimRight(line, "\r\n"))}
		offset += len(line)
		if start < 0 || s.text[i+1] {
			continue
		}
		text, ok := asked(line[start:])
		if !ok {
			continue
		}
		scope := s.starts[next[i]]
		if next[i] != i+1 && !scope.IsZero() && indentOf(lines[next[i]-1]) < start {
			scope = source.Range{} // the last words of what ends here are not about what comes next
		}
		found = append(found, finding.Directive{Kind: finding.InComment, At: at, Text: text, Scope: scope})
	}
	return found
}

// asked returns what a comment says after the marker, which it begins with.
func asked(comment string) (string, bool) {
	text, ok := strings.CutPrefix(strings.TrimSpace(strings.TrimLeft(comment, "#")), marker)
	if !ok || text != "" && text[0] != ' ' && text[0] != '\t' {
		return "", false
	}
	return strings.TrimSpace(text), true
}

// commentIn is where the comment on a line begins, -1 when there is none: at the start of the line or
// after a space, and not in quotes (https://yaml.org/spec/1.2.2/#66-comments).
func commentIn(line string) int {
	quote := byte(0)
	for i := range len(line) {
		switch c := line[i]; {
		case quote == 0 && c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
			return i
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return -1
}

func isComment(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "#") }

// spans are the widest things that begin on a line, and the lines of texts.
type spans struct {
	file   *source.File
	starts map[int]source.Range
	text   map[int]bool // lines within a text of several lines, without its first
}

// fill notes a node and what is below it. A thing ends where the next one begins.
func (s *spans) fill(n *node, end int) {
	if n == nil {
		return
	}
	switch n.kind {
	case mapNode:
		for i, f := range n.fields {
			last := end
			if i+1 < len(n.fields) {
				last = n.fields[i+1].keyAt.Start
			}
			s.add(f.keyAt.Start, last)
			s.fill(f.value, last)
		}
	case listNode:
		for i, item := range n.items {
			last := end
			if i+1 < len(n.items) {
				last = n.items[i+1].at.Start
			}
			s.add(item.at.Start, last)
			s.fill(item, last)
		}
	case scalarNode:
		first, _ := s.file.Position(n.at.Start)
		last, _ := s.file.Position(max(n.at.Start, n.at.End-1))
		for line := first + 1; line <= last && !s.text[line]; line++ {
			s.text[line] = true
		}
	}
}

func (s *spans) add(start, end int) {
	end = max(start, end) // of two keys of one name the later may stand in the place of the earlier
	line, _ := s.file.Position(start)
	known, ok := s.starts[line]
	if !ok || start < known.Start || start == known.Start && end > known.End {
		s.starts[line] = source.Range{Path: s.file.Path, Start: start, End: end}
	}
}
