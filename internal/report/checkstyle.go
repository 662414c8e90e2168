package report

import (
	"encoding/xml"
	"io"

	"lintel/internal/finding"
)

// Checkstyle is the XML format of Checkstyle, which many CI tools read.
const Checkstyle Format = "checkstyle"

// The elements of Checkstyle XML.
type (
	checkstyle struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

func writeCheckstyle(w io.Writer, r finding.Report, _ Options) error {
	out := checkstyle{Version: "4.3"}
	add := func(at place, e checkstyleError) {
		e.Line, e.Column = at.line, at.column
		for i := range out.Files {
			if out.Files[i].Name == at.file {
				out.Files[i].Errors = append(out.Files[i].Errors, e)
				return
			}
		}
		out.Files = append(out.Files, checkstyleFile{at.file, []checkstyleError{e}})
	}
	for _, f := range active(r) {
		add(fromRoot(r, f.Range), checkstyleError{Severity: oneOfThree(f.Severity, "error", "warning", "info"), Message: printable(factsOf(f)), Source: "lintel." + f.Rule})
	}
	for _, u := range allUnchecked(r) {
		add(fromRoot(r, u.at), checkstyleError{Severity: u.level.of("error", "warning", "info"), Message: printable(u.message), Source: "lintel." + u.name})
	}
	return xmlDocument(w, out)
}
