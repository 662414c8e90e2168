package handler

import (
	"strings"

	"lintel/internal/model"
	"lintel/internal/source"
	"lintel/parsers/handler/code"
)

// inline is code in a template.
type inline struct {
	name  string       // of the file that Lambda makes of it
	text  string       // the code
	at    source.Range // of the attribute
	lines []line       // empty: the text is not written line by line in the template
}

// line is the place of a line of inline code.
type line struct{ start, in int } // offsets in the code and in the template

// inlined returns the location of inline code, which Lambda saves as index.py or index.js.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
func (r *reader) inlined(f *model.Function, handler string, at location) (location, string) {
	text, ok := f.Code.Inline.Get()
	stem, symbol, isSplit := at.split(handler)
	switch {
	case !ok:
		return location{}, "the inline code is unknown"
	case at.language == code.Go || !isSplit || stem != "index":
		return location{}, "inline code requires a handler such as index.handler"
	case len(text) > maxFileBytes:
		return location{}, "the inline code exceeds the limit of 1 MiB"
	}
	where := f.Code.Inline.At
	at.inline = &inline{name: map[code.Language]string{code.Python: "index.py"}[at.language], text: text, at: where}
	if at.inline.name == "" {
		at.inline.name = "index.js"
	}
	at.dir, at.file, at.symbol = "\x00", where.Path, symbol // a directory that no import resolves to
	if file := r.parsed.Files[where.Path]; file != nil && where.End <= len(file.Content) {
		at.inline.lines = linesIn(string(file.Content[where.Start:where.End]), text, where.Start)
	}
	return at, ""
}

// linesIn finds the lines of a text in the template that contains it with an indentation. It returns nil if it is not written
// like this, such as in JSON.
func linesIn(written, text string, offset int) []line {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	blank := 0
	for blank < len(lines)-1 && lines[blank] == "" {
		blank++
	}
	first := lines[blank]
	places := starts(written)
	head, indent := headOf(written, places, first)
	if head < 0 {
		return nil
	}
	var found []line
	start := 0
	for i, l := range lines {
		at := head + i - blank
		if i < blank {
			at = head
		}
		if at >= len(places) || l != "" && i > blank && !hasLine(written[places[at]:], l, indent) {
			return nil
		}
		found = append(found, line{start, offset + min(places[at]+indent, len(written))})
		start += len(l) + 1
	}
	return found
}

// starts returns the offsets of the lines of a text.
func starts(text string) []int {
	all := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			all = append(all, i+1)
		}
	}
	return all
}

// headOf returns the line that ends with a text, and where the text starts in it; -1: there is none.
func headOf(written string, places []int, text string) (line, indent int) {
	for i, at := range places {
		l, _, _ := strings.Cut(written[at:], "\n")
		l = strings.TrimRight(l, " \t\r'\"")
		if want := strings.TrimRight(text, " \t\r'\""); want != "" && strings.HasSuffix(l, want) && strings.Trim(l[:len(l)-len(want)], " \t'\"") == "" {
			return i, len(l) - len(want)
		}
	}
	return -1, 0
}

// hasLine reports whether a text starts with a line and an indentation before it.
func hasLine(written, line string, indent int) bool {
	if len(written) < indent || strings.Trim(written[:indent], " ") != "" {
		return false
	}
	rest := written[indent:]
	if !strings.HasPrefix(rest, line) {
		return false
	}
	rest = strings.TrimPrefix(rest[len(line):], "\r")
	return rest == "" || rest[0] == '\n'
}

// place is the place of a range of the code in the template: the attribute if its text is written in another way.
func (i *inline) place(r code.Range) source.Range {
	if len(i.lines) == 0 {
		return i.at
	}
	return source.Range{Path: i.at.Path, Start: i.offset(r.Start), End: max(i.offset(r.End), i.offset(r.Start))}
}

// offset returns the offset in the template of an offset in the code.
func (i *inline) offset(n int) int {
	low, high := 0, len(i.lines)
	for high-low > 1 {
		if mid := (low + high) / 2; i.lines[mid].start <= n {
			low = mid
		} else {
			high = mid
		}
	}
	return i.lines[low].in + max(n-i.lines[low].start, 0)
}

// addInline adds the inline code of a function to its program.
func (p *program) addInline() {
	m := &module{path: p.file, inline: p.inline, code: parse([]byte(p.inline.text), p.language)}
	p.byPath[p.file] = m
	p.modules = append(p.modules, m)
	p.isPartly = len(m.code.Unread) > 0
}
