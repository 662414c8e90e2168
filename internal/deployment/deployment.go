// Package deployment describes what is deployed together: which files to read, with which values, and the stack that
// the readers make of them.
package deployment

import (
	"lintel/internal/address"
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

// Parsed is the result of parsing a unit. Problems and gaps list what is not in the stack, which is never nil.
type Parsed struct {
	Stack    *model.Stack // linked
	Files    source.Files // every file that was read, by path
	Uses     source.Uses  // where values are written that are used elsewhere
	Problems []finding.Problem
	Gaps     []finding.Gap
	Declared []string       // the variables or parameters that the unit declares, sorted
	IsOther  bool           // the file only looked like a template; nothing in it is to be checked
	Moves    []address.Move // what was elsewhere before
}
