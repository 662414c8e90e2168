// Package ruletest tests rules by the templates in their folders, whether the rules are lintel's own or
// not: what a rule finds must be what the comments in the templates want.
package ruletest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing/fstest"

	"lintel/internal/source"
)

// The formats in which a rule must have a template with and one without a finding.
const (
	Terraform      = "Terraform"
	CloudFormation = "CloudFormation"
	SAM            = "SAM"
)

// testdata is the folder in a rule's folder that holds its templates.
const testdata = "testdata"

// Template is a test case of a rule: a file or a folder below its testdata. It is checked alone.
type Template struct {
	Name  string
	Files fstest.MapFS
}

// Templates returns the cases of the rule in a folder.
func Templates(fsys fs.FS, folder string) ([]Template, error) {
	root := path.Join(folder, testdata)
	entries, err := fs.ReadDir(fsys, root)
	if err != nil {
		return nil, err
	}
	var all []Template
	for _, entry := range entries {
		c := Template{Name: entry.Name(), Files: fstest.MapFS{}}
		err := fs.WalkDir(fsys, path.Join(root, entry.Name()), func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			content, err := source.ReadFile(fsys, p)
			c.Files[strings.TrimPrefix(p, root+"/")] = &fstest.MapFile{Data: content, Mode: 0o644}
			return err
		})
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// Format is what the template is written in.
func (c Template) Format() string {
	for name := range c.Files {
		switch {
		case source.SyntaxOf(name).IsModule():
			return Terraform
		case strings.Contains(name, ".sam."):
			return SAM
		}
	}
	return CloudFormation
}

// Failure is what is wrong with a rule, at a line of one of its files.
type Failure struct {
	File    string // below the rule's folder
	Line    int
	Message string
}

func (f Failure) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message) }

// want is an expectation: a finding on a line whose message matches.
type want struct {
	file    string
	line    int
	message *regexp.Regexp
	met     bool
}

// wants reads the comments of the form # want "regexp" "regexp", and # want+1 for the line below.
func (c Template) wants() (all []*want, failures []Failure) {
	for name, file := range c.Files {
		for i, line := range strings.Split(string(file.Data), "\n") {
			on := i + 1
			_, rest, found := strings.Cut(line, "# want ")
			if _, below, ok := strings.Cut(line, "# want+1 "); ok {
				rest, found, on = below, true, on+1
			}
			for found && strings.TrimSpace(rest) != "" {
				rest = strings.TrimSpace(rest)
				quoted, err := strconv.QuotedPrefix(rest)
				if err != nil {
					failures = append(failures, Failure{name, i + 1, "want needs regular expressions in quotes"})
					break
				}
				rest = rest[len(quoted):]
				text, _ := strconv.Unquote(quoted)
				message, err := regexp.Compile(text)
				if err != nil {
					failures = append(failures, Failure{name, i + 1, fmt.Sprintf("want %s: %v", quoted, err)})
					continue
				}
				all = append(all, &want{file: name, line: on, message: message})
			}
		}
	}
	return all, failures
}
