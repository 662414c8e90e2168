// Package ruletest tests built-in and custom rules with the templates in their directories: it compares the findings of
// a rule with the comments in the templates.
package ruletest

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"

	"lintel/internal/source"
)

// The formats. A rule requires a template with and one without a finding in each.
const (
	Terraform      = "Terraform"
	CloudFormation = "CloudFormation"
	SAM            = "SAM"
)

// testdata is the directory with the templates in the directory of a rule.
const testdata = "testdata"

// Template is a test case of a rule: a file or directory in testdata, which is checked on its own.
type Template struct {
	Name  string
	Files fstest.MapFS
}

// Templates returns the test cases of the rule in a directory.
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

// Format returns the format of the template.
func (c Template) Format() string {
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		switch {
		case source.SyntaxOf(name).IsModule():
			return Terraform
		case strings.Contains(name, ".sam."):
			return SAM
		}
	}
	return CloudFormation
}

// Failure is a failed test, at a line of a file of the rule.
type Failure struct {
	File    string // path in the directory of the rule
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

// WantsFindings reports whether a comment in the template expects a finding. Tester.Rule checks that there are no others.
func (c Template) WantsFindings() bool {
	all, _ := c.wants()
	return len(all) > 0
}

// wants parses comments of the form # want "regexp" "regexp", and # want+1 for the next line.
func (c Template) wants() (all []*want, failures []Failure) {
	for _, name := range slices.Sorted(maps.Keys(c.Files)) {
		file := c.Files[name]
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
					failures = append(failures, Failure{name, i + 1, "want requires regular expressions in quotes"})
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
