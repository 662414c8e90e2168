// Package report writes a report in the formats that people and tools read. It computes
// nothing about the templates; it only shows.
package report

import (
	"fmt"
	"io"
	"time"

	"lintel/internal/finding"
	"lintel/internal/source"
)

// Format is a name of an output format.
type Format string

// writer writes a report in one format.
type writer struct {
	format Format
	write  func(io.Writer, finding.Report, Options) error
}

// writers returns the formats, in the order in which they are listed. Each is in a file with its name.
func writers() []writer {
	return []writer{
		{Text, writeText},
		{JSON, writeJSON},
		{SARIF, writeSARIF},
		{GitHub, writeGitHub},
		{GitLab, writeGitLab},
		{JUnit, writeJUnit},
		{Markdown, writeMarkdown},
		{Checkstyle, writeCheckstyle},
		{RDJSON, writeRDJSON},
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

// Options say how a report is shown. They do not change what is in it.
type Options struct {
	Path      func(string) string // turns a path from the root of the run into one to show; nil: as it is
	Color     bool                // text: use terminal colours
	Undecided bool                // text: list what could not be decided
	Version   string              // SARIF: of lintel; empty leaves it out
	Elapsed   time.Duration       // text: how long the run took; 0 leaves it out
}

// Write writes the report in a format.
func Write(w io.Writer, format Format, r finding.Report, opt Options) error {
	for _, known := range writers() {
		if known.format == format {
			return known.write(w, r, opt)
		}
	}
	return fmt.Errorf("there is no format %q", format)
}

// path returns how the path of a file is shown.
func (opt Options) path(path string) string {
	if opt.Path == nil {
		return path
	}
	return opt.Path(path)
}

// place is a range in the units that people read: lines and columns from 1, columns in bytes.
type place struct {
	file               string
	line, column       int
	endLine, endColumn int
	text               *source.File // nil: the text is not at hand
}

func (opt Options) place(r finding.Report, at source.Range) place {
	p := place{file: opt.path(at.Path), line: 1, column: 1, endLine: 1, endColumn: 1}
	if file, ok := r.Files[at.Path]; ok {
		p.text = file
		p.line, p.column = file.Position(at.Start)
		p.endLine, p.endColumn = file.Position(max(at.Start, at.End))
	}
	return p
}
