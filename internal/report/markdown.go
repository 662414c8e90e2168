package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Markdown is the format of a step summary or a pull request comment.
const Markdown Format = "markdown"

// maxMarkdown is the limit of the report, in bytes: GitHub and other services accept comments of up to 65,536 characters.
const maxMarkdown = 60_000

// markdown writes the parts of a report.
type markdown struct {
	opt       Options
	report    finding.Report
	found     []finding.Finding
	rules     map[string]finding.Rule
	suggested map[string]finding.Suggestion
}

// writeMarkdown writes a summary line, a table of findings, their details, which are collapsed, and tables of what was not
// checked. Where the limit cuts, the details go first.
func writeMarkdown(w io.Writer, r finding.Report, opt Options) error {
	m := markdown{opt: opt, report: r, found: active(r), rules: rulesByID(r), suggested: suggestions(r)}
	var head, tail strings.Builder
	m.summary(&head)
	m.table(&head)
	m.unchecked(&tail, maxMarkdown-head.Len())
	_, err := io.WriteString(w, head.String()+m.details(maxMarkdown-head.Len()-tail.Len())+tail.String())
	return err
}

func (m markdown) summary(out *strings.Builder) {
	out.WriteString("### lintel\n\n")
	switch {
	case m.report.Units+m.report.Unreached == 0:
		out.WriteString("No templates found.\n")
	case len(m.found) == 0:
		fmt.Fprintf(out, "No findings in %s.\n", count(m.report.Templates, "file"))
	default:
		fmt.Fprintf(out, "%s in %s: %s.\n", count(len(m.found), "finding"), count(m.report.Templates, "file"), bySeverity(m.found))
	}
	if n := len(m.report.Findings) - len(m.found); n > 0 {
		fmt.Fprintf(out, "\n%s suppressed.\n", count(n, "finding"))
	}
}

func (m markdown) table(out *strings.Builder) {
	rows(out, maxMarkdown, "| severity | rule | place | what |\n| --- | --- | --- | --- |\n", len(m.found), func(i int) string {
		f := m.found[i]
		return fmt.Sprintf("| %s | %s | %s | %s%s |\n", f.Severity, m.rule(f.Rule), m.place(f.Range), markdownText(factsOf(f)), m.steps(f))
	})
}

// steps returns the steps of a path in a cell of a table.
func (m markdown) steps(f finding.Finding) string {
	var out strings.Builder
	for _, step := range stepsOf(f) {
		fmt.Fprintf(&out, "<br>%d. %s (%s)", step.Step, markdownText(step.Message), m.place(step.Range))
	}
	return out.String()
}

// unchecked writes what was not checked, the access of the change, and the notes.
func (m markdown) unchecked(out *strings.Builder, limit int) {
	r := m.report
	m.access(out, limit)
	rows(out, limit, "| not checked | why |\n| --- | --- |\n", len(r.Problems), func(i int) string {
		return fmt.Sprintf("| %s | %s |\n", m.place(r.Problems[i].Range), markdownText(r.Problems[i].Message))
	})
	m.gaps(out, limit)
	for _, note := range (Options{}).notes(r) {
		fmt.Fprintf(out, "\n%s\n", markdownText(note))
	}
}

// gaps writes the number of gaps and a table, which is collapsed if it is long.
func (m markdown) gaps(out *strings.Builder, limit int) {
	all := m.report.Gaps
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s.\n", gapsLine(m.report))
	isLong := len(all) > maxSingle
	if isLong {
		fmt.Fprintf(out, "\n<details>\n<summary>%s</summary>\n", count(len(all), "gap"))
	}
	rows(out, limit, "| gap | cause | why |\n| --- | --- | --- |\n", len(all), func(i int) string {
		return fmt.Sprintf("| %s | %s | %s |\n", m.place(all[i].Range), all[i].Cause, markdownText(all[i].Message))
	})
	if isLong {
		out.WriteString("\n</details>\n")
	}
}

// rule returns the id of a rule, with a link to its page if it has one.
func (m markdown) rule(id string) string { return markdownLink(markdownText(id), m.opt.page(id)) }

// place returns a place, with a link to its line if the address of the repository is known.
func (m markdown) place(at source.Range) string {
	p := fromRoot(m.report, at)
	text := fmt.Sprintf("%s:%d", markdownText(p.file), p.line)
	if m.opt.Line == nil || p.file != at.Path {
		return text // a path with a masked part leads nowhere
	}
	return markdownLink(text, m.opt.Line(p.file, p.line))
}

// markdownLink returns a link; an empty address is none.
func markdownLink(text, address string) string {
	if address == "" {
		return text
	}
	return "[" + text + "](" + address + ")"
}

// rows writes the rows of a table that fit into a limit of the whole text, in bytes.
func rows(out *strings.Builder, limit int, header string, n int, row func(i int) string) {
	if n == 0 {
		return
	}
	out.WriteString("\n" + header)
	for i := range n {
		text := row(i)
		if out.Len()+len(text) > limit {
			fmt.Fprintf(out, "\n%d more are not shown.\n", n-i)
			return
		}
		out.WriteString(text)
	}
}

func bySeverity(found []finding.Finding) string {
	var parts []string
	words := finding.Severities()
	for _, word := range slices.Backward(words) {
		n := 0
		for _, f := range found {
			if f.Severity.String() == word {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, word))
		}
	}
	return strings.Join(parts, ", ")
}

// markdownText escapes text for Markdown: markup and HTML lose their meaning. A space of no width keeps services from reading a
// mention or the number of an issue, which they search for in the rendered text.
func markdownText(text string) string {
	var out strings.Builder
	for _, r := range printable(text) {
		switch {
		case r == '@' || r == '#':
			fmt.Fprintf(&out, "&#%d;&#8203;", r)
		case strings.ContainsRune("\\`*_{}[]<>()+!|&~$:\"'=^", r):
			fmt.Fprintf(&out, "&#%d;", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
