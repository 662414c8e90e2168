package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"lintel/internal/finding"
)

// CSV is the format of spreadsheets (RFC 4180).
const CSV Format = "csv"

// writeCSV writes a line for each finding, problem and gap after a line with the names of the columns. Columns of places
// count bytes.
func writeCSV(w io.Writer, r finding.Report, opt Options) error {
	out := csv.NewWriter(w)
	lines := [][]string{{
		"severity", "rule", "file", "line", "column", "end_line", "end_column", "resource", "attribute", "message", "when", "fix", "fixable", "fingerprint",
	}}
	t := newText(r, opt) // knows what is fixable
	rules := rulesByID(r)
	for _, f := range active(r) {
		lines = append(lines, append(append([]string{f.Severity.String(), f.Rule}, csvPlace(fromRoot(r, f.Range))...),
			f.Resource, f.Attribute, factsOf(f), f.When.String(), rules[f.Rule].HowToFix(), strconv.FormatBool(t.isFixable(f)), fingerprintOf(f)))
	}
	for _, u := range allUnchecked(r) {
		lines = append(lines, append(append([]string{u.level.of("error", "warning", "note"), u.name}, csvPlace(fromRoot(r, u.at))...),
			"", "", u.message, "", "", "false", hashOf(u.at.Path, u.message)))
	}
	for _, line := range lines {
		for i := range line {
			line[i] = csvCell(line[i])
		}
	}
	return out.WriteAll(lines)
}

func csvPlace(p place) []string {
	return []string{p.file, strconv.Itoa(p.line), strconv.Itoa(p.column), strconv.Itoa(p.endLine), strconv.Itoa(p.endColumn)}
}

// csvCell returns a text for a cell. A spreadsheet interprets a text that begins with one of these characters as a formula;
// an apostrophe before it makes it a text.
func csvCell(text string) string {
	text = printable(text)
	if text != "" && strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", []rune(text)[0]) {
		return "'" + text
	}
	return text
}
