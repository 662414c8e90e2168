package report

import (
	"strings"

	"github.com/rivo/uniseg"
)

// minWrapped is the smallest width to which text is wrapped, in columns: a narrower terminal breaks lines itself.
const minWrapped = 24

// wrap splits a text at its spaces into lines of at most a number of columns. A longer word, such as a path or an ARN, stays
// whole, so that it can be copied; hyphens are no places to break because rule ids and flags contain them.
func wrap(text string, columns int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for word := range strings.SplitSeq(text, " ") {
		width := uniseg.StringWidth(word)
		if used > 0 && used+1+width > columns {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += width
	}
	return append(lines, line.String())
}

// wrapped writes a text after a prefix that occupies some columns. The lines that follow the first are indented by as many.
func (t *text) wrapped(prefix string, columns int, text string) {
	lines := []string{printable(text)}
	if t.opt.Width > 0 {
		lines = wrap(lines[0], max(minWrapped, t.opt.Width-columns))
	}
	t.line(prefix, strings.Join(lines, "\n"+strings.Repeat(" ", columns)))
}

// paragraph writes an indented text.
func (t *text) paragraph(text string) { t.wrapped("  ", len("  "), text) }

// detail writes a text with a name, unless it is empty.
func (t *text) detail(name, value string) {
	if value != "" {
		t.wrapped("  "+t.style.dim(name+":")+" ", len("  : ")+len(name), value)
	}
}
