// Package unit holds what is passed between the search for templates, the readers and the
// engine: what to read, with which values, and what came out.
package unit

import (
	"io/fs"
	"path"

	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
)

// Kind says which reader a unit needs.
type Kind uint8

// The kinds of units.
const (
	TerraformModule Kind = iota // a root module: a folder
	Template                    // a CloudFormation or SAM template: a file
	Plan                        // a Terraform plan as JSON: a file
)

// Unit is what is deployed together: a Terraform root module, a template or a plan.
type Unit struct {
	Kind Kind
	Root string // folder of the module, or path of the template or plan; slash-separated, relative to the root of the run
}

// Options are values that the caller of lintel knows. The zero Options know nothing.
type Options struct {
	Variables map[string]string // Terraform variables by name, in HCL syntax

	Parameters map[string]string // CloudFormation parameters by name
	VarFiles   []string          // files with values of Terraform variables, the last one counts; slash-separated, relative to the root of the run
	Workspace  string            // terraform.workspace; empty: unknown
}

// Parsed is what could be read. Problems say what could not; the stack is never nil.
type Parsed struct {
	Stack    *model.Stack // linked
	Files    source.Files // every file that was read, by path
	Problems []finding.Problem
	Moves    []Move // what was elsewhere before
}

// MaxFileBytes is the size above which a file is not read. CloudFormation itself refuses
// templates above 1 MB
// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
const MaxFileBytes = 4 << 20

// MayBeTemplate reports whether a file's name allows it to be a template or a plan; its content
// decides.
func MayBeTemplate(name string) bool {
	switch path.Ext(name) {
	case ".yaml", ".yml", ".json", ".template":
		return true
	}
	return false
}

// ReadFile reads a regular file of at most MaxFileBytes.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, reason(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	if info.Size() > MaxFileBytes {
		return nil, errTooLarge
	}
	content, err := fs.ReadFile(fsys, name)
	return content, reason(err)
}
