package report

import (
	"fmt"

	"lintel/internal/finding"
)

// styles are the styles of a terminal. Without on, text stays plain.
type styles struct{ on bool }

func style(color bool) styles { return styles{color} }

// SGR codes, ECMA-48 section 8.3.117.
const (
	sgrBold    = "1"
	sgrDim     = "2"
	sgrRed     = "31"
	sgrBoldRed = "1;31"
	sgrYellow  = "33"
	sgrBlue    = "34"
	sgrCyan    = "36"
	sgrGreen   = "32"
)

func (s styles) paint(code, text string) string {
	if !s.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s styles) bold(text string) string    { return s.paint(sgrBold, text) }
func (s styles) dim(text string) string     { return s.paint(sgrDim, text) }
func (s styles) mark(text string) string    { return s.paint(sgrRed, text) }
func (s styles) good(text string) string    { return s.paint(sgrGreen, text) }
func (s styles) problem(text string) string { return s.paint(sgrYellow, text) }

// severity pads the name, so that rule ids are aligned.
func (s styles) severity(severity finding.Severity) string {
	return s.paint(s.codeOf(severity), fmt.Sprintf("%-8s", severity))
}

// severityWord is the name without padding.
func (s styles) severityWord(severity finding.Severity) string {
	return s.paint(s.codeOf(severity), severity.String())
}

func (styles) codeOf(severity finding.Severity) string {
	return map[finding.Severity]string{
		finding.Critical: sgrBoldRed, finding.High: sgrRed, finding.Medium: sgrYellow, finding.Low: sgrBlue, finding.Info: sgrCyan,
	}[severity]
}
