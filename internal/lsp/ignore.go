package lsp

import (
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/internal/suppress"
	"lintel/parsers"
)

// reasonPlaceholder stands where the user has to say why.
const reasonPlaceholder = "REASON"

// mayIgnore reports whether a comment may ask to ignore a rule in a document.
func (q question) mayIgnore(rule string) bool {
	_, isRule := q.rule(rule)
	isRule = isRule && !slices.Contains(suppress.IDs(), rule)
	forbidden := slices.ContainsFunc(q.units(), func(u deployment.Unit) bool { return slices.Contains(q.latest.Units[u].Config.NoIgnore, rule) })
	return isRule && !forbidden && !source.SyntaxOf(q.doc.rel).IsJSON()
}

// ignore returns the edit that has a finding ignored by a comment: directly above the innermost thing
// around it that a comment can be about. It is false where no comment can say it.
func ignore(name string, t text, rule string, at span) (edited, bool) {
	comment := "# lintel:ignore " + rule + " -- " + reasonPlaceholder
	last := -1
	for line, tries := t.lineOf(at.start), 0; line >= 0 && tries < maxLinesUp; line, tries = line-1, tries+1 {
		start, end := t.lineAt(t.lines[line])
		content := string(t.content[start:end])
		indent := source.Indent(t.content[start:end], 0)
		if strings.TrimSpace(content) == "" || last >= 0 && len(indent) >= last {
			continue // only what is further out is around it
		}
		last = len(indent)
		e := edited{span{start, start}, indent + comment + t.newline()}
		if covers(name, t, e, at) {
			return e, true
		}
	}
	return edited{}, false
}

// maxLinesUp is how many lines are looked at: a resource has seldom more.
const maxLinesUp = 2000

// covers reports whether a comment that is inserted is one, and is about a part of the text.
func covers(name string, t text, e edited, at span) bool {
	content := string(t.content[:e.start]) + e.text + string(t.content[e.end:])
	shift := len(e.text)
	moved := source.Range{Path: name, Start: at.start + shift, End: at.end + shift}
	file := source.NewFile(name, []byte(content))
	for _, d := range parsers.Directives(source.Files{name: file}) {
		if d.At.Start >= e.start && d.At.Start < e.start+shift && d.Scope.Contains(moved) {
			return true
		}
	}
	return false
}
