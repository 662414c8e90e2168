package cloudformation

import (
	"slices"
	"sort"
	"strings"

	"lintel/internal/annotation"
	"lintel/internal/source"
	"lintel/internal/source/yamltext"
	"lintel/internal/tree"
)

// Comments returns the comments of a template in YAML, in their order.
func Comments(file *source.File) []annotation.Comment {
	if source.StartsAsJSON(file.Content) {
		return nil
	}
	root, _, _ := parse(file)
	if root == nil {
		return nil
	}
	return commentsOf(file, root)
}

// commentsOf finds the comments. A # within a string does not start one.
func commentsOf(file *source.File, root *node) []annotation.Comment {
	s := spans{file: file, starts: map[int]source.Range{}, text: map[int]bool{}}
	for i, section := range root.fields { // no reason can apply to a whole section
		end := len(file.Content)
		if i+1 < len(root.fields) {
			end = root.fields[i+1].keyAt.Start
		}
		s.fill(section.value, end)
	}
	lines := strings.SplitAfter(string(source.BlankMark(file.Content)), "\n")
	next := nextWithout(lines)
	resources := extents(file, root)
	var found []annotation.Comment
	offset := 0
	for i, line := range lines {
		start := commentIn(line)
		at := source.Range{Path: file.Path, Start: offset + max(start, 0), End: offset + len(strings.TrimRight(line, "\r\n"))}
		offset += len(line)
		if start < 0 || s.text[i+1] {
			continue
		}
		about := s.starts[next[i]]
		isAlone := next[i] != i+1
		if isAlone && !about.IsZero() && yamltext.Indent(lines[next[i]-1]) < start {
			about = source.Range{} // the last words of what ends here are not about what comes next
		}
		text := strings.TrimSpace(strings.TrimLeft(line[start:], "#"))
		in := holding(resources, at.Start)
		if _, column := file.Position(in.Start); start < column {
			in = source.Range{} // it stands between resources
		}
		found = append(found, annotation.Comment{At: at, Text: text, Alone: isAlone, About: about, Whole: in})
	}
	return found
}

// nextWithout is by line, from 0, the first line from there on that is no comment, from 1.
func nextWithout(lines []string) []int {
	next := make([]int, len(lines)+1)
	next[len(lines)] = len(lines) + 1
	for i := len(lines) - 1; i >= 0; i-- {
		if next[i] = i + 1; isComment(lines[i]) {
			next[i] = next[i+1]
		}
	}
	return next
}

// extents are the resources, by their places.
func extents(file *source.File, root *node) []source.Range {
	resources := root.get("Resources")
	if resources == nil {
		return nil
	}
	var all []source.Range
	for i := range resources.fields {
		all = append(all, extent(file, resources, i))
	}
	slices.SortFunc(all, source.Range.Compare)
	return all
}

// holding is the one of ranges that follow each other that holds a place.
func holding(all []source.Range, offset int) source.Range {
	i := sort.Search(len(all), func(i int) bool { return all[i].Start > offset }) - 1
	if i < 0 || offset >= all[i].End {
		return source.Range{}
	}
	return all[i]
}

// Metadata returns the metadata of a template and of its resources.
func Metadata(file *source.File) []annotation.Metadata {
	root, _, _ := parse(file)
	if root == nil {
		return nil
	}
	var found []annotation.Metadata
	add := func(resource string, at source.Range, n *node) {
		if n != nil && n.kind == mapNode && len(n.fields) > 0 {
			found = append(found, annotation.Metadata{Resource: resource, At: at, Tree: plain(n), Block: n.block})
		}
	}
	add("", root.at, root.get("Metadata"))
	if resources := root.get("Resources"); resources != nil {
		for i, f := range resources.fields {
			add(f.key, extent(file, resources, i), f.value.get("Metadata"))
		}
	}
	return found
}

// plain is a node as a tree, with nothing resolved.
func plain(n *node) tree.Tree {
	t := tree.Tree{State: tree.StateKnown, Range: n.at, IsMap: n.kind == mapNode, IsList: n.kind == listNode}
	if n.kind == scalarNode && n.tag == "" {
		t.Scalar = n.scalar
	}
	for _, item := range n.items {
		t.Items = append(t.Items, plain(item))
	}
	for _, f := range n.fields {
		t.Fields = append(t.Fields, tree.Field{Key: f.key, KeyRange: f.keyAt, Tree: plain(f.value)})
	}
	return t
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
