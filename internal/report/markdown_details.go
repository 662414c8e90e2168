package report

import (
	"fmt"
	"strings"

	"lintel/internal/diff"
	"lintel/internal/finding"
	"lintel/internal/source"
)

// maxDetails is the number of findings with details, and detailColumns the width of their excerpts.
const (
	maxDetails    = 50
	detailColumns = 120
)

// details writes a collapsed section for each finding, the first ones if the limit in bytes cuts.
func (m markdown) details(limit int) string {
	var out strings.Builder
	for i, f := range m.found {
		text := m.detail(f)
		if i == maxDetails || out.Len()+len(text) > limit {
			fmt.Fprintf(&out, "\nThe details of %s are not shown.\n", count(len(m.found)-i, "finding"))
			break
		}
		out.WriteString(text)
	}
	return out.String()
}

// detail writes what the table has no room for: the source line, why, how to fix, related places, and the fix as a diff. An
// empty line ends the HTML, and Markdown follows.
func (m markdown) detail(f finding.Finding) string {
	var out strings.Builder
	at, rule := fromRoot(m.report, f.Range), m.rules[f.Rule]
	fmt.Fprintf(&out, "\n<details>\n<summary>%s %s at %s:%d</summary>\n\n", f.Severity, markdownText(f.Rule), markdownText(at.file), at.line)
	fenced(&out, "", strings.Join(excerpt(at, f.Secret, m.opt.mask, styles{}, detailColumns), "\n"))
	for _, part := range []struct{ name, text string }{
		{"When", markdownText(f.When.String())},
		{"Construct", markdownText(f.Construct)},
		{"Why", markdownOf(rule, rule.Why())},
		{"Fix", markdownOf(rule, rule.HowToFix())},
	} {
		if part.text != "" {
			fmt.Fprintf(&out, "**%s:** %s\n\n", part.name, part.text)
		}
	}
	for _, other := range places(f) {
		fmt.Fprintf(&out, "* %s (%s)\n", markdownText(other.Message), m.place(other.Range))
	}
	m.fix(&out, f)
	out.WriteString("\n</details>\n")
	return out.String()
}

// markdownOf returns a text of a rule: those of lintel itself are Markdown, those of a custom rule are untrusted.
func markdownOf(rule finding.Rule, text string) string {
	if rule.BuiltIn {
		return text
	}
	return markdownText(text)
}

// fix writes the suggested fix of a finding.
func (m markdown) fix(out *strings.Builder, f finding.Finding) {
	s, ok := m.suggested[f.Fingerprint]
	if !ok || !m.opt.isShowable(s) {
		return
	}
	var text strings.Builder
	for _, path := range source.EditedPaths(s.Edits) {
		file, ok := m.report.Files[path]
		if !ok {
			return
		}
		after := source.Apply(file.Content, source.EditsOf(path, s.Edits))
		text.WriteString(diff.Unified(fromRoot(m.report, source.Range{Path: path}).file, file.Content, after))
	}
	if text.Len() > 0 {
		fmt.Fprintf(out, "\n%s:\n\n", markdownText(s.Title))
		fenced(out, "diff", strings.TrimRight(printableCode(m.opt.mask.Text(text.String())), "\n"))
	}
}

// printableCode applies printable to what is between line ends and tabs.
func printableCode(text string) string {
	columns := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\t")
	for i := range columns {
		columns[i] = printableLines(columns[i])
	}
	return strings.Join(columns, "\t")
}

// fenced writes a text as a code block, in which text is neither markup nor a mention. Its fence is longer than every run
// of backticks in the text.
func fenced(out *strings.Builder, language, text string) {
	if text == "" {
		return
	}
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	fmt.Fprintf(out, "%s%s\n%s\n%s\n\n", fence, language, text, fence)
}
