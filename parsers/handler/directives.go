package handler

import (
	"bytes"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// marker starts a suppression in a comment.
const marker = "lintel:ignore "

// IsSource reports whether a file may be source code of a handler, by its name.
func IsSource(name string) bool {
	_, ok := languageOf(name)
	return ok
}

// Directives returns the ignore comments of a source file. A comment applies to its line or, if it is alone, to the next line
// that is neither blank nor a comment.
func Directives(file *source.File) []finding.Directive {
	language, ok := languageOf(file.Path)
	if !ok || !bytes.Contains(file.Content, []byte(marker)) {
		return nil
	}
	sign := source.CommentSign(file.Path)
	var found []finding.Directive
	texts := stringsOf(file.Content, parse(file.Content, language))
	for start := 0; start < len(file.Content); start = source.NextLine(file.Content, start) {
		end := source.LineEnd(file.Content, start)
		line := string(file.Content[start:end])
		i := strings.Index(line, sign+" "+marker)
		if i < 0 || slices.ContainsFunc(texts, func(r code.Range) bool { return r.Start <= start+i && start+i < r.End }) {
			continue
		}
		text := line[i+len(sign)+1+len(marker):]
		scope := source.Range{Path: file.Path, Start: start, End: end}
		if strings.TrimSpace(line[:i]) == "" {
			scope = below(file, end, sign)
		}
		found = append(found, finding.Directive{
			Kind: finding.InComment, At: source.Range{Path: file.Path, Start: start + i, End: end}, Text: strings.TrimSpace(text), Scope: scope,
		})
	}
	return found
}

// stringsOf returns the ranges of the strings of a file, in which no comment begins.
func stringsOf(content []byte, file *code.File) []code.Range {
	var all []code.Range
	for _, s := range slices.Concat(file.Statements, file.Aside) {
		for e := range s.Expressions() {
			if e.Kind == code.String || e.Kind == code.Concat && isQuoted(content[e.Range.Start:e.Range.End]) {
				all = append(all, e.Range)
			}
		}
	}
	return all
}

// isQuoted reports whether an expression is one string with holes, and no sum of strings.
func isQuoted(text []byte) bool {
	text = bytes.TrimLeft(text, "fFrRtTbBuU")
	return len(text) > 0 && bytes.IndexByte([]byte("`'\""), text[0]) >= 0 && bytes.HasSuffix(text, text[:1])
}

// below returns the first line after an offset that is neither blank nor a comment; the zero Range if there is none.
func below(file *source.File, offset int, sign string) source.Range {
	for start := source.NextLine(file.Content, offset); start < len(file.Content); start = source.NextLine(file.Content, start) {
		end := source.LineEnd(file.Content, start)
		if line := strings.TrimSpace(string(file.Content[start:end])); line != "" && !strings.HasPrefix(line, sign) {
			return source.Range{Path: file.Path, Start: start, End: end}
		}
	}
	return source.Range{}
}
