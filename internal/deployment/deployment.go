// Package deployment describes a unit of deployment: its files, the values of its variables and parameters, and the
// stack that parsers make of them.
package deployment

import (
	"cmp"
	"context"
	"path"

	"lintel/internal/address"
	"lintel/internal/finding"
	"lintel/internal/model"
	"lintel/internal/source"
)

// Kind selects the parser of a unit.
type Kind uint8

// The kinds of units.
const (
	TerraformModule Kind = iota // directory of a root module
	Template                    // file with a CloudFormation or SAM template
	Plan                        // file with a Terraform plan in JSON
)

// Unit is deployed as a whole: a Terraform root module, a template or a plan.
type Unit struct {
	Kind Kind
	Root string // directory of the module, or path of the template or plan; slash-separated, relative to the root of the run

	// Terraform selects how Terraform reads a root module where OpenTofu reads other files. Both may deploy it.
	Terraform bool

	// Environment sets parameters or variables as a file of another tool does; zero: none sets any.
	Environment Environment
}

// Environment names the values that a file passes to a unit: a configuration file of the SAM CLI or of Terragrunt, or a file with values
// of variables in another directory than that of the root module.
type Environment struct {
	File    string // path, relative to the root of the run
	Section string // environment and command of the SAM CLI, such as "prod.deploy"; empty: the file is about one environment
	IsFirst bool   // nothing deploys the unit without such values, and these are the first ones
}

// IsFurther reports whether another unit has the same root, and this one reads it in another way.
func (u Unit) IsFurther() bool {
	return u.Terraform || u.Environment != Environment{} && !u.Environment.IsFirst
}

// Plain returns the unit without the values of an environment.
func (u Unit) Plain() Unit {
	u.Environment = Environment{}
	return u
}

// Reading describes how a further unit reads its root; empty: it is the first one.
func (u Unit) Reading() string {
	switch {
	case u.Terraform:
		return "as Terraform reads it"
	case u.Environment.File != "" && u.Environment.Section == "":
		return "with " + u.Environment.File
	case u.IsFurther():
		return u.Environment.Section + " of " + path.Base(u.Environment.File)
	}
	return ""
}

// Compare orders units.
func (u Unit) Compare(other Unit) int {
	terraform := func(u Unit) int {
		if u.Terraform {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(u.Root, other.Root), cmp.Compare(u.Kind, other.Kind), cmp.Compare(terraform(u), terraform(other)),
		cmp.Compare(u.Environment.File, other.Environment.File), cmp.Compare(u.Environment.Section, other.Environment.Section),
	)
}

// Options are values that the caller sets. In the zero Options all are unknown.
type Options struct {
	Variables map[string]string // Terraform variables by name, in HCL syntax

	Parameters map[string]string // CloudFormation parameters by name
	VarFiles   []string          // Terraform variable files, the last one wins; slash-separated, relative to the root of the run
	Workspace  string            // terraform.workspace; empty: unknown

	Elsewhere Lookup // finds what the other units of the repository offer; nil: it is unknown
	Offers    bool   // determine what the unit offers to others
}

// Parsed is the result of parsing a unit. Problems and gaps list what is not in the stack, which is never nil.
type Parsed struct {
	Stack    *model.Stack // linked
	Worlds   model.Worlds // of the resources of Stack; nil: they exist together
	Files    source.Files // every file that was read, by path
	Uses     source.Uses  // where used values are written
	Problems []finding.Problem
	Gaps     []finding.Gap
	Missing  []string                  // the causes of values that depend on what a gap or problem reports as missing, sorted
	Declared []string                  // the variables or parameters that the unit declares, sorted
	IsOther  bool                      // the file only looked like a template; nothing in it is to be checked
	Moves    []address.Move            // what was elsewhere before
	Hidden   []string                  // texts of values that the unit declares sensitive, in any order
	Offers   []Offer                   // to other units, with Options.Offers, in the order of the source
	Joined   int                       // number of Files of other units, whose resources are joined to the stack
	Linked   func(ctx context.Context) // completes the stack once it is linked; nil: nothing is left to do
}

// Link joins the resources of the stack, see [model.Stack.Link]. The context need not be that of the reader, which may have ended:
// a unit can be read for others before its own check.
func (p *Parsed) Link(ctx context.Context) {
	if p.Worlds == nil {
		p.Stack.Link()
	} else {
		p.Stack.LinkIn(p.Worlds)
	}
	if p.Linked != nil {
		p.Linked(ctx)
		p.Linked = nil
	}
}
