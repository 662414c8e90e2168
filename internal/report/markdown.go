package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"lintel/internal/finding"
)

// Markdown is the format of a step summary or a pull request comment.
const Markdown Format = "markdown"

// maxMarkdown is the limit of the tables, in bytes: GitHub and other services accept comments of up to 65,536
// characters.
const maxMarkdown = 60_000

// markdownSteps returns the steps of a path in a cell of a table.
func markdownSteps(r finding.Report, f finding.Finding) string {
	var out strings.Builder
	for _, step := range stepsOf(f) {
		at := fromRoot(r, step.Range)
		fmt.Fprintf(&out, "<br>%d. %s (%s:%d)", step.Step, markdownText(step.Message), markdownText(at.file), at.line)
	}
	return out.String()
}

// writeMarkdown writes a summary line, a table of findings and a table of problems.
func writeMarkdown(w io.Writer, r finding.Report, _ Options) error {
	var out strings.Builder
	found := active(r)
	out.WriteString("### lintel\n\n")
	switch {
	case r.Units+r.Unreached == 0:
		out.WriteString("No templates found.\n")
	case len(found) == 0:
		fmt.Fprintf(&out, "No findings in %s.\n", count(r.Templates, "file"))
	default:
		fmt.Fprintf(&out, "%s in %s: %s.\n", count(len(found), "finding"), count(r.Templates, "file"), bySeverity(found))
	}
	if n := len(r.Findings) - len(found); n > 0 {
		fmt.Fprintf(&out, "\n%s suppressed.\n", count(n, "finding"))
	}
	rows(&out, "| severity | rule | place | what |\n| --- | --- | --- | --- |\n", len(found), func(i int) string {
		at := fromRoot(r, found[i].Range)
		return fmt.Sprintf("| %s | %s | %s:%d | %s%s |\n",
			found[i].Severity, markdownText(found[i].Rule), markdownText(at.file), at.line, markdownText(factsOf(found[i])), markdownSteps(r, found[i]))
	})
	markdownAccess(&out, r)
	rows(&out, "| not checked | why |\n| --- | --- |\n", len(r.Problems), func(i int) string {
		at := fromRoot(r, r.Problems[i].Range)
		return fmt.Sprintf("| %s:%d | %s |\n", markdownText(at.file), at.line, markdownText(r.Problems[i].Message))
	})
	if line := gapsLine(r); line != "" {
		fmt.Fprintf(&out, "\n%s.\n", line)
	}
	rows(&out, "| gap | cause | why |\n| --- | --- | --- |\n", len(r.Gaps), func(i int) string {
		at := fromRoot(r, r.Gaps[i].Range)
		return fmt.Sprintf("| %s:%d | %s | %s |\n", markdownText(at.file), at.line, r.Gaps[i].Cause, markdownText(r.Gaps[i].Message))
	})
	for _, note := range (Options{}).notes(r) {
		fmt.Fprintf(&out, "\n%s\n", markdownText(note))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// rows writes the rows of a table that fit into maxMarkdown.
func rows(out *strings.Builder, header string, n int, row func(i int) string) {
	if n == 0 {
		return
	}
	out.WriteString("\n" + header)
	for i := range n {
		text := row(i)
		if out.Len()+len(text) > maxMarkdown {
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

// markdownText escapes text for Markdown: markup, HTML, links and mentions lose their meaning.
func markdownText(text string) string {
	var out strings.Builder
	for _, r := range printable(text) {
		switch {
		case strings.ContainsRune("\\`*_{}[]<>()#+!|&~$@:\"'=^", r):
			fmt.Fprintf(&out, "&#%d;", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
