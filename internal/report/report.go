// Package report writes reports in all output formats. It is the only package that converts byte offsets to lines and
// columns.
package report

import (
	"cmp"
	"fmt"
	"io"
	"time"

	"lintel/internal/finding"
	"lintel/internal/secrets"
	"lintel/internal/source"
)

// Format is the name of an output format.
type Format string

// writer implements a format.
type writer struct {
	format Format
	write  func(io.Writer, finding.Report, Options) error
}

// writers returns the formats in the order of help texts. Each is in a file with its name.
func writers() []writer {
	return []writer{
		{Text, writeText},
		{Concise, writeConcise},
		{Full, writeFull},
		{JSON, writeJSON},
		{SARIF, writeSARIF},
		{GitHub, writeGitHub},
		{GitLab, writeGitLab},
		{GitLabSAST, writeGitLabSAST},
		{JUnit, writeJUnit},
		{Markdown, writeMarkdown},
		{Checkstyle, writeCheckstyle},
		{RDJSON, writeRDJSON},
		{Sonar, writeSonar},
		{OCSF, writeOCSF},
		{CSV, writeCSV},
		{HTML, writeHTML},
	}
}

// Formats returns the names of all formats.
func Formats() []Format {
	var names []Format
	for _, w := range writers() {
		names = append(names, w.format)
	}
	return names
}

// HasFixes reports whether a format contains the edits of suggested fixes.
func (f Format) HasFixes() bool { return f == SARIF || f == RDJSON || f == Markdown }

// Options control how a report is displayed, not what it contains.
type Options struct {
	Path    func(string) string // converts a path from the root of the run for display; nil: unchanged
	Least   finding.Severity    // lowest severity that is displayed
	Order   Order               // order of the findings; empty: the one of the format
	Access  bool                // show the access that the change opens and closes; Markdown always does
	Version string              // version of lintel; empty: omitted
	Home    string              // address of the project; empty: omitted
	Time    time.Time           // start of the run, for formats that require a time

	// Page returns the address of the page of a rule, or "" if there is none; nil: there are none.
	Page func(rule string) string

	// Line returns the address of a line of a file, whose path is relative to the root of the repository, or "" if it has none;
	// nil: none has.
	Line func(path string, line int) string

	// Options of the formats for people.
	Color      bool          // use colors
	Width      int           // columns of the terminal; 0: lines are not wrapped
	Quiet      bool          // only findings, problems and gaps that fail
	Statistics bool          // a table instead of the findings
	Undecided  bool          // list undetermined checks
	Elapsed    time.Duration // duration of the run; 0: omitted

	mask   *secrets.Mask // of all secrets of the report
	hidden int           // findings below Least that are not suppressed
}

// Write writes the report in a format.
//
// No text of a template leaves without passing through secrets.Mask.
func Write(w io.Writer, format Format, r finding.Report, opt Options) error {
	mask := secrets.NewMask(r.Hidden)
	show := opt.path
	opt.Path, opt.mask = func(path string) string { return mask.Text(show(path)) }, mask
	opt.Order = cmp.Or(opt.Order, format.order())
	r, opt.hidden = opt.selected(r.Shown(mask.Remembering()))
	for _, known := range writers() {
		if known.format == format {
			return known.write(w, r, opt)
		}
	}
	return fmt.Errorf("there is no format %q", format)
}

// path returns the path of a file for display.
func (opt Options) path(path string) string {
	if opt.Path == nil {
		return path
	}
	return opt.Path(path)
}

// page returns the address of the page of a rule; empty: there is none.
func (opt Options) page(rule string) string {
	if opt.Page == nil {
		return ""
	}
	return opt.Page(rule)
}

// place is a location with line and column numbers from 1; columns count bytes.
type place struct {
	file               string
	line, column       int
	endLine, endColumn int
	text               *source.File // nil: unavailable
}

func (opt Options) place(r finding.Report, at source.Range) place {
	p := place{file: opt.path(at.Path), line: 1, column: 1, endLine: 1, endColumn: 1}
	if r.ShownPath != nil {
		p.file = r.ShownPath(p.file)
	}
	if file, ok := r.Files[at.Path]; ok {
		p.text = file
		p.line, p.column = file.Position(at.Start)
		p.endLine, p.endColumn = file.Position(max(at.Start, at.End))
	}
	return p
}
