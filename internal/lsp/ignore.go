package lsp

import (
	"slices"
	"strings"

	"lintel/internal/deployment"
	"lintel/internal/source"
	"lintel/internal/suppress"
	"lintel/parsers"
)

// reasonPlaceholder is the part of a suppression that the user replaces with a reason.
const reasonPlaceholder = "REASON"

// mayIgnore reports whether a comment in a document can suppress a rule.
func (q question) mayIgnore(rule string) bool {
	_, isRule := q.rule(rule)
	isRule = isRule && !slices.Contains(suppress.IDs(), rule)
	forbidden := slices.ContainsFunc(q.units(), func(u deployment.Unit) bool { return slices.Contains(q.latest.Units[u].Config.NoIgnore, rule) })
	return isRule && !forbidden && !source.SyntaxOf(q.doc.rel).IsJSON()
}

// ignore returns the edit that inserts a suppression comment above the innermost block around a finding. It is false if
// a comment is impossible there.
func ignore(name string, t text, rule string, at span) (edited, bool) {
	comment := source.CommentSign(name) + " lintel:ignore " + rule + " -- " + reasonPlaceholder
	last := -1
	for line, tries := t.lineOf(at.start), 0; line >= 0 && tries < maxLinesUp; line, tries = line-1, tries+1 {
		start, end := t.lineAt(t.lines[line])
		content := string(t.content[start:end])
		indent := source.Indent(t.content[start:end], 0)
		if strings.TrimSpace(content) == "" || last >= 0 && len(indent) >= last {
			continue // the comment would apply to a smaller block; try further out
		}
		last = len(indent)
		e := edited{span{start, start}, indent + comment + t.newline()}
		if covers(name, t, e, at) {
			return e, true
		}
	}
	return edited{}, false
}

// maxLinesUp limits the lines that are searched upwards; resources are rarely longer.
const maxLinesUp = 2000

// covers reports whether an inserted comment is valid and applies to a range of the text.
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
