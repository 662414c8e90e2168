package report

import (
	"fmt"
	"io"

	"lintel/internal/finding"
)

// Concise is the format with one line for each finding, which editors and grep read: the place, the severity, the rule
// and the message.
const Concise Format = "concise"

// writeConcise writes a line for each finding, problem and gap, and the summary.
func writeConcise(w io.Writer, r finding.Report, opt Options) error {
	t := newText(r, opt)
	t.conciseLines = true
	return t.write(w)
}

// concise writes the line of a finding.
func (t *text) concise(f finding.Finding) {
	at := t.opt.place(t.report, f.Range)
	message := factsOf(f)
	if when := f.When.String(); when != "" {
		message += " (when " + when + ")"
	}
	t.line(fmt.Sprintf("%s:%d:%d: ", printable(at.file), at.line, at.column), t.style.severityWord(f.Severity), " ",
		t.style.bold(f.Rule), ": ", printable(message), t.mark(f))
}

// item writes something other than a finding: a word with the kind, a name, a place and a text.
func (t *text) item(kind, name, place, text string) {
	if name != "" {
		name = " " + t.style.bold(name)
	}
	if t.conciseLines {
		t.line(place, ": ", kind, name, ": ", printable(text))
		return
	}
	t.line(kind, name, "  ", place)
	t.paragraph(text)
	t.line()
}
