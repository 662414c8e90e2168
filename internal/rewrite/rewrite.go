// Package rewrite changes how a template is written without changing its meaning, for tests: whatever rules find in a
// template, they must find in every rewriting of it.
package rewrite

import (
	"maps"
	"path"
	"slices"
	"strings"
)

// Files are the files of a template by their paths.
type Files map[string]string

// Rewriting is one way to write templates differently.
type Rewriting struct {
	Name string
	// Apply returns the rewritten files. It is false for a template without anything to rewrite, and does not change its
	// argument.
	Apply func(Files) (Files, bool)
}

// mark begins the names of everything that rewritings add: it is in none of the templates.
const mark = "rewritten"

// logicalMark is the same as a logical ID.
const logicalMark = "Rewritten"

// OriginalID returns the ID that a resource had before rewritings moved it to a module or a nested stack, or repeated it
// once. It also removes the index [0] that a resource had before.
func OriginalID(id string) string {
	return strings.NewReplacer(
		"module."+mark+`["one"].`, "", "module."+mark+"[0].", "", "module."+mark+".", "",
		logicalMark+".", "", `["`+mark+`"]`, "", "[0]", "",
	).Replace(id)
}

// edit replaces a part of a text.
type edit struct {
	start, end int
	text       string
}

// apply applies edits that do not overlap.
func apply(text string, edits []edit) string {
	slices.SortFunc(edits, func(a, b edit) int { return a.start - b.start })
	var out strings.Builder
	last := 0
	for _, e := range edits {
		out.WriteString(text[last:e.start])
		out.WriteString(e.text)
		last = e.end
	}
	out.WriteString(text[last:])
	return out.String()
}

// eachText returns a rewriting that changes the text of each file with one of some endings.
func eachText(name string, change func(string) string, endings ...string) Rewriting {
	return Rewriting{name, func(files Files) (Files, bool) {
		out, changed := maps.Clone(files), false
		for p, text := range files {
			if slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(p, ending) }) {
				out[p] = change(text)
				changed = changed || out[p] != text
			}
		}
		return out, changed
	}}
}

// renamed returns a rewriting that changes the ending of file names. It does not apply to templates of several files,
// which may name each other.
func renamed(from, to string) Rewriting {
	return Rewriting{"file name " + to, func(files Files) (Files, bool) {
		if len(files) != 1 {
			return nil, false
		}
		for p, text := range files {
			if stem, ok := strings.CutSuffix(p, from); ok {
				return Files{stem + to: text}, true
			}
		}
		return nil, false
	}}
}

// moved returns the files in another directory.
func moved(files Files, dir string) Files {
	out := Files{}
	for p, text := range files {
		out[path.Join(dir, p)] = text
	}
	return out
}
