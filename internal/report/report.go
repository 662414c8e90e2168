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

// The formats.
const (
	Text       Format = "text"       // for people
	JSON       Format = "json"       // everything, for programs
	SARIF      Format = "sarif"      // for code scanning
	GitHub     Format = "github"     // annotations of a workflow
	GitLab     Format = "gitlab"     // Code Quality
	JUnit      Format = "junit"      // test reports
	Markdown   Format = "markdown"   // a summary of a step, or a comment
	Checkstyle Format = "checkstyle" // for tools that know nothing else
	RDJSON     Format = "rdjson"     // reviewdog
)

// Formats returns the names of all formats.
func Formats() []Format {
	return []Format{Text, JSON, SARIF, GitHub, GitLab, JUnit, Markdown, Checkstyle, RDJSON}
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
	switch format {
	case Text:
		return writeText(w, r, opt)
	case JSON:
		return writeJSON(w, r, opt)
	case SARIF:
		return writeSARIF(w, r, opt)
	case GitHub:
		return writeGitHub(w, r)
	case GitLab:
		return writeGitLab(w, r)
	case JUnit:
		return writeJUnit(w, r)
	case Markdown:
		return writeMarkdown(w, r)
	case Checkstyle:
		return writeCheckstyle(w, r)
	case RDJSON:
		return writeRDJSON(w, r)
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
